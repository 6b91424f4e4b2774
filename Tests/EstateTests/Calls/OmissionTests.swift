import Testing
import TestSupport

@testable import Estate

@Suite("Omitted steps of the telephone script")
struct OmissionTests {
    @Test("1.1 a call answered within three rings is in time", arguments: [(1, true), (3, true), (4, false)])
    func rings(rings: Int, inTime: Bool) throws {
        let test = try TestEstate()
        let call = try test.ring()
        try test.do("call.answer", ["call": call, "rings": "\(rings)"], by: "S02")
        let row = try test.only(CallsView.self)
        #expect(row.inTime == inTime)
        #expect(row.omitted == (inTime ? [] : [.rings]))
    }

    @Test(
        "1.2, 1.4, 1.6 omitted steps are recorded and block nothing",
        arguments: [
            ("yes", "yes", "yes", "yes", []), ("no", "yes", "yes", "yes", [CallOmission.greeting]),
            ("yes", "no", "yes", "yes", [.consent]), ("yes", "yes", "no", "yes", [.apology]),
            ("yes", "yes", "yes", "no", [.closing]), ("否", "否", "否", "否", [.greeting, .consent, .apology, .closing]),
        ])
    func omissions(
        greeting: String, consent: String, apology: String, closing: String, omitted: [CallOmission]
    ) throws {
        let test = try TestEstate()
        let call = try test.ring()
        try test.do("call.answer", ["call": call, "rings": "2", "greeting": greeting])
        try test.do("call.hold", ["call": call, "consent": consent])
        try test.do("call.resume", ["call": call, "apology": apology])
        try test.do("call.end", ["call": call, "closing": closing])
        #expect(try test.only(CallsView.self).omitted == omitted)
    }

    @Test("1.6 a call that ends on hold lacks the apology")
    func endedOnHold() throws {
        let test = try TestEstate()
        let call = try test.answered()
        try test.do("call.hold", ["call": call, "consent": "yes"])
        #expect(try test.only(CallsView.self).omitted.isEmpty)
        try test.do("call.end", ["call": call])
        #expect(try test.only(CallsView.self).omitted == [.apology])
    }
}
