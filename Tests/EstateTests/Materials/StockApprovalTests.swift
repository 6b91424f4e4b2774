import TestSupport
import Testing

@testable import Estate

@Suite("Rules, Materials: who approves, and what is turned down")
struct StockApprovalTests {
    private let test: TestEstate

    init() throws {
        test = try TestEstate(now: "2026-11-23T09:00")
        try keep("item", ["sku": "S-01", "name": "角阀", "unit": "个", "kind": "consumable", "quota": "2"])
        try keep("item", ["sku": "Z-01", "name": "人字梯", "unit": "架", "kind": "turnover"])
    }

    @discardableResult
    private func keep(_ action: String, _ members: [String: String], at time: String? = nil) throws -> String {
        try test.do("stock.\(action)", members, by: "S08", at: time)
    }

    private func receive(_ qty: String, _ sku: String = "S-01", supplier: String? = nil) throws {
        var members = ["sku": sku, "qty": qty, "price": "180"]
        members["supplier"] = supplier
        try keep("receive", members)
    }

    private func duties(_ kind: String) throws -> [String] {
        try test.show(DutiesView.self).filter { $0.rule.kind == kind }.map { $0.subject.subject ?? "" }.sorted()
    }

    @Test("a plan and an ask are turned down with the reason: nothing is ordered or issued on them")
    func refused() throws {
        let plan = try keep("plan", ["sku": "S-01", "qty": "10", "why": "补足"])
        let ask = try test.do("stock.ask", ["sku": "S-01", "qty": "5", "why": "急"], by: "S06")
        #expect(try duties("stockapproval") == ["超定额 角阀 5 个", "采购 角阀 10 个"])
        try test.do("stock.approve", ["plan": plan, "refused": "还够用"], by: "S04")
        try test.do("stock.approve", ["ask": ask, "refused": "先查漏点"], by: "S04")
        let row = try test.only(PurchasesView.self)
        #expect(row.state == .refused && row.outstanding.text == "0" && row.refusal?.refused == "还够用")
        #expect(refusal { try keep("order", ["plan": plan, "supplier": "五金店"]) }?.code == "stock.unapproved")
        #expect(refusal { try test.do("stock.approve", ["plan": plan], by: "S04") }?.code == "stock.approved")
        try receive("9")
        let issue = ["sku": "S-01", "qty": "3", "to": "维修班", "ask": ask]
        #expect(refusal { try keep("issue", issue) }?.code == "stock.unapproved")
        #expect(try duties("stockapproval").isEmpty)
    }

    @Test("a count that waits to be settled stands at the supervisor's duties")
    func counts() throws {
        try keep("count", ["sku": "S-01", "qty": "0"])
        #expect(try duties("stockcount") == ["角阀"])
        try test.do("stock.settle", ["sku": "S-01"], by: "S04")
        #expect(try duties("stockcount").isEmpty)
    }

    @Test("the keeper does not raise or end a quota; a supervisor does")
    func quota() throws {
        var members = ["sku": "S-01", "name": "角阀", "unit": "个", "kind": "consumable"]
        #expect(refusal { try keep("item", members) }?.code == "stock.quota")
        members["quota"] = "100"
        #expect(refusal { try keep("item", members) }?.field == "quota")
        members["quota"] = "1"
        try keep("item", members)
        members["quota"] = "100"
        try test.do("stock.item", members, by: "S04")
        #expect(try test.show(StockView.self).first?.quota?.text == "100")
    }

    @Test("what comes back of an issue beyond the quota may be issued again on the ask")
    func returned() throws {
        try receive("9")
        let ask = try test.do("stock.ask", ["sku": "S-01", "qty": "3", "why": "急"], by: "S06")
        try test.do("stock.approve", ["ask": ask], by: "S04")
        let issue = try keep("issue", ["sku": "S-01", "qty": "5", "to": "维修班", "ask": ask])
        #expect(
            refusal { try keep("issue", ["sku": "S-01", "qty": "1", "to": "维修班", "ask": ask]) }?.code == "stock.quota")
        try keep("return", ["issue": issue, "qty": "2"])
        #expect(try test.only(AsksView.self).used.text == "1")
        try keep("issue", ["sku": "S-01", "qty": "2", "to": "维修班", "ask": ask])
    }

    @Test("what is only planned is not to come; what is short and planned needs no other plan")
    func coming() throws {
        let plan = try keep("plan", ["sku": "Z-01", "qty": "4", "why": "新"])
        func row() throws -> StockView.Row { try #require(try test.show(StockView.self).last) }
        #expect(try row().coming.text == "0" && test.estate.materials.planned(of: row().subject.id).text == "4")
        try test.do("stock.approve", ["plan": plan], by: "S04")
        try keep("order", ["plan": plan, "supplier": "五金店"])
        #expect(try row().coming.text == "4")
    }

    @Test("nothing moves before the opening balance")
    func opening() throws {
        try keep(
            "item",
            ["sku": "D-01", "name": "灯", "unit": "只", "kind": "consumable", "opening": "3", "price": "2"],
            at: "2026-11-10T08:00")
        let members = ["sku": "D-01", "qty": "1"]
        #expect(refusal { try keep("count", members, at: "2026-11-09T08:00") }?.code == "time.order")
        #expect(
            refusal { try keep("receive", members.merging(["price": "1"]) { $1 }, at: "2026-11-09T08:00") }?.code
                == "time.order")
    }

    @Test("what was lent and is damaged or lost stands in the book with its value")
    func damaged() throws {
        try receive("3", "Z-01")
        let loan = try keep("lend", ["sku": "Z-01", "qty": "3", "to": "维修班"])
        try keep("back", ["loan": loan, "qty": "1", "damaged": "1", "lost": "1"])
        let book = try test.show(MovementsView.self).suffix(3)
        #expect(book.map(\.what) == [.back, .damaged, .lost])
        #expect(book.map { $0.issued?.money.text ?? "" } == ["", "-180.00", "-180.00"])
        #expect(book.map(\.value.money.text) == ["180.00", "0.00", "0.00"])
        let rows = try test.show(StockWorkReport.self)
        #expect(
            rows.first { $0.subject.name.chinese == "借用损坏丢失" }?.subject.value.chinese == "2 笔 360.00 元")
    }

    @Test("more than was ordered and a price far from the last are asked")
    func asked() throws {
        let plan = try keep("plan", ["sku": "S-01", "qty": "10", "why": "补足"])
        try test.do("stock.approve", ["plan": plan], by: "S04")
        try keep("order", ["plan": plan, "supplier": "五金店"])
        func question(_ qty: String, _ price: String) throws -> Label? {
            let action = ReceiveStock(
                sku: "S-01", qty: try StockQuantity(text: qty, zone: .shanghai),
                price: try Rate(text: price, zone: .shanghai))
            return action.confirmation(in: test.estate, at: test.store.now)?.question
        }
        #expect(try question("10", "3") == nil && question("11", "3") != nil)
        try receive("1")
        #expect(try question("1", "180") == nil && question("1", "1800") != nil)
    }
}
