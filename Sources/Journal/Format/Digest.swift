import Crypto
import Glibc

/// A SHA-256 digest: the `h` or `p` of a line.
public struct Digest: Hashable, Sendable {
    private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

    /// All zeros: the `p` of a log's first line.
    public static let zero = Digest()

    private init() {}

    public init(of bytes: UnsafeRawBufferPointer) {
        var hash = SHA256()
        hash.update(bufferPointer: bytes)
        self = hash.finalize().withUnsafeBytes { Digest(raw: $0) }
    }

    /// The digest of a range of an open file, which is read in parts.
    init(of range: Range<Int>, in file: Int32, on disk: any Disk) throws {
        var (hash, place) = (SHA256(), range.lowerBound)
        while place < range.upperBound {
            let part = try disk.bytes(of: file, from: place, count: min(range.upperBound - place, Line.longest))
            if part.isEmpty { throw DiskFailure(call: "read", path: "\(file)", number: ESTALE) }
            hash.update(data: part)
            place += part.count
        }
        self = hash.finalize().withUnsafeBytes { Digest(raw: $0) }
    }

    /// - Precondition: `raw` has 32 bytes.
    init(raw: UnsafeRawBufferPointer) {
        func word(_ at: Int) -> UInt64 { UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)) }
        words = (word(0), word(8), word(16), word(24))
    }

    /// Decodes 64 lower-case hexadecimal digits; `nil` for anything else.
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

    /// Decodes eight digits at once; sets bits of `bad` if one is no digit. Hashes are most of the bytes a reader
    /// decodes.
    @inline(__always)
    private static func half(_ bytes: UnsafeRawBufferPointer, _ place: Int, _ bad: inout UInt64) -> UInt64 {
        let digits = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
        // A letter has bit 6 set, and its low four bits are 1 for `a`.
        let nibbles = (digits & every(0x0F)) &+ (digits >> 6 & every(1)) &* 9
        // A byte was a digit if encoding its four bits gives the same byte.
        let letters = (nibbles &+ every(6)) >> 4 & every(1)
        bad |= (nibbles & every(0xF0)) | ((nibbles &+ every(0x30) &+ letters &* 39) ^ digits)
        let octets = (nibbles | nibbles >> 4) & 0x00FF_00FF_00FF_00FF
        let pairs = (octets | octets >> 8) & 0x0000_FFFF_0000_FFFF
        return (pairs | pairs >> 16) & 0xFFFF_FFFF
    }

    /// The byte, repeated eight times.
    @inline(__always)
    private static func every(_ byte: UInt64) -> UInt64 { byte &* 0x0101_0101_0101_0101 }

    /// Decodes ``text``; `nil` for anything else.
    public init?(_ text: String) {
        var text = text
        guard let digest = text.withUTF8({ Digest(hexadecimal: UnsafeRawBufferPointer($0)) }) else { return nil }
        self = digest
    }

    /// 32 bytes; `nil` for any other number.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        self = bytes.withUnsafeBytes { Digest(raw: $0) }
    }

    /// The 32 bytes.
    public var bytes: [UInt8] {
        let big = (words.0.bigEndian, words.1.bigEndian, words.2.bigEndian, words.3.bigEndian)
        return withUnsafeBytes(of: big) { Array($0) }
    }

    /// 64 hexadecimal digits, as ASCII.
    var hexadecimal: [UInt8] {
        func digit(_ nibble: UInt64) -> UInt8 { UInt8(nibble < 10 ? 0x30 + nibble : 0x57 + nibble) }
        return [UInt8](unsafeUninitializedCapacity: 64) { digits, count in
            func write(_ word: UInt64, at start: Int) {
                for place in 0..<16 { digits[start + place] = digit(word >> UInt64(60 - 4 * place) & 15) }
            }
            write(words.0, at: 0)
            write(words.1, at: 16)
            write(words.2, at: 32)
            write(words.3, at: 48)
            count = 64
        }
    }

    /// 64 hexadecimal digits.
    public var text: String { String(decoding: hexadecimal, as: UTF8.self) }

    public static func == (a: Digest, b: Digest) -> Bool { a.words == b.words }

    public func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}
