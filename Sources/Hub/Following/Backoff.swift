/// The pauses between attempts to reach a hub: each twice as long as the one before, and by chance up to a half shorter,
/// so that a hundred machines do not come back in the same second.
struct Backoff {
    /// In seconds.
    private static let first = 1.0
    private static let longest = 60.0
    /// After a refusal that a person has to mend, such as a wrong password.
    private static let longestRefused = 300.0

    private var next = first

    /// The hub was reached.
    mutating func reset() { next = Backoff.first }

    mutating func pause(isPassing: Bool, using generator: inout some RandomNumberGenerator) -> Double {
        let longest = isPassing ? Backoff.longest : Backoff.longestRefused
        let pause = min(next, longest)
        next = min(2 * next, longest)
        return .random(in: pause / 2...pause, using: &generator)
    }
}
