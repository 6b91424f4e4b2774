import Foundation
import Journal
import Synchronization
import Testing

@testable import Estate

/// A clock that a test sets by hand.
final class HandClock: Sendable {
    private let moment: Mutex<Moment>

    init(_ text: String) { moment = Mutex(at(text)) }

    func set(_ text: String) { moment.withLock { $0 = at(text) } }

    var clock: Clock { { [self] in moment.withLock { $0 } } }
}

/// An estate in a folder of a test's own, gone with the test: actions by name, as scripts do them, and views by typed rows.
final class Desk {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("estate-\(UUID().uuidString)").path
    let clock: HandClock
    let store: Store
    /// What is done before each action by name.
    var beforeEach: ((any Action) throws -> Void)?

    /// An estate with its staff, three units and one owner.
    init(now: String = "2026-12-31T12:00", zone: Zone = .shanghai) throws {
        clock = HandClock(now)
        store = try Store.found(
            at: folder, name: "翠湖花园", zone: zone, staff: [StaffMember(code: "S01", name: "王经理", role: .manager)],
            clock: clock.clock)
        let start = at("2025-01-01")
        try store.perform(by: "S01") { batch in
            for (code, name, role) in Desk.staff {
                try batch.perform(AddStaff(staff: code, name: name, role: role), at: start)
            }
            for room in ["3-2-501", "3-2-502", "3-2-503"] { try batch.perform(AddUnit(unit: unit(room)), at: start) }
            try batch.perform(
                AddPerson(name: "李四", unit: unit("3-2-501"), role: .owner, phone: phone("13800001111")), at: start)
        }
    }

    static let staff: [(String, String, Role)] = [
        ("S02", "陈接待", .operator), ("S03", "赵门岗", .guard), ("S04", "周主管", .supervisor), ("S05", "吴区域", .regional),
        ("S06", "郑管理", .administrator), ("S07", "孙财务", .finance), ("S08", "钱科长", .keeper),
    ]

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    var estate: Estate { store.estate }

    /// Does an action by its name, by the manager unless said, now unless said; the id that it answers.
    @discardableResult
    func `do`(_ name: String, _ members: [String: String] = [:], by: String = "S01", at time: String? = nil) throws
        -> String
    {
        let action = try Estate.action(named: name).read(members.mapValues { .string($0) }, zone: estate.zone)
        try beforeEach?(action)
        return try store.perform(action, by: by, at: time.map { try Moment(text: $0, zone: estate.zone) }).id.text
    }

    /// A view's rows by what is known now, or as of a moment; a date alone means its 24:00.
    func show<V: View>(_: V.Type, _ members: [String: String] = [:], asOf time: String? = nil) throws -> [V.Row] {
        let view = try V(members: members.mapValues { .string($0) }, zone: estate.zone)
        guard let time else { return try view.rows(of: estate, at: store.now) }
        let moment = try Moment(typed: time, zone: estate.zone, dateMeansEnd: true)
        return try view.rows(of: store.estate(asOf: moment), at: moment)
    }

    /// The only row of a view.
    func only<V: View>(_ view: V.Type, _ members: [String: String] = [:], asOf time: String? = nil) throws -> V.Row {
        let rows = try show(view, members, asOf: time)
        try #require(rows.count == 1)
        return rows[0]
    }

    /// Opens the same folder once more, as another terminal would.
    func secondStore() throws -> Store { try Store(at: folder, clock: clock.clock) }
}

func day(_ text: String) -> Day { (try? Day(text: text, zone: .shanghai)) ?? Day.placeholder }
func month(_ text: String) -> Period { (try? Period(text: text, zone: .shanghai)) ?? Period.placeholder }
func unit(_ text: String) -> UnitCode { (try? UnitCode(text: text, zone: .shanghai)) ?? UnitCode.placeholder }
func phone(_ text: String) -> Phone { (try? Phone(text: text, zone: .shanghai)) ?? Phone.placeholder }
func plate(_ text: String) -> Plate { (try? Plate(text: text, zone: .shanghai)) ?? Plate.placeholder }
func money(_ text: String) -> Money { (try? Money(text: text, zone: .shanghai)) ?? Money(fen: -1) }
func ref<Kind: Entity>(_ text: String) -> Ref<Kind> { (try? Ref(text: text, zone: .shanghai)) ?? .placeholder }

/// A moment in Shanghai; the epoch when the text is none, which no test expects.
func at(_ text: String) -> Moment { (try? Moment(text: text, zone: .shanghai)) ?? .placeholder }

/// What was refused, or nothing when all went well.
func refusal<Result>(_ body: () throws -> Result) -> Refusal? {
    do {
        _ = try body()
        return nil
    } catch let refusal as Refusal {
        return refusal
    } catch {
        Issue.record(error)
        return nil
    }
}
