import Foundation
import Journal
import Screen
import Testing

@testable import Console
@testable import Estate

@Suite struct UndoTests {
    private func arrival(size: Size = Size(width: 120, height: 36)) throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: "马门岗", size: size)
        console.press("F8")
        console.type("张三")
        console.press("Tab")
        console.type("32501")
        console.press("Enter")
        console.type("快递")
        console.press("Ctrl-S")
        console.expect("在场", near: "张三")
        return console
    }

    @Test func undoShowsTheActionFirst() throws {
        let console = try arrival()
        console.press("Ctrl-_")
        console.expect("撤销 09:00 的操作？")
        console.expect("来访登记 · 张三 · 3-2-501 · 快递")
        console.expectNothingRecorded { console.press("Esc") }
        console.expect("在场", near: "张三")
        console.press("Ctrl-_", "Enter")
        console.expect("已撤销：来访登记 · 张三")
        console.expectNot("在场 0:00")
        #expect(console.rows(GateView.self).isEmpty)
        console.press("Ctrl-_")
        console.expect("今天没有可撤销的操作")
    }

    @Test func paletteOffersUndo() throws {
        let console = try arrival()
        console.press("F9")
        console.type("撤销")
        console.expect("撤销自己今天的最后一项操作")
        console.press("Enter")
        console.expect("来访登记 · 张三 · 3-2-501 · 快递")
    }

    @Test func undoOfAnActionWithDependentsIsRefused() throws {
        let console = try arrival()
        console.press("Ctrl-_")
        let visit = try #require(console.store.estate.gate.inside.first)
        try console.estate.do("visitor.leave", ["visit": visit.id.text], by: "S02")
        _ = console.controller.catchUp()
        console.press("Enter")
        console.expect("不能撤销：09:00 王芳的“登记离场”以它为前提")
        #expect(console.rows(GateView.self).count == 1)
    }

    @Test func anotherTerminalsUndoShowsByItself() throws {
        let console = try arrival()
        let other = try console.estate.secondStore()
        try other.perform(UndoAction(other.estate.nextUndo(of: "S03", at: other.now)), by: "S03")
        #expect(console.controller.catchUp())
        console.expectNot("在场 0:00")
    }

    @Test func theHistoryOfARowTellsWhoWhenAndWhat() throws {
        let console = try arrival()
        let visit = try #require(console.store.estate.gate.inside.first)
        console.estate.clock.set("09:10")
        try console.estate.do("visitor.leave", ["visit": visit.id.text], by: "S02")
        console.estate.clock.set("09:12")
        try console.estate.do("action.undo", ["why": "看错人"], by: "S02")
        _ = console.controller.catchUp()
        console.lookUp()
        console.expect("历史 · 张三 3-2-501")
        console.expect("09:10  登记离场  王芳")
        console.expect("已撤销 09:12 王芳 · 看错人")
        console.expect("09:00  来访登记  马门岗")
        console.expect("姓名 张三  房号/被访人 3-2-501  事由 快递")
        console.press("Esc")
        console.expectNot("历史 ·")
    }

    @Test func aPaneWithoutASelectionSaysSo() throws {
        let console = try ConsoleDriver(as: "马门岗")
        console.lookUp()
        console.expect("没有选中的记录")
    }

    @Test(arguments: [("requests", "request.open"), ("fees", ""), ("inspections", "inspection.open")])
    func everyListHasIt(window: String, action: String) throws {
        let console = try ConsoleDriver(as: "赵经理")
        switch action {
        case "request.open":
            try console.estate.do(action, ["class": "complaint", "unit": "3-2-501", "text": "漏水"])
        case "inspection.open": try console.estate.do(action, ["template": "gate"])
        default: break
        }
        _ = console.controller.catchUp()
        console.open(window)
        console.lookUp()
        console.expect("历史 · ")
        console.expect("赵经理")
    }

    @Test func theCallersUnitHasItsHistory() throws {
        let console = try ConsoleDriver(as: "王芳")
        let call = try console.estate.do("call.ring", ["direction": "incoming", "phone": "13800001111"], by: "S02")
        try console.estate.do("call.answer", ["call": call, "rings": "1"], by: "S02")
        _ = console.controller.catchUp()
        console.open("calls")
        console.lookUp()
        console.expect("历史 · 3-2-501")
        console.expect("登记通话  王芳")
    }

    /// The question as it stands on the smallest screen.
    @Test func theQuestionFitsEverywhere() throws {
        let console = try arrival(size: Arrangement.smallest)
        console.press("Ctrl-_")
        let lines = console.lines.map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: "\n")
        #expect(lines.contains("撤销 09:00 的操作？") && lines.contains("撤销后不再计入，日志中仍可查"), "\(lines)")
        #expect(console.sees("Enter 撤销    Esc 返回"))
    }
}

extension ConsoleDriver {
    /// Asks for the history of what is selected, and waits until it was read.
    fileprivate func lookUp() {
        press("Ctrl-\\")
        controller.lookup?.work.wait()
        _ = controller.catchUp()
    }
}
