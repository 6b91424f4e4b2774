import Testing

@testable import Journal
@testable import TestDisks

/// The power is cut at each disk call: synced bytes are kept, and any part of the others (J1, J2, J4, J7, J8).
@Suite struct PowerCutTests {
    private static let counter = CaseCounter("power cut sweep", parts: Scenario.allCases.count)

    @Test(.hangLimit, arguments: Scenario.allCases)
    func eachPowerCutKeepsTheInvariants(scenario: Scenario) throws {
        var cases = 0
        defer { PowerCutTests.counter.add(cases) }
        let start = try scenario.before()
        let files = scenario.damage(start.disk.files)
        var checker = InvariantChecker(scenario, after: start)
        // All programs end with the power cut, or one call has failed before it.
        for (fault, lasting) in [(FaultyDisk.Fault.killed, true), (.inputOutput, false), (.dropping, false)] {
            var former = (-1, 0, false)
            for place in 1...1000 {
                let disk = MemoryDisk(files: files)
                let workload = Workload(after: start, on: disk, failing: place, with: fault, lasting: lasting)
                scenario.run(workload)
                // A call that changes nothing leaves the same outcome as the one before.
                let state = (disk.changes, workload.acknowledged.count, workload.isRepaired)
                if fault == .killed, state == former, workload.faulty.calls >= place { continue }
                former = state
                for (number, left) in disk.afterPowerCuts.enumerated() {
                    try checker.check(workload, MemoryDisk(files: left), "\(fault) at call \(place), cut \(number)")
                    cases += 1
                }
                if workload.faulty.calls < place { break }
            }
        }
    }
}
