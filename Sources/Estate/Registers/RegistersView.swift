import Journal

/// The registers of the gate: goods, keys, parcels, lost property.
public struct RegistersView: PlainView {
    public static let name = "registers"
    public static let label = Label("登记簿", en: "Registers")
    public static let timeKey: String? = "since"

    public static var columns: [ViewColumn<Self>] {
        Column("id") { $0.id }
        Column("register", .register) { $0.register }
        Column("what", .thing) { $0.what }
        Column("count", .pieces) { $0.count }
        Column("who", .registrant) { $0.who }
        Column("unit") { $0.unit }
        Column("phone") { $0.subject.phone.map { $0?.masked } }
        Column("since", Label("登记时间", en: "Since")) { $0.since }
        Column("due") { $0.due }
        Column("overdue", Label("逾期", en: "Overdue")) { $0.isOverdue }
        Column("witness", .witness) { $0.witness }
        Column("lacksOwner", Label("缺业主确认", en: "Owner's word missing")) { $0.lacksOwner }
        Column("closed", Label("了结", en: "Closed")) { $0.closing?.at }
        Column("outcome") { $0.closing?.outcome }
        Column("given", .fetched) { $0.closing?.who ?? Particular<String?>(nil) }
        Column("note") { $0.closing?.note }
        Column("by", Label("登记人", en: "By")) { $0.estate.staff.name(of: $0.by) }
    }

    public init() {}

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool {
        filters["closed"] == "" || window.covers(from: filters)
    }

    public func subjects(in context: ViewContext) -> EntityTable<RegisterEntry>.Values {
        context.estate.registers.all.values
    }
}

extension ViewRow<RegistersView> {
    public var isOverdue: Bool { subject.isOverdue(on: Day(context.moment, in: context.zone)) }
}
