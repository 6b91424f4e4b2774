import Journal

/// The units and who lives in them.
public struct UnitsView: PlainView {
    public static let name = "units"
    public static let label = Label("房号", en: "Units")

    public struct Row: Record {
        public var unit = UnitCode.placeholder
        public var area: Area?
        public var owner: String?
        public var people = 0
        public var vehicles = 0

        public init() {}

        public mutating func fields(_ visitor: inout some FieldVisitor) throws {
            try visitor.field("unit", &unit, Label("房号", en: "Unit"))
            try visitor.field("area", &area, Label("面积", en: "Area"))
            try visitor.field("owner", &owner, Label("业主", en: "Owner"))
            try visitor.field("people", &people, Label("人数", en: "People"))
            try visitor.field("vehicles", &vehicles, Label("车辆", en: "Vehicles"))
        }
    }

    public init() {}

    public func rows(of estate: Estate, at moment: Moment) -> [Row] {
        estate.people.units.values.map {
            var row = Row()
            (row.unit, row.area, row.owner) = ($0.code, $0.area, estate.people.owner(of: $0.code)?.name)
            (row.people, row.vehicles) = ($0.residents.count, $0.plates.count)
            return row
        }
    }
}

/// The residents; telephone numbers masked.
public struct PeopleView: PlainView {
    public static let name = "people"
    public static let label = Label("住户", en: "Residents")

    public struct Row: Record {
        public var id = Ref<Person>.placeholder
        public var name = ""
        public var unit = UnitCode.placeholder
        public var role = Tenure.owner
        public var phone: String?

        public init() {}

        public mutating func fields(_ visitor: inout some FieldVisitor) throws {
            try visitor.field("id", &id, Label("编号", en: "Id"))
            try visitor.field("name", &name, Label("姓名", en: "Name"))
            try visitor.field("unit", &unit, Label("房号", en: "Unit"))
            try visitor.field("role", &role, Label("身份", en: "Is"))
            try visitor.field("phone", &phone, Label("电话", en: "Phone"))
        }
    }

    public init() {}

    public func rows(of estate: Estate, at moment: Moment) -> [Row] {
        estate.people.persons.values.map {
            var row = Row()
            (row.id, row.name, row.unit, row.role, row.phone) = ($0.id, $0.name, $0.unit, $0.role, $0.phone?.masked)
            return row
        }
    }
}

/// The residents' vehicles, found by any part of the plate, its last characters above all (门岗 7).
public struct VehiclesView: View {
    public static let name = "vehicles"
    public static let label = Label("车辆", en: "Vehicles")
    var plate: String?

    public struct Row: Record {
        public var plate = Plate.placeholder
        public var unit = UnitCode.placeholder
        public var owner: String?

        public init() {}

        public mutating func fields(_ visitor: inout some FieldVisitor) throws {
            try visitor.field("plate", &plate, Label("车牌", en: "Plate"))
            try visitor.field("unit", &unit, Label("房号", en: "Unit"))
            try visitor.field("owner", &owner, Label("业主", en: "Owner"))
        }
    }

    public init() {}

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("plate", &plate, Label("车牌", en: "Plate"))
    }

    public func rows(of estate: Estate, at moment: Moment) -> [Row] {
        let wanted = plate.map(Plate.normalise)
        return estate.people.vehicles.compactMap { plate, unit in
            if let wanted, !plate.text.contains(wanted) { return nil }
            var row = Row()
            (row.plate, row.unit, row.owner) = (plate, unit, estate.people.owner(of: unit)?.name)
            return row
        }
    }
}
