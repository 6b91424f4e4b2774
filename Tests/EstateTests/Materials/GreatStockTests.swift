import TestSupport
import Testing

@testable import Estate

@Suite("Rules, Materials: quantities and values never overflow")
struct GreatStockTests {
    private let test: TestEstate

    init() throws {
        test = try TestEstate(now: "2026-11-23T09:00")
        try keep("item", ["name": "角阀", "unit": "个", "kind": "consumable"])
    }

    @discardableResult
    private func keep(_ action: String, _ members: [String: String], by member: String = "S08") throws -> String {
        try test.do("stock.\(action)", ["sku": "S-01"].merging(members) { $1 }, by: member)
    }

    @Test("a surplus of a million million parts of a dear item is worth the greatest amount, and ends nothing")
    func surplus() throws {
        try keep("receive", ["qty": "0.001", "price": "99999999.9999"])
        try keep("count", ["qty": "999999999.999"])
        #expect(try test.only(StockView.self).verdict == .surplus)
        #expect(try test.show(StocktakesView.self).count == 1)
        try keep("settle", [:], by: "S04")
        let row = try test.only(StockView.self)
        #expect(row.onHand.text == "999999999.999" && row.verdict == .agree)
        #expect(row.value > .zero && row.value <= Money(fen: Money.greatest.fen * 2))
    }

    @Test("a receipt beyond what an item can have, by quantity or value, is refused: stock.large")
    func receipts() throws {
        try keep("receive", ["qty": "999999999", "price": "1"])
        #expect(refusal { try keep("receive", ["qty": "1", "price": "1"]) }?.code == "stock.large")
        #expect(refusal { try keep("receive", ["qty": "0.5", "price": "999999999"]) }?.code == nil)
        try test.do(
            "stock.item", ["sku": "Z-01", "name": "发电机", "unit": "台", "kind": "equipment"], by: "S08")
        try keep("receive", ["sku": "Z-01", "qty": "99", "price": "999999999"])
        #expect(
            refusal { try keep("receive", ["sku": "Z-01", "qty": "2", "price": "999999999"]) }?.code == "stock.large")
    }

    @Test("many orders of the greatest quantity are summed, not overflowed")
    func sums() {
        #expect(StockQuantity.sum(of: [1, 2, 3]).scaled == 6)
        #expect(StockQuantity.sum(of: repeatElement(Int.max, count: 3)).scaled == .max)
    }
}
