import Foundation
import Screen
import Testing

@testable import Console
@testable import Estate

/// 盘点 from the keyboard: blind, shelf by shelf, with movements in between.
@Suite struct StocktakeListTests {
    private let count = 40

    private func console(as member: String = "钱科长") throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: member, size: Size(width: 120, height: 36))
        for number in 1...count {
            let code = number < 10 ? "0\(number)" : "\(number)"
            try console.estate.do(
                "stock.item",
                [
                    "sku": "K-\(code)", "name": "物料\(code)", "unit": "个", "kind": "consumable", "opening": "347",
                    "price": "2", "place": "B-\((number - 1) / 10)",
                ], by: "S08")
        }
        _ = console.controller.catchUp()
        return console
    }

    private func item(_ console: ConsoleDriver, _ number: String) throws -> StockItem {
        try #require(console.store.estate.materials.item(StockNumber(number)))
    }

    @Test func noFigureIsShownBeforeItIsTyped() throws {
        let console = try console()
        console.show("stocktakes")
        console.expectNot("347")
        console.press("Enter")
        console.expect("盘点 · 物料01（个）")
        console.expectNot("347")
        console.type("345")
        console.press("Ctrl-S")
        // Who counts is told to count again, not by how much it differs.
        console.expect("物料01", near: "请复盘")
        #expect(!console.line(with: "物料01").contains("-2"))
        console.press("Up")
        console.expect("请复盘，主管审批时看差异")
        console.expectNot("347")
        let supervisor = try ConsoleDriver(console.estate, as: "周主管")
        supervisor.show("stocktakes")
        supervisor.expect("物料01", near: "-2")
        supervisor.expect("物料01", near: "盘亏")
    }

    @Test func fortyItemsAreCountedWithMovementsInBetween() throws {
        let console = try console()
        console.show("stocktakes")
        for number in 1...count {
            let counted = number == 7 ? "350" : number == 11 ? "340" : "347"
            console.press("Enter")
            console.type(counted)
            console.press("Tab")
            console.type("347")
            console.press("Ctrl-S")
            console.estate.clock.pass(seconds: 60)
            if number % 10 == 0 {
                // Goods of a shelf that was counted leave before all is settled.
                try console.estate.do("stock.issue", ["sku": "K-0\(number / 10)", "qty": "5", "to": "维修班"], by: "S08")
                _ = console.controller.catchUp()
            }
        }
        let materials = console.store.estate.materials
        #expect(materials.counts.count == count)
        let verdicts = materials.items.values.map { materials.verdict(of: $0) }
        #expect(verdicts.count { $0 == .agree } == count - 2)
        #expect(try materials.verdict(of: item(console, "K-07")) == .surplus)
        #expect(try materials.verdict(of: item(console, "K-11")) == .shortage)
        console.expect("待审批 40")
        console.press("Ctrl-G")
        console.expect("审批人不能是盘点人")

        let supervisor = try ConsoleDriver(console.estate, as: "周主管")
        supervisor.show("stocktakes")
        for _ in 1...count {
            supervisor.press("Ctrl-G")
            supervisor.agree()
        }
        let settled = supervisor.store.estate.materials
        #expect(settled.counts.values.allSatisfy { $0.settlement != nil })
        // The movements meanwhile stay.
        #expect(settled.item(StockNumber("K-01"))?.onHand.text == "342")
        #expect(settled.item(StockNumber("K-07"))?.onHand.text == "350")
        #expect(settled.item(StockNumber("K-11"))?.onHand.text == "340")
        // Once the card is corrected all agree, and what differed today is still told.
        supervisor.press("Home")
        supervisor.expect("物料11", near: "卡片差错")
        try console.estate.do("stock.card", ["sku": "K-07", "qty": "350"], by: "S08")
        _ = supervisor.controller.catchUp()
        supervisor.expect("物料07", near: "盘盈")
        supervisor.expect("物料01", near: "相符")
        supervisor.press("Ctrl-R", "Esc", "Ctrl-E")
        let reports = try FileManager.default.contentsOfDirectory(atPath: "\(console.estate.folder)/reports")
        #expect(Set(reports.map { $0.prefix(9) }) == ["stocktake", "stockshee"])
    }

    @Test func theCounterDoesNotSettle() throws {
        let console = try console(as: "赵经理")
        console.show("stocktakes")
        console.press("Enter")
        console.type("347")
        console.press("Ctrl-S")
        console.press("Up", "Ctrl-G")
        console.expect("审批人不能是盘点人")
    }

    @Test func aCountIsSentBackAndMadeAgain() throws {
        let console = try console()
        console.show("stocktakes")
        console.press("Enter")
        console.type("340")
        console.press("Ctrl-S")
        let supervisor = try ConsoleDriver(console.estate, as: "周主管")
        supervisor.show("stocktakes")
        supervisor.press("Ctrl-U")
        supervisor.expect("退回复盘 · 物料01")
        supervisor.expectNothingRecorded { supervisor.press("Ctrl-S") }
        supervisor.fill("退回复盘的原因", "架子后面没数")
        supervisor.press("Ctrl-S")
        supervisor.expect("物料01 盘点已退回")
        supervisor.expect("物料01", near: "重新盘点")
        supervisor.expectNot("待审批")
        _ = console.controller.catchUp()
        // The reason is told, the ledger's figure is not.
        console.press("Home")
        console.expect("物料01", near: "请复盘")
        console.expect("退回复盘", near: "架子后面没数")
        console.expectNot("347")
        console.press("Enter")
        console.type("347")
        console.press("Ctrl-S")
        console.expect("物料01", near: "相符")
        #expect(try item(console, "K-01").onHand.text == "347")
    }

    /// Neither the lists nor what they are searched and sorted by tell who has no part in counts, or counts next.
    @Test func whatWaitsToBeSettledIsNotForAll() throws {
        let console = try console()
        try console.estate.do("staff.add", ["staff": "S09", "name": "李保管", "role": "keeper"])
        console.show("stocktakes")
        console.press("Enter")
        console.type("345")
        console.press("Ctrl-S")
        console.show("stock")
        console.expect("实盘 345 个")
        console.expect("物料01", near: "请复盘")
        for (member, state) in [("郑管理", "待审批"), ("李保管", "请复盘")] {
            let other = try ConsoleDriver(console.estate, as: member, size: Size(width: 200, height: 50))
            for list in ["stocktakes", "stock"] {
                other.show(list)
                other.press("Home")
                other.expect("物料01", near: state)
                for told in ["345", "盘亏"] { other.expectNot(told) }
                #expect(!other.line(with: "物料01").contains("-2"))
            }
        }
        let supervisor = try ConsoleDriver(console.estate, as: "周主管", size: Size(width: 200, height: 50))
        supervisor.show("stock")
        supervisor.press("Home")
        supervisor.expect("物料01", near: "盘亏")
        supervisor.expect("实盘 345 个")
    }

    @Test func aCardThatDiffersIsSeenAtOnce() throws {
        let console = try console()
        console.show("stocktakes")
        console.press("Ctrl-N")
        console.expect("卡片数 · 物料01（个）")
        console.type("349")
        console.press("Ctrl-S")
        console.press("Enter")
        console.type("349")
        console.press("Ctrl-S")
        console.expect("物料01", near: "请复盘")
        let supervisor = try ConsoleDriver(console.estate, as: "周主管")
        supervisor.show("stocktakes")
        supervisor.expect("物料01", near: "未入帐")
    }
}
