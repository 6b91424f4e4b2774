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
    init?(hexadecimal: UnsafeRawBufferPointer) {
        guard hexadecimal.count == 64 else { return nil }
        var bad: UInt8 = 0
        func word(_ start: Int) -> UInt64 {
            var value: UInt64 = 0
            for place in start..<start + 16 {
                let digit = Digest.digits[Int(hexadecimal[place])]
                bad |= digit & 0xF0
                value = value << 4 | UInt64(digit & 15)
            }
            return value
        }
        words = (word(0), word(16), word(32), word(48))
        if bad != 0 { return nil }
    }

    private static let digits: [UInt8] = {
        var table = [UInt8](repeating: 0xFF, count: 256)
        for (value, letter) in JSONWriter.hexadecimal.enumerated() { table[Int(letter)] = UInt8(value) }
        return table
    }()

    /// The 32 bytes.
    var bytes: [UInt8] {
        [words.0, words.1, words.2, words.3].flatMap { word in
            stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> UInt64($0)) }
        }
    }

    /// The 64 hexadecimal digits, as ASCII.
    var hexadecimal: [UInt8] {
        bytes.flatMap { [JSONWriter.hexadecimal[Int($0 >> 4)], JSONWriter.hexadecimal[Int($0 & 15)]] }
    }

    public var text: String { String(decoding: hexadecimal, as: UTF8.self) }

    public static func == (a: Digest, b: Digest) -> Bool { a.words == b.words }

    public func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}
