import Journal

/// The receipt of one payment (收据): the bills as they were posted, not where the money is now.
public struct ReceiptSheet: Report {
    public static let name = "receipt"
    public static let label = Label("收据", en: "Receipt")
    var payment = Ref<Payment>.placeholder

    public static var columns: [ViewColumn<Self>] {
        columns(of: ReceiptsView.self)
        Column("owner") { $0.owner }
        Column("payer", .payer) { $0.mayShowPayer ? $0.payer.value ?? nil : nil }
        Column("tendered", .tendered) { $0.tendered }
        Column("change", .change) { $0.change }
    }

    public init() {}

    public init(payment: Ref<Payment>) { self.payment = payment }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("payment", &payment, .payment)
    }

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool { false }

    public func subjects(in context: ViewContext) throws -> [Payment] {
        guard let known = context.estate.fees.payments[payment] else { throw payment.unknown.about("payment") }
        return [known]
    }
}

extension ViewRow<ReceiptSheet> {
    /// The owner whose account it was paid into.
    var owner: String? { estate.owner(of: estate.fees.account(of: subject))?.name }
    var change: Money? { subject.tendered.map { $0 - subject.amount } }

    /// Who paid is closed to everybody but finance; on the day itself those who receive payments print it.
    var mayShowPayer: Bool {
        guard let reader = context.reader else { return false }
        if [.finance, .manager].contains(reader) { return true }
        return ReceivePayment.roles.contains(reader) && Day(subject.received, in: context.zone) == context.day
    }

    /// Who paid, for a reader who may see it; else the owner.
    var paidBy: String? {
        mayShowPayer ? subject.payer.value.flatMap { $0 } ?? owner : owner
    }
}

extension ReceiptSheet {
    public static func document(of rows: [Row], in estate: Estate, at moment: Moment, _ language: Language) -> Document
    {
        Document(
            name: rows.first.map { "\(name)-\($0.number ?? $0.subject.id.id.text)" } ?? name, title: label[language],
            language: language, sheets: rows.map { sheet($0, at: moment, language) }, empty: "")
    }

    private static func sheet(_ row: Row, at moment: Moment, _ language: Language) -> Sheet {
        let (estate, payment) = (row.estate, row.subject)
        func word(_ chinese: String, _ english: String) -> String { language == .chinese ? chinese : english }
        func clock(_ moment: Moment) -> String { moment.display(zone: estate.zone, language: language) }
        func text(_ label: Label) -> String { label[language] }
        let none = text(.unstatedMethod)
        var entries: [Sheet.Entry] = [
            .init(word("收据号", "Number"), row.number ?? word("无", "none")),
            .init(word("收款时间", "Received"), clock(payment.received)),
            .init(word("房号", "Unit"), payment.unit.text),
            .init(word("业主", "Owner"), row.owner ?? word("未登记", "unknown")),
            .init(word("交款人", "Paid by"), row.paidBy ?? none), .init(word("付款方式", "Method"), payment.method ?? none),
        ]
        if let voided = payment.voided { entries.append(.init(word("作废", "Voided"), clock(voided), isWide: true)) }
        var sum: [Sheet.Entry] = [
            .init(word("金额", "Amount"), "￥\(payment.amount.grouped)", isWide: true),
            .init(word("大写", "In capitals"), payment.amount.writtenOut, isWide: true),
        ]
        if let tendered = payment.tendered, let change = row.change {
            sum += [.init(word("收到现金", "Handed over"), tendered.grouped), .init(text(.change), change.grouped)]
        }
        sum += [.init(text(.receivedBy), row.receiver), .init(word("收款单位（章）", "Seal"), "")]
        return Sheet(
            heading: "\(estate.name) \(text(label))\(marks(of: row, word))", number: "",
            blocks: [
                .entries(entries),
                .table([word("账期", "Period"), word("收费项目", "Item"), word("金额", "Amount")], lines(of: row, word)),
                .entries(sum),
            ],
            foot: word("本收据不作发票使用。打印于 \(clock(moment))", "This receipt is no invoice. Printed \(clock(moment))"))
    }

    /// A copy, a void, and a paper of which no printing is recorded, say so.
    private static func marks(of row: Row, _ word: (String, String) -> String) -> String {
        let copy =
            switch row.printings.count {
            case 0: word("（预览，未打印）", " (preview, not printed)")
            case 1: ""
            case let count: word("（补打，第 \(count) 次打印）", " (copy, printing \(count))")
            }
        return copy + (row.subject.voided == nil ? "" : word("（作废）", " (void)"))
    }

    private static func lines(of row: Row, _ word: (String, String) -> String) -> [[String]] {
        let payment = row.subject
        let bills = payment.posted.map { share in
            let bill = row.estate.fees.bills[share.bill]
            return [bill?.period.text ?? "—", bill?.item ?? "—", share.amount.grouped]
        }
        let lateFees = payment.lateFees.map { share in
            let bill = row.estate.fees.bills[share.bill]
            return [
                bill?.period.text ?? "—", (bill?.item ?? "") + word("违约金", " late fee"), share.amount.grouped,
            ]
        }
        let rest = (payment.posted + payment.lateFees).reduce(payment.amount) { $0 - $1.amount }
        guard rest > .zero else { return bills + lateFees }
        let term = row.estate.fees.term(of: payment)
        let months = term.map { "\($0.from.text)–\($0.to.text)" } ?? "—"
        let discount = term.flatMap { $0.discount.scaled > 0 ? $0.discount.text : nil }
        let what = word("预收", "Prepaid") + (discount.map { word("（优惠 \($0)%）", " (less \($0) %)") } ?? "")
        return bills + lateFees + [[months, what, rest.grouped]]
    }
}

extension ReceiptSheet {
    /// The document as it is once this printing is recorded. Throws ``Refusal`` `payment.unknown`.
    public func printed(
        in estate: Estate, at moment: Moment, by member: String, _ language: Language
    ) throws -> Document {
        var estate = estate
        estate.receipts.add(Receipts.Printing(at: moment, by: member), of: payment)
        let rows = try rows(of: estate, at: moment, for: estate.staff.members[member]?.role)
        return ReceiptSheet.document(of: rows, in: estate, at: moment, language)
    }
}
