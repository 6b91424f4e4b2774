import Journal
import TestSupport
import Testing

@testable import Estate

@Suite("Particulars of workers: sealed, needed while the site is open, ended after it")
struct RenovationParticularsTests {
    private let test: TestEstate
    private let id: String

    init() throws {
        test = try TestEstate(now: "2026-03-02T12:00")
        id = try test.renovation(
            ["papers": "complete", "applicant": "owner", "responsible": "欧阳工", "phone": "13800009999"])
        try test.do(
            "renovation.permit",
            ["renovation": id, "deposit": "100", "fee": "0", "until": "2026-06-30", "method": "现金"])
        try test.do(
            "renovation.pass", ["renovation": id, "name": "司马师傅", "document": "居民身份证 330102199001011234"])
    }

    /// The end of the case, so that nothing is held.
    private func close() throws {
        try test.do("renovation.withdraw", ["renovation": id, "why": "不装了"])
        try test.do("renovation.refund", ["renovation": id, "refund": "100"])
    }

    /// What sheets and rows tell of the workers.
    private func expectNothing(_ estate: Estate) throws {
        let known = try #require(try estate.renovations.all[Ref(text: id, zone: .shanghai)])
        #expect(known.works.responsible.value == nil && known.works.phone.value == nil)
        #expect(estate.renovations.passes(of: known).allSatisfy { $0.name.value == nil && $0.document.value == nil })
        for report in [PermitSheet.self, PassSheet.self, RenovationSheet.self] as [any Report.Type] {
            let document = try report.make(
                of: estate, at: test.store.now, members: ["renovation": .string(id)], for: .manager, .chinese
            ).document
            for word in ["欧阳工", "司马师傅", "13800009999"] { #expect(!"\(document.sheets)".contains(word), "\(report)") }
        }
        for word in ["欧阳工", "司马师傅", "13800009999"] { #expect(try test.files(holding: word) == []) }
    }

    @Test("who is responsible, their number and the workers' names are sealed in the journal")
    func sealed() throws {
        let rule = test.estate.sealingRule(of: ApplyRenovation())
        #expect(rule?.kind == "workers" && rule?.fields == ["responsible", "phone"])
        for word in ["欧阳工", "司马师傅", "13800009999"] { #expect(try test.files(holding: word) == []) }
        #expect(try test.renovation(id).works.responsible.value == "欧阳工")
    }

    @Test("an open case: neither expired nor erased")
    func open() throws {
        #expect(
            refusal { try test.do("particulars.erase", ["record": id, "why": "要求"]) }?.code == "particulars.kept")
        test.clock.set("2026-12-31 12:00")
        _ = refusal { try test.do("particulars.expire") }
        #expect(try test.renovation(id).works.responsible.value == "欧阳工")
        #expect(test.estate.renovations.passes.values.map(\.name.value) == ["司马师傅"])
    }

    @Test("closed, and 180 days after the month: sheets and rows afterwards show nothing of them")
    func expired() throws {
        try close()
        test.clock.set("2026-09-27 23:00")
        _ = refusal { try test.do("particulars.expire") }
        #expect(try test.renovation(id).works.responsible.value == "欧阳工")
        test.clock.set("2026-09-28 00:01")
        try test.do("particulars.expire")
        try expectNothing(test.estate)
        try expectNothing(try test.secondStore().estate)
    }

    @Test("closed, and erased on request: the same")
    func erased() throws {
        try close()
        try test.do("particulars.erase", ["record": id, "why": "本人要求"])
        try expectNothing(test.estate)
        try expectNothing(try test.secondStore().estate)
    }
}
