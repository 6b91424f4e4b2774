import Testing
import TestSupport

@testable import Estate

@Suite("3 The visitors of a return visit")
struct VisitorTests {
    @Test(
        "the class determines the required visitors",
        arguments: [
            ("complaint", "regional,administrator"), ("repair.minor", "administrator"), ("other", "administrator"),
        ])
    func visitors(requestClass: String, visitors: String) throws {
        let test = try TestEstate()
        _ = try test.request(requestClass, done: "2026-03-02")
        #expect(try test.only(FollowUpsView.self).visitors == visitors)
    }

    @Test(
        "a visit without a required visitor is recorded with 人员不符",
        arguments: [
            ("S06", [Role.regional]), ("S05", [.administrator]), ("S02", [.regional, .administrator]), ("S05,S06", []),
            ("吴区域、郑管理", []), ("S06，S05，S02", []),
        ])
    func absent(visitors: String, absent: [Role]) throws {
        let test = try TestEstate()
        let visit = try test.request("complaint", done: "2026-03-02").visit
        try test.visit(visit, visitors: visitors, at: "2026-03-03")
        let row = try test.only(FollowUpsView.self)
        #expect(row.absent == absent)
        #expect(row.state == .done)
    }

    @Test("an unknown visitor, or none, is refused")
    func unknownVisitor() throws {
        let test = try TestEstate()
        let visit = try test.minorRepair(done: "2026-03-02")
        let stranger = refusal { try test.visit(visit, visitors: "S06,S99", at: "2026-03-03") }
        #expect(stranger?.code == "staff.unknown")
        #expect(stranger?.field == "visitors")
        #expect(refusal { try test.visit(visit, visitors: "", at: "2026-03-03") }?.field == "visitors")
    }
}
