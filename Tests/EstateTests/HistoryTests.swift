import Journal
import Testing

@testable import Estate

@Suite("The history of a record")
struct HistoryTests {
    private func history(_ desk: Desk, _ members: [String: String], asOf moment: String? = nil) throws -> [[String]] {
        try HistoryView.select(
            of: desk.estate, at: moment.map(at) ?? desk.store.now, members: members.mapValues { .string($0) },
            reading: desk.store.entries
        ).rows.map { Array($0.displayed(.chinese)[1...]) }
    }

    @Test("tells who did what when, in words, and what was taken back")
    func visit() throws {
        let desk = try Desk()
        let visit = try desk.arrive("张三", by: "S03")
        desk.clock.set("2026-12-31T12:05")
        try desk.do("visitor.leave", ["visit": visit], by: "S02", at: "2026-12-31T12:03")
        desk.clock.set("2026-12-31T12:06")
        try desk.do("action.undo", ["why": "看错"], by: "S02")
        let rows = try history(desk, ["id": visit])
        #expect(
            rows == [
                [
                    "2026-12-31 12:00", "2026-12-31 12:00", "赵门岗", "visitor.arrived", "来访登记",
                    "姓名 张三 · 房号/被访人 3-2-501 · 事由 探亲", "—", "—", "—",
                ],
                [
                    "2026-12-31 12:03", "2026-12-31 12:05", "陈接待", "visitor.left", "登记离场", "来访 张三 3-2-501",
                    "2026-12-31 12:06", "陈接待", "看错",
                ],
            ])
    }

    @Test("of a request has its return visits as well, and of a unit all that names it")
    func request() throws {
        let desk = try Desk()
        let request = try desk.do("request.open", ["class": "complaint", "unit": "3-2-501", "text": "吵"])
        try desk.do("request.complete", ["request": request])
        let followUp = try #require(desk.estate.followUps.of(ref(request)).first).id.id.text
        try desk.do(
            "followup.record", ["followup": followUp, "result": "satisfied", "visitors": "S05,S06", "signer": "李四"])
        let rows = try history(desk, ["id": request])
        #expect(rows.map { $0[3] } == ["request.opened", "request.completed", "followup.recorded"])
        #expect(rows[2][5] == "回访 3-2-501 吵 · 结果 满意 · 回访人 吴区域、郑管理 · 业主签名 李四")
        #expect(
            try history(desk, ["unit": "3-2-501"]).map { $0[3] } == ["unit.added", "person.added", "request.opened"])
        #expect(try history(desk, ["unit": "3-2-50"]).isEmpty)
        #expect(try history(desk, ["staff": "郑管理"]).map { $0[3] } == ["staff.added", "followup.recorded"])
        #expect(try history(desk, ["id": request, "kind": "request.completed"]).count == 1)
        #expect(try history(desk, ["id": request], asOf: "2026-12-31T11:00").isEmpty)
    }
}
