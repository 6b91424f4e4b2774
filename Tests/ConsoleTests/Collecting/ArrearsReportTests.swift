import Screen
import Testing

@testable import Console
@testable import Estate

/// The report of the 28th, completed line by line.
@Suite struct ArrearsReportTests {
    private func console(as member: String = "周主管") throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: member, now: "2026-11-28 09:00")
        try console.estate.do(
            "dunning.record", ["unit": "3-2-601", "channel": "电话", "outcome": "对服务有异议"], by: "S02")
        _ = console.controller.catchUp()
        console.show("arrearsreport")
        console.press("F12", "Home")
        return console
    }

    private func plans(_ console: ConsoleDriver) -> [String] {
        console.rows(ArrearsReport.self).filter(\.subject.isPlanned).map {
            "\($0.subject.arrears.unit.text) \($0.reason ?? "") \($0.solution ?? "") \($0.who ?? "") \($0.next?.short ?? "")"
        }
    }

    /// A line that the records tell all of takes two keys.
    @Test func eachLineTakesFewKeys() throws {
        let console = try console()
        console.expect("已定 0/2")
        console.press("Enter")
        console.expect("解决办法 · 3-2-501 李四 373.00")
        console.fill("欠费原因", "资金困难")
        console.press("Ctrl-S")
        console.expect("已定 1/2")
        // The next line is selected.
        console.press("Enter")
        console.expect("解决办法 · 3-2-601 冯六 373.00")
        console.expect("解决办法 *", near: "现场面谈")
        console.expect("欠费原因 *", near: "服务质量")
        console.press("Ctrl-S")
        #expect(plans(console) == ["3-2-501 资金困难 分期协议 S04 12-05", "3-2-601 服务质量 现场面谈 S02 12-05"])
        console.expect("已定 2/2")
    }

    @Test func itIsHandedInAfterAQuestion() throws {
        let console = try console()
        console.expectNothingRecorded { console.press("Ctrl-G") }
        console.expect("汇报 2 户的欠费情况及解决办法？")
        console.expect("还有 2 户没有定解决办法")
        console.agree()
        console.expectRow(ArrearsReportsView.self) { $0.owed.text == "746.00" && $0.planned == 0 && $0.households == 2 }
    }

    @Test func aReasonAndADayAreRequiredHere() throws {
        let console = try console()
        console.press("Enter")
        console.expectNothingRecorded { console.press("Ctrl-S") }
        console.expect("缺少必填项")
    }

    @Test func anOperatorReadsAndPrintsIt() throws {
        let console = try console(as: "王芳")
        console.expectNothingRecorded { console.press("Enter") }
        #expect(console.controller.session.layers.isEmpty)
        console.press("Ctrl-E")
        console.expect("已写好 1 张")
    }

    @Test func aGuardHasNoSuchTab() throws {
        let console = try ConsoleDriver(as: "马门岗")
        #expect(!console.controller.session.panes.contains { $0.name == "arrearsreport" })
    }
}
