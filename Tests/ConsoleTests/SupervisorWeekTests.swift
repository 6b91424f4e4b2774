import Screen
import Testing

@testable import Console
@testable import Estate

/// The supervisor's week and the manager's month's end, with nothing but keys.
@Suite struct SupervisorWeekTests {
    @Test("5.1, 5.5: two inspections on two days, what failed is put right, requests are driven, a department answers")
    func week() throws {
        let console = try ConsoleDriver(as: "周主管", size: Size(width: 80, height: 24))
        for (unit, text) in [("3-2-501", "厨房龙头滴水"), ("3-2-502", "楼道太脏")] {
            try console.estate.do("request.open", ["class": "repair.minor", "unit": unit, "text": text])
        }
        _ = console.controller.catchUp()
        mondaysInspection(console)
        whatFailedIsPutRight(console)
        requestsAreDriven(console)

        // Wednesday: all is well.
        console.at("2026-11-25 09:00")
        console.show("inspections")
        console.press("F8", "Ctrl-S")
        console.expect("已检 0/58")
        console.press("Enter", times: 58)
        console.press("Ctrl-E")
        console.agree()
        console.expect("本周 2/2")
        let week = console.rows(DutiesView.self).filter { $0.rule.kind == "inspection" && $0.id.contains("2026-W48") }
        #expect(week.map(\.state) == [.done, .done])
    }

    private func mondaysInspection(_ console: ConsoleDriver) {
        console.press("F8", "Ctrl-S")
        console.expect("已检 0/58")
        console.press("Enter", times: 5)
        console.press("Ctrl-N")
        console.type("停电动车")
        console.press("Ctrl-S")
        console.expect("A6 不合格：当天处置，立即报主管")
        console.press("Enter", times: 52)
        console.expect("已检 58/58")
        console.press("Ctrl-E")
        console.agree()
        console.expect("本周 1/2")
    }

    private func whatFailedIsPutRight(_ console: ConsoleDriver) {
        console.show("rectifications")
        console.expect("停电动车", near: "今日止")
        console.press("Home", "Ctrl-G")
        console.type("秩序班")
        console.press("Ctrl-S")
        console.expectRow(RectificationsView.self) { $0.item == "A6" && $0.who != nil }
        console.press("Home", "Enter")
        console.agree()
        console.expectRow(RectificationsView.self) { $0.item == "A6" && $0.state == .rectified }
    }

    private func requestsAreDriven(_ console: ConsoleDriver) {
        console.open("requests")
        console.press("Home", "Ctrl-G")
        console.type("zgl")
        console.press("Enter")
        console.type("+2")
        console.press("Enter")
        console.expectRow(RequestsView.self) { $0.assigned == "郑管理" && $0.due?.text == "2026-11-25" }
        console.press("Ctrl-F")
        console.type("太脏")
        console.press("Enter", "Ctrl-B")
        console.type("保洁")
        console.press("Ctrl-S")
        console.show("matters")
        console.press("Enter")
        console.type("已清扫")
        console.press("Ctrl-S")
        console.expectRow(MattersView.self) { $0.what == "楼道太脏" && $0.answer?.text == "已清扫" }
    }

    @Test("4: the month's figures, the cases behind them, the page for the meeting, the plan")
    func monthEnd() throws {
        let console = try ConsoleDriver(as: "赵经理", size: Size(width: 80, height: 24), now: "2026-11-28 09:00")
        for rings in [2, 5] {
            let call = try console.estate.do("call.ring", ["direction": "incoming"])
            try console.estate.do("call.answer", ["call": call, "rings": "\(rings)"], by: "S02")
        }
        _ = console.controller.catchUp()
        console.show("month")
        for _ in 0..<3 {
            console.controller.pastReading?.work.wait()
            _ = console.controller.catchUp()
        }
        console.press("Ctrl-F")
        console.type("三声")
        console.press("Enter")
        console.expect("三声内接听", near: "50.00%")
        // The calls behind the figure.
        console.press("Enter")
        console.expect("响 5 声")
        console.press("Esc", "Esc")
        console.press("Ctrl-E")
        console.expect("已写好 1 张")
        console.press("Esc")

        console.show("plan")
        console.press("F8")
        console.fill("年度", "2026")
        console.fill("事项", "接听复训")
        console.fill("负责人", "周主管")
        console.fill("期限", "2026-12-10")
        console.press("Ctrl-S")
        console.expect("接听复训", near: "周主管")
        console.press("Enter", "Ctrl-S")
        #expect(console.store.estate.planning.all.values.first?.done != nil)
    }
}
