import Foundation
import Handbook
import Journal
import Synchronization
import Testing
import TestSupport

@testable import Estate

/// A random history of some months, on which every action is decided twice: on the whole history and as a store that
/// started from a checkpoint decides it. Every view that says so gives the same rows from both.
@Suite("The working set")
struct WorkingSetTests {
    private final class IDs: Sendable {
        private let count = Mutex<UInt64>(0)
        func set(_ value: UInt64) { count.withLock { $0 = value } }
        var source: IDSource {
            { [self] _ in
                count.withLock { count in
                    count += 1
                    return EntryID(high: 1, low: count)
                }
            }
        }
    }

    /// A decision: the facts as they stand in the journal, or the refusal.
    private enum Decision: Equatable {
        case facts([String])
        case refused(Refusal)
    }

    private static let isLong = ProcessInfo.processInfo.environment["FRONTDESK_LONG_TESTS"] == "1"
    private let test: TestEstate
    private let ids = IDs()

    init() throws {
        test = try TestEstate(now: "2026-03-01T08:00")
        try test.do("person.add", ["name": "张三", "unit": "3-2-502", "role": "owner", "phone": "13800002222"])
        try test.do("person.add", ["name": "李四", "unit": "3-2-503", "role": "tenant", "phone": "13800002222"])
    }

    private func open(fullHistory: Bool) throws -> Store {
        try Store(at: test.folder, fullHistory: fullHistory, clock: test.clock.clock, newID: ids.source)
    }

    /// Writes a checkpoint, even if none is due.
    private func leaveCheckpoint(_ store: Store) throws {
        try Checkpoint(
            of: test.folder, WorkingSet(of: store.estate, at: store.now), store.handbook,
            positions: store.journal.positions, on: store.disk
        ).save(in: test.folder, on: store.disk)
    }

    private func plan(_ action: any Action, at moment: Moment, in store: Store) throws -> Decision {
        do {
            var plan = Plan(by: "S01", at: moment, now: store.now, node: "desk", newID: ids.source)
            plan.seal = store.seal
            try action.withCurrentNames(in: store.estate).perform(&plan, in: store.estate)
            return .facts(
                plan.facts.map {
                    let sealed = store.estate.sealingRule(of: $0.fact)?.fields ?? []
                    let happened = $0.at == store.now ? nil : $0.at
                    let parts = $0.fact.parts(at: happened, zone: store.estate.zone, sealing: sealed)
                    return "\($0.id) \(type(of: $0.fact).kind) \(String(decoding: parts.data, as: UTF8.self))"
                        + String(decoding: parts.particulars ?? [], as: UTF8.self)
                })
        } catch let refusal as Refusal { return .refused(refusal) }
    }

    private func perform(_ action: any Action, at moment: Moment, in store: Store) throws -> Decision {
        let receipt: Receipt
        do { receipt = try store.perform(action, by: "S01", at: moment) } catch let refusal as Refusal {
            return .refused(refusal)
        }
        var facts: [String] = []
        let ring = KeyRing(of: test.folder)
        try Journal(at: test.folder).catchUp { line in
            // The program itself says that keys are destroyed.
            guard line.sequence >= receipt.sequence, !line.isOf(kind: KeysDestroyed.kind) else { return }
            let (kind, data) = (String(decoding: line.kind, as: UTF8.self), String(decoding: line.data, as: UTF8.self))
            var particulars = ""
            if let sealed = SealedText(line.sealed),
                case .plain(let text) = ring.open(sealed, node: line.node, id: line.id, kind: kind)
            {
                particulars = String(decoding: text, as: UTF8.self)
            }
            facts.append("\(line.id) \(kind) \(data)\(particulars)")
        }
        return .facts(facts)
    }

    @Test(
        "decides as the whole history does, with the same facts, and gives the same rows",
        arguments: 1...(isLong ? 20 : 2))
    func bothWays(seed: UInt64) throws {
        var actions = RandomActions(seed: seed)
        let whole = try open(fullHistory: true)
        whole.readHistory()
        try leaveCheckpoint(whole)
        var live = try open(fullHistory: false)
        var (decided, lacking): ([String: Int], [String: Int]) = ([:], [:])
        var (accepted, rows) = (0, 0)
        for step in 0..<250 {
            test.clock.pass(seconds: actions.random.below(12 * 3600))
            try whole.catchUp()
            try live.catchUp()
            let now = whole.now
            let moment = actions.random.below(5) == 0 ? now.adding(seconds: -actions.random.below(4 * 86400)) : now
            var action = try actions.next(in: whole.estate, at: now)
            // Mostly actions that are possible.
            for _ in 0..<(actions.random.below(6) == 0 ? 0 : 30) {
                if case .facts = try plan(action, at: moment, in: whole) { break }
                action = try actions.next(in: whole.estate, at: now)
            }
            ids.set(UInt64(step) * 1000)
            let expected = try plan(action, at: moment, in: whole)
            ids.set(UInt64(step) * 1000)
            // A store that has followed, as a console does, or a new one, as a script does.
            let store = try actions.random.below(2) == 0 ? live : open(fullHistory: false)
            let name = type(of: action).name
            let decision = try perform(action, at: moment, in: store)
            #expect(decision == expected, "seed \(seed), step \(step): \(name)")
            if case .facts = expected {
                accepted += 1
                if store.hasFullHistory { lacking[name, default: 0] += 1 } else { decided[name, default: 0] += 1 }
            }
            if step % 50 == 49 {
                try whole.catchUp()
                let part = try step % 100 == 49 ? live : open(fullHistory: false)
                rows += try compareViews(part, whole, "seed \(seed), step \(step)")
            }
            if actions.random.below(30) == 0 || live.hasFullHistory && actions.random.below(2) == 0 {
                try whole.catchUp()
                if actions.random.below(2) == 0 { try leaveCheckpoint(whole) }
                live = try open(fullHistory: false)
            }
        }
        let count = decided.values.reduce(0, +)
        #expect(accepted > 150 && count * 3 > accepted * 2, "seed \(seed): \(count) of \(accepted), lacking \(lacking)")
        #expect(decided.count > 25, "seed \(seed): \(decided)")
        #expect(rows > 300, "seed \(seed)")
        // Undone facts were rewound, step by step.
        try whole.catchUp()
        #expect(try whole.estate.allRows(at: whole.now) == open(fullHistory: true).estate.allRows(at: whole.now))
    }

    /// Compares the rows of all views with many filters, where the working set says that it covers them; returns how many
    /// rows were compared.
    private func compareViews(_ part: Store, _ whole: Store, _ place: Comment) throws -> Int {
        try part.catchUp()
        guard let window = part.estate.coveredWindow else { return 0 }
        let (now, present) = (whole.now, whole.present)
        var count = 0
        for view in Estate.views {
            for filters in filters(of: view, in: whole.estate, at: now) {
                let members = filters.mapValues { JSONValue.string($0) }
                guard view.isCovered(members, by: window, present),
                    let rows = try? view.select(of: part.estate, at: now, members: members).rows.map(\.texts)
                else { continue }
                let expected = try view.select(of: whole.estate, at: now, members: members).rows.map(\.texts)
                if rows != expected {
                    Issue.record(
                        "\(place): \(view.name) \(filters): lacks \(Set(expected).subtracting(rows)), has \(Set(rows).subtracting(expected))"
                    )
                }
                count += rows.count
            }
        }
        return count
    }

    /// Parameters and filters to try: each column by each of its texts, and times.
    private func filters(of view: any View.Type, in estate: Estate, at now: Moment) -> [[String: String]] {
        let today = Day(now, in: .shanghai)
        var parameters: [[String: String]] = [[:]]
        for field in view.description {
            let values: [String] =
                switch field.type {
                case .reference(let kind): RandomActions.ids(of: kind, in: estate).suffix(12)
                case .period: (-5...1).map { Period(today).adding($0).text }
                case .week: [Week(today), Week(today.adding(-7)), Week(today.adding(-14))].map(\.text)
                case .staff: ["S01", "S03", "nobody"]
                case .date: [today.text]
                case .integer: ["5"]
                default: []
                }
            let given = parameters.flatMap { former in values.map { former.merging([field.key: $0]) { $1 } } }
            parameters = field.isRequired ? given : parameters + given
        }
        var filters = parameters
        if view.timeKey != nil { filters += (-4...0).map { ["from": today.adding($0).text] } }
        guard let rows = try? view.select(of: estate, at: now, members: [:]) else { return filters }
        for (index, column) in rows.columns.enumerated() {
            let texts = Set(rows.rows.map { $0.text(index) }).sorted()
            filters += (texts.suffix(3) + [""]).map { [column.key: $0] }
            if case .choice(let choices) = column.type { filters += choices.map { [column.key: $0.value] } }
        }
        return filters
    }

    @Test("an undo of a later fact reads the journal from the kept state on")
    func rewinding() throws {
        let (console, other) = (try open(fullHistory: true), try open(fullHistory: true))
        console.readHistory()
        let before = try console.estate.allRows(at: console.now)
        try other.perform(ArriveVisitor(name: "张三", host: unit("3-2-501"), purpose: "探亲"), by: "S03")
        try console.catchUp()
        #expect(try console.estate.allRows(at: console.now) != before)
        try other.perform(UndoAction(), by: "S03")
        try console.catchUp()
        try console.awaitOrder()
        #expect(try console.estate.allRows(at: console.now) == before)
        #expect(console.hasFullHistory && console.journal.lines == 2)
        // Its own undo as well; and one of a fact before the kept state reads the whole journal.
        try console.perform(AddUnit(unit: unit("9-9-901")), by: "S01")
        try console.perform(UndoAction(), by: "S01")
        #expect(try console.estate.allRows(at: console.now) == before)
        #expect(console.journal.lines == 4)
        try other.perform(UndoAction(), by: "S01")
        try console.catchUp()
        try console.awaitOrder()
        #expect(console.journal.lines > 10)
        let replayed = try open(fullHistory: true)
        #expect(try console.estate.allRows(at: console.now) == replayed.estate.allRows(at: console.now))
    }

    @Test("is insufficient after a fact about an entity that the checkpoint left out; then the whole history answers")
    func insufficient() throws {
        let request = try test.do("request.open", ["class": "complaint", "unit": "3-2-501", "text": "漏水"])
        try test.do("request.complete", ["request": request])
        let visit = try #require(test.estate.followUps.pending.first)
        try test.do(
            "followup.record",
            ["followup": visit.id.text, "result": "satisfied", "visitors": "S04", "signer": "李四"])
        test.clock.pass(seconds: 30 * 86400)
        let whole = try open(fullHistory: true)
        try leaveCheckpoint(whole)
        let (live, late) = (try open(fullHistory: false), try open(fullHistory: false))
        #expect(live.estate.coveredWindow != nil && live.estate.requests[ref(request)] == nil)
        // The reference is unknown in the working set, and known in the whole history.
        try live.perform(ReopenRequest(request: ref(request), why: "又漏"), by: "S04")
        #expect(live.hasFullHistory)
        try late.catchUp()
        #expect(late.estate.coveredWindow == nil)
        #expect(try late.rows(of: RequestsView.self, ["state": "open"]).rows.count == 1)
        #expect(late.hasFullHistory)
    }

    @Test("a batch is decided as one, on the working set or on the whole history")
    func batches() throws {
        let whole = try open(fullHistory: true)
        try leaveCheckpoint(whole)
        let store = try open(fullHistory: false)
        func arrive(_ plates: String...) throws -> [Bool] {
            try store.perform(by: "S03") { batch in
                plates.map { text in
                    let visitor = ArriveVisitor(
                        name: "客", host: unit("3-2-501"), purpose: "探亲", plate: plate(text))
                    return (try? batch.perform(visitor)) != nil
                }
            }
        }
        #expect(try arrive("浙A11111", "浙B22222") == [true, true])
        #expect(!store.hasFullHistory)
        // The refusal of the second is decided on the whole history, and so is the first, which is recorded once.
        #expect(try arrive("浙C33333", "浙C33333") == [true, false])
        #expect(store.hasFullHistory)
        try whole.catchUp()
        #expect(whole.estate.gate.visits.count == 3 && store.estate.gate.visits.count == 3)
    }
}
