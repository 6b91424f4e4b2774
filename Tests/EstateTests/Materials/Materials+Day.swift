import TestSupport

@testable import Estate

extension Materials: RecordedDay {
    static func record(in test: TestEstate) throws {
        try test.do(
            "stock.item",
            ["sku": "S-01", "name": "角阀", "unit": "个", "kind": "consumable", "quota": "2", "min": "1", "max": "9"])
        try test.do("stock.item", ["sku": "Z-01", "name": "人字梯", "unit": "架", "kind": "turnover"])
        let receipt = try test.do("stock.receive", ["sku": "S-01", "qty": "5", "price": "12.5", "supplier": "五金店"])
        try test.do("stock.receive", ["sku": "Z-01", "qty": "3", "price": "180"])
        try test.do("stock.reprice", ["receipt": receipt, "price": "12", "why": "票据写错"])
        let issue = try test.do("stock.issue", ["sku": "S-01", "qty": "2", "to": "维修班"])
        try test.do("stock.return", ["issue": issue, "qty": "1"])
        let loan = try test.do("stock.lend", ["sku": "Z-01", "qty": "2", "to": "维修班", "due": "2027-01-10"])
        try test.do("stock.back", ["loan": loan, "qty": "1", "damaged": "1"])
        try test.do("stock.move", ["sku": "S-01", "place": "A-1"])
        try test.do("stock.scrap", ["sku": "S-01", "qty": "1", "why": "锈死"])
        let plan = try test.do("stock.plan", ["sku": "S-01", "qty": "6", "why": "补足"], by: "S08")
        try test.do("stock.approve", ["plan": plan], by: "S04")
        try test.do("stock.order", ["plan": plan, "supplier": "五金店"])
        let ask = try test.do("stock.ask", ["sku": "S-01", "qty": "2", "why": "多户漏水"], by: "S06")
        try test.do("stock.approve", ["ask": ask], by: "S04")
        try test.do("stock.card", ["sku": "S-01", "qty": "3"])
        try test.do("stock.count", ["sku": "S-01", "qty": "1"], by: "S08")
        try test.do("stock.settle", ["sku": "S-01", "refused": "货架下面还有"], by: "S04")
        try test.do("stock.count", ["sku": "S-01", "qty": "2"], by: "S08")
        try test.do("stock.settle", ["sku": "S-01"], by: "S04")
    }
}
