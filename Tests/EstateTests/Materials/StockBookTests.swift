import Journal
import TestSupport
import Testing

@testable import Estate

@Suite("Materials: the account book, and what stands in it")
struct StockBookTests {
    private let test: TestEstate

    init() throws {
        test = try TestEstate(now: "2026-11-23T09:00")
        try keep(
            "item",
            [
                "sku": "S-01", "name": "角阀", "unit": "个", "kind": "consumable", "opening": "10", "price": "2.5",
                "place": "A-0",
            ], at: "2026-11-01T08:00")
    }

    @discardableResult
    private func keep(_ action: String, _ members: [String: String], at time: String = "2026-11-23T09:00") throws
        -> String
    { try test.do("stock.\(action)", ["sku": "S-01"].merging(members) { $1 }, by: "S08", at: time) }

    private func last() throws -> MovementsView.Row { try #require(try test.show(MovementsView.self).last) }
    private func place(asOf time: String? = nil) throws -> String? { try test.only(StockView.self, asOf: time).place }

    @Test("a line has its unit price; where nothing moves it has none")
    func price() throws {
        #expect(try last().price?.text == "2.50")
        try keep("receive", ["qty": "5", "price": "4"])
        #expect(try last().price?.text == "4.00")
        // 15 are worth 45.00.
        try keep("issue", ["qty": "0.5", "to": "维修班"])
        #expect(try last().price?.text == "3.00" && last().value.money.text == "-1.50")
        try keep("move", ["place": "A-9"])
        #expect(try last().price == nil)
    }

    @Test("a posted difference says who counted, besides who approved it")
    func counter() throws {
        try keep("count", ["qty": "9"])
        try test.do("stock.settle", ["sku": "S-01"], by: "S04")
        #expect(try last().what == .shortage && last().counter == "S08" && last().subject.by == "S04")
        let texts = Dictionary(uniqueKeysWithValues: zip(MovementsView.columnDescriptions.map(\.key), try last().texts))
        #expect(texts["counter"] == "钱科长" && texts["by"] == "周主管")
    }

    @Test("the place is that of the latest move, whichever was entered first")
    func moves() throws {
        try keep("move", ["place": "A-1"], at: "2026-11-20T08:00")
        try keep("move", ["place": "A-2"], at: "2026-11-19T08:00")
        #expect(try place() == "A-1" && place(asOf: "2026-11-19") == "A-2")
        #expect(try last().note?.chinese == "A-2")
        try keep("move", ["place": "A-3"])
        #expect(try place() == "A-3" && last().note?.chinese == "A-1 → A-3")
    }

    @Test("an issue to a request that is completed is recorded with a warning")
    func completed() throws {
        let request = try test.do("request.open", ["class": "repair.minor", "unit": "3-2-501", "text": "漏水"])
        func warnings() throws -> [String] {
            let action = try Estate.action(named: "stock.issue").read(
                ["sku": "S-01", "qty": "1", "to": "维修班", "request": .string(request)], zone: .shanghai)
            return try test.store.perform(action, by: "S08").warnings
        }
        #expect(try warnings().isEmpty)
        #expect(Request.candidates(in: test.estate).map(\.detail.chinese) == ["处理中 零星维修 11-23"])
        try test.do("request.complete", ["request": request, "workers": "S06"])
        #expect(try warnings() == ["stock.completed"])
        let cautions = IssueStock.cautions(with: ["request": request], by: "S08", in: test.estate)
        #expect(cautions["request"]?.chinese == "这张工单已办结：看看是不是选错了")
    }

    @Test("open requests are offered before those that are done")
    func requests() throws {
        let done = try test.do("request.open", ["class": "repair.minor", "unit": "3-2-501", "text": "漏水"])
        let open = try test.do("request.open", ["class": "repair.minor", "unit": "3-2-502", "text": "漏水"])
        let later = try test.do("request.open", ["class": "repair.minor", "unit": "3-2-502", "text": "门"])
        for id in [done, later] { try test.do("request.complete", ["request": id, "workers": "S06"]) }
        let candidates = Request.candidates(in: test.estate)
        #expect(candidates.map(\.value) == [open, later, done] && candidates.map(\.isPast) == [false, true, true])
        #expect(candidates[1].detail.chinese.hasPrefix("已办结"))
    }

    @Test("what comes of an order in parts, and what is rejected of it, stands at the order with the reason")
    func arrivals() throws {
        let plan = try keep("plan", ["qty": "20", "why": "补足"])
        try test.do("stock.approve", ["plan": plan], by: "S04")
        try test.do("stock.order", ["plan": plan, "supplier": "绿叶"], by: "S08")
        func arrival() throws -> String? { try test.only(PurchasesView.self).arrival?.chinese }
        #expect(try arrival() == nil)
        try keep("receive", ["qty": "12", "price": "2.5", "rejected": "3", "why": "破损", "supplier": "绿叶"])
        #expect(try arrival() == "已到 12/20 拒 3 破损")
        // What is rejected as a whole costs nothing, and its price is not the last one.
        try keep("receive", ["qty": "0", "price": "9", "rejected": "1", "why": "受潮", "supplier": "绿叶"])
        let row = try test.only(PurchasesView.self)
        #expect(row.arrival?.chinese == "已到 12/20 拒 4 受潮" && row.state == .ordered && row.outstanding.text == "8")
        let stock = try test.only(StockView.self)
        #expect(stock.onHand.text == "22" && stock.lastPrice?.text == "2.50")
        try keep("receive", ["qty": "8", "price": "2.5", "supplier": "绿叶"])
        #expect(try arrival() == "已到 20/20 拒 4 受潮")
    }

    @Test("a number that is too large says so and tells the limit", arguments: ["qty", "price"])
    func tooLarge(key: String) throws {
        let members = ["qty": "1", "price": "1"].merging([key: "99999999999.99"]) { $1 }
        let refused = refusal { try keep("receive", members) }
        #expect(refused?.code == "number.large" && refused?.message.chinese.contains("999,999,999") == true)
        #expect(refusal { try keep("receive", ["qty": "1e9", "price": "1"]) }?.code == "number.malformed")
    }

    @Test(
        "a number that a spreadsheet has spoilt is refused",
        arguments: ["2026-11-29", "2026/1/2", "1月2日", "1.2E+11", "1.20e+11"])
    func spoilt(number: String) {
        let members = ["sku": number, "name": "管", "unit": "个", "kind": "consumable"]
        #expect(refusal { try keep("item", members) }?.code == "stock.damaged")
    }

    @Test("numbers that only look like dates or powers are taken", arguments: ["12-11-05", "2E3", "20261129"])
    func sound(number: String) throws {
        try keep("item", ["sku": number, "name": "管", "unit": "个", "kind": "consumable"])
        #expect(test.estate.materials.item(StockNumber(number)) != nil)
    }
}
