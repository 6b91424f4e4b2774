import Journal
import TestSupport
import Testing

@testable import Estate

@Suite("4 Visits of customers, which are no return visits")
struct CustomerVisitTests {
    private let test: TestEstate

    init() throws {
        test = try TestEstate(now: "2026-01-10T08:00")
        test.clock.set("2026-03-05T09:00")
    }

    private func visit(by member: String, on day: String) throws {
        try test.do(
            "call.on", ["unit": "3-2-501", "purpose": "定期走访", "result": "都好"], by: member, at: "\(day)T10:00")
    }

    private func states(_ member: String) throws -> [String] {
        try test.show(DutiesView.self).filter { $0.id.hasPrefix("call.on-\(member)") }
            .map { "\($0.id) \($0.due.text) \($0.state.rawValue)" }
    }

    @Test(
        "so many a month by each member: done by the last of them, missed at the month's end, from the first whole month on"
    )
    func duty() throws {
        for number in 1...4 { try visit(by: "S01", on: "2026-02-\(number + 9)") }
        for number in 1...7 { try visit(by: "S04", on: "2026-02-0\(number)") }
        #expect(
            try states("S01") == [
                "call.on-S01-2026-02 2026-02-28 done", "call.on-S01-2026-03 2026-03-31 open",
            ])
        #expect(try states("S04").first == "call.on-S04-2026-02 2026-02-28 missed")
        try visit(by: "S04", on: "2026-02-28")
        #expect(try states("S04").first == "call.on-S04-2026-02 2026-02-28 done")
        let row = try #require(try test.show(DutiesView.self).first { $0.id == "call.on-S06-2026-02" })
        #expect(row.subject.subject == "郑管理 0/15" && row.rule.role == .administrator)
    }

    @Test("they are listed with what was said and needed, and are in no return-visit rate")
    func listed() throws {
        try test.do(
            "call.on", ["unit": "3-2-501", "purpose": "费用沟通", "result": "讲清算法", "needs": "修楼道灯"], by: "S06")
        let row = try test.only(CallOnsView.self)
        #expect((row.unit.text, row.purpose, row.result, row.needs) == ("3-2-501", "费用沟通", "讲清算法", "修楼道灯"))
        #expect(test.estate.followUps.all.isEmpty)
        #expect(
            refusal { try test.do("call.on", ["unit": "9-9-999", "purpose": "走访", "result": "好"], by: "S06") } != nil)
        #expect(refusal { try visit(by: "S02", on: "2026-03-01") }?.code == "staff.notAllowed")
    }

    @Test("a unit's new code is that of its visits")
    func renamed() throws {
        try visit(by: "S06", on: "2026-03-01")
        try test.do("unit.change", ["unit": "3-2-501", "newCode": "3-2-599"])
        #expect(try test.only(CallOnsView.self).unit.text == "3-2-599")
    }

    @Test("scripts rely on these names")
    func names() throws {
        try expectFields("call.on", "unit purpose result needs?")
        try expectColumns("callons", "id unit at by purpose result needs")
    }
}
