import Journal
import OrderedCollections

/// The units and their residents.
public struct UnitsView: PlainView {
    public static let name = "units"
    public static let label = Label("房号", en: "Units")

    public static var columns: [ViewColumn<Self>] {
        Column("unit") { $0.code }
        Column("area") { $0.area }
        Column("owner") { $0.owner }
        Column("people", Label("人数", en: "People")) { $0.residents.count }
        Column("vehicles", Label("车辆", en: "Vehicles")) { $0.vehicles }
        Column("kind", .unitKind) { $0.kind }
        Column("state") { $0.occupancy?.state }
        Column("since", .stateSince) { $0.occupancy?.from }
    }

    public init() {}

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool { true }

    public func subjects(in context: ViewContext) -> OrderedDictionary<UnitCode, People.Unit>.Values {
        context.estate.people.units.values
    }
}

extension ViewRow<UnitsView> {
    public var owner: String? { estate.people.owner(of: subject.code)?.name }
    public var vehicles: Int { estate.people.vehicles(of: subject.code).count }
    var occupancy: (from: Day, state: Occupancy)? { subject.occupancy(on: context.day) }
}

/// The residents who are here; telephone numbers masked.
public struct PeopleView: PlainView {
    public static let name = "people"
    public static let label = Label("住户", en: "Residents")

    public static var columns: [ViewColumn<Self>] {
        Column("id") { $0.id }
        Column("name") { $0.particulars.name }
        Column("unit") { $0.unit }
        Column("role", .tenure) { $0.role }
        Column("phone") { $0.particulars.phone.map { $0?.masked } }
    }

    public init() {}

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool { true }

    public func subjects(in context: ViewContext) -> [Person] {
        context.estate.people.persons.values.filter(\.isPresent)
    }
}

extension ViewRow<PeopleView> {
    /// Masked.
    public var phone: String? { subject.phone?.masked }
}

/// The residents' vehicles, found by any part of the plate, such as its last characters (7.7).
public struct VehiclesView: View {
    public static let name = "vehicles"
    public static let label = Label("车辆", en: "Vehicles")
    public static let changesWithTime = false
    var plate: String?

    public static var columns: [ViewColumn<Self>] {
        Column("plate") { $0.number }
        Column("unit") { $0.unit }
        Column("owner") { $0.owner }
        Column("inside", VisitState.inside.label) { $0.visit != nil }
        Column("since", Label("到访", en: "Since")) { $0.visit?.arrived }
    }

    public init() {}

    public mutating func fields(_ visitor: inout some FieldVisitor) throws { try visitor.field("plate", &plate) }

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool { true }

    public func subjects(in context: ViewContext) -> [Vehicle] {
        let part = plate.map(Plate.normalise)
        return context.estate.people.distinctVehicles.filter { vehicle in
            part.map { vehicle.number.value?.text.contains($0) ?? false } ?? true
        }
    }
}

extension ViewRow<VehiclesView> {
    public var plate: Plate? { subject.number.value }
    public var owner: String? { estate.people.owner(of: subject.unit)?.name }
    /// The visit with this plate that is inside.
    public var visit: Visit? { plate.flatMap { estate.inside(with: $0) } }
}
