import Handbook
import Journal

/// The report of the 28th (5.7): who owes how much for how long, when and how they were contacted last, why they owe, and
/// how it is to be solved by whom and when.
public struct ArrearsReport: Report {
    public static let name = "arrears"
    public static let label = Label("欠费情况及解决办法", en: "Arrears and their solution")

    public struct Subject: Sendable {
        public let arrears: Fees.Arrears
        /// Whether it is settled how the debt is solved: there is a plan, and its next step is not past.
        public let isPlanned: Bool
    }

    public static var columns: [ViewColumn<Self>] {
        Column("unit") { $0.arrears.unit }
        Column("owner") { $0.owner }
        Column("owed", Label("欠费", en: "Owed")) { $0.arrears.owed }
        Column("days", Label("逾期天数", en: "Days overdue")) { $0.arrears.days }
        Column("periods", Label("期数", en: "Periods")) { $0.arrears.periods }
        Column("contacted", Label("最近联系", en: "Last contact")) { $0.lastContact?.at }
        Column("outcome", Label("催缴结果", en: "Outcome")) { $0.lastContact?.outcome }
        Column("reason", .reason) { $0.reason }
        Column("solution", .solution) { $0.solution }
        Column("who", .inCharge) { row in row.who.map { row.estate.staff.name(of: $0) } }
        Column("next", .nextStep) { $0.next }
        Column("former", .formerOwner) { !$0.arrears.account.isPresent }
        Column("limitation", .limitation) { $0.limitation }
    }

    public init() {}

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {}

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool { true }

    public func subjects(in context: ViewContext) -> [Subject] {
        ArrearsView().subjects(in: context).map { arrears in
            let next = context.estate.plan(for: arrears.unit)?.next
            return Subject(arrears: arrears, isPlanned: next.map { $0 >= context.day } ?? false)
        }
    }
}

extension ViewRow<ArrearsReport> {
    fileprivate var account: ViewRow<ArrearsView> { ViewRow<ArrearsView>(subject.arrears, in: context) }
    public var owner: String? { account.owner }
    public var lastContact: Contact? { account.lastContact }
    public var limitation: Day? { account.limitation }
    private var prepared: Estate.PreparedPlan { estate.preparedPlan(for: subject.arrears.unit, at: context.moment) }
    public var reason: String? { prepared.reason }
    public var solution: String? { prepared.solution }
    /// The code of who sees to it, or another's name.
    public var who: String? { prepared.who }
    public var next: Day? { prepared.next }
}

extension ArrearsReport {
    public static func document(of rows: [Row], in estate: Estate, at moment: Moment, _ language: Language) -> Document
    {
        let day = Day(asOf: moment, in: estate.zone)
        return Document(
            name: "\(name)-\(day.text)", title: label[language], language: language,
            sheets: rows.isEmpty ? [] : [sheet(rows, on: day, language)],
            empty: Label("没有欠费", en: "nobody owes anything")[language])
    }

    private static func sheet(_ rows: [Row], on day: Day, _ language: Language) -> Sheet {
        func word(_ chinese: String, _ english: String) -> String { language == .chinese ? chinese : english }
        let context = rows[0].context
        let arrears = rows.map(\.account)
        let total = rows.reduce(Money.zero) { $0 + $1.subject.arrears.owed }
        let rates = CollectionView(period: Period(day)).subjects(in: context).map { rate in
            let value = rate.rate.map { "\($0)%" } ?? word("无应收", "nothing billed")
            return "\(rate.period.text) \(value)（\(rate.target)%）"
        }
        func chart(_ title: String, _ by: ArrearsGrouping) -> Sheet.Block {
            .chart(
                title,
                ArrearsGroup.groups(of: arrears, by: by).map {
                    Sheet.Bar("\($0.label[language])（\($0.households)）", size: $0.owed.size, $0.owed.grouped)
                })
        }
        return Sheet(
            heading: "\(rows[0].estate.name) \(label[language])", number: "5.7",
            blocks: [
                .entries([
                    .init(word("截至", "As of"), day.text),
                    .init(word("户数", "Households"), "\(rows.count)"),
                    .init(word("欠费合计", "Owed"), total.grouped),
                    .init(word("已定办法", "Planned"), "\(rows.count(where: \.subject.isPlanned))/\(rows.count)"),
                    .init(word("收缴率", "Collected"), rates.joined(separator: "  "), isWide: true),
                ]),
                chart(word("按账龄（户数）", "By age (households)"), .age),
                chart(word("按楼栋（户数）", "By building (households)"), .building),
                .heading(word("逐户", "Household by household")),
                .table(
                    [
                        word("房号", "Unit"), word("业主", "Owner"), word("欠费", "Owed"), word("逾期", "Days"),
                        word("最近联系", "Last contact"), word("原因", "Reason"), word("解决办法", "Solution"),
                        word("负责人", "Who"), word("下一步", "Next"),
                    ], rows.map { cells($0, word) }),
            ] + approval(of: Period(day), in: rows[0].estate, word)
                + [.entries([.init(word("填报人", "Reported by"), nil), .init(word("日期", "Date"), nil)])],
            foot: word("每月 28 日向经理汇报欠费情况及解决办法（5.7）。", "Reported to the manager on the 28th of each month (5.7)."))
    }

    /// The manager's instruction with its date, or room to write it.
    private static func approval(
        of period: Period, in estate: Estate, _ word: (String, String) -> String
    ) -> [Sheet.Block] {
        let approval = estate.collecting.approval(of: period)
        let words = Sheet.Block.words(word("经理阅批", "Manager"), approval?.instruction, lines: 2)
        guard let approval else { return [words] }
        let day = Day(approval.at, in: estate.zone).text
        return [
            words,
            .entries([
                .init(word("阅批人", "Instructed by"), estate.staff.name(of: approval.by)),
                .init(word("阅批日期", "On"), day),
            ]),
        ]
    }

    private static func cells(_ row: Row, _ word: (String, String) -> String) -> [String] {
        let contact = row.lastContact.map { "\(Day($0.at, in: row.context.zone).short) \($0.outcome)" }
        let arrears = row.subject.arrears
        let owner = arrears.account.isPresent ? row.owner : row.owner.map { word("原·\($0)", "ex-\($0)") }
        return [
            arrears.unit.text, owner ?? "—", arrears.owed.grouped, "\(arrears.days)", contact ?? word("未联系", "none"),
            row.reason ?? "—", row.solution ?? "—", row.who.map { row.estate.staff.name(of: $0) } ?? "—",
            row.next?.short ?? "—",
        ]
    }
}
