import Glibc

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

    /// All of it, without its newline.
    public let bytes: UnsafeRawBufferPointer
    public let version: Int
    /// The node's name as it stands there, quotes included: a reader compares it and need not make a `String` of it.
    let nodeText: UnsafeRawBufferPointer
    /// The place in the node's log, from 1.
    public let sequence: Int
    /// When it was written, as text; see ``written``.
    public let writtenText: UnsafeRawBufferPointer
    public let id: EntryID
    /// Who recorded it, as it stands there, quotes included.
    private let byText: UnsafeRawBufferPointer
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

    /// The node whose log it belongs to.
    public var node: String { Line.string(nodeText) }
    /// Who recorded it.
    public var by: String { Line.string(byText) }

    /// Whether it belongs to the log of a node, whose name is given as it stands in lines.
    @inline(__always)
    func isOf(_ node: [UInt8]) -> Bool {
        guard node.count == nodeText.count, let ours = nodeText.baseAddress else { return false }
        return node.withUnsafeBytes { $0.baseAddress.map { memcmp(ours, $0, node.count) == 0 } ?? false }
    }

    /// A node's name as it stands in lines.
    static func text(ofNode node: String) -> [UInt8] {
        var json = JSONWriter()
        json.string(node)
        return json.bytes
    }

    private static func string(_ text: UnsafeRawBufferPointer) -> String {
        var scanner = JSONScanner(text)
        return (try? scanner.string()) ?? ""
    }

    /// When the line was written, by the clock of its node.
    public var written: Moment { Moment(iso: writtenText) ?? .distantPast }

    /// Reads one line, without its newline, and checks its hash; `nil` when it does not prove itself.
    public init?(proving bytes: UnsafeRawBufferPointer) {
        self.init(bytes)
        guard Digest(of: UnsafeRawBufferPointer(rebasing: bytes[..<(bytes.count - Line.hashLength)])) == hash else {
            return nil
        }
    }

    /// Reads one line, without its newline, in the one canonical shape.
    public init?(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
        var scanner = JSONScanner(bytes)
        do {
            guard scanner.take("{\"v\":") else { return nil }
            version = try scanner.integer()
            guard scanner.take(",\"n\":") else { return nil }
            nodeText = try scanner.stringText()
            guard scanner.take(",\"s\":") else { return nil }
            sequence = try scanner.integer()
            guard sequence > 0, Line.numbers.contains(sequence) else { return nil }
            if version > Line.version {
                // A newer program may have put anything here; its place and its proof still count.
                (id, group) = (EntryID(high: 0, low: 0), .single)
                (writtenText, byText, kind, data) = (Line.nothing, Line.nothing, Line.nothing, Line.nothing)
                (previous, hash) = try Line.proof(in: bytes)
                return
            }
            guard scanner.take(",\"t\":") else { return nil }
            writtenText = try scanner.plain()
            guard scanner.take(",\"id\":\""), let id = scanner.take(26).flatMap({ EntryID($0) }) else { return nil }
            self.id = id
            guard scanner.take("\",\"by\":") else { return nil }
            byText = try scanner.stringText()
            guard scanner.take(",\"k\":") else { return nil }
            kind = try scanner.plain()
            if scanner.take(",\"g\":[") {
                let index = try scanner.integer()
                guard scanner.take(",") else { return nil }
                group = Group(index: index, count: try scanner.integer())
                guard scanner.take("]"), group.count > 1, (0..<group.count).contains(group.index),
                    Line.numbers.contains(group.count)
                else { return nil }
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

    /// What a sequence number or a length may be: as much as every JSON reader keeps exactly, and far from where adding
    /// two of them would overflow.
    static let numbers = 0...1 << 53

    private static var nothing: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: nil, count: 0) }

    /// `,"p":"<64>"` and `,"h":"<64>"}`.
    static let hashLength = 72
    static let tailLength = 71 + hashLength

    /// The two hashes that every line ends with, whatever its version: all at fixed places, so nothing is searched for.
    @inline(__always)
    private static func proof(in bytes: UnsafeRawBufferPointer) throws -> (previous: Digest, hash: Digest) {
        var scanner = JSONScanner(bytes, at: max(0, bytes.count - tailLength))
        guard scanner.take(",\"p\":\""), let previous = scanner.take(64).flatMap({ Digest(hexadecimal: $0) }),
            scanner.take("\",\"h\":\""), let hash = scanner.take(64).flatMap({ Digest(hexadecimal: $0) }),
            scanner.take("\"}"), scanner.isAtEnd
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
