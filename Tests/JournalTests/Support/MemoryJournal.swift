import Glibc

@testable import Journal
@testable import TestDisks

/// A journal, and its mirror, on a disk in memory.
extension MemoryDisk {
    static let folder = "/estate"
    static let log = "\(folder)/journal/desk"
    static let mirror = "/mirror"
    static let mirrorLog = "\(mirror)/desk"

    /// A disk with an empty journal.
    static func withJournal() throws -> MemoryDisk {
        let disk = MemoryDisk()
        try Journal.create(at: folder, node: "desk", disk: disk)
        return disk
    }

    /// A disk with an empty journal and its mirror.
    static func withMirror() throws -> MemoryDisk {
        let disk = try withJournal()
        try disk.setMirror()
        return disk
    }

    func journal(_ clock: TestClock = TestClock(november)) throws -> Journal {
        try Journal(at: MemoryDisk.folder, clock: clock.clock, disk: self)
    }

    func setMirror() throws { try Journal.setMirror(of: MemoryDisk.folder, to: MemoryDisk.mirror, disk: self) }
    func repair() throws -> [Repair] { try Journal.repair(folder: MemoryDisk.folder, disk: self) }
    func verification() throws -> Verification { try Verification(of: MemoryDisk.folder, disk: self) }

    /// The segments of one copy by name.
    func segments(_ copy: Damage.Copy) -> [String: [UInt8]] {
        let folder = copy == .primary ? MemoryDisk.log : MemoryDisk.mirrorLog
        var segments: [String: [UInt8]] = [:]
        for (path, bytes) in files where path.hasPrefix(folder + "/") {
            let name = String(path.dropFirst(folder.count + 1))
            if LogReader.isSegment(name) { segments[name] = bytes }
        }
        return segments
    }

    var isMirrored: Bool { segments(.primary) == segments(.mirror) }

    /// Appends bytes to a segment of the log, as a writer does that is killed in the middle of its write.
    func append(_ bytes: some Collection<UInt8>, to name: String = "2026-11.jsonl") throws {
        let file = try open("\(MemoryDisk.log)/\(name)", flags: O_WRONLY, mode: 0)
        defer { close(file) }
        _ = try Array(bytes).withUnsafeBytes { try append($0, to: file) }
    }
}
