import Testing
import TestSupport

@testable import Estate

@Suite("The history of an entity")
struct HistoryTests {
    private func history(_ test: TestEstate, _ members: [String: String], asOf moment: String? = nil) throws
        -> [[String]]
    {
        try HistoryView.select(
            of: test.estate, at: moment.map(at) ?? test.store.now, members: members.mapValues { .string($0) },
            reading: test.store.entries
        ).rows.map { Array($0.displayed(.chinese)[1...]) }
    }

    @Test("entries have time, author, content in words, and their undo")
    func visit() throws {
        let test = try TestEstate()
        let visit = try test.arrive("张三", by: "S03")
        test.clock.set("2026-12-31T12:05")
        try test.do("visitor.leave", ["visit": visit], by: "S02", at: "2026-12-31T12:03")
        test.clock.set("2026-12-31T12:06")
        try test.do("action.undo", ["why": "看错"], by: "S02")
        let rows = try history(test, ["id": visit])
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

    @Test("a request's history includes its return visits, a unit's all entries that name it")
    func request() throws {
        let test = try TestEstate()
        let request = try test.do("request.open", ["class": "complaint", "unit": "3-2-501", "text": "吵"])
        try test.do("request.complete", ["request": request])
        let followUp = try #require(test.estate.followUps.of(ref(request)).first).id.id.text
        try test.do(
            "followup.record", ["followup": followUp, "result": "satisfied", "visitors": "S05,S06", "signer": "李四"])
        let rows = try history(test, ["id": request])
        #expect(rows.map { $0[3] } == ["request.opened", "request.completed", "followup.recorded"])
        #expect(rows[2][5] == "回访 3-2-501 吵 · 结果 满意 · 回访人 吴区域、郑管理 · 业主签名 李四")
        #expect(
            try history(test, ["unit": "3-2-501"]).map { $0[3] } == ["unit.added", "person.added", "request.opened"])
        #expect(try history(test, ["unit": "3-2-50"]).isEmpty)
        #expect(try history(test, ["staff": "郑管理"]).map { $0[3] } == ["staff.added", "followup.recorded"])
        #expect(try history(test, ["id": request, "kind": "request.completed"]).count == 1)
        #expect(try history(test, ["id": request], asOf: "2026-12-31T11:00").isEmpty)
    }

    @Test("no entry of any kind shows an id, a digest, an empty list or a word of the program")
    func words() throws {
        let test = try TestEstate()
        try test.recordDay()
        try test.importRows("payments", [["房号", "金额"], ["3-2-501", "10"]])
        for entry in try test.store.entries(naming: []) {
            for language in [Language.chinese, .english] {
                for value in entry.values(in: test.estate, language, for: nil) {
                    let words = "\(entry.kind): \(value.label) \(value.value)"
                    for pattern in [/[0-9A-HJKMNP-TV-Z]{26}/, /[0-9a-f]{32}/, /、、|, ,|[、,]$/] {
                        #expect(value.value.firstMatch(of: pattern) == nil, "\(words)")
                    }
                    #expect(!Estate.imports.map(\.name).contains(value.value), "\(words)")
                }
            }
        }
        let imported = try test.store.entries(naming: []).filter { $0.kind == "import.recorded" }
        #expect(
            imported.last.map { $0.values(in: test.estate, .chinese, for: nil).map { "\($0.label) \($0.value)" } } == [
                "种类 收款", "行数 1",
            ])
    }
}
