import Screen
import Testing

@testable import Console
@testable import Estate

@Suite struct RequestDeadlineTests {
    private func console(size: Size = Size(width: 120, height: 36)) throws -> ConsoleDriver {
        try ConsoleDriver(as: "王芳", size: size)
    }

    @Test func whatIsOverdueStandsFirstAndIsRed() throws {
        let console = try console()
        for (requestClass, text) in [("other", "开证明"), ("repair.works", "补地砖")] {
            try console.estate.do("request.open", ["class": requestClass, "unit": "3-2-501", "text": text])
        }
        let repair = try console.estate.do(
            "request.open", ["class": "repair.minor", "unit": "3-2-502", "text": "灯不亮"])
        for request in console.store.estate.requests.open {
            try console.estate.do("request.assign", ["request": request.id.text, "to": "维修班"])
        }
        _ = repair
        console.open("requests")
        console.expect("处理中 3")
        console.expectNot("超期")
        console.at("2026-11-28 09:00")
        console.expect("超期 2")
        console.expect("超 3 天", near: "开证明")
        console.expect("超 2 天", near: "灯不亮")
        #expect(console.styles(of: "超 3 天").contains { $0.tone == .danger })
        #expect(RequestList.rows(console.controller.context).map(\.text) == ["开证明", "灯不亮", "补地砖"])
    }

    @Test func nobodySentInTimeIsToldAtOnce() throws {
        let console = try console()
        try console.estate.do(
            "request.open", ["class": "repair.minor", "unit": "3-2-501", "text": "爆管", "urgent": "yes"])
        _ = console.controller.catchUp()
        console.open("requests")
        console.expect("急 爆管", near: "待派")
        console.at("09:11")
        console.expect("爆管", near: "未回应")
        console.at("2026-11-24 09:30")
        console.expect("超 0:30", near: "爆管")
    }

    @Test func theClassIsGuessedShownAsAGuessAndMayBeChanged() throws {
        let console = try console()
        console.takeCall()
        console.type("厨房龙头滴水")
        console.press("Enter", "Enter", "Enter")
        console.expect("诉求转工单")
        console.expect("猜：零星维修（“滴水”），请核对")
        console.fill("房号", "3-2-501")
        console.press("Ctrl-S")
        console.expectRow(RequestsView.self) { $0.class == .minorRepair && $0.text == "厨房龙头滴水" }
    }

    @Test func theWorkOrderIsPrintedFromTheList() throws {
        let console = try console()
        try console.estate.do("request.open", ["class": "other", "unit": "3-2-501", "text": "开证明"])
        _ = console.controller.catchUp()
        console.open("requests")
        console.press("Ctrl-E")
        console.expect("已写好 1 张")
    }
}
