import Testing

@testable import Journal
@testable import TestDisks

@Suite("Logs of several nodes in one order")
struct MergedReadingTests {
    /// The logs of `desk`, whose first segment ends without a newline, and of `gate`.
    private func files() throws -> [String: [UInt8]] {
        let disk = try MemoryDisk.withJournal()
        let clock = TestClock(november)
        for number in [1, 3] { try disk.journal(clock).record(number) }
        clock.set(december)
        try disk.journal(clock).record(5)
        let other = MemoryDisk()
        try Journal.create(at: MemoryDisk.folder, node: "gate", disk: other)
        for number in [2, 4] { try other.journal().record(number) }
        var files = disk.files
        for (path, bytes) in other.files where path.contains("/gate/") { files[path] = bytes }
        let first = "\(MemoryDisk.log)/2026-11.jsonl"
        #expect(files[first]?.popLast() == 0x0A)
        return files
    }

    @Test("after a failure at any call the next reading delivers what was not delivered, once")
    func failures() throws {
        let files = try files()
        for place in 1..<200 {
            let faulty = FaultyDisk(MemoryDisk(files: files), failing: place, lasting: false)
            guard let journal = try? Journal(at: MemoryDisk.folder, clock: TestClock(december).clock, disk: faulty)
            else {
                continue
            }
            var numbers: [Int] = []
            for _ in 0..<3 { try? journal.catchUp { numbers.append($0.number) } }
            #expect(numbers.sorted() == [1, 2, 3, 4, 5], "call \(place)")
            if faulty.calls < place { return }
        }
        Issue.record("more calls than expected")
    }
}
