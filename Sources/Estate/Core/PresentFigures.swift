import Journal
import Synchronization

/// The figures of the month that runs, each kept as long as the parts of the state that it is made of stay the same, and
/// its day or minute lasts: a screen asks for all of them whenever anything is recorded.
///
/// One serves states of one replay only, as the counts of their parts are comparable; see ``Store/generation``.
public final class PresentFigures: Sendable {
    /// What a reading was worked out from.
    private struct Basis: Equatable {
        let parts: [Int]
        let day: Day
        let minute: Int64?

        init(_ indicator: Indicator, _ context: ViewContext) {
            (parts, day) = (indicator.parts(context.estate), context.day)
            minute = indicator.changesByMinute ? context.moment.milliseconds / 60_000 : nil
        }
    }

    private struct Kept {
        var readings: [String: (basis: Basis, reading: IndicatorReading)] = [:]
        var measurements = 0
    }

    private let kept = Mutex(Kept())

    public init() {}

    /// How many readings were worked out so far.
    var measurements: Int { kept.withLock { $0.measurements } }

    func reading(of indicator: Indicator, _ context: ViewContext) -> IndicatorReading {
        let basis = Basis(indicator, context)
        let known = kept.withLock { kept in
            kept.readings[indicator.name].flatMap { $0.basis == basis ? $0.reading : nil }
        }
        if let known { return known }
        let reading = indicator.measure(context.estate, context.month, context.moment)
        kept.withLock { kept in
            kept.readings[indicator.name] = (basis, reading)
            kept.measurements += 1
        }
        return reading
    }
}
