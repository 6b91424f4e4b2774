import Testing

@testable import Journal

/// Processes that read a log before it was repaired.
@Suite struct OutdatedTests {
    @Test func repairOfAReadSegmentOutdatesTheReader() throws {
        let sample = try RepairTests.Sample()
        let name = RepairTests.names[1]
        var lines = sample.lines(name)
        lines[3][30] ^= 1
        let flipped = sample.disk([(.primary, name, Array(lines.joined()))])
        let reader = try flipped.journal()
        _ = try reader.numbers()
        _ = try flipped.repair()
        try flipped.journal(TestClock(december)).record(90)
        // No offset moved: the reader continues, but has missed the restored line, so it may not write.
        #expect(try reader.numbers() == [90] && reader.isOutdated)
        #expect(throws: JournalError.outdated) { try reader.record(91) }
        try flipped.journal(TestClock(december)).record(91)
        #expect(try flipped.journal().numbers() == Array(0..<20) + [90, 91])
        lines = sample.lines(name)
        lines.remove(at: 3)
        let shortened = sample.disk([(.primary, name, Array(lines.joined()))])
        let other = try shortened.journal(TestClock(december))
        _ = try other.numbers()
        _ = try shortened.repair()
        try shortened.journal(TestClock(december)).record(90)
        #expect(try other.numbers() == [] && other.isOutdated)
        #expect(throws: JournalError.self) { try other.record(91) }
        #expect(try shortened.journal().numbers() == Array(0..<20) + [90])
    }

    @Test func repairOfAnOlderSegmentOutdatesTheReader() throws {
        let sample = try RepairTests.Sample()
        let name = RepairTests.names[0]
        var lines = sample.lines(name)
        lines[1][30] ^= 1
        let disk = sample.disk([(.primary, name, Array(lines.joined()))])
        let reader = try disk.journal()
        _ = try reader.numbers()
        #expect(!reader.damages.isEmpty && !reader.isOutdated)
        _ = try disk.repair()
        #expect(try reader.numbers() == [] && reader.isOutdated)
        let fresh = try disk.journal()
        _ = try fresh.numbers()
        #expect(fresh.damages.isEmpty && !fresh.isOutdated)
    }
}
