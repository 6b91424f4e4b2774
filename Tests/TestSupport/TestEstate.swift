import Estate
import Foundation
import Journal

/// An estate in a temporary folder, which is deleted with the fixture. Actions are performed by name, as scripts do,
/// and views give typed rows.
public final class TestEstate {
    public let folder: String
    public let clock: TestClock
    public let store: Store
    /// Called before each action that ``do(_:_:by:at:)`` performs.
    public var beforeEach: ((any Action) throws -> Void)?

    /// An estate with staff, three units and an owner, founded at `now` and filled as of 2025-01-01. `handbook`: chapters of
    /// its own, by the names of their files.
    public init(
        now: String = "2026-12-31T12:00", zone: Zone = .shanghai, handbook: [String: String] = [:]
    ) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("estate-\(UUID().uuidString)").path
        clock = TestClock(now)
        for (file, json) in handbook { try TestEstate.write(json, as: file, in: folder) }
        store = try Store.found(
            at: folder, name: "翠湖花园", zone: zone, staff: [StaffMember(code: "S01", name: "王经理", role: .manager)],
            clock: clock.clock)
        let start = at("2025-01-01")
        try store.perform(by: "S01") { batch in
            for (code, name, role) in TestEstate.staff {
                try batch.perform(AddStaff(staff: code, name: name, role: role), at: start)
            }
            for room in ["3-2-501", "3-2-502", "3-2-503"] { try batch.perform(AddUnit(unit: unit(room)), at: start) }
            try batch.perform(
                AddPerson(name: "李四", unit: unit("3-2-501"), role: .owner, phone: phone("13800001111")), at: start)
        }
    }

    private static let staff: [(String, String, Role)] = [
        ("S02", "陈接待", .operator), ("S03", "赵门岗", .guard), ("S04", "周主管", .supervisor), ("S05", "吴区域", .regional),
        ("S06", "郑管理", .administrator), ("S07", "孙财务", .finance), ("S08", "钱科长", .keeper),
    ]

    private static func write(_ json: String, as file: String, in folder: String) throws {
        let own = URL(fileURLWithPath: folder).appendingPathComponent("handbook")
        try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
        try Data(json.utf8).write(to: own.appendingPathComponent(file))
    }

    /// Writes a chapter of the estate's own, which holds for stores that are opened later.
    public func write(handbook file: String, _ json: String) throws {
        try TestEstate.write(json, as: file, in: folder)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    public var estate: Estate { store.estate }

    /// Performs an action by its name and returns the id on its receipt. Throws ``Refusal``.
    ///
    /// - Parameters:
    ///   - by: the acting staff member; the manager by default.
    ///   - time: when it happened; now by default.
    @discardableResult
    public func `do`(
        _ name: String, _ members: [String: String] = [:], by: String = "S01", at time: String? = nil
    ) throws -> String {
        let action = try Estate.action(named: name).read(members.mapValues { .string($0) }, zone: estate.zone)
        try beforeEach?(action)
        return try store.perform(action, by: by, at: time.map { try Moment(text: $0, zone: estate.zone) }).id.text
    }

    /// A view's rows, now or as of a moment; a date alone means its 24:00. Throws ``Refusal``.
    public func show<V: View>(
        _: V.Type, _ members: [String: String] = [:], asOf time: String? = nil
    ) throws -> [V.Row] {
        let view = try V(members: members.mapValues { .string($0) }, zone: estate.zone)
        guard let time else { return try view.rows(of: estate, at: store.now) }
        let moment = try Moment(typed: time, zone: estate.zone, dateMeansEnd: true)
        return try view.rows(of: store.estate(asOf: moment), at: moment)
    }

    /// The only row of a view. Throws ``NotOneRow`` if there are more or none.
    public func only<V: View>(
        _ view: V.Type, _ members: [String: String] = [:], asOf time: String? = nil
    ) throws -> V.Row {
        let rows = try show(view, members, asOf: time)
        guard rows.count == 1 else { throw NotOneRow(view: V.name, count: rows.count) }
        return rows[0]
    }

    public struct NotOneRow: Error {
        public let view: String
        public let count: Int
    }

    /// Gives a member a PIN, set by the manager S01, who gets 271828 if they have none and is signed in at ``store``.
    @discardableResult
    public func givePIN(_ text: String, to code: String) throws -> PINChange {
        let manager = try estate.staff.named("S01")
        if !estate.staff.hasPIN("S01") {
            try store.setPIN(of: manager, to: PIN(typed: TestEstate.managerPIN), current: nil)
        }
        return try store.setPIN(of: estate.staff.named(code), to: PIN(typed: text), by: manager)
    }

    public static let managerPIN = "271828"

    /// Opens the same folder again, as another terminal does.
    public func secondStore() throws -> Store { try Store(at: folder, clock: clock.clock) }
}
