import Handbook
import Journal

extension Fees {
    /// One entry of an account's statement (对账单).
    public struct StatementEntry: Sendable {
        public let account: Account
        public let at: Moment
        public let what: Label
        /// What is owed more by it.
        public let charge: Money?
        /// What is owed less, or prepaid, by it.
        public let credit: Money?
        /// What is owed after it, less what is prepaid: below zero if more is prepaid.
        public fileprivate(set) var balance = Money.zero

        fileprivate init(_ account: Account, _ at: Moment, _ what: Label, charge: Money? = nil, credit: Money? = nil) {
            (self.account, self.at, self.what, self.charge, self.credit) = (account, at, what, charge, credit)
        }
    }

    /// Everything that changed what an account owes, in order of time. Its last balance is what is owed less what is
    /// prepaid.
    func statement(of account: Account, in estate: Estate, at moment: Moment) -> [StatementEntry] {
        var entries = bills(of: account).flatMap { self.entries(of: $0, account) }
        entries += lateFeeEntries(of: account, in: estate, at: moment)
        for payment in payments(of: account) { entries += self.entries(of: payment, account, in: estate) }
        for refund in refunds(of: account.unit) where self.account(of: account.unit, at: refund.since) == account {
            entries.append(
                StatementEntry(
                    account, refund.at, .refund.with([refund.method ?? "", refund.why]), charge: refund.taken)
            )
        }
        var balance = Money.zero
        return entries.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map { _, entry in
            balance += (entry.charge ?? .zero) - (entry.credit ?? .zero)
            var entry = entry
            entry.balance = balance
            return entry
        }
    }

    private func entries(of bill: Bill, _ account: Account) -> [StatementEntry] {
        let what = [bill.period.text, bill.item]
        return [StatementEntry(account, bill.since, .bill.with(what), charge: bill.amount)]
            + bill.reductions.map {
                $0.amount < .zero
                    ? StatementEntry(
                        account, max($0.at, bill.since), .discountTakenBack.with(what), charge: .zero - $0.amount)
                    : StatementEntry(
                        account, max($0.at, bill.since),
                        ($0.payment == nil ? Label.reduction : .prepaidDiscount)
                            .with(what), credit: $0.amount)
            }
            + (bill.voided.map {
                [
                    StatementEntry(
                        account, max($0, bill.since), .billVoided.with(what), credit: bill.amount - bill.reduced)
                ]
            } ?? [])
    }

    /// 违约金 as it was paid, then what is still to be paid of it.
    private func lateFeeEntries(of account: Account, in estate: Estate, at moment: Moment) -> [StatementEntry] {
        let paid = bills(of: account).flatMap { bill in
            (lateFees[bill.id]?.paid ?? []).compactMap { share in
                payments[share.payment].map { payment in
                    StatementEntry(
                        account, payment.received, .lateFee.with([bill.period.text, bill.item]), charge: share.amount)
                }
            }
        }
        return paid
            + estate.lateFees(of: account, on: Day(asOf: moment, in: estate.zone)).map { fee in
                StatementEntry(
                    account, moment, .lateFee.with([fee.bill.period.text, fee.bill.item]), charge: fee.balance)
            }
    }

    private func entries(of payment: Payment, _ account: Account, in estate: Estate) -> [StatementEntry] {
        let number = estate.receiptNumber(of: payment)
        let what = [payment.method ?? "", number ?? ""]
        return [StatementEntry(account, payment.received, .payment.with(what), credit: payment.amount)]
            + (payment.voided.map {
                [StatementEntry(account, $0, .paymentVoided.with([number ?? ""]), charge: payment.amount)]
            } ?? [])
    }
}

extension Label {
    fileprivate static let prepaidDiscount = Label("预存优惠", en: "Discount")
    fileprivate static let discountTakenBack = Label("收回优惠", en: "Discount taken back")
    fileprivate static let reduction = Label("减免", en: "Reduction")
    fileprivate static let billVoided = Label("账单作废", en: "Bill voided")
    fileprivate static let paymentVoided = Label("收款作废", en: "Payment voided")
    fileprivate static let refund = Label("退款", en: "Refund")

    fileprivate func with(_ details: [String]) -> Label {
        let details = details.filter { !$0.isEmpty }.map { " \($0)" }.joined()
        return Label(chinese + details, en: english + details)
    }
}

/// The statement of a unit (对账单): its bills, payments and what corrected them, with the balance. Each owner's account
/// stands apart, the first one first.
public struct StatementView: Report {
    public static let name = "statement"
    public static let label = Label("对账单", en: "Statement")
    public static let timeKey: String? = "at"
    var unit = UnitCode.placeholder

    public static var columns: [ViewColumn<Self>] {
        Column("at") { $0.at }
        Column("what", .what) { $0.what }
        Column("charge", .charge) { $0.charge }
        Column("credit", .credit) { $0.credit }
        Column("balance", .balance) { $0.balance }
        Column("owner") { $0.estate.owner(of: $0.account)?.name }
        Column("former", .formerOwner) { !$0.account.isPresent }
    }

    public init() {}

    public init(unit: UnitCode) { self.unit = unit }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws { try visitor.field("unit", &unit) }

    public func subjects(in context: ViewContext) throws -> [Fees.StatementEntry] {
        let estate = context.estate
        try estate.people.check(unit)
        return estate.fees.accounts(of: unit).flatMap { estate.fees.statement(of: $0, in: estate, at: context.moment) }
    }
}

extension Label {
    fileprivate static let what = Label("事项", en: "What")
    fileprivate static let charge = Label("应收", en: "Charge")
    fileprivate static let credit = Label("已收", en: "Credit")
    fileprivate static let balance = Label("余额", en: "Balance")
}

extension StatementView {
    public static func document(of rows: [Row], in estate: Estate, at moment: Moment, _ language: Language) -> Document
    {
        let accounts: [Account] = rows.map(\.account).reduce(into: []) { if $0.last != $1 { $0.append($1) } }
        let day = Day(asOf: moment, in: estate.zone)
        return Document(
            name: rows.first.map { "\(name)-\($0.account.unit.text)-\(day.text)" } ?? name, title: label[language],
            language: language,
            sheets: accounts.map { account in
                sheet(of: account, rows.filter { $0.account == account }, in: estate, on: day, language)
            },
            empty: Label("没有账单和收款", en: "there are no bills and no payments")[language])
    }

    private static func sheet(
        of account: Account, _ rows: [Row], in estate: Estate, on day: Day, _ language: Language
    ) -> Sheet {
        func word(_ chinese: String, _ english: String) -> String { language == .chinese ? chinese : english }
        let balance = rows.last?.balance ?? .zero
        let owner = estate.owner(of: account)?.name ?? word("未登记", "unknown")
        let sum: [Sheet.Entry] =
            balance > .zero
            ? [
                .init(word("欠费", "Owed"), "￥\(balance.grouped)", isWide: true),
                .init(word("大写", "In capitals"), balance.writtenOut, isWide: true),
            ] : [.init(word("预收", "Prepaid"), "￥\((.zero - balance).grouped)", isWide: true)]
        return Sheet(
            heading: "\(estate.name) \(label[language])", number: "",
            blocks: [
                .entries([
                    .init(word("房号", "Unit"), account.unit.text),
                    .init(account.isPresent ? word("业主", "Owner") : word("原业主", "Former owner"), owner),
                    .init(word("截至", "As of"), day.text, isWide: true),
                ]),
                .table(
                    [word("日期", "Date"), Label.what[language]]
                        + [Label.charge, .credit, .balance].map { $0[language] },
                    table(of: rows, in: estate, language)),
                .entries(sum),
            ],
            foot: word(
                "余额大于零是欠费，小于零是预收。如有不符，请告知我们核对。",
                "A balance above zero is owed, one below zero is prepaid. Please tell us of any difference.")
                + (estate.fees.hasLateFees ? " " + lateFeePolicy(estate.handbook.fees.penalty)[language] : ""))
    }

    private static func lateFeePolicy(_ penalty: Handbook.Fees.Penalty) -> Label {
        Label(
            "违约金：\(penalty.explanation)",
            en: "Late fees are \(penalty.yearlyPercent) % a year; a court may lower them.")
    }

    /// The entries, after the balance that they begin with.
    private static func table(of rows: [Row], in estate: Estate, _ language: Language) -> [[String]] {
        guard let first = rows.first else { return [] }
        let opening = first.balance - (first.charge ?? .zero) + (first.credit ?? .zero)
        let carried = [
            "", Label("期初余额", en: "Brought forward")[language], "", "", opening.grouped,
        ]
        return (opening == .zero ? [] : [carried])
            + rows.map { row in
                [
                    Day(row.at, in: estate.zone).text, row.what[language], row.charge?.grouped ?? "",
                    row.credit?.grouped ?? "", row.balance.grouped,
                ]
            }
    }
}
