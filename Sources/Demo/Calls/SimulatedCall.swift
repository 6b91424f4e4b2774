import Estate
import Journal

/// Records one call. Each step advances `at`, the current moment of the call.
struct SimulatedCall {
    private static let secondsPerRing = 5

    let call: Ref<Call>
    let by: String
    private(set) var at: Moment

    init(
        _ direction: CallDirection, _ phone: Phone?, about: CallSubject? = nil, for purpose: String? = nil,
        at moment: Moment, by: String, _ batch: inout Store.Batch
    ) throws {
        (self.by, at) = (by, moment)
        let ring = RingCall(direction: direction, phone: phone, about: about, purpose: purpose)
        call = Ref(try batch.perform(ring, by: by, at: moment).id)
    }

    mutating func wait(_ seconds: Int) { at = at.adding(seconds: seconds) }

    mutating func answer(rings: Int, greeting: Bool?, _ batch: inout Store.Batch) throws {
        wait(rings * Self.secondsPerRing)
        try batch.perform(AnswerCall(call: call, rings: rings, greeting: greeting), by: by, at: at)
    }

    /// Ends the call unanswered.
    mutating func miss(after seconds: Int, _ batch: inout Store.Batch) throws {
        wait(seconds)
        try end(closing: nil, hungUp: nil, &batch)
    }

    mutating func say(_ words: CallWords, _ batch: inout Store.Batch) throws {
        wait(4)
        try batch.perform(SayWords(call: call, words: words), by: by, at: at)
    }

    func end(closing: Bool?, hungUp: Bool?, wrong: Bool? = nil, _ batch: inout Store.Batch) throws {
        try batch.perform(EndCall(call: call, closing: closing, hungUp: hungUp, wrong: wrong), by: by, at: at)
    }
}
