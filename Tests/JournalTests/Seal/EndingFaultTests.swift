import Testing

@testable import Journal
@testable import TestDisks

/// Programs seal and end particulars while each disk call fails, or the power is cut at it (J13, J14).
@Suite struct EndingFaultTests {
    private static let kind = "visitor.arrived"
    private static let asks = "test.asked"
    private static let done = "test.ended"
    private static let place = KeyPlace("visitors", month: "2026-11", node: "desk")

    /// What a journal says: the sealed lines, and how often an ending was asked for and done.
    private struct Reading {
        var sealed: [(id: EntryID, text: SealedText)] = []
        var asked = 0
        var done = 0

        init(_ disk: any Disk) throws {
            let journal = try Journal(at: MemoryDisk.folder, clock: TestClock(november).clock, disk: disk)
            try journal.catchUp { note($0) }
        }

        mutating func note(_ line: Line) {
            let kind = String(decoding: line.kind, as: UTF8.self)
            if let text = SealedText(line.sealed) { sealed.append((line.id, text)) }
            if kind == EndingFaultTests.asks { asked += 1 }
            if kind == EndingFaultTests.done { done += 1 }
        }

        /// The first two lines end.
        var ended: [EntryID] { asked > 0 ? sealed.prefix(2).map(\.id) : [] }
        var isPending: Bool { asked > done }
    }

    /// Each step is a program of its own, which looks first whether an ending has to be finished.
    private func run(_ disk: any Disk, acknowledged: inout Int) throws {
        for number in 1...3 { try seal(number, on: disk, acknowledged: &acknowledged) }
        try write(disk) { _, transaction in
            transaction.append([
                NewEntry(id: EntryID(high: 2, low: 1), by: "", kind: EndingFaultTests.asks, data: [123, 125])
            ])
        }
        try finish(disk)
        try seal(4, on: disk, acknowledged: &acknowledged)
    }

    private func write(
        _ disk: any Disk, _ body: (KeyRing, inout Journal.WriteTransaction) throws -> Void
    ) throws {
        let journal = try Journal(at: MemoryDisk.folder, clock: TestClock(november).clock, disk: disk)
        let ring = KeyRing(of: MemoryDisk.folder, disk: disk)
        try journal.write(delivering: { _ in }) { try body(ring, &$0) }
    }

    private func seal(_ number: Int, on disk: any Disk, acknowledged: inout Int) throws {
        try finish(disk)
        let known = try Reading(disk)
        try write(disk) { ring, transaction in
            let id = EntryID(high: 1, low: UInt64(number))
            let text = try ring.seal(
                Array("p\(number)".utf8), as: EndingFaultTests.place, used: known.sealed.map(\.text.generation).max(),
                ended: known.asked > 0 ? 0 : nil, id: id, kind: EndingFaultTests.kind)
            transaction.append([NewEntry(id: id, by: "", kind: EndingFaultTests.kind, sealed: text, data: [123, 125])])
        }
        acknowledged += 1
    }

    /// What a program does at its start, and after it has asked.
    private func finish(_ disk: any Disk) throws {
        let known = try Reading(disk)
        guard known.isPending else { return }
        try write(disk) { ring, transaction in
            let kept = known.sealed.filter { !known.ended.contains($0.id) }.map { ($0.id, EndingFaultTests.kind) }
            try ring.end(KeyName(EndingFaultTests.place, generation: 0), keeping: kept)
            transaction.append([
                NewEntry(id: EntryID(high: 2, low: 2), by: "", kind: EndingFaultTests.done, data: [123, 125])
            ])
        }
    }

    /// Each line that did not end can be opened; once the ending is done, each that ended cannot, whatever lies there.
    private func check(_ disk: MemoryDisk, acknowledged: Int, _ comment: String) throws {
        let first = try Reading(disk)
        if first.sealed.count < acknowledged {
            Issue.record("\(comment): \(first.sealed.count) of \(acknowledged) lines")
        }
        try open(first, on: disk, comment)
        try finish(disk)
        let second = try Reading(disk)
        if second.isPending { Issue.record("\(comment): not finished") }
        try open(second, on: disk, comment)
        if disk.openFiles != 0 { Issue.record("\(comment): \(disk.openFiles) files are open") }
    }

    private func open(_ known: Reading, on disk: MemoryDisk, _ comment: String) throws {
        let ring = KeyRing(of: MemoryDisk.folder, disk: disk)
        for (id, text) in known.sealed {
            let opened = ring.open(text, node: "desk", id: id, kind: EndingFaultTests.kind)
            let isEnded = known.ended.contains(id)
            if !isEnded, opened != .plain(Array("p\(id.low)".utf8)) {
                Issue.record("\(comment): \(id.low) is \(opened)")
            }
            if isEnded, known.done > 0, opened != .missing { Issue.record("\(comment): \(id.low) can be opened") }
        }
    }

    private func start() throws -> [String: [UInt8]] { try MemoryDisk.withJournal().files }

    @Test func nothingFails() throws {
        let disk = MemoryDisk(files: try start())
        var acknowledged = 0
        try run(disk, acknowledged: &acknowledged)
        #expect(acknowledged == 4)
        try check(disk, acknowledged: 4, "")
        let known = try Reading(disk)
        #expect(known.sealed.map(\.text.generation) == [0, 0, 0, 1] && known.done == 1)
    }

    @Test(.hangLimit, arguments: FaultyDisk.Fault.allCases)
    func eachFailure(fault: FaultyDisk.Fault) throws {
        let files = try start()
        for lasting in [false, true] {
            for place in 1...2000 {
                let disk = MemoryDisk(files: files)
                let faulty = FaultyDisk(disk, failing: place, with: fault, lasting: lasting)
                var acknowledged = 0
                try? run(faulty, acknowledged: &acknowledged)
                try check(disk, acknowledged: acknowledged, "\(fault)\(lasting ? " from" : " at") call \(place)")
                if faulty.calls < place { break }
            }
        }
    }

    @Test(.hangLimit) func eachPowerCut() throws {
        let files = try start()
        for fault in [FaultyDisk.Fault.killed, .dropping] {
            for place in 1...2000 {
                let disk = MemoryDisk(files: files)
                let faulty = FaultyDisk(disk, failing: place, with: fault, lasting: fault == .killed)
                var acknowledged = 0
                try? run(faulty, acknowledged: &acknowledged)
                for (number, left) in disk.afterPowerCuts.enumerated() {
                    try check(
                        MemoryDisk(files: left), acknowledged: acknowledged, "\(fault) at call \(place), cut \(number)")
                }
                if faulty.calls < place { break }
            }
        }
    }
}
