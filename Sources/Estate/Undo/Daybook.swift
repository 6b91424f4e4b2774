import Glibc
import Journal

/// The lines that were written on the last day on which any were (流水): what may still be taken back, and what builds on it.
struct Daybook: Sendable {
    /// `2026-11-23`, as the lines have it.
    private var day: [UInt8]
    private var text: [UInt8] = []
    /// Where each line begins.
    private var starts: [Int] = []

    /// How many bytes of one day are kept at least; what lies further back than that can no longer be taken back.
    private static let room = 4 << 20

    var isEmpty: Bool { starts.isEmpty }

    /// Whatever the zone, what was written two days before `now` or earlier was not written today.
    init(now: Moment?) {
        day = now.map { Array($0.adding(seconds: -2 * 86400).text(in: .utc).utf8.prefix(10)) } ?? []
    }

    mutating func note(_ line: Line) {
        let today = UnsafeRawBufferPointer(rebasing: line.writtenText.prefix(10))
        let order = day.withUnsafeBytes { known -> Int32 in
            guard let known = known.baseAddress, let new = today.baseAddress, today.count == 10 else { return -1 }
            return memcmp(known, new, 10)
        }
        // Of another node, whose days were read before.
        if order > 0 { return }
        if order < 0 {
            day = Array(today)
            text.removeAll(keepingCapacity: true)
            starts.removeAll(keepingCapacity: true)
        } else if text.count > 2 * Daybook.room {
            shorten()
        }
        starts.append(text.count)
        text.append(contentsOf: line.bytes)
    }

    private mutating func shorten() {
        let first = starts.firstIndex { $0 >= Daybook.room } ?? 0
        let gone = starts[first]
        text.removeSubrange(..<gone)
        starts = starts[first...].map { $0 - gone }
    }

    /// Shows some of the lines, by their places.
    func forEach(in places: Range<Int>? = nil, _ body: (_ place: Int, Line) -> Void) {
        text.withUnsafeBytes { text in
            for place in places ?? starts.indices {
                let end = place + 1 < starts.count ? starts[place + 1] : text.count
                if let line = Line(UnsafeRawBufferPointer(rebasing: text[starts[place]..<end])) { body(place, line) }
            }
        }
    }

    /// The whole actions, in the order in which they were done.
    var deeds: [Deed] {
        var deeds: [Deed] = []
        var coming: Deed?
        forEach { place, line in
            if line.group.index == 0 {
                coming = Deed(
                    entries: [], by: line.by, written: line.written, places: place..<place,
                    isUndoing: line.isOf(kind: ActionUndone.kind))
            }
            guard let started = coming, started.entries.count == line.group.index else { return coming = nil }
            coming?.entries.append(line.id)
            coming?.places = started.places.lowerBound..<place + 1
            if line.group.isLast, let whole = coming {
                deeds.append(whole)
                coming = nil
            }
        }
        return deeds
    }
}

/// What somebody did in one go: one action, or an import.
public struct Deed: Sendable {
    /// Of its facts, in their order.
    public fileprivate(set) var entries: [EntryID]
    public let by: String
    public let written: Moment
    /// Where its lines stand in the daybook.
    fileprivate(set) var places: Range<Int>
    /// Whether it took something back itself.
    let isUndoing: Bool
}

extension Line {
    func isOf(kind: StaticString) -> Bool { kind.withUTF8Buffer { kind in self.kind.elementsEqual(kind) } }

    /// Whether something stands in it as a whole text: an id, its own or another; a unit; a staff number.
    func names(_ name: String) -> Bool {
        var name = name
        return name.withUTF8 { name in
            guard let start = bytes.baseAddress, let sought = name.baseAddress else { return false }
            let quote = Int32(UInt8(ascii: "\""))
            var place = 0
            while let found = memchr(start + place, quote, bytes.count - place) {
                place = UnsafeRawPointer(found) - start + 1
                if place + name.count < bytes.count, memcmp(start + place, sought, name.count) == 0,
                    bytes[place + name.count] == UInt8(quote)
                {
                    return true
                }
            }
            return false
        }
    }
}
