import Journal

/// The shifts and their handovers.
public struct ShiftsView: PlainView {
    public static let name = "shifts"
    public static let label = Label("班次", en: "Shifts")
    public static let changesWithTime = false
    public static let timeKey: String? = "opened"

    public static var columns: [ViewColumn<Self>] {
        Column("id") { $0.id }
        Column("post") { $0.post }
        Column("staff", .onDuty) { $0.staff }
        Column("opened", Label("接班", en: "Opened")) { $0.opened }
        Column("closed", Label("交班", en: "Closed")) { $0.closed }
        Column("next") { $0.next }
        Column("handed") { $0.handed }
        Column("notes") { $0.notes }
        Column("items", .items) { $0.handover?.items }
        Column("equipment", .equipment) { $0.handover?.equipment }
        Column("keys", .keys) { $0.handover?.keys }
        Column("differences", Label("数目不符", en: "Differences")) { $0.differences }
        Column("ritual", .ritual) { $0.handover?.ritual }
        Column("acknowledged", Label("签收", en: "Acknowledged")) { $0.acknowledged }
        Column("confirmed", .confirmed) { $0.signature?.confirmed ?? [] }
        Column("reservation", .reservation) { $0.signature?.reservation }
        Column("seal", .seal) { $0.seal }
        Column("signatures", Label("签名", en: "Signatures")) { $0.signatures }
    }

    public init() {}

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool {
        filters["closed"] == "" || window.covers(from: filters)
    }

    public func subjects(in context: ViewContext) -> EntityTable<Shift>.Values { context.estate.shifts.all.values }
}

extension ViewRow<ShiftsView> {
    public var staff: String { estate.staff.name(of: subject.staff) }
    /// 手电 3/4 一支送修: what is there in another number than it has to be.
    public var differences: [String] { subject.handover?.differences.map(\.text) ?? [] }
    /// Who handed over and who took over, by name.
    public var signatures: [String] {
        [subject.closedBy, subject.signature?.by].compactMap { $0.map { estate.staff.name(of: $0) } }
    }
    public var next: String? { subject.next.map { estate.staff.name(of: $0) } }
}
