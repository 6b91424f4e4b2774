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
    static let warnings = [AddVehicle.odd: AddVehicle.oddLabel, AddPlace.likePerson: AddPlace.likePersonLabel]
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
        ImportKind(
            "units", Label("房号", en: "Units"), identity: ["unit"],
            headers: [
                "kind": ["房屋类型", "房产类型", "物业类型", "房屋用途"], "state": ["房屋状态", "入住状态", "使用状态"],
                "since": ["状态日期", "状态起始日", "状态起始日期"],
                "former": ["原房号", "旧房号"],
            ]
        ) { estate in estate.people.unitRegistrations.map { ($0, nil) } },
        ImportKind(
            "people", Label("住户", en: "Residents"), identity: ["unit", "name", "left"],
            headers: [
                "name": ["业主姓名", "业主", "租户姓名", "租客姓名", "户主姓名", "户主"],
                "phone": ["电话1", "电话一", "手机1", "联系电话1", "主要电话"],
                "phones": [
                    "电话2", "电话3", "电话4", "电话二", "电话三", "手机2", "手机3", "联系电话2", "联系电话3", "备用电话", "备用电话1", "备用电话2",
                    "备用手机", "备用号码", "第二电话", "其他联系电话",
                ],
                "bought": ["过户日期"], "left": ["搬离日期", "搬出日期", "迁出日期"],
            ],
            implied: [
                "业主姓名": ("role", Tenure.owner.rawValue), "业主": ("role", Tenure.owner.rawValue),
                "户主姓名": ("role", Tenure.owner.rawValue), "户主": ("role", Tenure.owner.rawValue),
                "租户姓名": ("role", Tenure.tenant.rawValue), "租客姓名": ("role", Tenure.tenant.rawValue),
            ]
        ) { estate in estate.personRegistrations.map { ($0, nil) } },
        ImportKind("vehicles", Label("车辆", en: "Vehicles"), identity: ["plate"]) { estate in
            estate.people.vehicles.map { (AddVehicle(plate: $0, unit: $1), nil) }
        },
        ImportKind(
            "places", Label("地点", en: "Places"), identity: ["place"],
            headers: ["place": ["地点名称", "公共区域", "公共部位", "区域", "名称"]]
        ) { estate in estate.people.places.map { (AddPlace(place: $0.text), nil) } },
    ]
}
