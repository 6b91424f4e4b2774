import CSystem
import Synchronization

/// A ULID, the id of an entry: 48 bits of Unix time in milliseconds and 80 random bits, as 26 digits of Crockford's
/// base 32.
public struct EntryID: Hashable, Comparable, Sendable {
    public let high: UInt64
    public let low: UInt64

    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// A new id with the system's random numbers.
    public init(at moment: Moment) {
        var generator = RandomBlocks()
        self.init(at: moment, using: &generator)
    }

    /// A new id with random numbers from `generator`.
    public init(at moment: Moment, using generator: inout some RandomNumberGenerator) {
        let time = UInt64(max(0, moment.milliseconds)) & 0xFFFF_FFFF_FFFF
        self.init(high: time << 16 | UInt64(UInt16.random(in: .min ... .max, using: &generator)), low: generator.next())
    }

    // Random throughout.
    public func hash(into hasher: inout Hasher) { hasher.combine(low) }

    public static func < (a: EntryID, b: EntryID) -> Bool { (a.high, a.low) < (b.high, b.low) }

    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
    private static let values: [UInt8] = {
        var table = [UInt8](repeating: 0xFF, count: 256)
        for (value, letter) in alphabet.enumerated() { table[Int(letter)] = UInt8(value) }
        return table
    }()

    /// 26 digits, as ASCII.
    public var bytes: [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 26) { out, count in
            var (high, low) = (high, low)
            for place in stride(from: 25, through: 0, by: -1) {
                out[place] = EntryID.alphabet[Int(low & 31)]
                low = low >> 5 | high << 59
                high >>= 5
            }
            count = 26
        }
    }

    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Decodes 26 digits in capitals; `nil` for anything else.
    public init?(_ bytes: UnsafeRawBufferPointer) {
        guard bytes.count == 26 else { return nil }
        var (high, low): (UInt64, UInt64) = (0, 0)
        let values = EntryID.values
        for place in 0..<26 {
            let value = values[Int(bytes[place])]
            guard value != 0xFF, place > 0 || value < 8 else { return nil }
            high = high << 5 | low >> 59
            low = low << 5 | UInt64(value)
        }
        self.init(high: high, low: low)
    }

    public init?(_ text: String) {
        let id = Array(text.utf8).withUnsafeBytes { EntryID($0) }
        guard let id else { return nil }
        self = id
    }
}

extension EntryID: CustomStringConvertible {
    public var description: String { text }
}

/// The system's random numbers, asked for in blocks: an import makes ids for many rows.
private struct RandomBlocks: RandomNumberGenerator {
    private static let stock = Mutex<[UInt64]>([])

    mutating func next() -> UInt64 {
        let number = RandomBlocks.stock.withLock { stock in
            if stock.isEmpty {
                stock = [UInt64](unsafeUninitializedCapacity: 32) { block, count in
                    // 256 bytes come whole, or not at all.
                    count = max(0, getrandom(block.baseAddress, 256, 0)) / 8
                }
            }
            return stock.popLast()
        }
        if let number { return number }
        var system = SystemRandomNumberGenerator()
        return system.next()
    }
}
