import Journal

/// A vehicle is another unit's.
public struct ChangeVehicle: ActionFact, RegisterFact {
    public static let name = "vehicle.change"
    static let kind: StaticString = "vehicle.changed"
    static var merging: Merging<Self> {
        .derived { fact, estate in estate.people.allVehicles[fact.vehicle].map { $0.removed == nil } ?? false }
    }
    public static let label = Label("更正车辆", en: "Correct a vehicle")
    public static let roles: Set<Role> = [.operator, .supervisor, .administrator]
    var plate: Plate?
    var unit = UnitCode.placeholder
    var vehicle = Ref<Vehicle>.placeholder
    var former: UnitCode?

    public init() {}

    public init(plate: Plate, unit: UnitCode) { (self.plate, self.unit) = (plate, unit) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.askedPlate(&plate)
        try visitor.derived("vehicle", &vehicle, Vehicle.label)
        try visitor.field("unit", &unit)
        try visitor.derived("former", &former, .former(.unit))
    }

    var subject: EntryID? { vehicle.id }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.people.vehicle(of: plate)
        try estate.people.check(unit)
        if known.unit == unit {
            throw Refusal(
                .rule, "vehicle.unchanged", "\(known.words(in: estate)) 已登记在 \(unit.text)",
                en: "\(known.words(in: estate)) belongs to \(unit.text) already", field: "unit")
        }
        (vehicle, former) = (known.id, known.unit)
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) { estate.people.move(vehicle, to: unit) }
}

/// A vehicle is no resident's any more.
public struct RemoveVehicle: ActionFact, RegisterFact {
    public static let name = "vehicle.remove"
    static let kind: StaticString = "vehicle.removed"
    static var merging: Merging<Self> {
        .first { fact, estate, _ in
            guard let vehicle = estate.people.allVehicles[fact.vehicle] else { return .unknown }
            return vehicle.removed == nil ? nil : .doubled(Label("车辆已注销", en: "the vehicle had been removed"))
        }
    }
    public static let label = Label("注销车辆", en: "Remove a vehicle")
    public static let roles: Set<Role> = [.operator, .supervisor, .administrator]
    var plate: Plate?
    var vehicle = Ref<Vehicle>.placeholder
    /// The unit, so that its history has this.
    var unit: UnitCode?

    public init() {}

    public init(plate: Plate) { self.plate = plate }

    init(_ vehicle: Vehicle) { (self.vehicle, unit) = (vehicle.id, vehicle.unit) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.askedPlate(&plate)
        try visitor.derived("vehicle", &vehicle, Vehicle.label)
        try visitor.derived("unit", &unit, .unit)
    }

    var subject: EntryID? { vehicle.id }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.people.vehicle(of: plate)
        (vehicle, unit) = (known.id, known.unit)
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) { estate.people.remove(vehicle, at: metadata.at) }

    public func confirmation(in estate: Estate, at moment: Moment) -> Confirmation? {
        guard let known = try? estate.people.vehicle(of: plate) else { return nil }
        let plate = known.words(in: estate)
        return Confirmation(
            Label("注销 \(known.unit.text) 的车辆 \(plate)？", en: "Remove \(plate) of \(known.unit.text)?"), [],
            yes: Label("注销", en: "remove"))
    }
}

extension FieldVisitor {
    /// A plate that is required of who asks; the fact names the vehicle instead.
    mutating func askedPlate(_ plate: inout Plate?) throws {
        guard scope == .asked else { return }
        var given = plate ?? .placeholder
        try field("plate", &given, nil)
        plate = given
    }
}

extension People {
    /// The vehicle with a plate. Throws ``Refusal`` `vehicle.unknown`.
    func vehicle(of plate: Plate?) throws -> Vehicle {
        let plates = plate?.each ?? []
        if let id = plates.lazy.compactMap({ found.vehicleIDs[$0] }).first, let known = allVehicles[id] { return known }
        let text = plate?.text ?? ""
        throw Refusal(
            .rule, "vehicle.unknown", "没有登记这辆车：\(text)", en: "there is no such vehicle: \(text)", field: "plate")
    }
}
