import Screen
import TestSupport
import Testing

@testable import Console
@testable import Estate

/// The payment desk: one form for a household, from what it owes to the receipt's number.
@Suite struct PaymentDeskTests {
    /// 3-2-501 and 3-2-601 owe 373.00 each: two bills of 186.50.
    private func desk(
        as member: String = "王芳", size: Size = Size(width: 120, height: 36), usual: String? = "现金",
        handbook: [String: String] = [:]
    ) throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: member, size: size, handbook: handbook)
        if let usual {
            let code = try #require(console.store.estate.staff.member(member)?.code)
            try console.estate.do(
                "payment.receive", ["unit": "5-1-1201", "amount": "1", "method": usual], by: code)
            console.estate.clock.pass(seconds: 3600)
            _ = console.controller.catchUp()
        }
        console.open("fees")
        return console
    }

    /// The desk with the form of 3-2-501 open.
    private func form(usual: String? = "现金") throws -> ConsoleDriver {
        let console = try desk(usual: usual)
        console.press("Enter")
        return console
    }

    private func payments(_ console: ConsoleDriver) -> [Payment] {
        console.store.estate.fees.payments.values.filter { $0.unit.text != "5-1-1201" }
    }

    private func pay(_ console: ConsoleDriver) {
        console.press("Enter", "Ctrl-S")
        console.agree()
    }

    // MARK: The method

    @Test func theMethodComesFirstAndIsRequired() throws {
        let console = try form(usual: nil)
        #expect(console.lineOfCaret.contains("付款方式 *"))
        console.expectNothingRecorded {
            console.press("Ctrl-S")
            console.agree()
        }
        console.expect("缺少必填项：付款方式")
        let form = try #require(console.controller.session.layers.last as? FormLayer)
        #expect(form.asked.map { form.fields[$0].description.key }.first == "method")
    }

    @Test func theMembersOwnLastMethodIsProposedAndTypedOver() throws {
        let console = try form()
        #expect(console.lineOfCaret.contains("现金"))
        console.type("wx")
        console.press("Enter")
        console.expect("付款方式", near: "微信")
        console.expectNot("找零")
        // Another member's method is no proposal.
        console.press("Esc", "Esc")
        console.signIn("孙财务")
        console.open("fees")
        console.press("Enter")
        let form = try #require(console.controller.session.layers.last as? FormLayer)
        #expect(form.values["method"] == "")
    }

    // MARK: Keys

    @Test func aWholeDebtTakesTwoKeysAndAConfirmation() throws {
        let console = try desk()
        console.press("Enter", "Ctrl-S")
        console.expect("收到 3-2-501 李四 373.00 元？")
        console.agree()
        #expect(
            payments(console).map { "\($0.unit.text) \($0.amount.text) \($0.method ?? "")" } == ["3-2-501 373.00 现金"])
        console.expect("已收 3-2-501 李四 373.00，收据 2")
    }

    /// The household below is not selected: a further Enter must not act on it.
    @Test func afterAPaymentNobodyIsSelected() throws {
        let console = try desk()
        pay(console)
        #expect(console.rows(ArrearsView.self).map(\.unit.text) == ["3-2-601"])
        console.expectNothingRecorded { console.press("Enter", "Ctrl-S", "Enter", "Enter") }
        #expect(console.controller.session.layers.isEmpty)
        console.expect("没有选中的住户：↓ 选下一户")
        console.press("Down", "Enter")
        console.expect("收款 · 3-2-601")
    }

    @Test func theMoveAfterAPaymentLeadsToTheNeighbours() throws {
        let console = try desk()
        try console.estate.do(
            "bill.issue", ["unit": "3-2-502", "period": "2026-10", "item": "物业费", "amount": "90", "due": "2026-10-20"])
        _ = console.controller.catchUp()
        console.press("Home", "Down")
        pay(console)
        console.press("Down", "Enter")
        console.expect("收款 · 3-2-502")
        console.press("Esc", "Up")
        pay(console)
        #expect(payments(console).map(\.unit.text) == ["3-2-601", "3-2-501"])
    }

    /// Whoever holds Enter on a row opens its form, and at most sends it to the question.
    @Test(arguments: [(500, 30), (250, 250), (500, 500), (660, 30)])
    func aHeldEnterPaysNothing(first: Int, every: Int) throws {
        for usual in ["现金", nil] {
            let console = try desk(usual: usual)
            console.expectNothingRecorded { console.holdEnter(first: first, every: every) }
        }
    }

    /// Held on through the question and after it: one payment at most, and none of the next household.
    @Test(arguments: [30, 250, 500]) func anEnterHeldAfterTheAnswerPaysNobodyElse(every: Int) throws {
        let console = try desk()
        console.press("Enter", "Ctrl-S")
        console.deliver(after: 25)
        console.holdEnter(first: 500, every: every)
        #expect(payments(console).map(\.unit.text) == ["3-2-501"])
        #expect(console.controller.session.layers.isEmpty)
    }

    /// Three Enters used to post a debt.
    @Test func threeEntersPayNothing() throws {
        for usual in ["现金", nil] {
            let console = try desk(usual: usual)
            console.expectNothingRecorded {
                for _ in 0..<3 { console.deliver(.key(.enter), after: 900) }
                console.deliver(after: 25)
            }
        }
    }

    // MARK: What is shown

    @Test func theAllocationIsShownLive() throws {
        let console = try form()
        console.expect("李四 共欠 373.00（逾期 373.00），收后还欠 0.00")
        console.expect("2026-09  物业费", near: "抵 186.50")
        console.fill("金额", "200")
        console.expect("收后还欠 173.00")
        console.expect("2026-10  物业费", near: "抵  13.50  余 173.00")
        console.fill("金额", "400")
        console.expect("多出 27.00 转预收")
        console.fill("收到现金", "450")
        console.expect("找零 50.00")
        console.fill("收到现金", "399")
        console.expect("还差 1.00 元")
    }

    @Test func theBillsMayBeChosen() throws {
        let console = try form()
        console.go(to: "所付账单")
        console.expect("2026-10 物业费", near: "186.50")
        console.type("2026-10")
        console.press("Enter")
        console.expect("金额", near: "186.50")
        console.press("Ctrl-S")
        console.expect("抵账：2026-10 物业费 186.50")
        console.agree()
        let open = console.store.estate.fees.unpaidBills(of: console.unit("3-2-501"))
        #expect(open.map(\.period.text) == ["2026-09"])
    }

    @Test func changeAndNumberAreTold() throws {
        let console = try form()
        console.fill("收到现金", "400")
        console.press("Ctrl-S")
        console.expect("找零：27.00")
        console.agree()
        console.expect("已收 3-2-501 李四 373.00，收据 2，找零 27.00")
    }

    @Test func moreThanIsOwedAsks() throws {
        let console = try form()
        console.fill("金额", "400")
        console.press("Ctrl-S")
        console.expect("多出 27.00 转预收？")
    }

    @Test func aUnitThatIsTypedIsProposedItsDebt() throws {
        let console = try desk()
        console.press("F8")
        #expect(console.lineOfCaret.contains("房号"))
        console.type("3-2-601")
        console.press("Enter")
        console.expect("金额", near: "373.00")
        console.expect("冯六 共欠 373.00")
        console.fill("房号", "3-2-502")
        console.press("Tab")
        console.expect("单国强 没有未付账单")
        console.expectNot("373.00，收后")
        console.fill("房号", "9-9-999")
        console.fill("金额", "5")
        console.expectNothingRecorded { console.press("Ctrl-S") }
        console.expect("没有这个房号：9-9-999")
    }

    /// 2026-09's bill is due on 09-20: 49 days after the grace days.
    @Test func lateFeesStandBelowTheBillsAndArePaidLast() throws {
        let console = try desk(handbook: TestEstate.lateFees)
        console.press("Enter")
        let fees = console.store.estate.lateFees(
            of: console.store.estate.fees.account(of: console.unit("3-2-501")), on: day("2026-11-23"))
        let balance = fees.reduce(Money.zero) { $0 + $1.balance }
        #expect(fees.count == 2 && balance > .zero)
        console.expect("2026-09  物业费违约金", near: "逾期 \(fees[0].days) 天")
        console.expect("金额", near: (money("373") + balance).text)
        console.expect("2026-10  物业费违约金", near: "抵")
        console.fill("金额", "373")
        console.expect("收后还欠 0.00")
        console.fill("金额", "374")
        console.press("Ctrl-S")
        console.expect("违约金：1.00")
        console.agree()
        #expect(payments(console).map(\.prepaid) == [.zero])
        #expect(payments(console).first?.lateFees.map(\.amount) == [money("1")])
    }

    /// 预存 of twelve months is asked with its price, and nothing is recorded before.
    @Test func monthsArePaidInAdvance() throws {
        let console = try desk(as: "孙财务")
        try console.estate.do("tariff.set", ["item": "物业费", "basis": "fixed", "rate": "100", "from": "2026-01-01"])
        _ = console.controller.catchUp()
        console.show("records.prepayments")
        console.press("F8")
        console.fill("房号", "3-2-502")
        console.fill("优惠%", "5")
        console.expect("2026-11–2027-10", near: "应交 1,140.00")
        console.expectNothingRecorded { console.press("Ctrl-S") }
        console.expect("收 3-2-502 单国强 预存 1,140.00 元？")
        console.expect("5%，少收 60.00")
        console.agree()
        #expect(payments(console).map(\.prepaid.text) == ["1140.00"])
        console.expectRow(PrepaymentsView.self) { $0.unit.text == "3-2-502" }
    }

    // MARK: Doubts

    @Test func aPaymentAlikeAndASlipAreAskedAbout() throws {
        let console = try form(usual: "微信")
        console.fill("金额", "100")
        console.fill("单号", "A1")
        console.press("Ctrl-S")
        console.agree()
        console.press("Enter")
        console.fill("金额", "100")
        console.press("Ctrl-S")
        console.expect("疑似重复")
        console.press("Esc", "Esc", "Esc")
        console.estate.clock.pass(seconds: 3600)
        console.press("Enter")
        console.fill("金额", "50")
        console.fill("单号", "a 1")
        console.press("Ctrl-S")
        console.expect("疑似重复")
        console.agree()
        #expect(payments(console).map(\.amount.text) == ["100.00", "50.00"])
    }

    // MARK: Two consoles

    @Test func aDebtThatChangedBeforeTheAnswerIsRefusedWithTheNewFigure() throws {
        let console = try desk()
        console.press("Enter", "Ctrl-S")
        console.expect("收到 3-2-501 李四 373.00 元？")
        try console.estate.do("payment.receive", ["unit": "3-2-501", "amount": "186.50", "method": "微信"], by: "S07")
        let before = console.store.estate.fees.payments.count
        console.agree()
        #expect(console.store.estate.fees.payments.count <= before + 1)
        #expect(payments(console).map(\.amount.text) == ["186.50"])
        console.expect("现欠 186.50 元，原为 373.00 元")
    }

    @Test func twoConsolesTakeOneDebtOnce() throws {
        let console = try desk()
        let other = try ConsoleDriver(console.estate, as: "孙财务")
        other.open("fees")
        other.press("Enter")
        other.type("微信")
        other.press("Ctrl-S")
        console.press("Enter", "Ctrl-S")
        other.agree()
        console.agree()
        _ = console.controller.catchUp()
        #expect(payments(console).map { "\($0.by) \($0.amount.text)" } == ["S07 373.00"])
    }

    @Test func aTypedAmountIsLookedAtAgain() throws {
        let console = try form()
        console.fill("金额", "373")
        try console.estate.do("payment.receive", ["unit": "3-2-501", "amount": "186.50"], by: "S07")
        _ = console.controller.catchUp()
        console.expect("情况有变：李四 共欠 186.50")
        console.expectNothingRecorded { console.press("Ctrl-S") }
        console.expectNot("收到 3-2-501")
        console.press("Ctrl-S")
        console.expect("多出 186.50 转预收？")
    }

    // MARK: A ring

    @Test func aRingInMidFormLosesNothing() throws {
        let console = try desk()
        try console.estate.do("staff.add", ["staff": "T01", "name": "总机", "role": "operator"])
        console.press("Enter")
        console.fill("金额", "120")
        try console.estate.do("call.ring", ["phone": "13800002222"], by: "T01")
        _ = console.controller.catchUp()
        console.press("F2")
        console.expectNot("收款 · 3-2-501")
        console.press("Ctrl-E", "Enter")
        console.expect("收款 · 3-2-501")
        #expect(console.lineOfCaret.contains("120"))
        #expect(payments(console).isEmpty)
    }

    // MARK: Sizes

    @Test(arguments: [Size(width: 80, height: 24), Size(width: 120, height: 36), Size(width: 160, height: 45)])
    func manyBillsFitEveryScreen(size: Size) throws {
        let console = try desk(size: size)
        for month in 1...8 {
            for item in ["水费", "车位费"] {
                let due = "2026-0\(month)-20"
                try console.estate.do(
                    "bill.issue",
                    ["unit": "3-2-501", "period": "2026-0\(month)", "item": item, "amount": "10", "due": due])
            }
        }
        _ = console.controller.catchUp()
        console.press("Home", "Enter")
        console.expect("共欠 533.00")
        console.expect("付款方式 *")
        console.expect("所付账单")
        if size.height == 24 { console.expect("… 另") } else { console.expect("2026-10", near: "186.50") }
    }
}

/// The further tabs of the fees window.
@Suite struct FeeRecordsTests {
    private func console(as member: String) throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: member)
        for (unit, method, by) in [("3-2-501", "现金", "S02"), ("3-2-601", "微信", "S07")] {
            try console.estate.do("payment.receive", ["unit": unit, "amount": "100", "method": method], by: by)
        }
        try console.estate.do(
            "dunning.record", ["unit": "3-2-501", "channel": "电话", "outcome": "承诺付款", "promise": "2026-11-30"])
        _ = console.controller.catchUp()
        return console
    }

    @Test func anOperatorVoidsTheirOwnPaymentOfToday() throws {
        let console = try console(as: "王芳")
        console.show("records.payments")
        console.press("F12")
        console.expect("2 笔 200.00 微信 100.00 现金 100.00")
        console.press("Ctrl-F")
        console.type("601")
        console.press("Enter")
        console.expect("1 笔 100.00")
        console.press("Ctrl-U")
        console.expect("这笔是 孙财务 收的")
        #expect(console.controller.session.layers.isEmpty)
        console.press("Esc", "Ctrl-F")
        console.type("501")
        console.press("Enter", "Ctrl-U")
        console.expect("收款作废 · 3-2-501 100.00 · 09:00 王芳 · 收据 1")
        console.type("录错户")
        console.press("Ctrl-S")
        console.expect("作废 3-2-501 李四 的收款 100.00 元？")
        console.agree()
        #expect(console.store.estate.fees.payments.values.map { $0.voided != nil } == [true, false])
    }

    @Test func aBillIsReducedByTheManagerAndVoidedByFinance() throws {
        let manager = try console(as: "赵经理")
        manager.show("records.bills")
        manager.press("F12")
        manager.expect("应收 746.00 已收 200.00 欠 546.00")
        manager.press("Ctrl-G")
        manager.expect("减免 · 3-2-")
        manager.fill("减免额", "10")
        manager.fill("原因", "漏水补偿")
        manager.press("Ctrl-S")
        manager.agree()
        manager.expect("应收 736.00")
        let finance = try console(as: "孙财务")
        finance.show("records.bills")
        finance.press("F12", "Ctrl-U")
        finance.type("重复")
        finance.press("Ctrl-S")
        finance.agree()
        finance.expect("应收 559.50")
        finance.press("Ctrl-U")
        finance.expect("这张账单已作废")
    }

    @Test func aBillTellsHowItCameAbout() throws {
        let console = try console(as: "孙财务")
        try console.estate.do("tariff.set", ["item": "垃圾费", "basis": "fixed", "rate": "100", "from": "2026-11-10"])
        try console.estate.do("bill.generate", ["period": "2026-11", "unit": "3-2-502"])
        _ = console.controller.catchUp()
        console.show("records.bills")
        console.press("F12", "Ctrl-F")
        console.type("垃圾费")
        console.press("Enter", "Enter")
        console.expect("1×100.00×21/30 = 70.00")
        console.expect("2026-11-10 至 2026-11-30，21 天")
        console.expect("承担人", near: "业主")
        console.press("Esc", "Esc", "Ctrl-F")
        console.type("501")
        console.press("Enter", "End", "Enter")
        console.expect("手工录入或导入")
        console.expect("收款", near: "100.00")
    }

    @Test func aPromiseIsRemindedOf() throws {
        let console = try console(as: "孙财务")
        console.show("records.promises")
        console.press("F12")
        console.expect("未到期 1")
        console.press("Ctrl-R")
        console.expect("催缴 · 3-2-501")
        console.fill("结果", "未接通")
        console.press("Ctrl-S")
        #expect(console.rows(DunningsView.self).count == 2)
    }
}
