import Testing
import TestSupport

@testable import Estate

@Suite("The states of a call")
struct CallStateTests {
    @Test("actions are refused before the answer, after the end and in the wrong state")
    func order() throws {
        let test = try TestEstate()
        let call = try test.ring()
        #expect(refusal { try test.do("call.demand", ["call": call, "text": "灯"]) }?.code == "call.notAnswered")
        #expect(refusal { try test.do("call.hold", ["call": call, "consent": "yes"]) }?.code == "call.notAnswered")
        try test.do("call.answer", ["call": call, "rings": "1"])
        #expect(refusal { try test.do("call.answer", ["call": call, "rings": "1"]) }?.code == "call.answered")
        try test.do("call.end", ["call": call, "closing": "yes"])
        #expect(refusal { try test.do("call.end", ["call": call]) }?.code == "call.ended")
        #expect(refusal { try test.do("call.demand", ["call": call, "text": "灯"]) }?.code == "call.ended")
        #expect(refusal { try test.do("call.end", ["call": "01K00000000000000000000000"]) }?.code == "call.unknown")
    }

    @Test("several calls can be on hold at the same time")
    func several() throws {
        let test = try TestEstate()
        let calls = try (0..<3).map { _ in try test.answered() }
        for call in calls { try test.do("call.hold", ["call": call, "consent": "yes"]) }
        try test.do("call.resume", ["call": calls[1], "apology": "yes"])
        #expect(test.estate.calls.open.count == 3)
        #expect(calls.map { test.estate.calls[ref($0)]?.isHeld } == [true, false, true])
        #expect(refusal { try test.do("call.hold", ["call": calls[0], "consent": "yes"]) }?.code == "call.held")
        #expect(refusal { try test.do("call.resume", ["call": calls[1], "apology": "yes"]) }?.code == "call.notHeld")
    }

    @Test("a call that nobody answered is missed, and not late (1.1)")
    func missed() throws {
        let test = try TestEstate()
        let call = try test.ring()
        try test.do("call.end", ["call": call])
        #expect(test.estate.calls[ref(call)]?.isMissed == true)
        #expect(try test.only(CallsView.self).inTime == nil)
    }

    @Test("an outgoing call has no limit of rings (1.8)")
    func outgoing() throws {
        let test = try TestEstate()
        let call = try test.do("call.ring", ["direction": "outgoing", "phone": "13800001111"], by: "S02")
        try test.do("call.demand", ["call": call, "text": "约好周三上门"])
        try test.do("call.end", ["call": call, "closing": "yes"])
        let row = try test.only(CallsView.self)
        #expect(row.inTime == nil)
        #expect(row.direction == .outgoing)
    }
}
