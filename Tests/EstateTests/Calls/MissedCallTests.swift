import Testing
import TestSupport

@testable import Estate

@Suite("Missed calls wait until they are returned")
struct MissedCallTests {
    private let test: TestEstate

    init() throws { test = try TestEstate() }

    private func miss(_ number: String) throws -> String {
        let call = try test.ring(number)
        try test.do("call.end", ["call": call], by: "S02")
        return call
    }

    private var waiting: [String] { test.estate.calls.missed.map(\.id.text) }

    @Test("a missed call waits until a call out reaches its caller")
    func callingBack() throws {
        let missed = try miss("13800001111")
        #expect(waiting == [missed])
        for reached in [false, true] {
            let back = try test.do("call.ring", ["direction": "outgoing", "about": missed], by: "S02")
            #expect(test.estate.calls[ref(back)]?.phone?.text == "13800001111")
            #expect(waiting.isEmpty)
            if reached { try test.do("call.answer", ["call": back, "rings": "2"], by: "S02") }
            try test.do("call.end", ["call": back], by: "S02")
            #expect(waiting == (reached ? [] : [missed]))
        }
        #expect(try test.show(CallsView.self).map(\.state) == [.returned, .unreached, .ended])
    }

    @Test("an answered call returns all missed calls from its number")
    func callingAgain() throws {
        let other = try miss("13012345678")
        let missed = [try miss("13800001111"), try miss("+86 138-0000-1111")]
        let again = try test.ring("13800001111")
        #expect(waiting == [other] + missed)
        try test.do("call.answer", ["call": again, "rings": "1"], by: "S02")
        #expect(waiting == [other])
        #expect(missed.allSatisfy { test.estate.calls[ref($0)]?.returned == ref(again) })
    }

    @Test("a missed call without a number cannot be returned")
    func noNumber() throws {
        let missed = try miss("")
        #expect(waiting.isEmpty)
        #expect(test.estate.calls[ref(missed)]?.state == .missed)
    }
    @Test("a call without a number, answered while others wait, leaves them waiting")
    func withoutNumber() throws {
        let missed = [try miss("13800001111"), try miss("13012345678")]
        _ = try test.answered()
        #expect(waiting == missed)
        #expect(missed.allSatisfy { test.estate.calls[ref($0)]?.returned == nil })
    }

    @Test("nobody is to be called back who showed no number")
    func withheld() throws {
        let call = try test.do("call.ring", ["phone": ""], by: "S02")
        try test.do("call.end", ["call": call], by: "S02")
        #expect(try test.only(CallsView.self).state == .missed)
        #expect(waiting == [])
    }
}
