import Journal

/// The assessment of members as pages to talk over: the figures of a month, and each fact that counts against the member.
public struct AssessmentReport: Report {
    public static let name = "assessment"
    public static let label = Label("员工考核表", en: "Staff assessment")
    public static let isRestricted = true
    var staff: StaffName?
    var period: Period?

    public static var columns: [ViewColumn<Self>] {
        Column("staff") { $0.subject.staff }
        Column("name") { $0.name }
        Column("role") { $0.role }
        Column("measure", .assessmentMeasure) { $0.measure }
        Column("count", .assessmentCases) { $0.count }
        Column("good", .assessmentGood) { $0.good }
        Column("share", .assessmentShare) { $0.share?.text }
        Column("last", .assessmentLast) { $0.last }
    }

    public init() {}

    public init(staff: String? = nil, period: Period? = nil) {
        (self.staff, self.period) = (staff.map { StaffName($0) }, period)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("staff", &staff, .assessedMember)
        try visitor.field("period", &period, Label("月份", en: "Month"))
    }

    public func subjects(in context: ViewContext) throws -> [AssessmentsView.Subject] {
        try AssessmentsView(staff: staff?.text, period: period).current(in: context)
    }
}

extension AssessmentReport {
    public static func document(of rows: [Row], in estate: Estate, at moment: Moment, _ language: Language) -> Document
    {
        let members = rows.map(\.subject.staff).reduce(into: [String]()) { if $0.last != $1 { $0.append($1) } }
        let period = rows.first?.subject.period
        return Document(
            name: period.map { "\(name)-\($0.text)" } ?? name, title: label[language], language: language,
            sheets: members.map { member in
                AssessmentSheet(
                    rows: rows.filter { $0.subject.staff == member }, estate: estate, moment: moment, language: language
                ).sheet
            }, empty: Label("没有可看的考核", en: "there is no assessment to be seen")[language])
    }
}

/// The page of one member.
private struct AssessmentSheet {
    let rows: [AssessmentReport.Row]
    let estate: Estate
    let moment: Moment
    let language: Language

    private func word(_ chinese: String, _ english: String) -> String { language == .chinese ? chinese : english }

    var sheet: Sheet {
        let first = rows.first
        return Sheet(
            heading: "\(estate.name) \(AssessmentReport.label[language])", number: first?.subject.period.text ?? "",
            blocks: [
                .entries([
                    .init(word("员工", "Member"), first?.name ?? ""),
                    .init(word("岗位", "Post"), first?.role?.label[language] ?? ""),
                ]),
                figures,
            ] + faults,
            foot: word(
                "只给本人和上级看；每个数都出自记录，可逐条查；打印于 ",
                "For the member and their superiors; each figure follows from facts; printed ")
                + moment.display(zone: estate.zone, language: language))
    }

    private var figures: Sheet.Block {
        .table(
            [Label.assessmentMeasure, .assessmentCases, .assessmentGood, .assessmentShare, .assessmentLast].map {
                $0[language]
            },
            rows.map { row in
                [
                    row.measure.label[language], "\(row.count)", row.good.map(String.init) ?? "—",
                    row.share.map { $0.text } ?? "—", row.last ?? "—",
                ]
            })
    }

    private static let limit = 60

    /// The facts that count against the member, the latest first. What was forgotten in drills is a count only.
    private var faults: [Sheet.Block] {
        let faults = rows.filter { $0.measure != .drill }.flatMap { row in
            row.cases.filter { !$0.isGood }.map { (row.measure, $0) }
        }.sorted { $0.1.at > $1.1.at }
        if faults.isEmpty { return [.text(word("没有要改进的记录。", "No fact counts against them."))] }
        let shown = faults.prefix(Self.limit).map { measure, one in
            [
                one.at.display(zone: estate.zone, language: language), measure.label[language],
                estate.words(of: one, measure, language),
            ]
        }
        let rest = faults.count - shown.count
        return [
            .heading(word("要改进的记录", "What counts against them")),
            .table([word("时间", "At"), Label.assessmentMeasure[language], word("内容", "What")], shown),
        ] + (rest > 0 ? [.text(word("另有 \(rest) 条。", "And \(rest) more."))] : [])
    }
}
