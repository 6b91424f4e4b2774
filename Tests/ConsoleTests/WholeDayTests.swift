import Testing

@testable import Console
@testable import Estate

@Suite struct WholeDayTests {
    /// One day at the front desk, from the first ring to the inspection, with nothing but keys.
    @Test func aWholeDayByTheKeyboard() throws {
        let desk = try Script()
        desk.signIn("王芳")
        desk.expect("王芳", near: "前台接待")
        try aCallIsTaken(desk)
        theRequestsAreDone(desk)
        theReturnVisitsAreMade(desk)
        moneyComesIn(desk)
        aVisitorComesAndGoes(desk)
        theSupervisorInspects(desk)

        let twin = try SmallEstate()
        try theSameDay(by: twin)
        #expect(try told(desk.store) == told(twin.store))
    }

    private func aCallIsTaken(_ desk: Script) throws {
        desk.at("09:00")
        desk.press("F8")
        desk.fill("号码", "13799998888")
        desk.press("Ctrl-S")
        desk.expect("响铃 1 声")
        desk.expect("未知来电人")
        desk.press("Up", "Up", "Down")
        desk.expect("响铃 2 声")
        desk.press("Enter")
        desk.expect("2 声接听 ✓")
        desk.expectRow(CallsView.self) { $0.rings == 2 && $0.inTime == true }

        // Who it is: by pinyin, and once more by the digits of the room.
        desk.at("09:01")
        desk.press("Ctrl-F")
        desk.type("sgq")
        desk.expect("单国强", near: "3-2-502")
        desk.press("Enter")
        desk.expectRow(CallsView.self) { $0.person == "单国强" && $0.unit?.text == "3-2-502" }
        desk.press("Ctrl-F")
        desk.type("32501")
        desk.expect("李小四", near: "家属")
        desk.press("Enter")
        desk.expectRow(CallsView.self) { $0.person == "李四" && $0.unit?.text == "3-2-501" }
        desk.expect("李四", near: "3-2-501")
        desk.expect("欠费 373.00", near: "浙A12345")

        // What they want, one by one.
        desk.at("09:02")
        desk.type("楼上太吵")
        desk.press("Enter")
        desk.expect("1 楼上太吵")
        desk.type("厨房漏水")
        desk.press("Enter")
        #expect(try desk.demands() == ["楼上太吵", "厨房漏水"])

        // Something urgent.
        desk.at("09:03")
        desk.press("Ctrl-B")
        desk.expect("征得同意")
        desk.press("Right", "Enter")
        desk.expect("保留中")
        desk.at("09:04")
        desk.press("Ctrl-B")
        desk.expect("致歉")
        desk.press("Right", "Enter")
        desk.expectNot("保留中")

        // The two demands become requests.
        desk.at("09:05")
        desk.press("Up", "Up", "Enter")
        desk.expect("转工单", near: "按时回访")
        desk.press("Enter")
        desk.expect("诉求转工单")
        desk.expect("楼上太吵", near: "内容")
        desk.press("Right", "Ctrl-S")
        desk.expect("楼上太吵", near: "→ 投诉")
        desk.press("Down", "Enter", "Enter")
        desk.expect("厨房漏水", near: "内容")
        desk.press("Right", "Right", "Ctrl-S")
        desk.expect("厨房漏水", near: "→ 零星维修")

        desk.at("09:06")
        desk.press("Ctrl-E")
        desk.press("Right", "Enter", "Right", "Enter")
        desk.expectRow(CallsView.self) { $0.ended == desk.store.now && $0.omitted.isEmpty && $0.demands == 2 }
        desk.expect("今日", near: "1 通")
    }

    private func theRequestsAreDone(_ desk: Script) {
        desk.at("10:00")
        desk.press("F3")
        desk.expect("投诉", near: "楼上太吵")
        desk.press("Enter")
        desk.expect("楼上太吵", near: "已办完")
        desk.press("Enter")
        desk.expectRow(RequestsView.self) { $0.class == .complaint && $0.completed == desk.store.now }
        desk.at("10:05")
        desk.press("Enter")
        desk.expect("厨房漏水", near: "已办完")
        desk.press("Enter")
        desk.expectRow(RequestsView.self) { $0.class == .minorRepair && $0.completed == desk.store.now }
        desk.expect("没有未完成的工单")
    }

    private func theReturnVisitsAreMade(_ desk: Script) {
        desk.press("F4")
        desk.expect("投诉", near: "11-26")
        desk.expect("零星维修", near: "11-26")
        desk.expectRow(FollowUpsView.self) {
            $0.class == .complaint && $0.due.text == "2026-11-26" && $0.visitors == "regional,administrator"
        }
        desk.expectRow(FollowUpsView.self) {
            $0.class == .minorRepair && $0.due.text == "2026-11-26" && $0.visitors == "administrator"
        }

        // The owner is not satisfied with how the complaint was handled.
        desk.at("14:00")
        choose("楼上太吵", desk)
        desk.press("Enter")
        desk.expect("吴区域,郑管理")
        desk.press("Right", "Right")
        desk.fill("业主签名", "李四")
        desk.fill("不足", "夜里仍有噪声")
        desk.press("Ctrl-S")
        desk.expect("待整改", near: "楼上太吵")
        desk.expectRow(FollowUpsView.self) { $0.result == .unsatisfied && $0.awaitsRectification && $0.absent.isEmpty }

        // It cannot be visited again before it is put right.
        choose("楼上太吵", desk)
        desk.press("Enter")
        desk.expect("先按 Ctrl-R")
        desk.at("15:00")
        desk.press("Ctrl-R")
        desk.expect("已整改？")
        desk.press("Enter")
        desk.expectRow(FollowUpsView.self) { $0.class == .complaint && $0.cycle == 2 && $0.state == .open }

        desk.at("16:00")
        choose("楼上太吵", desk)
        desk.press("Enter", "Right")
        desk.fill("业主签名", "李四")
        desk.fill("质量", "已改善")
        desk.fill("满意度", "5")
        desk.press("Ctrl-S")
        desk.expectRow(FollowUpsView.self) {
            $0.cycle == 2 && $0.result == .satisfied && $0.state == .done && $0.visited == ["吴区域", "郑管理"]
        }
        let report = desk.store.estate.followUps.all.values.last?.reports.last
        #expect(report?.signer == "李四" && report?.quality == "已改善" && report?.satisfaction == 5)
        desk.expect("没有符合的记录")
        desk.press("Esc")
        desk.expect("零星维修", near: "厨房漏水")
    }

    private func moneyComesIn(_ desk: Script) {
        desk.at("16:10")
        desk.press("F5")
        desk.expect("3-2-501", near: "373.00")
        desk.expect("3-2-601", near: "373.00")
        desk.expect("上月 0.0")
        desk.press("Enter")
        desk.expect("373.00", near: "金额")
        desk.press("Ctrl-S")
        desk.expectRow(PaymentsView.self) { $0.unit.text == "3-2-501" && $0.amount.text == "373.00" }
        #expect(desk.rows(ArrearsView.self).map(\.unit.text) == ["3-2-601"])
        desk.expectNot("没有欠费")
        desk.expect("上月 50.0")
    }

    private func aVisitorComesAndGoes(_ desk: Script) {
        desk.at("16:20")
        desk.press("F6", "F8")
        desk.type("张三")
        desk.press("Enter")
        desk.type("fl")
        desk.expect("3-2-601", near: "冯六")
        desk.press("Enter")
        desk.type("快递")
        desk.press("Ctrl-S")
        desk.expect("在场", near: "张三")
        desk.expectRow(GateView.self) { $0.name == "张三" && $0.state == .inside && $0.host.text == "3-2-601" }
        desk.at("16:45")
        desk.expect("在场 0:25", near: "张三")
        desk.press("Enter")
        desk.expect("张三（3-2-601）现在离场？")
        desk.press("Enter")
        desk.expect("已离 16:45", near: "张三")
        desk.expectRow(GateView.self) { $0.name == "张三" && $0.left == desk.store.now }
    }

    private func theSupervisorInspects(_ desk: Script) {
        desk.at("17:00")
        desk.signIn("zhouzg")
        desk.expect("主管", near: "周主管")
        desk.press("F7", "F8", "Ctrl-S")
        desk.expect("本周 0/2")
        desk.expect("已检 0/23")
        desk.press("Enter", times: 10)
        desk.expect("已检 10/23")
        desk.press("Home", "Down", "Down", "Ctrl-N")
        desk.expect("1.3", near: "不合格")
        desk.type("未逐条记录")
        desk.press("Enter")
        desk.expect("未逐条记录")
        desk.press("End")
        desk.press("Up", times: 12)
        desk.press("Enter", times: 13)
        desk.expect("已检 23/23")
        desk.expect("不合格 1")
        desk.at("17:30")
        desk.press("Ctrl-E")
        desk.expect("结束这次巡检？")
        desk.press("Enter")
        desk.expect("本周 1/2")
        desk.expect("待整改 1")
        desk.expect("未逐条记录", near: "1.3")
        desk.expectRow(RectificationsView.self) { $0.item == "1.3" && $0.note == "未逐条记录" && $0.state == .open }
    }

    /// Moves the selection of a list to the row that has a text, wherever it stands.
    private func choose(_ text: String, _ desk: Script) {
        desk.press("Esc", "Ctrl-F")
        desk.type(text)
        desk.press("Down")
    }

    /// The same day by the names of actions.
    private func theSameDay(by twin: SmallEstate) throws {
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
        try twin.do("payment.receive", ["unit": "3-2-501", "amount": "373.00"], by: "S02")
        twin.clock.set("16:20")
        let visitor = try twin.do("visitor.arrive", ["name": "张三", "host": "冯六", "purpose": "快递"], by: "S02")
        twin.clock.set("16:45")
        try twin.do("visitor.leave", ["visit": visitor], by: "S02")
        twin.clock.set("17:00")
        let inspection = try twin.do("inspection.open", ["template": "weekly"], by: "S04")
        let items = try #require(twin.store.estate.inspections.all.values.first?.items)
        for item in items {
            var members = ["inspection": inspection, "item": item, "result": "pass"]
            if item == "1.3" { (members["result"], members["note"]) = ("fail", "未逐条记录") }
            try twin.do("inspection.mark", members, by: "S04")
        }
        twin.clock.set("17:30")
        try twin.do("inspection.close", ["inspection": inspection], by: "S04")
    }
}
