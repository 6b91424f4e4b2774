import Handbook
import Journal

/// The late payment penalties (违约金), a row for each bill that has one, the oldest due bill first; none where the policy
/// asks for none.
public struct LateFeesView: PlainView {
    public static let name = "latefees"
    public static let label = Label("违约金", en: "Late fees")
    public static let timeKey: String? = "due"

    public static var columns: [ViewColumn<Self>] {
        Column("bill", .bill) { $0.bill.id }
        Column("unit") { $0.bill.unit }
        Column("period") { $0.bill.period }
        Column("item", .fee) { $0.bill.item }
        Column("due", .dueDate) { $0.bill.due }
        Column("principal", Label("未付本金", en: "Principal")) { $0.bill.outstanding }
        Column("days", Label("天数", en: "Days")) { $0.days }
        Column("amount", Label("违约金", en: "Late fee")) { $0.amount }
        Column("paid", .paid) { $0.paid }
        Column("waived", Label("已减免", en: "Waived")) { $0.waived }
        Column("balance", Label("未交", en: "Balance")) { $0.balance }
        Column("yearly", Label("年利率%", en: "Yearly %")) { $0.estate.handbook.fees.penalty.yearlyPercent }
        Column("owner") { $0.estate.owner(of: $0.estate.fees.account(of: $0.bill))?.name }
    }

    public init() {}

    /// Bills with a balance belong to the working set, others not all of them.
    public func subjects(in context: ViewContext) -> [LateFee] { context.estate.lateFees(on: context.day) }
}
