import Screen
import TestSupport
import Testing

@testable import Console
@testable import Estate

/// 个人信息: what is due is ended with Enter, and one person's on request, from the record or from a search.
@Suite struct ParticularsListTests {
    /// A visitor of September, whose time is over, and one of this month.
    private func console(as member: String = "赵经理", size: Size = Size(width: 80, height: 24)) throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: member, size: size, now: "2026-09-02 09:00")
        for (name, time) in [("欧阳锋", "2026-09-02 09:00"), ("西门庆", "2026-11-10 09:00")] {
            console.estate.clock.set(time)
            let visit = try console.estate.do(
                "visitor.arrive", ["name": name, "host": "3-2-501", "purpose": "看房", "plate": "沪B66666"])
            try console.estate.do("visitor.leave", ["visit": visit])
        }
        console.estate.clock.set("2026-11-23 09:00")
        _ = console.controller.catchUp()
        return console
    }

    private func names(_ console: ConsoleDriver) -> [String] { console.store.estate.gate.visits.values.map(\.name) }

    private func go(_ query: String, _ console: ConsoleDriver) {
        console.press("F9")
        console.type(query)
        console.press("Enter")
    }

    @Test func enterEndsWhatIsDueOnceItIsAgreedTo() throws {
        let console = try console()
        console.show("particulars")
        console.expect("访客", near: "已到期")
        console.expectNothingRecorded { console.press("Enter") }
        console.expect("删除这些到期的个人信息？删除后不能恢复")
        console.expect("访客", near: "2026-09")
        console.agree()
        #expect(names(console) == ["已到期删除", "西门庆"])
        console.expect("到期的个人信息已删除")
        console.expect("2026-09", near: "已删除")
    }

    @Test func anEnterThatComesAtOnceAgreesToNothing() throws {
        let console = try console()
        console.show("particulars")
        console.expectNothingRecorded { console.press("Enter", "Enter", "Enter") }
        #expect(names(console) == ["欧阳锋", "西门庆"])
    }

    @Test func whatIsKeptIsNotEnded() throws {
        let console = try console()
        console.show("particulars")
        console.press("Down")
        console.expectNothingRecorded { console.press("Enter") }
        console.expect("还没有到期")
    }

    @Test func theDutyStandsInTheListBeforeAndAfter() throws {
        let console = try console()
        console.show("duties")
        console.press("Home")
        console.expect("个人信息到期", near: "访客 2026-09")
        try console.estate.do("particulars.expire")
        _ = console.controller.catchUp()
        #expect(names(console) == ["已到期删除", "西门庆"])
        console.expect("个人信息到期", near: "访客 2026-09")
    }

    @Test func theSelectedRecordIsErasedWithItsReason() throws {
        let console = try console()
        try console.estate.do(
            "visitor.leave",
            ["visit": console.estate.do("visitor.arrive", ["name": "司马懿", "host": "3-2-501", "purpose": "看房"])])
        _ = console.controller.catchUp()
        console.open("gate")
        console.expect("司马懿")
        go("particulars.erase.selected", console)
        console.type("本人要求")
        console.expectNothingRecorded { console.press("Ctrl-S") }
        console.expect("删除个人信息：司马懿 3-2-501")
        console.expect("原因", near: "本人要求")
        console.agree()
        #expect(names(console).last == "已到期删除")
    }

    @Test func theSelectedRecordIsHeldUntilADay() throws {
        let console = try console()
        let visit = try console.estate.do(
            "visitor.arrive", ["name": "司马懿", "host": "3-2-501", "purpose": "看房"])
        try console.estate.do("visitor.leave", ["visit": visit])
        _ = console.controller.catchUp()
        console.open("gate")
        go("particulars.hold.selected", console)
        console.type("事故")
        console.press("Tab")
        console.type("2027-03-01")
        console.press("Ctrl-S")
        let holds = console.store.estate.particulars.holds
        #expect(holds.map(\.key.text) == [visit] && holds.values.first?.until == day("2027-03-01"))
    }

    @Test func aVisitorOfPastWeeksIsFoundByNameAndErased() throws {
        let console = try console()
        go("西门庆", console)
        for words in ["历史", "删除个人信息", "留存个人信息"] { console.expect(words) }
        console.press("Down", "Enter")
        console.type("本人要求")
        console.press("Ctrl-S")
        console.expect("删除个人信息：西门庆 3-2-501")
        console.agree()
        #expect(names(console) == ["欧阳锋", "已到期删除"])
        console.press("F9")
        console.type("西门庆")
        console.expect("没有找到")
    }

    @Test func whoMayNotEndItSeesTheHistoryOfWhatIsFound() throws {
        let console = try console(as: "马门岗")
        go("西门庆", console)
        // The history is read beside the console.
        console.expect("正在查历史：西门庆 3-2-501")
        console.expectNot("删除个人信息")
    }
}
