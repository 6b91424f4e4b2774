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
}
