import Foundation
import Screen
import Testing

@testable import Console
@testable import Estate

/// The phone comes first: the key of the ringing window parks what is half filled in, answers, and it comes back.
@Suite struct ParkingTests {
    private func half() throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: "王芳")
        try console.estate.do("staff.add", ["staff": "T01", "name": "总机", "role": "operator"])
        _ = console.controller.catchUp()
        console.open("gate")
        console.press("F8")
        console.type("张三丰")
        console.press("Left")
        return console
    }

    private func ring(_ console: ConsoleDriver, _ phone: String = "13800002222") throws {
        try console.estate.do("call.ring", ["phone": phone], by: "T01")
        _ = console.controller.catchUp()
    }

    private func endCall(_ console: ConsoleDriver) {
        console.press("Ctrl-E", "Enter")
    }

    @Test func aRingIsSeenOverAForm() throws {
        let console = try half()
        try ring(console)
        #expect(console.lines[0].contains("响铃 单国强 F2"))
    }

    @Test func theFormIsParkedAndComesBackAfterTheCall() throws {
        let console = try half()
        try ring(console)
        console.press("F2")
        console.expectRow(CallsView.self) { $0.by == "王芳" && $0.answered != nil }
        console.expectNot("来访登记")
        console.type("漏水")
        console.press("Enter")
        #expect(try console.demands() == ["漏水"])
        let call = try #require(console.store.estate.calls.open.first)
        try console.estate.do("call.end", ["call": call.id.text, "closing": "yes", "hungUp": "yes"], by: "S02")
        _ = console.controller.catchUp()
        console.expect("来访登记")
        #expect(console.lineOfCaret.contains("张三丰"))
        console.type("x")
        #expect(console.lineOfCaret.contains("张三x丰"))
        #expect(console.controller.session.focus == "gate" && console.controller.session.parked.isEmpty)
    }

    @Test func theFormComesBackWhenTheCallIsEndedHere() throws {
        let console = try half()
        try ring(console)
        console.press("F2")
        endCall(console)
        #expect(console.store.estate.calls.open.isEmpty)
        console.expect("来访登记")
        #expect(console.lineOfCaret.contains("张三丰"))
    }

    /// What follows from the call comes first: here the call of the next debtor.
    @Test func theCallsOwnFormComesBeforeTheParkedOne() throws {
        let console = try half()
        let call = try console.estate.do(
            "call.ring", ["direction": "outgoing", "about": "3-2-501", "phone": "13800001111"], by: "S02")
        try console.estate.do("call.answer", ["call": call, "rings": "2"], by: "S02")
        _ = console.controller.catchUp()
        try ring(console)
        console.press("F2")
        endCall(console)
        let form = try #require(console.controller.session.layers.last as? FormLayer)
        #expect(form.action.name == RingCall.name && console.controller.session.layers.count == 1)
        let other = try #require(console.store.estate.calls.open.first)
        try console.estate.do("call.answer", ["call": other.id.text, "rings": "2"], by: "T01")
        _ = console.controller.catchUp()
        console.expectNot("来访登记")
        console.press("Esc")
        console.expect("来访登记")
        #expect(console.lineOfCaret.contains("张三丰"))
    }

    /// What came of the call is not taken for what came of the form.
    @Test func aRefusedEndLeavesTheFormAlone() throws {
        let console = try half()
        try ring(console)
        console.press("F2", "Ctrl-E")
        let call = try #require(console.store.estate.calls.open.first)
        try console.estate.do("call.end", ["call": call.id.text, "closing": "yes", "hungUp": "yes"], by: "S02")
        _ = console.controller.catchUp()
        console.press("Enter")
        #expect(console.lines[0].contains("✗"))
        #expect(console.lines.dropFirst().allSatisfy { !$0.contains("✗") })
        #expect(console.lineOfCaret.contains("张三丰"))
    }

    @Test func withoutARingTheKeySaysThatAFormIsOpen() throws {
        let console = try half()
        console.press("F2")
        console.expect("表单未提交")
        #expect(console.lineOfCaret.contains("张三丰"))
    }

    @Test func aParkedFormIsBroughtBackByHand() throws {
        let console = try half()
        try ring(console)
        console.press("F2")
        console.estate.clock.pass(seconds: 5)
        console.expect("已存起 1 Ctrl-]")
        console.press("Ctrl-]")
        #expect(console.lineOfCaret.contains("张三丰"))
    }

    /// A form in the call, and the parked one, are both stored.
    @Test func bothFormsOutliveACrash() throws {
        let estate: TestEstate
        do {
            let console = try half()
            try ring(console)
            console.press("F2")
            console.type("漏水")
            console.press("Enter")
            console.open("requests")
            console.press("F8")
            console.fill("内容", "厨房漏水")
            console.controller.flushDrafts()
            estate = console.estate
        }
        let again = try ConsoleDriver(estate, as: "王芳")
        again.press("Ctrl-]")
        again.expect("来访登记 · 张三丰")
        // The class is guessed from the words.
        again.expect("新建工单 · 零星维修 · 厨房漏水")
    }

    @Test func anotherMemberDoesNotGetIt() throws {
        let console = try half()
        try ring(console)
        console.press("F2")
        console.signIn("马门岗")
        let call = try #require(console.store.estate.calls.open.first)
        try console.estate.do("call.end", ["call": call.id.text, "closing": "yes", "hungUp": "yes"], by: "S02")
        _ = console.controller.catchUp()
        #expect(console.controller.session.layers.isEmpty)
        console.signIn("王芳")
        #expect(console.lineOfCaret.contains("张三丰"))
    }
}
