import Screen
import Testing

@testable import Console
@testable import Estate

/// 日结: a cashier opens a till, counts blind, closes and hands over, all from the keyboard.
@Suite struct TillListTests {
    private func desk(as member: String = "王芳", size: Size = Size(width: 120, height: 36)) throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: member, size: size)
        console.show("tills")
        return console
    }

    private func receive(_ console: ConsoleDriver, _ amount: String, _ method: String, by: String = "S02") throws {
        try console.estate.do(
            "payment.receive", ["unit": "3-2-501", "amount": amount, "method": method], by: by)
        console.estate.clock.pass(seconds: 600)
        _ = console.controller.catchUp()
    }

    private func till(_ console: ConsoleDriver) throws -> Till {
        try #require(console.store.estate.tills.all.values.last)
    }

    /// F8, the float, Enter.
    private func open(_ console: ConsoleDriver, float: String = "200") {
        console.press("F8")
        console.type(float)
        console.press("Enter")
    }

    @Test func aShiftFromFloatToHandover() throws {
        let console = try desk()
        console.expect("还没有收银班")
        open(console)
        console.expect("备用金 200.00 已点 0/5")
        console.expect("现金", near: "待点数")
        try receive(console, "100", "现金")
        try receive(console, "60", "微信")
        // Blind: neither what came nor what has to be there is on the screen.
        for amount in ["300.00", "100.00", "60.00"] { console.expectNot(amount) }
        console.press("Home", "Enter")
        console.expect("点数 · 现金（连备用金）")
        for amount in ["300.00", "100.00"] { console.expectNot(amount) }
        console.type("297")
        console.press("Ctrl-S")
        console.expect("297.00", near: "短款 3.00")
        console.expect("已点 1/5")
        // The next method is selected.
        console.press("Enter")
        console.expect("点数 · 微信")
        console.type("60")
        console.press("Ctrl-S")
        console.expect("60.00", near: "相符")
        console.press("Home", "Ctrl-R")
        console.expect("现金 短款 3.00 · 原因")
        console.type("找零找错")
        console.press("Enter")
        console.expect("找零找错")
        console.press("Ctrl-E")
        console.expect("日结交款 · 王芳")
        console.type("孙财务")
        console.expectNothingRecorded { console.press("Ctrl-S") }
        console.expect("日结并交给 孙财务？")
        console.expect("现金：清点 297.00，短款 3.00")
        console.agree()
        let closed = try till(console)
        #expect(closed.closing?.receiver == "S07")
        #expect(closed.differences.mapValues(\.text) == ["现金": "-3.00"])
        console.press("Home")
        console.expectNothingRecorded { console.press("Enter", "Ctrl-E") }
        console.press("Ctrl-G")
        console.expect("收银日结单")
        console.expect("已写好 1 张")
    }

    @Test func aCountAfterWhichMoneyComesIsCountedAgain() throws {
        let console = try desk()
        open(console)
        console.press("Home", "Enter")
        console.type("200")
        console.press("Ctrl-S")
        console.expect("200.00", near: "相符")
        try receive(console, "50", "现金")
        console.expect("又有进出")
        console.expectNot("250.00")
        console.press("Ctrl-E")
        console.type("孙财务")
        console.press("Ctrl-S")
        console.expect("还没有点数")
        #expect(try till(console).isOpen)
    }

    @Test func moneyOutsideAnyTillIsAskedAboutAndListed() throws {
        let console = try desk(as: "周主管")
        open(console, float: "10")
        console.signIn("王芳")
        console.open("fees")
        console.press("F12", "Enter")
        console.fill("付款方式", "现金")
        console.expectNothingRecorded { console.press("Ctrl-S") }
        console.expect("没有开收银班，这笔不会进日结")
        console.agree()
        console.show("tills")
        console.expect("班外收款 1 项")
        console.expect("王芳", near: "班外，不进日结")
        console.expect("1 笔 373.00")
        // There is nothing to count or to close.
        console.press("End")
        console.expectNothingRecorded { console.press("Enter", "Ctrl-E", "Ctrl-R", "Ctrl-G") }
        console.expect("这笔钱不在任何收银班里")
    }

    @Test func anotherOperatorsTillIsNotCounted() throws {
        let console = try desk(as: "周主管")
        open(console, float: "10")
        console.signIn("王芳")
        console.show("tills")
        console.expectNothingRecorded { console.press("Home", "Enter", "Ctrl-E") }
        console.expect("这是 周主管 的收银班")
    }

    @Test func aHeldEnterCountsNothing() throws {
        let console = try desk()
        open(console)
        console.expectNothingRecorded { console.holdEnter() }
    }

    @Test func aGuardHasNoSuchTab() throws {
        let console = try ConsoleDriver(as: "马门岗")
        #expect(!console.controller.session.panes.contains { $0.name == "tills" || $0.name == "reconciliation" })
        #expect(
            !console.controller.session.panes.flatMap { $0.badges(console.controller.context, inSight: true) }
                .contains { $0.line.text.contains("对账") })
    }

    @Test(arguments: [Size(width: 80, height: 24), Size(width: 120, height: 36), Size(width: 160, height: 45)])
    func whatIsCountedFitsEverySize(size: Size) throws {
        let console = try desk(size: size)
        open(console)
        console.press("Home", "Enter")
        console.type("1234567.89")
        console.press("Ctrl-S")
        console.expect("现金", near: "1,234,567.89")
        console.expect("长款 1,234,367.89")
    }
}
