import Foundation
import Journal
import TestSupport
import Testing

@testable import Estate

/// A visitor of the last of September, of whom more was recorded in October.
@Suite("What corrects a record ends with it, in whichever month it was recorded")
struct CorrectionEndingTests {
    private static let sealed = ["欧阳鸀鑫", "浙B93001", "13915007919", "浙B93002", "司马鸁淼", "浙B93003", "13687654321"]
    private let test: TestEstate
    private let visit: String

    init() throws {
        test = try TestEstate(now: "2026-10-03T12:00")
        visit = try test.do(
            "visitor.arrive",
            ["name": "欧阳鸀鑫", "host": "3-2-501", "purpose": "探亲", "plate": "浙B93001", "phone": "13915007919"],
            by: "S03", at: "2026-09-30T23:00")
        try test.do("visitor.contact", ["visit": visit, "outcome": "reached"], by: "S03", at: "2026-10-01T00:10")
        try test.do("visitor.leave", ["visit": visit, "plate": "浙B93002"], by: "S03", at: "2026-10-01T01:00")
        try test.do(
            "visitor.correct", ["visit": visit, "name": "司马鸁淼", "plate": "浙B93003", "phone": "13687654321"],
            by: "S03", at: "2026-10-02T10:00")
        let other = try test.arrive("诸葛孔明", at: "2026-10-02T11:00")
        try test.do("visitor.leave", ["visit": other], at: "2026-10-02T12:00")
    }

    private var states: [ParticularsState] {
        get throws {
            try test.show(ParticularsView.self).filter { $0.subject.kind == "visitors" }.map(\.subject.state)
        }
    }

    private func expectNothing(of texts: [String]) throws {
        test.store.leaveCheckpoint()
        #expect(try TextForms.files(under: [test.folder], holding: Set(texts)) == [])
        #expect(try test.store.unreadableParticulars().isEmpty)
        #expect(try Verification(of: test.folder).damages.isEmpty)
    }

    @Test("when the arrival's month expires, and not with its own; other visitors of that month stay")
    func expiry() throws {
        test.clock.set("2026-10-30 23:59:59")
        #expect(try states == [.kept, .kept])
        #expect(refusal { try test.do("particulars.expire") }?.code == "particulars.nothing")
        test.clock.set("2026-10-31 00:00:01")
        #expect(try states == [.due, .due])
        let asked = ExpireParticulars().confirmation(in: test.estate, at: test.store.now)
        #expect("\(String(describing: asked))".contains("1 条的更正"))
        try test.do("particulars.expire")
        #expect(try states == [.ended, .kept])
        for estate in [test.estate, try test.secondStore().estate] {
            #expect(estate.gate.visits.values.map(\.name) == ["已到期删除", "诸葛孔明"])
            #expect(estate.gate.visits.values.allSatisfy { $0.plate == nil && $0.phone == nil })
        }
        try expectNothing(of: CorrectionEndingTests.sealed)
        #expect(refusal { try test.do("particulars.expire") }?.code == "particulars.nothing")
    }

    @Test("not while the visit is held")
    func held() throws {
        try test.do("particulars.hold", ["record": visit, "why": "事故", "until": "2026-11-10"])
        test.clock.set("2026-11-10 12:00")
        #expect(try states == [.held, .held])
        #expect(refusal { try test.do("particulars.expire") }?.code == "particulars.nothing")
        #expect(test.estate.gate.visits.values.map(\.name) == ["司马鸁淼", "诸葛孔明"])
        test.clock.set("2026-11-11 12:00")
        try test.do("particulars.expire")
        try expectNothing(of: CorrectionEndingTests.sealed)
    }

    @Test("one that is recorded after the end is due at once")
    func late() throws {
        test.clock.set("2026-11-01 12:00")
        try test.do("particulars.expire")
        try test.do("visitor.correct", ["visit": visit, "name": "东方不败"], by: "S03")
        #expect(try states == [.ended, .kept, .due])
        try test.do("particulars.expire")
        try expectNothing(of: CorrectionEndingTests.sealed + ["东方不败"])
        #expect(test.estate.gate.visits.values.map(\.name) == ["已到期删除", "诸葛孔明"])
    }

    @Test("a worker's pass is a record of its own: it is kept from its own month on")
    func pass() throws {
        let test = try TestEstate(now: "2026-03-02T09:00")
        let id = try test.renovation(
            unit: "3-2-502", ["papers": "complete", "applicant": "owner", "responsible": "司马鸁淼"])
        try test.do(
            "renovation.permit",
            ["renovation": id, "deposit": "0", "fee": "0", "until": "2026-06-30", "method": "现金"])
        test.clock.set("2026-05-04 09:00")
        try test.do("renovation.pass", ["renovation": id, "name": "欧阳鸀鑫"])
        try test.do("renovation.finish", ["renovation": id])
        try test.do("renovation.accept", ["renovation": id, "result": "passed"])
        test.clock.set("2026-10-01 09:00")
        try test.do("particulars.expire")
        #expect(test.estate.renovations.passes.values.map(\.name.text) == ["欧阳鸀鑫"])
        #expect(test.estate.renovations.all.values.map { ($0.works.responsible.value ?? nil) == nil } == [true])
    }
}
