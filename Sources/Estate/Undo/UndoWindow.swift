import Glibc
import Journal

/// The journal lines of the latest day (流水): the actions that can be undone, and their dependents.
///
/// Lines are kept as bytes in one buffer, a new one for each day, so that recording them costs a copy and no parsing.
struct UndoWindow: Sendable {
    /// The date of the lines, `2026-11-23`, as they state it.
    private var day: [UInt8]
    private var text: [UInt8] = []
    /// The offset in `text` at which each line begins.
    private var starts: [Int] = []
    /// The place of each line within its action.
    private var groups: [Line.Group] = []

    /// The least number of bytes of one day that are kept; actions further back can no longer be undone.
    private static let capacity = 4 << 20

    var isEmpty: Bool { starts.isEmpty }

    /// Lines from two days before `now` or earlier are not recorded: in no zone were they written today.
    init(now: Moment?) {
        day = now.map { Array($0.adding(seconds: -2 * 86400).text(in: .utc).utf8.prefix(10)) } ?? []
    }

    mutating func append(_ line: Line) {
        let date = UnsafeRawBufferPointer(rebasing: line.writtenText.prefix(10))
        let order = day.withUnsafeBytes { known -> Int32 in
            guard let known = known.baseAddress, let new = date.baseAddress, date.count == 10 else { return -1 }
            return memcmp(known, new, 10)
        }
        // An earlier day's line of another node, read later.
        if order > 0 { return }
        if order < 0 {
            day = Array(date)
            text.removeAll(keepingCapacity: true)
            starts.removeAll(keepingCapacity: true)
            groups.removeAll(keepingCapacity: true)
        } else if text.count > 2 * UndoWindow.capacity {
            dropOldest()
        }
        starts.append(text.count)
        groups.append(line.group)
        text.append(contentsOf: line.bytes)
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
