import Glibc

/// Reads one node's log from front to back and on as it grows: every intact line once, every damage by its place.
///
/// It reads through the last newline only, so it needs no lock: what stands behind that is a write still under way, or a
/// torn tail, which only a writer holding the lock may settle.
struct LogReader {
    let node: String
    let folder: String
    /// The name as its lines give it.
    private let nodeText: [UInt8]
    private let disk: any Disk
    /// The segment being read, open for reading.
    private(set) var segment = ""
    private var file: Int32 = -1
    /// The end of the last whole line read, in bytes from the segment's start.
    private(set) var offset = 0
    private var chain: Chain
    /// Whole lines read, intact or not.
    private(set) var lines = 0
    private(set) var bytes = 0
    private(set) var setAsides: [SetAside] = []
    /// Lines of a newer envelope, kept and passed over.
    private(set) var newer = 0
    /// Set when what had been read is no longer there: positions mean nothing from then on.
    private(set) var isStale = false
    /// Set when damage had been found and the folder's files are others since: what was missed may have been restored.
    private(set) var mayBeMended = false
    /// The folder's files when it was looked at last.
    private var names: [String] = []
    /// The highest line read so far, and where it ends.
    private var highest: Anchor?
    /// The same for the last line behind which no action was unfinished.
    private(set) var settled: Anchor?
    /// The first lines of an action whose last line has not come yet.
    private var pending: [PendingLine] = []
    /// What stands behind the last newline.
    private(set) var tail: [UInt8] = []
    /// What follows the last settled action: damaged lines and an unfinished action; one stretch a segment.
    private var trailing: [Stretch] = []

    private struct PendingLine {
        let bytes: [UInt8]
        let segment: String
        let offset: Int
        let sequence: Int
        let group: Line.Group
        var firstSequence: Int { sequence - group.index }
    }

    private struct Stretch {
        let segment: String
        let offset: Int
        var end: Int
    }

    init(node: String, folder: String, disk: any Disk, copy: Damage.Copy = .primary) {
        self.node = node
        self.folder = folder
        self.disk = disk
        nodeText = Line.text(ofNode: node)
        chain = Chain(node: node, copy: copy)
    }

    /// The highest line read so far.
    var last: (sequence: Int, hash: Digest) { chain.last }
    /// Damage found so far, in the order of its places.
    var damages: [Damage] { chain.damages }
    /// Whether nothing was read yet.
    var isAtFront: Bool { file < 0 && lines == 0 }

    /// What follows the last settled action and is no whole action, one entry a segment: never acknowledged, if the head
    /// does not say otherwise.
    var unsettled: [SetAside] {
        var reader = self
        if !tail.isEmpty { reader.trail(from: offset, to: offset + tail.count) }
        return reader.trailing.map { stretch in
            SetAside(
                node: node, segment: stretch.segment, offset: stretch.offset, bytes: stretch.end - stretch.offset,
                lines: pending.count { $0.segment == stretch.segment && $0.offset >= stretch.offset },
                at: .distantPast)
        }
    }

    /// Whether the log ends in a line that is whole but for its newline.
    var tailIsWhole: Bool { tail.withUnsafeBytes { Line(proving: $0) != nil } }

    func close() { if file >= 0 { disk.close(file) } }

    // MARK: Starting

    /// Goes on behind a line that was read in another run, if it still stands there; else nothing has changed.
    mutating func start(after anchor: Anchor) throws -> Bool {
        let opened = try disk.open("\(folder)/\(anchor.segment)", flags: O_RDONLY, mode: 0)
        var isTaken = false
        defer { if !isTaken { disk.close(opened) } }
        guard try anchor.holds(in: opened, of: nodeText, on: disk) else { return false }
        close()
        (file, segment, offset, isTaken) = (opened, anchor.segment, anchor.offset, true)
        (highest, settled) = (anchor, anchor)
        chain.start(after: anchor.sequence, anchor.hash)
        return true
    }

    // MARK: Reading on

    /// Delivers the whole actions that have come since the last call. Between pieces it tells how many bytes those were, and
    /// stops early for `false`.
    mutating func advance(_ deliver: (Line) -> Void, pausing goOn: (Int) -> Bool = { _ in true }) throws {
        while true {
            if file >= 0, !(try readSegment(deliver, goOn)) { return }
            guard let next = try nextSegment() else { return }
            // A segment has a successor only once it is finished: what came to it since we read it is the last of it.
            if file >= 0, !(try readSegment(deliver, goOn)) { return }
            let opened = try disk.open("\(folder)/\(next)", flags: O_RDONLY, mode: 0)
            if !tail.isEmpty { takeTornTail(deliver) }
            if file >= 0 { disk.close(file) }
            (file, segment, offset) = (opened, next, 0)
        }
    }

    /// Reads on in the segment that is written, for a writer: there is none behind it.
    mutating func advance(through last: String, _ deliver: (Line) -> Void) throws {
        if segment != last { return try advance(deliver) }
        _ = try readSegment(deliver) { _ in true }
    }

    private mutating func nextSegment() throws -> String? {
        let names = try disk.names(in: folder)
        // A repair puts a file aside, and does not leave its unfinished ones.
        if !chain.isSound, names != self.names { mayBeMended = true }
        self.names = names
        return names.first { LogReader.isSegment($0) && $0 > segment }
    }

    /// The segment's size. One that was replaced under its name is followed; one that shrank or is gone raises the alarm,
    /// once, and has no size.
    private mutating func currentSize() throws -> Int? {
        if isStale { return nil }
        let path = "\(folder)/\(segment)"
        var (size, isReplaced) = (0, false)
        do {
            if !(try disk.isCurrent(file, at: path)) {
                let opened = try disk.open(path, flags: O_RDONLY, mode: 0)
                disk.close(file)
                file = opened
                isReplaced = true
            }
            size = try disk.size(of: file)
            if size >= offset, try !isReplaced || isStillThere() { return size }
        } catch let failure as DiskFailure where failure.number == ENOENT {}
        isStale = true
        tail = []
        chain.report(.head, segment: segment, offset: size)
        return nil
    }

    /// Whether a segment that was replaced under its name, by a repair or an editor, has what we read of it.
    private func isStillThere() throws -> Bool {
        guard let highest, highest.segment == segment else { return true }
        return try highest.holds(in: file, of: nodeText, on: disk)
    }

    /// `false` when it was stopped.
    private mutating func readSegment(_ deliver: (Line) -> Void, _ goOn: (Int) -> Bool) throws -> Bool {
        guard let size = try currentSize() else { return true }
        tail = []
        if offset >= size { return true }
        var coming: ComingPiece?
        defer { _ = try? coming?.piece() }
        var usual = Piece.usualSize
        while offset < size {
            let piece = try coming?.piece() ?? Piece(of: file, from: offset, size: min(size - offset, usual), on: disk)
            coming = nil
            if piece.count == 0 { return true }
            let next = offset + piece.whole
            if piece.whole == 0 {
                guard piece.isFull, offset + piece.count < size else {
                    tail = piece.rest
                    return true
                }
                // A line longer than that.
                usual *= 2
                continue
            }
            if piece.isFull, offset + piece.count < size {
                coming = ComingPiece(of: file, from: next, size: min(size - next, usual), on: disk)
            }
            for entry in piece.entries { take(entry.bytes, entry.line, at: offset + entry.place, deliver) }
            offset = next
            bytes += piece.whole
            if !goOn(piece.whole) { return false }
        }
        return true
    }

    /// A finished segment without its last newline: writers leave none so, something was cut off.
    private mutating func takeTornTail(_ deliver: (Line) -> Void) {
        chain.report(.torn, segment: segment, offset: offset)
        if tailIsWhole {
            tail.withUnsafeBytes { take($0, Line(proving: $0), at: offset, deliver) }
        } else {
            lines += 1
            trail(from: offset, to: offset + tail.count)
        }
        tail = []
    }

    // MARK: One line

    /// `entry` is what the bytes prove to be, if they do.
    private mutating func take(
        _ line: UnsafeRawBufferPointer, _ entry: Line?, at place: Int, _ deliver: (Line) -> Void
    ) {
        if line.isEmpty { return }
        lines += 1
        guard let entry, entry.isOf(nodeText) else {
            chain.report(.hash, segment: segment, offset: place)
            return trail(from: place, to: place + line.count + 1)
        }
        guard chain.place(entry, segment: segment, offset: place) else { return }
        let end = place + line.count + 1
        if entry.sequence == chain.last.sequence {
            highest = Anchor(segment: segment, offset: end, sequence: entry.sequence, hash: entry.hash)
        }
        if let aside = entry.setAside {
            // Another torn tail may have its own record yet to come.
            settle(aside, deliver)
        } else {
            if entry.version > Line.version {
                newer += 1
                releaseBroken(deliver)
            } else {
                collect(entry, line, at: place, deliver)
            }
            if pending.isEmpty { trailing = [] }
        }
        if trailing.isEmpty { settled = highest }
    }

    private mutating func trail(from start: Int, to end: Int) {
        if let last = trailing.indices.last, trailing[last].segment == segment {
            trailing[last].end = end
        } else {
            trailing.append(Stretch(segment: segment, offset: start, end: end))
        }
    }

    /// Holds back the lines of an action until they are all there, or until what follows or the head shows that they were.
    ///
    /// Others of them may be damaged and these intact although nothing was acknowledged: what a power cut leaves of a write
    /// need not be its beginning.
    private mutating func collect(
        _ line: Line, _ bytes: UnsafeRawBufferPointer, at place: Int, _ deliver: (Line) -> Void
    ) {
        let group = line.group
        let start = line.sequence - group.index
        if let first = pending.first, first.group.count != group.count || first.firstSequence != start {
            releaseBroken(deliver)
        }
        if group.count == 1 { return deliver(line) }
        // Damage that an intact line of another action follows is no torn tail.
        if pending.isEmpty, group.index == 0 { trailing = [] }
        trail(from: place, to: place + bytes.count + 1)
        pending.append(
            PendingLine(
                bytes: Array(bytes), segment: segment, offset: place, sequence: line.sequence, group: group))
        if pending.count == group.count { release(deliver) }
    }

    private mutating func release(_ deliver: (Line) -> Void) {
        for line in pending.sorted(by: { $0.sequence < $1.sequence }) {
            line.bytes.withUnsafeBytes { if let entry = Line($0) { deliver(entry) } }
        }
        pending = []
    }

    /// Lines of an action of which another line was damaged later: they are intact, so they count.
    private mutating func releaseBroken(_ deliver: (Line) -> Void) {
        guard let first = pending.first, let last = pending.last else { return }
        chain.report(
            .group, segment: first.segment, offset: first.offset,
            sequences: min(first.sequence, last.sequence)...max(first.sequence, last.sequence))
        release(deliver)
    }

    /// What the head tells of was all there once: an action among that which is not whole will not become so. Where there is
    /// no head, that is known of one whose last line is there.
    mutating func releaseAcknowledged(through head: Int?, _ deliver: (Line) -> Void) {
        guard let first = pending.first else { return }
        let end = first.firstSequence + first.group.count - 1
        guard head.map({ first.sequence <= $0 }) ?? (last.sequence >= end) else { return }
        releaseBroken(deliver)
        trailing = []
    }

    /// A writer has put a torn tail on record: what it names is explained, and never was acknowledged.
    private mutating func settle(_ aside: SetAside, _ deliver: (Line) -> Void) {
        setAsides.append(aside)
        trailing.removeAll { aside.covers(segment: $0.segment, offset: $0.offset) }
        // Where lines are missing or doubled before it, it names a place at which others may stand now.
        let explained = pending.filter { aside.covers(segment: $0.segment, offset: $0.offset) }
        let isSame = explained.count == aside.lines
        chain.settle(aside, from: isSame ? explained.map(\.firstSequence).min() : nil)
        if isSame { pending.removeAll { aside.covers(segment: $0.segment, offset: $0.offset) } }
        releaseBroken(deliver)
    }
}
