import Foundation
import Journal
import Synchronization
import TestSupport

@testable import Estate

/// A random history with undos in a temporary folder, and the same history without the undone actions.
final class RandomHistory {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("undo-\(UUID().uuidString)").path
    let clock = TestClock("2026-03-01T08:00")
    let store: Store
    private(set) var undos = 0
    private var random: SeededRandom
    private let ids: IDs
    /// The actions that were not undone, with their times and the ids that they created.
    private var steps: [(action: any Action, by: String, at: String, ids: [EntryID], first: EntryID)] = []
    private var minute = 0

    /// A source of ids that records them, and can be given ids to repeat.
    private final class IDs: Sendable {
        let state = Mutex<(given: [EntryID], prepared: [EntryID])>(([], []))
        func next(_ moment: Moment) -> EntryID {
            state.withLock { state in
                let id = state.prepared.isEmpty ? EntryID(at: moment) : state.prepared.removeFirst()
                state.given.append(id)
                return id
            }
        }
        func take() -> [EntryID] {
            state.withLock { state in
                defer { state.given = [] }
                return state.given
            }
        }
        func prepare(_ ids: [EntryID]) { state.withLock { $0.prepared = ids } }
    }

    init(seed: UInt64) throws {
        random = SeededRandom(seed: seed)
        let ids = IDs()
        self.ids = ids
        store = try RandomHistory.found(folder, clock, ids)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private static func found(_ folder: String, _ clock: TestClock, _ ids: IDs) throws -> Store {
        let store = try Store.found(
            at: folder, name: "翠湖花园",
            staff: [
                StaffMember(code: "S01", name: "王经理", role: .manager),
                StaffMember(code: "S02", name: "李经理", role: .manager),
            ], clock: clock.clock, newID: { ids.next($0) })
        for room in ["3-2-501", "3-2-502"] { try store.perform(AddUnit(unit: unit(room)), by: "S01") }
        return store
    }

    /// Performs random actions, about a quarter of them undos.
    func run(steps count: Int) throws {
        for _ in 0..<count {
            minute += 1
            let time = "2026-03-\(String(format: "%02d", 2 + minute / 40))T09:\(String(format: "%02d", minute % 40))"
            clock.set(time)
            let by = random.pick(["S01", "S02"])
            _ = ids.take()
            if random.below(4) == 0 {
                guard let undone = try? store.estate.nextUndo(of: by, at: store.now) else { continue }
                try store.perform(UndoAction(undone), by: by)
                steps.removeAll { undone.entries.contains($0.first) }
                undos += 1
                continue
            }
            guard let (name, members) = randomAction() else { continue }
            let action = try Estate.action(named: name).read(members.mapValues { .string($0) }, zone: .shanghai)
            guard (try? store.perform(action, by: by)) != nil else { continue }
            let given = ids.take()
            guard let first = store.estate.undoWindow.actions.last?.entries.first else { continue }
            steps.append((action, by, time, given, first))
        }
    }

    /// The name and members of an action that may be possible now.
    private func randomAction() -> (String, [String: String])? {
        let estate = store.estate
        let unit = random.pick(["3-2-501", "3-2-502"])
        func id(_ ids: [String]) -> String? { ids.isEmpty ? nil : random.pick(ids) }
        switch random.below(14) {
        case 0: return ("visitor.arrive", ["name": "客\(minute)", "host": unit, "purpose": "探亲"])
        case 1: return id(estate.gate.inside.map(\.id.text)).map { ("visitor.leave", ["visit": $0]) }
        case 2: return ("request.open", ["class": "complaint", "unit": unit, "text": "事\(minute)"])
        case 3: return id(estate.requests.open.map(\.id.text)).map { ("request.complete", ["request": $0]) }
        case 4:
            return id(estate.requests.all.values.map(\.id.id.text)).map {
                ("request.reopen", ["request": $0, "why": "又坏"])
            }
        case 5, 6:
            return id(estate.followUps.pending.map(\.id.text)).map {
                (
                    "followup.record",
                    [
                        "followup": $0, "result": random.pick(["satisfied", "unsatisfied", "refused"]),
                        "visitors": "S01", "signer": "李四",
                    ]
                )
            }
        case 7:
            return id(estate.followUps.awaitingRectification.map(\.id.text)).map {
                ("followup.rectified", ["followup": $0])
            }
        case 8:
            return (
                "bill.issue",
                ["unit": unit, "period": "2026-03", "item": "费\(minute)", "amount": "100", "due": "2026-03-31"]
            )
        case 9: return ("payment.receive", ["unit": unit, "amount": random.pick(["30", "100", "170"])])
        case 10:
            return id(estate.fees.payments.values.filter { $0.voided == nil }.map(\.id.id.text)).map {
                ("payment.void", ["payment": $0, "why": "退票"])
            }
        case 11:
            return id(estate.fees.bills.values.map(\.id.id.text)).map {
                ("bill.reduce", ["bill": $0, "amount": "20", "why": "停梯"])
            }
        case 12: return ("call.ring", ["direction": "outgoing"])
        default:
            return id(estate.calls.open.map(\.id.text)).map { ("call.demand", ["call": $0, "text": "诉求\(minute)"]) }
        }
    }

    /// The state of an estate in which the undone actions were never performed.
    func stateWithoutUndone() throws -> Estate {
        let folder = folder + "-without"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let (clock, ids) = (TestClock("2026-03-01T08:00"), IDs())
        let store = try RandomHistory.found(folder, clock, ids)
        for step in steps {
            clock.set(step.at)
            ids.prepare(step.ids)
            // No remaining action depends on an undone one, so none is refused.
            try store.perform(step.action, by: step.by)
        }
        return store.estate
    }

    /// The rows of all views but the undo view, which differs by design.
    func rows(of estate: Estate) throws -> [String] {
        try estate.allRows(at: store.now).filter { !$0.hasPrefix("undo:") }
    }
}
