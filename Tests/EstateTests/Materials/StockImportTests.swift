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
