import Foundation
import Testing

@testable import Journal
@testable import TestDisks

/// What another account, or a mistake, can put where the program reads or writes.
@Suite("Files and folders of others", .timeLimit(.minutes(5)))
struct ForeignFileTests {
    private let scratch = ScratchFolder()
    private let disk = SystemDisk()

    private func create() throws -> String {
        try Journal.create(at: scratch.path, node: "desk")
        try Journal(at: scratch.path, clock: TestClock(november).clock).record(1)
        return scratch.path
    }

    private func inode(_ path: String) -> ino_t {
        var status = stat()
        return lstat(path, &status) == 0 ? status.st_ino : 0
    }

    @Test("A pipe or a device is refused when it is opened, and never waited for")
    func pipes() throws {
        try scratch.make("")
        let pipe = "\(scratch.path)/pipe"
        try #require(mkfifo(pipe, 0o600) == 0)
        for path in [pipe, "/dev/zero", "/dev/null"] {
            let failure = #expect(throws: DiskFailure.self, "\(path)") { try disk.contents(of: path) }
            #expect(failure?.isOfOtherKind == true, "\(path)")
        }
        #expect(throws: DiskFailure.self) { try disk.open(pipe, flags: O_WRONLY | O_CREAT, mode: 0o600) }
        #expect(throws: DiskFailure.self) { try disk.open(pipe, flags: O_RDWR, mode: 0) }
    }

    @Test(
        "A pipe in place of any file of the journal fails the opening, and nothing hangs",
        arguments: [
            "NODE", "LOCK", "INSTANCE", "MIRROR", "journal/desk/HEAD", "journal/desk/2026-11.jsonl",
        ])
    func journal(name: String) throws {
        let folder = try create()
        unlink("\(folder)/\(name)")
        try #require(mkfifo("\(folder)/\(name)", 0o600) == 0)
        #expect(throws: (any Error).self) {
            let journal = try Journal(at: folder, clock: TestClock(november).clock)
            try journal.record(2)
            _ = try Journal.mirrorFolder(of: folder)
        }
    }

    @Test("A pipe in another node's log keeps nobody from recording")
    func otherNode() throws {
        let folder = try create()
        try scratch.make("journal/gate")
        try #require(mkfifo("\(folder)/journal/gate/2026-11.jsonl", 0o600) == 0)
        let journal = try Journal(at: folder, clock: TestClock(november).clock)
        try journal.record(2)
        #expect(try Journal(at: folder, clock: TestClock(november).clock).numbers() == [1, 2])
        try #require(mkfifo("\(folder)/journal/pipe", 0o600) == 0)
        #expect(try Journal(at: folder, clock: TestClock(november).clock).strangers.contains("pipe"))
    }

    @Test("A file of more bytes than any of its kind has is not read into memory")
    func sparse() throws {
        try scratch.make("")
        let path = "\(scratch.path)/great"
        let file = try disk.create(path)
        try #require(ftruncate(file, 1 << 40) == 0)
        disk.close(file)
        let failure = #expect(throws: DiskFailure.self) { try disk.contents(of: path) }
        #expect(failure?.number == EFBIG)
        #expect(try disk.start(of: path, count: 16) == [UInt8](repeating: 0, count: 16))
    }

    @Test("A segment of a gibibyte without an end of line is searched in pieces")
    func greatSegment() throws {
        let folder = try create()
        let path = "\(folder)/journal/desk/2026-11.jsonl"
        let size = try scratch.bytes("journal/desk/2026-11.jsonl").count
        // Sparse: it takes no room on the disk.
        try #require(truncate(path, off_t(size + 1 << (isLong ? 30 : 26))) == 0)
        let faulty = FaultyDisk(disk, failing: .max, lasting: false)
        let journal = try Journal(at: folder, clock: TestClock(november).clock, disk: faulty)
        #expect(try journal.numbers() == [1])
        #expect(faulty.largestRead <= Chunk.usualSize)
    }

    @Test("A segment full of line ends, or of what is no line, needs little memory; its last damage is named")
    func manyLines() throws {
        let folder = try create()
        let name = "journal/desk/2026-11.jsonl"
        let bytes = try scratch.bytes(name)
        try scratch.put(bytes + [UInt8](repeating: 0x0A, count: 1 << 22), name)
        #expect(try Journal(at: folder, clock: TestClock(november).clock).numbers() == [1])
        let junk = (0..<ChainVerifier.most + 10).flatMap { _ in [0x78, 0x0A] as [UInt8] }
        try scratch.put(bytes + junk, name)
        let journal = try Journal(at: folder, clock: TestClock(november).clock)
        #expect(try journal.numbers() == [1] && journal.isDamaged)
        #expect(journal.damages.count == ChainVerifier.most)
        #expect(journal.damages.last?.offset == bytes.count + junk.count - 2)
    }

    @Test("Nothing that stands under a temporary name is written to or followed")
    func planted() throws {
        try scratch.make("")
        let victim = "\(scratch.path)/victim"
        try scratch.put(Array("mine".utf8), "victim")
        for name in [".r.html.\(getpid())", "r.html.new"] {
            try #require(symlink(victim, "\(scratch.path)/\(name)") == 0)
        }
        try disk.replace("r.html", in: scratch.path, text: Array("report".utf8))
        try disk.replace("r.html", in: scratch.path, line: "line")
        #expect(try scratch.bytes("victim") == Array("mine".utf8) && scratch.bytes("r.html") == Array("line\n".utf8))
        // A file that another has put there, to read along, is not the one that is written.
        try scratch.put([], "s.html.new")
        let before = inode("\(scratch.path)/s.html.new")
        // Held open, so that its number is not given again.
        let held = open("\(scratch.path)/s.html.new", O_RDONLY)
        defer { close(held) }
        try disk.replace("s.html", in: scratch.path, line: "line")
        #expect(inode("\(scratch.path)/s.html") != before)
        var status = stat()
        #expect(stat("\(scratch.path)/s.html", &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600 && status.st_uid == geteuid())
    }

    @Test("A new file takes the place of nothing, not even of a link that leads nowhere")
    func new() throws {
        try scratch.make("")
        try #require(symlink("\(scratch.path)/nowhere", "\(scratch.path)/link") == 0)
        try scratch.put([], "there")
        for name in ["link", "there"] {
            let failure = #expect(throws: DiskFailure.self) { try disk.create("\(scratch.path)/\(name)") }
            #expect(failure?.number == EEXIST)
        }
        #expect(!FileManager.default.fileExists(atPath: "\(scratch.path)/nowhere"))
    }

    @Test("The folder that a copy is written to is made by this program, or the copy is not made")
    func staged() throws {
        try scratch.make("")
        let planted = "\(scratch.path)/.copy.partial-\(getpid())"
        try scratch.make("elsewhere")
        try scratch.put([], "elsewhere/mine")
        try #require(symlink("\(scratch.path)/elsewhere", planted) == 0)
        // Whatever comes of it, nothing is written through the link.
        if var staged = try? StagedFolder(for: "\(scratch.path)/copy", disk: disk) {
            try staged.write(CopiedFile(name: "NODE", content: .bytes([0x41])))
            staged.discard()
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: "\(scratch.path)/elsewhere") == ["mine"])
    }

    @Test("A data folder to which everybody may write is refused", arguments: [0o777, 0o1777, 0o702, 0o757])
    func exposed(mode: mode_t) throws {
        let folder = try create()
        try #require(chmod(folder, mode) == 0)
        #expect(throws: JournalError.exposed(folder: folder)) { try Journal(at: folder) }
        try #require(chmod(folder, 0o755) == 0)
        #expect(try Journal(at: folder, clock: TestClock(november).clock).numbers() == [1])
        let other = ScratchFolder()
        try other.make("")
        try #require(chmod(other.path, mode) == 0)
        #expect(throws: JournalError.exposed(folder: other.path)) { try Journal.create(at: other.path, node: "desk") }
    }

    @Test("A folder in the data belongs to who has the data, or to the group that shares it")
    func strangers() throws {
        let folder = try create()
        try scratch.make("pins")
        let pins = "\(folder)/pins"
        try #require(chmod(pins, 0o700) == 0)
        #expect(try disk.exposure(of: pins, inside: folder) == nil)
        try #require(chmod(pins, 0o777) == 0)
        #expect(try disk.exposure(of: pins, inside: folder) == .everybody)
        try #require(rmdir(pins) == 0 && symlink("/tmp", pins) == 0)
        #expect(try disk.exposure(of: pins, inside: folder) == .link)
        try #require(unlink(pins) == 0)
        #expect(try disk.exposure(of: pins, inside: folder) == nil, "it is made later")
    }

    @Test(
        "A folder of another account is a stranger's", .enabled(if: geteuid() == 0, "only root may give a folder away"))
    func stranger() throws {
        let folder = try create()
        try scratch.make("pins")
        try #require(chmod("\(folder)/pins", 0o700) == 0 && chown("\(folder)/pins", 12_345, gid_t.max) == 0)
        #expect(try disk.exposure(of: "\(folder)/pins", inside: folder) == .stranger)
    }

    @Test(
        "What links or mounts have on another file system counts as the folder itself does",
        arguments: [
            "/LOCK", "/NODE", "/INSTANCE", "/keys", "/pins", "/journal", "/journal/desk", "/journal/desk/HEAD",
            "/journal/desk/2026-11.jsonl",
        ])
    func network(name: String) throws {
        let made = try MemoryDisk.withJournal()
        try made.journal().record(1)
        let disk = MemoryDisk(files: made.files, network: MemoryDisk.folder + name)
        let error = #expect(throws: JournalError.self) { try Journal(at: MemoryDisk.folder, disk: disk) }
        guard case .network(let folder, "nfs")? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(folder.hasPrefix(MemoryDisk.folder + name))
    }

    @Test(
        "A node is named by a name, not by a path",
        arguments: [
            "../../elsewhere", "a/b", "..", ".", "桌", String(repeating: "d", count: 64),
        ])
    func nodeNames(name: String) throws {
        let folder = try create()
        try scratch.put(Array("\(name)\n".utf8), "NODE")
        #expect(throws: JournalError.nodeName(folder: folder, name: name)) { try Journal(at: folder) }
        #expect(throws: JournalError.nodeName(folder: folder, name: name)) { try Journal.locked(folder) { _ in } }
        #expect(throws: CopyError.nodeName(name)) { _ = try Restore(from: folder, to: "\(folder)-copy") }
        #expect(!FileManager.default.fileExists(atPath: "\(folder)-copy"))
    }

    @Test("A folder that has lost NODE is told from one without an estate")
    func lostNode() throws {
        let folder = try create()
        try Journal(at: folder).record(1)
        try scratch.put([], "NODE")
        #expect(throws: JournalError.nodeName(folder: folder, name: "")) { try Journal(at: folder) }
        #expect(throws: JournalError.missing(folder: "\(folder)/keys")) { try Journal(at: "\(folder)/keys") }
    }

    @Test("A folder whose name is none of a node's is named, and not read")
    func strangeFolders() throws {
        let folder = try create()
        let line = try scratch.bytes("journal/desk/2026-11.jsonl")
        for name in ["\u{1B}[31mred", "a b"] {
            try scratch.make("journal/\(name)")
            try scratch.put(line, "journal/\(name)/2026-11.jsonl")
        }
        let journal = try Journal(at: folder, clock: TestClock(november).clock)
        #expect(try journal.numbers() == [1])
        #expect(Set(journal.strangers) == ["\u{1B}[31mred", "a b"])
    }

    @Test("A chunk is read once, by the thread that comes to it first: waiting for one needs no other thread")
    func chunks() throws {
        let made = try MemoryDisk.withJournal()
        try made.journal().record(1, 2)
        let path = "\(MemoryDisk.log)/2026-11.jsonl"
        let bytes = try #require(made.files[path])
        let file = try made.open(path, flags: O_RDONLY, mode: 0)
        // More at once than there are threads.
        let reads = (0..<256).map { _ in ChunkPrefetch(of: file, from: 0, size: bytes.count, on: made) }
        for read in reads { #expect(try read.chunk()?.items.count == 2 && read.chunk()?.count == bytes.count) }
    }
}
