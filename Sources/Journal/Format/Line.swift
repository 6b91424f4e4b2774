import Glibc

/// A line of a log, decoded in place: its entry, number and hashes. Valid only as long as the bytes it was read from.
///
/// The form, without spaces and with the keys in this order:
///
///     {"v":2,"n":NODE,"s":SEQ,"c":[MS,COUNTER],"t":WRITTEN,"id":ULID,"by":WHO,"k":KIND,"g":[INDEX,COUNT],"i":[…],
///      "x":[…],"d":{…},"p":PREVIOUS,"h":HASH}
///
/// `g` is present only for an action of several lines, `i` only on the first line of an action that has an idempotency
/// key, `x` only where particulars are sealed. Version 1 has no `c`, `i` and `x`. `h` is the SHA-256 of all bytes before `,"h"`, and `p` is the
/// `h` of the line before: `h` shows that the line is unchanged, and `p` which line it follows. The last 143 bytes
/// have fixed positions.
public struct Line {
    /// The newest format version that this program reads; it writes this one.
    public static let version = 2
    /// The most bytes that a line has, with its newline; longer ones are damage.
    static let longest = 1 << 20

    /// The whole line, without its newline.
    public let bytes: UnsafeRawBufferPointer
    public let version: Int
    /// The node's name as JSON text, quotes included; compared as bytes, without making a `String`.
    public let nodeText: UnsafeRawBufferPointer
    /// The line's number in its node's log, from 1.
    public let sequence: Int
    /// ``time`` as the line states it; `nil` in version 1.
    private let statedTime: HybridTime?
    /// ISO 8601 with offset; see ``written``.
    public let writtenText: UnsafeRawBufferPointer
    public let id: EntryID
    /// ``by`` as JSON text, quotes included.
    private let byText: UnsafeRawBufferPointer
    public let kind: UnsafeRawBufferPointer
    public let group: Group
    /// The action's idempotency key with its receipt: a JSON array of strings, opaque to the journal; empty if there is
    /// none.
    public let idempotency: UnsafeRawBufferPointer
    /// The sealed particulars with the name of their key: a flat JSON array, opaque to the journal; empty if there are
    /// none.
    public let sealed: UnsafeRawBufferPointer
    /// The entry's JSON object.
    public let data: UnsafeRawBufferPointer
    /// The hash of the line before; zero for the first line.
    public let previous: Digest
    public let hash: Digest

    /// The line's place among the lines of its action.
    public struct Group: Equatable, Sendable {
        public var index: Int
        public var count: Int
        public static let single = Group(index: 0, count: 1)

        public init(index: Int, count: Int) { (self.index, self.count) = (index, count) }

        public var isLast: Bool { index == count - 1 }
    }

    /// The node that wrote the line.
    public var node: String { Line.string(nodeText) }
    /// The person who recorded the entry; opaque to the journal.
    public var by: String { Line.string(byText) }

    /// Whether the line was written by a node, given as in ``nodeText``.
    @inline(__always)
    public func isOf(_ node: [UInt8]) -> Bool {
        guard node.count == nodeText.count, let ours = nodeText.baseAddress else { return false }
        return node.withUnsafeBytes { $0.baseAddress.map { memcmp(ours, $0, node.count) == 0 } ?? false }
    }

    /// A node's name as JSON text, as in ``nodeText``.
    static func text(ofNode node: String) -> [UInt8] {
        var json = JSONWriter()
        json.string(node)
        return json.bytes
    }

    private static func string(_ text: UnsafeRawBufferPointer) -> String {
        var scanner = JSONScanner(text)
        return (try? scanner.string()) ?? ""
    }

    /// When the line was written, by its node's clock; `distantPast` if unreadable.
    public var written: Moment { Moment(iso: writtenText) ?? .distantPast }

    /// The place of the line's action in the order of all nodes' actions. Lines of version 1 have that of their writing.
    public var time: HybridTime { statedTime ?? HybridTime(milliseconds: written.milliseconds) }

    /// Decodes a line, without its newline, and checks its hash; `nil` if either fails.
    public init?(proving bytes: UnsafeRawBufferPointer) {
        self.init(bytes)
        guard Digest(of: UnsafeRawBufferPointer(rebasing: bytes[..<(bytes.count - Line.hashLength)])) == hash else {
            return nil
        }
    }

    /// Decodes a line, without its newline; accepts only the canonical form, and does not check the hash.
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
                // The fields of a newer version are unknown; number and hashes are at the same places.
                (id, group, statedTime) = (EntryID(high: 0, low: 0), .single, .distantPast)
                (writtenText, byText, kind, data) = (Line.nothing, Line.nothing, Line.nothing, Line.nothing)
                (idempotency, sealed) = (Line.nothing, Line.nothing)
                (previous, hash) = try Line.hashes(in: bytes)
                return
            }
            if version == 1 {
                statedTime = nil
            } else {
                guard scanner.take(",\"c\":[") else { return nil }
                let milliseconds = try scanner.integer()
                guard scanner.take(",") else { return nil }
                let time = HybridTime(milliseconds: Int64(milliseconds), counter: try scanner.integer())
                guard scanner.take("]"), time.isValid else { return nil }
                statedTime = time
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
            idempotency = version > 1 && scanner.take(",\"i\":") ? try scanner.flatArray() : Line.nothing
            sealed = version > 1 && scanner.take(",\"x\":") ? try scanner.flatArray() : Line.nothing
            guard scanner.take(",\"d\":"), scanner.next == UInt8(ascii: "{") else { return nil }
            // The two hashes have a fixed length, so the end of the data is known without a scan.
            let start = scanner.position
            let end = bytes.count - Line.hashesLength
            guard end > start else { return nil }
            data = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
            (previous, hash) = try Line.hashes(in: bytes)
        } catch {
            return nil
        }
    }

    /// Valid sequence numbers and lengths: exact in every JSON reader, and adding two of them cannot overflow.
    static let numbers = 0...1 << 53

    private static var nothing: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: nil, count: 0) }

    /// The length of `,"h":"<64 digits>"}`.
    static let hashLength = 72
    /// The length of that and `,"p":"<64 digits>"`.
    static let hashesLength = 71 + hashLength

    /// The two hashes at the end, which lines of all versions have.
    @inline(__always)
    private static func hashes(in bytes: UnsafeRawBufferPointer) throws -> (previous: Digest, hash: Digest) {
        var scanner = JSONScanner(bytes, at: max(0, bytes.count - hashesLength))
        guard scanner.take(",\"p\":\""), let previous = scanner.take(64).flatMap({ Digest(hexadecimal: $0) }),
            scanner.take("\",\"h\":\""), let hash = scanner.take(64).flatMap({ Digest(hexadecimal: $0) }),
            scanner.take("\"}"), scanner.isAtEnd
        else { throw scanner.malformed() }
        return (previous, hash)
    }

    /// Appends a line with its newline to `out` and returns its hash.
    ///
    /// - Parameter previous: The hash of the line before; `nil` leaves both hashes zero, for a line that is encoded again
    ///   before it is written.
    static func encode(
        _ entry: NewEntry, node: String, sequence: Int, time: HybridTime, written: [UInt8], group: Group,
        previous: Digest?, into out: inout [UInt8]
    ) -> Digest {
        let start = out.count
        var json = JSONWriter(continuing: &out)
        json.openObject()
        json.key("v")
        json.integer(version)
        json.key("n")
        json.string(node)
        json.key("s")
        json.integer(sequence)
        json.key("c")
        json.openArray()
        json.integer(Int(time.milliseconds))
        json.integer(time.counter)
        json.closeArray()
        json.key("t")
        json.plain(written)
        json.key("id")
        json.plain(entry.id.bytes)
        json.key("by")
        json.string(entry.by)
        json.key("k")
        json.string(entry.kind)
        if group.count > 1 {
            json.key("g")
            json.openArray()
            json.integer(group.index)
            json.integer(group.count)
            json.closeArray()
        }
        if !entry.idempotency.isEmpty, group.index == 0 {
            json.key("i")
            json.raw(entry.idempotency)
        }
        if !entry.sealed.isEmpty {
            json.key("x")
            json.raw(entry.sealed)
        }
        json.key("d")
        json.raw(entry.data)
        json.key("p")
        json.plain((previous ?? .zero).hexadecimal)
        let hash =
            previous == nil
            ? .zero : json.bytes.withUnsafeBytes { Digest(of: UnsafeRawBufferPointer(rebasing: $0[start...])) }
        json.key("h")
        json.plain(hash.hexadecimal)
        json.closeObject()
        out = json.bytes
        json = JSONWriter()
        out.append(UInt8(ascii: "\n"))
        return hash
    }
}
