import Foundation
import Screen
import Testing

@testable import Console
@testable import Estate

/// Demands: not lost while being typed, and found and settled after the call.
@Suite struct DemandTests {
    private static let words = "孩子被困电梯"

    private func talking(_ text: String = words) throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: "王芳")
        console.takeCall()
        console.type(text)
        return console
    }

    private func files(_ estate: TestEstate, _ ending: String = "json") -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(estate.folder)/drafts")) ?? []
        return names.filter { $0.hasSuffix(ending) }
    }

    private func end(_ console: ConsoleDriver) { console.press("Enter") }

    /// A call of an hour ago with an open demand.
    private func ended(_ console: ConsoleDriver, _ text: String = "电梯夜里有异响", phone: String = "13800001111") throws {
        let call = try console.estate.do("call.ring", ["phone": phone], by: "S02")
        try console.estate.do("call.answer", ["call": call, "rings": "1"], by: "S02")
        try console.estate.do("call.demand", ["call": call, "text": text], by: "S02")
        try console.estate.do("call.end", ["call": call, "closing": "true"], by: "S02")
        _ = console.controller.catchUp()
    }

    // MARK: While typing

    @Test func endingACallRecordsWhatWasTypedWithoutEnter() throws {
        let console = try talking()
        console.press("Ctrl-E")
        #expect(try console.demands() == [Self.words])
        console.expect("已记录诉求：孩子被困电梯")
        console.expect("诉求待处理 1", near: "结束通话")
        end(console)
        console.expectRow(CallsView.self) { $0.ended != nil && $0.demands == 1 }
    }

    @Test func aCallOnHoldIsEndedWithWhatWasTyped() throws {
        let console = try talking()
        console.press("Ctrl-B", "Enter")
        console.expect("暂停中")
        console.expect(Self.words)
        console.press("Ctrl-E")
        #expect(try console.demands() == [Self.words])
    }

    @Test(arguments: [["Ctrl-B", "Enter"], ["Ctrl-G", "Ctrl-S"]])
    func typedDemandStaysVisibleOnHold(keys: [String]) throws {
        let console = try talking()
        console.expectNothingRecorded { console.press("Ctrl-\\") }
        for key in keys { console.press(key) }
        console.expect(Self.words, near: "1")
        #expect(try console.demands() == [])
        console.press("Enter")
        if keys[0] == "Ctrl-B" { console.press("Enter") }
        #expect(console.lineOfCaret.contains(Self.words))
    }

    @Test func aRefusedDemandKeepsTheCallOpen() throws {
        let console = try talking()
        let elsewhere = console.estate.folder + "-elsewhere"
        try FileManager.default.moveItem(atPath: console.estate.folder, toPath: elsewhere)
        console.press("Ctrl-E")
        try FileManager.default.moveItem(atPath: elsewhere, toPath: console.estate.folder)
        console.expectNot("我方先挂")
        #expect(console.lineOfCaret.contains(Self.words))
    }

    @Test func aCallThatEndedElsewhereLeavesWhatWasTyped() throws {
        let console = try talking()
        let other = try console.estate.secondStore()
        try other.perform(EndCall(call: #require(other.estate.calls.open.first), closing: true), by: "S02")
        console.press("Enter")
        console.expect("已经结束")
        console.expect("诉求还没有记录")
        console.expect(Self.words, near: "内容")
        console.press("Right")
        console.fill("房号", "3-2-501")
        console.press("Ctrl-S")
        console.expectRow(RequestsView.self) { $0.text == Self.words }
    }

    // MARK: After a crash

    @Test func typedDemandReturnsToItsCall() throws {
        let estate: TestEstate
        do {
            let console = try talking()
            console.controller.flushDrafts()
            estate = console.estate
        }
        #expect(files(estate).count == 1)
        let other = try ConsoleDriver(estate, as: "马门岗")
        other.expectNot(Self.words)
        let console = try ConsoleDriver(estate, as: "王芳")
        #expect(console.lineOfCaret.contains(Self.words))
        console.expectNot("未提交的表单")
        console.press("Enter")
        #expect(try console.demands() == [Self.words])
        console.controller.flushDrafts()
        #expect(files(estate).isEmpty && files(estate, "lock").isEmpty)
    }

    @Test func typedDemandsAreKeptPerCall() throws {
        let estate: TestEstate
        do {
            let console = try talking()
            console.press("Ctrl-B", "Enter", "F8", "Ctrl-S", "Enter")
            console.type("车库漏水")
            console.controller.flushDrafts()
            estate = console.estate
        }
        let console = try ConsoleDriver(estate, as: "王芳")
        #expect(console.lineOfCaret.contains("车库漏水"))
        console.press("PageDown")
        console.expect(Self.words)
        console.expectNot("车库漏水")
    }

    @Test func draftOfEndedCallBecomesRequestForm() throws {
        let estate: TestEstate
        do {
            let console = try talking()
            console.controller.flushDrafts()
            estate = console.estate
        }
        let call = try #require(estate.store.estate.calls.open.first)
        try estate.do("call.end", ["call": call.id.text, "closing": "true"], by: "S02")
        let console = try ConsoleDriver(estate, as: "王芳")
        console.expect("记录诉求 · 孩子被困电梯")
        console.press("Enter")
        console.expect(Self.words, near: "内容")
        console.press("Esc")
        console.expect("再按 Esc")
    }

    // MARK: After the call

    @Test(arguments: [Size(width: 120, height: 36), Size(width: 80, height: 24)])
    func aCallOfTodayIsLookedAtAndItsDemandSettled(size: Size) throws {
        let console = try ConsoleDriver(as: "王芳", size: size)
        try ended(console)
        console.expect("诉求待处理 1")
        console.open("calls")
        console.press("Down")
        console.expect("Enter 查看")
        console.expectNothingRecorded { console.press("Enter") }
        console.expect("电梯夜里有异响", near: "待处理")
        console.expect("李四")
        console.press("Enter", "Down", "Enter")
        console.type("已报维保，今晚到")
        console.press("Enter")
        console.expect("已答复 · 电梯夜里有异响 · 已报维保，今晚到")
        console.expect("电梯夜里有异响", near: "已答复")
        console.press("Esc")
        console.expectNot("诉求待处理")
        // Without a selection, Enter means a ring, and asks for its number.
        console.press("Esc")
        console.expectNothingRecorded { console.press("Enter") }
        console.press("Enter")
        console.expectRow(CallsView.self) { $0.state == .ringing }
    }

    @Test func theArrowsGoThroughTheMissedThenTodaysCalls() throws {
        let console = try ConsoleDriver(as: "王芳")
        try ended(console)
        let missed = try console.estate.do("call.ring", ["phone": "13800002222"], by: "S02")
        try console.estate.do("call.end", ["call": missed], by: "S02")
        _ = console.controller.catchUp()
        console.expect("Enter 来电响铃")
        console.expect("Ctrl-O 回拨")
        console.press("Down", "Down")
        console.expect("Enter 查看")
        console.expect("Ctrl-O 拨出")
        console.press("Up", "Up")
        console.expect("Enter 来电响铃")
        console.expect("Ctrl-O 回拨")
        // The next call clears the selection.
        console.press("Down", "Down", "F8", "Ctrl-S", "Ctrl-E", "Enter")
        console.expect("Enter 来电响铃")
    }

    @Test(arguments: ["电梯夜里", "待处理", "dtyl"])
    func thePaletteFindsItByItsWords(query: String) throws {
        let console = try ConsoleDriver(as: "王芳")
        try ended(console)
        console.open("requests")
        console.press("F9")
        console.type(query)
        console.expect("电梯夜里有异响", near: "F2")
        console.press("Enter")
        console.expect("通话 · 3-2-501 李四")
        console.press("Enter", "Enter")
        console.expect("诉求转工单")
        console.press("Left", "Ctrl-S")
        console.expect("→ 投诉", near: "电梯夜里有异响")
        console.expectRow(RequestsView.self) { $0.text == "电梯夜里有异响" }
    }

    @Test func openDemandsOfEarlierDaysAreListed() throws {
        let console = try ConsoleDriver(as: "王芳")
        try ended(console)
        console.at("2026-11-25 09:00")
        console.expect("早先待处理的诉求")
        console.press("Down", "Enter")
        console.expect("电梯夜里有异响", near: "待处理")
    }
}
