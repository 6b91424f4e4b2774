import Estate
import Screen
import Testing

@testable import Console

/// The guard's keys at 80x24. A character that is typed counts as one key.
@Suite struct GateKeysTests {
    private func gate() throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: "马门岗", size: Size(width: 80, height: 24))
        try console.estate.do(
            "visitor.arrive", ["name": "张三丰", "host": "3-2-501", "purpose": "看房", "plate": "浙B54321"], by: "S03")
        _ = console.controller.catchUp()
        console.open("gate")
        return console
    }

    /// Presses keys, and counts them: names in brackets, all else as typed.
    private func press(_ keys: String, on console: ConsoleDriver) -> Int {
        var count = 0
        for part in keys.split(separator: "[", omittingEmptySubsequences: true) {
            let pieces = part.split(separator: "]", omittingEmptySubsequences: false)
            if pieces.count == 2 { console.press(String(pieces[0])) } else { console.type(String(part)) }
            count += pieces.count == 2 ? 1 : part.count
            if pieces.count == 2, !pieces[1].isEmpty {
                console.type(String(pieces[1]))
                count += pieces[1].count
            }
        }
        return count
    }

    @Test func aReturningVisitorTakesSixKeys() throws {
        let console = try gate()
        let visit = try #require(console.store.estate.gate.inside.first)
        try console.store.perform(LeaveVisitor(visit: visit), by: "S03")
        let count = press("[F8]zs[Down][Enter][Ctrl-S]", on: console)
        #expect(count <= 6)
        console.expectRow(GateView.self) { $0.name == "张三丰" && $0.isInside && $0.plate?.text == "浙B54321" }
    }

    @Test func aReturningVisitorIsFoundByThePlateInTheFirstField() throws {
        let console = try gate()
        try console.store.perform(
            LeaveVisitor(visit: try #require(console.store.estate.gate.inside.first)), by: "S03")
        #expect(press("[F8]321[Down][Enter][Ctrl-S]", on: console) <= 7)
        console.expectRow(GateView.self) { $0.name == "张三丰" && $0.isInside }
    }

    @Test func aNewVisitorTakesElevenKeys() throws {
        let console = try gate()
        let count = press("[F8]李雷[Enter]32502[Ctrl-S]", on: console)
        #expect(count <= 11)
        console.expectRow(GateView.self) {
            $0.name == "李雷" && $0.host.text == "3-2-502" && $0.resident == nil && $0.purpose == "探亲访友"
        }
    }

    @Test func aPlateMayBeTypedFirst() throws {
        let console = try gate()
        let count = press("[F8]浙c88888[Enter]李雷[Enter]32502[Ctrl-S]", on: console)
        #expect(count < 22)
        console.expectRow(GateView.self) { $0.name == "李雷" && $0.plate?.text == "浙C88888" }
    }

    @Test func aDeliveryTakesItsPurposeWithIt() throws {
        let console = try gate()
        #expect(press("[F8]kd[Down][Enter]32502[Ctrl-S]", on: console) < 15)
        console.expectRow(GateView.self) { $0.name == "快递员" && $0.purpose == "快递" && $0.host.text == "3-2-502" }
    }

    @Test func aContractorTakesTwentyKeysWithThePlate() throws {
        let console = try gate()
        let count = press("[F8]李工[Enter]32502[Enter]9[Enter]浙c88888[Ctrl-S]", on: console)
        #expect(count <= 20)
        console.expectRow(GateView.self) {
            $0.name == "李工" && $0.host.text == "3-2-502" && $0.purpose == "施工" && $0.plate?.text == "浙C88888"
        }
    }

    @Test func digitsChooseThePurposeUnlessTextIsTyped() throws {
        let console = try gate()
        _ = press("[F8]李雷[Enter]32502[Enter]", on: console)
        console.expect("1 探亲访友  2 快递")
        console.expect("9 施工")
        console.type("3")
        console.expect("外卖", near: "事由")
        // Another digit corrects it.
        console.type("2")
        console.expect("快递", near: "事由")
        console.type("取件2")
        console.expectNot("9 施工")
        console.press("Ctrl-S")
        console.expectRow(GateView.self) { $0.name == "李雷" && $0.purpose == "取件2" }
    }

    @Test func aReasonToTurnAwayIsChosenByItsDigit() throws {
        let console = try gate()
        console.press("Ctrl-B")
        console.type("某某")
        console.go(to: "原因")
        console.expect("2 推销")
        console.type("2")
        console.press("Ctrl-S")
        console.expectRow(RefusalsView.self) { $0.subject.why == "推销" }
    }

    @Test(arguments: ["ll", "李雷", "777"]) func whoIsExpectedTakesOneEnterWithHostAndPlate(typed: String) throws {
        let console = try gate()
        try console.estate.do(
            "visitor.expect",
            ["name": "李雷", "host": "3-2-502", "plate": "浙A77777", "from": "2026-11-23", "to": "2026-11-23"])
        _ = console.controller.catchUp()
        console.press("F8")
        console.expect("今日预约 3-2-502 浙A77777", near: "李雷")
        console.type(typed)
        console.press("Enter", "Ctrl-S")
        console.expectRow(GateView.self) {
            $0.name == "李雷" && $0.host.text == "3-2-502" && $0.plate?.text == "浙A77777"
        }
        console.expectRow(ExpectedView.self) { $0.state == .arrived }
    }

    @Test func aNameThatBeginsAnExpectedOneIsNotTakenForIt() throws {
        let console = try gate()
        try console.estate.do(
            "visitor.expect", ["name": "李明华", "host": "3-2-502", "from": "2026-11-23", "to": "2026-11-23"])
        _ = console.controller.catchUp()
        _ = press("[F8]李明[Enter]32501[Ctrl-S]", on: console)
        console.expectRow(GateView.self) { $0.name == "李明" && $0.host.text == "3-2-501" }
    }

    @Test func roomDigitsWithoutDashesFilterFromTheirBeginning() throws {
        let console = try gate()
        try console.estate.do("visitor.arrive", ["name": "李雷", "host": "3-2-502", "purpose": "快递"], by: "S03")
        _ = console.controller.catchUp()
        console.type("32502")
        console.expectNot("张三丰")
        console.press("Enter")
        console.expect("李雷（3-2-502）现在离场？")
        console.press("Esc", "Esc")
        console.type("2502")
        console.expect("没有符合的记录")
    }

    @Test func leavingTakesThreeKeys() throws {
        let console = try gate()
        #expect(press("3[Enter]", on: console) == 2)
        console.expect("张三丰（3-2-501）现在离场？")
        console.expect("浙B54321")
        console.agree()
        console.expectRow(GateView.self) { $0.name == "张三丰" && $0.state == .left }
    }

    @Test func digitsFilterAndSeveralLeaveNobodyUnasked() throws {
        let console = try gate()
        try console.estate.do("visitor.arrive", ["name": "李雷", "host": "3-2-502", "purpose": "快递"], by: "S03")
        _ = console.controller.catchUp()
        console.type("50")
        // Two are left: Enter ends the filter.
        console.expectNothingRecorded { console.press("Enter") }
        console.expectNot("现在离场？")
        console.press("Esc")
        console.type("502")
        console.press("Enter")
        console.expect("李雷（3-2-502）现在离场？")
    }

    @Test func markedVisitorsLeaveTogether() throws {
        let console = try gate()
        try console.estate.do("visitor.arrive", ["name": "李雷", "host": "3-2-502", "purpose": "快递"], by: "S03")
        _ = console.controller.catchUp()
        console.press("Home", "Ctrl-A", "Ctrl-A", "Enter")
        console.expect("2 批共 2 人现在离场？")
        console.agree()
        #expect(console.store.estate.gate.inside.isEmpty)
    }

    @Test func aPartOfAGroupLeaves() throws {
        let console = try ConsoleDriver(as: "马门岗", size: Size(width: 80, height: 24))
        try console.estate.do(
            "visitor.arrive", ["name": "韩梅", "host": "3-2-502", "purpose": "施工", "count": "5"], by: "S03")
        _ = console.controller.catchUp()
        console.open("gate")
        console.press("Ctrl-N")
        console.type("2")
        console.press("Ctrl-S")
        console.expect("韩梅（3-2-502）2 人现在离场，3 人留下？")
        console.agree()
        console.expect("在场 3 人")
    }

    @Test func theHostIsContactedByTwoKeys() throws {
        let console = try gate()
        console.press("Ctrl-O")
        console.expect("已通知巡逻岗")
        console.press("2")
        console.expectRow(GateView.self) { $0.contact?.outcome == .noAnswer }
        console.expect("无人接听")
    }

    @Test(arguments: ["赵经理", "周主管", "王芳"]) func whoMayDialSeesTheWholeNumberAndThatIsRecorded(member: String) throws {
        let console = try ConsoleDriver(as: member, size: Size(width: 80, height: 24))
        try console.estate.do("visitor.arrive", ["name": "张三丰", "host": "3-2-502", "purpose": "看房"], by: "S03")
        _ = console.controller.catchUp()
        console.open("gate")
        console.press("Ctrl-O")
        console.expect("联系 单国强 13800002222 · 张三丰（3-2-502）")
        let person = try #require(console.store.estate.people.persons(named: "单国强").first)
        let entries = try console.store.entries(naming: [person.id.id.text])
        #expect(entries.last?.kind == "phone.revealed")
        console.press("1")
        console.expectRow(GateView.self) { $0.contact?.outcome == .reached }
    }

    @Test func aGuardSeesTheHostsNumberMasked() throws {
        let console = try gate()
        console.expectNothingRecorded { console.press("Ctrl-O") }
        console.expect("联系 李四 138****1111 · 张三丰（3-2-501）")
    }

    @Test func aCorrectionBeginsWithThePresentValues() throws {
        let console = try gate()
        console.press("Ctrl-E")
        for value in ["张三丰", "3-2-501", "看房", "浙B54321"] { console.expect(value) }
        console.expectNothingRecorded { console.press("Ctrl-S") }
        console.expect("张三丰 没有改动")
        console.fill("车牌", "")
        console.expect("空着：不改；没有车牌填“无”")
        console.fill("车牌", "无")
        console.press("Ctrl-S")
        console.expectRow(GateView.self) {
            $0.plate == nil && $0.isCorrected && $0.purpose == "看房" && $0.host.text == "3-2-501"
        }
    }

    @Test func aPlateIsCorrected() throws {
        let console = try gate()
        console.press("Ctrl-E")
        console.fill("车牌", "浙B54322")
        console.press("Ctrl-S")
        console.expectRow(GateView.self) { $0.plate?.text == "浙B54322" && $0.isCorrected }
    }

    @Test func thePlateIsToldWhileItIsTyped() throws {
        let console = try gate()
        console.press("F8")
        console.fill("车牌", "浙A1234")
        console.expect("正好少一位，像 浙A12345 3-2-501")
    }

    @Test func anUnknownHostIsRecordedAndMarked() throws {
        let console = try gate()
        console.press("F8")
        console.type("李雷")
        console.press("Enter")
        console.type("王阿姨")
        console.press("Ctrl-S")
        console.expect("王阿姨 ?")
    }

    @Test func aUnitsCardHasItsOwnVisitorsOnly() throws {
        let console = try gate()
        try console.estate.do("visitor.arrive", ["name": "李雷", "host": "3-2-502", "purpose": "快递"], by: "S03")
        _ = console.controller.catchUp()
        for (unit, name) in [("3-2-501", "张三丰"), ("3-2-502", "李雷")] {
            let card = GateList.card(of: try UnitCode(text: unit, zone: .shanghai), console.controller.context)
            #expect(card?.lines.count == 1 && card?.lines.first?.text.contains(name) == true)
        }
    }
}
