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
    /// - Throws: ``JournalError`` or ``MirrorError``; the setting is then unchanged, and no folder is left.
    public static func setMirror(of folder: String, to mirror: String?, disk: any Disk = SystemDisk()) throws {
        try locked(folder, disk: disk) { node in
            guard let mirror else {
                try disk.remove("\(folder)/MIRROR")
                return try disk.synchroniseFolder(folder)
            }
            var made = NewFolders(sharedBy: try disk.sharedGroup(of: folder), disk: disk)
            let setting = try mirrorFolder(of: folder, disk: disk)
            do { try setMirror(of: folder, node, to: mirror, making: &made, disk) } catch {
                // The last step may have set it before it failed.
                if let now = try? mirrorFolder(of: folder, disk: disk), now != setting { throw error }
                made.discard()
                throw error
            }
        }
    }

    private static func setMirror(
        of folder: String, _ node: String, to mirror: String, making made: inout NewFolders, _ disk: any Disk
    ) throws {
        let path = try makeMirror(mirror, of: folder, making: &made, disk: disk)
        let former = try Instance(in: folder, disk: disk)
        let isCopy = try FolderMark(of: folder, disk: disk) == .copied
        var logs = try disk.names(in: "\(folder)/journal")
        // The log that the copy is to begin.
        if isCopy { logs.append(try freeName(after: node, in: "\(folder)/journal", disk: disk)) }
        for log in logs {
            if let owner = try Instance(in: "\(path)/\(log)", disk: disk), isCopy || owner.id != former?.id {
                throw MirrorError.owned(mirror: mirror, by: owner.path)
            }
            try refuseForeign(path, of: folder, node: log, disk: disk)
        }
        let node = try markFolder(folder, disk: disk)
        // J7, J11
        try settle(folder, node: node, disk: disk)
        try made.make("\(path)/\(node)")
        try keep(path, of: folder, node: node, try Instance(in: folder, disk: disk), making: &made, disk: disk)
    }

    /// Marks the mirror as the folder's, brings it up to date, and sets it. The other nodes' logs are copied as far as
    /// they are there: one of them may be this folder's own former log.
    static func keep(
        _ path: String, of folder: String, node: String, _ own: Instance?, follows: Bool = true,
        making made: inout NewFolders, disk: any Disk
    ) throws {
        for log in try [node] + disk.names(in: "\(folder)/journal").filter({ $0 != node }) {
            guard try disk.names(in: "\(folder)/journal/\(log)").contains(where: LogReader.isSegment) || log == node
            else { continue }
            try made.make("\(path)/\(log)")
            try own.map { try Mirror.mark("\(path)/\(log)", as: $0, disk: disk) }
            if log != node || follows {
                var copy = Mirror(path, of: folder, node: log, disk: disk)
                try copy.followAll()
            }
            try disk.synchroniseFolder("\(path)/\(log)")
        }
        try disk.synchroniseFolder(path)
        try disk.replace("MIRROR", in: folder, line: path)
    }

    /// Runs `body` under the lock, for which it waits at most so many seconds, while no process appends (J9).
    ///
    /// - Throws: ``JournalError`` and the errors of `body`; a ``DiskFailure`` as ``JournalError/disk(_:)``.
    public static func locked<Result>(
        _ folder: String, within seconds: Double = 10, disk: any Disk = SystemDisk(),
        _ body: (_ node: String) throws -> Result
    ) throws -> Result {
        try JournalError.wrap {
            guard let node = try nodeName(in: folder, disk: disk) else { throw JournalError.missing(folder: folder) }
            return try withLock(folder, node: node, within: seconds, disk: disk) { try body(node) }
        }
    }

    /// Creates the mirror's folder and returns its real path.
    static func makeMirror(
        _ mirror: String, of folder: String, making made: inout NewFolders, disk: any Disk
    ) throws -> String {
        if mirror.utf8.contains(UInt8(ascii: "\n")) || mirror.isEmpty { throw MirrorError.unnameable(mirror: mirror) }
        let ours = try disk.realPath(of: folder)
        // By the text first, before a folder is created; then by the real paths, with links resolved.
        if overlaps(folder, mirror) || overlaps(ours, mirror) {
            throw MirrorError.overlaps(folder: folder, mirror: mirror)
        }
        try made.makePath(mirror)
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
    /// The last failure to update the mirror, or that it does not answer; the log itself is complete. Each write tries
    /// again.
    public var mirrorFailure: DiskFailure? { mirrorSettingFailure ?? follower?.failure }

    /// Waits a short time for a mirror that is late, for a process that ends.
    public func awaitMirror() { follower?.wait(within: mirrorPatience) }

    /// Has the lines just synced copied to the mirror; waits for that at most ``mirrorPatience`` seconds. A failure does
    /// not fail the write, since the log is authoritative.
    func updateMirror(appended: [UInt8]) {
        openFollower()?.follow(
            to: readers[own].segment, readers[own].offset, appended: appended, within: mirrorPatience)
    }

    /// Updates ``mirrorFailure`` without writing, at most once a second, for a process that only reads.
    public func checkMirror() {
        let now = clock()
        // Also after the clock went back.
        if let lastMirrorCheck, (lastMirrorCheck..<lastMirrorCheck.adding(seconds: 1)).contains(now) { return }
        lastMirrorCheck = now
        openFollower()?.check(
            readThrough: readers[own].segment, readers[own].offset, now: now, within: mirrorPatience)
    }

    /// The follower of the mirror that is set now: another process may have changed the setting.
    private func openFollower() -> MirrorFollower? {
        do {
            // The mirror of a copy is off.
            let path = isCopy ? nil : try Journal.mirrorFolder(of: folder, disk: disk)
            mirrorSettingFailure = nil
            if path != follower?.path {
                follower?.close()
                follower = path.map { MirrorFollower($0, of: folder, node: node, disk: disk) }
            }
            return follower
        } catch {
            mirrorSettingFailure = error as? DiskFailure ?? DiskFailure(call: "mirror", path: folder, number: EIO)
            return nil
        }
    }
}
