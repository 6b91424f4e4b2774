import Foundation
import Handbook
import Journal
import TestSupport
import Testing

@testable import Estate

@Suite("Random renovations")
struct RandomRenovationTests {
    private static let isLong = ProcessInfo.processInfo.environment["FRONTDESK_LONG_TESTS"] == "1"
    private static let histories = isLong ? 10_000 : 150

    /// What is wrong with the deposits; `nil` if nothing.
    private func broken(_ estate: Estate) -> String? {
        for known in estate.renovations.all.values {
            let taken =
                known.deductions.reduce(0) { $0 + $1.amount.cents } + known.refunds.reduce(0) { $0 + $1.amount.cents }
            let held = known.deposits.reduce(0) { $0 + $1.deposit.cents }
            if taken < 0 || taken > held { return "\(taken) of \(held) taken" }
            let moved = estate.deposits.movements.filter { $0.record == known.id.id }.reduce(0) { $0 + $1.amount.cents }
            if moved != held - known.refunds.reduce(0, { $0 + $1.amount.cents }) { return "\(moved) moved" }
            if known.isSimple, held > 0 { return "a deposit of a small matter" }
            if known.state == .refunded, known.strays.isEmpty, taken != held { return "settled with \(held - taken)" }
            if estate.renovations.open.contains(where: { $0.id == known.id }) != known.isOpen { return "open cases" }
        }
        // The till's cash is what came and went.
        let booked = estate.booked().values.compactMap { $0["现金"] }.flatMap(\.values).reduce(0) { $0 + $1.fen }
        let all = estate.deposits.movements.reduce(0) { $0 + $1.amount.cents }
        return booked == all ? doubledNumber(in: estate) : "\(booked) booked, \(all) moved"
    }

    /// A number of a receipt, a case or a pass that was given twice.
    private func doubledNumber(in estate: Estate) -> String? {
        let receipts = estate.deposits.movements.compactMap { estate.receiptNumber($0.receipt, of: $0.node) }
        let cases = estate.renovations.all.values.map { estate.number(of: $0) }
        let passes = estate.renovations.passes.values.map { estate.number(of: $0) }
        return [receipts, cases, passes].first { Set($0).count < $0.count }.map { "given twice: \($0)" }
    }

    private func rows(_ estate: Estate, at moment: Moment) throws -> [String] {
        try [
            RenovationsView().rows(of: estate, at: moment).map(\.texts),
            PassesView().rows(of: estate, at: moment).map(\.texts),
            ViolationsView().rows(of: estate, at: moment).map(\.texts),
            PermitsView().rows(of: estate, at: moment).map(\.texts),
            ConflictsView().rows(of: estate, at: moment).map(\.texts),
        ].flatMap { $0.map { "\($0)" } }
    }

    @Test(
        "at every moment 0 ≤ refunds + deductions ≤ held; only the handbook's steps; numbers are given once; nodes that rewound agree with a state rebuilt in order; the working set knows"
    )
    func histories() throws {
        let base = try RandomRenovations.initialState()
        let first = UInt64(ProcessInfo.processInfo.environment["FRONTDESK_TEST_SEED"] ?? "") ?? 1
        var (reached, conflicts, rewinds, strays): (Set<RenovationState>, Int, Int, Int) = ([], 0, 0, 0)
        for seed in first..<first + UInt64(RandomRenovationTests.histories) {
            var history = RandomRenovations(on: base, seed: seed)
            for step in 0..<50 {
                try history.step()
                if step == 49 { history.meet() }
                if let fault = history.machines.lazy.compactMap({ broken($0.estate) }).first {
                    Issue.record("seed \(seed), step \(step): \(fault)")
                    return
                }
            }
            let rule = base.handbook.renovation
            for change in history.changes where !rule.leads(change.action, from: change.from, to: change.to) {
                Issue.record("seed \(seed): \(change)")
            }
            reached.formUnion(history.changes.map(\.to))
            let estate = history.machines[0].estate
            conflicts += estate.nodes.conflicts.count
            rewinds += history.rewinds
            strays += estate.renovations.all.values.reduce(0) { $0 + $1.strays.count }
            let rebuilt = try rows(history.replay(history.machines[0].entries), at: history.now)
            for machine in history.machines where try rows(machine.estate, at: history.now) != rebuilt {
                Issue.record("seed \(seed): the rebuilt state differs from that of \(machine.name)")
            }
            try checkWorkingSet(of: history, seed)
        }
        #expect(reached == Set(RenovationState.allCases), "every state is reached")
        #expect(conflicts > 0 && rewinds > 0 && strays > 0, "\(conflicts) \(rewinds) \(strays)")
    }

    /// What a checkpoint keeps of open cases is the same, and so are the last numbers.
    private func checkWorkingSet(of history: RandomRenovations, _ seed: UInt64) throws {
        let (estate, entries) = (history.machines[0].estate, history.machines[0].entries)
        let set = WorkingSet(of: estate, at: history.now)
        let kept = history.replay(entries.filter { $0.fact.isRetained(in: set, $0.metadata) })
        func open(_ estate: Estate) throws -> [[String]] {
            try RenovationsView().rows(of: estate, at: history.now).filter(\.subject.isOpen).map(\.texts)
        }
        if try open(estate) != open(kept) { Issue.record("seed \(seed): the working set differs") }
        for machine in history.machines
        where estate.deposits.lastReceipt(of: machine.index) != kept.deposits.lastReceipt(of: machine.index) {
            Issue.record("seed \(seed): another receipt is the last")
        }
        if estate.renovations.lastApplications != kept.renovations.lastApplications {
            Issue.record("seed \(seed): another application is the last")
        }
    }
}
