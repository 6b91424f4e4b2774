import Testing

@testable import Console
@testable import Estate

@Suite struct WholeDayTests {
    /// One day at the front console, from the first ring to the inspection, with nothing but keys.
    @Test func aWholeDayByTheKeyboard() throws {
        let console = try ConsoleDriver()
        console.signIn("王芳")
        console.expect("王芳", near: "前台接待")
        try aCallIsTaken(console)
        theRequestsAreDone(console)
        theReturnVisitsAreMade(console)
        moneyComesIn(console)
        aVisitorComesAndGoes(console)
        theSupervisorInspects(console)

        let twin = try TestEstate()
        try theSameDay(by: twin)
        let (typed, told) = (try normalizedRows(of: console.store), try normalizedRows(of: twin.store))
        #expect(Set(typed).subtracting(told) == [])
        #expect(Set(told).subtracting(typed) == [])
        #expect(typed.count == told.count)
    }

    private func aCallIsTaken(_ console: ConsoleDriver) throws {
        console.at("09:00")
        console.press("F8")
        console.fill("号码", "13799998888")
        console.press("Ctrl-S")
        console.expect("响铃 1 声")
        console.expect("未知来电人")
        console.press("Up", "Up", "Down")
        console.expect("响铃 2 声")
        console.press("Enter")
        console.expect("2 声接听 ✓")
        console.expectRow(CallsView.self) { $0.rings == 2 && $0.inTime == true }

        // Who it is: by pinyin, and once more by the digits of the room.
        console.at("09:01")
        console.press("Ctrl-F")
        console.type("sgq")
        console.expect("单国强", near: "3-2-502")
        console.press("Enter")
        console.expectRow(CallsView.self) { $0.person == "单国强" && $0.unit?.text == "3-2-502" }
        console.press("Ctrl-F")
        console.type("32501")
        console.expect("李小四", near: "家属")
        console.press("Enter")
        console.expectRow(CallsView.self) { $0.person == "李四" && $0.unit?.text == "3-2-501" }
        console.expect("李四", near: "3-2-501")
        console.expect("欠费 373.00", near: "浙A12345")

        // The demands.
        console.at("09:02")
        console.type("楼上太吵")
        console.press("Enter")
        console.expect("1 楼上太吵")
        console.type("厨房漏水")
        console.press("Enter")
        #expect(try console.demands() == ["楼上太吵", "厨房漏水"])

        // Something urgent.
        console.at("09:03")
        console.press("Ctrl-B")
        console.expect("征得同意")
        console.press("Enter")
        console.expect("暂停中")
        console.at("09:04")
        console.press("Ctrl-B")
        console.expect("致歉")
        console.press("Enter")
        console.expectNot("暂停中")

        // The two demands become requests.
        console.at("09:05")
        console.press("Up", "Up", "Enter")
        console.expect("转工单", near: "按时回访")
        console.press("Enter")
        console.expect("诉求转工单")
        console.expect("楼上太吵", near: "内容")
        console.press("Right", "Ctrl-S")
        console.expect("楼上太吵", near: "→ 投诉")
        console.press("Down", "Enter", "Enter")
        console.expect("厨房漏水", near: "内容")
        console.expect("猜：零星维修（“漏水”），请核对")
        console.press("Ctrl-S")
        console.expect("厨房漏水", near: "→ 零星维修")

        console.at("09:06")
        console.press("Ctrl-E", "Enter")
        console.expectRow(CallsView.self) { $0.ended == console.store.now && $0.omitted.isEmpty && $0.demands == 2 }
        console.expect("今日", near: "1 通")
    }

    private func theRequestsAreDone(_ console: ConsoleDriver) {
        console.at("09:59:59")
        console.open("requests")
        console.expect("投诉", near: "楼上太吵")
        console.press("Enter")
        console.expect("楼上太吵", near: "办结 · ")
        console.press("Enter")
        console.expect("承办人：")
        console.agree()
        console.expectRow(RequestsView.self) { $0.class == .complaint && $0.completed == console.store.now }
        console.at("10:04:59")
        console.press("Enter")
        console.expect("厨房漏水", near: "办结 · ")
        console.press("Enter")
        console.agree()
        console.expectRow(RequestsView.self) { $0.class == .minorRepair && $0.completed == console.store.now }
        console.expect("没有未完成的工单")
    }

    private func theReturnVisitsAreMade(_ console: ConsoleDriver) {
        console.open("followups")
        console.expect("投诉", near: "11-26")
        console.expect("零星维修", near: "11-26")
        console.expectRow(FollowUpsView.self) {
            $0.class == .complaint && $0.due.text == "2026-11-26" && $0.visitors == "regional,administrator"
        }
        console.expectRow(FollowUpsView.self) {
            $0.class == .minorRepair && $0.due.text == "2026-11-26" && $0.visitors == "administrator"
        }

        // The owner is not satisfied with how the complaint was handled.
        console.at("14:00")
        choose("楼上太吵", console)
        console.press("Enter")
        console.expect("吴区域,郑管理")
        console.press("Right", "Right")
        console.fill("业主签名", "李四")
        console.fill("不足", "夜里仍有噪声")
        console.press("Ctrl-S")
        console.expect("待整改", near: "楼上太吵")
        console.expectRow(FollowUpsView.self) {
            $0.result == .unsatisfied && $0.awaitsRectification && $0.absent.isEmpty
        }

        // It cannot be visited again before it is put right.
        choose("楼上太吵", console)
        console.press("Enter")
        console.expect("先按 Ctrl-R")
        console.at("15:00")
        console.press("Ctrl-R")
        console.expect("已整改？")
        console.press("Enter")
        console.expectRow(FollowUpsView.self) { $0.class == .complaint && $0.cycle == 2 && $0.state == .open }

        console.at("16:00")
        choose("楼上太吵", console)
        console.press("Enter", "Right")
        console.fill("业主签名", "李四")
        console.fill("质量", "已改善")
        console.fill("满意度", "5")
        console.press("Ctrl-S")
        console.expectRow(FollowUpsView.self) {
            $0.cycle == 2 && $0.result == .satisfied && $0.state == .done && $0.visited == ["吴区域", "郑管理"]
        }
        let report = console.store.estate.followUps.all.values.last?.reports.last
        #expect(report?.signer == "李四" && report?.quality == "已改善" && report?.satisfaction == 5)
        console.expect("没有符合的记录")
        console.press("Esc")
        console.expect("零星维修", near: "厨房漏水")
    }

    private func moneyComesIn(_ console: ConsoleDriver) {
        console.at("16:09:59")
        console.open("fees")
        console.expect("3-2-501", near: "373.00")
        console.expect("3-2-601", near: "373.00")
        console.expect("上月 0.0")
        console.press("Enter")
        console.expect("373.00", near: "金额")
        console.type("现金")
        console.press("Ctrl-S")
        console.expect("收到 3-2-501 李四 373.00 元？")
        console.agree()
        console.expectRow(PaymentsView.self) { $0.unit.text == "3-2-501" && $0.amount.text == "373.00" }
        #expect(console.rows(ArrearsView.self).map(\.unit.text) == ["3-2-601"])
        console.expectNot("没有欠费")
        console.expect("上月 50.0")
    }

    private func aVisitorComesAndGoes(_ console: ConsoleDriver) {
        console.at("16:20")
        console.open("gate")
        console.press("F8")
        console.type("张三")
        console.press("Enter")
        console.type("fl")
        console.expect("3-2-601", near: "冯六")
        console.press("Enter")
        console.type("快递")
        console.press("Ctrl-S")
        console.expect("在场", near: "张三")
        console.expectRow(GateView.self) { $0.name == "张三" && $0.state == .inside && $0.host.text == "3-2-601" }
        console.at("16:45")
        console.expect("在场 0:25", near: "张三")
        console.at("16:44:59")
        console.press("Enter")
        console.expect("张三（3-2-601）现在离场？")
        console.agree()
        console.expect("已离 16:45", near: "张三")
        console.expectRow(GateView.self) { $0.name == "张三" && $0.left == console.store.now }
    }

    private func theSupervisorInspects(_ console: ConsoleDriver) {
        console.at("17:00")
        console.signIn("zhouzg")
        console.expect("主管", near: "周主管")
        console.open("inspections")
        console.press("F8", "Ctrl-S")
        console.expect("本周 0/2")
        console.expect("已检 0/58")
        console.press("Enter", times: 10)
        console.expect("已检 10/58")
        console.press("Home", "Down", "Down", "Ctrl-N")
        console.expect("A3", near: "不合格")
        console.type("门厅积水")
        console.press("Ctrl-S")
        console.expect("门厅积水")
        console.press("End")
        console.press("Up", times: 47)
        console.press("Enter", times: 48)
        console.expect("已检 58/58")
        console.expect("不合格 1")
        console.at("17:30")
        console.press("Ctrl-E")
        console.expect("结束这次巡检？")
        console.agree()
        console.expect("本周 1/2")
        console.expect("待整改 1")
        console.expect("门厅积水", near: "A3")
        console.expectRow(RectificationsView.self) { $0.item == "A3" && $0.note == "门厅积水" && $0.state == .open }
    }

    /// Moves the selection of a list to the row that has a text, wherever it stands.
    private func choose(_ text: String, _ console: ConsoleDriver) {
        console.press("Esc", "Ctrl-F")
        console.type(text)
        console.press("Down")
    }

    /// The same day by the names of actions.
    private func theSameDay(by twin: TestEstate) throws {
        twin.clock.set("09:00")
        let call = try twin.do("call.ring", ["direction": "incoming", "phone": "13799998888"], by: "S02")
        try twin.do("call.answer", ["call": call, "rings": "2", "greeting": "true"], by: "S02")
        twin.clock.set("09:01")
        for name in ["单国强", "李四"] {
            let person = try #require(twin.store.estate.people.persons(named: name).first)
            try twin.do(
                "call.caller", ["call": call, "unit": person.unit.text, "person": person.id.id.text], by: "S02")
        }
        twin.clock.set("09:02")
        let noise = try twin.do("call.demand", ["call": call, "text": "楼上太吵"], by: "S02")
        let leak = try twin.do("call.demand", ["call": call, "text": "厨房漏水"], by: "S02")
        twin.clock.set("09:03")
        try twin.do("call.hold", ["call": call, "consent": "true"], by: "S02")
        twin.clock.set("09:04")
        try twin.do("call.resume", ["call": call, "apology": "true"], by: "S02")
        twin.clock.set("09:05")
        let complaint = try twin.do(
            "request.open",
            ["class": "complaint", "unit": "3-2-501", "text": "楼上太吵", "call": call, "demand": noise], by: "S02")
        let repair = try twin.do(
            "request.open",
            ["class": "repair.minor", "unit": "3-2-501", "text": "厨房漏水", "call": call, "demand": leak], by: "S02")
        twin.clock.set("09:06")
        try twin.do("call.end", ["call": call, "closing": "true", "hungUp": "true"], by: "S02")
        twin.clock.set("10:00")
        try twin.do("request.complete", ["request": complaint], by: "S02")
        twin.clock.set("10:05")
        try twin.do("request.complete", ["request": repair], by: "S02")
        let visit = try #require(twin.store.estate.followUps.all.values.first?.id)
        let both = "吴区域,郑管理"
        twin.clock.set("14:00")
        try twin.do(
            "followup.record",
            [
                "followup": visit.id.text, "result": "unsatisfied", "visitors": both, "signer": "李四",
                "shortcomings": "夜里仍有噪声",
            ], by: "S02")
        twin.clock.set("15:00")
        let again = try twin.do("followup.rectified", ["followup": visit.id.text], by: "S02")
        twin.clock.set("16:00")
        try twin.do(
            "followup.record",
            [
                "followup": again, "result": "satisfied", "visitors": both, "signer": "李四", "quality": "已改善",
                "satisfaction": "5",
            ], by: "S02")
        twin.clock.set("16:10")
        try twin.do("payment.receive", ["unit": "3-2-501", "amount": "373.00", "method": "现金"], by: "S02")
        twin.clock.set("16:20")
        let visitor = try twin.do("visitor.arrive", ["name": "张三", "host": "冯六", "purpose": "快递"], by: "S02")
        twin.clock.set("16:45")
        try twin.do("visitor.leave", ["visit": visitor], by: "S02")
        twin.clock.set("17:00")
        let inspection = try twin.do("inspection.open", ["template": "areas"], by: "S04")
        let items = try #require(twin.store.estate.inspections.all.values.first?.items)
        for item in items {
            var members = ["inspection": inspection, "item": item, "result": "pass"]
            if item == "A3" { (members["result"], members["note"]) = ("fail", "门厅积水") }
            try twin.do("inspection.mark", members, by: "S04")
        }
        // At the console the question is answered a second later.
        twin.clock.set("17:30:01")
        try twin.do("inspection.close", ["inspection": inspection], by: "S04")
    }
}
