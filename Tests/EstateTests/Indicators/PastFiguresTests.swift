import Journal
import TestSupport
import Testing

@testable import Estate

@Suite("States as of several moments, from one reading")
struct PastFiguresTests {
    @Test("each is the state that a reading of its own gives, with what was entered late and what was undone")
    func states() throws {
        for seed in 0..<UInt64(6) {
            let test = try TestEstate(now: "2026-03-01T08:00")
            var actions = RandomActions(seed: seed)
            for _ in 0..<120 {
                test.clock.pass(seconds: actions.random.below(20 * 3600))
                let now = test.store.now
                let moment = actions.random.below(4) == 0 ? now.adding(seconds: -actions.random.below(20 * 86400)) : now
                for _ in 0..<30 {
                    let action = try actions.next(in: test.estate, at: now)
                    if (try? test.store.perform(action, by: "S01", at: moment)) != nil { break }
                }
            }
            let moments = ["2026-03-10", "2026-04-01", "2026-02-01", "2026-04-01T12:30", "2026-05-01"].map { at($0) }
            let states = try test.store.estates(asOf: moments)
            #expect(states.count == moments.count)
            for (moment, state) in zip(moments, states) {
                let alone = try test.store.estate(asOf: moment)
                let (shared, own) = (try rows(of: state, at: moment), try rows(of: alone, at: moment))
                #expect(Set(shared).symmetricDifference(own) == [], "seed \(seed) \(moment)")
                #expect(shared.count == own.count)
            }
        }
    }

    /// The particulars tell what is sealed in lines that do not hold yet.
    private func rows(of estate: Estate, at moment: Moment) throws -> [String] {
        try estate.allRows(at: moment).filter {
            !$0.hasPrefix("particulars") && !$0.hasPrefix("undo:") && !$0.hasPrefix("duties: [\"particulars-")
        }
    }

    @Test("facts of the month that runs leave the count of late ones alone; a fact of an earlier month does not")
    func lateFacts() throws {
        let test = try TestEstate(now: "2026-03-10T08:00")
        let count = test.estate.lateChanges
        try test.arrive("张三", at: "2026-03-01T00:00")
        #expect(test.estate.lateChanges == count)
        try test.arrive("李四", at: "2026-02-28T23:59")
        #expect(test.estate.lateChanges == count + 1)
    }

    @Test("of the months before the last only the values are kept, if so asked")
    func withoutCases() throws {
        let test = try TestEstate(now: "2026-04-10T08:00")
        for period in ["2026-02", "2026-03"] {
            try test.do("bill.issue", test.bill(period: period, amount: "100"), at: "\(period)-01T09:00")
        }
        let figures = try test.store.pastFigures(of: [month("2026-02"), month("2026-03")], withCases: 1)
        #expect(figures[month("2026-02"), "collection.0"]?.cases.isEmpty == true)
        #expect(figures[month("2026-02"), "collection.0"]?.value == .share(0, of: 10_000))
        #expect(figures[month("2026-03"), "collection.0"]?.cases.count == 1)
        #expect(figures.holds(month("2026-02")) && !figures.holds(month("2026-01")))
    }
}
