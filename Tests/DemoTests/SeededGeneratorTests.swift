import Estate
import Testing

@testable import Demo

@Suite struct SeededGeneratorTests {
    @Test("a stream repeats itself for the same seed, purpose and number, and differs for another number")
    func streams() {
        var first = SeededGenerator(seed: 5, "a", 1)
        var again = SeededGenerator(seed: 5, "a", 1)
        var other = SeededGenerator(seed: 5, "a", 2)
        let draws = (0..<8).map { _ in first.next() }
        #expect((0..<8).map { _ in again.next() } == draws)
        #expect((0..<8).map { _ in other.next() } != draws)
    }

    @Test("draws stay within their bounds and reach both ends")
    func bounds() {
        var random = SeededGenerator(seed: 1, "bounds")
        let drawn = Set((0..<500).map { _ in random.between(2...5) })
        #expect(drawn == [2, 3, 4, 5])
        #expect(random.shuffled(Array(0..<50)).sorted() == Array(0..<50))
    }
}
