import Screen
import Testing

@testable import Console
@testable import Estate

/// Calls from the arrears list: what is known before, how it went, and the next debtor.
@Suite struct ArrearsCallTests {
    /// `count` households in arrears, the largest debt first; each has an owner with a number.
    private func debtors(_ count: Int, as member: String = "王芳") throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: member)
        for number in 0..<count {
            let unit = "8-1-\(101 + number)"
            try console.estate.do("unit.add", ["unit": unit])
            try console.estate.do(
                "person.add",
                ["name": "欠费\(number)", "unit": unit, "role": "owner", "phone": "1390000\(1000 + number)"])
            try console.estate.do(
                "bill.issue",
                ["unit": unit, "period": "2026-09", "item": "物业费", "amount": "\(900 - number)", "due": "2026-09-20"])
        }
        _ = console.controller.catchUp()
        console.open("fees")
        console.press("F12", "Home")
        return console
    }

    private func reminders(_ console: ConsoleDriver) -> [String] {
        console.rows(DunningsView.self).map { "\($0.unit.text) \($0.outcome) \($0.promise?.short ?? "")".trimmed }
    }

    /// Greeting, introduction and purpose of a call that was answered.
    private func talk(_ console: ConsoleDriver) { console.press("Enter", times: 4) }

    @Test func anOpenRequestStandsAboveTheDebtBeforeDialling() throws {
        let console = try debtors(0)
        try console.estate.do("request.open", ["class": "repair.minor", "unit": "3-2-501", "text": "厨房漏水"])
        _ = console.controller.catchUp()
        console.press("Ctrl-O")
        let lines = console.lines
        let request = try #require(lines.firstIndex { $0.contains("未办结工单：零星维修 厨房漏水") })
        let debt = try #require(lines.firstIndex { $0.contains("现欠 373.00（2 期，逾期") })
        #expect(request < debt)
    }

    @Test func theDebtIsReadAnewAndWhoHasPaidIsNotDialled() throws {
        let console = try debtors(0)
        console.press("Ctrl-O")
        try console.estate.do("payment.receive", ["unit": "3-2-501", "amount": "186.50", "method": "微信"], by: "S07")
        _ = console.controller.catchUp()
        console.expect("现欠 186.50（1 期")
        console.expectNothingRecorded { console.press("Enter") }
        console.expect("情况有变：现欠 186.50")
        try console.estate.do("payment.receive", ["unit": "3-2-501", "amount": "186.50", "method": "微信"], by: "S07")
        _ = console.controller.catchUp()
        console.expectNothingRecorded { console.press("Enter", "Enter") }
        #expect(console.rows(CallsView.self).isEmpty)
    }

    @Test func unreachedIsRecordedByItselfShownInTheRowAndTheNextFormIsOpen() throws {
        let console = try debtors(2)
        console.press("Ctrl-O", "Enter", "Ctrl-E")
        #expect(reminders(console) == ["8-1-101 未接通"])
        console.expect("致电 · 欠费1 8-1-102")
        console.press("Esc")
        console.expect("8-1-101", near: "未接通 11-23")
        #expect(console.rows(CallsView.self).map(\.state) == [.unreached])
    }

    @Test func aPromiseTakesOneKeyAndItsDay() throws {
        let console = try debtors(2)
        console.press("Ctrl-O", "Enter")
        talk(console)
        console.press("Ctrl-E")
        console.expect("1 承诺 11-26", near: "3 天内")
        console.expect("2 承诺 11-30", near: "本月底")
        console.type("1")
        #expect(reminders(console) == ["8-1-101 承诺付款 11-26"])
        console.expectRow(CallsView.self) { $0.state == .ended && $0.omitted.isEmpty }
        console.expect("致电 · 欠费1 8-1-102")
    }

    @Test func anotherDayIsTypedAndIsRequired() throws {
        let console = try debtors(2)
        console.press("Ctrl-O", "Enter")
        talk(console)
        console.press("Ctrl-E")
        console.press("Down", "Down", "Enter")
        #expect(console.lineOfCaret.contains("承诺日"))
        console.expectNothingRecorded { console.press("Ctrl-S") }
        console.type("12-9")
        console.press("Enter")
        #expect(reminders(console) == ["8-1-101 承诺付款 12-09"])
        console.expect("致电 · 欠费1 8-1-102")
    }

    @Test(arguments: [("4", "8-1-101 对金额有异议"), ("6", "8-1-101 拒付")])
    func disputesAndRefusalsAreChosen(key: String, recorded: String) throws {
        let console = try debtors(2)
        console.press("Ctrl-O", "Enter")
        talk(console)
        console.press("Ctrl-E")
        console.type(key)
        #expect(reminders(console) == [recorded])
    }

    @Test func othersWordsAreTypedAndOmissionsStayPossible() throws {
        let console = try debtors(2)
        console.press("Ctrl-O", "Enter")
        talk(console)
        console.press("Ctrl-E", "End", "Enter")
        console.expect("未道别")
        console.press("Esc", "Ctrl-E", "End", "Up", "Enter")
        console.expect("催缴 · 8-1-101 欠费0")
        console.fill("结果", "问了账单，明天来")
        console.press("Ctrl-S")
        #expect(reminders(console) == ["8-1-101 问了账单，明天来"])
        console.expect("致电 · 欠费1 8-1-102")
    }

    @Test func aWrongNumberIsNoReminder() throws {
        let console = try debtors(2)
        console.press("Ctrl-O", "Enter", "Enter", "Ctrl-E", "End", "Enter", "Down", "Enter")
        #expect(reminders(console).isEmpty)
        #expect(console.rows(CallsView.self).map(\.state) == [.wrong])
    }

    @Test func whoPromisedOrWasCalledTodayIsPassedOver() throws {
        let console = try debtors(4)
        try console.estate.do(
            "dunning.record",
            ["unit": "8-1-102", "channel": "电话", "outcome": "承诺付款", "promise": "2026-11-28"], by: "S02")
        try console.estate.do("dunning.record", ["unit": "8-1-103", "channel": "微信", "outcome": "已读未回"], by: "S02")
        _ = console.controller.catchUp()
        console.press("Ctrl-O", "Enter", "Ctrl-E")
        console.expect("致电 · 欠费3 8-1-104")
        console.press("Esc", "End")
        console.expectNothingRecorded { console.press("Ctrl-N") }
        console.expect("下面没有要打的了")
    }

    @Test func aFormerOwnersCallIsAboutTheirDebt() throws {
        let console = try debtors(0)
        try console.estate.do("unit.sell", ["unit": "3-2-501", "owner": "钱新"])
        _ = console.controller.catchUp()
        console.press("Home", "Ctrl-O")
        console.expect("致电 · 李四")
        console.expect("现欠 373.00")
        console.press("Enter", "Ctrl-E")
        #expect(reminders(console) == ["3-2-501 未接通"])
    }

    @Test func aCallThatIsAboutPaidBillsEndsAsAnyOther() throws {
        let console = try debtors(0)
        console.press("Ctrl-O", "Enter")
        talk(console)
        try console.estate.do("payment.receive", ["unit": "3-2-501", "amount": "373", "method": "微信"], by: "S07")
        _ = console.controller.catchUp()
        console.press("Ctrl-E", "Enter")
        #expect(reminders(console).isEmpty)
        console.expectRow(CallsView.self) { $0.state == .ended }
    }

    private func pays(_ console: ConsoleDriver, _ unit: String, _ amount: String) throws {
        try console.estate.do("payment.receive", ["unit": unit, "amount": amount, "method": "微信"], by: "S07")
        _ = console.controller.catchUp()
    }

    @Test func afterACalledRowHasMovedTheNextIsTheOneThatFollowedIt() throws {
        let console = try debtors(3)
        console.press("Ctrl-O", "Enter")
        talk(console)
        // It is the last of the list now.
        try pays(console, "8-1-101", "890")
        console.press("Ctrl-E")
        console.expect("通话中已付 890.00，现欠 10.00")
        console.type("1")
        #expect(reminders(console) == ["8-1-101 承诺付款 11-26"])
        console.expect("致电 · 欠费1 8-1-102")
    }

    @Test func afterACalledRowIsGoneTheNextIsTheOneThatFollowedIt() throws {
        let console = try debtors(3)
        console.press("Ctrl-O", "Enter")
        talk(console)
        try pays(console, "8-1-101", "900")
        console.press("Ctrl-E")
        console.expect("通话中已付清 900.00")
        console.press("Enter")
        #expect(reminders(console).isEmpty, "nothing is owed that they could be reminded of")
        console.expectRow(CallsView.self) { $0.state == .ended }
        console.expect("致电 · 欠费1 8-1-102")
    }

    @Test func theOrderIsThatOfTheListAsShownNotAsItBecomes() throws {
        let console = try debtors(3)
        // The second, called, is passed by the first, who is not.
        console.press("Down", "Ctrl-O", "Enter")
        try pays(console, "8-1-101", "500")
        console.press("Ctrl-E")
        #expect(reminders(console) == ["8-1-102 未接通"])
        console.expect("致电 · 欠费2 8-1-103")
        console.press("Esc")
        // A selection by hand begins anew.
        console.press("Home", "Ctrl-N")
        console.expect("致电 · 欠费2 8-1-103")
    }

    /// Ten calls in a row: five reach nobody, three end with a promise, one with a dispute, one with a refusal.
    @Test func tenCallsInARow() throws {
        let console = try debtors(10)
        var keys = 0
        func press(_ names: String...) {
            for name in names { console.press(name) }
            keys += names.count
        }
        func type(_ text: String) {
            console.type(text)
            keys += text.count
        }
        press("Ctrl-O")
        for place in 0..<10 {
            console.expect("致电 · 欠费\(place)")
            press("Enter")
            if place % 2 == 0 {
                press("Ctrl-E")
                continue
            }
            press("Enter", "Enter", "Ctrl-E")
            type(place == 9 ? "6" : place == 7 ? "4" : "1")
        }
        #expect(
            reminders(console).map { String($0.split(separator: " ")[1]) }.sorted()
                == ["未接通", "未接通", "未接通", "未接通", "未接通", "承诺付款", "承诺付款", "承诺付款", "拒付", "对金额有异议"].sorted())
        #expect(console.rows(CallsView.self).filter { $0.state == .ended }.allSatisfy { $0.omitted.isEmpty })
        #expect(keys == 36)
    }
}
