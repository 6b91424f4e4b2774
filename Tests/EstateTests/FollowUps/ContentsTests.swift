import Testing
import TestSupport

@testable import Estate

@Suite("3 The contents of a return visit")
struct ContentsTests {
    @Test("satisfaction outside 1 to 5 is refused", arguments: ["0", "6"])
    func satisfaction(value: String) throws {
        let test = try TestEstate()
        let visit = try test.minorRepair(done: "2026-03-02")
        #expect(
            refusal { try test.visit(visit, at: "2026-03-03", ["satisfaction": value]) }?.code
                == "followup.satisfaction")
    }

    @Test("the five contents and the signature are kept")
    func contents() throws {
        let test = try TestEstate()
        let visit = try test.minorRepair(done: "2026-03-02")
        try test.visit(
            visit, at: "2026-03-03",
            ["quality": "合格", "effect": "好", "satisfaction": "5", "shortcomings": "来得晚", "suggestions": "先来电话"])
        let report = try #require(test.estate.followUps[ref(visit)]?.visit)
        #expect(report.quality == "合格")
        #expect(report.effect == "好")
        #expect(report.satisfaction == 5)
        #expect(report.shortcomings == "来得晚")
        #expect(report.suggestions == "先来电话")
        #expect(report.signer == "李四")
    }
}
