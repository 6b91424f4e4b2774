import Journal
import Screen
import Testing

@testable import Console
@testable import Estate

/// The work plan, kept and done from the keyboard; duties of the year.
@Suite struct PlanListTests {
    @Test func anItemIsPlannedAndDone() throws {
        let console = try ConsoleDriver(as: "赵经理", size: Size(width: 80, height: 24), now: "2026-11-23 09:00")
        console.show("plan")
        console.expect("还没有工作计划")
        console.press("F8")
        console.fill("年度", "2026")
        console.fill("事项", "冬季防冻检查")
        console.fill("负责人", "周主管")
        console.fill("期限", "2026-12-10")
        console.press("Ctrl-S")
        console.expect("冬季防冻检查", near: "周主管")
        console.expect("完成 0/1")
        console.press("Enter")
        console.expect("计划完成 · 冬季防冻检查")
        console.press("Ctrl-S")
        console.expect("冬季防冻检查", near: "完成")
        #expect(console.store.estate.planning.all.values.first?.done != nil)
    }

    @Test func anItemCarriesItsProgress() throws {
        let console = try ConsoleDriver(as: "赵经理", size: Size(width: 80, height: 24), now: "2026-11-23 09:00")
        try console.estate.do(
            "plan.item", ["year": "2026", "what": "冬季防冻检查", "who": "周主管", "due": "2026-12-10"])
        _ = console.controller.catchUp()
        console.show("plan")
        console.press("Ctrl-N")
        console.expect("计划进度 · 冬季防冻检查")
        console.fill("进度", "40")
        console.fill("改期限", "2026-12-20")
        console.press("Ctrl-S")
        console.expect("2026-12-20", near: "进行中 40%")
    }

    @Test func whatOnlyAWordShowsIsFinishedByEnter() throws {
        let console = try ConsoleDriver(as: "赵经理", size: Size(width: 80, height: 24), now: "2026-11-23 09:00")
        console.at("2027-01-06 09:00")
        console.show("duties")
        console.press("/")
        console.type("总结")
        console.press("Enter", "Enter")
        console.expect("完成 · 年终总结 2026")
        console.expectNot("summary-2026")
        console.press("Ctrl-S")
        #expect(console.store.estate.finishedDuties["summary-2026"] != nil)
    }

    @Test func whatIsOverdueStandsOut() throws {
        let console = try ConsoleDriver(as: "赵经理", size: Size(width: 80, height: 24), now: "2026-11-23 09:00")
        for (what, due) in [("冬季防冻检查", "2026-11-20"), ("年终总结", "2026-12-20")] {
            try console.estate.do("plan.item", ["year": "2026", "what": what, "who": "周主管", "due": due])
        }
        _ = console.controller.catchUp()
        console.show("plan")
        #expect(console.styles(of: "2026-11-20").contains { $0.tone == .danger })
        #expect(!console.styles(of: "2026-12-20").contains { $0.tone == .danger })
        #expect(console.styles(of: "年终总结").contains { $0.tone == .strong })
        let item = try #require(console.store.estate.planning.all.values.last)
        try console.estate.do("plan.done", ["item": item.id.id.text], by: "S04")
        _ = console.controller.catchUp()
        #expect(console.styles(of: "年终总结").first?.tone == .text)
    }
}
