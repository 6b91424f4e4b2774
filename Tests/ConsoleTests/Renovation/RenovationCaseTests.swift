import Screen
import Testing

@testable import Console
@testable import Estate

/// A renovation from the application to the refund, from the keyboard. Words come as an input method commits them; no
/// letter is needed as a key.
@Suite struct RenovationCaseTests {
    private func desk(handbook: [String: String] = [:]) throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: "周主管", handbook: handbook)
        console.press("F4", "F12")
        return console
    }

    private func renovation(_ console: ConsoleDriver) throws -> RenovationCase {
        try #require(console.store.estate.renovations.all.values.last)
    }

    private func apply(_ console: ConsoleDriver, to unit: String = "3-2-501", works: String = "卫生间翻新") {
        console.press("F8")
        console.fill("房号", unit)
        console.fill("施工单位", "安居装饰")
        console.fill("装修内容", works)
        console.press("Ctrl-S")
    }

    /// All papers at once, from the menu.
    private func complete(_ console: ConsoleDriver) {
        console.press("Enter", "End", "Enter")
        console.agree()
    }

    private func permit(_ console: ConsoleDriver, deposit: String = "2000", until: String = "2026-12-20") {
        console.press("Enter")
        console.fill("付款方式", "微信")
        console.fill("装修押金", deposit)
        console.fill("装修管理费", "0")
        console.fill("施工到", until)
        console.press("Ctrl-S")
    }

    /// The works have begun.
    private func site() throws -> ConsoleDriver {
        let console = try desk()
        apply(console)
        complete(console)
        permit(console)
        console.agree()
        return console
    }

    @Test func aCaseFromTheApplicationToTheRefund() throws {
        let console = try desk()
        console.expect("还没有装修申报；F8 登记一户")
        apply(console)
        console.expect("3-2-501", near: "已申报")
        console.expect("缺 14 样：装修登记表、权属证明或购房合同")
        // A paper is ticked, the notice is signed, the rest is there.
        console.press("Enter")
        console.expect("资料签名 · 3-2-501")
        console.press("Enter")
        console.expect("已收 装修登记表")
        console.press("Down", "Down", "Down", "Down", "Enter")
        console.expect("告知书双签 · 3-2-501 安居装饰")
        console.fill("装修人签名", "李四")
        console.fill("施工单位签名", "王工")
        console.press("Ctrl-S")
        #expect(try renovation(console).notice?.decorator == "李四")
        console.press("End", "Enter")
        console.expect("3-2-501 装修资料已齐？")
        console.expect("办妥期限：2026-11-25")
        console.agree()
        console.expect("资料齐全", near: "还有 2 个工作日")
        // The formalities.
        permit(console)
        console.expect("3-2-501 可开工，施工到 2026-12-20？")
        console.expect("装修押金：2,000.00")
        console.expect("当地是否准许收取未设定")
        console.expect("还缺：邻居未告知、管理服务协议未签")
        #expect(try renovation(console).permit == nil)
        console.agree()
        console.expect("可开工", near: "2,000.00")
        console.press("Ctrl-A")
        console.fill("姓名", "周木匠")
        console.press("Ctrl-S")
        console.expect("施工人员  周木匠")
        console.press("Enter")
        console.expect("现场检查 · 3-2-501 安居装饰")
        console.fill("检查情况", "成品保护已做")
        console.press("Ctrl-S")
        console.expect("成品保护已做")
        // A violation, which they obey.
        console.press("Ctrl-N")
        console.fill("违规", "材料堆在楼道过夜")
        console.press("Ctrl-S")
        console.expect("可开工", near: "违规未报")
        console.press("F4")
        console.expect("待报告 1")
        console.press("Ctrl-N")
        console.expect("3-2-501 材料堆在楼道过夜 已改正？")
        console.agree()
        console.expect("3-2-501", near: "已改正")
        console.press("F4", "F4")
        console.expectNot("违规未报")
        // An extension: the passes go on.
        console.press("Ctrl-E")
        console.expect("装修延期 · 3-2-501 安居装饰（现到 12-20）")
        console.fill("施工到", "2026-12-31")
        console.fill("原因", "瓷砖晚到")
        console.press("Ctrl-S")
        console.expect("12-20 → 12-31  瓷砖晚到")
        console.press("Ctrl-O")
        console.expect("3-2-501 报完工？")
        console.agree()
        console.expect("已完工", near: "待完工检查")
        console.press("Enter")
        console.fill("结果", "合格")
        console.press("Ctrl-S")
        console.expect("完工检查合格", near: "12-30 前退押金")
        // A deduction, then the rest goes back.
        console.press("Ctrl-R")
        console.fill("金额", "300")
        console.fill("原因", "楼道墙面修补")
        console.fill("业主签名", "李四")
        console.expectNothingRecorded { console.press("Ctrl-S") }
        console.expect("扣后余额：1,700.00")
        console.agree()
        console.press("Enter")
        console.expect("退装修押金 · 3-2-501 安居装饰（余 1,700.00）")
        console.expectNothingRecorded { console.press("Ctrl-S") }
        console.expect("退给 3-2-501 押金 1,700.00 元？")
        console.agree()
        console.expect("押金已结清", near: "已了结")
        let known = try renovation(console)
        #expect(known.balance == .zero && known.refunded == Money(fen: 170_000))
        console.expectNothingRecorded { console.press("Enter") }
        console.expect("已了结")
    }

    // MARK: Money

    @Test func aRefusedChargeKeepsWhatWasTyped() throws {
        let console = try desk(handbook: [
            "renovation.json": #"{"policy":{"charges":{"deposit":{"allowed":true,"maximumFen":100000}}}}"#
        ])
        apply(console)
        complete(console)
        console.expectNothingRecorded { permit(console) }
        console.expect("装修押金最多收 1,000.00 元")
        console.expect("施工到", near: "2026-12-20")
        console.fill("装修押金", "1000")
        console.press("Ctrl-S")
        console.agree()
        #expect(try renovation(console).held == Money(fen: 100_000))
    }

    /// Where nothing may be charged, nothing is asked.
    @Test func aPlaceThatForbidsChargesAsksForNone() throws {
        let console = try desk(handbook: [
            "renovation.json": #"{"policy":{"charges":{"deposit":{"allowed":false},"fee":{"allowed":false}}}}"#
        ])
        apply(console)
        complete(console)
        console.press("Enter")
        console.expect("收取装修押金和管理费：不适用（当地规定）")
        console.expectNot("付款方式")
        console.fill("施工到", "2026-12-20")
        console.press("Ctrl-S")
        console.agree()
        #expect(try renovation(console).state == .permitted)
    }

    @Test func anExtensionThatEndsEarlierIsRefusedAndKept() throws {
        let console = try site()
        console.press("Ctrl-E")
        console.fill("施工到", "2026-12-01")
        console.fill("原因", "瓷砖晚到")
        console.expectNothingRecorded { console.press("Ctrl-S") }
        console.expect("现在已到 2026-12-20，延期要更晚")
        console.expect("原因", near: "瓷砖晚到")
    }

    /// Whoever holds Enter on a row opens its form, and at most sends it to the question.
    @Test(arguments: [30, 250, 500]) func aHeldEnterMovesNoMoney(every: Int) throws {
        let console = try desk()
        apply(console)
        complete(console)
        console.expectNothingRecorded { console.holdEnter(every: every) }
        console.press("Esc", "Esc", "Esc")
        permit(console)
        console.agree()
        console.press("Ctrl-O")
        console.agree()
        console.press("Enter")
        console.fill("结果", "合格")
        console.press("Ctrl-S")
        console.expectNothingRecorded { console.holdEnter(every: every) }
        #expect(try renovation(console).balance == Money(fen: 200_000))
    }

    @Test func aHeldEnterTicksNoPaper() throws {
        let console = try desk()
        apply(console)
        console.expectNothingRecorded { console.holdEnter() }
    }

    // MARK: Consent

    @Test func aTenantsCaseAsksForTheOwnersConsentBeforeTheWorks() throws {
        let console = try desk()
        apply(console, to: "5-1-1201", works: "刷墙")
        complete(console)
        console.expect("5-1-1201", near: "缺业主书面同意")
        console.press("Enter")
        console.expect("业主书面同意 · 5-1-1201 安居装饰")
        console.fill("业主签名", "房主")
        console.press("Ctrl-S")
        console.expect("5-1-1201", near: "还有 2 个工作日")
        // Taken back, the works may not begin.
        console.press("Ctrl-B", "End", "Enter")
        console.expect("业主书面同意 · 5-1-1201 安居装饰（撤回）")
        console.fill("业主签名", "房主")
        console.press("Ctrl-S")
        console.expect("5-1-1201", near: "业主撤回同意")
    }

    // MARK: Papers

    @Test func theLastPaperEndsTheMenu() throws {
        let console = try desk()
        apply(console, works: "换空调外机")
        console.expect("缺：简易登记")
        console.press("Enter", "Enter")
        #expect(console.controller.session.layers.isEmpty)
        console.expect("3-2-501", near: "小项，待登记")
        console.expectNothingRecorded { console.press("Ctrl-B") }
        console.expect("资料和签名都齐了")
        // Nothing is charged for it.
        console.press("Enter")
        for field in ["装修押金", "付款方式"] { console.expectNot(field) }
        console.fill("施工到", "2026-11-25")
        console.press("Ctrl-S")
        console.agree()
        console.expect("3-2-501", near: "可开工")
        #expect(try renovation(console).held == .zero)
    }

    @Test func whatCannotBeDoneInAStateIsSaid() throws {
        let console = try desk()
        apply(console)
        for (key, why) in [
            ("Ctrl-A", "现在是“已申报”，不能"), ("Ctrl-E", "现在是“已申报”，不能"), ("Ctrl-O", "现在是“已申报”，不能"), ("Ctrl-R", "没有押金可扣"),
        ] {
            console.expectNothingRecorded { console.press(key) }
            console.expect(why)
        }
        // An operator does the papers and no more.
        console.signIn("王芳")
        console.show("renovations")
        complete(console)
        console.expectNothingRecorded { console.press("Enter") }
        console.expect("王芳", near: "登记可开工")
    }

    @Test func aWithdrawnCaseRefundsItsDeposit() throws {
        let console = try site()
        console.press("Ctrl-U")
        console.fill("原因", "业主出国")
        console.expectNothingRecorded { console.press("Ctrl-S") }
        console.expect("待退押金：2,000.00")
        console.agree()
        console.expect("已撤回", near: "11-30 前退押金")
    }
}
