import Testing
import TestSupport

@testable import Estate

@Suite("Random histories with undo")
struct RandomUndoTests {
    @Test("a history with undos equals the history without the undone actions", arguments: 1...6)
    func random(seed: UInt64) throws {
        let history = try RandomHistory(seed: seed)
        try history.run(steps: 160)
        #expect(history.undos > 5, "seed \(seed)")
        let rows = try history.rows(of: history.store.estate)
        let expected = try history.rows(of: history.stateWithoutUndone())
        #expect(Set(rows).subtracting(expected) == [], "seed \(seed)")
        #expect(Set(expected).subtracting(rows) == [], "seed \(seed)")
        #expect(rows == expected, "seed \(seed)")
        let replayed = try Store(at: history.folder, clock: history.clock.clock).estate
        #expect(try rows == history.rows(of: replayed), "seed \(seed)")
    }
}
