/// Marks every Enter that may come from a held key, so that it is not taken for a decision.
///
/// A terminal does not tell a key that repeats by itself from one that is pressed again. An Enter counts as repeated if
/// the key before it was Enter too, and
/// - arrived less than ``longestGap`` before: keyboards begin to repeat after 250 to 660 ms, then repeat every 25 to 500 ms;
/// - or arrived earlier, but a further Enter arrives together with this one: a stalled line delivers at once what a held
///   key sent meanwhile. What arrives within ``settling`` counts as together.
///
/// Any other key between two Enters shows that the first was released.
///
/// A value without a clock: the caller passes the moments of arrival.
public struct RepeatDetector: Equatable, Sendable {
    public typealias Instant = ContinuousClock.Instant

    /// Two Enters with less than this between them may come from one held key.
    public static let longestGap = Duration.milliseconds(700)
    /// How long an Enter that follows an earlier one waits for a further one.
    public static let settling = Duration.milliseconds(25)

    /// When the last key arrived, if it was Enter.
    private var lastEnter: Instant?
    /// When the Enter arrived that waits for a further one.
    private var waiting: Instant?

    public init() {}

    /// When ``mark(_:at:)`` has to be called again although nothing has arrived; `nil` if nothing waits.
    public var deadline: Instant? { waiting.map { $0 + RepeatDetector.settling } }

    /// The events with every repeated Enter marked. An Enter that waits for a further one comes with a later call.
    public mutating func mark(_ arrived: [Event], at now: Instant) -> [Event] {
        let first = waiting
        let events = first == nil ? arrived : [.key(.enter)] + arrived
        waiting = nil
        var marked: [Event] = []
        for (index, event) in events.enumerated() {
            guard event == .key(.enter) else {
                if event.isTyped { lastEnter = nil }
                marked.append(event)
                continue
            }
            let arrival = index == 0 ? first ?? now : now
            if let lastEnter {
                let rest = events[(index + 1)...]
                if arrival - lastEnter < RepeatDetector.longestGap || rest.first == event {
                    marked.append(.repeated(.enter))
                } else if rest.isEmpty, now - arrival < RepeatDetector.settling {
                    waiting = arrival
                    break
                } else {
                    marked.append(event)
                }
            } else {
                marked.append(event)
            }
            lastEnter = arrival
        }
        return marked
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
