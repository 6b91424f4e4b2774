import Glibc

/// An append-only log of JSON lines that several processes share: one log a node, one segment a month.
///
///     FOLDER/LOCK                     what writers hold while they append
///     FOLDER/NODE                     the name of this machine's own log
///     FOLDER/journal/desk/2026-11.jsonl
///     FOLDER/journal/desk/HEAD        the last acknowledged line
///     FOLDER/MIRROR                   where a second copy of the log is kept, if one is
///
/// Nothing is acknowledged before it is on the disk; nothing is ever changed or cut off. Not for sharing between threads.
public final class Journal {
    public let folder: String
    /// The node that this process writes for.
    public let node: String
    public let zone: Zone
    let disk: any Disk
    private let clock: Clock
    let lockFile: Int32
    private let headFile: Int32
    var readers: [LogReader]
    private var segmentFile: (name: String, file: Int32)?
    /// Set when a write or a sync failed: from then on nothing is taken.
    public private(set) var failure: DiskFailure?
    /// Acknowledged lines that the head tells of and the log no longer has.
    private var lost: Damage?
    private var mirror: Mirror?
    /// What keeps the mirror from being written: an alarm, but no reason to take nothing, for the log itself is whole. Each
    /// commit tries again.
    public private(set) var mirrorTrouble: DiskFailure?
    private var mirrorWatch = MirrorWatch()

    // MARK: Opening

    /// Opens a journal without reading it yet; see ``catchUp(_:)``.
    public init(
        at folder: String, zone: Zone = .shanghai, clock: @escaping Clock = Moment.now, disk: any Disk = SystemDisk()
    ) throws {
        self.folder = folder
        self.zone = zone
        self.clock = clock
        self.disk = disk
        var opened: [Int32] = []
        do {
            guard let node = try Journal.ownNode(in: folder, disk: disk) else {
                throw JournalError.missing(folder: folder)
            }
            self.node = node
            try Journal.refuseNetwork(folder, disk: disk)
            lockFile = try disk.open("\(folder)/LOCK", flags: O_RDWR | O_CREAT, mode: 0o600)
            opened.append(lockFile)
            headFile = try disk.open("\(folder)/journal/\(node)/HEAD", flags: O_RDWR | O_CREAT, mode: 0o600)
            opened.append(headFile)
            readers = try disk.names(in: "\(folder)/journal").map {
                LogReader(node: $0, folder: "\(folder)/journal/\($0)", disk: disk)
            }
        } catch {
            for file in opened { disk.close(file) }
            if let failure = error as? DiskFailure { throw JournalError.disk(failure) }
            throw error
        }
    }

    deinit {
        for reader in readers { reader.close() }
        if let segmentFile { disk.close(segmentFile.file) }
        mirror?.close()
        disk.close(lockFile)
        disk.close(headFile)
    }

    // MARK: What was found

    /// Everything that is not as it was written: an alarm.
    public var damages: [Damage] { readers.flatMap(\.damages) + [lost, mirror?.damage].compactMap { $0 } }
    /// Whether what was read is no longer what stands there, because a segment was repaired, replaced or cut off: the journal
    /// should be opened anew. Where places have moved as well, no more of it is read.
    public var isOutdated: Bool { readers.contains { $0.isStale || $0.mayBeMended } }
    /// Torn tails that were put on record.
    public var setAsides: [SetAside] { readers.flatMap(\.setAsides) }
    /// Whole lines read so far.
    public var lines: Int { readers.reduce(0) { $0 + $1.lines } }
    public var bytes: Int { readers.reduce(0) { $0 + $1.bytes } }
    /// Lines of a newer program, kept and passed over.
    public var newerLines: Int { readers.reduce(0) { $0 + $1.newer } }

    // MARK: Reading

    /// Delivers the whole actions that have been written since the last call, by this or another process.
    public func catchUp(_ deliver: (Line) -> Void) throws { try catchUp(deliver, pausing: { _ in true }) }

    /// The same; between pieces it tells how many bytes those were, and stops early for `false`.
    func catchUp(_ deliver: (Line) -> Void, pausing goOn: (Int) -> Bool) throws {
        do {
            // The head is read first: whatever it tells of was in the log before.
            let head = try Head(reading: headFile, from: disk)
            var isStopped = false
            for index in readers.indices where !isStopped {
                try readers[index].advance(deliver) {
                    isStopped = !goOn($0)
                    return !isStopped
                }
            }
            if isStopped { return }
            for index in readers.indices {
                readers[index].releaseAcknowledged(through: index == own ? head.sequence : nil, deliver)
            }
            noteLost(head)
        } catch let failure as DiskFailure {
            throw JournalError.disk(failure)
        }
    }

    private func advance(_ deliver: (Line) -> Void) throws {
        for index in readers.indices { try readers[index].advance(deliver) }
    }

    var own: Int { readers.firstIndex { $0.node == node } ?? 0 }

    private func noteLost(_ head: Head) {
        let reader = readers[own]
        lost =
            head.sequence > reader.last.sequence
            ? Damage(
                kind: .head, node: node, segment: reader.segment, offset: reader.offset,
                sequences: reader.last.sequence + 1...head.sequence)
            : nil
    }

    /// A torn tail, or an action that is not whole, that no writer has settled yet. Waits for the lock, so that it is not one
    /// still being written.
    func tornTail() throws -> [Damage] {
        if readers[own].unsettled.isEmpty { return [] }
        do {
            try disk.lock(lockFile)
            defer { disk.unlock(lockFile) }
            try catchUp { _ in }
            return readers[own].unsettled.map {
                Damage(kind: .torn, node: node, segment: $0.segment, offset: $0.offset, sequences: nil)
            }
        } catch let failure as DiskFailure {
            throw JournalError.disk(failure)
        }
    }

    // MARK: Writing

    /// Takes the lock, catches up, lets `body` append, and returns once all it appended is on the disk.
    ///
    /// What `body` appends is delivered at once, before it is durable, so that it can build on it; if this throws after
    /// that, whether for the disk or because `body` does, nothing of it counts as written: the caller must forget its state
    /// and read the journal anew.
    public func write<Result>(
        delivering deliver: (Line) -> Void, _ body: (inout Turn) throws -> Result
    ) throws -> Result {
        if let failure { throw JournalError.readOnly(failure) }
        return try withoutActuallyEscaping(deliver) { deliver in
            do {
                try disk.lock(lockFile)
                defer { disk.unlock(lockFile) }
                var head = try Head(reading: headFile, from: disk)
                try advance(deliver)
                // Where positions mean nothing any more, a line could be glued to a torn one.
                if readers[own].isStale {
                    throw DiskFailure(call: "read", path: readers[own].segment, number: ESTALE)
                }
                let now = clock()
                let segment = max(now.segmentName(in: zone), readers[own].segment)
                if segment > readers[own].segment { try finishSegment(deliver) }
                let file = try open(segment: segment)
                var turn = Turn(
                    node: node, written: now.bytes(in: zone, milliseconds: true), deliver: deliver, now: now)
                // Lost lines leave a gap in the sequence that shows for good.
                turn.continue(from: (head.sequence, head.hash))
                try settleTail(in: file, head, &turn)
                // Numbers that high were never counted to; who wrote one wants the next not to be readable.
                if turn.next.sequence > Line.numbers.upperBound / 2 {
                    throw DiskFailure(call: "write", path: segment, number: EOVERFLOW)
                }
                noteLost(head)
                let result = try body(&turn)
                turn.finish()
                if !turn.buffer.isEmpty { try commit(turn, to: file, head: &head) }
                return result
            } catch let failure as DiskFailure {
                self.failure = failure
                throw JournalError.disk(failure)
            }
        }
    }

    /// A segment is whole and on the disk before it has a successor: else a power cut could take lines out of the middle.
    private func finishSegment(_ deliver: (Line) -> Void) throws {
        let name = readers[own].segment
        if name.isEmpty { return }
        let file = try open(segment: name)
        if !readers[own].tail.isEmpty { try append([UInt8(ascii: "\n")], to: file) }
        try disk.synchronise(file)
        try readers[own].advance(deliver)
    }

    /// Puts a torn tail on record, after ending it with a newline; a whole line that lacks only its newline is kept.
    ///
    /// All that is on the disk before anything new is: a power cut might else take the record and leave what comes behind it.
    private func settleTail(in file: Int32, _ head: Head, _ turn: inout Turn) throws {
        if readers[own].tailIsWhole {
            try append([UInt8(ascii: "\n")], to: file)
            try disk.synchronise(file)
            try readers[own].advance(turn.deliver)
        } else if !readers[own].tail.isEmpty {
            turn.buffer.append(UInt8(ascii: "\n"))
        }
        readers[own].releaseAcknowledged(through: head.sequence, turn.deliver)
        turn.continue(from: readers[own].last)
        // What the head tells of was acknowledged: then the end of the log is damaged, not torn, and that stays an alarm.
        if head.sequence <= readers[own].last.sequence {
            for aside in readers[own].unsettled { turn.append([Line.draft(settingAside: aside, at: turn.now)]) }
        }
        if turn.buffer.isEmpty { return }
        try append(turn.buffer, to: file)
        try disk.synchronise(file)
        try readers[own].advance(turn.deliver)
        turn.buffer = []
    }

    private func commit(_ turn: Turn, to file: Int32, head: inout Head) throws {
        var done = 0
        do {
            try append(turn.buffer, to: file, done: &done)
            try disk.synchronise(file)
            try head.write(sequence: turn.next.sequence - 1, hash: turn.next.previous, to: headFile, on: disk)
            // Our own lines were delivered as they were appended: pass over them.
            try readers[own].advance(through: segmentFile?.name ?? "") { _ in }
        } catch let failure as DiskFailure where turn.holdsAction(in: done) {
            self.failure = failure
            throw JournalError.unconfirmed(failure)
        }
        noteLost(head)
        followWithMirror(turn.buffer)
    }

    /// Brings the mirror up to date, before anything is acknowledged. The log is authoritative: what goes wrong here is told
    /// and tried again.
    private func followWithMirror(_ fresh: [UInt8]) {
        do {
            // Another process may have set it meanwhile.
            let path = try Journal.mirrorFolder(of: folder, disk: disk)
            if path != mirror?.path {
                mirror?.close()
                mirror = path.map { Mirror($0, of: folder, node: node, disk: disk) }
            }
            try mirror?.follow(to: readers[own].segment, readers[own].offset, fresh: fresh)
            mirrorTrouble = nil
        } catch let failure as DiskFailure {
            mirrorTrouble = failure
        } catch {
            mirrorTrouble = DiskFailure(call: "mirror", path: folder, number: EIO)
        }
    }

    /// Finds out whether the mirror can follow before anything is written: for who only reads. At most one look a second.
    public func lookAtMirror() {
        let now = clock()
        guard mirrorWatch.isDue(at: now) else { return }
        let (segment, end) = (readers[own].segment, readers[own].offset)
        switch mirrorWatch.look(at: folder, node: node, readThrough: segment, end, now: now, disk: disk) {
        case .notKept: mirrorTrouble = nil
        // What a failed sync lost may look as if it were there; only a commit can tell.
        case .follows where mirrorTrouble?.isOfSync == true: break
        case .follows: mirrorTrouble = nil
        case .isBehind: break
        // What a commit was told says more.
        case .cannotFollow(let failure): mirrorTrouble = mirrorTrouble ?? failure
        }
    }

    /// One `write` as a rule; a short one, of which nothing is acknowledged yet, is carried on.
    private func append(_ bytes: [UInt8], to file: Int32) throws {
        var done = 0
        try append(bytes, to: file, done: &done)
    }

    /// The same; `done` is how much of it was taken, also where it fails.
    private func append(_ bytes: [UInt8], to file: Int32, done: inout Int) throws {
        while done < bytes.count {
            let count = try bytes.withUnsafeBytes {
                try disk.append(UnsafeRawBufferPointer(rebasing: $0[done...]), to: file)
            }
            if count == 0 { throw DiskFailure(call: "write", path: "\(file)", number: ENOSPC) }
            done += count
        }
    }

    private func open(segment name: String) throws -> Int32 {
        let path = "\(readers[own].folder)/\(name)"
        if let segmentFile {
            if segmentFile.name == name, try disk.isCurrent(segmentFile.file, at: path) { return segmentFile.file }
            disk.close(segmentFile.file)
            self.segmentFile = nil
        }
        let file = try disk.open(path, flags: O_WRONLY | O_APPEND | O_CREAT, mode: 0o600)
        segmentFile = (name, file)
        // Whoever made the journal, or the segment, or mended it, may not have lived to sync the names.
        if try disk.size(of: file) == 0 {
            try disk.synchroniseFolder(folder)
            try disk.synchronise(file)
        }
        try disk.synchroniseFolder(readers[own].folder)
        return file
    }
}
