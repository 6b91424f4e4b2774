/// The record of a torn tail: bytes at the end of the log that a killed writer left, which the next writer ended with a
/// newline and put on record as an entry of kind `journal.setAside` (J4). They were never acknowledged, so nothing is
/// lost.
///
///     "d":{"segment":"2026-11.jsonl","offset":1042,"bytes":100,"lines":0}
public struct SetAside: Equatable, Sendable {
    public let node: String
    public let segment: String
    /// In bytes from the segment's start.
    public let offset: Int
    /// How many bytes are passed over.
    public let bytes: Int
    /// Intact lines among them, of an action that was not complete.
    public let lines: Int
    /// When it was put on record.
    public let at: Moment

    func covers(segment other: String, offset place: Int) -> Bool {
        other == segment && place >= offset && place < offset + bytes
    }

    fileprivate static let kind = "journal.setAside"
}

extension Line {
    /// Whether the line is the journal's own record of a torn tail, which is not delivered.
    var isSetAside: Bool {
        // The cheap test first: this runs for each line.
        kind.count == SetAside.kind.utf8.count && kind.elementsEqual(SetAside.kind.utf8)
    }

    /// The torn tail that the line puts on record; `nil` for any other line.
    var setAside: SetAside? {
        guard isSetAside else { return nil }
        var scanner = JSONScanner(data)
        guard scanner.take("{"), scanner.takeKey("segment"), let segment = try? scanner.string(), scanner.take(","),
            scanner.takeKey("offset"), let offset = try? scanner.integer(), scanner.take(","),
            scanner.takeKey("bytes"), let bytes = try? scanner.integer(), scanner.take(","),
            scanner.takeKey("lines"), let lines = try? scanner.integer(),
            [offset, bytes, lines].allSatisfy(Line.numbers.contains)
        else { return nil }
        return SetAside(node: node, segment: segment, offset: offset, bytes: bytes, lines: lines, at: written)
    }
}

extension NewEntry {
    /// The record of a torn tail.
    init(recording tail: SetAside, at moment: Moment) {
        var json = JSONWriter()
        json.openObject()
        json.key("segment")
        json.string(tail.segment)
        json.key("offset")
        json.integer(tail.offset)
        json.key("bytes")
        json.integer(tail.bytes)
        json.key("lines")
        json.integer(tail.lines)
        json.closeObject()
        self.init(id: EntryID(at: moment), by: "journal", kind: SetAside.kind, data: json.bytes)
    }
}
