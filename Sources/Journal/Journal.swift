import Glibc

/// An append-only log of JSON lines that several processes share: one log per node, one segment file per month.
///
///     FOLDER/LOCK                        locked by a process while it appends
///     FOLDER/NODE                        the name of the node whose log this machine writes
///     FOLDER/INSTANCE                    which folder this is, so that a copy of it is known
///     FOLDER/MIRROR                      the path of the mirror, if one is kept
///     FOLDER/keys/…                      the keys of sealed particulars; see ``KeyRing``
///     FOLDER/journal/NODE/2026-11.jsonl  a segment
///     FOLDER/journal/NODE/HEAD           sequence number and hash of the last acknowledged line
///
/// A write is acknowledged once it is durable, and no byte of a segment ever changes. The invariants J1 to J15, cited
/// in comments, are listed in `Journal.md`. An instance must not be used by two threads at once.
public final class Journal {
    public let folder: String
    /// The node whose log this process appends to.
    public internal(set) var node: String
    public let zone: Zone
    let disk: any Disk
    let clock: Clock
    var lock: FolderLock
    /// One reader per node.
    var readers: [LogReader]
    /// The seconds that a write waits for the lock before it throws ``JournalError/busy(_:)``.
    public var patience = 10.0
    /// The seconds that a write waits for the mirror, whose copy goes on after that.
    public var mirrorPatience = MirrorFollower.deadline
    /// The entries of `journal/` that are no node's log; they are not read.
    public internal(set) var strangers: [String] = []
    /// The entries of `journal/`.
    var nodeNames = FolderNames()
    /// The segment open for appending.
    var segmentFile: (name: String, file: Int32)?
    /// The write or sync that failed; while it is set, every write throws ``JournalError/readOnly(_:)``.
    public internal(set) var failure: DiskFailure?
    /// What HEAD names and the log does not have.
    var headDamage: Damage?
    var follower: MirrorFollower?
    /// The failure to read which mirror is kept.
    var mirrorSettingFailure: DiskFailure?
    var lastMirrorCheck: Moment?
    /// Whether temporary files that were left were removed.
    var hasTidied = false
    /// Whether INSTANCE belongs to this folder.
    var mark: FolderMark
    /// The node whose log the folder had, until this instance, in a copy, began a log of another name.
    public internal(set) var formerNode: String?

    // MARK: Opening

    /// Opens a journal and reads nothing yet; see ``catchUp(_:)``.
    ///
    /// A folder that cannot be written to is read, without a lock where there is none; `readOnly` treats any folder so.
    ///
    /// - Throws: ``JournalError/missing(folder:)``, ``JournalError/nodeName(folder:name:)``,
    ///   ``JournalError/network(folder:fileSystem:)`` or ``JournalError/disk(_:)``.
    public init(
        at folder: String, zone: Zone = .shanghai, clock: @escaping Clock = Moment.now, disk: any Disk = SystemDisk(),
        readOnly: Bool = false
    ) throws {
        self.folder = folder
        self.zone = zone
        self.clock = clock
        self.disk = disk
        do {
            guard let node = try Journal.nodeName(in: folder, disk: disk) else {
                throw try Journal.hasLines(folder, disk: disk)
                    ? JournalError.nodeName(folder: folder, name: "") : .missing(folder: folder)
            }
            self.node = node
            try Journal.requireSafeFolder(folder, node: node, disk: disk)
            readers = [LogReader(node: node, folder: "\(folder)/journal/\(node)", disk: disk)]
            mark = try FolderMark(of: folder, disk: disk)
            lock = try FolderLock(folder, node: node, disk: disk, readOnly: readOnly)
            try noticeNodes()
        } catch {
            if let failure = error as? DiskFailure { throw JournalError.disk(failure) }
            throw error
        }
    }

    deinit {
        for reader in readers { reader.close() }
        if let segmentFile { disk.close(segmentFile.file) }
        follower?.close()
        lock.close()
    }

    // MARK: State

    /// Damage found so far in the logs and in the mirror, and what of HEAD was put on record in the last days.
    public var damages: [Damage] { present + latestAlarms }
    /// Whether there is damage in a log, not only in the mirror.
    public var isDamaged: Bool {
        let ofHead = [headDamage].compactMap { $0 } + latestAlarms
        return readers.contains { !$0.isIntact } || ofHead.contains { $0.copy == .primary }
    }
    /// Damage that still stands.
    var present: [Damage] { readers.flatMap(\.damages) + [headDamage, follower?.damage].compactMap { $0 } }
    /// What of HEAD was put on record in the last days.
    private var latestAlarms: [Damage] {
        let since = clock().adding(seconds: -Journal.alarmDays * 86_400)
        return readers.flatMap(\.alarms).filter { $0.at >= since }.map(\.damage)
    }
    /// For how many days what was found of HEAD counts as damage. A ``Verification`` tells it for ever.
    static let alarmDays = 7
    /// All that was found of HEAD and put on record.
    var recordedAlarms: [Damage] { readers.flatMap(\.alarms).map(\.damage) }
    /// The last line of this node's log, for paper; `nil` before the first. With the node's name where there are several.
    public var seal: HeadSeal? {
        let last = readers[own].last
        if last.sequence == 0 { return nil }
        return HeadSeal(node: readers.count > 1 ? node : nil, sequence: last.sequence, hash: last.hash)
    }
    /// Lines that were read; see ``Verification/init(of:readOnly:against:disk:progress:)``.
    public var heads: [HeadSeal] { readers.flatMap(\.heads) }
    /// Of each log the last of them.
    public var lastHeads: [HeadSeal] { readers.compactMap(\.lastHead) }
    /// Whether a segment was repaired, replaced or truncated after it was read: open the journal again. If offsets
    /// moved too, nothing more of that log is read.
    public var isOutdated: Bool { readers.contains(where: \.isOutdated) }
    /// Torn tails on record.
    public var setAsides: [SetAside] { readers.flatMap(\.setAsides) }
    /// Whether the folder at the path is another one than was opened: open the journal again.
    public var isReplaced: Bool {
        do {
            try lock.requireCurrent()
            return false
        } catch { return error is JournalError }
    }
    /// Complete lines read so far, intact or not.
    public var lines: Int { readers.reduce(0) { $0 + $1.lines } }
    public var bytes: Int { readers.reduce(0) { $0 + $1.bytes } }
    /// Lines of a newer format version; kept in the log and not delivered.
    public var newerLines: Int { readers.reduce(0) { $0 + $1.newer } }

    /// The index of this node's reader.
    var own: Int {
        if readers.count == 1 { return 0 }
        guard let index = readers.firstIndex(where: { $0.node == node }) else {
            preconditionFailure("a journal follows its own log")
        }
        return index
    }

    // MARK: Locking

    /// Runs `body` under the lock (J9). Throws ``JournalError/busy(_:)``, ``JournalError/replaced(folder:)``,
    /// ``DiskFailure`` and the errors of `body`.
    func whileLocked<Result>(_ body: () throws -> Result) throws -> Result {
        try lock.lock(within: patience)
        defer { lock.unlock() }
        return try body()
    }

    /// HEAD's file; opened with the lock.
    var headFile: Int32 { lock.headFile ?? -1 }

    /// Whether the folder may be written to.
    var isWritable: Bool { lock.readOnly == nil }

    func readHead() throws -> Head {
        guard let file = lock.headFile else { return Head() }
        let head = try Head(reading: file, from: disk)
        // Another process may be writing it.
        return head.isKnown ? head : try Head(reading: file, from: disk)
    }

    // MARK: Reading

    /// Delivers the complete actions that this or another process has appended since the last call.
    ///
    /// - Throws: ``JournalError/disk(_:)``; lines delivered before it stay valid.
    public func catchUp(_ deliver: (Line) -> Void) throws { try catchUp(deliver, progress: { _ in true }) }

    /// The same; `progress` gets each chunk's size in bytes and stops the read by returning `false`.
    func catchUp(_ deliver: (Line) -> Void, progress: (Int) -> Bool) throws {
        try JournalError.wrap {
            // J1: HEAD is read first, so the log already has all lines that this HEAD names.
            let head = try readHead()
            var isStopped = false
            try advance(deliver) {
                isStopped = !progress($0)
                return !isStopped
            }
            if isStopped { return }
            for index in readers.indices {
                readers[index].deliverAcknowledged(through: index == own ? head.sequence : nil, deliver)
            }
            compare(with: head)
        }
    }

    /// Reads all logs to their ends and delivers the lines in the order of their times.
    func advance(_ deliver: (Line) -> Void, progress: (Int) -> Bool = { _ in true }) throws {
        try noticeNodes()
        if readers.count == 1 { return try readers[0].advance(deliver, progress: progress) }
        var reading = MergedReading(of: readers.count)
        try reading.run(&readers, own: own, deliver, progress: progress)
    }

    /// The time of the latest action of all nodes that was read.
    public var latest: HybridTime { readers.map(\.latest).max() ?? .distantPast }

    /// Reports what HEAD names and the log does not have.
    func compare(with head: Head) { headDamage = readers[own].damage(by: head) }

    /// Whether what is wrong with HEAD would be gone with its next writing. Lines that are lost stay lost: their numbers
    /// are not used again.
    var mustRecordHeadDamage: Bool { headDamage.map { $0.kind != .head } ?? false }

    /// The torn tail or incomplete action at the end of this node's log, one damage per segment, until a writer puts it
    /// on record. Takes the lock, so a write in progress is not reported.
    func tornTail() throws -> [Damage] {
        if readers[own].unresolvedTails.isEmpty { return [] }
        try whileLocked { try catchUp { _ in } }
        return readers[own].unresolvedTails.map {
            Damage(kind: .torn, node: node, segment: $0.segment, offset: $0.offset, sequences: nil)
        }
    }
}
