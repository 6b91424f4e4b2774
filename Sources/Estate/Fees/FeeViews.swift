import Journal

/// The bills.
public struct BillsView: PlainView {
    public static let name = "bills"
    public static let label = Label("账单", en: "Bills")
    public static let timeKey: String? = "due"
    public static let looksAhead = true

    public static var columns: [ViewColumn<Self>] {
        Column("id") { $0.id }
        Column("unit") { $0.unit }
        Column("period") { $0.period }
        Column("item", .fee) { $0.item }
        Column("amount") { $0.amount }
        Column("reduced") { $0.reduced }
        Column("paid", .paid) { $0.paid }
        Column("due", .dueDate) { $0.due }
        Column("how", .how) { $0.origin.how }
        Column("from", .firstDay) { $0.origin.days?.lowerBound }
        Column("to", .lastDay) { $0.origin.days?.upperBound }
        Column("payer", .payer) { $0.estate.debtor(of: $0.subject) }
        Column("nature", .nature) { $0.estate.nature(of: $0.subject) }
        Column("voided") { $0.voided }
    }

    public init() {}

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool {
        filters["period"].map { $0 >= window.firstPeriod.text } ?? false
    }

    public func subjects(in context: ViewContext) -> EntityTable<Bill>.Values { context.estate.fees.bills.values }
}

/// The payments.
public struct PaymentsView: PlainView {
    public static let name = "payments"
    public static let label = Label("收款", en: "Payments")
    public static let changesWithTime = false
    public static let timeKey: String? = "received"

    public static var columns: [ViewColumn<Self>] {
        Column("id") { $0.id }
        Column("unit") { $0.unit }
        Column("amount") { $0.amount }
        Column("received", .received) { $0.received }
        Column("method", .paymentMethod) { $0.method }
        Column("prepaid", .prepaid) { $0.prepaid }
        Column("voided") { $0.voided }
        Column("slip", .slip) { $0.slip }
        Column("refunded", .refunded) { $0.refunded }
        Column("by", .receivedBy) { $0.estate.staff.name(of: $0.by) }
        Column("receipt", .receiptNumber) { $0.receipt == 0 ? nil : $0.receipt }
        Column("payer", .paidBy) { $0.payer }.restricted(to: [.finance, .manager])
        Column("invoice", Label("发票", en: "Invoice")) { $0.invoice }
    }

    public init() {}

    public func subjects(in context: ViewContext) -> EntityTable<Payment>.Values { context.estate.fees.payments.values }
}

/// The accounts in arrears, the largest sum first. What a former owner owes stands apart.
public struct ArrearsView: PlainView {
    public static let name = "arrears"
    public static let label = Label("欠费", en: "Arrears")

    public static var columns: [ViewColumn<Self>] {
        Column("unit") { $0.unit }
        Column("owner") { $0.owner }
        Column("owed", Label("欠费", en: "Owed")) { $0.owed }
        Column("oldest", Label("最早到期", en: "Oldest due")) { $0.oldest }
        Column("periods", Label("期数", en: "Periods")) { $0.periods }
        Column("days", Label("逾期天数", en: "Days overdue")) { $0.days }
        Column("promise") { $0.promise }
        Column("outcome", Label("催缴结果", en: "Outcome")) { $0.outcome }
        Column("former", .formerOwner) { !$0.account.isPresent }
        Column("limitation", .limitation) { $0.limitation }
        Column("contacted", Label("最近联系", en: "Last contact")) { $0.lastContact?.at }
        Column("collector", .collector) { $0.collector.map(\.name) }
    }

    public init() {}

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool { true }

    public func subjects(in context: ViewContext) -> [Fees.Arrears] {
        context.estate.fees.arrears(at: context.moment, zone: context.zone)
            .sorted { ($1.owed, $0.unit) < ($0.owed, $1.unit) }
    }
}

extension ViewRow<ArrearsView> {
    /// Who owes.
    public var owner: String? { estate.owner(of: subject.account)?.name }
    /// Who owes, if it is a former owner.
    public var debtor: Person? { subject.account.isPresent ? nil : estate.owner(of: subject.account) }
    /// The overdue bills, as a payment names them.
    public var overdueBills: PaidBills {
        let bills = estate.fees.unpaidBills(of: subject.account).filter { $0.due < context.day }
        return PaidBills(shares: bills.map { PaidBills.Share(bill: .of($0.period, item: $0.item), amount: nil) })
    }
    /// The last promise, unless the bills that it was about are paid.
    public var promise: Day? {
        estate.fees.outstandingPromise(of: subject.unit)?.promise
    }
    /// The outcome of the last reminder or letter.
    public var outcome: String? { lastContact?.outcome }
}

/// The reminders.
public struct DunningsView: PlainView {
    public static let name = "dunnings"
    public static let label = Label("催缴", en: "Reminders")
    public static let changesWithTime = false
    public static let timeKey: String? = "at"

    public static var columns: [ViewColumn<Self>] {
        Column("id") { $0.id }
        Column("unit") { $0.unit }
        Column("at") { $0.at }
        Column("by", Label("催缴人", en: "By")) { $0.estate.staff.name(of: $0.by) }
        Column("channel") { $0.channel }
        Column("outcome") { $0.outcome }
        Column("promise") { $0.promise }
    }

    public init() {}

    public func subjects(in context: ViewContext) -> [Dunning] {
        context.estate.fees.dunnings.values.flatMap { $0 }.sorted { ($0.at, $0.id.id) < ($1.at, $1.id.id) }
    }
}

/// The promises to pay, and what became of them.
public struct PromisesView: PlainView {
    public static let name = "promises"
    public static let label = Label("付款承诺", en: "Promises")
    public static let timeKey: String? = "promise"
    public static let looksAhead = true

    public static var columns: [ViewColumn<Self>] {
        Column("id") { $0.id }
        Column("unit") { $0.unit }
        Column("promise") { $0.promise }
        Column("state") { $0.state }
        Column("at") { $0.at }
    }

    public init() {}

    public func subjects(in context: ViewContext) -> [Dunning] {
        DunningsView().subjects(in: context).filter { $0.promise != nil }
    }
}

extension ViewRow<PromisesView> {
    public var state: PromiseState {
        guard estate.fees.isOutstanding(subject) else { return .kept }
        return subject.promise.map { $0 < context.day } ?? false ? .broken : .open
    }
}
