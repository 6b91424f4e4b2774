import Foundation
import Handbook
import Journal
import TestSupport
import Testing

@testable import Estate

@Suite("Random renovations")
struct RandomRenovationTests {
    private static let isLong = ProcessInfo.processInfo.environment["FRONTDESK_LONG_TESTS"] == "1"
    private static let histories = isLong ? 10_000 : 300

    /// What is wrong with the deposits; `nil` if nothing.
    private func broken(_ estate: Estate) -> String? {
        for known in estate.renovations.all.values {
            let taken =
                known.deductions.reduce(0) { $0 + $1.amount.fen } + known.refunds.reduce(0) { $0 + $1.amount.fen }
            let held = known.permit?.deposit.fen ?? 0
            if taken < 0 || taken > held { return "\(taken) of \(held) taken" }
            let moved = estate.deposits.movements.filter { $0.record == known.id.id }.reduce(0) { $0 + $1.amount.fen }
            if moved != held - known.refunds.reduce(0, { $0 + $1.amount.fen }) { return "\(moved) moved" }
            if known.isSimple, held > 0 { return "a deposit of a small matter" }
            if known.state == .refunded, taken != held { return "settled with \(held - taken)" }
            if known.permit == nil, !known.passes.isEmpty { return "a pass before the permit" }
        }
        // The till's cash is what came and went.
        let booked = estate.booked().values.compactMap { $0["现金"] }.flatMap(\.values).reduce(0) { $0 + $1.fen }
        let all = estate.deposits.movements.reduce(0) { $0 + $1.amount.fen }
        return booked == all ? nil : "\(booked) booked, \(all) moved"
    }

    private func rows(_ estate: Estate, at moment: Moment) throws -> [String] {
        try [
            RenovationsView().rows(of: estate, at: moment).map(\.texts),
            PassesView().rows(of: estate, at: moment).map(\.texts),
            ViolationsView().rows(of: estate, at: moment).map(\.texts),
            PermitsView().rows(of: estate, at: moment).map(\.texts),
        ].flatMap { $0.map { "\($0)" } }
    }

    @Test(
        "at every moment 0 ≤ refunds + deductions ≤ held; only the handbook's steps; live as rebuilt; the working set knows"
    )
    func histories() throws {
        let base = RandomRenovations.initialState(try Handbook(chapters: Estate.chapters))
        let first = UInt64(ProcessInfo.processInfo.environment["FRONTDESK_TEST_SEED"] ?? "") ?? 1
        var (reached, conflicts): (Set<RenovationState>, Int) = ([], 0)
        for seed in first..<first + UInt64(RandomRenovationTests.histories) {
            var history = RandomRenovations(on: base, seed: seed)
            for step in 0..<60 {
                try history.step()
                if let fault = broken(history.estate) {
                    Issue.record("seed \(seed), step \(step): \(fault)")
                    return
                }
            }
            let rule = base.handbook.renovation
            for change in history.changes where !rule.leads(change.action, from: change.from, to: change.to) {
                Issue.record("seed \(seed): \(change)")
            }
            reached.formUnion(history.changes.map(\.to))
            conflicts += history.estate.nodes.conflicts.count
            if try rows(history.replay(history.entries), at: history.now) != rows(history.estate, at: history.now) {
                Issue.record("seed \(seed): the rebuilt state differs")
            }
            try checkWorkingSet(of: history, seed)
        }
        #expect(reached == Set(RenovationState.allCases), "every state is reached")
        #expect(conflicts > 0)
    }

    /// What a checkpoint keeps of open cases is the same.
    private func checkWorkingSet(of history: RandomRenovations, _ seed: UInt64) throws {
        let set = WorkingSet(of: history.estate, at: history.now)
        let kept = history.replay(history.entries.filter { $0.fact.isRetained(in: set, $0.metadata) })
        let whole = try RenovationsView().rows(of: history.estate, at: history.now).filter(\.subject.isOpen).map(
            \.texts)
        let partial = try RenovationsView().rows(of: kept, at: history.now).filter(\.subject.isOpen).map(\.texts)
        if whole != partial { Issue.record("seed \(seed): the working set differs") }
        if history.estate.deposits.lastReceipt(of: 0) != kept.deposits.lastReceipt(of: 0) {
            Issue.record("seed \(seed): another receipt is the last")
        }
    }
}
