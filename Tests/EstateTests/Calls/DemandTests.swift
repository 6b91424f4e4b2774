import Testing
import TestSupport

@testable import Estate

@Suite("Demands of callers (1.3)")
struct DemandTests {
    @Test("1.3 demands are recorded one by one, and a request refers to its demand")
    func demands() throws {
        let test = try TestEstate()
        let call = try test.answered()
        let demand = try test.do("call.demand", ["call": call, "text": "楼道灯不亮"])
        try test.do("call.demand", ["call": call, "text": "电梯异响"])
        #expect(try test.only(CallsView.self).demands == 2)
        #expect(try test.show(DemandsView.self, ["call": call]).map(\.text) == ["楼道灯不亮", "电梯异响"])

        // The demand refers to its request.
        let request = try test.do(
            "request.open",
            ["class": "repair.minor", "unit": "3-2-501", "text": "楼道灯不亮", "call": call, "demand": demand])
        #expect(try test.show(DemandsView.self).map(\.request) == [ref(request), nil])
        #expect(try test.only(RequestsView.self).call == ref(call))
    }

    @Test("1.3 a request for an unknown demand, or for one of another call, is refused")
    func foreignDemand() throws {
        let test = try TestEstate()
        let (call, other) = (try test.answered(), try test.answered())
        let demand = try test.do("call.demand", ["call": call, "text": "楼道灯不亮"])
        let members = ["class": "repair.minor", "unit": "3-2-501", "text": "楼道灯不亮"]
        for more in [["demand": demand, "call": other], ["demand": call]] {
            let refused = refusal { try test.do("request.open", members.merging(more) { $1 }) }
            #expect(refused?.code == "demand.unknown")
            #expect(refused?.field == "demand")
        }
        // A demand without its call identifies the call.
        try test.do("request.open", members.merging(["demand": demand]) { $1 })
        #expect(try test.only(RequestsView.self).call == ref(call))
    }

    @Test("1.3 one demand becomes one request, also from two consoles at once")
    func oneRequest() throws {
        let test = try TestEstate()
        let call = try test.answered()
        let demand = try test.do("call.demand", ["call": call, "text": "楼道灯不亮"])
        let members = ["class": "repair.minor", "unit": "3-2-501", "text": "楼道灯不亮", "demand": demand]
        let other = try Store(at: test.folder, clock: test.clock.clock)
        try test.do("request.open", members)
        #expect(refusal { try test.do("request.open", members) }?.code == "demand.request")
        let again = try OpenRequest.read(members.mapValues { .string($0) }, zone: .shanghai)
        let refused = refusal { try other.perform(again, by: "S02") }
        #expect((refused?.code, refused?.field) == ("demand.request", "demand"))
        #expect(try test.show(RequestsView.self).count == 1)
        // A demand that was answered or passed on can still become one.
        let answered = try test.do("call.demand", ["call": call, "text": "几点停水"])
        try test.do("call.settle", ["demand": answered, "outcome": "answered", "note": "九点"])
        try test.do("request.open", members.merging(["demand": answered]) { $1 })
        #expect(try test.show(DemandsView.self).map(\.outcome) == [.request, .request])
    }

    @Test("1.3 a demand stays open until it is settled, however many calls follow")
    func openForLong() throws {
        let test = try TestEstate()
        let call = try test.answered()
        let demand = try test.do("call.demand", ["call": call, "text": "楼道灯不亮"])
        try test.do("call.end", ["call": call, "closing": "yes"])
        for _ in 0..<210 { try test.do("call.end", ["call": try test.ring()]) }
        #expect(test.estate.calls.unsettled.map(\.id) == [ref(call)])
        #expect(Demand.candidates(in: test.estate).map(\.value) == [demand])
        try test.do("call.settle", ["demand": demand, "outcome": "passed", "to": "工程部"])
        #expect(test.estate.calls.unsettled.map(\.id).isEmpty)
    }

    @Test("earlier answers to similar demands are found, the most similar and latest first, each once")
    func earlierAnswers() throws {
        let test = try TestEstate()
        let call = try test.answered()
        for (text, note) in [
            ("几点停水", "九点"), ("小区几点停水？", "十点"), ("补办门禁卡", "带身份证"), ("几点 停水", "九点"), ("电梯异响", nil),
        ] {
            let demand = try test.do("call.demand", ["call": call, "text": text])
            let outcome = note.map { ["outcome": "answered", "note": $0] } ?? ["outcome": "passed", "to": "维保"]
            try test.do("call.settle", outcome.merging(["demand": demand]) { $1 })
        }
        func answers(_ text: String) -> [String] { test.estate.calls.answers.similar(to: text).map(\.note) }
        #expect(answers("几点停水") == ["九点", "十点"])
        #expect(answers("几点停") == ["九点", "十点"])
        #expect(answers("门禁卡补办") == ["带身份证"])
        #expect(answers("电梯异响").isEmpty && answers("水").isEmpty && answers("").isEmpty)
    }
}
