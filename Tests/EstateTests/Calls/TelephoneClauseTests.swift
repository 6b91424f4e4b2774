import Testing
import TestSupport

@testable import Estate

/// Section 1: each numbered clause, and calling out (1.8).
@Suite("Telephone, clause by clause")
struct TelephoneClauseTests {
    private let test: TestEstate

    init() throws { test = try TestEstate() }

    private func omitted(_ call: String) -> [CallOmission] {
        test.estate.calls[ref(call)]?.omissions(limit: test.estate.handbook.calls.rings.limit) ?? []
    }

    @Test("1.1 three rings are in time; four are an omission")
    func rings() throws {
        for (rings, left) in [(3, [CallOmission]()), (4, [.rings])] {
            let call = try test.ring()
            try test.do("call.answer", ["call": call, "rings": "\(rings)", "greeting": "yes"], by: "S02")
            #expect(omitted(call) == left)
        }
    }

    @Test("1.2 the greeting has the estate's name; its omission is recorded")
    func greeting() throws {
        #expect(test.estate.handbook.calls.step("greet")?.words(estate: test.estate.name) == "您好，翠湖花园")
        let call = try test.ring()
        try test.do("call.answer", ["call": call, "rings": "1", "greeting": "no"], by: "S02")
        #expect(omitted(call) == [.greeting])
    }

    @Test("1.3 each demand is answered in detail, passed on to somebody, or becomes a request")
    func demands() throws {
        let call = try test.answered()
        let demands = try ["楼道灯不亮", "几点停水", "要车位合同", "电梯异响"].map {
            try test.do("call.demand", ["call": call, "text": $0])
        }
        let request = ["class": "repair.minor", "unit": "3-2-501", "text": "楼道灯不亮", "call": call, "demand": demands[0]]
        try test.do("request.open", request)
        try test.do("call.settle", ["demand": demands[1], "outcome": "answered", "note": "明日九点到十一点"], by: "S02")
        try test.do("call.settle", ["demand": demands[2], "outcome": "passed", "to": "车管孙师傅"], by: "S02")
        // An open demand does not block the end of the call, and stays open.
        try test.do("call.end", ["call": call, "closing": "yes", "hungUp": "yes"])
        let rows = try test.show(DemandsView.self, ["call": call])
        #expect(rows.map(\.outcome) == [.request, .answered, .passed, .open])
        #expect(rows.map(\.note) == [nil, "明日九点到十一点", nil, nil])
        #expect(rows.map(\.to) == [nil, nil, "车管孙师傅", nil])
        // It can be settled later, and a demand that was passed on can be answered.
        try test.do("call.settle", ["demand": demands[3], "outcome": "answered", "note": "已约维保"])
        try test.do("call.settle", ["demand": demands[2], "outcome": "answered", "note": "合同已寄"])
        #expect(try test.show(DemandsView.self).map(\.outcome) == [.request, .answered, .answered, .answered])
        #expect(try test.show(DemandsView.self)[2].to == "车管孙师傅")
    }

    @Test("1.3 an answer without text, no recipient or a second answer is refused at its field")
    func settling() throws {
        let call = try test.answered()
        let demand = try test.do("call.demand", ["call": call, "text": "几点停水"])
        func settle(_ more: [String: String]) -> Refusal? {
            refusal { try test.do("call.settle", ["demand": demand].merging(more) { $1 }) }
        }
        #expect(settle(["outcome": "answered"])?.field == "note")
        #expect(settle(["outcome": "passed"])?.code == "demand.to")
        #expect(settle(["outcome": "answered", "note": "九点"]) == nil)
        #expect(settle(["outcome": "answered", "note": "十点"])?.code == "demand.answered")
        let unknown = ["demand": call, "outcome": "answered", "note": "九点"]
        #expect(refusal { try test.do("call.settle", unknown) }?.code == "demand.unknown")
        #expect(try test.show(DemandsView.self).map(\.note) == ["九点"])
    }

    @Test("1.3 a colleague is fetched: the caller is asked to wait, the handset is put down softly")
    func fetching() throws {
        let call = try test.answered()
        try test.do("call.fetch", ["call": call, "who": "周主管", "asked": "yes", "softly": "no"], by: "S02")
        #expect(try test.only(CallsView.self).state == .fetching)
        #expect(refusal { try test.do("call.hold", ["call": call, "consent": "yes"]) }?.code == "call.fetching")
        try test.do("call.back", ["call": call], by: "S02")
        #expect(refusal { try test.do("call.back", ["call": call]) }?.code == "call.notFetching")
        #expect(try test.only(CallsView.self).state == .talking)
        #expect(test.estate.calls[ref(call)]?.fetches.first?.who == "周主管")
        #expect(omitted(call) == [.softly])
        try test.do("call.fetch", ["call": call, "asked": "no", "softly": "yes"], by: "S02")
        #expect(omitted(call) == [.waiting, .softly])
    }

    @Test("1.4 closing words and hanging up second are separate omissions")
    func closing() throws {
        for (closing, hungUp, left) in [
            ("yes", "yes", [CallOmission]()), ("no", "yes", [.closing]), ("yes", "no", [.hangUp]),
            ("no", "no", [.closing, .hangUp]),
        ] {
            let call = try test.answered()
            try test.do("call.end", ["call": call, "closing": closing, "hungUp": hungUp], by: "S02")
            #expect(omitted(call) == left)
        }
        #expect(test.estate.handbook.calls.step("close")?.words(estate: "") == "谢谢，再见！")
    }

    @Test("1.5 the request for Putonghua has prescribed words and is recorded once")
    func putonghua() throws {
        #expect(test.estate.handbook.calls.step("putonghua")?.words(estate: "") == "对不起，请您用普通话，好吗？")
        let ringing = try test.ring()
        let early = ["call": ringing, "words": "putonghua"]
        #expect(refusal { try test.do("call.say", early) }?.code == "call.notAnswered")
        let call = try test.answered()
        for _ in 0..<2 { try test.do("call.say", ["call": call, "words": "putonghua"], by: "S02") }
        #expect(test.estate.calls[ref(call)]?.said == [.putonghua])
        #expect(try test.show(CallsView.self).last?.said == [.putonghua])
    }

    @Test("1.6 consent before a hold and an apology after it are recorded")
    func hold() throws {
        for (consent, apology, left) in [
            ("yes", "yes", [CallOmission]()), ("no", "yes", [.consent]), ("yes", "no", [.apology]),
        ] {
            let call = try test.answered()
            try test.do("call.hold", ["call": call, "consent": consent], by: "S02")
            try test.do("call.resume", ["call": call, "apology": apology], by: "S02")
            #expect(omitted(call) == left)
        }
        let call = try test.answered()
        try test.do("call.hold", ["call": call, "consent": "yes"])
        #expect(refusal { try test.do("call.resume", ["call": call]) }?.field == "apology")
    }

    @Test("1.7 the voice is a step throughout the call")
    func voice() {
        let step = test.estate.handbook.calls.step("voice")
        #expect(step?.when == .throughout)
        #expect(step?.hint == "自然、清晰、柔和、亲切；不做作，不过高，不过低")
    }

    @Test("1.8 calling out: greeting, introduction, purpose and closing; omissions are recorded")
    func callingOut() throws {
        let call = try test.do("call.ring", ["direction": "outgoing", "phone": "13800001111"], by: "S02")
        try test.do("call.answer", ["call": call, "rings": "5"], by: "S02")
        try test.do("call.say", ["call": call, "words": "introduce"], by: "S02")
        try test.do("call.end", ["call": call, "closing": "yes", "hungUp": "yes"], by: "S02")
        #expect(omitted(call) == [.greeting, .purpose])
        let whole = try test.do("call.ring", ["direction": "outgoing", "phone": "13800001111"], by: "S02")
        for words in ["greet", "introduce", "purpose"] {
            try test.do("call.say", ["call": whole, "words": words], by: "S02")
        }
        try test.do("call.end", ["call": whole, "closing": "yes"], by: "S02")
        #expect(omitted(whole).isEmpty)
        #expect(test.estate.calls[ref(whole)]?.state == .ended)
    }

    @Test("1.8 the subject of a call out gives the number, the person and the purpose")
    func about() throws {
        let request = try test.do("request.open", ["class": "complaint", "unit": "3-2-501", "text": "楼上太吵"])
        for (about, purpose) in [(request, "工单：楼上太吵"), ("3-2-501", "物业费欠费")] {
            let call = try test.do("call.ring", ["direction": "outgoing", "about": about], by: "S02")
            let known = try #require(test.estate.calls[ref(call)])
            #expect(known.phone?.text == "13800001111")
            #expect(known.unit?.text == "3-2-501")
            #expect(known.purpose == purpose)
            #expect(try test.show(CallsView.self).last?.about?.text(zone: .shanghai) == about)
        }
        let nothing = ["direction": "outgoing", "about": "01K00000000000000000000000"]
        #expect(refusal { try test.do("call.ring", nothing) }?.code == "about.unknown")
        #expect(refusal { try test.do("call.ring", ["about": "灯"]) }?.code == "about.malformed")
    }
}
