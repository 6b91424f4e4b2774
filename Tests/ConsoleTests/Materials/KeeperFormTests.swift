import Foundation
import Screen
import Testing

@testable import Console
@testable import Estate

/// What the keeper types into the forms of the store, and what is taken.
@Suite struct KeeperFormTests {
    private func console(size: Size = Size(width: 120, height: 36)) throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: "钱科长", size: size)
        for (sku, name) in [("S-01", "角阀"), ("S-02", "水龙头")] {
            try console.estate.do(
                "stock.item",
                [
                    "sku": sku, "name": name, "unit": "个", "kind": "consumable", "place": "A-1", "opening": "12",
                    "price": "2.5",
                ], by: "S08")
        }
        for team in ["维修班 老高", "维修班 小吴"] {
            try console.estate.do("stock.issue", ["sku": "S-01", "qty": "1", "to": team], by: "S08")
        }
        _ = console.controller.catchUp()
        return console
    }

    private func issue(_ console: ConsoleDriver) throws -> StockIssue {
        try #require(console.store.estate.materials.issues.values.last)
    }

    /// The form of an issue with its quantity.
    private func issuing(_ console: ConsoleDriver) {
        console.show("stock")
        console.press("Enter")
        console.type("2")
    }

    @Test(arguments: ["Enter", "Tab", "Ctrl-S"]) func aTeamStaysWhatWasTyped(key: String) throws {
        let console = try console()
        issuing(console)
        console.fill("领用人/班组", "维修班")
        // Those that have it in their names are offered beside.
        console.expect("维修班 小吴")
        console.press(key)
        if key != "Ctrl-S" { console.press("Ctrl-S") }
        #expect(try issue(console).to == "维修班")
    }

    @Test func oneOfTheSuggestionsIsTakenByHand() throws {
        let console = try console()
        issuing(console)
        console.fill("领用人/班组", "维修班")
        console.press("Down", "Ctrl-S")
        #expect(try ["维修班 老高", "维修班 小吴"].contains(issue(console).to))
    }

    @Test(arguments: [("3", "3"), ("A1", "A-1"), ("a1", "A-1"), ("A-1", "A-1"), ("地库", "地库")])
    func aPlaceIsWhatWasTypedOrTheSameWithoutItsDash(typed: String, place: String) throws {
        let console = try console()
        try console.estate.do(
            "stock.item", ["sku": "S-03", "name": "管", "unit": "米", "kind": "consumable", "place": "A-3"], by: "S08")
        _ = console.controller.catchUp()
        console.show("stock")
        console.press("F8")
        for (field, text) in [("物资编号", "S-09"), ("品名", "弯头"), ("单位", "个")] { console.fill(field, text) }
        console.fill("类别", "消耗")
        console.fill("存放位置", typed)
        console.press("Tab", "Ctrl-S")
        #expect(console.store.estate.materials.item(StockNumber("S-09"))?.place == place, "\(console.screen)")
    }

    @Test func anOpenRequestComesBeforeOneThatIsDoneAndSaysSo() throws {
        let console = try console()
        let open = try console.estate.do(
            "request.open", ["class": "repair.minor", "unit": "3-2-502", "text": "厨房水管漏水"], by: "S02")
        let done = try console.estate.do(
            "request.open", ["class": "repair.minor", "unit": "3-2-501", "text": "门"], by: "S02")
        try console.estate.do("request.complete", ["request": done, "workers": "S06"])
        _ = console.controller.catchUp()
        issuing(console)
        console.fill("领用人/班组", "维修班")
        console.fill("工单", "3-2-50")
        console.expect("3-2-502 厨房水管漏水", near: "处理中")
        console.expect("3-2-501 门", near: "已办结")
        console.press("Enter", "Ctrl-S")
        #expect(try issue(console).request?.id.text == open)
    }

    @Test func aRequestThatIsDoneIsTold() throws {
        let console = try console()
        let done = try console.estate.do(
            "request.open", ["class": "repair.minor", "unit": "3-2-501", "text": "门"], by: "S02")
        try console.estate.do("request.complete", ["request": done, "workers": "S06"])
        _ = console.controller.catchUp()
        issuing(console)
        console.fill("工单", "3-2-501")
        console.press("Enter")
        console.expect("这张工单已办结")
    }

    @Test(arguments: [Size(width: 80, height: 24), Size(width: 120, height: 36)])
    func aPartOfAnOrderAndWhatIsRejectedStandInTheList(size: Size) throws {
        let console = try console(size: size)
        let plan = try console.estate.do("stock.plan", ["sku": "S-02", "qty": "20", "why": "补足"], by: "S08")
        try console.estate.do("stock.approve", ["plan": plan], by: "S04")
        try console.estate.do("stock.order", ["plan": plan, "supplier": "绿叶劳保用品"], by: "S08")
        _ = console.controller.catchUp()
        console.show("purchases")
        console.press("Enter")
        console.fill("合格数量", "12")
        console.fill("拒收数量", "3")
        console.fill("拒收原因", "破损")
        console.press("Ctrl-S")
        console.expect("水龙头", near: "已到 12/20 拒 3 破损")
        console.expect("水龙头 12 个 已入库，拒收 3 个")
        // For a delivery that is rejected as a whole no price is typed: the last one is proposed.
        console.press("Enter")
        console.fill("合格数量", "0")
        console.fill("拒收数量", "8")
        console.fill("拒收原因", "受潮")
        console.press("Ctrl-S")
        console.expect("水龙头", near: "已到 12/20 拒 11 受潮")
        console.expect("水龙头 拒收 8 个")
    }

    @Test func theBookSaysForWhatAndAtWhichPrice() throws {
        let console = try console()
        let request = try console.estate.do(
            "request.open", ["class": "repair.minor", "unit": "3-2-501", "text": "漏水"], by: "S02")
        try console.estate.do(
            "stock.issue", ["sku": "S-02", "qty": "2", "to": "恒达水电器材", "request": request], by: "S08")
        try console.estate.do("stock.count", ["sku": "S-02", "qty": "9"], by: "S08")
        try console.estate.do("stock.settle", ["sku": "S-02"], by: "S04")
        _ = console.controller.catchUp()
        console.show("movements")
        console.press("F12")
        console.expect("恒达水电器材", near: "3-2-501 漏水")
        console.expect("恒达水电器材", near: "2.50")
        console.expect("盘亏", near: "盘点 钱科长")
        // The whole width is used.
        #expect(console.line(with: "恒达水电器材").contains("-5.00"))
    }

    @Test func aStockOfAnotherNodeOpensNoForm() throws {
        let console = try console()
        let copy = "\(console.estate.folder)-copy"
        defer { try? FileManager.default.removeItem(atPath: copy) }
        try FileManager.default.copyItem(atPath: console.estate.folder, toPath: copy)
        try FileManager.default.createDirectory(atPath: "\(copy)/journal/gate", withIntermediateDirectories: true)
        try FileManager.default.removeItem(atPath: "\(copy)/INSTANCE")
        try "gate\n".write(toFile: "\(copy)/NODE", atomically: false, encoding: .utf8)
        let store = try Store(at: copy, clock: console.estate.clock.clock)
        let controller = ConsoleController(store, as: store.estate.staff.member("钱科长"), language: .chinese)
        func lines() -> [String] { controller.picture(Size(width: 120, height: 36)).lines }
        _ = lines()
        for key in [Key.function(8), .enter] {
            controller.send(.key(key))
            #expect(controller.session.layers.isEmpty)
            #expect(lines().contains { $0.contains("由经理 F9 接管物资") }, "\(lines().joined(separator: "\n"))")
        }
    }
}
