import Testing

@testable import Journal
@testable import TestDisks

/// The power is cut at any call, and the disk has what was synced, and of the rest whatever it likes.
@Suite struct PowerCutTests {
    private static let tally = Tally("power cut sweep", parts: Scene.allCases.count)

    @Test(arguments: Scene.allCases) func whateverTheDiskDropsNothingAcknowledgedIsLost(scene: Scene) throws {
        var cases = 0
        defer { PowerCutTests.tally.add(cases) }
        let start = try scene.before()
        let files = scene.damage(start.disk.files)
        var judge = Judge(scene, after: start)
        // With the power, or after one of them had failed and the others had gone on.
        for (fault, lasting) in [(FaultyDisk.Fault.killed, true), (.inputOutput, false)] {
            var former = (-1, 0, false)
            for place in 1...1000 {
                let disk = MemoryDisk(files: files)
                let life = Life(after: start, on: disk, failing: place, with: fault, lasting: lasting)
                scene.act(life)
                life.end()
                // Stopped at a call that only looks, it is as at the one before.
                let state = (disk.changes, life.acknowledged.count, life.isMended)
                if fault == .killed, state == former, life.faulty.calls >= place { continue }
                former = state
                for (number, left) in disk.afterPowerCuts.enumerated() {
                    try judge.judge(life, MemoryDisk(files: left), "\(fault) at call \(place), cut \(number)")
                    cases += 1
                }
                if life.faulty.calls < place { break }
            }
        }
    }
}
