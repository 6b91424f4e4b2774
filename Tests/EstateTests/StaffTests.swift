import Testing

@testable import Estate

@Suite("Who may do what")
struct StaffTests {
    @Test(
        "each post has its own work",
        arguments: [
            ("visitor.arrive", ["S01", "S02", "S03", "S04"]), ("call.ring", ["S01", "S02", "S04"]),
            ("bill.issue", ["S01", "S04", "S07"]), ("payment.receive", ["S01", "S02", "S04", "S07"]),
            ("inspection.open", ["S01", "S04", "S05"]), ("bill.reduce", ["S01"]), ("staff.add", ["S01"]),
            ("followup.record", ["S01", "S02", "S04", "S05", "S06"]),
        ])
    func permits(action: String, allowed: [String]) throws {
        let desk = try Desk()
        let type = try Estate.action(named: action)
        #expect(desk.estate.staff.members.keys.filter { desk.estate.staff.permits($0, type) } == allowed)
    }

    @Test("a manager may do everything")
    func manager() throws {
        let staff = try Desk().estate.staff
        #expect(Estate.actions.allSatisfy { staff.permits("S01", $0) })
    }

    @Test("a refusal says who may")
    func refused() throws {
        let desk = try Desk()
        let refused = refusal { try desk.do("call.ring", by: "S03") }
        #expect(refused?.code == "staff.notAllowed")
        #expect(refused?.cause == .rule)
        #expect(refused?.message.chinese == "门岗不能“来电/去电”；可以的有：经理、前台接待、主管")
        #expect(refused?.message.english == "a guard may not call.ring; these may: manager, operator, supervisor")
    }

    @Test("whoever does not work here may do nothing")
    func stranger() throws {
        let desk = try Desk()
        #expect(refusal { try desk.do("call.ring", by: "S99") }?.code == "staff.unknown")
    }

    @Test("somebody who acts by name is on record by number")
    func byName() throws {
        let desk = try Desk()
        let call = try desk.do("call.ring", by: "陈接待")
        #expect(desk.estate.calls[ref(call)]?.by == "S02")
    }

    @Test("a number is somebody's own, and a name that two have names neither")
    func names() throws {
        let desk = try Desk()
        #expect(
            refusal { try desk.do("staff.add", ["staff": "S02", "name": "新人", "role": "guard"]) }?.code
                == "staff.exists")
        #expect(
            refusal { try desk.do("staff.add", ["staff": "S 9", "name": "新人", "role": "guard"]) }?.code
                == "staff.malformed")
        try desk.do("staff.add", ["staff": "S09", "name": "陈接待", "role": "门岗"])
        #expect(desk.estate.staff.member("陈接待") == nil)
        #expect(desk.estate.staff.member("S09")?.role == .guard)
    }
}
