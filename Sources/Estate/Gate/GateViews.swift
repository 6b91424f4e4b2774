import Journal

extension Label {
    public static let handedOver = Label("跨班", en: "Handed over")
}

/// The visitors.
public struct GateView: PlainView {
    public static let name = "gate"
    public static let label = Label("门岗", en: "Gate")
    public static let timeKey: String? = "arrived"

    public static var columns: [ViewColumn<Self>] {
        Column("id") { $0.id }
        Column("name") { $0.visitor.name }
        Column("count") { $0.subject.total }
        Column("host", Label("房号", en: "Host")) { Location(UnitCode(text: $0.hostName)) }
        Column("resident", Label("被访人", en: "Resident")) { $0.resident }
        Column("purpose") { $0.purpose }
        Column("plate") { $0.visitor.plate }
        Column("plateState", Label("车辆", en: "Vehicle")) { $0.plateState }
        Column("phone") { $0.visitor.phone.map { $0?.masked } }
        Column("document") { $0.visitor.document }
        Column("arrived", Label("到访", en: "Arrived")) { $0.arrived }
        Column("left", Label("离场", en: "Left")) { $0.left }
        Column("state") { $0.state }
        Column("handed", .handedOver) { $0.isHandedOver }
        Column("post") { $0.post }
        Column("hostState", .hostState) { $0.hostState }
        Column("contact", Label("联系", en: "Contact")) { $0.contact?.outcome }
        Column("inside", Label("在场人数", en: "People inside")) { $0.isInside ? $0.subject.count : 0 }
        Column("exitPlate", .exitPlate) { $0.subject.exitPlate }
        Column("corrected", Label("已更正", en: "Corrected")) { $0.isCorrected }
    }

    public init() {}

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool {
        [VisitState.inside, .overstay].contains { $0.rawValue == filters["state"] }
            || window.covers(from: filters)
    }

    public func subjects(in context: ViewContext) -> EntityTable<Visit>.Values { context.estate.gate.visits.values }
}

extension ViewRow<GateView> {
    public var resident: String? { subject.resident.flatMap { estate.people.persons[$0]?.name } }
    public var plateState: PlateState { estate.plateState(subject.plate) }
    /// Masked.
    public var phone: String? { subject.phone?.masked }
    public var hostState: HostState { estate.hostState(of: subject.host, recorded: subject.recordedHostState) }
    public var isHandedOver: Bool { subject.handed != nil }
    public var state: VisitState { subject.state(at: context.moment, by: estate.handbook.gate) }
}
