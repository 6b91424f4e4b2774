import Screen
import Testing

@testable import Console
@testable import Estate

/// 定期工作: what waits is done from its row.
@Suite struct DutyListTests {
    /// Two tasks of an event and an answer of a department that are late.
    private func console(size: Size = Size(width: 80, height: 24)) throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: "周主管", size: size)
        let event = try console.estate.do("request.open", ["class": "event", "unit": "3-2-501", "text": "重阳敬老"])
        for (task, due) in [("布置", "2026-11-23"), ("拍照", "2026-11-24")] {
            try console.estate.do("event.task", ["request": event, "task": task, "who": "工程", "due": due])
        }
        try console.estate.do("matter.pass", ["to": "工程", "what": "地库灯不亮", "due": "2026-11-25"])
        _ = console.controller.catchUp()
        console.at("2026-11-27 09:00")
        console.show("duties")
        console.press("Home")
        return console
    }

    private func selected(_ console: ConsoleDriver) throws -> String {
        let session = console.controller.session
        let row = session.pane(ListPane<DutyList>.self)?.selected(console.controller.context)
        return try #require(row?.subject.subject)
    }

    /// It has no field to be filled in: in place of a form it is asked.
    @Test func aDutyWithoutFieldsIsAsked() throws {
        let console = try console()
        #expect(try selected(console) == "布置 工程 · 重阳敬老")
        console.expectNothingRecorded { console.press("Enter") }
        console.expect("任务完成 · 布置 工程 · 重阳敬老？")
        console.agree()
        #expect(console.store.estate.events.tasks.values.count { $0.done != nil } == 1)
    }

    @Test func whatIsDoneLateIsNotLateAnyMore() throws {
        let console = try console(size: Size(width: 120, height: 36))
        console.press("Enter")
        console.agree()
        #expect(try selected(console) == "拍照 工程 · 重阳敬老")
        console.press("F12")
        console.expect("布置 工程", near: "逾期完成")
        console.expect("布置 工程", near: "11-27 完成")
    }

    /// The title counts the member's own duties, and those of other roles apart.
    @Test func theTitleCountsOnesOwn() throws {
        let console = try console(size: Size(width: 120, height: 36))
        console.expect("待办 4 逾期 3")
        console.signIn("郑管理")
        console.show("duties")
        console.expect("其他岗位 4")
    }
}
