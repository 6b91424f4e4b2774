import Demo
import Foundation
import Journal
import Screen
import TestSupport
import Testing

@testable import Console
@testable import Estate

/// A small estate in a temporary folder, deleted with the object.
final class TestEstate {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("console-\(UUID().uuidString)").path
    let clock: TestClock
    let store: Store

    /// A handbook with 违约金.
    static let lateFees = ["fees.json": #"{"penalty":{"policy":{"enabled":true}}}"#]

    /// 2026-11-23 is a Monday. `handbook`: chapters of the estate's own, by the names of their files.
    init(now: String = "2026-11-23 09:00", handbook: [String: String] = [:]) throws {
        clock = TestClock(now)
        for (file, json) in handbook {
            try FileManager.default.createDirectory(atPath: "\(folder)/handbook", withIntermediateDirectories: true)
            try Data(json.utf8).write(to: URL(fileURLWithPath: "\(folder)/handbook/\(file)"))
        }
        store = try Store.found(
            at: folder, name: "翠湖花园", staff: [StaffMember(code: "S01", name: "赵经理", role: .manager)], clock: clock.clock
        )
        let start = try Moment(typed: "2026-09-01", zone: .shanghai, dateMeansEnd: false)
        let zone = Zone.shanghai
        try store.perform(by: "S01") { batch in
            func perform(_ name: String, _ members: [String: String]) throws {
                let action = try Estate.action(named: name).read(members.mapValues { .string($0) }, zone: zone)
                try batch.perform(action, at: start)
            }
            for (code, name, role) in TestEstate.staff {
                try perform("staff.add", ["staff": code, "name": name, "role": role])
            }
            for unit in ["3-2-501", "3-2-502", "3-2-601", "5-1-1201"] { try perform("unit.add", ["unit": unit]) }
            for (name, unit, role, phone) in TestEstate.residents {
                try perform("person.add", ["name": name, "unit": unit, "role": role, "phone": phone])
            }
            try perform("vehicle.add", ["plate": "浙A12345", "unit": "3-2-501"])
            for period in ["2026-09", "2026-10"] {
                for unit in ["3-2-501", "3-2-601"] {
                    try perform(
                        "bill.issue",
                        ["unit": unit, "period": period, "item": "物业费", "amount": "186.50", "due": "\(period)-20"])
                }
            }
        }
    }

    /// Some months of the demo estate, as of a Monday afternoon.
    init(demoOf months: Int) throws {
        clock = TestClock("2026-11-23 16:10")
        try Demo.fill(at: folder, seed: 1, now: clock.clock(), months: months)
        store = try Store(at: folder, clock: clock.clock)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    static let staff = [
        ("S02", "王芳", "operator"), ("S03", "马门岗", "guard"), ("S04", "周主管", "supervisor"), ("S05", "吴区域", "regional"),
        ("S06", "郑管理", "administrator"), ("S07", "孙财务", "finance"), ("S08", "钱科长", "keeper"),
    ]
    /// A member with a role.
    static func member(_ role: Role) -> String {
        staff.first { $0.2 == role.rawValue }?.1 ?? "赵经理"
    }

    static let residents = [
        ("李四", "3-2-501", "owner", "13800001111"), ("李小四", "3-2-501", "family", "13800003333"),
        ("单国强", "3-2-502", "owner", "13800002222"), ("冯六", "3-2-601", "owner", "057188880000"),
        ("孙七", "5-1-1201", "tenant", "13800004444"),
    ]

    /// Performs an action by name, as scripts do, and returns its id.
    @discardableResult
    func `do`(_ name: String, _ members: [String: String] = [:], by staff: String = "S01") throws -> String {
        let action = try Estate.action(named: name).read(members.mapValues { .string($0) }, zone: .shanghai)
        return try store.perform(action, by: staff).id.text
    }

    /// Gives a member a PIN, set at another terminal by the manager, who gets 271828 if they have none.
    func givePIN(_ text: String, to code: String) throws {
        let other = try secondStore()
        let manager = try other.estate.staff.named("S01")
        if other.estate.staff.hasPIN("S01") {
            try other.signIn(manager, pin: PIN(typed: "271828"))
        } else {
            try other.setPIN(of: manager, to: PIN(typed: "271828"), current: nil)
        }
        try other.setPIN(of: other.estate.staff.named(code), to: PIN(typed: text), by: manager)
    }

    /// The same folder, opened once more, as another terminal does.
    func secondStore(on disk: any Disk = SystemDisk()) throws -> Store {
        try Store(at: folder, clock: clock.clock, disk: disk)
    }
}

/// A session at the console, without a terminal: keys in, screens and facts out.
final class ConsoleDriver {
    let estate: TestEstate
    let controller: ConsoleController
    var size: Size
    private var repeats = RepeatDetector()
    private var arrival = ContinuousClock.now

    /// A console before which `member` sits; nobody has signed in if there is none.
    init(
        as member: String? = nil, language: Language = .chinese, size: Size = Size(width: 120, height: 36),
        now: String = "2026-11-23 09:00", keys: KeyTable = KeyTable(), handbook: [String: String] = [:],
        notice: Label? = nil,
        verify: @escaping ConsoleController.Verify = {
            try Verification(of: $0, against: $1, progress: $2)
        }
    ) throws {
        estate = try TestEstate(now: now, handbook: handbook)
        self.size = size
        let store = estate.store
        controller = ConsoleController(
            store, as: member.flatMap { store.estate.staff.member($0) }, language: language, keys: keys, notice: notice,
            verify: verify)
        _ = controller.picture(size)
    }

    /// Another console on the same estate.
    init(
        _ estate: TestEstate, as member: String? = nil, size: Size = Size(width: 120, height: 36),
        on disk: any Disk = SystemDisk()
    ) throws {
        self.estate = estate
        self.size = size
        let store = try estate.secondStore(on: disk)
        controller = ConsoleController(store, as: member.flatMap { store.estate.staff.member($0) }, language: .chinese)
        _ = controller.picture(size)
    }

    /// A console that starts at a checkpoint of the estate, before the rest of the history is read.
    init(atCheckpointOf estate: TestEstate, as member: String, size: Size = Size(width: 120, height: 36)) throws {
        self.estate = estate
        self.size = size
        let whole = estate.store
        try Checkpoint(
            of: whole.folder, WorkingSet(of: whole.estate, at: whole.now), whole.handbook,
            positions: whole.journal.positions, on: whole.disk
        ).save(in: whole.folder, on: whole.disk)
        let store = try Store(at: whole.folder, fullHistory: false, clock: estate.clock.clock)
        controller = ConsoleController(store, as: store.estate.staff.member(member), language: .chinese)
        _ = controller.picture(size)
    }

    var store: Store { controller.store }

    // MARK: Keys

    /// Presses keys by their names: `F6`, `Enter`, `Ctrl-F`, `x`.
    func press(_ names: String..., sourceLocation: SourceLocation = #_sourceLocation) {
        for name in names {
            guard let key = Key(name) else {
                Issue.record("there is no key \(name)", sourceLocation: sourceLocation)
                continue
            }
            controller.send(.key(key))
        }
    }

    /// A call without a number rings and is answered, by keys.
    func takeCall() { press("Enter", "Enter", "Enter") }

    func press(_ name: String, times: Int) { for _ in 0..<times { press(name) } }

    func type(_ text: String) { for character in text { controller.send(.key(.character(character))) } }

    /// Answers yes to a question, after the pause in which Enter does not count.
    func agree() {
        estate.clock.pass(seconds: 1)
        press("Enter")
    }

    func paste(_ text: String) { controller.send(.paste(text)) }

    /// Shows the first tab of a window: by its key, or by the palette if the role has no key for it.
    func open(_ window: String) {
        let key = controller.context.keys.key(ofWindow: window)
        for _ in 0..<8 {
            let session = controller.session
            if session.focus == window, session.focusedWindow.current == 0, session.layers.isEmpty { return }
            if key.isEmpty {
                choose("focus.\(window)")
            } else {
                press(key)
            }
        }
    }

    /// Shows a pane, in whichever tab it is.
    func show(_ pane: String) {
        guard let window = Windows.all.first(where: { $0.tabs.contains { $0.pane.name == pane } }) else { return }
        open(window.name)
        let key = controller.context.keys.key(ofWindow: window.name)
        for tab in window.tabs where controller.session.focused.name != pane {
            if key.isEmpty {
                choose(window.label.chinese + tab.label.chinese)
            } else {
                press(key)
            }
        }
    }

    /// Chooses from the palette. The words come at once: it searches everything with each letter.
    private func choose(_ words: String) {
        press("F9")
        paste(words)
        press("Enter")
    }

    /// Signs in, by the sign-in list.
    func signIn(_ name: String) {
        if !sees("请选择您是谁") && !sees("who are you?") { press("Ctrl-T") }
        type(name)
        press("Enter")
    }

    /// Answers each line of a handover's checklist with nothing special, and signs it.
    func fillHandover() {
        for _ in 0..<60 {
            guard let layer = controller.session.layers.last as? HandoverLayer else { return }
            if layer.draft.openItems.isEmpty { break }
            let item = layer.selected
            if layer.draft[item] != nil {
                press("Down")
            } else if let stock = layer.draft.stock(item) {
                type("\(stock.count)")
            } else if !layer.takesText || layer.proposal(for: item, controller.context) != nil {
                press("Enter")
            } else {
                type("0")
            }
        }
        press("Ctrl-S")
    }

    /// Presses Tab until a field is the current one.
    func go(to field: String, sourceLocation: SourceLocation = #_sourceLocation) {
        for _ in 0..<20 {
            if styles(of: field).contains(where: { $0.tone == .accent }) { return }
            press("Tab")
        }
        Issue.record("no field \(field) in:\n\(screen)", sourceLocation: sourceLocation)
    }

    /// Fills in one field of a form with text, or with one of its choices.
    func fill(_ field: String, _ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
        go(to: field, sourceLocation: sourceLocation)
        press("Ctrl-E", "Ctrl-U")
        type(text)
    }

    /// Sets the clock to a time of the day.
    func at(_ time: String) {
        estate.clock.set(time)
        _ = controller.catchUp()
    }

    /// Waits until the journal check is over.
    func awaitVerification() {
        controller.verification?.wait()
        _ = controller.catchUp()
    }

    // MARK: A terminal

    /// Passes on what a terminal delivers at once, some milliseconds after the last time.
    func deliver(_ events: Event..., after milliseconds: Int) { deliver(events, after: milliseconds) }

    func deliver(_ events: [Event], after milliseconds: Int) {
        let next = arrival + .milliseconds(milliseconds)
        if let deadline = repeats.deadline, deadline <= next { controller.send(repeats.mark([], at: deadline)) }
        controller.shown()
        arrival = next
        estate.clock.pass(milliseconds: milliseconds)
        controller.send(repeats.mark(events, at: next))
    }

    /// Holds Enter down for some repetitions, and lets it go.
    func holdEnter(first: Int = 500, every milliseconds: Int = 30, times: Int = 60) {
        deliver(.key(.enter), after: 2000)
        for place in 0..<times { deliver(.key(.enter), after: place == 0 ? first : milliseconds) }
    }

    // MARK: Screens

    var grid: Grid { controller.picture(size) }
    var lines: [String] { grid.lines }
    var screen: String { lines.joined(separator: "\n") }

    func sees(_ text: String) -> Bool { lines.contains { $0.contains(text) } }

    /// The line in which the terminal's cursor stands, if it stands anywhere.
    var lineOfCaret: String {
        let grid = grid
        return grid.cursor.map { $0.y < grid.size.height ? grid.lines[$0.y] : "" } ?? ""
    }

    /// The line of the screen that has a text.
    func line(with text: String) -> String { lines.first { $0.contains(text) } ?? "" }

    /// The styles of a text wherever it stands, by its first cell.
    func styles(of text: String) -> [Style] {
        let grid = grid
        let first = String(text.prefix(1))
        return grid.lines.enumerated().filter { $0.element.contains(text) }.flatMap { y, _ in
            (0..<grid.size.width).compactMap { x in
                guard grid[x, y].width > 0, grid[x, y].text == first else { return nil }
                let rest = grid.row(y).dropFirst(x).reduce(into: "") { $0 += $1.text }
                return rest.hasPrefix(text) ? grid[x, y].style : nil
            }
        }
    }

    /// Expects a line with both texts.
    func expect(_ text: String, near other: String = "", sourceLocation: SourceLocation = #_sourceLocation) {
        if lines.contains(where: { $0.contains(text) && (other.isEmpty || $0.contains(other)) }) { return }
        Issue.record("no line has “\(text)” and “\(other)”:\n\(screen)", sourceLocation: sourceLocation)
    }

    func expectNot(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
        if sees(text) { Issue.record("“\(text)” is on the screen:\n\(screen)", sourceLocation: sourceLocation) }
    }

    // MARK: Facts

    func rows<V: View>(_: V.Type) -> [V.Row] { (try? V().rows(of: store.estate, at: store.now)) ?? [] }

    /// The texts of all demands.
    func demands() throws -> [String] {
        try DemandsView().rows(of: store.estate, at: store.now).map(\.text)
    }

    /// Expects a row of a view.
    func expectRow<V: View>(
        _ view: V.Type, sourceLocation: SourceLocation = #_sourceLocation, _ fits: (V.Row) -> Bool
    ) {
        let rows = rows(view)
        if rows.contains(where: fits) { return }
        let shown = rows.map { $0.texts.joined(separator: " ") }.joined(separator: "\n")
        Issue.record("no row of \(V.name) fits:\n\(shown)", sourceLocation: sourceLocation)
    }

    /// Expects that `body` records nothing.
    func expectNothingRecorded(sourceLocation: SourceLocation = #_sourceLocation, _ body: () -> Void) {
        let before = store.revision
        body()
        #expect(store.revision == before, sourceLocation: sourceLocation)
    }
}

/// The rows of all views as text, with ids replaced by numbers in order of appearance.
func normalizedRows(of store: Store) throws -> [String] {
    var numbers: [Substring: Int] = [:]
    // Of a log's lines the count may differ, not what they say.
    let views = Estate.views.filter { !$0.description.contains(where: \.isRequired) && $0 != NodesView.self }
    return try views.flatMap { view in
        try lines(of: view.init(), store).map { line in
            line.replacing(/[0-9A-HJKMNP-TV-Z]{26}/) { match in
                numbers[match.output] = numbers[match.output] ?? numbers.count
                return "#\(numbers[match.output] ?? 0)"
            }
        }
    }
}

private func lines<V: View>(of view: V, _ store: Store) throws -> [String] {
    try view.rows(of: store.estate, at: store.now).map {
        "\(V.name): " + $0.texts.joined(separator: " | ")
    }
}
