import Testing
import TestSupport

@testable import Estate

@Suite("Rows are selected by parameters and filters")
struct RowsTests {
    let test: TestEstate

    init() throws {
        test = try TestEstate()
        for (name, time) in [("张三", "2026-03-01T23:59"), ("李雷", "2026-03-02T00:00"), ("韩梅", "2026-03-03T23:59")] {
            try test.arrive(name, at: time)
        }
        try test.do("visitor.leave", ["visit": test.show(GateView.self)[1].id.id.text], at: "2026-03-02T01:00")
    }

    private func names(_ members: [String: String]) throws -> [String] {
        let rows = try GateView.select(
            of: test.estate, at: at("2026-03-04T01:00"), members: members.mapValues { .string($0) })
        let column = try #require(rows.columns.firstIndex { $0.key == "name" })
        return rows.rows.map { $0.texts[column] }
    }

    @Test(
        "filters are a time, a value or label of a column, and a limit",
        arguments: [
            ([:], ["张三", "李雷", "韩梅"]), (["from": "2026-03-02"], ["李雷", "韩梅"]), (["to": "2026-03-02"], ["张三", "李雷"]),
            (["from": "2026-03-02", "to": "2026-03-02"], ["李雷"]), (["state": "left"], ["李雷"]),
            (["state": "超时"], ["张三"]), (["state": "inside"], ["韩梅"]),
            (["host": "3-2-501", "limit": "2"], ["张三", "李雷"]),
            (["name": "张三", "state": "left"], []),
        ] as [([String: String], [String])])
    func filters(members: [String: String], expected: [String]) throws { #expect(try names(members) == expected) }

    @Test("an unknown filter is refused by name")
    func unknown() {
        let refused = refusal { try names(["colour": "red"]) }
        #expect(refused?.code == "filter.unknown")
        #expect(refused?.field == "colour")
    }
}
