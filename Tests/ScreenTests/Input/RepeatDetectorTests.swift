import Screen
import Testing

@Suite("Enters that may come from a held key")
struct RepeatDetectorTests {
    private typealias Read = (after: Int, events: [Event])

    /// What comes of reads, each some milliseconds after the one before; what waits is asked for in time.
    private func marked(_ reads: [Read]) -> [Event] {
        var (detector, now, result) = (RepeatDetector(), ContinuousClock.now, [Event]())
        for read in reads {
            now += .milliseconds(read.after)
            if let deadline = detector.deadline, deadline <= now { result += detector.mark([], at: deadline) }
            result += detector.mark(read.events, at: now)
        }
        if let deadline = detector.deadline { result += detector.mark([], at: deadline) }
        return result
    }

    private let enter = Event.key(.enter)
    private let again = Event.repeated(.enter)
    private let other = Event.key(.character("a"))

    @Test(
        "Of a key held down only the first Enter is no repetition",
        arguments: [(250, 30), (500, 30), (660, 40), (250, 250), (350, 350), (500, 500), (660, 500)])
    func cadences(first: Int, every: Int) {
        let repetitions = [(first, [enter])] + Array(repeating: (every, [enter]), count: 40)
        #expect(marked([(0, [enter])] + repetitions) == [enter] + Array(repeating: again, count: 41))
    }

    @Test("Enters that a stalled line delivers at once are repetitions, however long it stalled")
    func stalled() {
        let burst = Array(repeating: enter, count: 5)
        #expect(marked([(0, [enter]), (2000, burst)]) == [enter] + burst.map { _ in again })
        // The burst arrives in two reads.
        #expect(marked([(0, [enter]), (2000, [enter]), (10, burst)]) == [enter] + ([enter] + burst).map { _ in again })
        #expect(marked([(0, burst)]) == [enter] + burst.dropFirst().map { _ in again })
    }

    @Test("An Enter after a pause, or after another key, is none")
    func pressedAnew() {
        #expect(marked([(0, [enter]), (700, [enter]), (700, [enter])]) == [enter, enter, enter])
        #expect(marked([(0, [enter]), (699, [enter])]) == [enter, again])
        #expect(marked([(0, [enter, other, enter, other]), (5, [enter])]) == [enter, other, enter, other, enter])
        #expect(marked([(0, [enter, .paste("漏水"), enter])]) == [enter, .paste("漏水"), enter])
        #expect(marked([(0, [enter, .resize(Size(width: 80, height: 24)), enter])]).last == again)
    }

    /// Whoever goes through a list presses Enter about every half second, and not as evenly as a keyboard.
    @Test("Enters in the rhythm of a hand count each, from the second or third of a run on")
    func rhythm() {
        let slow = [(0, [enter])] + Array(repeating: (550, [enter]), count: 20)
        #expect(marked(slow) == [enter, again] + Array(repeating: enter, count: 19))
        let uneven = [(0, [enter])] + [500, 470, 520, 450, 505, 480, 430].map { ($0, [enter]) }
        #expect(marked(uneven) == [enter, again, again] + Array(repeating: enter, count: 5))
        // Held down in the midst of it, the key repeats quickly or evenly.
        let held = [520, 30, 30, 30].map { ($0, [enter]) }
        #expect(marked(uneven + held).suffix(4) == [again, again, again, again])
        let evenly = Array(repeating: (400, [enter]), count: 6)
        #expect(marked(uneven + evenly).suffix(4) == [again, again, again, again])
        // A held key whose line stalls sends one late.
        let stalled = [(0, [enter]), (500, [enter])] + Array(repeating: (33, [enter]), count: 9) + [(600, [enter])]
        #expect(marked(stalled).last == again)
        // Two presses come never as quickly as this.
        #expect(marked(uneven + [(299, [enter])]).last == again)
    }

    @Test("An Enter after an earlier one waits 25 ms for a further one; what arrives meanwhile comes after it")
    func waiting() {
        var (detector, now) = (RepeatDetector(), ContinuousClock.now)
        #expect(detector.mark([enter], at: now) == [enter])
        #expect(detector.deadline == nil)
        now += .seconds(1)
        #expect(detector.mark([enter], at: now) == [])
        #expect(detector.deadline == now + .milliseconds(25))
        #expect(detector.mark([], at: now + .milliseconds(24)) == [])
        #expect(detector.mark([other], at: now + .milliseconds(24)) == [enter, other])
        #expect(detector.deadline == nil)
    }
}
