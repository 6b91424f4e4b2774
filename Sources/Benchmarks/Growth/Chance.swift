/// Chance that can be repeated: SplitMix64.
struct Chance: RandomNumberGenerator {
    private var state: UInt64 = 1

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }

    mutating func between(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

    mutating func percent(_ share: Int) -> Bool { between(0...99) < share }

    /// - Precondition: there is something to pick from.
    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[between(0...elements.count - 1)] }
}
