import Testing

@testable import Journal
@testable import TestDisks

/// The power is cut at any call, and the disk has what was synced, and of the rest whatever it likes.
@Suite struct PowerCutTests {
    private static let tally = Tally("power cut sweep", parts: Scene.allCases.count)

    @Test(arguments: Scene.allCases) func whateverTheDiskDropsNothingAcknowledgedIsLost(scene: Scene) throws {
        /// What was left, and what the programs had been told by then.
        struct Case: Hashable {
            let files: [String: [UInt8]]
            let acknowledged: [Life.Action]
            let isMended: Bool
        }
        var seen: Set<Case> = []
        defer { PowerCutTests.tally.add(seen.count) }
        let start = try scene.before()
        let before = start.disk.files
        for place in 1...1000 {
            let disk = MemoryDisk(files: scene.damage(before))
            let life = Life(after: start, on: disk, failing: place, with: .killed, lasting: true)
            scene.act(life)
            life.end()
            for (number, files) in disk.afterPowerCuts.enumerated() {
                let isNew = seen.insert(
                    Case(files: files, acknowledged: life.acknowledged, isMended: life.isMended)
                ).inserted
                if !isNew { continue }
                let judge = Judge(scene: scene, life: life, before: before, what: "call \(place), cut \(number)")
                try judge.judge(MemoryDisk(files: files))
            }
            if life.faulty.calls < place { return }
        }
    }
}
