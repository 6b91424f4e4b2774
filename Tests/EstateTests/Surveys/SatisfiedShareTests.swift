import Testing

@testable import Estate

@Suite("Satisfaction and its interval (Rules, Surveys)")
struct SatisfiedShareTests {
    @Test(
        "the worked cases: the interval of a sample, and of a finite number of households",
        arguments: [
            (96, 100, 1_000_000_000, "90.1629", "98.4337"), (96, 100, 900, "90.6059", "98.3531"),
            (285, 300, 900, "92.5765", "96.6608"), (850, 900, 900, "94.4444", "94.4444"),
        ])
    func worked(satisfied: Int, answered: Int, population: Int, low: String, high: String) throws {
        let interval = try #require(
            SatisfiedShare(satisfied: satisfied, answered: answered, population: population).interval)
        #expect(SatisfiedShare.percent(interval.lowerBound) == low)
        #expect(SatisfiedShare.percent(interval.upperBound) == high)
    }

    @Test("nobody: no data, no interval")
    func nobody() {
        let none = SatisfiedShare(satisfied: 0, answered: 0, population: 900)
        #expect(none.interval == nil && none.verdict(target: 95) == .noData)
    }

    @Test("the bounds never leave 0 to 1, whoever is satisfied", arguments: 1...120)
    func ends(answered: Int) throws {
        for population in [answered + 1, answered + 7, 900, 100_000] {
            for satisfied in 0...answered {
                let share = Double(satisfied) / Double(answered)
                let interval = try #require(
                    SatisfiedShare(satisfied: satisfied, answered: answered, population: population).interval)
                #expect(interval.lowerBound >= 0 && interval.upperBound <= 1)
                #expect(interval.lowerBound <= share + 1e-12 && share <= interval.upperBound + 1e-12)
            }
        }
    }

    @Test("38 of 38 ends at 1, 0 of 77 begins at 0")
    func traps() throws {
        let all = try #require(SatisfiedShare(satisfied: 38, answered: 38, population: 900).interval)
        let nobody = try #require(SatisfiedShare(satisfied: 0, answered: 77, population: 900).interval)
        #expect(all.upperBound == 1 && all.lowerBound < 1)
        #expect(nobody.lowerBound == 0 && nobody.upperBound > 0)
    }

    /// The bounds solve (p̂ − p)² = z² p (1 − p) / n for p, here with the n of a finite population.
    @Test("the bounds solve Wilson's equation", arguments: [(3, 10, 40), (77, 80, 500), (1, 2, 900), (40, 60, 61)])
    func equation(satisfied: Int, answered: Int, population: Int) throws {
        let interval = try #require(
            SatisfiedShare(satisfied: satisfied, answered: answered, population: population).interval)
        let share = Double(satisfied) / Double(answered)
        let n = Double(answered * (population - 1)) / Double(population - answered)
        for bound in [interval.lowerBound, interval.upperBound] {
            let (left, right) = ((share - bound) * (share - bound), 3.841_458_820_694_124 * bound * (1 - bound) / n)
            #expect(abs(left - right) < 1e-9)
        }
    }

    @Test(
        "against 95 %: met by the lower bound, not met by the upper, else undecided",
        arguments: [
            (899, 900, 900, SatisfactionVerdict.met), (855, 900, 900, .met), (854, 900, 900, .notMet),
            (96, 100, 900, .undecided), (60, 100, 900, .notMet), (600, 600, 900, .met), (1, 1, 900, .undecided),
        ])
    func verdicts(satisfied: Int, answered: Int, population: Int, verdict: SatisfactionVerdict) {
        #expect(
            SatisfiedShare(satisfied: satisfied, answered: answered, population: population).verdict(target: 95)
                == verdict)
    }

    @Test("the extremes: all who were silent dissatisfied, or satisfied")
    func extremes() throws {
        let extremes = try #require(SatisfiedShare(satisfied: 8, answered: 10, population: 100).extremes(asked: 20))
        #expect(extremes.worst.text == "40.00" && extremes.best.text == "90.00")
    }
}
