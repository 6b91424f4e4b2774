/// What the journal is asked to keep: everything of a line but what the journal itself knows.
public struct Draft: Sendable {
    public let id: EntryID
    /// Who recorded it; opaque here.
    public let by: String
    public let kind: String
    /// A JSON object in canonical form.
    public let data: [UInt8]

    public init(id: EntryID, by: String, kind: String, data: [UInt8]) {
        self.id = id
        self.by = by
        self.kind = kind
        self.data = data
    }
}

/// One line of a log, read in place: valid only while the bytes it was read from are.
///
/// The form, without spaces and with the keys in this order:
///
///     {"v":1,"n":NODE,"s":SEQ,"t":WRITTEN,"id":ULID,"by":WHO,"k":KIND,"g":[INDEX,COUNT],"d":{…},"p":PREVIOUS,"h":HASH}
///
/// `g` is there only when an action left more than one line. `h` is the SHA-256 of all that stands before `,"h"`;
/// `p` is the `h` of the line before, so that a line proves itself alone and its place among its neighbours.
public struct Line {
    /// The version of the envelope that this program writes, and the newest that it understands.
    public static let version = 1

    public let version: Int
    public let node: String
    /// The place in the node's log, from 1.
    public let sequence: Int
    /// When it was written, as text; see ``written``.
    let writtenText: UnsafeRawBufferPointer
    public let id: EntryID
    public let by: String
    public let kind: UnsafeRawBufferPointer
    /// Its place in its action's lines, and how many those are.
    public let group: Group
    /// The JSON object that tells what happened.
    public let data: UnsafeRawBufferPointer
    public let previous: Digest
    public let hash: Digest

    public struct Group: Equatable, Sendable {
        public var index: Int
        public var count: Int
        public static let single = Group(index: 0, count: 1)
        public var isLast: Bool { index == count - 1 }
    }

    /// When the line was written, by the clock of its node.
    public var written: Moment { Moment(iso: writtenText) ?? .distantPast }

    /// Reads one line, without its newline, and checks its hash; `nil` when it does not prove itself.
    public init?(proving bytes: UnsafeRawBufferPointer) {
        guard let line = Line(bytes),
            Digest(of: UnsafeRawBufferPointer(rebasing: bytes[..<(bytes.count - Line.hashLength)])) == line.hash
        else { return nil }
        self = line
    }

    /// Reads one line, without its newline, in the one canonical shape.
    public init?(_ bytes: UnsafeRawBufferPointer) {
        var scanner = JSONScanner(bytes)
        do {
            guard scanner.take("{\"v\":") else { return nil }
            version = try scanner.integer()
            guard scanner.take(",\"n\":") else { return nil }
            node = try scanner.string()
            guard scanner.take(",\"s\":") else { return nil }
            sequence = try scanner.integer()
            if version > Line.version {
                // A newer program may have put anything here; its place and its proof still count.
                (id, by, group) = (EntryID(high: 0, low: 0), "", .single)
                (writtenText, kind, data) = (Line.nothing, Line.nothing, Line.nothing)
                (previous, hash) = try Line.proof(in: bytes)
                return
            }
            guard scanner.take(",\"t\":") else { return nil }
            writtenText = try scanner.plain()
            guard scanner.take(",\"id\":"), let id = EntryID(try scanner.plain()) else { return nil }
            self.id = id
            guard scanner.take(",\"by\":") else { return nil }
            by = try scanner.string()
            guard scanner.take(",\"k\":") else { return nil }
            kind = try scanner.plain()
            if scanner.take(",\"g\":[") {
                let index = try scanner.integer()
                guard scanner.take(",") else { return nil }
                group = Group(index: index, count: try scanner.integer())
                guard scanner.take("]"), group.count > 1, (0..<group.count).contains(group.index) else { return nil }
            } else {
                group = .single
            }
            guard scanner.take(",\"d\":"), scanner.next == UInt8(ascii: "{") else { return nil }
            // The tail has a fixed length, so the data need not be scanned to find its end.
            let start = scanner.position
            let end = bytes.count - Line.tailLength
            guard end > start else { return nil }
            data = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
            (previous, hash) = try Line.proof(in: bytes)
        } catch {
            return nil
        }
    }

    private static var nothing: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: nil, count: 0) }

    /// `,"p":"<64>"` and `,"h":"<64>"}`.
    private static let hashLength = 72
    private static let tailLength = 71 + hashLength

    /// The two hashes that every line ends with, whatever its version.
    private static func proof(in bytes: UnsafeRawBufferPointer) throws -> (previous: Digest, hash: Digest) {
        var scanner = JSONScanner(bytes, at: max(0, bytes.count - tailLength))
        guard scanner.take(",\"p\":"), let previous = Digest(hexadecimal: try scanner.plain()),
            scanner.take(",\"h\":"), let hash = Digest(hexadecimal: try scanner.plain()),
            scanner.take("}"), scanner.isAtEnd
        else { throw scanner.malformed() }
        return (previous, hash)
    }

    /// Writes one line, newline included, and tells its hash.
    static func encode(
        _ draft: Draft, node: String, sequence: Int, written: [UInt8], group: Group, previous: Digest,
        into out: inout [UInt8]
    ) -> Digest {
        var json = JSONWriter()
        json.openObject()
        json.key("v")
        json.integer(version)
        json.key("n")
        json.string(node)
        json.key("s")
        json.integer(sequence)
        json.key("t")
        json.plain(written)
        json.key("id")
        json.plain(draft.id.bytes)
        json.key("by")
        json.string(draft.by)
        json.key("k")
        json.string(draft.kind)
        if group.count > 1 {
            json.key("g")
            json.openArray()
            json.integer(group.index)
            json.integer(group.count)
            json.closeArray()
        }
        json.key("d")
        json.raw(draft.data)
        json.key("p")
        json.plain(previous.hexadecimal)
        let hash = json.bytes.withUnsafeBytes { Digest(of: $0) }
        json.key("h")
        json.plain(hash.hexadecimal)
        json.closeObject()
        out.append(contentsOf: json.bytes)
        out.append(UInt8(ascii: "\n"))
        return hash
    }
}
