import Glibc
import Journal

/// The journal lines that were recorded last (流水), in order: the actions that can be undone, and their dependents.
///
/// It begins with the first line of yesterday, today or tomorrow by the member's own clock: in any zone, today's lines are
/// in it. Lines before it that are dated later still were written by a clock that was ahead, and are kept if nothing
/// older follows them. Lines are kept as bytes in one buffer, so that recording them costs a copy and no parsing.
struct UndoWindow: Sendable {
    /// The present day in UTC, in milliseconds; `nil` where all lines are recorded.
    private var today: Range<Int64>?
    /// The dates of the day before and the day after, `2026-11-23`.
    private var (first, last) = ([UInt8](), [UInt8]())
    /// Whether a line of these days is in it; then all later lines are recorded, whatever their date.
    private var isRecent = false
    private var text: [UInt8] = []
    /// The offset in `text` at which each line begins.
    private var starts: [Int] = []
    /// The place of each line within its action.
    private var groups: [Line.Group] = []

    /// The least number of bytes that are kept; actions further back can no longer be undone.
    private static let capacity = 4 << 20
    private static let dayLength: Int64 = 86_400_000

    var isEmpty: Bool { starts.isEmpty }

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
        lines.forEach { index, line in
            append(line)
            if !groups.isEmpty { groups[groups.count - 1] = lines.groups[index] }
        }
    }

    mutating func append(_ line: Line) {
        if today != nil, !isRecent {
            let date = line.writtenText.prefix(10)
            // What came before an old line is older still.
            if date.lexicographicallyPrecedes(first) { return removeAll() }
            isRecent = !last.lexicographicallyPrecedes(date)
        }
        if text.count > 2 * UndoWindow.capacity { dropOldest() }
        starts.append(text.count)
        groups.append(line.group)
        text.append(contentsOf: line.bytes)
    }

    private mutating func removeAll() {
        isRecent = false
        if starts.isEmpty { return }
        text.removeAll(keepingCapacity: true)
        starts.removeAll(keepingCapacity: true)
        groups.removeAll(keepingCapacity: true)
    }

    private mutating func dropOldest() {
        let first = starts.firstIndex { $0 >= UndoWindow.capacity } ?? 0
        let dropped = starts[first]
        text.removeSubrange(..<dropped)
        starts = starts[first...].map { $0 - dropped }
        groups.removeFirst(first)
    }

    /// Makes one action of the last lines, as the journal does with actions that were recorded together.
    mutating func join(last count: Int) {
        guard count <= groups.count else { return }
        for index in 0..<count { groups[groups.count - count + index] = Line.Group(index: index, count: count) }
    }

    /// Passes lines to `body` in order, those at the given indices or all.
    func forEach(in indices: Range<Int>? = nil, _ body: (_ index: Int, Line) -> Void) {
        text.withUnsafeBytes { text in
            for index in indices ?? starts.indices {
                let end = index + 1 < starts.count ? starts[index + 1] : text.count
                if let line = Line(UnsafeRawBufferPointer(rebasing: text[starts[index]..<end])) { body(index, line) }
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
        forEach { index, line in
            let group = groups[index]
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
