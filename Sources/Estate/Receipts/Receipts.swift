import Journal

/// What became of the receipts (收据) of payments on paper, and the invoices (发票) that were made out for them.
public struct Receipts: Sendable {
    /// One printing of a receipt. All but the first are 补打.
    public struct Printing: Sendable {
        public let at: Moment
        /// The code of the member who printed it.
        public let by: String
    }

    /// The last invoice of a payment.
    struct Invoice: Sendable {
        let number: String
        /// Whether it was written off by a red one (红冲), whose number it is then.
        let isRed: Bool
    }

    private var printings: [Ref<Payment>: [Printing]] = [:]
    private var invoices: [Ref<Payment>: Invoice] = [:]

    /// The printings of a payment's receipt, in the order of recording.
    public func printings(of payment: Ref<Payment>) -> [Printing] { printings[payment] ?? [] }

    public func isPrinted(_ payment: Ref<Payment>) -> Bool { printings[payment] != nil }

    func invoice(of payment: Ref<Payment>) -> Invoice? { invoices[payment] }

    /// Whether an invoice of the payment stands: the payment is voided or refunded only after the red one.
    public func isInvoiced(_ payment: Ref<Payment>) -> Bool { invoices[payment].map { !$0.isRed } ?? false }

    /// Another payment for which an invoice of the same number stands.
    func other(than payment: Ref<Payment>, with number: String) -> Ref<Payment>? {
        invoices.filter { $0.key != payment && !$0.value.isRed && $0.value.number == number }.keys
            .min { $0.id < $1.id }
    }

    mutating func add(_ printing: Printing, of payment: Ref<Payment>) {
        printings[payment, default: []].append(printing)
    }

    mutating func set(_ invoice: Invoice, of payment: Ref<Payment>) { invoices[payment] = invoice }
}

extension Receipts {
    /// Throws ``Refusal`` `payment.invoiced` while an invoice of the payment stands.
    func refuseInvoiced(_ payment: Payment) throws {
        guard isInvoiced(payment.id), let invoice = invoice(of: payment.id) else { return }
        throw Refusal.rule(
            "payment.invoiced", "这笔收款已开发票 \(invoice.number)：先登记红字发票，再作废或退款",
            en: "invoice \(invoice.number) was made out for this payment: write it off first")
    }

    /// The same for a refund, which takes prepaid money of the latest payment first.
    func refuseInvoiced(refunding amount: Money, of prepayments: [Payment]) throws {
        var rest = amount
        for payment in prepayments.reversed() where rest > .zero {
            try refuseInvoiced(payment)
            rest -= payment.prepaid
        }
    }
}

extension Receipts: Feature {
    static let actions: [any Action.Type] = [PrintReceipt.self, InvoicePayment.self]
    static let views: [any View.Type] = [ReceiptsView.self, CapitalsView.self]
    static let reports: [any Report.Type] = [ReceiptSheet.self]
    /// A receipt tells what was owed.
    static let hiddenFrom = Fees.hiddenFrom
    static let warnings = [
        "invoice.doubled": Label("这个发票号码另一笔收款也有", en: "another payment has the same invoice number")
    ]

    /// What is known of a payment's receipt is kept with the payment, which is the subject of these facts. The number of an
    /// invoice is looked for among all.
    static func isCovered(_ action: any Action, by window: RetentionWindow) -> Bool { !(action is InvoicePayment) }
}

/// The state of a payment's invoice.
public enum InvoiceState: String, NamedChoice {
    case none, issued, red

    public var label: Label {
        switch self {
        case .none: Label("未开", en: "none")
        case .issued: Label("已开", en: "made out")
        case .red: Label("红冲", en: "written off")
        }
    }
}

extension Estate {
    /// The number of a payment's receipt as it is printed: numbers run without gaps in each node. `nil` for a payment
    /// that was recorded before receipts were numbered.
    public func receiptNumber(of payment: Payment) -> String? {
        receiptNumber(payment.receipt, of: payment.node)
    }
}
