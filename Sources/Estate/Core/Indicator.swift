import Journal

/// A figure of the month at a glance (本月指标), as its feature declares it in ``Feature/indicators``.
///
/// It is worked out from the state as of a moment: the end of the month, or the present if the month is not over.
public struct Indicator: Sendable {
    /// The name in scripts, e.g. `visits.complaint`.
    public let name: String
    public let label: Label
    /// What its value counts: `%`, 项.
    public let unit: Label
    /// Whether its note and the texts of its cases name members: superiors alone read these.
    private(set) var namesStaff = false
    /// The target of a month; `nil`: none is set.
    public let target: @Sendable (Estate, Period) -> IndicatorTarget?
    let measure: @Sendable (Estate, Period, Moment) -> IndicatorReading
    /// The counts (``Estate/Counted``) of the parts of the state that a reading is made of.
    let parts: @Sendable (Estate) -> [Int]
    /// Whether a reading may change within a day though nothing is recorded.
    let changesByMinute: Bool
    /// The roles that must not see it.
    fileprivate(set) var hiddenFrom: Set<Role> = []

    /// - Parameters:
    ///   - parts: the counts of all parts of the state that `measure` reads.
    ///   - measure: the value of a month and the cases behind it, in a state as of the moment.
    init(
        _ name: String, _ label: Label, unit: Label = .percent, parts: @escaping @Sendable (Estate) -> [Int],
        changesByMinute: Bool = false,
        target: @escaping @Sendable (Estate, Period) -> IndicatorTarget? = { _, _ in nil },
        measure: @escaping @Sendable (Estate, Period, Moment) -> IndicatorReading
    ) {
        (self.name, self.label, self.unit, self.target) = (name, label, unit, target)
        (self.parts, self.changesByMinute) = (parts, changesByMinute)
        self.measure = { estate, period, moment in
            let reading = measure(estate, period, moment)
            // Before the founding nothing is not a zero, unless it was entered later.
            let isBefore = estate.founded.map { moment <= $0 } ?? true
            return isBefore && reading.cases.isEmpty ? IndicatorReading(.none, [], note: nil) : reading
        }
    }

    /// The same, of which superiors alone read whose it is.
    func namingStaff() -> Indicator {
        var indicator = self
        indicator.namesStaff = true
        return indicator
    }

    /// The same, of a feature that some roles must not see.
    func hidden(from roles: Set<Role>) -> Indicator {
        var indicator = self
        indicator.hiddenFrom = roles
        return indicator
    }
}

extension Label {
    static let percent = Label("%", en: "%")
}

/// What a figure is to be.
public enum IndicatorTarget: Hashable, Sendable {
    case atLeast(Int)
    case atMost(Int)

    public var number: Int {
        switch self {
        case .atLeast(let number), .atMost(let number): number
        }
    }

    /// `≥95` or `≤0`.
    public var text: String {
        switch self {
        case .atLeast(let number): "≥\(number)"
        case .atMost(let number): "≤\(number)"
        }
    }
}

/// The value of a figure, exact.
public enum IndicatorValue: Hashable, Sendable {
    /// Nothing to measure: nothing was billed, nobody called.
    case none
    case count(Int)
    case share(Share)

    /// A share of a whole; none of nothing.
    static func share(_ part: some BinaryInteger, of whole: some BinaryInteger) -> IndicatorValue {
        Share(part, of: whole).map { .share($0) } ?? .none
    }

    /// A count, or a percentage with two decimals, truncated; `nil` for none.
    public var text: String? {
        switch self {
        case .none: nil
        case .count(let count): "\(count)"
        case .share(let share): share.text
        }
    }

    /// The same with one decimal.
    public var short: String? { if case .share(let share) = self { share.short } else { text } }

    /// For charts; compared with targets it is never.
    public var size: Double? {
        switch self {
        case .none: nil
        case .count(let count): Double(count)
        case .share(let share): share.ratio * 100
        }
    }

    /// Whether it is as it should be; `nil` if there is nothing to measure.
    public func meets(_ target: IndicatorTarget) -> Bool? {
        switch (self, target) {
        case (.none, _): nil
        case (.count(let count), .atLeast(let least)): count >= least
        case (.count(let count), .atMost(let most)): count <= most
        case (.share(let share), .atLeast(let least)): share.meets(percent: least)
        case (.share(let share), .atMost(let most)):
            Share(share.whole * Int128(most) - share.part * 100, of: share.whole)?.meets(percent: 0)
        }
    }
}

/// A figure of one month, and the cases behind it.
public struct IndicatorReading: Sendable {
    public let value: IndicatorValue
    /// Those that count and, of a share, all that it is a part of; in order.
    public let cases: [IndicatorCase]
    /// What stands beside the value: reopened ones, the value of each member.
    public let note: Label?

    init(_ value: IndicatorValue, _ cases: [IndicatorCase], note: Label? = nil) {
        (self.value, self.cases, self.note) = (value, cases, note)
    }

    /// The share of the cases that count.
    init(shareOf cases: [IndicatorCase], note: Label? = nil) {
        self.init(.share(cases.count(where: \.isCounted), of: cases.count), cases, note: note)
    }

    /// The number of the cases.
    init(countOf cases: [IndicatorCase], note: Label? = nil) { self.init(.count(cases.count), cases, note: note) }

    /// The same without the cases.
    var withoutCases: IndicatorReading { IndicatorReading(value, [], note: note) }

    /// The same without the names of members.
    var withoutStaff: IndicatorReading {
        IndicatorReading(
            value,
            cases.map {
                IndicatorCase(
                    $0.id, part: $0.part, on: $0.day, at: $0.place, Label("员工", en: "a member"), $0.state,
                    isCounted: $0.isCounted)
            }, note: nil)
    }
}

/// A case that a figure counts: a bill, a visit, a call.
public struct IndicatorCase: Hashable, Sendable {
    /// The record that it is; `nil` for one that is missing.
    public let id: EntryID?
    /// What tells it from others of the same record: the clause of an inspected item.
    public let part: String
    public let day: Day
    /// The unit or place; empty if it has none.
    public let place: String
    public let text: Label
    public let state: Label
    /// Whether it belongs to the part of a share that the value is; always `true` for what is just counted.
    public let isCounted: Bool

    init(
        _ id: EntryID?, part: String = "", on day: Day, at place: String, _ text: Label, _ state: Label,
        isCounted: Bool = true
    ) {
        (self.id, self.part, self.day, self.place) = (id, part, day, place)
        (self.text, self.state, self.isCounted) = (text, state, isCounted)
    }
}

extension Label {
    /// A text that reads the same in every language.
    init(verbatim text: String) { self.init(text, en: text) }
}

extension Estate {
    /// The figures of all features, in the order of the handbook.
    public func indicators(for reader: Role? = nil) -> [Indicator] {
        let order = Dictionary(
            handbook.indicators.figures.enumerated().map { ($0.element.id, $0.offset) }
        ) { first, _ in first }
        return Estate.indicators.enumerated()
            .filter { one in reader.map { !one.element.hiddenFrom.contains($0) } ?? true }
            .sorted { (order[$0.element.name] ?? .max, $0.offset) < (order[$1.element.name] ?? .max, $1.offset) }
            .map(\.element)
    }

    static let indicators: [Indicator] = features.flatMap { feature in
        feature.indicators.map { $0.hidden(from: feature.hiddenFrom) }
    }

    /// The figures of a month by their names, in a state as of the moment.
    func measurements(of period: Period, at moment: Moment) -> [String: IndicatorReading] {
        Dictionary(uniqueKeysWithValues: Estate.indicators.map { ($0.name, $0.measure(self, period, moment)) })
    }
}
