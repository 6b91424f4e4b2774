/// Random bytes and mutations, determined by a seed so that failures can be reproduced.
public struct Fuzz: RandomNumberGenerator {
    private var state: UInt64

    public init(_ seed: Int) { state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1 }

    public mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state &* 0x2545_F491_4F6C_DD1D
    }

    public mutating func below(_ count: Int) -> Int { Int.random(in: 0..<count, using: &self) }

    public mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }

    public mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(below(256)) } }

    /// The bytes with a few random changes: flipped bits, replaced, removed, repeated and inserted bytes, a cut end.
    public mutating func mutate(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0...below(6) where !bytes.isEmpty {
            let place = below(bytes.count)
            switch below(6) {
            case 0: bytes[place] ^= 1 << UInt8(below(8))
            case 1: bytes[place] = UInt8(below(256))
            case 2: bytes.removeSubrange(place..<min(bytes.count, place + 1 + below(9)))
            case 3: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 1 + below(40))], at: place)
            case 4: bytes.insert(pick([0x00, 0x22, 0x2C, 0x0A, 0x0D, 0xFF, 0x81, 0x30, 0xE4, 0x80]), at: place)
            default: bytes.removeSubrange(place...)
            }
        }
        return bytes
    }
}
