import Testing
import TestSupport

@testable import Estate

@Suite("Units")
struct UnitCodeTests {
    @Test(
        "a unit is read in the usual notations",
        arguments: [
            "3-2-501", "３－２－５０１", "3栋2单元501", "3号楼2单元501室", "3幢2单元501号", "3 2 501", " 3—2—501 ", "3-2-0501",
            "03-02-501",
            "3#-2-501", "3#楼2单元501", "3＃2单元501", "三栋二单元501", "3栋 2单元 501", "3栋-2单元-501室", "3号2门501", "3座2梯501房",
            "3/2/501", "3.2.501", "3栋2单元5层501", "3栋2单元5楼501室", "3栋2单元501（业主）", "'3-2-501", "3 - 2 - 501",
            "003栋02单元0501",
        ])
    func units(typed: String) { #expect(unit(typed).text == "3-2-501") }

    @Test(
        "letters become capitals",
        arguments: [("b-2-501a", "B-2-501A"), ("c1-1-102", "C1-1-102"), ("3-2-501a", "3-2-501A")])
    func letters(typed: String, text: String) { #expect(unit(typed).text == text) }

    @Test(
        "a malformed unit is refused",
        arguments: [
            "501", "3-2-5-1-1", "3--501", "三-二-五", "3-2-1234567", "3-2-50_1", "3栋", "3栋2单元", "1期3栋", "商铺", "3栋商铺", "A座",
            "3-2-", "-3-2", "3.5", "3栋5层201", "翠湖花园3栋501", "",
        ])
    func noUnit(typed: String) {
        #expect(refusal { try UnitCode(text: typed, zone: .shanghai) }?.code == "unit.malformed")
    }

    @Test(
        "a unit has two to four parts; shops, villas, parking spaces and storerooms have their word",
        arguments: [
            ("3栋501", "3-501"), ("3号楼501室", "3-501"), ("3-501", "3-501"), ("A座1201", "A-1201"), ("a栋1201", "A-1201"),
            ("十二栋501", "12-501"), ("二十一幢501", "21-501"), ("3单元501", "3-501"), ("1588弄3号501室", "1588-3-501"),
            ("1期3栋2单元501", "1-3-2-501"), ("一期3-2-501", "1-3-2-501"), ("A区3栋501", "A-3-501"), ("东区3栋501", "东区-3-501"),
            ("商铺108", "商铺-108"), ("商铺-108", "商铺-108"), ("商铺 0108", "商铺-108"), ("店铺108号", "商铺-108"),
            ("108号商铺", "商铺-108"),
            ("底商108", "商铺-108"), ("门面108", "商铺-108"), ("3栋商铺108", "3-商铺-108"), ("别墅12", "别墅-12"), ("12号别墅", "别墅-12"),
            ("别墅12栋", "别墅-12"), ("12栋别墅", "别墅-12"), ("二期别墅12", "2-别墅-12"), ("车位B1-023", "车位-B1-23"), ("停车位23", "车位-23"),
            ("储藏间5", "储藏室-5"), ("储藏室05", "储藏室-5"), ("地下室12", "地下室-12"), ("3-2-501-1", "3-2-501-1"),
            ("12A01-1", "12A01-1"),
        ])
    func shapes(typed: String, text: String) throws {
        #expect(unit(typed).text == text)
        #expect(unit(text).text == text)
    }

    @Test(
        "what a spreadsheet has made a date of is refused",
        arguments: [
            "2001/3/2", "2001-3-2", "2001-03-02", "3-Feb-01", "2-Mar", "Mar-02", "3月2日", "2001年3月2日", "3/2", "3/2/01",
            "3/2/2001", "3E+05",
        ])
    func damaged(typed: String) {
        #expect(refusal { try UnitCode(text: typed, zone: .shanghai) }?.code == "unit.damaged")
    }

    @Test("units sort by building, entrance and room, numerically")
    func ordered() {
        let units = ["10-1-101", "2-1-1001", "2-1-201-2", "2-1-201", "2-10-101", "2-101"].map(unit)
        #expect(
            units.sorted().map(\.text) == ["2-1-201", "2-1-201-2", "2-1-1001", "2-10-101", "2-101", "10-1-101"])
    }
}
