import Journal

/// The receipt of a payment is printed (收据), or printed again (补打). What is on paper is never undone.
public struct PrintReceipt: ActionFact {
    public static let name = "receipt.print"
    static let kind: StaticString = "receipt.printed"
    static var merging: Merging<Self> { .grows { fact, estate in estate.fees.payments.holds(fact.payment) } }
    public static let label = Label("打印收据", en: "Print a receipt")
    public static let roles = ReceivePayment.roles
    var payment = Ref<Payment>.placeholder

    public init() {}

    public init(payment: Ref<Payment>) { self.payment = payment }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("payment", &payment, .payment)
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        guard let known = estate.fees.payments[payment] else { throw payment.unknown }
        try plan.refuse(before: known.received, .payment)
    }

    public func confirmation(in estate: Estate, at moment: Moment) -> Confirmation? {
        guard let last = estate.receipts.printings(of: payment).last, let known = estate.fees.payments[payment]
        else { return nil }
        let (count, when) = (estate.receipts.printings(of: payment).count, last.at)
        return Confirmation(
            Label(
                "补打 \(known.words(in: estate)) 的收据？", en: "Print the receipt of \(known.words(in: estate)) again?"),
            [
                .fact(Label("已打印", en: "Printed"), "\(count) 次", en: "\(count) times"),
                .fact(
                    Label("上次", en: "Last"),
                    "\(when.display(zone: estate.zone, language: .chinese)) \(estate.staff.name(of: last.by))"),
            ], yes: Label("补打", en: "print again"))
    }

    var subject: EntryID? { payment.id }
    func affectedIDs(in estate: Estate) -> [String]? { nil }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.receipts.add(Receipts.Printing(at: metadata.at, by: metadata.by), of: payment)
    }
}

/// An invoice (发票) was made out for a payment, or written off by a red one (红冲).
public struct InvoicePayment: ActionFact {
    public static let name = "payment.invoice"
    static let kind: StaticString = "payment.invoiced"
    static var merging: Merging<Self> {
        .first { fact, estate, _ in
            guard let payment = estate.fees.payments[fact.payment] else { return .unknown }
            if estate.receipts.isInvoiced(payment.id) != fact.isRed {
                return .doubled(
                    fact.isRed
                        ? Label("发票已红冲", en: "the invoice had been written off")
                        : Label("这笔收款已开发票", en: "an invoice had been made out"))
            }
            return fact.isRed || payment.voided == nil
                ? nil : .suspicious(Label("收款已在别处作废，发票须红冲", en: "the payment was voided: write the invoice off"))
        }
    }
    public static let label = Label("登记发票", en: "Record an invoice")
    public static let roles: Set<Role> = [.finance, .supervisor]
    var payment = Ref<Payment>.placeholder
    var number = SlipNumber.placeholder
    var red: Bool?

    private var isRed: Bool { red ?? false }

    public init() {}

    public init(payment: Ref<Payment>, number: String, isRed: Bool = false) {
        (self.payment, self.number, red) = (payment, SlipNumber(number), isRed ? true : nil)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("payment", &payment, .payment)
        try visitor.field("number", &number, .invoiceNumber)
        try visitor.field("red", &red, Label("红字发票", en: "Red"))
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        guard let known = estate.fees.payments[payment] else { throw payment.unknown }
        if isRed {
            if !estate.receipts.isInvoiced(payment) {
                throw Refusal.rule("invoice.none", "这笔收款没有可红冲的发票", en: "there is no invoice to be written off")
            }
        } else {
            if known.voided != nil {
                throw Refusal.rule("payment.voided", "这笔收款已作废，不能开发票", en: "this payment was voided")
            }
            try estate.receipts.refuseInvoiced(known)
            if estate.receipts.other(than: payment, with: number.text) != nil { plan.warn("invoice.doubled") }
        }
        try plan.refuse(before: known.received, .payment)
    }

    /// One invoice for two payments may be meant, or a mistake.
    public func confirmation(in estate: Estate, at moment: Moment) -> Confirmation? {
        guard !isRed, let other = estate.receipts.other(than: payment, with: number.text),
            let known = estate.fees.payments[other]
        else { return nil }
        return Confirmation(
            Label(
                "发票 \(number.text) 已登记在另一笔收款上，照样登记？",
                en: "Invoice \(number.text) stands on another payment: record it all the same?"),
            [
                .fact(
                    .payment,
                    "\(known.words(in: estate)) \(known.received.display(zone: estate.zone, language: .chinese))",
                    en: "\(known.words(in: estate)) \(known.received.display(zone: estate.zone, language: .english))")
            ], yes: Label("登记", en: "record it"))
    }

    var subject: EntryID? { payment.id }
    /// An invoice that was made out is written off, never undone.
    func affectedIDs(in estate: Estate) -> [String]? { nil }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.receipts.set(Receipts.Invoice(number: number.text, isRed: isRed), of: payment)
    }
}

extension Label {
    static let invoiceNumber = Label("发票号码", en: "Invoice number")
}
