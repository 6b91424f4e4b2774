import Journal

/// The figures of a year, from the months that are over or running.
struct YearFigures {
    /// One figure in the months that have any of it.
    struct Figure {
        let indicator: Indicator
        let months: [(period: Period, value: IndicatorValue, target: IndicatorTarget?)]

        /// Of shares all parts ÷ all wholes, of a count that of the last month.
        var value: IndicatorValue {
            let shares = months.compactMap { if case .share(let share) = $0.value { share } else { nil } }
            if shares.isEmpty { return months.last?.value ?? .none }
            return .share(shares.reduce(Int128.zero) { $0 + $1.part }, of: shares.reduce(Int128.zero) { $0 + $1.whole })
        }

        var target: IndicatorTarget? { months.last?.target }
        /// Of the year only where one target held in all months.
        var met: Bool? { months.allSatisfy { $0.target == target } ? target.flatMap { value.meets($0) } : nil }
        /// The months that reached their target, and those that had one.
        var metMonths: Int { months.count { month in month.target.flatMap { month.value.meets($0) } == true } }
        var watchedMonths: Int { months.count { $0.target != nil } }
        var least: (period: Period, value: IndicatorValue)? {
            months.min { ($0.value.size ?? 0) < ($1.value.size ?? 0) }.map { ($0.period, $0.value) }
        }
        var most: (period: Period, value: IndicatorValue)? {
            months.max { ($0.value.size ?? 0) < ($1.value.size ?? 0) }.map { ($0.period, $0.value) }
        }
    }

    let year: Int
    let figures: [Figure]

    init(_ year: Int, in context: ViewContext) {
        self.year = year
        figures = context.estate.indicators(for: context.reader).map { indicator in
            Figure(
                indicator: indicator,
                months: YearFigures.months(of: year).compactMap { month in
                    guard let value = context.measurement(of: indicator, in: month)?.value, value != .none,
                        context.estate.lived(in: month) || indicator.unit == .percent || value.size != 0
                    else { return nil }
                    return (month, value, indicator.target(context.estate, month))
                })
        }
    }

    /// `截至 2026-11-29` while the year runs; `nil` once it is over.
    static func asOf(_ moment: Moment, in year: Int, _ zone: Zone) -> Label? {
        let day = Day(asOf: moment, in: zone)
        return day.civil.year > year ? nil : Label("截至 \(day.text)", en: "as of \(day.text)")
    }

    static func months(of year: Int) -> [Period] { (1...12).map { Period(year: year, month: $0) } }
}

extension Estate {
    /// Whether the whole month lies after the founding: that nothing happened in the rest of one is no figure of it.
    fileprivate func lived(in month: Period) -> Bool {
        founded.map { Day($0, in: zone) <= month.first } ?? false
    }
}
