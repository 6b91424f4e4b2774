import Journal

/// A clock that does not go with the last record: it lies more than five minutes before that, or more than a day after.
///
/// What is recorded under it is kept. An hour without a record is no sign of a wrong clock, so only a clock far ahead is
/// told.
public enum ClockDifference: Hashable, Sendable {
    /// Seconds between the clock and the last record.
    case ahead(Int)
    case behind(Int)

    /// The code of the warning on a receipt.
    public var code: String {
        switch self {
        case .ahead: "clock.ahead"
        case .behind: "clock.behind"
        }
    }

    /// The seconds beyond which somebody should look at the clock before working on.
    private static let far = 86_400

    /// Whether it is more than a day.
    public var isFar: Bool {
        switch self {
        case .ahead(let seconds), .behind(let seconds): seconds > ClockDifference.far
        }
    }

    fileprivate init?(_ now: Moment, after last: Moment) {
        let seconds = now.seconds(since: last)
        if seconds > ClockDifference.far {
            self = .ahead(seconds)
        } else if last.seconds(since: now) > Store.tolerance {
            self = .behind(last.seconds(since: now))
        } else {
            return nil
        }
    }

    /// For people: what the clock says, and the last record.
    public func label(now: Moment, _ estate: Estate) -> Label {
        func words(_ language: Language) -> (now: String, last: String) {
            let last = estate.nodes.lastWritten ?? now
            return (
                now.display(zone: estate.zone, language: language), last.display(zone: estate.zone, language: language)
            )
        }
        let (chinese, english) = (words(.chinese), words(.english))
        return Label(
            "本机时间 \(chinese.now)，上一笔记于 \(chinese.last)：请核对时钟",
            en: "this clock says \(english.now), the last record \(english.last): check the clock")
    }
}

extension Estate {
    /// How a clock differs from the last record; `nil` if it goes with it.
    public func clockDifference(at now: Moment) -> ClockDifference? {
        nodes.lastWritten.flatMap { ClockDifference(now, after: $0) }
    }
}
