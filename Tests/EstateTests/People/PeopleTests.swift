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
}
