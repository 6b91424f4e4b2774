import Handbook
import Journal

/// The month at a glance as a page for the meeting: the figures, their course over twelve months, and what is not as it
/// should be.
public struct MonthReport: Report {
    public static let name = "month"
    public static let label = Label("客服部月报", en: "Report of the month")
    /// That of the moment unless given.
    var period: Period?

    public static var columns: [ViewColumn<Self>] {
        columns(of: IndicatorsView.self)
    }

    public init() {}

    public init(period: Period?) { self.period = period }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("period", &period, Label("月份", en: "Month"))
    }

    public func pastMonths(asOf moment: Moment, in zone: Zone) -> [Period] {
        IndicatorTrendView(period: period).pastMonths(asOf: moment, in: zone)
    }

    public func subjects(in context: ViewContext) throws -> [IndicatorsView.Subject] {
        try IndicatorsView(period: period).subjects(in: context)
    }
}

extension MonthReport {
    public static func document(of rows: [Row], in estate: Estate, at moment: Moment, _ language: Language) -> Document
    {
        let sheets = rows.first.map { [MonthSheet(rows, $0.context, $0.subject.period, language).sheet] } ?? []
        return Document(
            name: "\(name)-\(rows.first?.subject.period.text ?? "")", title: label[language], language: language,
            sheets: sheets, empty: Label("没有指标", en: "there are no figures")[language])
    }
}

/// The page of a month.
private struct MonthSheet {
    let rows: [MonthReport.Row]
    let context: ViewContext
    let period: Period
    let language: Language

    /// The cases that are listed of each figure.
    private static let most = 12

    init(_ rows: [MonthReport.Row], _ context: ViewContext, _ period: Period, _ language: Language) {
        (self.rows, self.context, self.period, self.language) = (rows, context, period, language)
    }

    private func word(_ chinese: String, _ english: String) -> String { language == .chinese ? chinese : english }

    var sheet: Sheet {
        let met = rows.count { $0.met == true }
        let missed = rows.count { $0.met == false }
        let end = min(context.moment, period.last.end(in: context.zone))
        return Sheet(
            heading: "\(context.estate.name) \(MonthReport.label[language])", number: period.text,
            blocks: [
                .entries([
                    .init(word("月份", "Month"), period.text),
                    .init(word("截至", "As of"), Day(asOf: end, in: context.zone).text),
                    .init(word("达标", "Met"), word("\(met) 项", "\(met)")),
                    .init(word("未达标", "Not met"), word("\(missed) 项", "\(missed)")),
                ]),
                table,
            ] + charts + failures + planned + [
                .words(word("会议决定", "Decided"), nil, lines: 2),
                .entries([.init(word("主管", "Supervisor"), nil), .init(word("经理", "Manager"), nil)]),
            ],
            foot: word(
                "各指标按当月月末（未到月末的按截止时间）的记录计算，百分数截尾不进位；上月为上月月末的数。",
                "Each figure is as of the month's end, or the present; percentages are truncated."))
    }

    private var table: Sheet.Block {
        .table(
            [
                word("指标", "Figure"), word("数值", "Value"), word("标准", "Target"), word("结果", "Result"),
                word("上月", "Last month"), word("说明", "Note"),
            ],
            rows.map { row in
                [
                    row.indicator.label[language], row.subject.words(language),
                    row.subject.target.map { row.indicator.words($0, language) } ?? "—",
                    row.subject.verdict?.label[language] ?? "—", row.subject.former.map { text($0.value, row) } ?? "—",
                    row.measured?.note?[language] ?? "",
                ]
            })
    }

    private func text(_ value: IndicatorValue, _ row: MonthReport.Row) -> String {
        row.indicator.words(value, language)
    }

    /// The course of what the standards set, where there is more than one month of it.
    private var charts: [Sheet.Block] {
        let watched = ["collection.0", "satisfaction", "complaints", "rings"]
        return rows.filter { watched.contains($0.name) }.compactMap { row in
            let months = period.lastTwelve.compactMap { month -> (Period, IndicatorValue)? in
                guard let value = context.measurement(of: row.indicator, in: month)?.value, value != .none else {
                    return nil
                }
                return (month, value)
            }
            if months.count < 2 { return nil }
            return .chart(
                word("\(row.indicator.label[language])（近 12 个月）", "\(row.indicator.label[language]), twelve months"),
                months.map { month, value in
                    Sheet.Bar(month.text, size: Int((value.size ?? 0) * 100), row.indicator.words(value, language))
                })
        }
    }

    /// The work plan: what is overdue, what was done in the month, and what is open.
    private var planned: [Sheet.Block] {
        let items = PlanOfMonth(period, in: context)
        if items.isEmpty { return [] }
        let counts = word(
            "逾期 \(items.late.count)，本月完成 \(items.done.count)，进行中 \(items.open.count)",
            "\(items.late.count) late, \(items.done.count) done in the month, \(items.open.count) open")
        let all = items.late + items.done + items.open
        return section(
            "\(PlanView.label[language])（\(counts)）",
            [word("期限", "Due"), word("事项", "What"), word("负责人", "Who"), word("情况", "State")],
            all.map { [$0.due.text, $0.what, $0.who.name(in: context.estate), items.state(of: $0)[language]] },
            measure: "项")
    }

    /// A heading, the first of some rows, and how many more there are.
    private func section(_ heading: String, _ head: [String], _ rows: [[String]], measure: String) -> [Sheet.Block] {
        let rest = rows.count - Self.most
        return [.heading(heading), .table(head, Array(rows.prefix(Self.most)))]
            + (rest > 0 ? [.text(word("另有 \(rest) \(measure)。", "\(rest) more."))] : [])
    }

    /// What does not count of each figure that is not met; the debts stand in the report of the 28th.
    private var failures: [Sheet.Block] {
        rows.filter { $0.met == false && !$0.name.hasPrefix("collection.") }.flatMap { row -> [Sheet.Block] in
            let all = row.subject.failing.sorted { $0.day < $1.day }
            if all.isEmpty { return [] }
            return section(
                "\(row.indicator.label[language])（\(all.count)）",
                [word("日期", "Day"), word("房号", "Where"), word("事项", "What"), word("情况", "State")],
                all.map { [$0.day.text, $0.place.isEmpty ? "—" : $0.place, $0.text[language], $0.state[language]] },
                measure: "件")
        }
    }
}

extension IndicatorsView.Subject {
    /// The value with its unit: `96.31%`, `3 件`, `无数据`.
    public func words(_ language: Language) -> String { indicator.words(value, language) }

    /// Whether it is met, in words; `nil` without a target or without anything to measure.
    public var verdict: SatisfactionVerdict? { met.map { $0 ? .met : .notMet } }

    /// The cases that keep it from its target.
    public var failing: [IndicatorCase] {
        if case .atMost? = target { return cases }
        return cases.filter { !$0.isCounted }
    }
}

extension Indicator {
    /// A value with the unit: `96.31%`, `3 件`.
    public func words(_ value: IndicatorValue, _ language: Language) -> String {
        guard let text = value.text else { return SatisfactionVerdict.noData.label[language] }
        return withUnit(text, language)
    }

    /// A target with the unit: `≥80%`, `≤0 件`. In English only the percent sign is short enough.
    public func words(_ target: IndicatorTarget, _ language: Language) -> String {
        language == .chinese || unit.english == "%" ? withUnit(target.text, language) : target.text
    }

    private func withUnit(_ text: String, _ language: Language) -> String {
        let unit = unit[language]
        return unit == "%" ? "\(text)%" : "\(text) \(unit)"
    }
}
