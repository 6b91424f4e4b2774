import Testing
import TestSupport

@testable import Estate

@Suite("Permissions of the roles")
struct PermissionTests {
    @Test(
        "each role has its own actions",
        arguments: [
            ("visitor.arrive", ["S01", "S02", "S03", "S04"]), ("call.ring", ["S01", "S02", "S04"]),
            ("bill.issue", ["S01", "S04", "S07"]), ("payment.receive", ["S01", "S02", "S04", "S07"]),
            ("inspection.open", ["S01", "S04", "S05"]), ("bill.reduce", ["S01"]), ("staff.add", ["S01"]),
            ("followup.record", ["S01", "S02", "S04", "S05", "S06"]),
        ])
    func permits(action: String, allowed: [String]) throws {
        let test = try TestEstate()
        let type = try Estate.action(named: action)
        #expect(test.estate.staff.members.keys.filter { test.estate.staff.permits($0, type) } == allowed)
    }

    @Test("a manager may perform every action")
    func manager() throws {
        let staff = try TestEstate().estate.staff
        #expect(Estate.actions.allSatisfy { staff.permits("S01", $0) })
    }

    @Test("a refusal names the roles that may")
    func refused() throws {
        let test = try TestEstate()
        let refused = refusal { try test.do("call.ring", by: "S03") }
        #expect(refused?.code == "staff.notAllowed")
        #expect(refused?.cause == .rule)
        #expect(refused?.message.chinese == "门岗不能“登记通话”；可以的有：客服经理、前台接待、客服主管")
        #expect(
            refused?.message.english == "a guard may not “Register a call”; these may: manager, operator, supervisor")
    }

    @Test("an unknown member is refused")
    func stranger() throws {
        let test = try TestEstate()
        #expect(refusal { try test.do("call.ring", by: "S99") }?.code == "staff.unknown")
    }

    @Test("an action by name is recorded by staff number")
    func byName() throws {
        let test = try TestEstate()
        let call = try test.do("call.ring", by: "陈接待")
        #expect(test.estate.calls[ref(call)]?.by == "S02")
    }
}
