import Journal

extension People: Feature {
    static let actions: [any Action.Type] = [
        AddUnit.self, ChangeUnit.self, StateUnit.self, SellUnit.self, AddPerson.self, ChangePerson.self,
        LeavePerson.self, AddPhone.self, RemovePhone.self, RevealPhone.self, AddVehicle.self, ChangeVehicle.self,
        RemoveVehicle.self, AddPlace.self,
    ]
    static let facts: [any Fact.Type] = [UnitSold.self]
    static let views: [any View.Type] = [
        UnitsView.self, PeopleView.self, PhonesView.self, VehiclesView.self, PlacesView.self, FindView.self,
    ]
    static let entities: [any Entity.Type] = [Person.self, Vehicle.self]
    /// The working set has all units, residents and vehicles.
    static func isCovered(_ action: any Action, by window: RetentionWindow) -> Bool { true }

    static func suspicions(in estate: Estate) -> [Conflict] { estate.people.found.suspicions }

    /// When a resident left, or a vehicle ceased to be a resident's.
    static func departure(of record: EntryID, in estate: Estate) -> Moment? {
        estate.people.persons[Ref(record)]?.left ?? estate.people.allVehicles[Ref(record)]?.removed
    }

    static func rename(_ unit: UnitCode, to code: UnitCode, in estate: inout Estate) {
        estate.people.rename(unit, to: code)
    }

    static let imports = [
        ImportKind("units", Label("房号", en: "Units"), identity: ["unit"]) { estate in
            estate.people.units.values.map {
                // What the code says need not be said.
                (AddUnit(unit: $0.code, area: $0.area, use: $0.kind == UnitKind(of: $0.code) ? nil : $0.kind), nil)
            }
        },
        ImportKind(
            "people", Label("住户", en: "Residents"), identity: ["unit", "name"],
            headers: ["name": ["业主姓名", "业主", "租户姓名", "租客姓名", "户主姓名", "户主"]],
            implied: [
                "业主姓名": ("role", Tenure.owner.rawValue), "业主": ("role", Tenure.owner.rawValue),
                "户主姓名": ("role", Tenure.owner.rawValue), "户主": ("role", Tenure.owner.rawValue),
                "租户姓名": ("role", Tenure.tenant.rawValue), "租客姓名": ("role", Tenure.tenant.rawValue),
            ]
        ) { estate in
            estate.people.persons.values.filter(\.isPresent).map {
                (AddPerson(name: $0.name, unit: $0.unit, role: $0.role, phone: $0.phone), nil)
            }
        },
        ImportKind("vehicles", Label("车辆", en: "Vehicles"), identity: ["plate"]) { estate in
            estate.people.vehicles.map { (AddVehicle(plate: $0, unit: $1), nil) }
        },
    ]
}
