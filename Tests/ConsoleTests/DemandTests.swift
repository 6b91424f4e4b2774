import Foundation
import Screen
import Testing

@testable import Console
@testable import Estate

/// What a caller wanted is neither lost while it is typed nor left unsettled for want of a way to it.
@Suite struct DemandTests {
    private static let words = "孩子被困电梯"

    private func talking(_ text: String = words) throws -> Script {
        let desk = try Script(as: "王芳")
        desk.press("Enter", "Enter")
        desk.type(text)
        return desk
    }

    private func files(_ estate: SmallEstate, _ ending: String = "json") -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(estate.folder)/drafts")) ?? []
        return names.filter { $0.hasSuffix(ending) }
    }

    private func end(_ desk: Script) { desk.press("Right", "Enter", "Right", "Enter") }

    /// A call of an hour ago with a demand that nothing has become of.
    private func ended(_ desk: Script, _ text: String = "电梯夜里有异响", phone: String = "13800001111") throws {
        let call = try desk.estate.do("call.ring", ["phone": phone], by: "S02")
        try desk.estate.do("call.answer", ["call": call, "rings": "1"], by: "S02")
        try desk.estate.do("call.demand", ["call": call, "text": text], by: "S02")
        try desk.estate.do("call.end", ["call": call, "closing": "true"], by: "S02")
        _ = desk.desk.catchUp()
    }

    // MARK: While it is typed

    @Test func endingACallRecordsWhatWasTypedWithoutEnter() throws {
        let desk = try talking()
        desk.press("Ctrl-E")
        #expect(try desk.demands() == [Self.words])
        desk.expect("已记录诉求：孩子被困电梯")
        desk.expect("诉求未落实 1", near: "结束通话")
        end(desk)
        desk.expectRow(CallsView.self) { $0.ended != nil && $0.demands == 1 }
    }

    @Test func aCallOnHoldIsEndedWithWhatWasTyped() throws {
        let desk = try talking()
        desk.press("Ctrl-B", "Right", "Enter")
        desk.expect("保留中")
        desk.expect(Self.words)
        desk.press("Ctrl-E")
        #expect(try desk.demands() == [Self.words])
    }

    @Test(arguments: [["Ctrl-B", "Right", "Enter"], ["Ctrl-G", "Tab", "Right", "Enter", "Right", "Enter"]])
    func whatIsTypedStaysInSightWhileNobodyTalks(keys: [String]) throws {
        let desk = try talking()
        desk.expectNothingRecorded { desk.press("Ctrl-\\") }
        for key in keys { desk.press(key) }
        desk.expect(Self.words, near: "1")
        #expect(try desk.demands() == [])
        desk.press("Enter")
        if keys[0] == "Ctrl-B" { desk.press("Right", "Enter") }
        #expect(desk.lineOfCaret.contains(Self.words))
    }

    @Test func whatCannotBeRecordedKeepsTheCall() throws {
        let desk = try talking()
        let elsewhere = desk.estate.folder + "-elsewhere"
        try FileManager.default.moveItem(atPath: desk.estate.folder, toPath: elsewhere)
        desk.press("Ctrl-E")
        try FileManager.default.moveItem(atPath: elsewhere, toPath: desk.estate.folder)
        desk.expectNot("对方已先挂断")
        #expect(desk.lineOfCaret.contains(Self.words))
    }

    @Test func aCallThatEndedElsewhereLeavesWhatWasTyped() throws {
        let desk = try talking()
        let other = try desk.estate.secondStore()
        try other.perform(EndCall(call: #require(other.estate.calls.open.first), closing: true), by: "S02")
        desk.press("Enter")
        desk.expect("已经结束")
        desk.expect("诉求还没有记录")
        desk.expect(Self.words, near: "内容")
        desk.press("Right")
        desk.fill("房号", "3-2-501")
        desk.press("Ctrl-S")
        desk.expectRow(RequestsView.self) { $0.text == Self.words }
    }

    // MARK: When the console dies

    @Test func whatWasTypedIsBackInItsCallAtTheNextSignIn() throws {
        let estate: SmallEstate
        do {
            let desk = try talking()
            desk.desk.flushDrafts()
            estate = desk.estate
        }
        #expect(files(estate).count == 1)
        let other = try Script(estate, as: "马门岗")
        other.expectNot(Self.words)
        let desk = try Script(estate, as: "王芳")
        #expect(desk.lineOfCaret.contains(Self.words))
        desk.expectNot("未提交的表单")
        desk.press("Enter")
        #expect(try desk.demands() == [Self.words])
        desk.desk.flushDrafts()
        #expect(files(estate).isEmpty && files(estate, "lock").isEmpty)
    }

    @Test func everyCallKeepsItsOwn() throws {
        let estate: SmallEstate
        do {
            let desk = try talking()
            desk.press("Ctrl-B", "Right", "Enter", "F8", "Ctrl-S", "Enter")
            desk.type("车库漏水")
            desk.desk.flushDrafts()
            estate = desk.estate
        }
        let desk = try Script(estate, as: "王芳")
        #expect(desk.lineOfCaret.contains("车库漏水"))
        desk.press("PageDown")
        desk.expect(Self.words)
        desk.expectNot("车库漏水")
    }

    @Test func ofACallThatIsOverMeanwhileARequestIsOffered() throws {
        let estate: SmallEstate
        do {
            let desk = try talking()
            desk.desk.flushDrafts()
            estate = desk.estate
        }
        let call = try #require(estate.store.estate.calls.open.first)
        try estate.do("call.end", ["call": call.id.text, "closing": "true"], by: "S02")
        let desk = try Script(estate, as: "王芳")
        desk.expect("记录诉求 · 孩子被困电梯")
        desk.press("Enter")
        desk.expect(Self.words, near: "内容")
        desk.press("Esc")
        desk.expect("再按 Esc")
    }

    // MARK: Afterwards

    @Test(arguments: [Size(width: 120, height: 36), Size(width: 80, height: 24)])
    func aCallOfTodayIsLookedAtAndItsDemandSettled(size: Size) throws {
        let desk = try Script(as: "王芳", size: size)
        try ended(desk)
        desk.expect("诉求未落实 1")
        desk.press("F2", "Down")
        desk.expect("Enter 查看")
        desk.expectNothingRecorded { desk.press("Enter") }
        desk.expect("电梯夜里有异响", near: "未落实")
        desk.expect("李四")
        desk.press("Enter", "Down", "Enter")
        desk.type("已报维保，今晚到")
        desk.press("Enter")
        desk.expect("答复/转交诉求 · 电梯夜里有异响 · 已报维保，今晚到")
        desk.expect("电梯夜里有异响", near: "已答复")
        desk.press("Esc")
        desk.expectNot("诉求未落实")
        // With nothing marked, Enter still means that it rings.
        desk.press("Esc", "Enter")
        desk.expectRow(CallsView.self) { $0.state == .ringing }
    }

    @Test func theArrowsGoThroughTheMissedThenTodaysCalls() throws {
        let desk = try Script(as: "王芳")
        try ended(desk)
        let missed = try desk.estate.do("call.ring", ["phone": "13800002222"], by: "S02")
        try desk.estate.do("call.end", ["call": missed], by: "S02")
        _ = desk.desk.catchUp()
        desk.expect("Enter 来电响铃")
        desk.expect("Ctrl-O 回拨")
        desk.press("Down", "Down")
        desk.expect("Enter 查看")
        desk.expect("Ctrl-O 拨出")
        desk.press("Up", "Up")
        desk.expect("Enter 来电响铃")
        desk.expect("Ctrl-O 回拨")
        // What was looked at is not marked any more after the next call.
        desk.press("Down", "Down", "F8", "Ctrl-S", "Ctrl-E")
        desk.expect("Enter 来电响铃")
    }

    @Test(arguments: ["电梯夜里", "未落实", "dtyl"])
    func thePaletteFindsItByItsWords(query: String) throws {
        let desk = try Script(as: "王芳")
        try ended(desk)
        desk.press("F3", "F9")
        desk.type(query)
        desk.expect("电梯夜里有异响", near: "F2")
        desk.press("Enter")
        desk.expect("通话 · 3-2-501 李四")
        desk.press("Enter", "Enter")
        desk.expect("诉求转工单")
        desk.press("Right", "Ctrl-S")
        desk.expect("→ 投诉", near: "电梯夜里有异响")
        desk.expectRow(RequestsView.self) { $0.text == "电梯夜里有异响" }
    }

    @Test func whatIsOpenFromAnotherDayIsNotForgotten() throws {
        let desk = try Script(as: "王芳")
        try ended(desk)
        desk.at("2026-11-25 09:00")
        desk.expect("早先未落实的诉求")
        desk.press("Down", "Enter")
        desk.expect("电梯夜里有异响", near: "未落实")
    }
}
