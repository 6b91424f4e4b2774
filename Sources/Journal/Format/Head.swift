import Glibc

/// The HEAD file: the last acknowledged line, with its sequence number, hash and end.
///
/// Two slots of 128 bytes are written in turn, so a torn write leaves the other one: number (8 bytes, little-endian),
/// hash (32), end of the line in its segment (8, little-endian), the segment's name (48, padded with zeros), and the
/// SHA-256 of all that. The valid slot with the highest number counts. HEAD is not synced and is written after
/// the log is (J1): it may be stale after a power cut, never ahead. If the log ends before it, acknowledged lines are
/// lost; if the line of its number has another hash, lines were changed and hashed anew.
///
/// A third slot, for no line, is synced when the log is made and never written again: a power cut may tear both others,
/// and a HEAD without any valid slot was removed or damaged.
///
/// A mirror has a HEAD of its own, which says how far its bytes are synced; there the number counts the writes of HEAD,
/// and the hash is zero.
struct Head {
    var sequence = 0
    var hash = Digest.zero
    /// The segment of the line; empty before the first.
    var segment = ""
    /// The end of the line, after its newline, in bytes from the segment's start.
    var offset = 0
    /// The slot for the next write, 0 or 1.
    private var slot = 0
    /// Whether a slot is valid.
    private(set) var isKnown = false

    static let slotSize = 128
    static let size = 3 * slotSize
    private static let nameSize = 48
    /// The bytes that the checksum covers.
    private static let contentSize = slotSize - 32

    init() {}

    /// Reads HEAD; `sequence` is 0 when no slot is valid.
    init(reading file: Int32, from disk: any Disk) throws {
        let slots = try disk.bytes(of: file, from: 0, count: Head.size)
        slots.withUnsafeBytes { decode($0) }
    }

    /// The same from the content of the file.
    init(_ slots: [UInt8]) { slots.withUnsafeBytes { decode($0) } }

    private mutating func decode(_ slots: UnsafeRawBufferPointer) {
        for candidate in 0..<3 where (candidate + 1) * Head.slotSize <= slots.count {
            let start = candidate * Head.slotSize
            let bytes = UnsafeRawBufferPointer(rebasing: slots[start..<start + Head.slotSize])
            let content = UnsafeRawBufferPointer(rebasing: bytes[..<Head.contentSize])
            func number(at place: Int) -> Int {
                Int(Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: Int64.self)))
            }
            // Numbers that no log can reach were not written by a program like this.
            guard Digest(of: content).bytes.elementsEqual(bytes[Head.contentSize...]),
                [0, 40].allSatisfy({ (0..<1 << 48).contains(number(at: $0)) })
            else { continue }
            isKnown = true
            if candidate == 2 { continue }
            if number(at: 0) >= sequence {
                sequence = number(at: 0)
                hash = Digest(raw: UnsafeRawBufferPointer(rebasing: bytes[8..<40]))
                offset = number(at: 40)
                segment = String(decoding: bytes[48..<48 + Head.nameSize].prefix { $0 != 0 }, as: UTF8.self)
                slot = 1 - candidate
            }
        }
    }

    mutating func write(
        sequence: Int, hash: Digest, segment: String, offset: Int, to file: Int32, on disk: any Disk
    ) throws {
        var next = self
        next.set(sequence: sequence, hash: hash, segment: segment, offset: offset)
        let bytes = next.encoded
        try bytes.withUnsafeBytes { try disk.write($0, to: file, at: slot * Head.slotSize) }
        (next.slot, next.isKnown) = (1 - slot, true)
        self = next
    }

    mutating func set(sequence: Int, hash: Digest, segment: String, offset: Int) {
        (self.sequence, self.hash, self.segment, self.offset) = (sequence, hash, segment, offset)
    }

    /// The content of a new file.
    var file: [UInt8] { encoded + [UInt8](repeating: 0, count: Head.slotSize) + Head().encoded }

    /// The bytes of one slot.
    var encoded: [UInt8] {
        func number(_ value: Int) -> [UInt8] { withUnsafeBytes(of: Int64(value).littleEndian) { Array($0) } }
        var bytes = number(sequence) + hash.bytes + number(offset) + segment.utf8.prefix(Head.nameSize)
        bytes += [UInt8](repeating: 0, count: Head.contentSize - bytes.count)
        return bytes + bytes.withUnsafeBytes { Digest(of: $0) }.bytes
    }
}
