import Glibc

/// Why a folder cannot be the mirror.
public enum MirrorError: Error, Equatable, Sendable {
    /// The mirror lies inside the data folder, or the data folder in it: they would be lost together.
    case overlaps(folder: String, mirror: String)
    /// The folder already holds another log of this name: intact lines that are not ours.
    case foreign(mirror: String)
    /// The path cannot stand on one line.
    case unnameable(mirror: String)
}

extension Journal {
    /// The folder that holds the mirror; `nil` when none is kept.
    public static func mirrorFolder(of folder: String, disk: any Disk = SystemDisk()) throws -> String? {
        guard let text = try disk.start(of: "\(folder)/MIRROR", count: 8192) else { return nil }
        let path = text.prefix { $0 != UInt8(ascii: "\n") }
        return path.isEmpty ? nil : String(decoding: path, as: UTF8.self)
    }

    /// Keeps a second copy of this machine's log in a folder, best on another disk; `nil` keeps none from now on and leaves
    /// the copy as it is.
    ///
    /// The folder is made if need be. All that is in the log is there, on the disk, before it counts as the mirror. A
    /// mirror kept earlier is carried on; what is damaged in it is left for ``repair(folder:disk:)``.
    ///
    /// Throws ``JournalError`` or ``MirrorError``; then all is as it was.
    public static func setMirror(of folder: String, to mirror: String?, disk: any Disk = SystemDisk()) throws {
        try locked(folder, disk: disk) { node in
            guard let mirror else {
                try disk.remove("\(folder)/MIRROR")
                return try disk.synchroniseFolder(folder)
            }
            let path = try makeMirror(mirror, of: folder, disk: disk)
            try disk.makeFolder("\(path)/\(node)", mode: 0o700)
            try refuseForeign(path, of: folder, node: node, disk: disk)
            var copy = Mirror(path, of: folder, node: node, disk: disk)
            try copy.followAll()
            for made in ["\(path)/\(node)", path] { try disk.synchroniseFolder(made) }
            // A parent that may not be read cannot be synced by us; it is seldom new.
            try? disk.synchroniseFolder("\(path)/..")
            try disk.replace("MIRROR", in: folder) { file in
                try Array("\(path)\n".utf8).withUnsafeBytes { try disk.write($0, to: file, at: 0) }
            }
        }
    }

    /// Does something while no process writes to the log.
    public static func locked<Result>(
        _ folder: String, disk: any Disk = SystemDisk(), _ body: (_ node: String) throws -> Result
    ) throws -> Result {
        do {
            guard try ownNode(in: folder, disk: disk) != nil else { throw JournalError.missing(folder: folder) }
            let lock = try disk.open("\(folder)/LOCK", flags: O_RDWR | O_CREAT, mode: 0o600)
            defer { disk.close(lock) }
            try disk.lock(lock)
            defer { disk.unlock(lock) }
            guard let node = try ownNode(in: folder, disk: disk) else { throw JournalError.missing(folder: folder) }
            return try body(node)
        } catch let failure as DiskFailure {
            throw JournalError.disk(failure)
        }
    }

    /// Makes the mirror's folder; its real path.
    private static func makeMirror(_ mirror: String, of folder: String, disk: any Disk) throws -> String {
        if mirror.utf8.contains(UInt8(ascii: "\n")) || mirror.isEmpty { throw MirrorError.unnameable(mirror: mirror) }
        let ours = try disk.realPath(of: folder)
        // Before anything is made, as far as the text can tell; then as the links really lead.
        if overlaps(folder, mirror) || overlaps(ours, mirror) {
            throw MirrorError.overlaps(folder: folder, mirror: mirror)
        }
        try makePath(mirror, disk: disk)
        try refuseNetwork(mirror, disk: disk)
        let theirs = try disk.realPath(of: mirror)
        if overlaps(ours, theirs) { throw MirrorError.overlaps(folder: folder, mirror: mirror) }
        return theirs
    }

    /// As far as the text of two paths tells.
    private static func overlaps(_ a: String, _ b: String) -> Bool {
        guard a.hasPrefix("/") == b.hasPrefix("/") else { return false }
        let (a, b) = (a.split(separator: "/"), b.split(separator: "/"))
        if a.contains("..") || b.contains("..") { return false }
        return a.starts(with: b) || b.starts(with: a)
    }

    /// Lines that are intact and not the log's own are somebody else's: they are not to be mixed.
    private static func refuseForeign(_ mirror: String, of folder: String, node: String, disk: any Disk) throws {
        let theirs = try Survey("\(mirror)/\(node)", node: node, disk: disk)
        if theirs.pieces.isEmpty { return }
        let ours = try Survey("\(folder)/journal/\(node)", node: node, disk: disk)
        let hashes = ours.hashes
        for (sequence, others) in theirs.hashes where !others.isSubset(of: hashes[sequence] ?? others) {
            throw MirrorError.foreign(mirror: mirror)
        }
    }
}
