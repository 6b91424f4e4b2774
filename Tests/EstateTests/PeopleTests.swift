import Testing

@testable import Estate

@Suite("Units, residents, telephone numbers")
struct PeopleTests {
    @Test(
        "a unit is read as people write it",
        arguments: ["3-2-501", "３－２－５０１", "3栋2单元501", "3号楼2单元501室", "3幢2单元501号", "3 2 501", " 3—2—501 "])
    func units(typed: String) { #expect(unit(typed).text == "3-2-501") }

    @Test("letters are capitals", arguments: [("b-2-501a", "B-2-501A"), ("c1-1-102", "C1-1-102")])
    func letters(typed: String, text: String) { #expect(unit(typed).text == text) }

    @Test(
        "what is no unit is refused",
        arguments: ["501", "3-2", "3-2-5-1", "3--501", "三-二-五", "3-2-1234567", "3-2-50_1"])
    func noUnit(typed: String) {
        #expect(refusal { try UnitCode(text: typed, zone: .shanghai) }?.code == "unit.malformed")
    }

    @Test("units are in the order of buildings and floors, not of letters")
    func ordered() {
        let units = ["10-1-101", "2-1-1001", "2-1-201", "2-10-101"].map(unit)
        #expect(units.sorted().map(\.text) == ["2-1-201", "2-1-1001", "2-10-101", "10-1-101"])
    }

    @Test(
        "a number is its digits: +86, separators and brackets are taken away, an extension is kept",
        arguments: [
            ("+86 138 0000 1111", "13800001111"), ("0086-13800001111", "13800001111"), ("138/0000/1111", "13800001111"),
            ("(0571) 8888-7777", "057188887777"), ("（０５７１）８８８８７７７７", "057188887777"), ("＋８６１３８００００１１１１", "13800001111"),
            ("0571-88887777转123", "057188887777#123"), ("0571-88887777#12", "057188887777#12"),
            ("0571 88887777 x12", "057188887777#12"), ("110", "110"),
        ])
    func phones(typed: String, text: String) { #expect(phone(typed).text == text) }

    @Test("what is no number is refused", arguments: ["12", "电话", "1380000111a", "12345678901234567", "+"])
    func noPhone(typed: String) {
        #expect(refusal { try Phone(text: typed, zone: .shanghai) }?.code == "phone.malformed")
    }

    @Test(
        "only the first three and the last four are shown",
        arguments: [
            ("13800001111", "138****1111"), ("88887777", "****7777"), ("0571-88887777转123", "057*****7777"),
            ("110", "*10"),
        ])
    func masked(typed: String, masked: String) { #expect(phone(typed).masked == masked) }

    @Test("a unit and a name in it are registered once, and a resident only where there is a unit")
    func once() throws {
        let desk = try Desk()
        let refused = [
            refusal { try desk.do("unit.add", ["unit": "3-2-501"]) },
            refusal { try desk.do("person.add", ["name": "李四", "unit": "3-2-501", "role": "family"]) },
            refusal { try desk.do("person.add", ["name": "李四", "unit": "9-9-999", "role": "owner"]) },
            refusal { try desk.do("vehicle.add", ["plate": "浙A12345", "unit": "9-9-999"]) },
        ]
        #expect(refused.map { $0?.code } == ["unit.exists", "person.exists", "unit.unknown", "unit.unknown"])
    }

    @Test("the units tell of their owners, people and vehicles")
    func unitsView() throws {
        let desk = try Desk()
        try desk.do("unit.add", ["unit": "3-2-504", "area": "89.5"], by: "S04")
        try desk.do("vehicle.add", ["plate": "浙A12345", "unit": "3-2-501"])
        let rows = try desk.show(UnitsView.self)
        #expect(rows.map(\.owner) == ["李四", nil, nil, nil])
        #expect(rows.map(\.vehicles) == [1, 0, 0, 0])
        #expect(rows.last?.area?.text(zone: .shanghai) == "89.50")
    }
}
