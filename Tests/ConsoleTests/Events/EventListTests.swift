import Screen
import Testing

@testable import Console
@testable import Estate

/// 文体活动: from its request to its plan, tasks, costs and page.
@Suite struct EventListTests {
    private func desk(as member: String = "周主管", size: Size = Size(width: 80, height: 24)) throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: member, size: size)
        try console.estate.do("request.open", ["class": "event", "unit": "3-2-501", "text": "重阳敬老活动"])
        _ = console.controller.catchUp()
        return console
    }

    private func event(_ console: ConsoleDriver) throws -> Ref<Request> {
        try #require(console.store.estate.requests.all.values.first).id
    }

    @Test func theRequestLeadsToItsEvent() throws {
        let console = try desk()
        try console.estate.do("request.open", ["class": "event", "unit": "3-2-502", "text": "健康义诊"])
        _ = console.controller.catchUp()
        console.open("requests")
        console.press("Down", "Ctrl-U")
        #expect(console.controller.session.focused.name == "events")
        console.press("Ctrl-G")
        console.expect("方案 · 健康义诊")
    }

    @Test func planTasksAndCostsByKey() throws {
        let console = try desk()
        console.show("events")
        console.expect("重阳敬老活动", near: "未定方案")
        console.press("Ctrl-G")
        console.fill("预算", "500")
        console.fill("活动日期", "12-05")
        console.press("Ctrl-S")
        console.expect("重阳敬老活动", near: "筹备中")
        console.press("Enter")
        console.fill("任务", "场地布置")
        console.fill("谁办", "工程")
        console.press("Ctrl-S")
        console.press("Ctrl-N")
        console.fill("金额", "620")
        console.fill("用途", "奖品")
        console.expect("超出预算 120.00 元")
        console.press("Ctrl-S")
        console.expect("! 620.00/500.00", near: "0/1")
        let events = console.store.estate.events
        let task = try #require(events.tasks(of: event(console)).first)
        #expect(task.who.text == "工程" && task.due?.text == "2026-12-05", "due by the event's day")
    }

    /// An event is no household's: its one form has a place of the estate, its day and its budget.
    @Test func aNewEventIsFilledInInOneForm() throws {
        let console = try desk()
        for place in ["物业办公室", "公共区域"] { try console.estate.do("place.add", ["place": place], by: "S01") }
        _ = console.controller.catchUp()
        console.show("events")
        console.press("F8")
        console.expect("新建活动")
        console.expectNot("房号")
        console.type("元旦联欢会")
        console.press("Enter")
        console.expect("物业办公室")
        console.type("公共")
        console.press("Enter")
        console.expectNot("新地点")
        console.type("12-31")
        console.press("Enter")
        console.type("800")
        console.press("Enter")
        console.expect("元旦联欢会", near: "筹备中")
        console.expect("2026-12-31", near: "0.00/800.00")
        #expect(console.store.estate.requests.all.values.last?.unit.text == "公共区域")
    }

    @Test func aNewPlaceIsToldWhileItIsTyped() throws {
        let console = try desk()
        console.show("events")
        console.press("F8")
        console.fill("活动", "义诊")
        console.fill("地点", "大堂")
        console.expect("新地点，一并登记")
        console.press("Ctrl-S")
        console.expect("义诊", near: "未定方案")
        #expect(console.store.estate.people.places.map(\.text) == ["大堂"])
    }

    @Test func aTaskIsDone() throws {
        let console = try desk()
        try console.estate.do(
            "event.task", ["request": event(console).id.text, "task": "场地布置", "who": "S03", "due": "2026-11-24"])
        _ = console.controller.catchUp()
        console.show("eventtasks")
        console.expect("场地布置", near: "马门岗")
        console.expect("秩序")
        console.press("Enter")
        console.expect("“场地布置”已完成（马门岗）？")
        console.agree()
        console.expect("场地布置", near: "已完成")
    }

    @Test func theRequestsDetailsHaveThePlanTasksAndCosts() throws {
        let console = try desk()
        let id = try event(console).id.text
        try console.estate.do("event.plan", ["request": id, "budget": "500", "date": "2026-12-05"])
        try console.estate.do("event.task", ["request": id, "task": "场地布置", "who": "工程"])
        try console.estate.do("event.cost", ["request": id, "amount": "120.50", "what": "奖品"])
        _ = console.controller.catchUp()
        console.open("requests")
        console.press("Ctrl-D")
        console.expect("2026-12-05", near: "已花 120.50 / 预算 500.00")
        console.expect("待办", near: "场地布置 工程")
        console.expect("120.50", near: "奖品")
    }

    @Test func anotherRequestIsNoEvent() throws {
        let console = try ConsoleDriver(as: "周主管")
        try console.estate.do("request.open", ["class": "repair.minor", "unit": "3-2-501", "text": "灯不亮"])
        _ = console.controller.catchUp()
        console.open("requests")
        console.press("Ctrl-U")
        console.expect("这不是文体活动")
    }

    @Test func whatIsToBeDoneStandsOutFromWhatIsDone() throws {
        let console = try desk()
        let event = try event(console).id.text
        try console.estate.do("event.plan", ["request": event, "date": "2026-12-05", "budget": "500"], by: "S04")
        for task in ["场地布置", "买奖品"] {
            try console.estate.do("event.task", ["request": event, "task": task, "who": "工程"], by: "S04")
        }
        let done = try #require(console.estate.store.estate.events.tasks.values.first)
        try console.estate.do("task.done", ["task": done.id.id.text], by: "S04")
        _ = console.controller.catchUp()
        console.show("eventtasks")
        #expect(console.styles(of: "场地布置").first?.tone == .text)
        #expect(console.styles(of: "买奖品").first?.tone == .strong)
    }
}
