import Testing
import TestSupport

@testable import Estate

@Suite("3 The owner's signature")
struct SignatureTests {
    @Test("a visit needs a signature, an attempt does not")
    func signer() throws {
        let test = try TestEstate()
        let visit = try test.minorRepair(done: "2026-03-02")
        for result in ["satisfied", "unsatisfied"] {
            let refused = refusal {
                try test.do("followup.record", ["followup": visit, "result": result, "visitors": "S06"])
            }
            #expect(refused?.code == "followup.unsigned")
            #expect(refused?.field == "signer")
        }
        try test.do("followup.record", ["followup": visit, "result": "unreachable", "visitors": "S06"])
    }

    @Test(
        "the owner signs here, on paper, or declines with a reason, but not both",
        arguments: [
            (["signer": "李四"], "签名 李四"), (["paper": "0042"], "纸质签名 0042"),
            (["signer": "李四", "paper": "0042"], "签名 李四，纸质签名 0042"), (["unsigned": "不愿签字"], "拒签：不愿签字"),
        ])
    func signature(signature: [String: String], shown: String) throws {
        let test = try TestEstate()
        let visit = try test.minorRepair(done: "2026-03-02")
        let fields = ["followup": visit, "result": "satisfied", "visitors": "S06"]
        let both = refusal {
            try test.do("followup.record", fields.merging(["signer": "李四", "unsigned": "不愿签字"]) { $1 })
        }
        #expect(both?.code == "followup.signature" && both?.field == "unsigned")
        try test.do("followup.record", fields.merging(signature) { $1 })
        let report = try #require(test.estate.followUps[ref(visit)]?.visit)
        #expect(report.signature?.chinese == shown)
        let sheet = try #require(
            try FollowUpSheet(followup: ref(visit)).rows(of: test.estate, at: test.store.now).first)
        #expect(
            [sheet.report?.signer, sheet.report?.paper, sheet.report?.unsigned] == [
                signature["signer"], signature["paper"], signature["unsigned"],
            ])
    }
}
