import Journal

/// The figures of months that are over, each as of the end of its month.
public struct PastFigures: Sendable {
    private let months: [Period: [String: IndicatorReading]]

    init(_ months: [Period: [String: IndicatorReading]]) { self.months = months }

    public static let none = PastFigures([:])

    /// `nil`: not read.
    subscript(month: Period, name: String) -> IndicatorReading? { months[month]?[name] }

    /// Whether the figures of a month were read.
    public func holds(_ month: Period) -> Bool { months[month] != nil }
}

extension Store {
    /// The figures of months that are over, as of their ends. Reads the journal once. Throws ``JournalError``.
    ///
    /// - Parameter withCases: of how many of them, the latest first, the cases are kept as well.
    public func pastFigures(of months: [Period], withCases: Int = .max) throws -> PastFigures {
        let months = Set(months).sorted()
        if months.isEmpty { return .none }
        let ends = months.map { $0.last.end(in: zone) }
        let first = months.count - min(months.count, withCases)
        let states = try estates(asOf: ends)
        let figures = months.indices.map { index in
            let all = states[index].measurements(of: months[index], at: ends[index])
            return (months[index], index < first ? all.mapValues(\.withoutCases) : all)
        }
        return PastFigures(Dictionary(uniqueKeysWithValues: figures))
    }
}

/// Counts the facts that hold in a month before that of their recording. While the count stays the same, so do the
/// figures of months that are over.
struct LateFacts: Sendable {
    private(set) var count = 0
    /// The month of the last recording, in milliseconds.
    private var month: Range<Int64> = 0..<0

    mutating func note(_ since: Moment, recorded time: Int64, in zone: Zone) {
        if !month.contains(time) {
            let period = Period(Moment(milliseconds: time), in: zone)
            month = period.first.start(in: zone).milliseconds..<period.last.end(in: zone).milliseconds
        }
        if since.milliseconds < month.lowerBound { count &+= 1 }
    }
}
