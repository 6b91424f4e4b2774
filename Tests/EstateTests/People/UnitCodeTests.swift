import Testing
import TestSupport

@testable import Estate

@Suite("Units")
struct UnitCodeTests {
    @Test(
        "a unit is read in the usual notations",
        arguments: ["3-2-501", "３－２－５０１", "3栋2单元501", "3号楼2单元501室", "3幢2单元501号", "3 2 501", " 3—2—501 "])
    func units(typed: String) { #expect(unit(typed).text == "3-2-501") }

    @Test("letters become capitals", arguments: [("b-2-501a", "B-2-501A"), ("c1-1-102", "C1-1-102")])
    func letters(typed: String, text: String) { #expect(unit(typed).text == text) }

    @Test(
        "a malformed unit is refused",
        arguments: ["501", "3-2", "3-2-5-1", "3--501", "三-二-五", "3-2-1234567", "3-2-50_1"])
    func noUnit(typed: String) {
        #expect(refusal { try UnitCode(text: typed, zone: .shanghai) }?.code == "unit.malformed")
    }

    @Test("units sort by building, entrance and room, numerically")
    func ordered() {
        let units = ["10-1-101", "2-1-1001", "2-1-201", "2-10-101"].map(unit)
        #expect(units.sorted().map(\.text) == ["2-1-201", "2-1-1001", "2-10-101", "10-1-101"])
    }
}
