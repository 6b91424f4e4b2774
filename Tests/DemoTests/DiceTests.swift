import Estate
import Testing

@testable import Demo

@Suite struct DiceTests {
    @Test("Streams repeat themselves and differ from one another")
    func streams() {
        var first = Dice(seed: 5, "a", 1)
        var again = Dice(seed: 5, "a", 1)
        var other = Dice(seed: 5, "a", 2)
        let draws = (0..<8).map { _ in first.next() }
        #expect((0..<8).map { _ in again.next() } == draws)
        #expect((0..<8).map { _ in other.next() } != draws)
    }

    @Test("Draws stay within their bounds and reach both ends")
    func bounds() {
        var dice = Dice(seed: 1, "bounds")
        let drawn = Set((0..<500).map { _ in dice.between(2...5) })
        #expect(drawn == [2, 3, 4, 5])
        #expect(dice.shuffled(Array(0..<50)).sorted() == Array(0..<50))
    }
}
