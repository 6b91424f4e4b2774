import TestSupport
import Testing

@testable import Estate

extension Staff: RecordedDay {
    static func record(in test: TestEstate) throws {
        try test.do("staff.add", ["staff": "S30", "name": "新来", "role": "guard"])
        try test.do("staff.change", ["staff": "S30", "name": "新莱", "role": "keeper"])
        try test.do("staff.leave", ["staff": "S30"])
    }
}

@Suite("Staff members are corrected and leave")
struct StaffLivesTests {
    private let test: TestEstate

    init() throws { test = try TestEstate(now: "2026-11-23T12:00") }

    private func code(_ body: () throws -> Void) -> String? { refusal(body)?.code }

    @Test("name and post are corrected; what is not given stays")
    func corrected() throws {
        try test.do("staff.change", ["staff": "陈接待", "name": "陈皆待"])
        try test.do("staff.change", ["staff": "S02", "role": "客服主管"])
        #expect(test.estate.staff.members["S02"]?.name == "陈皆待")
        #expect(test.estate.staff.members["S02"]?.role == .supervisor)
        #expect(code { try test.do("staff.change", ["staff": "S02", "role": "supervisor"]) } == "staff.unchanged")
        #expect(code { try test.do("staff.change", ["staff": "S04", "name": "甲"], by: "S04") } == "staff.notAllowed")
    }

    @Test("who has left acts no more, takes no work, and stays on record")
    func left() throws {
        let request = try test.do("request.open", ["class": "complaint", "unit": "3-2-501", "text": "吵"], by: "S02")
        try test.do("staff.leave", ["staff": "S02"])
        #expect(code { try test.do("call.ring", by: "S02") } == "staff.left")
        #expect(code { try test.do("request.assign", ["request": request, "to": "S02"]) } == "staff.left")
        #expect(code { try test.do("shift.open", ["post": "门岗", "staff": "S02"]) } == "staff.left")
        #expect(code { try test.do("staff.leave", ["staff": "S02"]) } == "staff.left")
        let member = try #require(test.estate.staff.members["S02"])
        #expect(code { try test.store.signIn(member, pin: nil) } == "staff.left")
        #expect(code { try test.store.requireSignIn(of: member) } == "staff.left")
        #expect(code { try test.do("staff.add", ["staff": "S02", "name": "新", "role": "guard"]) } == "staff.exists")
        for estate in [test.estate, try test.secondStore().estate] {
            #expect(estate.staff.name(of: "S02") == "陈接待")
            #expect(!estate.staff.present.contains { $0.code == "S02" })
        }
        #expect(try test.show(RequestsView.self).map(\.by) == ["陈接待"])
        #expect(try test.show(StaffView.self).first { $0.staff == "S02" }?.texts.last == "2026-11-23T12:00:00+08:00")
        // A namesake who is here is meant by the name.
        try test.do("staff.add", ["staff": "S20", "name": "陈接待", "role": "operator"])
        #expect(test.estate.staff.member("陈接待")?.code == "S20")
    }

    @Test("the last manager cannot leave, nor get another post")
    func lastManager() throws {
        #expect(code { try test.do("staff.leave", ["staff": "S01"]) } == "staff.lastManager")
        #expect(code { try test.do("staff.change", ["staff": "S01", "role": "guard"]) } == "staff.lastManager")
        try test.do("staff.change", ["staff": "S01", "name": "王总"])
        try test.do("staff.change", ["staff": "S04", "role": "manager"])
        try test.do("staff.leave", ["staff": "S01"], by: "S04")
        #expect(code { try test.do("staff.leave", ["staff": "S04"], by: "S04") } == "staff.lastManager")
    }
}
