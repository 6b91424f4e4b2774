import Screen
import TestSupport
import Testing

@testable import Console
@testable import Estate

/// The preview of what `bill.generate` would issue. It is 23 November 2026; 3-2-501 and 3-2-601 have bills for
/// 物业费 of September and October.
@Suite struct BillingListTests {
    private func console(_ member: String = "孙财务", tariff: String = "100") throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: member)
        try console.estate.do(
            "tariff.set", ["item": "垃圾费", "basis": "fixed", "rate": tariff, "from": "2026-11-10"])
        _ = console.controller.catchUp()
        console.open("billing")
        console.press("F12")
        return console
    }

    @Test func whatIsNewComesFirstWithItsCalculation() throws {
        let console = try console()
        // Four units, November in part and December.
        console.expect("待出 8 笔 680.00")
        console.expect("3-2-501", near: "1×100.00×21/30")
        console.press("Enter")
        console.expect("2026-11-10 至 2026-11-30，21 天")
        console.press("Esc")
    }

    @Test func theTotalsAreAskedBeforeAnythingIsRecorded() throws {
        let console = try console()
        console.expectNothingRecorded {
            console.press("Ctrl-G")
            console.press("Ctrl-S")
        }
        console.expect("出 2026-11 的账单 4 笔，共 280.00 元？")
        // The key that sent the form answers nothing, nor does Esc record anything.
        console.expectNothingRecorded { console.press("Enter", "Esc") }
        console.press("Ctrl-S")
        console.agree()
        console.expectRow(BillsView.self) { $0.item == "垃圾费" && $0.amount == money("70.00") }
        #expect(console.rows(BillsView.self).count { $0.item == "垃圾费" } == 4)
        console.expect("待出 4 笔 400.00")
        console.expect("已出 4")
        // The next month that has something new.
        console.press("Ctrl-G", "Ctrl-S")
        console.expect("出 2026-12 的账单 4 笔，共 400.00 元？")
        console.agree()
        console.press("Ctrl-G")
        console.expect("没有待出的账单")
    }

    @Test func anItemThatWasBilledLastMonthAndHasNoTariffIsNamed() throws {
        let console = try console()
        console.expect("没有标准：物业费")
        console.press("Ctrl-G", "Ctrl-S")
        console.expect("物业费 上期出过账，现在没有收费标准，没有算")
        console.press("Esc", "Esc")
        try console.estate.do(
            "tariff.set", ["item": "物业费", "basis": "fixed", "rate": "180", "from": "2026-11-01"])
        _ = console.controller.catchUp()
        console.expectNot("没有标准")
    }

    @Test func aFilterShowsItsOwnTotal() throws {
        let console = try console()
        console.press("Ctrl-F")
        console.type("501")
        console.expect("待出 2 笔 170.00")
    }

    @Test func whatDiffersIsMarkedAndStays() throws {
        let console = try console()
        try console.estate.do(
            "bill.issue",
            ["unit": "3-2-502", "period": "2026-11", "item": "垃圾费", "amount": "60", "due": "2026-11-30"])
        _ = console.controller.catchUp()
        console.expect("不一致 1")
        console.press("Ctrl-F")
        console.type("不一致")
        console.press("Enter", "Enter")
        console.expect("已出金额", near: "60.00")
    }

    @Test func aGuardHasNoSuchWindow() throws {
        let console = try ConsoleDriver(as: "马门岗")
        #expect(!console.controller.session.windows.contains { $0.name == "billing" })
        console.press("F9")
        console.type("出账")
        console.expectNot("待出")
    }

    @Test func readingsAndTariffsAreTypedInTheirTabs() throws {
        let console = try console()
        console.show("records.tariffs")
        console.expect("垃圾费", near: "100.00")
        console.press("F8")
        console.fill("收费项目", "水费")
        console.fill("计费方式", "按表")
        console.fill("单价", "4.85")
        console.fill("起", "11-1")
        console.press("Ctrl-S")
        console.expectRow(TariffsView.self) { $0.subject.tariff.item == "水费" }
        try console.estate.do("meter.add", ["meter": "W-1", "unit": "3-2-501", "item": "水费"])
        _ = console.controller.catchUp()
        console.show("records.meters")
        console.press("F8")
        console.fill("表号", "W-1")
        console.fill("读数", "120.5")
        console.press("Ctrl-S")
        console.expect("W-1", near: "120.5")
    }
}
