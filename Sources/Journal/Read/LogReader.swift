import Glibc

/// Reads one node's log from the front and follows it as it grows: each intact line once, each damage with its place.
///
/// It reads up to the last newline, so it needs no lock: bytes after that are a write in progress or a torn tail, which
/// only a writer may put on record. A chunk is read and its hashes are checked in another thread while the lines of the
/// chunk before it are delivered. Lines of one action are held back until the last one is read (J3); what follows the
/// last complete action is kept in `pending` and `unresolved` until a later line, HEAD or a torn tail's record explains
/// it.
struct LogReader {
    let node: String
    let folder: String
    /// The node's name as JSON text.
    private let nodeText: [UInt8]
    let disk: any Disk
    /// The segment being read.
    private(set) var segment = ""
    private var file: Int32 = -1
    /// The next chunk, which another thread reads while the lines of the one before are processed, or those of other
    /// logs. The file stays open until then.
    private var ahead: ChunkPrefetch?
    /// The segment after this one, whose first chunk is read while this one's last lines are processed.
    private var successor: (segment: String, file: Int32, ahead: ChunkPrefetch)?
    /// The end of the last complete line read, in bytes from the segment's start.
    private(set) var offset = 0
    private var chain: ChainVerifier
    /// Complete lines read, intact or not.
    private(set) var lines = 0
    private(set) var bytes = 0
    private(set) var setAsides: [SetAside] = []
    /// What writers found wrong with HEAD and put on record.
    private(set) var alarms: [OwnRecord.Alarm] = []
    /// The seals that lines are compared with.
    var sealCheck: SealCheck?
    /// The last HEAD whose line was looked up in the log, and whether it is there.
    var lookedUp: (head: Head, isThere: Bool)?
    /// Lines of a newer format version, not delivered.
    private(set) var newer = 0
    /// Bytes that were read are no longer there, so offsets are unknown; reading has stopped.
    private(set) var isStale = false
    /// There was damage, and the folder's files have changed since: a repair may have restored lines.
    private(set) var mayBeRepaired = false
    private var names = FolderNames()
    /// The folder's files at the last look.
    private var knownNames: [String] = []
    /// Why the log of another node could not be read the last time.
    var failure: DiskFailure?
    /// The highest time of an action read so far.
    private(set) var latest = HybridTime.distantPast
    /// The end of the line with the highest number so far.
    private var highest: Journal.Position?
    /// The end of the last line after which no action was incomplete.
    private(set) var resumePoint: Journal.Position?
    /// Points between actions, one for each chunk read, where a later reading may start, with the highest time before.
    private(set) var points: [(time: HybridTime, position: Journal.Position)] = []
    /// Lines of an action that is not complete yet.
    private var pending: [PendingLine] = []
    /// The bytes after the last newline; empty if they are more than a line may have.
    private(set) var tail: [UInt8] = []
    /// The bytes after the last newline that are more than a line may have; they were searched, and are not kept.
    private var excess = 0
    /// Damaged lines and incomplete actions after the last complete action, one range per segment.
    private var unresolved: [ByteRange] = []

    /// Takes a line, whose bytes are in memory of the chunk.
    typealias Deliver = (Line, Chunk) -> Void

    private struct PendingLine {
        /// In memory of `chunk`.
        let bytes: UnsafeRawBufferPointer
        let chunk: Chunk
        let segment: String
        let offset: Int
        let sequence: Int
        let group: Line.Group
        var firstSequence: Int { sequence - group.index }
    }

    private struct ByteRange {
        let segment: String
        let offset: Int
        var end: Int
    }

    init(node: String, folder: String, disk: any Disk, copy: Damage.Copy = .primary) {
        self.node = node
        self.folder = folder
        self.disk = disk
        nodeText = Line.text(ofNode: node)
        chain = ChainVerifier(node: node, copy: copy)
    }

    /// Number and hash of the highest line read so far.
    var last: (sequence: Int, hash: Digest) { chain.last }
    /// Damage found so far, in log order.
    var damages: [Damage] { chain.damages }
    var isIntact: Bool { chain.isIntact }
    /// Whether a repair or another change has replaced what was read.
    var isOutdated: Bool { isStale || mayBeRepaired }
    /// The number of bytes after the last newline.
    var tailCount: Int { excess > 0 ? excess : tail.count }
    /// Whether nothing has been read.
    var isAtFront: Bool { file < 0 && lines == 0 }

    /// What follows the last complete action, one entry per segment. Never acknowledged, unless HEAD names it.
    var unresolvedTails: [SetAside] {
        if tailCount == 0, unresolved.isEmpty { return [] }
        var reader = self
        if tailCount > 0 { reader.markUnresolved(from: offset, to: offset + tailCount) }
        return reader.unresolved.map { range in
            SetAside(
                node: node, segment: range.segment, offset: range.offset, bytes: range.end - range.offset,
                lines: pending.count { $0.segment == range.segment && $0.offset >= range.offset }, at: .distantPast)
        }
    }

    /// Whether the log ends in an intact line without its newline.
    var tailIsIntact: Bool { tail.withUnsafeBytes { Line(proving: $0) != nil } }

    /// Whether what was read ends where HEAD says.
    func ends(at head: Head) -> Bool { (segment, offset) == (head.segment, head.offset) && tailCount == 0 }

    func close() {
        closeSegment()
        closeSuccessor()
    }

    private func closeSegment() {
        _ = try? ahead?.chunk()
        if file >= 0 { disk.close(file) }
    }

    private func closeSuccessor() {
        guard let successor else { return }
        _ = try? successor.ahead.chunk()
        disk.close(successor.file)
    }

    // MARK: Starting

    /// Continues after a position of an earlier run; `false`, and unchanged, if that line is not there any more.
    mutating func start(after position: Journal.Position) throws -> Bool {
        if position.sequence == 0 { return true }
        guard LogReader.isSegment(position.segment) else { return false }
        let opened = try disk.open("\(folder)/\(position.segment)", flags: O_RDONLY, mode: 0)
        var isUsed = false
        defer { if !isUsed { disk.close(opened) } }
        guard let time = try position.time(in: opened, on: disk) else { return false }
        close()
        latest = time
        (file, ahead, segment, offset, isUsed) = (opened, nil, position.segment, position.offset, true)
        successor = nil
        (highest, resumePoint) = (position, position)
        chain.start(after: position.sequence, position.hash)
        return true
    }

    // MARK: Following the segments

    /// Delivers the actions completed since the last call. `progress` gets each chunk's size in bytes and stops the
    /// read by returning `false`.
    mutating func advance(_ deliver: (Line) -> Void, progress: (Int) -> Bool = { _ in true }) throws {
        try advance(keeping: { line, _ in deliver(line) }, progress: progress)
    }

    /// The same, for a caller that keeps lines: their bytes are the chunk's.
    mutating func advance(keeping deliver: Deliver, progress: (Int) -> Bool = { _ in true }) throws {
        while true {
            if file >= 0, !(try readSegment(deliver, progress)) { return }
            guard let next = try nextSegment() else { return }
            // J2: now that there is a successor, this segment is complete; read the lines added since.
            if file >= 0, !(try readSegment(deliver, progress)) { return }
            let (opened, first) = try open(next)
            if tailCount > 0 { processTornTail(deliver) }
            closeSegment()
            (file, ahead, segment, offset) = (opened, first, next, 0)
        }
    }

    /// Opens the next segment, or takes over what was opened and read ahead.
    private mutating func open(_ next: String) throws -> (file: Int32, ahead: ChunkPrefetch?) {
        if let successor, successor.segment == next {
            self.successor = nil
            return (successor.file, successor.ahead)
        }
        closeSuccessor()
        successor = nil
        return (try disk.open("\(folder)/\(next)", flags: O_RDONLY, mode: 0), nil)
    }

    /// Begins to read the next segment, if there is one. What fails here is met again when its turn has come.
    private mutating func readSuccessor() {
        guard successor == nil, let next = try? nextSegment(),
            let opened = try? disk.open("\(folder)/\(next)", flags: O_RDONLY, mode: 0)
        else { return }
        guard let size = try? disk.size(of: opened), size > 0 else { return disk.close(opened) }
        successor = (next, opened, ChunkPrefetch(of: opened, from: 0, size: min(size, Chunk.usualSize), on: disk))
    }

    /// The least size of a chunk, in bytes, after which a segment may follow: a smaller one is news.
    private static let bulk = 1 << 16

    /// The same for a writer, which knows that `last` is the last segment.
    mutating func advance(through last: String, _ deliver: (Line) -> Void) throws {
        if segment != last { return try advance(deliver) }
        _ = try readSegment({ line, _ in deliver(line) }) { _ in true }
    }

    private mutating func nextSegment() throws -> String? {
        let names = try names.list(folder, on: disk)
        // A repair adds `….damaged-N` files and leaves no temporary ones.
        if !chain.isIntact, names != knownNames { mayBeRepaired = true }
        knownNames = names
        return names.first { LogReader.isSegment($0) && $0 > segment }
    }

    /// The segment's size. A file that replaced it under its name is opened instead, if it still has the lines read so
    /// far; otherwise `nil`, and damage is reported once.
    private mutating func currentSize() throws -> Int? {
        if isStale { return nil }
        let path = "\(folder)/\(segment)"
        var (size, isReplaced) = (0, false)
        do {
            if !(try disk.isCurrent(file, at: path)) {
                let opened = try disk.open(path, flags: O_RDONLY, mode: 0)
                closeSegment()
                (file, ahead) = (opened, nil)
                (isReplaced, excess) = (true, 0)
            }
            size = try disk.size(of: file)
            if size >= offset, try !isReplaced || hasLinesRead() { return size }
        } catch let failure as DiskFailure where failure.number == ENOENT {}
        isStale = true
        (tail, excess) = ([], 0)
        chain.report(.head, segment: segment, offset: size)
        return nil
    }

    private func hasLinesRead() throws -> Bool {
        guard let highest, highest.segment == segment else { return true }
        return try highest.time(in: file, on: disk) != nil
    }

    /// Reads the segment to its end; `false` when `progress` stopped it.
    private mutating func readSegment(_ deliver: Deliver, _ progress: (Int) -> Bool) throws -> Bool {
        guard let size = try currentSize() else { return true }
        tail = []
        if offset >= size { return true }
        if excess > 0, !(try skipLongLine(size)) { return true }
        while offset < size {
            let count = min(size - offset, Chunk.usualSize)
            let chunk = try takeAhead(count) ?? Chunk(of: file, from: offset, size: count, on: disk)
            if chunk.count == 0 { return true }
            let next = offset + chunk.lineBytes
            if chunk.lineBytes == 0 {
                guard chunk.count >= Line.longest else {
                    tail = chunk.tail
                    return true
                }
                excess = chunk.count
                guard try skipLongLine(size), progress(chunk.count) else { return excess > 0 }
                continue
            }
            if chunk.isFull, offset + chunk.count < size {
                ahead = ChunkPrefetch(of: file, from: next, size: min(size - next, Chunk.usualSize), on: disk)
            } else if chunk.count >= LogReader.bulk {
                readSuccessor()
            }
            for item in chunk.items { process(item, of: chunk, at: offset + item.offset, deliver) }
            offset = next
            bytes += chunk.lineBytes
            addPoint()
            if !progress(chunk.lineBytes) { return false }
        }
        return true
    }

    /// The chunk that was read ahead; `nil` if there is none of that size, since the segment has grown.
    private mutating func takeAhead(_ count: Int) throws -> Chunk? {
        defer { ahead = nil }
        guard let chunk = try ahead?.chunk(), chunk.count == count else { return nil }
        return chunk
    }

    /// Reads on to the end of a line that is longer than any may be, keeping none of it, and reports it; `false` if it
    /// has no end yet.
    private mutating func skipLongLine(_ size: Int) throws -> Bool {
        while offset + excess < size {
            let place = offset + excess
            let part = try disk.bytes(of: file, from: place, count: min(size - place, Chunk.usualSize))
            if part.isEmpty { return false }
            let newline = part.withUnsafeBytes { bytes in
                bytes.baseAddress.flatMap { base in memchr(base, 0x0A, bytes.count).map { UnsafeRawPointer($0) - base }
                }
            }
            guard let newline else {
                excess += part.count
                continue
            }
            let end = place + newline + 1
            lines += 1
            bytes += end - offset
            chain.report(.hash, segment: segment, offset: offset)
            markUnresolved(from: offset, to: end)
            (offset, excess) = (end, 0)
            return true
        }
        return false
    }

    /// The least number of lines between two points.
    private static let pointInterval = 1_024

    private mutating func addPoint() {
        guard let resumePoint, resumePoint == highest, pending.isEmpty else { return }
        let last = points.last?.position.sequence ?? 0
        if resumePoint.sequence >= last + LogReader.pointInterval { points.append((latest, resumePoint)) }
    }

    /// Takes over the points of a reader of the same log that read what this one skipped.
    mutating func adoptPoints(of other: LogReader) {
        let first = points.first?.position.sequence ?? .max
        let skipped = other.points.filter { $0.position.sequence < first }
        let next = (skipped.last?.position.sequence ?? 0) + LogReader.pointInterval
        points = skipped + points.drop { $0.position.sequence < next }
    }

    /// Reports a finished segment that does not end in a newline: writers leave none (J2), so bytes were cut off.
    private mutating func processTornTail(_ deliver: Deliver) {
        chain.report(.torn, segment: segment, offset: offset)
        if tailIsIntact {
            let chunk = Chunk(copying: tail)
            for item in chunk.items { process(item, of: chunk, at: offset, deliver) }
        } else {
            lines += 1
            markUnresolved(from: offset, to: offset + tailCount)
        }
        (tail, excess) = ([], 0)
    }

    // MARK: Processing a line

    private mutating func process(_ item: Chunk.Item, of chunk: Chunk, at place: Int, _ deliver: Deliver) {
        if item.bytes.isEmpty { return }
        lines += 1
        let end = place + item.bytes.count + 1
        guard let line = item.line, line.isOf(nodeText) else {
            chain.report(.hash, segment: segment, offset: place)
            return markUnresolved(from: place, to: end)
        }
        guard chain.add(line, segment: segment, offset: place) else { return }
        sealCheck?.add(line, segment: segment, offset: place)
        latest = max(latest, line.time)
        if line.sequence == chain.last.sequence {
            highest = Journal.Position(
                node: node, segment: segment, offset: end, sequence: line.sequence, hash: line.hash)
        }
        let record = line.ownRecord
        if case .setAside(let setAside) = record {
            // Another torn tail may have its own record after this one, so the other ranges stay unresolved.
            resolve(setAside, deliver)
        } else {
            if line.version > Line.version || record != nil {
                if record == nil { newer += 1 }
                if case .alarm(let alarm) = record { alarms.append(alarm) }
                deliverIncomplete(deliver)
            } else {
                collect(line, of: chunk, at: place, deliver)
            }
            if pending.isEmpty { unresolved = [] }
        }
        if unresolved.isEmpty { resumePoint = highest }
    }

    private mutating func markUnresolved(from start: Int, to end: Int) {
        if let last = unresolved.indices.last, unresolved[last].segment == segment {
            unresolved[last].end = end
        } else {
            unresolved.append(ByteRange(segment: segment, offset: start, end: end))
        }
    }

    /// Delivers a single line; holds back a line of several until they are all there (J3).
    ///
    /// An incomplete action may be damaged, or never acknowledged: after a power cut any part of a write may be
    /// missing, not only its end. A later line, or HEAD, decides between the two.
    private mutating func collect(_ line: Line, of chunk: Chunk, at place: Int, _ deliver: Deliver) {
        let group = line.group
        let start = line.sequence - group.index
        if let first = pending.first, first.group.count != group.count || first.firstSequence != start {
            deliverIncomplete(deliver)
        }
        if group.count == 1 { return deliver(line, chunk) }
        // Damage followed by an intact line of another action is no torn tail.
        if pending.isEmpty, group.index == 0 { unresolved = [] }
        markUnresolved(from: place, to: place + line.bytes.count + 1)
        pending.append(
            PendingLine(
                bytes: line.bytes, chunk: chunk, segment: segment, offset: place, sequence: line.sequence,
                group: group))
        if pending.count == group.count { deliverPending(deliver) }
    }

    private mutating func deliverPending(_ deliver: Deliver) {
        for line in pending.sorted(by: { $0.sequence < $1.sequence }) {
            withExtendedLifetime(line.chunk) {
                if let whole = Line(line.bytes) { deliver(whole, line.chunk) }
            }
        }
        pending = []
    }

    /// Delivers the intact lines of an action that was complete once, and reports the damage (J3).
    private mutating func deliverIncomplete(_ deliver: Deliver) {
        guard let first = pending.first, let last = pending.last else { return }
        chain.report(
            .group, segment: first.segment, offset: first.offset,
            sequences: min(first.sequence, last.sequence)...max(first.sequence, last.sequence))
        deliverPending(deliver)
    }

    /// Delivers a pending action that was acknowledged: HEAD, if given, names one of its lines; otherwise its last line
    /// is there, although others are not.
    mutating func deliverAcknowledged(through head: Int?, _ deliver: (Line) -> Void) {
        guard let first = pending.first else { return }
        let end = first.firstSequence + first.group.count - 1
        guard head.map({ first.sequence <= $0 }) ?? (last.sequence >= end) else { return }
        deliverIncomplete { line, _ in deliver(line) }
        unresolved = []
    }

    /// Drops the pending lines that a torn tail's record covers: they were never acknowledged (J4).
    private mutating func resolve(_ setAside: SetAside, _ deliver: Deliver) {
        setAsides.append(setAside)
        unresolved.removeAll { setAside.covers(segment: $0.segment, offset: $0.offset) }
        // If lines before it were removed or doubled, other lines may stand at that place now: compare the count.
        let covered = pending.filter { setAside.covers(segment: $0.segment, offset: $0.offset) }
        let isSame = covered.count == setAside.lines
        chain.resolve(setAside, from: isSame ? covered.map(\.firstSequence).min() : nil)
        if isSame { pending.removeAll { setAside.covers(segment: $0.segment, offset: $0.offset) } }
        deliverIncomplete(deliver)
    }
}
