import Journal
import TestSupport
import Testing

@testable import Estate

@Suite("The figures of the month that runs are kept while nothing that they are made of changes")
struct PresentFiguresTests {
    private func reading(_ name: String, _ context: ViewContext) throws -> IndicatorReading {
        let indicator = try #require(Estate.indicators.first { $0.name == name })
        return try #require(context.measurement(of: indicator, in: context.month))
    }

    /// Works out all figures as a screen does, and says how many were not kept.
    private func newReadings(_ figures: PresentFigures, _ test: TestEstate, at moment: Moment) throws -> Int {
        let before = figures.measurements
        let context = ViewContext(test.estate, at: moment, present: figures)
        _ = try IndicatorsView(period: nil).subjects(in: context)
        _ = try IndicatorCasesView(period: nil).subjects(in: context)
        return figures.measurements - before
    }

    @Test("a fact works out anew what it is part of and nothing else; so do a minute and a day")
    func kept() throws {
        let test = try TestEstate(now: "2026-03-10T12:00:30")
        let (figures, now) = (PresentFigures(), test.store.now)
        #expect(try newReadings(figures, test, at: now) == Estate.indicators.count)
        #expect(try newReadings(figures, test, at: now) == 0)
        try test.arrive("张三")
        #expect(try newReadings(figures, test, at: now) == 0, "no figure is of the gate")
        _ = try test.answered()
        #expect(try newReadings(figures, test, at: now) == 1, "the rings")
        try test.do("inspection.open", ["template": "areas"])
        #expect(try newReadings(figures, test, at: now) == 2, "inspections, rectifications")
        #expect(try newReadings(figures, test, at: now.adding(seconds: 20)) == 0)
        #expect(try newReadings(figures, test, at: now.adding(seconds: 40)) == 3, "what the clock makes late")
        #expect(try newReadings(figures, test, at: now.adding(seconds: 86_400)) == Estate.indicators.count)
    }

    @Test("over random histories they are what a state gives without them")
    func histories() throws {
        for seed in 0..<UInt64(3) {
            var history = try RandomMonths(seed: seed)
            let figures = PresentFigures()
            try history.run(60)
            for _ in 0..<60 {
                try history.run(2, from: "2026-03-10T09:00")
                let (estate, now) = (history.test.estate, history.test.store.now)
                let (kept, fresh) = (ViewContext(estate, at: now, present: figures), ViewContext(estate, at: now))
                for indicator in Estate.indicators {
                    let (one, other) = try (reading(indicator.name, kept), reading(indicator.name, fresh))
                    #expect(
                        one.value == other.value && one.cases == other.cases && one.note == other.note,
                        "seed \(seed): \(indicator.name) is \(one), not \(other)")
                }
            }
            #expect(figures.measurements < 40 * Estate.indicators.count)
        }
    }
}
