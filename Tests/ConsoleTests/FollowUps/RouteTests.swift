import Foundation
import Screen
import Testing

@testable import Console
@testable import Estate

/// The route: today's return visits by building.
@Suite struct RouteTests {
    private func console(as member: String = "王芳", size: Size = Size(width: 80, height: 24)) throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: member, size: size, now: "2026-11-23 09:00")
        for (unit, requestClass, text) in [
            ("5-1-1201", "complaint", "楼道堆物"), ("3-2-601", "repair.minor", "路灯不亮"), ("3-2-501", "complaint", "楼上太吵"),
        ] {
            let request = try console.estate.do("request.open", ["class": requestClass, "unit": unit, "text": text])
            try console.estate.do("request.complete", ["request": request])
        }
        console.at("2026-11-26 09:00")
        let later = try console.estate.do("request.open", ["class": "other", "unit": "3-2-502", "text": "代收快递"])
        try console.estate.do("request.complete", ["request": later])
        _ = console.controller.catchUp()
        console.open("followups")
        return console
    }

    private func listed(_ console: ConsoleDriver) -> [String] {
        console.lines.compactMap { line in
            guard line.contains("3-2-") || line.contains("5-1-"), line.contains("今日") || line.contains("12-03") else {
                return nil
            }
            return ["楼道堆物", "路灯不亮", "楼上太吵", "代收快递"].first { line.contains($0) }
        }
    }

    @Test func oneKeyTurnsTheQueueIntoARouteByBuildingAndBack() throws {
        let console = try console()
        #expect(listed(console) == ["楼上太吵", "路灯不亮", "楼道堆物", "代收快递"])
        console.press("Ctrl-B")
        #expect(listed(console) == ["楼上太吵", "路灯不亮", "楼道堆物"])
        console.expect("F4 回访 · 路线 2 栋 3 次")
        console.expect("3 栋 2 次", near: "楼上太吵")
        #expect(!console.line(with: "路灯不亮").contains("栋"))
        console.expect("5 栋 1 次", near: "楼道堆物")
        console.press("Down", "Down", "Enter")
        console.expect("登记回访 · 5-1-1201 楼道堆物")
        console.press("Esc", "Ctrl-B")
        #expect(listed(console).count == 4)
        console.expectNot("路线 2")
    }

    @Test func routePane80x24() throws {
        let console = try console()
        console.press("Ctrl-B")
        let list = console.lines[2...6].map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: "\n")
        #expect(
            list == """
                ╭─ F4 回访 · 路线 2 栋 3 次 · 今日 3  待访 4 ──────────────────────────── 1/3 ─╮
                │ 楼             期限  类别      房号      内容                回访人员        │
                │▌3 栋 2 次   ▸  今日  投诉      3-2-501   楼上太吵            区域经理+管理员 │
                │             ▸  今日  零星维修  3-2-601   路灯不亮            管理员          │
                │ 5 栋 1 次   ▸  今日  投诉      5-1-1201  楼道堆物            区域经理+管理员 │
                """)
    }

    @Test func aRegionalManagersRouteIsThatOfComplaints() throws {
        let console = try console(as: "吴区域")
        console.press("Ctrl-B")
        #expect(listed(console) == ["楼上太吵", "楼道堆物"])
    }

    @Test func routeIsSavedPerMemberAndSortingEndsIt() throws {
        let console = try console()
        console.press("Ctrl-B")
        let again = try ConsoleDriver(console.estate, as: "王芳", size: Size(width: 80, height: 24))
        again.open("followups")
        again.expect("路线 2 栋 3 次")
        again.press("Ctrl-K", "Right", "Esc")
        again.expectNot("路线 2")
        #expect(listed(again).count == 4)
        again.press("Ctrl-B")
        again.expect("路线 2 栋 3 次")
        again.expectNot("期限▲")
    }

    @Test func eachDayStartsWithTheQueue() throws {
        let console = try console()
        console.press("Ctrl-B")
        console.expect("路线 2")
        console.at("2026-11-27 00:01")
        console.expectNot("路线 2")
        let again = try ConsoleDriver(console.estate, as: "王芳", size: Size(width: 80, height: 24))
        again.open("followups")
        again.expectNot("路线 2")
    }

    @Test func routeShowsTodaysAttemptsAndAppointments() throws {
        let console = try console(size: Size(width: 120, height: 36))
        console.press("F12")
        let visits = console.store.estate.followUps.all.values
        try console.estate.do(
            "followup.record",
            ["followup": visits[0].id.id.text, "result": "unreachable", "visitors": "S06"], by: "S06")
        try console.estate.do(
            "followup.appoint", ["followup": visits[1].id.id.text, "at": "2026-11-26T18:30", "visitors": "S06"],
            by: "S06")
        console.at("2026-11-26 09:20")
        console.press("Ctrl-B")
        console.expect("楼道堆物 · 无人在家 09:00")
        console.expect("路灯不亮 · 约 18:30")
        console.at("2026-11-26 18:40")
        console.expect("路灯不亮 · 约 18:30 已过")
    }

    @Test func anAppointmentIsMadeAndShownInTheDetails() throws {
        let console = try console(size: Size(width: 120, height: 36))
        console.press("F12", "Ctrl-G")
        console.expect("预约回访 · 3-2-501 楼上太吵")
        console.expect("吴区域,郑管理")
        console.fill("预约时间", "+1 10:00")
        console.press("Ctrl-S")
        console.expect("楼上太吵 · 约 11-27 10:00")
        console.expect("预约  11-27 10:00  吴区域、郑管理")
    }

    @Test func anAppointmentPassesWithinTheDay() throws {
        let console = try console(size: Size(width: 120, height: 36))
        let visit = try #require(console.store.estate.followUps.all.values.first)
        try console.estate.do(
            "followup.appoint", ["followup": visit.id.id.text, "at": "2026-11-26T09:30", "visitors": "S06"], by: "S06")
        _ = console.controller.catchUp()
        console.press("F12")
        console.expect(" · 约 09:30")
        console.at("2026-11-26 09:31")
        console.expect(" · 约 09:30 已过")
    }

    @Test func aCaseIsClosedAfterThreeAttemptsByTheSupervisor() throws {
        let console = try console(as: "周主管")
        let visit = try #require(console.store.estate.followUps.all.values.last { $0.unit.text == "3-2-501" })
        console.press("Ctrl-U")
        console.expect("未遇或拒访 0 次，满 3 次才可按无法回访结案")
        for _ in 1...3 {
            try console.estate.do(
                "followup.record",
                ["followup": visit.id.id.text, "result": "unreachable", "visitors": "S06"], by: "S06")
        }
        _ = console.controller.catchUp()
        console.press("Ctrl-U")
        console.type("长期在外")
        console.press("Ctrl-S")
        #expect(listed(console) == ["路灯不亮", "楼道堆物", "代收快递"])
        #expect(console.store.estate.followUps[visit.id]?.closed?.why == "长期在外")
    }

    @Test func filterAppliesInRouteAndPaletteLeavesIt() throws {
        let console = try console()
        console.press("Ctrl-B", "Ctrl-F")
        console.type("ludeng")
        console.press("Enter")
        console.expect("路线 1 栋 1 次")
        console.expect("3 栋 1 次", near: "路灯不亮")
        console.press("F9")
        console.type("代收快递")
        console.press("Enter", "Enter")
        console.expect("登记回访 · 3-2-502 代收快递")
    }

    @Test func emptyRouteIsReported() throws {
        let console = try ConsoleDriver(as: "王芳", size: Size(width: 80, height: 24))
        console.open("followups")
        console.press("Ctrl-B")
        console.expect("今天没有要走的回访")
    }

    @Test func linearModeReadsRouteByBuilding() throws {
        let console = try console()
        console.press("Ctrl-B")
        let spoken = console.controller.speak()
        #expect(spoken.contains("3 栋 2 次") && spoken.contains("5 栋 1 次"))
    }

    @Test func nothingIsCountedThatIsNotThere() throws {
        let console = try ConsoleDriver(as: "王芳", size: Size(width: 80, height: 24))
        console.open("followups")
        #expect(FollowUpList.badges(FollowUpTally(), console.controller.context).isEmpty)
        for words in ["今日到期", "逾期"] { console.expectNot(words) }
    }
}
