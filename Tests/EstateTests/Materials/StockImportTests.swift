import Journal
import Sheets
import TestSupport
import Testing

@testable import Estate

@Suite("Materials: opening balances from a file")
struct StockImportTests {
    private let test: TestEstate

    init() throws { test = try TestEstate(now: "2026-11-23T09:00") }

    private func rows(_ test: TestEstate) throws -> [String] {
        try test.show(StockView.self).map { row in
            [row.number, row.onHand.text, row.subject.value.text, row.kind.rawValue, row.place ?? ""].joined(
                separator: " ")
        }
    }

    @Test("the list of an office: quantities with values or prices, under the names that columns have there")
    func officeList() throws {
        try test.importRows(
            "stock",
            [
                ["物资编号", "物资名称", "计量单位", "类别", "库存数量", "单价", "金额", "最低库存", "库位"],
                ["S-01", "角阀 DN15", "个", "耗材", "12", "12.5", "", "10", "A-1"],
                ["Z-01", "人字梯", "架", "工具", "3", "", "540.00", "3", "B-2"],
                ["S-02", "水龙头", "个", "消耗材料", "", "", "", "6", ""], ["合计", "", "", "", "15", "", "690.00", "", ""],
            ])
        #expect(
            try rows(test) == [
                "S-01 12 150.00 consumable A-1", "S-02 0 0.00 consumable ", "Z-01 3 540.00 turnover B-2",
            ])
        #expect(try test.show(ShortagesView.self).map(\.number) == ["S-02"])
    }

    @Test("a filled-in sheet of a stocktake: what is left open is uncounted, not zero")
    func counts() throws {
        for sku in ["S-01", "S-02", "S-03"] {
            try test.do(
                "stock.item",
                ["sku": sku, "name": "物料\(sku)", "unit": "个", "kind": "consumable", "opening": "5", "price": "1"],
                by: "S08", at: "2026-11-01T08:00")
        }
        try test.importRows(
            "stockcounts",
            [
                ["编号", "品名", "单位", "存放位置", "卡片", "实盘数", "盘点时刻"],
                ["S-01", "物料S-01", "个", "", "5", "4", "2026-11-23 08:30"],
                ["S-02", "物料S-02", "个", "", "", "", ""],
                ["S-03", "物料S-03", "个", "", "", "5", "2026-11-23 08:40"],
            ])
        #expect(try test.show(StockView.self).map(\.verdict) == [.shortage, .uncounted, .agree])
        #expect(try test.show(StocktakesView.self).map { $0.counted.text } == ["4", "5"])
    }

    @Test("the sheet that is printed for counting comes back filled in", arguments: ["keys", "zh", "en"])
    func sheet(heads: String) throws {
        for sku in ["S-01", "S-02"] {
            try test.do(
                "stock.item",
                ["sku": sku, "name": "物料\(sku)", "unit": "个", "kind": "consumable", "opening": "5", "price": "1"],
                by: "S08", at: "2026-11-01T08:00")
        }
        let rows = try StockSheet.make(of: test.estate, at: test.store.now, members: [:], .chinese).rows
        let head = rows.columns.map { heads == "keys" ? $0.key : $0.label[heads == "zh" ? .chinese : .english] }
        let filled = ["5", "4", "2026-11-23 08:30"]
        let table = rows.rows.enumerated().map { index, row in
            Array(row.texts.dropLast(3)) + (index == 0 ? filled : ["", "", ""])
        }
        try test.importRows("stockcounts", [head] + table)
        #expect(
            try test.show(StocktakesView.self).map { "\($0.item?.number ?? "") \($0.counted.text)" }.last == "S-01 4")
        #expect(try test.show(StockView.self).map(\.verdict) == [.shortage, .uncounted])
    }

    @Test("the check tells quantity and value in all")
    func sums() throws {
        let rows = [
            ["编号", "品名", "单位", "类别", "数量", "单价", "金额"], ["P-01", "角阀", "个", "耗材", "12", "12.5", ""],
            ["P-02", "龙头", "个", "耗材", "2.5", "", "820.00"], ["P-03", "管", "米", "耗材", "", "", ""],
        ]
        let result = try test.importRows("stock", rows) { $0.isDry = true }
        #expect(result.sums?.chinese == "期初数量合计 14.5，金额合计 970.00 元" && result.imported == 3)
        #expect(test.estate.materials.items.isEmpty)
    }

    @Test("an item twice in a file is refused, naming both lines", arguments: ["stock", "stockcounts"])
    func twice(kind: String) throws {
        try test.do("stock.item", ["sku": "B-1", "name": "灯", "unit": "只", "kind": "consumable"], by: "S08")
        let rows =
            kind == "stock"
            ? [
                ["编号", "品名", "单位", "类别"], ["P-01", "角阀", "个", "耗材"], ["P-02", "龙头", "个", "耗材"],
                ["p-01", "阀", "个", "耗材"],
            ]
            : [["编号", "实盘数"], ["B-1", "5"], ["灯", ""], ["b-1", "6"]]
        do {
            try test.importRows(kind, rows)
            Issue.record("both were imported")
        } catch let refused as RefusedRows {
            #expect(refused.rows.map(\.number) == [4] && refused.rows.first?.refusal.code == "import.repeated")
            let words = refused.rows.first?.refusal.message.chinese ?? ""
            #expect(words.contains("第 2 行和第 4 行") && words.contains(kind == "stock" ? "P-01" : "B-1"), "\(words)")
        }
    }

    @Test("counts of one item at several moments are no repetition")
    func countsOfTwoMoments() throws {
        try test.do(
            "stock.item", ["sku": "B-1", "name": "灯", "unit": "只", "kind": "consumable"], by: "S08", at: "2026-11-01")
        try test.importRows(
            "stockcounts",
            [["编号", "实盘数", "盘点时间"], ["B-1", "5", "2026-11-20 08:00"], ["B-1", "6", "2026-11-21 08:00"]])
        #expect(try test.show(StocktakesView.self).map(\.counted.text) == ["5", "6"])
    }

    @Test("a time without its day is refused with an example that a file may have")
    func timeOfDay() throws {
        try test.do("stock.item", ["sku": "B-1", "name": "灯", "unit": "只", "kind": "consumable"], by: "S08")
        do {
            try test.importRows("stockcounts", [["编号", "实盘数", "盘点时间"], ["B-1", "5", "14:00"]])
            Issue.record("it was imported")
        } catch let refused as RefusedRows {
            let words = try #require(refused.rows.first?.refusal.message.chinese)
            #expect(words.contains("要写全日期"))
            let example = try #require(words.firstMatch(of: /例：(.*)$/)).output.1
            #expect(try Moment(text: String(example), zone: .shanghai) == at("2026-12-05T14:30"))
        }
    }

    @Test("the keeper voids the import of opening balances that was his own, nobody else's")
    func voided() throws {
        let rows = [["编号", "品名", "单位", "类别"], ["P-01", "角阀", "个", "耗材"]]
        func void(_ result: ImportResult) throws {
            try test.do("import.void", ["import": result.id?.id.text ?? "", "why": "错了"], by: "S08")
        }
        let others = try test.importRows("stock", rows)
        #expect(refusal { try void(others) }?.code == "import.others")
        try test.do("import.void", ["import": others.id?.id.text ?? "", "why": "错了"], by: "S04")
        let own = try test.importRows("stock", rows, by: "S08")
        try void(own)
        #expect(test.estate.materials.items.isEmpty)
    }

    @Test("what is exported is imported to the same quantities and values")
    func roundTrip() throws {
        let test = try TestEstate()
        try test.recordDay()
        let other = try TestEstate(now: "2027-02-01T12:00")
        let kind = try Estate.importKind(named: "stock")
        let bytes = try test.store.export(kind, as: .xlsx, by: "S01", .chinese).table.bytes
        _ = try other.store.perform(ImportRun(), on: ImportTable(Spreadsheet(bytes), as: kind), by: "S01")
        #expect(try rows(other) == rows(test))
    }
}
