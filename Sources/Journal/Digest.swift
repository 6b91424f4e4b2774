import Crypto

/// A SHA-256 digest: what a line says of itself and of the line before it.
public struct Digest: Hashable, Sendable {
    private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

    /// Sixty-four zeros: what the first line of a log says of the line before it.
    public static let zero = Digest()

    private init() {}

    public init(of bytes: UnsafeRawBufferPointer) {
        var hash = SHA256()
        hash.update(bufferPointer: bytes)
        self = hash.finalize().withUnsafeBytes { Digest(raw: $0) }
    }

    /// From 32 bytes.
    init(raw: UnsafeRawBufferPointer) {
        func word(_ at: Int) -> UInt64 { UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)) }
        words = (word(0), word(8), word(16), word(24))
    }

    /// From 64 lower-case hexadecimal digits.
    @inline(__always)
    init?(hexadecimal: UnsafeRawBufferPointer) {
        guard hexadecimal.count == 64 else { return nil }
        var bad: UInt64 = 0
        words = (
            Digest.word(hexadecimal, 0, &bad), Digest.word(hexadecimal, 16, &bad), Digest.word(hexadecimal, 32, &bad),
            Digest.word(hexadecimal, 48, &bad)
        )
        if bad != 0 { return nil }
    }

    @inline(__always)
    private static func word(_ digits: UnsafeRawBufferPointer, _ place: Int, _ bad: inout UInt64) -> UInt64 {
        half(digits, place, &bad) << 32 | half(digits, place + 8, &bad)
    }

    /// The value of eight digits, all at once: two hashes a line are most of what a reader has to read.
    @inline(__always)
    private static func half(_ bytes: UnsafeRawBufferPointer, _ place: Int, _ bad: inout UInt64) -> UInt64 {
        let digits = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
        // A letter has bit 6 set, and its low four bits count from 1.
        let nibbles = (digits & every(0x0F)) &+ (digits >> 6 & every(1)) &* 9
        // What is written back the same, from four bits each, was a digit.
        let letters = (nibbles &+ every(6)) >> 4 & every(1)
        bad |= (nibbles & every(0xF0)) | ((nibbles &+ every(0x30) &+ letters &* 39) ^ digits)
        let octets = (nibbles | nibbles >> 4) & 0x00FF_00FF_00FF_00FF
        let pairs = (octets | octets >> 8) & 0x0000_FFFF_0000_FFFF
        return (pairs | pairs >> 16) & 0xFFFF_FFFF
    }

    /// A byte, eight times.
    @inline(__always)
    private static func every(_ byte: UInt64) -> UInt64 { byte &* 0x0101_0101_0101_0101 }

    /// From what ``text`` gives.
    public init?(_ text: String) {
        var text = text
        guard let digest = text.withUTF8({ Digest(hexadecimal: UnsafeRawBufferPointer($0)) }) else { return nil }
        self = digest
    }

    /// The 32 bytes.
    var bytes: [UInt8] {
        let big = (words.0.bigEndian, words.1.bigEndian, words.2.bigEndian, words.3.bigEndian)
        return withUnsafeBytes(of: big) { Array($0) }
    }

    /// The 64 hexadecimal digits, as ASCII.
    var hexadecimal: [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(64)
        for byte in bytes {
            out.append(JSONWriter.hexadecimal[Int(byte >> 4)])
            out.append(JSONWriter.hexadecimal[Int(byte & 15)])
        }
        return out
    }

    public var text: String { String(decoding: hexadecimal, as: UTF8.self) }

    public static func == (a: Digest, b: Digest) -> Bool { a.words == b.words }

    public func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}
