import Journal

/// The receipts (收据): every payment has one, a voided one keeps its number.
public struct ReceiptsView: PlainView {
    public static let name = "receipts"
    public static let label = Label.receipt
    public static let changesWithTime = false
    public static let timeKey: String? = "at"

    public static var columns: [ViewColumn<Self>] {
        Column("number", .receiptNumber) { $0.number }
        Column("unit") { $0.unit }
        Column("amount") { $0.amount }
        Column("capitals", .capitals) { $0.amount.writtenOut }
        Column("bills", Label("所付账单", en: "Bills")) { $0.bills }
        Column("at", .received) { $0.received }
        Column("voided") { $0.voided }
        Column("printed", Label("打印次数", en: "Printed")) { $0.printings.count }
        Column("invoice", Label("发票", en: "Invoice")) { $0.invoice }
        Column("invoiceNumber", .invoiceNumber) { $0.invoiceNumber }
        Column("method", .paymentMethod) { $0.method }
        Column("by", .receivedBy) { $0.receiver }
        Column("payment", .payment) { $0.id }
    }

    public init() {}

    public func subjects(in context: ViewContext) -> EntityTable<Payment>.Values { context.estate.fees.payments.values }
}

extension ViewRow where V.Subject == Payment {
    /// As it is printed; `nil` for a payment that was recorded before receipts were numbered.
    public var number: String? { estate.receiptNumber(of: subject) }
    public var printings: [Receipts.Printing] { estate.receipts.printings(of: subject.id) }
    public var receiver: String { estate.staff.name(of: subject.by) }

    public var invoice: InvoiceState {
        estate.receipts.invoice(of: subject.id).map { $0.isRed ? .red : .issued } ?? InvoiceState.none
    }

    public var invoiceNumber: String? { estate.receipts.invoice(of: subject.id)?.number }

    /// The bills that the payment paid when it was posted.
    var bills: PaidBills {
        let bills = subject.posted.compactMap { share in
            estate.fees.bills[share.bill].map {
                PaidBills.Share(bill: .of($0.period, item: $0.item), amount: share.amount)
            }
        }
        let lateFees = subject.lateFees.compactMap { share in
            estate.fees.bills[share.bill].map { PaidBills.Share(lateFeeOf: $0, share.amount, in: estate) }
        }
        return PaidBills(shares: bills + lateFees)
    }
}

extension Label {
    static let receipt = Label("收据", en: "Receipts")
}
