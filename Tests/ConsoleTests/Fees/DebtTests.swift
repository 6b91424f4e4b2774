import Screen
import Testing

@testable import Console
@testable import Estate

/// Debts: not the guard's business, and what the list of arrears says.
@Suite struct DebtTests {
    private func guardAfterReminder() throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: "马门岗")
        try console.estate.do("dunning.record", ["unit": "3-2-501", "channel": "电话", "outcome": "承诺付款"])
        _ = console.controller.catchUp()
        return console
    }

    @Test func aGuardSeesNoDebtInPaletteCardOrHistory() throws {
        let console = try guardAfterReminder()
        for text in ["欠费", "收款", "催缴", "3-2-501"] {
            console.press("F9")
            console.type(text)
            for words in ["欠费 ·", "收款 · ", "催缴 · ", "373.00", "承诺付款"] { console.expectNot(words) }
            console.press("Enter")
            for words in ["373.00", "186.50", "承诺付款"] { console.expectNot(words) }
            console.press("Esc", "Esc", "Esc")
        }
        #expect(!console.controller.session.windows.contains { $0.name == "fees" })
    }

    @Test func theGuardsHistoryOfAUnitHasNoBills() throws {
        let console = try guardAfterReminder()
        let entries = try console.store.entries(naming: ["3-2-501"])
        #expect(entries.contains { $0.kind == "bill.issued" })
        var session = console.controller.session
        session.show(entries, of: "3-2-501", console.controller.context)
        let text = try #require(session.layers.last as? DetailLayer).lines.map(\.text).joined(separator: "\n")
        #expect(text.contains("登记住户") && !text.contains("生成账单") && !text.contains("登记催缴"))
    }

    /// Whether a call's purpose is shown anywhere in the call pane, the unit's card and history, or the figures.
    private func purposes(_ console: ConsoleDriver) throws -> [String] {
        console.open("calls")
        let context = console.controller.context
        let pane = try #require(console.controller.session.pane(CallPane.self))
        let card = try #require(pane.card(of: console.unit("3-2-501"), context))
        let call = try #require(context.estate.calls.all.values.last)
        let period = Period(context.now, in: context.estate.zone)
        let figure = try #require(Figures.calls.rows(period, context).first?.counts.first?.cases.first)
        var session = console.controller.session
        session.show(try console.store.entries(naming: ["3-2-501"]), of: "3-2-501", context)
        let history = try #require(session.layers.last as? DetailLayer)
        let texts = [
            "pane": console.screen, "spoken": pane.spoken(context).joined(), "card": card.brief?.text ?? "",
            "caller": CallCard(call: call, context: context).full.map(\.text).joined(),
            "figures": figure.cells(context).map(\.text).joined(),
            "details": figure.detail(context).map(\.text).joined(),
            "history": history.lines.map(\.text).joined(),
        ]
        return texts.filter { $0.value.contains("物业费欠费") }.map(\.key).sorted()
    }

    @Test func aGuardDoesNotSeeThatACallWasAboutArrears() throws {
        let console = try ConsoleDriver(as: "马门岗")
        let call = try console.estate.do("call.ring", ["direction": "outgoing", "about": "3-2-501"], by: "S02")
        try console.estate.do("call.end", ["call": call], by: "S02")
        _ = console.controller.catchUp()
        #expect(try purposes(console) == [])
        console.expect("李四")
        console.signIn("王芳")
        #expect(try purposes(console) == ["caller", "card", "details", "figures", "history", "pane", "spoken"])
    }

    @Test func theNextMemberSeesFeesAgain() throws {
        let console = try guardAfterReminder()
        console.signIn("孙财务")
        console.open("fees")
        console.press("F12")
        console.expect("合计 746.00")
    }

    @Test func theTotalIsThatOfTheRowsShown() throws {
        let console = try ConsoleDriver(as: "孙财务")
        console.open("fees")
        console.press("F12")
        console.expect("合计 746.00")
        console.press("Ctrl-F")
        console.type("601")
        console.expect("合计 373.00")
        console.press("Esc")
        console.expect("合计 746.00")
    }

    @Test func peopleInsideAreThoseOfTheFilteredRows() throws {
        let console = try ConsoleDriver(as: "马门岗")
        for (name, count) in [("张三", "3"), ("李雷", "2")] {
            try console.estate.do(
                "visitor.arrive", ["name": name, "host": "3-2-501", "purpose": "快递", "count": count], by: "S03")
        }
        _ = console.controller.catchUp()
        console.expect("在场 5 人")
        console.press("Ctrl-F")
        console.type("张三")
        #expect(console.lines[1].contains("在场 3 人") && !console.lines[1].contains("在场 5 人"))
        // The status bar tells how many are inside, whatever the list shows.
        #expect(console.lines[0].contains("在场 5 人"))
    }

    @Test func aThreatIsWarnedOfWhileTyping() throws {
        let console = try ConsoleDriver(as: "孙财务")
        console.open("fees")
        console.press("Ctrl-R")
        console.fill("结果", "再不交就停水")
        // It is longer than a row, and read in full.
        let shown = console.screen.filter { !$0.isWhitespace && $0 != "│" }
        #expect(shown.contains("不得用来催缴：停水电气暖、停门禁电梯、拦车锁车、扣物、公布名单"))
        console.press("Ctrl-S")
        #expect(console.store.estate.fees.dunnings.values.flatMap { $0 }.count == 1)
    }
}
