import Foundation
import Screen
import Testing

@testable import Console
@testable import Estate

/// 物资: the keeper's day at the keyboard.
@Suite struct KeeperDayTests {
    private func console(
        as member: String = "钱科长", size: Size = Size(width: 120, height: 36)
    ) throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: member, size: size)
        try item(
            console, "S-01", "角阀 DN15", ["quota": "6", "min": "10", "max": "30", "opening": "12", "price": "12.5"])
        try item(console, "S-02", "水龙头", ["min": "3", "opening": "2", "price": "30", "max": "9"])
        try item(console, "Z-01", "人字梯", ["kind": "turnover", "unit": "架", "opening": "3", "price": "180"])
        _ = console.controller.catchUp()
        return console
    }

    private func item(_ console: ConsoleDriver, _ sku: String, _ name: String, _ more: [String: String]) throws {
        try console.estate.do(
            "stock.item",
            ["sku": sku, "name": name, "unit": "个", "kind": "consumable", "place": "A-1"].merging(more) { $1 },
            by: "S08")
    }

    private func stock(_ console: ConsoleDriver, _ sku: String) -> String {
        console.store.estate.materials.item(StockNumber(sku))?.onHand.text ?? ""
    }

    @Test func theStoreIsTheKeepersFirstWindowWithWhatIsShortFirst() throws {
        let console = try console()
        console.expect("水龙头", near: "2 个")
        let rows = console.lines.filter { $0.contains("水龙头") || $0.contains("角阀") }
        #expect(rows.first?.contains("水龙头") == true)
        console.expect("短缺 1")
        console.expect("物资短缺 1")
    }

    @Test func aKnownItemIsIssuedWithEightKeys() throws {
        let console = try console()
        try console.estate.do("stock.issue", ["sku": "S-01", "qty": "1", "to": "维修班 老高"], by: "S08")
        console.show("stock")
        console.press("Down")
        let keys = ["Enter", "2", "Tab", "w", "x", "Enter", "Ctrl-S"]
        #expect(keys.count <= 8)
        for key in keys { console.press(key) }
        #expect(stock(console, "S-01") == "9")
        #expect(console.store.estate.materials.issues.values.last?.to == "维修班 老高")
        console.expect("短缺 2")
    }

    @Test func theFormShowsWhatIsThereAndTheQuota() throws {
        let console = try console()
        console.show("stock")
        console.press("Down", "Enter")
        console.expect("库存 12 个")
        console.expect("本月已领 0 个，定额 6")
        console.fill("数量", "7")
        console.press("Tab")
        console.expect("超本月定额 1 个，要先批")
        console.fill("数量", "13")
        console.press("Tab")
        console.expect("库存只有 12 个")
    }

    @Test func aToolIsLentAndComesBackDamaged() throws {
        let console = try console()
        console.show("stock")
        console.press("Down", "Down", "Enter")
        console.expect("借出 · 人字梯")
        console.type("2")
        console.fill("借用人/班组", "维修班")
        console.press("Ctrl-S")
        #expect(stock(console, "Z-01") == "1")
        console.show("outgoing")
        console.expect("人字梯", near: "2 架")
        console.press("Enter")
        console.fill("完好归还", "1")
        console.fill("损坏", "1")
        console.press("Ctrl-S")
        #expect(stock(console, "Z-01") == "2")
        console.expect("未还 0")
    }

    @Test func whatIsShortIsPlannedApprovedOrderedAndReceived() throws {
        let console = try console()
        console.show("purchases")
        console.expect("短缺", near: "水龙头")
        console.press("Enter")
        console.expect("低于最低库存")
        console.press("Ctrl-S")
        console.expect("待批", near: "7 个")
        console.press("Enter")
        console.expect("客服主管")
        let supervisor = try ConsoleDriver(console.estate, as: "周主管")
        supervisor.expect("物资待批 1")
        supervisor.show("purchases")
        supervisor.expectNothingRecorded { supervisor.press("Enter") }
        supervisor.agree()
        _ = console.controller.catchUp()
        console.press("Enter")
        console.fill("供应商", "五金店")
        console.press("Ctrl-S")
        console.expect("已订货", near: "五金店")
        console.press("Enter")
        console.expect("入库 · 水龙头")
        console.fill("单价", "28")
        console.press("Ctrl-S")
        #expect(stock(console, "S-02") == "9")
        console.expect("已到货")
    }

    @Test func whatARequestTookStandsAtTheRequest() throws {
        let console = try console()
        let request = try console.estate.do(
            "request.open", ["class": "repair.minor", "unit": "3-2-501", "text": "角阀漏水"], by: "S02")
        try console.estate.do(
            "stock.issue", ["sku": "S-01", "qty": "2", "to": "维修班", "request": request], by: "S08")
        _ = console.controller.catchUp()
        console.open("requests")
        console.press("Ctrl-D")
        console.expect("25.00  用料 角阀 DN15 2 个")
    }

    @Test func whatIsIssuedMeanwhileStandsAtTheRequestByItself() throws {
        let console = try console()
        let request = try console.estate.do(
            "request.open", ["class": "repair.minor", "unit": "3-2-501", "text": "角阀漏水"], by: "S02")
        _ = console.controller.catchUp()
        console.show("requests")
        console.expectNot("用料")
        try console.estate.do(
            "stock.issue", ["sku": "S-01", "qty": "2", "to": "维修班", "request": request], by: "S08")
        _ = console.controller.catchUp()
        console.expect("25.00  用料 角阀 DN15 2 个")
    }

    @Test(arguments: [Size(width: 80, height: 24), Size(width: 120, height: 36), Size(width: 160, height: 45)])
    func theBookHasNamesAndFiguresWhole(size: Size) throws {
        let console = try console(size: size)
        try console.estate.do(
            "stock.item",
            ["sku": "S-09", "name": "防火门液压闭门器", "unit": "套", "kind": "consumable", "opening": "128", "price": "85"],
            by: "S08")
        try console.estate.do("stock.issue", ["sku": "S-09", "qty": "2.5", "to": "维修班 老高"], by: "S08")
        _ = console.controller.catchUp()
        console.show("movements")
        console.expect("防火门液压闭门器", near: "-2.5")
        console.expect("防火门液压闭门器", near: "125.5 套")
        console.expect("防火门液压闭门器", near: "维修班 老高")
    }

    @Test func aWrongPriceIsCorrectedInTheBook() throws {
        let console = try console()
        try console.estate.do("stock.receive", ["sku": "S-02", "qty": "7", "price": "280"], by: "S08")
        _ = console.controller.catchUp()
        console.show("movements")
        console.expect("水龙头", near: "+7")
        console.press("Enter")
        console.expect("改价 · 水龙头")
        console.type("28")
        console.fill("原因", "票据写错")
        console.press("Ctrl-S")
        console.expect("库存调整")
        console.agree()
        #expect(console.store.estate.materials.item(StockNumber("S-02"))?.value.text == "256.00")
        console.expect("改价", near: "-1,764.00")
    }

    @Test func theReportsOfTheStoreAreInOneMenu() throws {
        let console = try console()
        try console.estate.do("stock.issue", ["sku": "S-01", "qty": "1", "to": "维修班 老高"], by: "S08")
        console.show("stock")
        for number in 1...4 { console.press("Ctrl-E", "\(number)", "Esc") }
        let reports = try FileManager.default.contentsOfDirectory(atPath: "\(console.estate.folder)/reports")
        #expect(Set(reports.map { String($0.prefix(9)) }) == ["stockvalu", "consumpti", "stockwork"])
        #expect(
            reports.contains { $0.hasPrefix("stockwork-2026-") } && reports.contains { $0.hasPrefix("stockwork-2026.") }
        )
    }

    @Test func goodsAreIssuedAtTheRequest() throws {
        let console = try console()
        try console.estate.do(
            "request.open", ["class": "repair.minor", "unit": "3-2-501", "text": "角阀漏水"], by: "S02")
        _ = console.controller.catchUp()
        console.open("requests")
        console.press("Ctrl-R")
        console.expect("领料 · 3-2-501 角阀漏水")
        console.fill("物资", "jf")
        console.press("Enter")
        console.fill("数量", "1")
        console.fill("领用人/班组", "维修班")
        console.press("Ctrl-S")
        #expect(console.store.estate.materials.issues.values.last?.request != nil)
        #expect(stock(console, "S-01") == "11")
    }

    @Test(arguments: [Size(width: 80, height: 24), Size(width: 120, height: 36), Size(width: 160, height: 45)])
    func figuresStandWholeAtEverySize(size: Size) throws {
        let console = try console(size: size)
        console.show("stock")
        console.expect("角阀 DN15", near: "12 个")
        console.show("stocktakes")
        console.expect("人字梯", near: "未盘点")
    }
}
