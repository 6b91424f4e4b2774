import Foundation
import Journal
import Screen
import Testing

@testable import Console
@testable import Estate

@Suite struct UndoTests {
    private func arrival(size: Size = Size(width: 120, height: 36)) throws -> Script {
        let desk = try Script(as: "马门岗", size: size)
        desk.press("F8")
        desk.type("张三")
        desk.press("Tab")
        desk.type("32501")
        desk.press("Enter")
        desk.type("快递")
        desk.press("Ctrl-S")
        desk.expect("在场", near: "张三")
        return desk
    }

    @Test func whatWillBeTakenBackIsShownFirst() throws {
        let desk = try arrival()
        desk.press("Ctrl-_")
        desk.expect("撤销 09:00 的操作？")
        desk.expect("来访登记 · 张三 · 3-2-501 · 快递")
        desk.expectNothingRecorded { desk.press("Esc") }
        desk.expect("在场", near: "张三")
        desk.press("Ctrl-_", "Enter")
        desk.expect("已撤销：来访登记 · 张三")
        desk.expectNot("在场 0:00")
        #expect(desk.rows(GateView.self).isEmpty)
        desk.press("Ctrl-_")
        desk.expect("今天没有可撤销的操作")
    }

    @Test func thePaletteHasIt() throws {
        let desk = try arrival()
        desk.press("F9")
        desk.type("撤销")
        desk.expect("撤销自己今天的最后一项操作")
        desk.press("Enter")
        desk.expect("来访登记 · 张三 · 3-2-501 · 快递")
    }

    @Test func whatOthersBuiltOnIsRefusedByName() throws {
        let desk = try arrival()
        desk.press("Ctrl-_")
        let visit = try #require(desk.store.estate.gate.inside.first)
        try desk.estate.do("visitor.leave", ["visit": visit.id.text], by: "S02")
        _ = desk.desk.catchUp()
        desk.press("Enter")
        desk.expect("不能撤销：09:00 王芳的“登记离场”以它为前提")
        #expect(desk.rows(GateView.self).count == 1)
    }

    @Test func anotherTerminalsUndoShowsByItself() throws {
        let desk = try arrival()
        let other = try desk.estate.secondStore()
        try other.perform(UndoAction(other.estate.nextUndo(of: "S03", at: other.now)), by: "S03")
        #expect(desk.desk.catchUp())
        desk.expectNot("在场 0:00")
    }

    @Test func theHistoryOfARowTellsWhoWhenAndWhat() throws {
        let desk = try arrival()
        let visit = try #require(desk.store.estate.gate.inside.first)
        desk.estate.clock.set("09:10")
        try desk.estate.do("visitor.leave", ["visit": visit.id.text], by: "S02")
        desk.estate.clock.set("09:12")
        try desk.estate.do("action.undo", ["why": "看错人"], by: "S02")
        _ = desk.desk.catchUp()
        desk.lookUp()
        desk.expect("历史 · 张三 3-2-501")
        desk.expect("09:10  登记离场  王芳")
        desk.expect("已撤销 09:12 王芳 · 看错人")
        desk.expect("09:00  来访登记  马门岗")
        desk.expect("姓名 张三  房号/被访人 3-2-501  事由 快递")
        desk.press("Esc")
        desk.expectNot("历史 ·")
    }

    @Test func aPaneWithoutASelectionSaysSo() throws {
        let desk = try Script(as: "马门岗")
        desk.lookUp()
        desk.expect("没有选中的记录")
    }

    @Test(arguments: [("F3", "request.open"), ("F5", ""), ("F7", "inspection.open")])
    func everyListHasIt(key: String, action: String) throws {
        let desk = try Script(as: "赵经理")
        switch action {
        case "request.open":
            try desk.estate.do(action, ["class": "complaint", "unit": "3-2-501", "text": "漏水"])
        case "inspection.open": try desk.estate.do(action, ["template": "gate"])
        default: break
        }
        _ = desk.desk.catchUp()
        desk.press(key)
        desk.lookUp()
        desk.expect("历史 · ")
        desk.expect("赵经理")
    }

    @Test func theCallersUnitHasItsHistory() throws {
        let desk = try Script(as: "王芳")
        let call = try desk.estate.do("call.ring", ["direction": "incoming", "phone": "13800001111"], by: "S02")
        try desk.estate.do("call.answer", ["call": call, "rings": "1"], by: "S02")
        _ = desk.desk.catchUp()
        desk.press("F2")
        desk.lookUp()
        desk.expect("历史 · 3-2-501")
        desk.expect("来电/去电  王芳")
    }

    /// The question as it stands on the smallest screen.
    @Test func theQuestionFitsEverywhere() throws {
        let desk = try arrival(size: Arrangement.smallest)
        desk.press("Ctrl-_")
        let lines = desk.lines.map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: "\n")
        #expect(lines.contains("撤销 09:00 的操作？") && lines.contains("撤销后不再计入，日志中仍可查"), "\(lines)")
        #expect(desk.sees("Enter 撤销    Esc 返回"))
    }
}

extension Script {
    /// Asks for the history of what is selected, and waits until it was read.
    fileprivate func lookUp() {
        press("Ctrl-\\")
        desk.lookup?.work.wait()
        _ = desk.catchUp()
    }
}
