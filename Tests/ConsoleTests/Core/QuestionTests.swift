import Screen
import Testing

@testable import Console
@testable import Estate

/// Enter is not trusted twice: what moves money, marks a person gone or ends a matter asks, with the facts in the question.
@Suite struct QuestionTests {
    private func arrears() throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: "孙财务")
        console.open("fees")
        return console
    }

    private func gate() throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: "马门岗", now: "2026-11-23 09:00")
        try console.estate.do(
            "visitor.arrive",
            ["name": "陈一", "host": "3-2-501", "purpose": "看房", "plate": "浙A88888", "count": "2"])
        console.at("09:25")
        return console
    }

    // MARK: The facts

    @Test func aPaymentIsAskedAboutWithItsFacts() throws {
        let console = try arrears()
        console.press("Enter")
        console.fill("金额", "400")
        console.fill("方式", "wx")
        console.expectNothingRecorded { console.press("Ctrl-S") }
        console.expect("收到 3-2-501 李四 400.00 元，多出 27.00 转预收？")
        console.expect("方式：微信")
        console.expect("抵账：2026-09 物业费 186.50，2026-10 物业费 186.50")
        console.expect("转预收：27.00")
        console.expect("Enter 收款", near: "Esc 返回")
        console.press("Esc")
        console.expect("金额", near: "400")
        console.press("Ctrl-S")
        console.agree()
        #expect(console.store.estate.fees.payments.values.map(\.amount.grouped) == ["400.00"])
        #expect(console.controller.session.layers.isEmpty)
    }

    @Test func aDepartureIsAskedAboutWithItsFacts() throws {
        let console = try gate()
        console.press("Enter")
        console.expect("陈一（3-2-501）现在离场？")
        console.expect("人数：2")
        console.expect("车牌：浙A88888")
        console.expect("停留：0 小时 25 分（09:00 进入）")
        console.agree()
        console.expectRow(GateView.self) { $0.name == "陈一" && $0.state == .left }
    }

    @Test func aVisitorIsNotLostByOneKeyTooMany() throws {
        let console = try gate()
        console.press("Ctrl-U")
        console.type("没有看到")
        console.expectNothingRecorded { console.press("Enter", "Enter", "Enter") }
        console.expect("已不在，离场时间不详？")
        console.expect("原因：没有看到")
        console.agree()
        console.expectRow(GateView.self) { $0.name == "陈一" && $0.state == .unknown }
    }

    @Test func aCompletionIsAskedAboutWithItsFacts() throws {
        let console = try ConsoleDriver(as: "王芳")
        try console.estate.do("request.open", ["class": "repair.minor", "unit": "3-2-501", "text": "漏水"])
        _ = console.controller.catchUp()
        console.open("requests")
        console.press("Enter")
        console.type("qkz")
        console.press("Tab")
        console.expectNothingRecorded { console.press("Ctrl-S") }
        console.expect("3-2-501“漏水”已办结？")
        console.expect("承办人：钱科长")
        console.agree()
        #expect(console.store.estate.requests.open.isEmpty)
    }

    @Test func scriptsAreNotAsked() throws {
        let console = try gate()
        let visit = try #require(console.store.estate.gate.inside.first)
        try console.estate.do("visitor.leave", ["visit": visit.id.text])
        #expect(console.store.estate.gate.inside.isEmpty)
    }

    // MARK: Enter

    @Test func threeEntersOnArrearsPostNothing() throws {
        let console = try arrears()
        console.expectNothingRecorded { console.press("Enter", "Enter", "Enter", "Enter", "Enter") }
        console.expect("缺少必填项：付款方式")
    }

    /// The question of a form that was filled in, too.
    @Test(arguments: HeldKeyTests.cadences) func aHeldEnterAnswersNothing(first: Int, every: Int) throws {
        let (unfilled, filled, visitor) = (try arrears(), try arrears(), try gate())
        for console in [unfilled, filled] {
            // The method of the last payment is proposed.
            try console.estate.do("payment.receive", ["unit": "5-1-1201", "amount": "1", "method": "现金"], by: "S07")
            _ = console.controller.catchUp()
        }
        filled.press("Enter")
        filled.fill("金额", "400")
        for console in [unfilled, filled, visitor] {
            console.expectNothingRecorded { console.holdEnter(first: first, every: every) }
            console.expect("按得太快，没有算数")
            // Let go, looked at, and answered.
            let before = console.store.revision
            console.deliver(.key(.enter), after: 700)
            console.deliver(after: 25)
            #expect(console.store.revision > before)
            // One question, one answer.
            let after = console.store.revision
            console.holdEnter(first: first, every: every)
            #expect(console.store.revision == after)
        }
    }

    @Test func entersOfAStalledLineAnswerNothing() throws {
        let console = try arrears()
        console.press("Enter")
        console.type("现金")
        console.press("Ctrl-S")
        console.expect("收到 3-2-501")
        console.expectNothingRecorded {
            console.deliver(.key(.enter), after: 200)
            console.deliver([.key(.enter), .key(.enter), .key(.enter)], after: 3000)
            console.deliver(.key(.enter), after: 3000)
            console.deliver(.key(.enter), after: 3)
        }
    }

    /// The picture may be late: an Enter pressed before it is there answers nothing.
    @Test func thePauseBeginsWithTheFirstPicture() throws {
        let console = try arrears()
        console.press("Enter")
        console.type("现金")
        console.press("Ctrl-S")
        console.estate.clock.pass(milliseconds: 900)
        console.controller.shown()
        console.estate.clock.pass(milliseconds: 200)
        console.controller.shown()
        console.expectNothingRecorded { console.press("Enter") }
        console.estate.clock.pass(milliseconds: 299)
        console.expectNothingRecorded { console.press("Enter") }
        console.estate.clock.pass(milliseconds: 300)
        console.press("Enter")
        #expect(console.store.estate.fees.payments.values.count == 1)
    }

    @Test func theEnterThatSentAFormAnswersNothing() throws {
        let console = try arrears()
        console.press("Enter")
        console.type("现金")
        console.go(to: "收到现金")
        console.expectNothingRecorded {
            console.press("Enter")
            console.estate.clock.pass(milliseconds: 299)
            console.press("Enter")
        }
        console.estate.clock.pass(milliseconds: 300)
        console.press("Enter")
        #expect(console.store.estate.fees.payments.values.count == 1)
    }

    /// After another key than Enter 300 ms are enough.
    @Test(arguments: [(299, false), (300, true)]) func threeHundredMilliseconds(passed: Int, isAnswer: Bool) throws {
        let console = try arrears()
        console.press("Enter")
        console.type("现金")
        console.press("Ctrl-S")
        console.estate.clock.pass(milliseconds: passed)
        console.press("Enter")
        #expect(console.store.estate.fees.payments.values.isEmpty == !isAnswer)
    }

    @Test func whatWillBeRefusedIsNotAskedAbout() throws {
        let console = try arrears()
        console.press("Enter")
        console.type("现金")
        console.fill("金额", "0")
        console.press("Ctrl-S")
        console.expectNot("收到 3-2-501")
        #expect(console.store.estate.fees.payments.values.isEmpty)
        #expect(console.lineOfCaret.contains("金额"))
        console.press("Esc", "Esc", "F8")
        console.fill("付款方式", "现金")
        console.fill("房号", "9-9-999")
        console.fill("金额", "5")
        console.press("Ctrl-S")
        console.expect("没有这个房号：9-9-999")
    }

    @Test func aVisitorWhoIsInsideAlreadyIsAskedAbout() throws {
        let console = try gate()
        func arrive(_ name: String, plate: String) {
            console.press("F8")
            console.fill("姓名", name)
            console.fill("房号/被访人", "3-2-501")
            console.fill("事由", "看房")
            console.fill("车牌", plate)
        }
        arrive("陈一", plate: "")
        console.expect("陈一 已在场")
        console.expectNothingRecorded { console.press("Ctrl-S") }
        console.expect("陈一（3-2-501）已在场，再登记一次？")
        console.expect("停留：0 小时 25 分（09:00 进入）")
        console.agree()
        #expect(console.store.estate.gate.inside.count == 2)
        arrive("李雷", plate: "浙A88888")
        console.expectNothingRecorded { console.press("Ctrl-S") }
        console.expect("再登记一次？")
        console.agree()
        #expect(console.store.estate.gate.inside.count == 3)
        arrive("赵二", plate: "")
        console.press("Ctrl-S")
        #expect(console.store.estate.gate.inside.count == 4)
    }

    @Test func aLongListOfBillsSaysHowManyThereAre() throws {
        let console = try ConsoleDriver(as: "孙财务")
        for month in 4...8 {
            try console.estate.do(
                "bill.issue",
                [
                    "unit": "3-2-501", "period": "2026-0\(month)", "item": "物业费", "amount": "10",
                    "due": "2026-0\(month)-20",
                ])
        }
        let pay = ReceivePayment(unit: console.unit("3-2-501"), amount: Money(fen: 10_000))
        let facts = try #require(pay.confirmation(in: console.store.estate, at: console.store.now)).facts
        #expect(
            facts.contains { $0.chinese.hasSuffix("2026-07 物业费 10.00 等 6 笔") && $0.english.hasSuffix("and 2 more") })
    }
}
