import Foundation
import Testing

@testable import Journal
@testable import TestDisks

/// The group is this account's own, so that no other account is needed; `frontdeskTests` has real ones.
@Suite("Folders that a group shares")
struct SharedFolderTests {
    private let scratch = ScratchFolder()
    private let disk = SystemDisk()

    private func mode(_ name: String) throws -> Int {
        var status = stat()
        try #require(stat("\(scratch.path)/\(name)", &status) == 0, "\(name)")
        return Int(status.st_mode & 0o7777)
    }

    @Test("give their rights to all that is made in them later")
    func inherited() throws {
        try disk.makeFolder(scratch.path, mode: 0o700)
        #expect(try disk.sharedGroup(of: scratch.path) == nil)
        try disk.share(scratch.path, with: getegid())
        #expect(try disk.sharedGroup(of: scratch.path) == getegid())
        #expect(try disk.makeFolder("\(scratch.path)/keys", mode: 0o700))
        #expect(try !disk.makeFolder("\(scratch.path)/keys", mode: 0o700), "it is there already")
        disk.close(try disk.open("\(scratch.path)/LOCK", flags: O_RDWR | O_CREAT, mode: 0o600))
        try disk.replace("key", in: "\(scratch.path)/keys", line: "secret")
        try disk.replace("draft", in: "\(scratch.path)/keys", text: [0x41])
        for folder in ["", "keys"] { #expect(try mode(folder) == 0o2770, "\(folder)") }
        for file in ["LOCK", "keys/key", "keys/draft"] { #expect(try mode(file) == 0o660, "\(file)") }
    }

    @Test("are only those that nobody else may enter", arguments: [0o0700, 0o0770, 0o2700, 0o2775, 0o2750])
    func privateOnes(mode: mode_t) throws {
        try disk.makeFolder(scratch.path, mode: 0o700)
        #expect(chmod(scratch.path, mode) == 0)
        #expect(try disk.sharedGroup(of: scratch.path) == nil)
        try disk.makeFolder("\(scratch.path)/folder", mode: 0o700)
        disk.close(try disk.open("\(scratch.path)/file", flags: O_RDWR | O_CREAT, mode: 0o600))
        #expect(try self.mode("file") == 0o600 && self.mode("folder") & 0o777 == 0o700)
    }

    @Test("A journal, its mirror and its copies are shared when asked, and private otherwise")
    func journal() throws {
        // Not root's own group, whose name is the account's.
        let group = try #require(UserGroup(named: groupName))
        for isShared in [true, false] {
            let (scratch, other, clock) = (ScratchFolder(), ScratchFolder(), TestClock(november))
            let folder = "\(scratch.path)/deep/data"
            let mirror = "\(other.path)/deep/mirror"
            try Journal.create(at: folder, node: "desk", group: isShared ? group : nil)
            try Journal.setMirror(of: folder, to: mirror)
            let journal = try Journal(at: folder, clock: clock.clock)
            try journal.record(1)
            let copy = "\(scratch.path)/copy"
            _ = try Restore(from: folder, to: copy, group: isShared ? group : nil)
            let (folders, files) = isShared ? (0o2770, 0o660) : (0o700, 0o600)
            for root in [folder, mirror, copy] {
                for path in [root] + (FileManager.default.subpaths(atPath: root) ?? []).map({ "\(root)/\($0)" }) {
                    var status = stat()
                    #expect(stat(path, &status) == 0)
                    let isFolder = status.st_mode & S_IFMT == S_IFDIR
                    #expect(Int(status.st_mode & 0o7777) == (isFolder ? folders : files), "\(path)")
                }
            }
        }
    }

    private static let isOpen: Bool = {
        let temporary = FileManager.default.temporaryDirectory.path
        return UserGroup(named: "nogroup")?.obstacle(above: "\(temporary)/data") == nil
    }()

    private var groupName: String { getgrgid(getegid()).map { String(cString: $0.pointee.gr_name) } ?? "root" }

    @Test(
        "The first folder that keeps the group's members out is found",
        .enabled(if: isOpen, "the temporary folder is private"))
    func obstacle() throws {
        let group = try #require(UserGroup(named: groupName))
        try scratch.make("closed/data")
        #expect(chmod(scratch.path, 0o755) == 0 && chmod("\(scratch.path)/closed", 0o700) == 0)
        #expect(group.obstacle(above: "\(scratch.path)/closed/data/estate")?.hasSuffix("/closed") == true)
        #expect(chmod("\(scratch.path)/closed", 0o710) == 0)
        #expect(group.obstacle(above: "\(scratch.path)/closed/data/estate") == nil)
        #expect(UserGroup(named: "no-such-group") == nil)
    }

    @Test("A mirror that cannot be set leaves no folder behind, whichever call fails")
    func mirrorLeavesNothing() throws {
        var (place, isOver) = (1, false)
        while !isOver {
            let (home, other) = (ScratchFolder(), ScratchFolder())
            try Journal.create(at: home.path, node: "desk")
            try other.make("disk")
            let disk = FaultyDisk(
                SystemDisk(), failing: place, with: .full, lasting: false, in: "\(other.path)/disk")
            do { try Journal.setMirror(of: home.path, to: "\(other.path)/disk/a/mirror", disk: disk) } catch {
                #expect(try FileManager.default.contentsOfDirectory(atPath: "\(other.path)/disk").isEmpty, "\(place)")
                #expect(try Journal.mirrorFolder(of: home.path) == nil)
            }
            isOver = disk.failed.isEmpty
            place += 1
            try #require(place < 1000)
        }
        #expect(place > 5)
    }

    @Test("A path whose links lead to a folder that is not UTF-8 has no text")
    func encoding() throws {
        try scratch.make("")
        let raw = Array("\(scratch.path)/".utf8CString.dropLast()) + [-42, -48, 0]
        #expect(mkdir(raw, 0o700) == 0 && symlink(raw, "\(scratch.path)/link") == 0)
        let error = #expect(throws: DiskFailure.self) { try disk.realPath(of: "\(scratch.path)/link") }
        #expect(error?.isOfEncoding == true)
        #expect(rmdir(raw) == 0)
    }
}
