import Testing

@testable import Journal
@testable import TestDisks

/// Lines of a newer program are kept, and other nodes' logs are read.
@Suite struct NewerVersionTests {
    private let log = "\(MemoryDisk.log)/2026-11.jsonl"

    @Test func newerLineIsKeptAndNotDelivered() throws {
        let disk = try MemoryDisk.withJournal()
        try disk.journal().record(1)
        var previous = Digest.zero
        try disk.journal().catchUp { previous = $0.hash }
        let body = "{\"v\":3,\"n\":\"desk\",\"s\":2,\"x\":{},\"d\":{},\"p\":\"\(previous.text)\""
        let hash = Array(body.utf8).withUnsafeBytes { Digest(of: $0) }
        var files = disk.files
        files[log]?.append(contentsOf: "\(body),\"h\":\"\(hash.text)\"}\n".utf8)
        let newer = MemoryDisk(files: files)
        // The state would lack what the line says, so nothing is recorded on it.
        #expect(throws: JournalError.newer(lines: 1)) { try newer.journal().record(3) }
        let reader = try newer.journal()
        #expect(try reader.numbers() == [1] && reader.positions.isEmpty)
        #expect(reader.newerLines == 1 && reader.lines == 2 && reader.damages.isEmpty && reader.setAsides.isEmpty)
        #expect(newer.files[log] == files[log])
    }

    @Test func otherNodesLogsAreRead() throws {
        let (desk, gate) = (try MemoryDisk.withJournal(), MemoryDisk())
        try Journal.create(at: MemoryDisk.folder, node: "gate", disk: gate)
        try desk.journal().record(1)
        try gate.journal().record(2, 3)
        let path = "\(MemoryDisk.folder)/journal/gate/2026-11.jsonl"
        var files = desk.files
        files[path] = gate.files[path]
        let both = MemoryDisk(files: files)
        try both.journal().record(4)
        let reader = try both.journal()
        #expect(try reader.numbers() == [1, 2, 3, 4])
        #expect(reader.damages.isEmpty && both.files[path] == files[path])
    }

    @Test func incompleteLastActionOfAnotherNodeIsDeliveredAndReported() throws {
        let (desk, gate) = (try MemoryDisk.withJournal(), MemoryDisk())
        try Journal.create(at: MemoryDisk.folder, node: "gate", disk: gate)
        try gate.journal().record(2, 3)
        var files = desk.files
        let path = "\(MemoryDisk.folder)/journal/gate/2026-11.jsonl"
        files[path] = gate.files[path]
        files[path]?[50] ^= 1
        let reader = try MemoryDisk(files: files).journal()
        #expect(try reader.numbers() == [3])
        #expect(Set(reader.damages.map(\.kind)) == [.hash, .gap, .group])
    }
}
