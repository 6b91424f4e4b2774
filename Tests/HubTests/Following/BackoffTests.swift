import TestSupport
import Testing

@testable import Hub

@Suite("Pauses between attempts")
struct BackoffTests {
    @Test("each pause is up to twice the one before, and none is longer than a minute; refusals wait up to five")
    func doubling() {
        var random = SeededRandom(seed: 1)
        for (isPassing, longest) in [(true, 60.0), (false, 300.0)] {
            var backoff = Backoff()
            var expected = 1.0
            for _ in 0..<12 {
                let pause = backoff.pause(isPassing: isPassing, using: &random)
                #expect(pause >= expected / 2 && pause <= expected)
                expected = min(2 * expected, longest)
            }
            #expect(expected == longest)
            backoff.reset()
            #expect(backoff.pause(isPassing: isPassing, using: &random) <= 1)
        }
    }

    @Test("two machines that lost the hub together do not come back together")
    func jitter() {
        var (one, other) = (Backoff(), Backoff())
        var random = SeededRandom(seed: 2)
        let pairs = (0..<8).map { _ in
            (one.pause(isPassing: true, using: &random), other.pause(isPassing: true, using: &random))
        }
        #expect(pairs.allSatisfy { $0 != $1 })
    }
}
