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
}
