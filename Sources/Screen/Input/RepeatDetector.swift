/// Marks every Enter that may come from a held key, so that it is not taken for a decision.
///
/// A terminal does not tell a key that repeats by itself from one that is pressed again. An Enter counts as repeated if
/// the key before it was Enter too, and
/// - arrived less than ``longestGap`` before, unless the rhythm is none of a held key: keyboards begin to repeat after 250
///   to 660 ms, then repeat every 25 to 500 ms, evenly. In a run of Enters, one that arrives at least ``shortestPress``
///   after the one before, as those before it did, is a press if that is longer than any keyboard takes to repeat again
///   (``slowestRepeat``), or if the gaps before it were others (``evenness``);
/// - or a further Enter arrives together with this one: a stalled line delivers at once what a held key sent meanwhile.
///   What arrives within ``settling`` counts as together.
///
/// Any other key between two Enters shows that the first was released.
///
/// A value without a clock: the caller passes the moments of arrival.
public struct RepeatDetector: Equatable, Sendable {
    public typealias Instant = ContinuousClock.Instant

    /// Two Enters with less than this between them may come from one held key.
    public static let longestGap = Duration.milliseconds(700)
    /// Two Enters with less than this between them are never two presses.
    public static let shortestPress = Duration.milliseconds(300)
    /// No keyboard repeats as slowly as this, but for the first time.
    public static let slowestRepeat = Duration.milliseconds(530)
    /// The most by which the gaps between the repetitions of a held key differ.
    public static let evenness = Duration.milliseconds(20)
    /// How long an Enter that follows an earlier one waits for a further one; in a run as long as a key repeats quickly.
    public static let settling = Duration.milliseconds(25)
    public static let settlingInRun = Duration.milliseconds(60)

    /// When the last key arrived, if it was Enter.
    private var lastEnter: Instant?
    /// The gaps of less than ``longestGap`` between the last Enters.
    private var run = Run()
    /// The Enter that waits for a further one.
    private var waiting: Waiting?

    private struct Run: Equatable {
        var count = 0
        /// The last two, without the first of the run, which is a keyboard's delay if the key is held.
        var recent: [Duration] = []

        mutating func add(_ gap: Duration) {
            if count > 0 { recent = recent.suffix(1) + [gap] }
            count += 1
        }
    }

    private struct Waiting: Equatable {
        let arrival: Instant
        let end: Instant
    }

    public init() {}

    /// When ``mark(_:at:)`` has to be called again although nothing has arrived; `nil` if nothing waits.
    public var deadline: Instant? { waiting?.end }

    /// The events with every repeated Enter marked. An Enter that waits for a further one comes with a later call.
    public mutating func mark(_ arrived: [Event], at now: Instant) -> [Event] {
        let former = waiting
        let events = former == nil ? arrived : [.key(.enter)] + arrived
        waiting = nil
        var marked: [Event] = []
        for (index, event) in events.enumerated() {
            guard event == .key(.enter) else {
                if event.isTyped { (lastEnter, run) = (nil, Run()) }
                marked.append(event)
                continue
            }
            let arrival = index == 0 ? former?.arrival ?? now : now
            guard let lastEnter else {
                marked.append(event)
                self.lastEnter = arrival
                continue
            }
            let gap = arrival - lastEnter
            let isQuick = gap < RepeatDetector.longestGap
            let rest = events[(index + 1)...]
            if isQuick && !isPress(after: gap) || rest.first == event {
                marked.append(.repeated(.enter))
            } else {
                let end =
                    arrival + (isQuick ? RepeatDetector.settlingInRun : RepeatDetector.settling)
                if rest.isEmpty, now < end {
                    waiting = Waiting(arrival: arrival, end: end)
                    break
                }
                marked.append(event)
            }
            if isQuick { run.add(gap) } else { run = Run() }
            self.lastEnter = arrival
        }
        return marked
    }

    /// Whether an Enter that follows another quickly cannot be the repetition of a held key.
    private func isPress(after gap: Duration) -> Bool {
        // After quick repeats a late Enter is one of a held key that was delayed.
        guard run.count > 0, (run.recent + [gap]).allSatisfy({ $0 >= RepeatDetector.shortestPress }) else {
            return false
        }
        if gap >= RepeatDetector.slowestRepeat { return true }
        return run.recent.contains { max($0, gap) - min($0, gap) > RepeatDetector.evenness }
    }
}

extension Event {
    /// Whether the event comes from the keyboard.
    fileprivate var isTyped: Bool {
        switch self {
        case .key, .repeated, .paste: true
        case .resize, .mouse, .focusGained, .focusLost, .resumed, .hangup: false
        }
    }
}
