/// A pseudo-random generator that repeats itself for the same seed: SplitMix64 (Steele, Lea, Flood 2014).
///
/// The draws are implemented here, because those of the standard library may change between versions of Swift.
package struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    /// An independent stream for one purpose, so that a change in one part of the simulation leaves the others unchanged.
    ///
    /// - Parameters:
    ///   - purpose: The name of the stream, hashed with FNV-1a.
    ///   - number: Distinguishes streams of the same purpose, such as one per day.
    package init(seed: UInt64, _ purpose: String, _ number: Int = 0) {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in purpose.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        state = seed ^ hash &+ UInt64(bitPattern: Int64(number)) &* 0x9E37_79B9_7F4A_7C15
        state = next()
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }

    /// A number from 0 to `bound` - 1; 0 when `bound` is not positive.
    package mutating func below(_ bound: Int) -> Int {
        Int(next().multipliedFullWidth(by: UInt64(max(bound, 1))).high)
    }

    package mutating func between(_ range: ClosedRange<Int>) -> Int { range.lowerBound + below(range.count) }

    /// `true` with a probability of `percent` in a hundred.
    package mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

    /// - Precondition: `elements` is not empty.
    package mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }

    /// One of the elements, with a probability proportional to its weight.
    ///
    /// - Precondition: `weighted` is not empty.
    package mutating func pick<Element>(_ weighted: [(Element, weight: Int)]) -> Element {
        var left = below(weighted.reduce(0) { $0 + $1.weight })
        for (element, weight) in weighted {
            if left < weight { return element }
            left -= weight
        }
        return weighted[weighted.count - 1].0
    }

    package mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
        var elements = elements
        for place in stride(from: elements.count - 1, to: 0, by: -1) { elements.swapAt(place, below(place + 1)) }
        return elements
    }
}
