/// A unit joins the estate.
public struct AddUnit: Action {
    public static let name = "unit.add"
    public static let label = Label("登记房号", en: "Add a unit")
    public static let roles: Set<Role> = [.supervisor]
    var unit = UnitCode.placeholder
    var area: Area?

    public init() {}

    public init(unit: UnitCode, area: Area? = nil) { (self.unit, self.area) = (unit, area) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("unit", &unit, Label("房号", en: "Unit"))
        try visitor.field("area", &area, Label("面积", en: "Area"))
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        if estate.people.units[unit] != nil {
            throw Refusal(
                .rule, "unit.exists", "房号已登记：\(unit.text)", en: "the unit \(unit.text) is there already", field: "unit")
        }
        plan.record(UnitAdded(unit: unit, area: area))
    }
}

/// Somebody moves in.
public struct AddPerson: Action {
    public static let name = "person.add"
    public static let label = Label("登记住户", en: "Add a resident")
    public static let roles: Set<Role> = [.operator, .supervisor, .administrator]
    var name = ""
    var unit = UnitCode.placeholder
    var role = Tenure.owner
    var phone: Phone?

    public init() {}

    public init(name: String, unit: UnitCode, role: Tenure, phone: Phone? = nil) {
        (self.name, self.unit, self.role, self.phone) = (name, unit, role, phone)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("name", &name, Label("姓名", en: "Name"))
        try visitor.field("unit", &unit, Label("房号", en: "Unit"))
        try visitor.field("role", &role, Label("身份", en: "Is"))
        try visitor.field("phone", &phone, Label("电话", en: "Phone"))
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        try estate.people.check(unit)
        if estate.people.residents(of: unit).contains(where: { $0.name == name }) {
            throw Refusal(
                .rule, "person.exists", "\(unit.text) 已登记 \(name)", en: "\(name) is registered in \(unit.text) already",
                field: "name")
        }
        plan.record(PersonAdded(name: name, unit: unit, role: role, phone: phone))
    }
}

/// A resident's vehicle becomes known.
public struct AddVehicle: Action {
    public static let name = "vehicle.add"
    public static let label = Label("登记车辆", en: "Add a vehicle")
    public static let roles: Set<Role> = [.operator, .guard, .supervisor, .administrator]
    var plate = Plate.placeholder
    var unit = UnitCode.placeholder

    public init() {}

    public init(plate: Plate, unit: UnitCode) { (self.plate, self.unit) = (plate, unit) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("plate", &plate, Label("车牌", en: "Plate"))
        try visitor.field("unit", &unit, Label("房号", en: "Unit"))
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        try estate.people.check(unit)
        if let other = estate.people.vehicles[plate] {
            throw Refusal(
                .rule, "vehicle.exists", "\(plate.text) 已登记在 \(other.text)",
                en: "\(plate.text) belongs to \(other.text) already",
                field: "plate")
        }
        plan.record(VehicleAdded(plate: plate, unit: unit))
    }
}
