import Journal

/// The daily close of the cashiers (日结单): a sheet for each till of a day, or of one till.
public struct DailyReport: Report {
    public static let name = "daily"
    public static let label = Label("收银日结单", en: "Daily close")
    public static let changesWithTime = false
    public static let timeKey: String? = "opened"
    var till: Ref<Till>?
    var day: Day?

    public static var columns: [ViewColumn<Self>] {
        columns(of: TillsView.self)
    }

    public init() {}

    public init(till: Ref<Till>) { self.till = till }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("till", &till, .till)
        try visitor.field("day", &day, Label("日期", en: "Day"))
    }

    /// Of the day that is asked for; else of the present one. What lies outside any till of these days comes last.
    public func subjects(in context: ViewContext) throws -> [TillsView.Subject] {
        let (estate, all) = (context.estate, Array(context.estate.tills.all.values))
        let given = try till.map { try estate.tills.known($0) }
        let days = given?.days(in: context.zone) ?? (day ?? context.day)...(day ?? context.day)
        let tills = given.map { [$0] } ?? all.filter { days.overlaps($0.days(in: context.zone)) }
        let outside = estate.moneyOutside(all).filter { money in
            days.contains(money.day) && given.map { $0.cashier == money.cashier } ?? true
        }
        return estate.tillMethods(of: tills).map { .method($0) } + outside.map { .outside($0) }
    }
}

extension Till {
    /// The days from its opening to its close.
    fileprivate func days(in zone: Zone) -> ClosedRange<Day> {
        let first = Day(opened, in: zone)
        return first...max(first, Day(closing?.at ?? opened, in: zone))
    }
}

extension DailyReport {
    public static func document(of rows: [Row], in estate: Estate, at moment: Moment, _ language: Language) -> Document
    {
        let tills: [Till] = rows.compactMap(\.till).reduce(into: []) { if $0.last?.id != $1.id { $0.append($1) } }
        let day = rows.first.map { Day($0.opened, in: estate.zone) } ?? Day(asOf: moment, in: estate.zone)
        let outside = rows.filter { $0.till == nil }
        let sheets = tills.map { till in
            sheet(
                of: till, rows.filter { $0.till?.id == till.id }, outside.filter { $0.cashier == till.cashier },
                in: estate, at: moment, language)
        }
        // What nobody with a till of the day has received stands on a sheet of its own.
        let others = outside.filter { row in !tills.contains { $0.cashier == row.cashier } }
        return Document(
            name: "\(name)-\(day.text)", title: label[language], language: language,
            sheets: sheets + (others.isEmpty ? [] : [sheet(outside: others, in: estate, language)]),
            empty: Label("这一天没有收银班", en: "there was no till on this day")[language])
    }

    /// Money outside any till: who received it, how, and how much.
    private static func sheet(outside rows: [Row], in estate: Estate, _ language: Language) -> Sheet {
        Sheet(
            heading: "\(estate.name) \(Label.moneyOutside[language])", number: "",
            blocks: outsideTable(of: rows, in: estate, language),
            foot: Label(
                "没有开收银班收退的钱，不在任何一班的日结里：请说明去向",
                en: "received or paid back without an open till: in no daily close. Say where it is")[language])
    }

    private static func outsideTable(of rows: [Row], in estate: Estate, _ language: Language) -> [Sheet.Block] {
        if rows.isEmpty { return [] }
        func word(_ chinese: String, _ english: String) -> String { language == .chinese ? chinese : english }
        let head = [
            word("收银员", "Cashier"), word("方式", "Method"), word("笔数", "Count"), word("实收", "Received"),
            word("退款", "Refunded"),
        ]
        let table = rows.map { row in
            [
                estate.staff.name(of: row.cashier), row.method, "\(row.line.count)", row.line.received.grouped,
                row.line.refunded.grouped,
            ]
        }
        return [.heading(Label.moneyOutside[language]), .table(head, table)]
    }

    private static func sheet(
        of till: Till, _ rows: [Row], _ outside: [Row], in estate: Estate, at moment: Moment, _ language: Language
    ) -> Sheet {
        func word(_ chinese: String, _ english: String) -> String { language == .chinese ? chinese : english }
        func clock(_ moment: Moment) -> String { moment.display(zone: estate.zone, language: language) }
        let payments = estate.payments(of: till)
        let entries: [Sheet.Entry] = [
            .init(word("收银员", "Cashier"), estate.staff.name(of: till.cashier)),
            .init(Label.float[language], till.float.grouped), .init(word("开始", "Opened"), clock(till.opened)),
            .init(word("日结", "Closed"), till.closing.map { clock($0.at) } ?? word("未日结", "open")),
            .init(word("收据", "Receipts"), estate.receiptRange(of: payments, till) ?? word("无", "none")),
            .init(word("作废", "Voided"), "\(payments.count { $0.voided != nil })"),
        ]
        let counted = rows.filter { $0.isCounted && ($0.line.expected != .zero || $0.counted ?? .zero != .zero) }
        let head = [
            word("方式", "Method"), word("笔数", "Count"), word("实收", "Received"), word("退款", "Refunded"),
            word("应有", "Expected"), word("清点", "Counted"), word("长短款", "Difference"),
        ]
        let table = counted.map { row in
            [
                row.method, "\(row.line.count)", row.line.received.grouped, row.line.refunded.grouped,
                row.line.expected.money.grouped, row.counted?.grouped ?? "", row.difference?.grouped ?? "",
            ]
        }
        func sum(_ value: (Row) -> Money) -> String { counted.reduce(.zero) { $0 + value($1) }.grouped }
        let total = [
            word("合计", "Total"), "\(counted.reduce(0) { $0 + $1.line.count })", sum { $0.line.received },
            sum { $0.line.refunded }, sum { $0.line.expected.money }, sum { $0.counted ?? .zero },
            sum { $0.difference ?? .zero },
        ]
        return Sheet(
            heading: "\(estate.name) \(label[language])", number: "",
            blocks: [.entries(entries), .table(head, table + [total])] + remarks(of: rows, till, payments, estate, word)
                + outsideTable(of: outside, in: estate, language)
                + [.entries([.init(word("收银员签名", "Cashier"), nil), .init(word("接收人签名", "Receiver"), nil)])],
            foot: word(
                "先点后看：清点数先于应有数填写。押金另数、另封，不与收入混。打印于 \(clock(moment))",
                "What was counted was typed before it was known what had to be there. Printed \(clock(moment))"))
    }

    /// Reasons and slips, deposits, what became of it later, and who took it over.
    private static func remarks(
        of rows: [Row], _ till: Till, _ payments: [Payment], _ estate: Estate, _ word: (String, String) -> String
    ) -> [Sheet.Block] {
        var remarks: [[String]] = []
        for row in rows where row.isCounted {
            if let words = row.difference?.differenceWords {
                remarks.append([
                    row.method, word(words.chinese, words.english), row.why ?? word("原因未写", "not explained"),
                ])
            }
            if let slip = row.count?.slip { remarks.append([row.method, word("单号", "Slip"), slip]) }
            if row.line.deposits > .zero {
                remarks.append([row.method, word("其中押金", "Deposits"), row.line.deposits.grouped])
            }
            if let later = row.later { remarks.append([row.method, word("日结后变动", "Changed since"), later.grouped]) }
        }
        for payment in payments where payment.voided != nil {
            remarks.append([
                payment.method ?? Label.unstatedMethod.chinese, word("作废", "Voided"),
                "\(payment.unit.text) \(payment.amount.grouped) \(estate.receiptNumber(of: payment) ?? "")",
            ])
        }
        let receiver = till.closing.map { estate.staff.name(of: $0.receiver) }
        return
            (remarks.isEmpty ? [] : [.table([word("方式", "Method"), word("事项", "What"), word("说明", "Note")], remarks)])
            + [.entries([.init(word("接收人", "Received by"), receiver ?? "—", isWide: true)])]
    }
}

extension Estate {
    /// The payments that passed a till, voided ones included, in the order of recording.
    func payments(of till: Till) -> [Payment] {
        let payments = fees.payments.values
        return (till.firstPayment..<payments.endIndex).compactMap { index in
            let payment = payments[index]
            return payment.by == till.cashier && till.holds(payment, index) ? payment : nil
        }
    }

    /// `desk-000012 – desk-000031`, of payments and deposits; `nil` if there are none.
    fileprivate func receiptRange(of payments: [Payment], _ till: Till) -> String? {
        let receipts =
            payments.map { ($0.receipt, $0.node) }
            + deposits.movements.filter { $0.by == till.cashier && till.holds($0) }.map { ($0.receipt, $0.node) }
        let numbers = receipts.sorted { $0.0 < $1.0 }.compactMap { receiptNumber($0.0, of: $0.1) }
        guard let first = numbers.first, let last = numbers.last else { return nil }
        return first == last ? first : "\(first) – \(last)"
    }
}
