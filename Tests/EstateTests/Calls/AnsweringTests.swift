import Testing
import TestSupport

@testable import Estate

@Suite("Who answers a call")
struct AnsweringTests {
    private let test: TestEstate

    init() throws { test = try TestEstate() }

    @Test("a call belongs to the member who answers it; a second answer is refused by name")
    func twoAnswer() throws {
        try test.do("staff.add", ["staff": "T01", "name": "总机", "role": "operator"])
        let call = try test.do("call.ring", ["phone": "13800001111"], by: "T01")
        try test.do("call.answer", ["call": call, "rings": "1"], by: "S02")
        let refused = refusal { try test.do("call.answer", ["call": call, "rings": "2"], by: "S04") }
        #expect(refused?.code == "call.answered")
        #expect(refused?.message.chinese.contains("陈接待") == true)
        #expect(try test.only(CallsView.self).by == "陈接待")
        #expect(try test.only(CallsView.self).rings == 1)
    }
}
