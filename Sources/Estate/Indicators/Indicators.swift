import Handbook
import Journal

/// The month at a glance (本月指标, 4): the figures that each feature declares in ``Feature/indicators``, put together.
enum Indicators: Feature {
    static let chapters: [any Chapter.Type] = [Handbook.Indicators.self]
    static let views: [any View.Type] = [IndicatorsView.self, IndicatorTrendView.self, IndicatorCasesView.self]
    static let reports: [any Report.Type] = [MonthReport.self, YearReport.self, PublicationReport.self]
}

extension ViewContext {
    /// The month of the moment.
    public var month: Period { Period(day) }

    /// A figure of a month: of the present one as of the moment, of one that is over as of its end. `nil` if that was not
    /// read, and for a month that has not come.
    public func measurement(of indicator: Indicator, in period: Period) -> IndicatorReading? {
        if period < month { return past[period, indicator.name] }
        return period == month ? present.reading(of: indicator, self) : nil
    }
}

extension ViewContext {
    /// The same as the reader may see it: whose a figure is, the members' superiors alone read.
    fileprivate func shown(_ indicator: Indicator, in period: Period) -> IndicatorReading? {
        let reading = measurement(of: indicator, in: period)
        let isSuperior = reader.map { estate.handbook.assessments.shows(.operator, to: $0) } ?? false
        return indicator.namesStaff && !isSuperior ? reading?.withoutStaff : reading
    }
}

extension Period {
    /// The last twelve months up to this one.
    public var lastTwelve: [Period] { (0..<12).map { adding($0 - 11) } }

    /// `nil` for a month that is not over as of a moment.
    fileprivate func over(asOf moment: Moment, in zone: Zone) -> Period? {
        self < Period(Day(asOf: moment, in: zone)) ? self : nil
    }
}

extension [Period] {
    /// Those that are over as of a moment.
    func over(asOf moment: Moment, in zone: Zone) -> [Period] { compactMap { $0.over(asOf: moment, in: zone) } }
}

extension Period? {
    /// The month, or that of a moment; refused if it has not come. Throws ``Refusal`` `period.early`.
    func month(in context: ViewContext) throws -> Period {
        guard let self, self > context.month else { return context.period(self) }
        throw Refusal(.rule, "period.early", "还没有到 \(self.text)", en: "\(self.text) has not come yet", field: "period")
    }
}

/// The figures of a month with their targets, each beside that of the month before.
public struct IndicatorsView: View {
    public static let name = "kpi"
    public static let label = Label("本月指标", en: "The month")
    /// That of the moment unless given.
    var period: Period?

    public struct Subject: Sendable {
        public let indicator: Indicator
        public let period: Period
        public let target: IndicatorTarget?
        /// `nil`: not read.
        public let measured: IndicatorReading?
        /// That of the month before, as of its end.
        public let former: IndicatorReading?

        init(_ indicator: Indicator, in period: Period, _ context: ViewContext) {
            (self.indicator, self.period) = (indicator, period)
            target = indicator.target(context.estate, period)
            measured = context.shown(indicator, in: period)
            former = context.shown(indicator, in: period.adding(-1))
        }

        /// The figure before the records that it is made of are read.
        public init(unread indicator: Indicator, in period: Period) {
            (self.indicator, self.period, target, measured, former) = (indicator, period, nil, nil, nil)
        }

        public var name: String { indicator.name }
        public var value: IndicatorValue { measured?.value ?? .none }
        public var cases: [IndicatorCase] { measured?.cases ?? [] }
        public var met: Bool? { target.flatMap { value.meets($0) } }
    }

    public static var columns: [ViewColumn<Self>] {
        Column("name", Label("代号", en: "Name")) { $0.name }
        Column("label", Label("指标", en: "Figure")) { $0.indicator.label }
        Column("value", Label("数值", en: "Value")) { $0.value.text }
        Column("target", Label("标准", en: "Target")) { $0.subject.target?.number }
        Column("met") { $0.met }
        Column("last", Label("上月", en: "Last month")) { $0.former?.value.text }
        Column("unit", Label("单位", en: "Unit")) { $0.indicator.unit }
        Column("note") { $0.measured?.note }
        Column("cases", Label("明细数", en: "Cases")) { $0.cases.count }
        Column("period", Label("月份", en: "Month")) { $0.subject.period }
    }

    public init() {}

    public init(period: Period?) { self.period = period }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("period", &period, Label("月份", en: "Month"))
    }

    public func pastMonths(asOf moment: Moment, in zone: Zone) -> [Period] {
        let month = period ?? Period(Day(asOf: moment, in: zone))
        return [month.adding(-1), month].over(asOf: moment, in: zone)
    }

    public func subjects(in context: ViewContext) throws -> [Subject] {
        let month = try period.month(in: context)
        return context.estate.indicators(for: context.reader).map { Subject($0, in: month, context) }
    }
}

/// The figures of the last twelve months, each as of its month's end.
public struct IndicatorTrendView: View {
    public static let name = "kpitrend"
    public static let label = Label("指标走势", en: "Twelve months")
    /// The last of the months; that of the moment unless given.
    var period: Period?
    /// One figure by its name; all unless given.
    var name: String?

    public static var columns: [ViewColumn<Self>] {
        Column("name", Label("代号", en: "Name")) { $0.name }
        Column("label", Label("指标", en: "Figure")) { $0.indicator.label }
        Column("period", Label("月份", en: "Month")) { $0.subject.period }
        Column("value", Label("数值", en: "Value")) { $0.value.text }
        Column("target", Label("标准", en: "Target")) { $0.subject.target?.number }
        Column("met") { $0.met }
        Column("unit", Label("单位", en: "Unit")) { $0.indicator.unit }
        Column("note") { $0.measured?.note }
    }

    public init() {}

    public init(period: Period?, name: String? = nil) { (self.period, self.name) = (period, name) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("period", &period, Label("月份", en: "Month"))
        try visitor.field("name", &name, Label("代号", en: "Name"))
    }

    public func pastMonths(asOf moment: Moment, in zone: Zone) -> [Period] {
        (period ?? Period(Day(asOf: moment, in: zone))).lastTwelve.over(asOf: moment, in: zone)
    }

    public func subjects(in context: ViewContext) throws -> [IndicatorsView.Subject] {
        let months = try period.month(in: context).lastTwelve
        let indicators = try context.indicators(named: name)
        return indicators.flatMap { indicator in
            months.map { IndicatorsView.Subject(indicator, in: $0, context) }
        }
    }
}

extension ViewContext {
    /// All figures that the reader may see, or one by its name. Throws ``Refusal`` `indicator.unknown`.
    fileprivate func indicators(named name: String?) throws -> [Indicator] {
        let all = estate.indicators(for: reader)
        guard let name else { return all }
        let named = all.filter { $0.name == name || $0.label.chinese == name }
        if !named.isEmpty { return named }
        let names = all.map(\.name).joined(separator: "、")
        throw Refusal(
            .input, "indicator.unknown", "没有这个指标：\(name)（有：\(names)）", en: "there is no figure \(name) (\(names))",
            field: "name")
    }
}

/// The cases behind the figures of a month.
public struct IndicatorCasesView: View {
    public static let name = "kpicases"
    public static let label = Label("指标明细", en: "Cases of figures")
    public static let timeKey: String? = "day"
    /// That of the moment unless given.
    var period: Period?
    /// One figure by its name; all unless given.
    var name: String?

    public struct Subject: Sendable {
        public let indicator: Indicator
        public let one: IndicatorCase
    }

    public static var columns: [ViewColumn<Self>] {
        Column("name", Label("代号", en: "Name")) { $0.indicator.name }
        Column("label", Label("指标", en: "Figure")) { $0.indicator.label }
        Column("id") { $0.one.id.map { Ref<JournalEntry>($0) } }
        Column("part", Label("条款", en: "Part")) { row in row.one.part.isEmpty ? nil : row.one.part }
        Column("day", Label("日期", en: "Day")) { $0.one.day }
        Column("place", Label("房号", en: "Unit")) { $0.one.place }
        Column("text") { $0.one.text }
        Column("state") { $0.one.state }
        Column("counted", Label("计入", en: "Counts")) { $0.one.isCounted }
    }

    public init() {}

    public init(period: Period?, name: String? = nil) { (self.period, self.name) = (period, name) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("period", &period, Label("月份", en: "Month"))
        try visitor.field("name", &name, Label("代号", en: "Name"))
    }

    public func pastMonths(asOf moment: Moment, in zone: Zone) -> [Period] {
        [period ?? Period(Day(asOf: moment, in: zone))].over(asOf: moment, in: zone)
    }

    public func subjects(in context: ViewContext) throws -> [Subject] {
        let month = try period.month(in: context)
        return try context.indicators(named: name).flatMap { indicator in
            (context.shown(indicator, in: month)?.cases ?? []).map { Subject(indicator: indicator, one: $0) }
        }
    }
}
