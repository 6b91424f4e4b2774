import Journal

/// What the supervisor and finance sign on the 5th (收缴对账表, 5.6): the methods, the snapshot by day, what does not match,
/// and what has changed since.
public struct ReconciliationReport: Report {
    public static let name = "reconciliation"
    public static let label = Label("收缴对账表", en: "Reconciliation of collected money")
    var period: Period?

    public static var columns: [ViewColumn<Self>] {
        columns(of: ReconciliationView.self)
    }

    public init() {}

    public init(period: Period) { self.period = period }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("period", &period, Label("月份", en: "Month"))
    }

    /// Of the month before unless another is asked for.
    public func subjects(in context: ViewContext) -> [ReconciledMethod] {
        context.estate.reconciledMethods(of: period ?? Period(context.day).adding(-1), at: context.day)
    }
}

extension ReconciliationReport {
    public static func document(of rows: [Row], in estate: Estate, at moment: Moment, _ language: Language) -> Document
    {
        let periods: [Period] = rows.map(\.period).reduce(into: []) { if $0.last != $1 { $0.append($1) } }
        return Document(
            name: "\(name)\(periods.first.map { "-\($0.text)" } ?? "")", title: label[language], language: language,
            sheets: periods.map { period in
                sheet(of: period, rows.filter { $0.period == period }, in: estate, at: moment, language)
            },
            empty: Label("没有收款，不用对账", en: "no money was received: there is nothing to check")[language])
    }

    private static func sheet(
        of period: Period, _ rows: [Row], in estate: Estate, at moment: Moment, _ language: Language
    ) -> Sheet {
        func word(_ chinese: String, _ english: String) -> String { language == .chinese ? chinese : english }
        func sum(_ value: (Row) -> Money?) -> String { rows.reduce(.zero) { $0 + (value($1) ?? .zero) }.grouped }
        let head = [
            word("方式", "Method"), Label.booked[language], Label.financeHas[language], Label.difference[language],
            word("说明", "Explanation"), word("签名", "Signed"),
        ]
        let table = rows.map { row in
            [
                row.method, row.booked.grouped, row.counted?.grouped ?? "", row.difference?.grouped ?? "",
                [
                    row.why,
                    row.why == nil ? nil : row.unexplained.map { "\(Label.unexplained[language]) \($0.grouped)" },
                ]
                .compactMap { $0 }.joined(separator: word("；", "; ")),
                [row.signed, row.cosigned].compactMap { $0 }.joined(separator: " "),
            ]
        }
        let total = [
            word("合计", "Total"), sum { $0.booked }, sum { $0.counted }, sum { $0.difference }, "", "",
        ]
        let open = rows.filter { $0.reconciliation == nil }.map(\.method).joined(separator: "、")
        let deposits = rows.filter { $0.deposits != .zero }.map { row in
            Sheet.Entry(
                "\(row.method) \(Label.depositsIncluded[language])",
                row.deposits.grouped + word("（押金是负债，不计收入）", " (a liability, no income)"), isWide: true)
        }
        return Sheet(
            heading: "\(estate.name) \(period.text) \(label[language])", number: "",
            blocks: [.table(head, table + [total])] + (deposits.isEmpty ? [] : [.entries(deposits)])
                + (open.isEmpty ? [] : [.entries([.init(word("还没有对账", "Not checked yet"), open, isWide: true)])])
                + changes(of: rows, word) + unmatched(of: period, in: estate, language, word)
                + days(of: rows, word)
                + [.entries([.init(word("客服主管签名", "Supervisor"), nil), .init(word("财务签名", "Finance"), nil)])],
            foot: word(
                "账面为对账时冻结的数；以后补录、作废的列为变动，不改原数。打印于 ",
                "What was booked is frozen; what was entered or voided later is listed as a change. Printed ")
                + moment.display(zone: estate.zone, language: language))
    }

    /// What is booked otherwise now.
    private static func changes(of rows: [Row], _ word: (String, String) -> String) -> [Sheet.Block] {
        let changes = rows.flatMap { row in
            row.laterDays.map { [row.method, $0.day.text, $0.change.grouped] }
        }
        if changes.isEmpty { return [] }
        return [
            .heading(word("对账后的变动", "Changed since")),
            .table([word("方式", "Method"), word("日期", "Day"), word("变动", "Change")], changes),
        ]
    }

    private static func unmatched(
        of period: Period, in estate: Estate, _ language: Language, _ word: (String, String) -> String
    ) -> [Sheet.Block] {
        let all = estate.unmatched(of: period)
        return [Unmatched.Side.book, .statement].flatMap { side -> [Sheet.Block] in
            let rows = all.filter { $0.side == side }.map { one in
                [
                    one.account, one.at.display(zone: estate.zone, language: language), one.amount.grouped,
                    one.unit?.text ?? "", one.reference ?? "", one.note ?? "",
                ]
            }
            if rows.isEmpty { return [] }
            let head = [
                word("账户", "Account"), word("时间", "At"), word("金额", "Amount"), word("房号", "Unit"),
                word("单号", "Number"), word("摘要", "Note"),
            ]
            return [.heading(side.label[language]), .table(head, rows)]
        }
    }

    /// The booked money by day and method.
    private static func days(of rows: [Row], _ word: (String, String) -> String) -> [Sheet.Block] {
        let columns = rows.map { row -> [Day: Money] in
            guard let done = row.reconciliation else { return row.subject.now }
            return Dictionary(done.days.map { ($0.date, $0.amount.money) }) { $0 + $1 }
        }
        let days = Set(columns.flatMap(\.keys)).sorted()
        if days.isEmpty { return [] }
        let table = days.map { day in
            [day.text] + columns.map { $0[day]?.grouped ?? "" }
                + [columns.reduce(Money.zero) { $0 + ($1[day] ?? .zero) }.grouped]
        }
        return [
            .heading(word("按日", "By day")),
            .table([word("日期", "Day")] + rows.map(\.method) + [word("合计", "Total")], table),
        ]
    }
}
