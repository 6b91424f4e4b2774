import Journal

/// The money of deposits (押金) as it came and went: receipts of deposits stand here, in one sequence with those of
/// payments.
public struct DepositsView: PlainView {
    public static let name = "deposits"
    public static let label = Label("押金收支", en: "Deposits")
    public static let changesWithTime = false
    public static let timeKey: String? = "at"

    public static var columns: [ViewColumn<Self>] {
        Column("number", .receiptNumber) { $0.estate.receiptNumber($0.receipt, of: $0.node) }
        Column("unit") { $0.unit }
        Column("amount") { SignedAmount($0.amount) }
        Column("method", .paymentMethod) { $0.method }
        Column("at") { $0.at }
        Column("by", Label("经办", en: "By")) { $0.estate.staff.name(of: $0.by) }
        Column("record", Label("所属", en: "Record")) { $0.record.text }
    }

    public init() {}

    public func subjects(in context: ViewContext) -> [DepositMovement] { context.estate.deposits.movements }
}

extension Deposits: Feature {
    static let views: [any View.Type] = [DepositsView.self]
    /// A guard sees no money.
    static let hiddenFrom = Fees.hiddenFrom
}
