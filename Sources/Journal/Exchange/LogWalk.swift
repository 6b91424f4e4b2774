import Glibc

/// Goes through one node's log line by line, as long as each intact line follows the one before by number and hash.
///
/// Bytes that are no line, such as a torn tail, are passed over; a missing, altered or misplaced line ends the walk.
struct LogWalk {
    let node: String
    /// The folder of the log.
    let folder: String
    let disk: any Disk
    private let nodeText: [UInt8]
    /// The end of the last line.
    private(set) var place = Place()
    /// Whether an intact line was met that does not follow the last one.
    private(set) var isBroken = false

    /// The end of a line: in bytes from the start of a segment, whose name is empty before the first.
    struct Place {
        var segment = ""
        var offset = 0
        var end = LogEnd.start
    }

    init(_ folder: String, node: String, disk: any Disk) {
        (self.folder, self.node, self.disk) = (folder, node, disk)
        nodeText = Line.text(ofNode: node)
    }

    /// Goes on at a place.
    mutating func move(to place: Place) { (self.place, isBroken) = (place, false) }

    /// Goes to the start of the last segment that begins at or before a number.
    mutating func start(before sequence: Int) throws {
        var found = Place()
        for name in try disk.names(in: folder) where LogReader.isSegment(name) {
            guard let first = try first(of: name) else { continue }
            if first.end.sequence >= sequence { break }
            found = first
        }
        move(to: found)
    }

    /// The place before the first intact line of a segment; `nil` if there is none in its first MiB.
    private func first(of segment: String) throws -> Place? {
        guard let bytes = try disk.start(of: "\(folder)/\(segment)", count: Line.longest) else { return nil }
        return bytes.withUnsafeBytes { text in
            var start = 0
            while let newline = text[start...].firstIndex(of: UInt8(ascii: "\n")) {
                let bytes = UnsafeRawBufferPointer(rebasing: text[start..<newline])
                if let line = Line(proving: bytes), line.isOf(nodeText) {
                    let before = LogEnd(sequence: line.sequence - 1, hash: line.previous)
                    return Place(segment: segment, offset: start, end: before)
                }
                start = newline + 1
            }
            return nil
        }
    }

    /// Goes on up to a number, as long as `take` wants more.
    mutating func go(through last: Int, _ take: (CarriedLine) -> Bool = { _ in true }) throws {
        try goOn(through: last) { [node] line, segment, offset in
            take(CarriedLine(line, node: node, segment: segment, offset: offset))
        }
    }

    /// The same without making a copy of each line.
    mutating func skip(through last: Int) throws { try goOn(through: last) { _, _, _ in true } }

    private mutating func goOn(through last: Int, _ take: (Line, String, Int) -> Bool) throws {
        isBroken = false
        while place.end.sequence < last {
            if !place.segment.isEmpty, try readSegment(through: last, take) { return }
            let names = try disk.names(in: folder)
            guard let next = names.first(where: { LogReader.isSegment($0) && $0 > place.segment }) else { return }
            // The place stays at the end of the last line until another is found.
            let former = place
            (place.segment, place.offset) = (next, 0)
            let isOver = try readSegment(through: last, take)
            if place.end.sequence == former.end.sequence, !former.segment.isEmpty {
                place = former
                return
            }
            if isOver { return }
        }
    }

    /// Reads on to the segment's end; returns whether to stop before it.
    private mutating func readSegment(through last: Int, _ take: (Line, String, Int) -> Bool) throws -> Bool {
        guard let file = try disk.openIfThere("\(folder)/\(place.segment)") else { return true }
        defer { disk.close(file) }
        // The place moves on with lines only; `position` also passes what is none.
        var position = place.offset
        while true {
            let chunk = try disk.bytes(of: file, from: position, count: Line.longest)
            if chunk.isEmpty { return false }
            var isOver = false
            let length = chunk.withUnsafeBytes { text in
                text.eachLine { bytes, offset in
                    if isOver || bytes.isEmpty { return }
                    guard let line = Line(proving: bytes), line.isOf(nodeText) else { return }
                    guard line.sequence == place.end.sequence + 1, line.previous == place.end.hash else {
                        // A line that stands there twice changes nothing.
                        if line.sequence > place.end.sequence { (isOver, isBroken) = (true, true) }
                        return
                    }
                    place.end = LogEnd(sequence: line.sequence, hash: line.hash)
                    place.offset = position + offset + bytes.count + 1
                    isOver = !take(line, place.segment, position + offset) || place.end.sequence >= last
                }
            }
            if isOver { return true }
            if length == 0, chunk.count < Line.longest { return false }
            // More bytes than a line may have are passed over.
            position += length == 0 ? chunk.count : length
        }
    }

    /// Whether there are bytes after the place, in its segment or a later one.
    var hasMore: Bool {
        get throws {
            for name in try disk.names(in: folder) where LogReader.isSegment(name) && name >= place.segment {
                guard let file = try disk.openIfThere("\(folder)/\(name)") else { continue }
                defer { disk.close(file) }
                if try disk.size(of: file) > (name == place.segment ? place.offset : 0) { return true }
            }
            return false
        }
    }
}
