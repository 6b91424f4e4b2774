import Testing
import TestSupport

@testable import Estate

@Suite("Units, residents and vehicles")
struct PeopleTests {
    @Test("a second registration, or one in an unknown unit, is refused")
    func once() throws {
        let test = try TestEstate()
        let refused = [
            refusal { try test.do("unit.add", ["unit": "3-2-501"]) },
            refusal { try test.do("person.add", ["name": "李四", "unit": "3-2-501", "role": "family"]) },
            refusal { try test.do("person.add", ["name": "李四", "unit": "9-9-999", "role": "owner"]) },
            refusal { try test.do("vehicle.add", ["plate": "浙A12345", "unit": "9-9-999"]) },
        ]
        #expect(refused.map { $0?.code } == ["unit.exists", "person.exists", "unit.unknown", "unit.unknown"])
    }

    @Test("the units list owners, residents and vehicles")
    func unitsView() throws {
        let test = try TestEstate()
        try test.do("unit.add", ["unit": "3-2-504", "area": "89.5"], by: "S04")
        try test.do("vehicle.add", ["plate": "浙A12345", "unit": "3-2-501"])
        let rows = try test.show(UnitsView.self)
        #expect(rows.map(\.owner) == ["李四", nil, nil, nil])
        #expect(rows.map(\.vehicles) == [1, 0, 0, 0])
        #expect(rows.last?.area?.text(zone: .shanghai) == "89.50")
    }

    @Test(
        "a unit is of the kind that is given, else of that which its code says",
        arguments: [
            ("商铺108", "", UnitKind.shop), ("3栋商铺108", "", .shop), ("车位23", "", .parking), ("地下车位23", "", .parking),
            ("储藏室5", "", .storage), ("别墅12", "", .residence), ("3-2-601", "", .residence), ("3-2-601", "商铺", .shop),
            ("3-2-601", "车库", .parking), ("商铺108", "other", .other), ("写字楼1201", "", .other),
        ])
    func kinds(typed: String, kind: String, expected: UnitKind) throws {
        let test = try TestEstate()
        try test.do("unit.add", ["unit": typed, "kind": kind], by: "S04")
        #expect(try test.show(UnitsView.self).last?.kind == expected)
    }

    @Test("a unit is registered once, however it is typed")
    func oneCode() throws {
        let test = try TestEstate()
        for typed in ["3栋2单元501", "03-02-0501", "３－２－５０１"] {
            #expect(refusal { try test.do("unit.add", ["unit": typed]) }?.code == "unit.exists")
        }
    }
}
