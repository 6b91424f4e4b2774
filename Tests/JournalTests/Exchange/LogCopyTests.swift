import Testing

@testable import Journal
@testable import TestDisks

/// Lines are passed on from one folder to another: the outbox reads them, and the copy there becomes the same log.
@Suite struct LogCopyTests {
    private static let target = "/other"

    /// A log with actions of one and of several lines in two segments, with a torn tail in between that is on record.
    private static func source() throws -> MemoryDisk {
        let (disk, clock) = (try MemoryDisk.withJournal(), TestClock(november))
        try disk.journal(clock).record(1)
        try disk.journal(clock).record(2, 3, 4)
        let before = disk.files[TornTailTests.path] ?? []
        let head = disk.files["\(MemoryDisk.log)/HEAD"]
        try disk.journal(clock).record(5, 6, 7)
        let action = Array((disk.files[TornTailTests.path] ?? []).dropFirst(before.count))
        let ends = action.indices.filter { action[$0] == 0x0A }
        var files = disk.files
        // Two whole lines of three, and some bytes of the third, were written when the program was killed.
        files[TornTailTests.path] = before + action[..<(ends[1] + 30)]
        files["\(MemoryDisk.log)/HEAD"] = head
        let torn = MemoryDisk(files: files)
        try torn.journal(clock).record(8)
        clock.set("2026-12-02T09:00:00.000+08:00")
        try torn.journal(clock).record(9, 10)
        try torn.journal(clock).record(11)
        return torn
    }

    private static func target(_ files: [String: [UInt8]] = [:]) throws -> MemoryDisk {
        let disk = MemoryDisk(files: files)
        if files.isEmpty { try Journal.create(at: target, node: "gate", disk: disk) }
        return disk
    }

    /// Passes on all lines that the copy lacks, so many at a time.
    private static func passOn(_ source: MemoryDisk, to disk: any Disk, lines: Int) throws {
        var outbox = LogOutbox(of: "desk", in: MemoryDisk.folder, isOwn: true, disk: source)
        let end = try outbox.refresh()
        var copy = try LogCopy(of: "desk", in: target, disk: disk)
        defer { copy.close() }
        while copy.end != end {
            let batch = try outbox.lines(after: copy.end.sequence, BatchLimit(lines: lines, bytes: 1 << 20))
            if batch.isEmpty {
                Issue.record("the outbox ends at \(copy.end.sequence)")
                return
            }
            try copy.append(batch)
        }
    }

    private static func numbers(_ disk: MemoryDisk) throws -> [Int] {
        let journal = try Journal(at: target, clock: TestClock(november).clock, disk: disk)
        let numbers = try journal.numbers()
        #expect(journal.damages.isEmpty && journal.nodeFailures.isEmpty && journal.strangers.isEmpty)
        return numbers
    }

    /// The lines of the segments in a log, and where each begins.
    private static func places(_ disk: MemoryDisk, _ log: String) -> [String] {
        disk.files.filter { $0.key.hasPrefix(log + "/") && $0.key.hasSuffix(".jsonl") }.flatMap { path, bytes in
            bytes.withUnsafeBytes { text in
                var places: [String] = []
                _ = text.eachLine { line, offset in
                    if Line(proving: line) != nil {
                        places.append("\(path.dropFirst(log.count)) \(offset) \(line.count)")
                    }
                }
                return places
            }
        }.sorted()
    }

    @Test("the copy has each line at the same place, and gives what the original gives", arguments: [1, 2, 100])
    func sameLog(lines: Int) throws {
        let (source, disk) = (try LogCopyTests.source(), try LogCopyTests.target())
        try LogCopyTests.passOn(source, to: disk, lines: lines)
        #expect(try LogCopyTests.numbers(disk) == source.journal().numbers())
        #expect(try LogCopyTests.numbers(disk) == [1, 2, 3, 4, 8, 9, 10, 11])
        let copy = LogCopyTests.places(disk, "\(LogCopyTests.target)/journal/desk")
        #expect(copy == LogCopyTests.places(source, MemoryDisk.log) && copy.count > 9)
    }

    @Test("what is not acknowledged is not passed on")
    func onlyDurable() throws {
        let disk = try MemoryDisk.withJournal()
        try disk.journal().record(1)
        let head = try #require(disk.files["\(MemoryDisk.log)/HEAD"])
        try disk.journal().record(2)
        var files = disk.files
        files["\(MemoryDisk.log)/HEAD"] = head
        var outbox = LogOutbox(of: "desk", in: MemoryDisk.folder, isOwn: true, disk: MemoryDisk(files: files))
        #expect(try outbox.refresh().sequence == 1)
        #expect(try outbox.lines(after: 0).map(\.sequence) == [1])
        #expect(try outbox.lines(after: 1).isEmpty && outbox.lastLine().sequence == 2)
    }

    @Test("a damaged line ends the outbox, before and after a start in the middle")
    func damaged() throws {
        let disk = try MemoryDisk.withJournal()
        for number in 1...5 { try disk.journal().record(number) }
        var files = disk.files
        let path = TornTailTests.path
        let third = try #require(files[path].map { bytes in bytes.indices.filter { bytes[$0] == 0x0A }[1] + 40 })
        files[path]?[third] ^= 1
        for start in 0...2 {
            var outbox = LogOutbox(of: "desk", in: MemoryDisk.folder, isOwn: true, disk: MemoryDisk(files: files))
            #expect(try outbox.refresh().sequence == 5)
            #expect(try outbox.lines(after: start).map(\.sequence) == Array(start + 1..<3))
            #expect(try outbox.lines(after: 2).isEmpty)
        }
    }

    @Test("any line is found by its number, in every segment")
    func byNumber() throws {
        let source = try LogCopyTests.source()
        var outbox = LogOutbox(of: "desk", in: MemoryDisk.folder, isOwn: true, disk: source)
        let end = try outbox.refresh().sequence
        for number in (1...end).reversed() { #expect(try outbox.line(number)?.sequence == number) }
        #expect(try outbox.line(end + 1) == nil && outbox.line(0) == nil)
    }

    @Test("a line is taken only if it follows, and nothing is overwritten")
    func refusals() throws {
        let (source, disk) = (try LogCopyTests.source(), try LogCopyTests.target())
        var outbox = LogOutbox(of: "desk", in: MemoryDisk.folder, isOwn: true, disk: source)
        _ = try outbox.refresh()
        let lines = try outbox.lines(after: 0)
        var copy = try LogCopy(of: "desk", in: LogCopyTests.target, disk: disk)
        #expect(throws: LogCopy.Refusal.gap(node: "desk", after: 0)) { try copy.append([lines[1]]) }
        try copy.append([lines[0], lines[1]])
        let before = disk.files.filter { $0.key.hasSuffix(".jsonl") }
        #expect(throws: LogCopy.Refusal.gap(node: "desk", after: 2)) { try copy.append([lines[1]]) }
        #expect(throws: LogCopy.Refusal.gap(node: "desk", after: 2)) { try copy.append([lines[3]]) }
        // The line of another history.
        let other = try MemoryDisk.withJournal()
        for number in 21...23 { try other.journal().record(number) }
        var others = LogOutbox(of: "desk", in: MemoryDisk.folder, isOwn: true, disk: other)
        _ = try others.refresh()
        let third = try #require(try others.line(3))
        #expect(throws: LogCopy.Refusal.fork(node: "desk", sequence: 2)) { try copy.append([third]) }
        #expect(disk.files.filter { $0.key.hasSuffix(".jsonl") } == before)
        try copy.append([lines[2]])
        #expect(copy.end.sequence == 3)
    }

    @Test("a copy that is damaged in the middle is left as it is")
    func damagedCopy() throws {
        let (source, disk) = (try LogCopyTests.source(), try LogCopyTests.target())
        try LogCopyTests.passOn(source, to: disk, lines: 100)
        var files = disk.files
        let path = "\(LogCopyTests.target)/journal/desk/2026-11.jsonl"
        files[path]?[700] ^= 1
        files["\(LogCopyTests.target)/journal/desk/HEAD"] = nil
        let damaged = MemoryDisk(files: files)
        #expect(throws: LogCopy.Refusal.self) { try LogCopy(of: "desk", in: LogCopyTests.target, disk: damaged) }
        #expect(damaged.files[path] == files[path])
    }

    @Test("bytes of a line are received only as that line")
    func proved() throws {
        let source = try LogCopyTests.source()
        var outbox = LogOutbox(of: "desk", in: MemoryDisk.folder, isOwn: true, disk: source)
        _ = try outbox.refresh()
        let line = try #require(try outbox.line(2))
        func received(
            _ node: String = "desk", _ number: Int = 2, _ segment: String = "2026-11.jsonl", _ offset: Int = 0,
            _ bytes: [UInt8]? = nil
        ) -> CarriedLine? {
            CarriedLine(node: node, sequence: number, segment: segment, offset: offset, bytes: bytes ?? line.bytes)
        }
        #expect(received()?.hash == line.hash)
        #expect(received("gate") == nil && received("../desk") == nil && received("desk", 3) == nil)
        #expect(received("desk", 2, "../../NODE") == nil && received("desk", 2, "2026-11.jsonl", -1) == nil)
        for place in [0, 30, line.bytes.count - 1] {
            var bytes = line.bytes
            bytes[place] ^= 1
            #expect(received("desk", 2, "2026-11.jsonl", 0, bytes) == nil)
        }
        #expect(received("desk", 2, "2026-11.jsonl", 0, line.bytes + [0x0A]) == nil)
    }

    // MARK: Faults

    /// Each call fails in each way, also for good; then the program starts again, also after a power cut.
    @Test("each disk call of a copy fails, or the power is cut at it: nothing that was counted is lost, and it goes on")
    func faults() throws {
        let source = try LogCopyTests.source()
        let expected = try source.journal().numbers()
        for fault in FaultyDisk.Fault.allCases {
            for lasting in [false, true] {
                var place = 0
                repeat {
                    place += 1
                    let real = try LogCopyTests.target()
                    let disk = FaultyDisk(real, failing: place, with: fault, lasting: lasting)
                    var counted = 0
                    do {
                        var outbox = LogOutbox(of: "desk", in: MemoryDisk.folder, isOwn: true, disk: source)
                        let end = try outbox.refresh()
                        var copy = try LogCopy(of: "desk", in: LogCopyTests.target, disk: disk)
                        defer { copy.close() }
                        while copy.end != end {
                            try copy.append(
                                outbox.lines(after: copy.end.sequence, BatchLimit(lines: 4, bytes: 1 << 20)))
                            counted = copy.end.sequence
                        }
                    } catch is JournalError {}
                    if disk.failed.isEmpty && !disk.isKilled && fault != .short { break }
                    for files in [real.files, real.synced] + real.afterPowerCuts.prefix(isLong ? 200 : 12) {
                        let after = try LogCopyTests.target(files)
                        var copy = try LogCopy(of: "desk", in: LogCopyTests.target, disk: after)
                        #expect(copy.end.sequence >= counted, "\(fault) \(place)")
                        copy.close()
                        try LogCopyTests.passOn(source, to: after, lines: 3)
                        #expect(try LogCopyTests.numbers(after) == expected, "\(fault) \(place)")
                    }
                    if place > 60 { break }
                } while true
            }
        }
    }

    @Test("nothing is written behind a hole: a copy whose file is gone, or was cut, is begun or gone on with anew")
    func removed() throws {
        let source = try LogCopyTests.source()
        for keeps in [0, 100] {
            let disk = try LogCopyTests.target()
            var outbox = LogOutbox(of: "desk", in: MemoryDisk.folder, isOwn: true, disk: source)
            _ = try outbox.refresh()
            let lines = try outbox.lines(after: 0, BatchLimit(lines: .max, bytes: .max))
            var copy = try LogCopy(of: "desk", in: LogCopyTests.target, disk: disk)
            try copy.append(Array(lines[..<3]))
            let path = "\(LogCopyTests.target)/journal/desk/\(lines[0].segment)"
            let bytes = try #require(disk.files[path])
            try disk.remove(path)
            if keeps > 0 {
                try disk.replace(
                    lines[0].segment, in: "\(LogCopyTests.target)/journal/desk", text: Array(bytes[..<keeps]))
            }
            #expect(throws: JournalError.self) { try copy.append([lines[3]]) }
            copy.close()
            #expect(disk.files[path]?.count ?? 0 <= keeps)
            try LogCopyTests.passOn(source, to: disk, lines: 2)
            #expect(disk.files[path]?.starts(with: bytes) == true)
        }
    }
}
