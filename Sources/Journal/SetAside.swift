/// A torn tail that a later writer ended with a newline and put on record: never acknowledged, so nothing is lost.
public struct SetAside: Equatable, Sendable {
    public let node: String
    public let segment: String
    public let offset: Int
    /// How many bytes of the segment are passed over.
    public let bytes: Int
    /// Whole lines among them, of an action whose other lines never came.
    public let lines: Int
    public let at: Moment

    func covers(segment other: String, offset place: Int) -> Bool {
        other == segment && place >= offset && place < offset + bytes
    }
}

extension Line {
    static let setAsideKind = "journal.setAside"

    /// Whether this is the journal's own record of a torn tail, which is no fact.
    var isSetAside: Bool {
        // By length first: every line is asked.
        kind.count == Line.setAsideKind.utf8.count && kind.elementsEqual(Line.setAsideKind.utf8)
    }

    /// The torn tail that this line puts on record, if it is such a record.
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

    static func draft(settingAside aside: SetAside, at moment: Moment) -> Draft {
        var json = JSONWriter()
        json.openObject()
        json.key("segment")
        json.string(aside.segment)
        json.key("offset")
        json.integer(aside.offset)
        json.key("bytes")
        json.integer(aside.bytes)
        json.key("lines")
        json.integer(aside.lines)
        json.closeObject()
        return Draft(id: EntryID(at: moment), by: "journal", kind: setAsideKind, data: json.bytes)
    }
}
