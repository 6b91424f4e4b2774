import Glibc

/// A reason why a folder cannot be the mirror.
public enum MirrorError: Error, Equatable, Sendable {
    /// One folder contains the other, so both would be lost together.
    case overlaps(folder: String, mirror: String)
    /// The folder already holds a different log of the same node name.
    case foreign(mirror: String)
    /// The mirror belongs to another data folder, or to the one that this is a copy of.
    case owned(mirror: String, by: String)
    /// The data folder is a copy, or another one's mirror is to be taken over, while the original still stands.
    case stands(original: String)
    /// The path is empty or contains a newline, so MIRROR cannot hold it.
    case unnameable(mirror: String)
}

extension Journal {
    /// The folder of the mirror; `nil` if none is kept.
    public static func mirrorFolder(of folder: String, disk: any Disk = SystemDisk()) throws -> String? {
        guard let text = try disk.start(of: "\(folder)/MIRROR", count: 8192) else { return nil }
        let path = text.prefix { $0 != UInt8(ascii: "\n") }
        return path.isEmpty ? nil : String(decoding: path, as: UTF8.self)
    }

    /// Keeps a copy of this node's log in `mirror`, best on another disk; `nil` stops that and leaves the copy as it
    /// is.
    ///
    /// Creates the folder if needed, and copies the whole log before the mirror counts as set. A mirror kept earlier is
    /// continued; damage in it is left for ``repair(folder:disk:)``.
    ///
    /// - Throws: ``JournalError`` or ``MirrorError``; the setting is then unchanged.
    public static func setMirror(of folder: String, to mirror: String?, disk: any Disk = SystemDisk()) throws {
        try locked(folder, disk: disk) { node in
            guard let mirror else {
                try disk.remove("\(folder)/MIRROR")
                return try disk.synchroniseFolder(folder)
            }
            let path = try makeMirror(mirror, of: folder, disk: disk)
            let former = try Instance(in: folder, disk: disk)
            let isCopy = try FolderMark(of: folder, disk: disk) == .copied
            for log in try disk.names(in: "\(folder)/journal") {
                if let owner = try Instance(in: "\(path)/\(log)", disk: disk), isCopy || owner.id != former?.id {
                    throw MirrorError.owned(mirror: mirror, by: owner.path)
                }
                try refuseForeign(path, of: folder, node: log, disk: disk)
            }
            let node = try markFolder(folder, disk: disk)
            // J7, J11
            try settle(folder, node: node, disk: disk)
            try disk.makeFolder("\(path)/\(node)", mode: 0o700)
            try keep(path, of: folder, node: node, try Instance(in: folder, disk: disk), disk: disk)
        }
    }

    /// Marks the mirror as the folder's, brings it up to date, and sets it. The other nodes' logs are copied as far as
    /// they are there: one of them may be this folder's own former log.
    static func keep(
        _ path: String, of folder: String, node: String, _ own: Instance?, follows: Bool = true, disk: any Disk
    ) throws {
        for log in try [node] + disk.names(in: "\(folder)/journal").filter({ $0 != node }) {
            guard try disk.names(in: "\(folder)/journal/\(log)").contains(where: LogReader.isSegment) || log == node
            else { continue }
            try disk.makeFolder("\(path)/\(log)", mode: 0o700)
            try own?.save(in: "\(path)/\(log)", disk: disk)
            if log != node || follows {
                var copy = Mirror(path, of: folder, node: log, disk: disk)
                try copy.followAll()
            }
            try disk.synchroniseFolder("\(path)/\(log)")
        }
        try disk.synchroniseFolder(path)
        try disk.replace("MIRROR", in: folder, line: path)
    }

    /// Runs `body` under the lock, while no process appends (J9).
    ///
    /// - Throws: ``JournalError`` and the errors of `body`; a ``DiskFailure`` as ``JournalError/disk(_:)``.
    public static func locked<Result>(
        _ folder: String, disk: any Disk = SystemDisk(), _ body: (_ node: String) throws -> Result
    ) throws -> Result {
        try JournalError.wrap {
            guard let node = try nodeName(in: folder, disk: disk) else { throw JournalError.missing(folder: folder) }
            return try withLock(folder, node: node, disk: disk) { try body(node) }
        }
    }

    /// Creates the mirror's folder and returns its real path.
    static func makeMirror(_ mirror: String, of folder: String, disk: any Disk) throws -> String {
        if mirror.utf8.contains(UInt8(ascii: "\n")) || mirror.isEmpty { throw MirrorError.unnameable(mirror: mirror) }
        let ours = try disk.realPath(of: folder)
        // By the text first, before a folder is created; then by the real paths, with links resolved.
        if overlaps(folder, mirror) || overlaps(ours, mirror) {
            throw MirrorError.overlaps(folder: folder, mirror: mirror)
        }
        try makePath(mirror, disk: disk)
        try requireLocalDisk(mirror, disk: disk)
        let theirs = try disk.realPath(of: mirror)
        if overlaps(ours, theirs) { throw MirrorError.overlaps(folder: folder, mirror: mirror) }
        return theirs
    }

    /// Whether one path is inside the other, by their text alone; `false` if that cannot be decided.
    static func overlaps(_ a: String, _ b: String) -> Bool {
        guard a.hasPrefix("/") == b.hasPrefix("/") else { return false }
        let (a, b) = (a.split(separator: "/"), b.split(separator: "/"))
        if a.contains("..") || b.contains("..") { return false }
        return a.starts(with: b) || b.starts(with: a)
    }

    /// Refuses a folder with intact lines that contradict the log: they belong to another journal.
    private static func refuseForeign(_ mirror: String, of folder: String, node: String, disk: any Disk) throws {
        let theirs = try LogScan("\(mirror)/\(node)", node: node, disk: disk)
        if theirs.rawLines.isEmpty { return }
        let hashes = try LogScan("\(folder)/journal/\(node)", node: node, disk: disk).hashes
        for (sequence, others) in theirs.hashes where !others.isSubset(of: hashes[sequence] ?? others) {
            throw MirrorError.foreign(mirror: mirror)
        }
    }
}

// MARK: While the journal is open

extension Journal {
    /// Copies the lines just synced to the mirror, before they are acknowledged. A failure does not fail the write,
    /// since the log is authoritative; it is kept in `mirrorFailure`, and the next write tries again.
    func updateMirror(appended: [UInt8]) {
        do {
            // Another process may have changed the setting.
            let path = try Journal.mirrorFolder(of: folder, disk: disk)
            if path != mirror?.path {
                mirror?.close()
                mirror = path.map { Mirror($0, of: folder, node: node, disk: disk) }
            }
            try mirror?.follow(to: readers[own].segment, readers[own].offset, appended: appended)
            mirrorFailure = nil
        } catch let failure as DiskFailure {
            mirrorFailure = failure
        } catch {
            mirrorFailure = DiskFailure(call: "mirror", path: folder, number: EIO)
        }
    }

    /// Updates ``mirrorFailure`` without writing, at most once a second, for a process that only reads.
    public func checkMirror() {
        let now = clock()
        // The mirror of a copy is off.
        guard !isCopy, mirrorMonitor.isDue(at: now) else { return }
        let (segment, end) = (readers[own].segment, readers[own].offset)
        switch mirrorMonitor.check(folder, node: node, readThrough: segment, end, now: now, disk: disk) {
        case .none: mirrorFailure = nil
        // Bytes of a failed sync may be readable and yet lost; only the next write settles it.
        case .follows where mirrorFailure?.isOfSync == true: break
        case .follows: mirrorFailure = nil
        case .isBehind: break
        // The failure of a write says more.
        case .cannotFollow(let failure): mirrorFailure = mirrorFailure ?? failure
        }
    }
}
