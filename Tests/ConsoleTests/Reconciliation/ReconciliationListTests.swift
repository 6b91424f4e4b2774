import struct Journal.Moment
import Screen
import Testing

@testable import Console
@testable import Estate

/// The 5th from the keyboard: what is due, the form, the difference, its explanation.
@Suite struct ReconciliationListTests {
    /// Money of October, before the 5th of November.
    private func office(
        as member: String = "周主管", now: String = "2026-11-04 09:00", size: Size = Size(width: 120, height: 36)
    ) throws -> ConsoleDriver {
        let console = try ConsoleDriver(size: size, now: now)
        for (amount, method, time) in [
            ("100", "微信", "2026-10-03T09:00"), ("50", "微信", "2026-10-09T09:00"), ("30", "现金", "2026-10-09T09:00"),
        ] {
            let action = try Estate.action(named: "payment.receive").read(
                ["unit": .string("3-2-501"), "amount": .string(amount), "method": .string(method)], zone: .shanghai)
            try console.store.perform(action, by: "S02", at: try Moment(text: time, zone: .shanghai))
        }
        // The other duty is done.
        try console.estate.do("arrears.report", ["period": "2026-10"], by: "S04")
        _ = console.controller.catchUp()
        console.signIn(member)
        return console
    }

    @Test func itIsToldInTimeAndOneKeyLeadsToItsForm() throws {
        let console = try office()
        #expect(console.lines[0].contains("财务对账 11-05 Insert"))
        console.press("Insert")
        console.expect("财务对账")
        console.expect("2026-10")
        console.expect("微信")
        console.expect("2026-10 账面 150.00，2 天有进出")
        console.fill("财务数", "149")
        console.expect("差额 -1.00")
        console.fill("财务签名", "孙财务")
        console.expectNothingRecorded { console.press("Ctrl-S") }
        console.expect("2026-10 微信 对账，双方签名？")
        console.agree()
        // The next method that is left.
        console.press("Insert")
        console.expect("2026-10 账面 30.00")
        console.fill("财务数", "30")
        console.press("Ctrl-S")
        console.agree()
        // What was done stands in the bar for some seconds.
        console.at("09:10")
        #expect(!console.lines[0].contains("财务对账"))
        #expect(console.store.estate.reconciliations.of(try Period(text: "2026-10", zone: .shanghai)).count == 2)
        console.expectNothingRecorded { console.press("Insert") }
        console.expect("没有到期的定期工作")
    }

    @Test func whatIsLateIsSaidInRed() throws {
        let console = try office(now: "2026-11-09 09:00")
        console.expect("财务对账 迟 4 天")
        #expect(console.styles(of: "迟 4 天").contains { $0.tone == .danger })
        console.show("duties")
        console.expect("2026-11-05", near: "逾期")
        // Whoever may not do it is not told.
        console.signIn("王芳")
        console.at("09:10")
        #expect(!console.lines[0].contains("财务对账"))
    }

    @Test func aDifferenceIsExplainedFromItsRow() throws {
        let console = try office()
        console.show("reconciliation")
        console.expect("未对 2")
        console.press("Home", "Enter")
        console.expect("对账 · 2026-10 微信")
        console.type("140")
        console.fill("财务签名", "孙财务")
        console.press("Ctrl-S")
        console.agree()
        console.expect("微信", near: "有差异")
        console.press("Home", "Down")
        console.expect("微信", near: "-10.00")
        console.press("Enter")
        console.expect("差异说明 · 2026-10 微信 差额 -10.00")
        console.type("手续费")
        console.press("Enter")
        console.expect("微信", near: "已说明")
        // A later void is shown, the snapshot stays.
        let payment = try #require(console.store.estate.fees.payments.values.first)
        try console.estate.do("payment.void", ["payment": payment.id.id.text, "why": "退回"], by: "S07")
        _ = console.controller.catchUp()
        // What was explained is not this.
        console.expect("微信", near: "有差异")
        console.expect("微信", near: "未说明 1")
        console.expect("未说明", near: "100.00")
        console.expect("对账后变动", near: "-100.00")
        console.expect("150.00", near: "140.00")
        console.press("Ctrl-G")
        console.expect("已写好 1 张")
    }

    @Test func theMonthUnderWayIsShownAndNotSigned() throws {
        let console = try office()
        try console.estate.do("payment.receive", ["unit": "3-2-501", "amount": "41", "method": "刷卡"], by: "S02")
        _ = console.controller.catchUp()
        console.show("reconciliation")
        console.expect("刷卡", near: "本月至今")
        console.expect("2026-11", near: "41.00")
        console.press("End")
        console.expectNothingRecorded { console.press("Enter") }
        console.expect("2026-11 还没有过完，下月再对")
    }

    @Test func whatDoesNotMatchIsListed() throws {
        let console = try office()
        try console.estate.do(
            "bankline.record", ["account": "微信", "amount": "77", "direction": "in", "references": "A9"], by: "S07")
        let line = try Estate.action(named: "bankline.record").read(
            [
                "account": .string("微信"), "amount": .string("50"), "direction": .string("in"),
                "references": .string("A1"),
            ],
            zone: .shanghai)
        try console.store.perform(line, by: "S07", at: try Moment(text: "2026-10-09T09:01", zone: .shanghai))
        _ = console.controller.catchUp()
        console.show("reconciliation")
        console.press("Home", "Ctrl-U")
        console.expect("账上有，对账单没有 1")
        console.expect("3-2-501", near: "100.00")
        console.expectNot("对账单有，账上没有")
    }
}
