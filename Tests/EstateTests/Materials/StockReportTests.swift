import Journal
import TestSupport
import Testing

@testable import Estate

@Suite("Materials: reports")
struct StockReportTests {
    private let test: TestEstate

    init() throws {
        test = try TestEstate(now: "2026-11-23T09:00")
        for (sku, name, kind) in [("S-01", "角阀", "consumable"), ("Z-01", "人字梯", "turnover")] {
            try test.do(
                "stock.item",
                ["sku": sku, "name": name, "unit": "个", "kind": kind, "opening": "10", "price": "12.5", "min": "2"],
                by: "S08", at: "2026-10-01T08:00")
        }
    }

    private func issue(_ qty: String, to team: String, at time: String) throws -> String {
        try test.do("stock.issue", ["sku": "S-01", "qty": qty, "to": team], by: "S08", at: time)
    }

    @Test("consumption by team and month, less what came back")
    func consumption() throws {
        _ = try issue("1", to: "维修班", at: "2026-10-05T08:00")
        let issue = try issue("3", to: "维修班", at: "2026-11-05T08:00")
        _ = try self.issue("1", to: "保洁班", at: "2026-11-06T08:00")
        try test.do("stock.return", ["issue": issue, "qty": "1"], by: "S08", at: "2026-11-07T08:00")
        let rows = try test.show(ConsumptionReport.self, ["period": "2026-11"])
        #expect(
            rows.map { "\($0.to) \($0.quantity.text) \($0.cost.money.text)" } == ["保洁班 1 12.50", "维修班 2 25.00"])
        let document = try ConsumptionReport().document(of: test.estate, at: test.store.now, .chinese)
        #expect(document.sheets.first?.tables.last?.last == ["合计", "", "", "25.00", ""])
        #expect(document.sheets.first?.heading == "翠湖花园 2026-11 用料报表")
        #expect(try test.show(ConsumptionReport.self, ["period": "2026-09"]).isEmpty)
    }

    @Test("stock and value stand by kind, with their sums")
    func value() throws {
        let document = try StockValueReport().document(of: test.estate, at: test.store.now, .chinese)
        let sheet = try #require(document.sheets.first)
        #expect(sheet.values["库存总额"] == "250.00")
        #expect(sheet.tables.map { $0.last?[4] } == ["125.00", "125.00"])
    }

    @Test("the month's work report is drafted from the facts")
    func work() throws {
        _ = try issue("9", to: "维修班", at: "2026-11-05T08:00")
        try test.do(
            "stock.lend", ["sku": "Z-01", "qty": "1", "to": "保洁班", "due": "2026-11-20"], by: "S08", at: "2026-11-10")
        let rows = try test.show(StockWorkReport.self)
        let values = Dictionary(uniqueKeysWithValues: rows.map { ($0.subject.name.chinese, $0.subject.value.chinese) })
        #expect(values["领用出库"] == "1 笔 112.50 元" && values["期末借出未还"] == "1 笔，逾期 1")
        #expect(values["期末短缺"] == "角阀" && values["期末库存"] == "125.00 元")
        #expect(values["期初库存"] == "250.00 元" && values["借出"] == "1 笔 12.50 元" && values["期初登记"] == "没有")
        #expect(values["期间"] == "2026-11" && values["退库"] == "没有")
    }

    @Test("the report of a month that is over has what there was at its end; openings are not receipts")
    func pastMonth() throws {
        _ = try issue("9", to: "维修班", at: "2026-11-05T08:00")
        try test.do("stock.lend", ["sku": "Z-01", "qty": "1", "to": "保洁班"], by: "S08", at: "2026-11-10")
        let rows = try test.show(StockWorkReport.self, ["period": "2026-10"])
        let values = Dictionary(uniqueKeysWithValues: rows.map { ($0.subject.name.chinese, $0.subject.value.chinese) })
        #expect(values["期初库存"] == "0.00 元" && values["期末库存"] == "250.00 元")
        #expect(values["期初登记"] == "2 笔 250.00 元" && values["验收入库"] == "没有")
        #expect(values["期末借出未还"] == "没有" && values["期末短缺"] == "没有")
    }

    @Test("opening, in and out make the closing value; what is lent stands beside it")
    func balance() throws {
        try test.do("stock.receive", ["sku": "S-01", "qty": "4", "price": "12.5"], by: "S08", at: "2026-11-03T08:00")
        _ = try issue("9", to: "维修班", at: "2026-11-05T08:00")
        let loan = try test.do(
            "stock.lend", ["sku": "Z-01", "qty": "3", "to": "保洁班"], by: "S08", at: "2026-11-10T08:00")
        try test.do("stock.back", ["loan": loan, "qty": "1", "damaged": "1"], by: "S08", at: "2026-11-11T08:00")
        let rows = try test.show(StockWorkReport.self)
        let values = Dictionary(uniqueKeysWithValues: rows.map { ($0.subject.name.chinese, $0.subject.value.chinese) })
        // 250.00 + 62.50 − 150.00 = 162.50
        #expect(values["期初库存"] == "250.00 元" && values["本期增加合计"] == "62.50 元")
        #expect(values["本期减少合计"] == "150.00 元" && values["期末库存"] == "162.50 元")
        #expect(values["期末借出金额"] == "12.50 元")
    }

    @Test("a month or a year that has not come is refused, as everywhere")
    func early() {
        for members in [["period": "2027-01"], ["year": "2027"]] {
            #expect(refusal { _ = try test.show(StockWorkReport.self, members) }?.code == "period.early")
        }
        #expect(
            refusal { _ = try test.show(ConsumptionReport.self, ["period": "2026-12"]) }?.code == "period.early")
    }

    @Test("the value as of a moment goes by what had happened by then in the order of recording, and says so")
    func valueAsOf() throws {
        try test.do("stock.receive", ["sku": "S-01", "qty": "10", "price": "2.5"], by: "S08", at: "2026-11-10T08:00")
        // Recorded after the receipt, of a day before it.
        _ = try issue("1", to: "维修班", at: "2026-11-05T08:00")
        func worth(asOf time: String?) throws -> String? {
            try test.show(StockValueReport.self, asOf: time).first { $0.number == "S-01" }?.subject.value.text
        }
        func booked(before time: String) throws -> String {
            let lines = test.estate.materials.movements.filter { $0.at < at(time) && $0.value.money != .zero }
            let own = lines.filter { test.estate.materials.items[$0.item]?.number == "S-01" }
            return own.reduce(Money.zero) { $0 + $1.value.money }.text
        }
        #expect(try worth(asOf: nil) == "142.50" && booked(before: "2026-12-01") == "142.50")
        #expect(try worth(asOf: "2026-11-06") == "112.50" && booked(before: "2026-11-07") == "117.50")
        let document = try StockValueReport().document(of: test.estate, at: test.store.now, .chinese)
        #expect(document.sheets.first?.foot.hasPrefix("金额按登记先后计价") == true)
    }

    @Test("price differences stand in the work report, and beside the consumption")
    func differences() throws {
        let receipt = try test.do(
            "stock.receive", ["sku": "S-01", "qty": "10", "price": "2.5"], by: "S08", at: "2026-11-02T08:00")
        _ = try issue("10", to: "维修班", at: "2026-11-05T08:00")
        try test.do("stock.reprice", ["receipt": receipt, "price": "3.5", "why": "票"], by: "S08")
        let rows = try test.show(StockWorkReport.self)
        let values = Dictionary(uniqueKeysWithValues: rows.map { ($0.subject.name.chinese, $0.subject.value.chinese) })
        #expect(values["改价差额"] == "库存 5.00 元，已领部分 5.00 元")
        let document = try ConsumptionReport().document(of: test.estate, at: test.store.now, .chinese)
        #expect(document.sheets.first?.values["改价差额"] == "库存 5.00 元，已领部分 5.00 元")
    }

    @Test("the year's work report has all its months")
    func yearOfWork() throws {
        _ = try issue("1", to: "维修班", at: "2026-10-05T08:00")
        _ = try issue("2", to: "维修班", at: "2026-11-05T08:00")
        func issued(_ members: [String: String]) throws -> String? {
            try test.show(StockWorkReport.self, members).first { $0.subject.name.chinese == "领用出库" }?.subject.value
                .chinese
        }
        #expect(try issued(["year": "2026"]) == "2 笔 37.50 元" && issued(["period": "2026-10"]) == "1 笔 12.50 元")
        #expect(try issued(["year": "2025"]) == "没有")
        let document = try StockWorkReport(year: 2026).document(of: test.estate, at: test.store.now, .chinese)
        #expect(document.sheets.first?.heading == "翠湖花园 2026 年 物资工作报告")
    }

    @Test("a contract names buyer, seller and what is ordered, by the handbook's clauses")
    func contract() throws {
        let plan = try test.do("stock.plan", ["sku": "S-01", "qty": "20", "why": "补足"], by: "S08")
        try test.do("stock.approve", ["plan": plan], by: "S04")
        try test.do("stock.order", ["plan": plan, "supplier": "城南五金店"], by: "S08")
        let document = try PurchaseContract(supplier: "城南五金店").document(of: test.estate, at: test.store.now, .chinese)
        let sheet = try #require(document.sheets.first)
        let words = sheet.blocks.compactMap { if case .text(let text) = $0 { text } else { nil } }
        #expect(words.first == "甲方（买方）：翠湖花园物业服务中心　　乙方（卖方）：城南五金店")
        #expect(sheet.tables.first == [["角阀", "20", "个", "12.50", ""]])
        #expect(words.count == test.estate.handbook.materials.contract.count)
        // Contracts with others do not take its place.
        #expect(document.name == "contract-城南五金店-2026-11-23")
    }
}
