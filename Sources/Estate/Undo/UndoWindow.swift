import Glibc
import Journal

/// The journal lines that were recorded last (流水), in order: the actions that can be undone, and their dependents.
///
/// It begins with the first line of yesterday, today or tomorrow by the member's own clock: in any zone, today's lines are
/// in it. Lines before it that are dated later still were written by a clock that was ahead, and are kept if nothing
/// older follows them. Lines are kept as bytes in blocks, so that recording them costs a copy and no parsing, and the
/// states that a ``Timeline`` keeps share all blocks but the last.
struct UndoWindow: Sendable {
    /// The present day in UTC, in milliseconds; `nil` where all lines are recorded.
    private var today: Range<Int64>?
    /// The dates of the day before and the day after, `2026-11-23`.
    private var (first, last) = ([UInt8](), [UInt8]())
    /// Whether a line of these days is in it; then all later lines are recorded, whatever their date.
    private var isRecent = false
    /// None is empty.
    private var blocks: [Block] = []
    /// The bytes of all blocks.
    private(set) var size = 0

    /// Lines that follow each other.
    private struct Block: Sendable {
        var text: [UInt8] = []
        /// The offset in `text` at which each line begins.
        var starts: [Int] = []
        /// The place of each line within its action.
        var groups: [Line.Group] = []

        func line(_ index: Int, in text: UnsafeRawBufferPointer) -> Line? {
            let end = index + 1 < starts.count ? starts[index + 1] : text.count
            return Line(UnsafeRawBufferPointer(rebasing: text[starts[index]..<end]))
        }
    }

    /// A block of so many bytes takes no more lines.
    static let blockSize = 1 << 16
    /// The least number of bytes that are kept; actions further back can no longer be undone. At most a block and a line
    /// are kept beyond that.
    static let capacity = 8 << 20
    private static let dayLength: Int64 = 86_400_000

    var isEmpty: Bool { blocks.isEmpty }

    init(now: Moment?) { if let now { begin(at: now) } }

    private mutating func begin(at now: Moment) {
        let start =
            now.milliseconds - (now.milliseconds % UndoWindow.dayLength + UndoWindow.dayLength) % UndoWindow.dayLength
        today = start..<start + UndoWindow.dayLength
        func date(_ days: Int) -> [UInt8] { Array(now.adding(seconds: days * 86400).text(in: .utc).utf8.prefix(10)) }
        (first, last) = (date(-1), date(1))
    }

    /// Drops the lines of former days, if a new day has begun. A clock that jumps forward may be wrong: nothing is
    /// dropped then.
    mutating func move(to now: Moment) {
        guard let former = today, !former.contains(now.milliseconds) else { return }
        if now.milliseconds < former.upperBound + UndoWindow.dayLength { filter(at: now) } else { begin(at: now) }
    }

    /// Drops the lines of other days than the present one, also of a window that was kept for some days.
    mutating func filter(at now: Moment) {
        if today == nil { return }
        begin(at: now)
        let lines = self
        removeAll()
        for block in lines.blocks {
            block.text.withUnsafeBytes { text in
                for index in block.starts.indices {
                    if let line = block.line(index, in: text) { append(line, as: block.groups[index]) }
                }
            }
        }
    }

    mutating func append(_ line: Line) { append(line, as: line.group) }

    private mutating func append(_ line: Line, as group: Line.Group) {
        if today != nil, !isRecent {
            let date = line.writtenText.prefix(10)
            // What came before an old line is older still.
            if date.lexicographicallyPrecedes(first) { return removeAll() }
            isRecent = !last.lexicographicallyPrecedes(date)
        }
        if blocks.last.map({ $0.text.count >= UndoWindow.blockSize }) ?? true { blocks.append(Block()) }
        let end = blocks.count - 1
        blocks[end].starts.append(blocks[end].text.count)
        blocks[end].groups.append(group)
        blocks[end].text.append(contentsOf: line.bytes)
        size += line.bytes.count
        while size - blocks[0].text.count >= UndoWindow.capacity { size -= blocks.removeFirst().text.count }
    }

    private mutating func removeAll() { (isRecent, blocks, size) = (false, [], 0) }

    /// Makes one action of the last lines, as the journal does with actions that were recorded together.
    mutating func join(last count: Int) {
        guard count <= blocks.reduce(0, { $0 + $1.groups.count }) else { return }
        var (place, end) = (count - 1, blocks.count - 1)
        while place >= 0 {
            for index in blocks[end].groups.indices.reversed() where place >= 0 {
                blocks[end].groups[index] = Line.Group(index: place, count: count)
                place -= 1
            }
            end -= 1
        }
    }

    /// Passes lines to `body` in order, those at the given indices or all.
    func forEach(in indices: Range<Int>? = nil, _ body: (_ index: Int, Line) -> Void) {
        forEach(in: indices) { index, _, line in body(index, line) }
    }

    private func forEach(in indices: Range<Int>?, _ body: (_ index: Int, Line.Group, Line) -> Void) {
        var begin = 0
        for block in blocks {
            let places = begin..<begin + block.starts.count
            begin = places.upperBound
            block.text.withUnsafeBytes { text in
                for index in indices?.clamped(to: places) ?? places {
                    let place = index - places.lowerBound
                    if let line = block.line(place, in: text) { body(index, block.groups[place], line) }
                }
            }
        }
    }

    /// Whether a line before an index was written on a day.
    func hasLine(on day: Day, before index: Int, in zone: Zone) -> Bool {
        var isThere = false
        forEach(in: 0..<index) { _, line in isThere = isThere || Day(line.written, in: zone) == day }
        return isThere
    }

    /// The actions whose lines are all in the window, in the order in which they were recorded.
    var actions: [RecordedAction] {
        var actions: [RecordedAction] = []
        var current: RecordedAction?
        forEach(in: nil) { index, group, line in
            if group.index == 0 {
                current = RecordedAction(
                    entries: [], by: line.by, written: line.written, indices: index..<index,
                    isUndo: line.isOf(kind: ActionUndone.kind))
            }
            guard let started = current, started.entries.count == group.index else { return current = nil }
            current?.entries.append(line.id)
            current?.indices = started.indices.lowerBound..<index + 1
            if group.isLast, let complete = current {
                actions.append(complete)
                current = nil
            }
        }
        return actions
    }
}

/// The lines that one action or one import recorded together.
public struct RecordedAction: Sendable {
    /// The ids of its facts, in order.
    public fileprivate(set) var entries: [EntryID]
    public let by: String
    public let written: Moment
    /// The indices of its lines in the undo window.
    fileprivate(set) var indices: Range<Int>
    /// Whether it undid another action.
    let isUndo: Bool
}

extension Line {
    func isOf(kind: StaticString) -> Bool { kind.withUTF8Buffer { kind in self.kind.elementsEqual(kind) } }

    /// Whether a JSON string of the line equals a text: an id, its own or another; a unit; a staff code. Its idempotency
    /// key does not count: senders choose it freely.
    func names(_ name: String) -> Bool {
        guard let key = idempotency.baseAddress, let start = bytes.baseAddress else { return names(name, in: bytes) }
        let place = key - start
        return names(name, in: UnsafeRawBufferPointer(rebasing: bytes[..<place]))
            || names(name, in: UnsafeRawBufferPointer(rebasing: bytes[(place + idempotency.count)...]))
    }

    private func names(_ name: String, in bytes: UnsafeRawBufferPointer) -> Bool {
        var name = name
        return name.withUTF8 { name in
            guard let start = bytes.baseAddress, let sought = name.baseAddress else { return false }
            let quote = Int32(UInt8(ascii: "\""))
            var offset = 0
            while let match = memchr(start + offset, quote, bytes.count - offset) {
                offset = UnsafeRawPointer(match) - start + 1
                if offset + name.count < bytes.count, memcmp(start + offset, sought, name.count) == 0,
                    bytes[offset + name.count] == UInt8(quote)
                {
                    return true
                }
            }
            return false
        }
    }
}
