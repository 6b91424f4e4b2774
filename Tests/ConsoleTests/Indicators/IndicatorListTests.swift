import Foundation
import Journal
import Screen
import Testing

@testable import Console
@testable import Estate

/// 本月: figures with target, result, the month before and their course; each opens its cases.
@Suite struct IndicatorListTests {
    private func console(as member: String = "赵经理", size: Size = Size(width: 80, height: 24)) throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: member, size: size, now: "2026-11-23 09:00")
        for (unit, amount) in [("3-2-501", "186.50"), ("3-2-601", "100")] {
            try console.estate.do(
                "payment.receive", ["unit": unit, "amount": amount, "period": "2026-10"])
        }
        for rings in [2, 3, 5] {
            let call = try console.estate.do("call.ring", ["direction": "incoming"])
            try console.estate.do("call.answer", ["call": call, "rings": "\(rings)"], by: "S02")
        }
        _ = console.controller.catchUp()
        return console
    }

    private func awaitPast(_ console: ConsoleDriver) {
        for _ in 0..<3 {
            console.controller.pastReading?.work.wait()
            _ = console.controller.catchUp()
        }
    }

    @Test func theManagersFirstWindowIsTheMonth() throws {
        let console = try console()
        #expect(console.controller.context.keys.key(ofWindow: "month") == "F2")
        console.open("month")
        awaitPast(console)
        console.expect("三声内接听", near: "66.66%")
        console.expect("上月收缴率", near: "76.80%")
        console.expect("三声内接听", near: "未达标")
        console.expect("2026-11 达标")
        let supervisor = try self.console(as: "周主管")
        #expect(!supervisor.controller.context.keys.key(ofWindow: "month").isEmpty)
    }

    /// Before all records are read no figure, verdict or count stands, on the first picture too.
    @Test func noFigureStandsBeforeAllIsRead() throws {
        let whole = try console()
        let console = try ConsoleDriver(atCheckpointOf: whole.estate, as: "赵经理", size: Size(width: 80, height: 24))
        #expect(!console.store.hasFullHistory)
        console.expect("三声内接听", near: "…")
        console.expect("2026-11 数据载入中…")
        #expect(console.lines.filter { $0.contains("%") || $0.contains("达标") || $0.contains("≥") }.isEmpty)
        console.press("Enter")
        console.expectNot("三声内接听 · 2026-11")
        try console.store.readWhole()
        _ = console.controller.catchUp()
        console.expect("三声内接听", near: "66.66%")
        // Of the months before nothing is read yet.
        #expect(console.line(with: "三声内接听").contains("…"))
        awaitPast(console)
        #expect(!console.line(with: "三声内接听").contains("…"))
    }

    /// ← goes to the months before, with their cases and report; → comes back.
    @Test func anotherMonthIsShownAndPrinted() throws {
        let console = try console()
        console.show("month")
        awaitPast(console)
        console.press("Left")
        console.expect("指标 · 2026-10")
        #expect(console.line(with: "当月收缴率").contains("0.00%"))
        // All figures of the month are seen at once.
        let top = try #require(console.lines.firstIndex { $0.contains("指标 · 2026-10") })
        let bottom = try #require(console.lines[top...].firstIndex { $0.contains("╰") })
        #expect(bottom - top > 10)
        console.press("Enter")
        console.expect("当月收缴率 · 2026-10")
        console.press("Esc", "Left")
        console.expect("指标 · 2026-09")
        console.press("Ctrl-E")
        console.expect("已写好 1 张")
        let reports = try FileManager.default.contentsOfDirectory(atPath: "\(console.estate.folder)/reports")
        #expect(reports.contains { $0.hasPrefix("month-2026-09") })
        console.press("Esc", "Right", "Right")
        console.expect("2026-11 达标")
    }

    /// Enter on a case goes to the record in its list: the rectification, not the whole inspection.
    @Test func enterOnACaseGoesToItsRecord() throws {
        let console = try console(as: "周主管")
        let id = try console.estate.do("inspection.open", ["template": "frontdesk"], by: "S01")
        for (item, note) in [("1.1", "响五声才接"), ("1.2", "没有问候")] {
            try console.estate.do(
                "inspection.mark", ["inspection": id, "item": item, "result": "fail", "note": note], by: "S01")
        }
        try console.estate.do("inspection.close", ["inspection": id], by: "S01")
        _ = console.controller.catchUp()
        console.show("month")
        awaitPast(console)
        console.press("/")
        console.type("待整改")
        console.press("Enter", "Enter")
        console.expect("待整改 · 2026-11 · 2 项")
        console.press("Down", "Enter")
        #expect(console.controller.session.layers.isEmpty)
        #expect(console.controller.session.focused.name == "rectifications")
        #expect(console.controller.session.focused.record(console.controller.context) == id)
        console.press("Ctrl-G")
        console.expect("指派整改 · 1.2")
    }

    /// As of the end of October nothing of October was paid.
    @Test func theMonthBeforeIsReadInTheBackground() throws {
        let console = try console()
        console.show("month")
        console.expect("数据载入中")
        awaitPast(console)
        console.expectNot("数据载入中")
        #expect(console.line(with: "当月收缴率").contains("0.00%"))
    }

    /// What is recorded of an earlier month changes its figures; what is of this month does not read them again.
    @Test func aLateRecordIsReadAgain() throws {
        let console = try console()
        console.show("month")
        awaitPast(console)
        let readings = console.controller.context.pastReadings
        try console.estate.do("payment.receive", ["unit": "3-2-601", "amount": "10"])
        awaitPast(console)
        #expect(console.controller.context.pastReadings == readings)
        let late = try Estate.action(named: "payment.receive").read(
            ["unit": .string("3-2-601"), "amount": .string("20"), "period": .string("2026-10")], zone: .shanghai)
        try console.store.perform(
            late, by: "S01", at: Moment(typed: "2026-10-20", zone: .shanghai, dateMeansEnd: false))
        awaitPast(console)
        #expect(console.controller.context.pastReadings == readings + 1)
        #expect(!console.line(with: "当月收缴率").contains(" 0.00%"))
    }

    @Test func enterOpensTheCases() throws {
        let console = try console()
        console.show("month")
        awaitPast(console)
        console.press("/")
        console.type("三声")
        console.press("Enter", "Enter")
        console.expect("三声内接听 · 2026-11 · 66.66% ≥100% 未达标")
        console.expect("王芳", near: "响 5 声")
        console.press("Left")
        console.expect("三声内接听 · 2026-10")
        console.press("Right", "Enter")
        console.controller.lookup?.work.wait()
        _ = console.controller.catchUp()
        console.expect("接听")
    }

    @Test(arguments: ["本月", "报表", "满意"]) func thePaletteLeadsThere(word: String) throws {
        let console = try console()
        console.press("F9")
        console.type(word)
        console.expectNot("没有找到")
        #expect(console.lines.contains { $0.contains("本月") || $0.contains("报表") || $0.contains("满意") })
    }

    @Test func theReportIsPrinted() throws {
        let console = try console()
        console.show("month")
        console.press("Ctrl-E")
        console.expect("数据载入中")
        awaitPast(console)
        console.press("Ctrl-E")
        console.expect("已写好 1 张")
    }

    @Test(arguments: [Size(width: 80, height: 24), Size(width: 120, height: 36), Size(width: 160, height: 45)])
    func nothingIsCut(size: Size) throws {
        let console = try console(size: size)
        console.show("month")
        awaitPast(console)
        console.expect("当月收缴率")
        console.expect("客户满意率", near: "—")
        console.expect("近 12 个月")
    }
}
