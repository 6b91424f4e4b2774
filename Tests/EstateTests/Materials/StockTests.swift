import Journal
import TestSupport
import Testing

@testable import Estate

@Suite("Rules, Materials: the store by its actions")
struct StockTests {
    private let test: TestEstate

    init() throws {
        test = try TestEstate(now: "2026-11-23T09:00")
        try test.do(
            "stock.item", ["sku": "S-01", "name": "角阀", "unit": "个", "kind": "consumable"], by: "S08",
            at: "2026-11-01T08:00")
    }

    @discardableResult
    private func keep(_ action: String, _ members: [String: String], at time: String = "2026-11-23T09:00") throws
        -> String
    {
        try test.do("stock.\(action)", members, by: "S08", at: time)
    }

    @discardableResult
    private func receive(_ qty: String, _ price: String, at time: String = "2026-11-02T08:00") throws -> String {
        try keep("receive", ["sku": "S-01", "qty": qty, "price": price], at: time)
    }

    private func row(_ sku: String = "S-01", asOf time: String? = nil) throws -> StockView.Row {
        try #require(try test.show(StockView.self, asOf: time).first { $0.number == sku })
    }

    /// `ledger value` of the item.
    private func stock(asOf time: String? = nil) throws -> String {
        let row = try row(asOf: time)
        return "\(row.onHand.text) \(row.subject.value.text)"
    }

    @Test("quantities stand without trailing zeros, prices have up to four places, a value is rounded once")
    func numbers() throws {
        try receive("7.000", "1.2345")
        #expect(try stock() == "7 8.64")
        try keep("issue", ["sku": "S-01", "qty": "0.500", "to": "维修班"])
        #expect(try stock() == "6.5 8.02")
        #expect(refusal { try receive("1.0001", "1") }?.code == "number.malformed")
        #expect(refusal { try receive("1", "1.00001") }?.code == "number.malformed")
    }

    @Test("the worked case through actions: 2 at 5.07 and 5 at 3.02, out one by one")
    func workedCase() throws {
        try receive("2", "5.07")
        try receive("5", "3.02")
        for _ in 0..<7 { try keep("issue", ["sku": "S-01", "qty": "1", "to": "维修班"]) }
        #expect(
            test.estate.materials.issues.values.map(\.cost.text) == [
                "3.61", "3.61", "3.60", "3.61", "3.60", "3.61", "3.60",
            ])
        #expect(try stock() == "0 0.00")
    }

    @Test("issuing more than is there is refused, lending and scrapping as well")
    func insufficient() throws {
        try receive("3", "2")
        try keep("item", ["sku": "Z-01", "name": "人字梯", "unit": "架", "kind": "turnover"])
        try keep("receive", ["sku": "Z-01", "qty": "3", "price": "180"])
        let more = ["sku": "S-01", "qty": "3.001"]
        let cases = [
            ("issue", more.merging(["to": "维修班"]) { $1 }), ("lend", more.merging(["sku": "Z-01", "to": "维修班"]) { $1 }),
            ("scrap", more.merging(["why": "坏"]) { $1 }),
        ]
        for (action, members) in cases {
            let refused = refusal { try keep(action, members) }
            #expect(refused?.code == "stock.insufficient" && refused?.field == "qty", "\(action)")
        }
        #expect(refusal { try keep("issue", more) }?.code == "field.missing")
    }

    @Test("a backdated issue must leave every later balance at zero or above")
    func backdated() throws {
        try receive("5", "2", at: "2026-11-05T08:00")
        try keep("issue", ["sku": "S-01", "qty": "4", "to": "维修班"], at: "2026-11-10T08:00")
        let early = refusal {
            try keep("issue", ["sku": "S-01", "qty": "2", "to": "维修班"], at: "2026-11-06T08:00")
        }
        #expect(early?.code == "stock.insufficient" && early?.message.chinese.contains("后面的结存") == true)
        try keep("issue", ["sku": "S-01", "qty": "1", "to": "保洁班"], at: "2026-11-06T08:00")
        #expect(try stock() == "0 0.00")
        #expect(try stock(asOf: "2026-11-05") == "5 10.00")
        #expect(try stock(asOf: "2026-11-06") == "4 8.00")
    }

    @Test("goods that came before their item was entered are there as of that day")
    func early() throws {
        try keep("item", ["sku": "D-01", "name": "感应灯", "unit": "只", "kind": "consumable"])
        try keep("receive", ["sku": "D-01", "qty": "5", "price": "8"], at: "2026-11-03T08:00")
        #expect(try row("D-01", asOf: "2026-11-03").onHand.text == "5")
    }

    @Test("a receipt may be accepted in part: what is rejected has its reason and never enters")
    func acceptance() throws {
        var members = ["sku": "S-01", "qty": "8", "price": "5", "rejected": "2"]
        #expect(refusal { try keep("receive", members) }?.code == "stock.why")
        members["why"] = "有砂眼"
        try keep("receive", members)
        #expect(try stock() == "8 40.00")
        #expect(try test.show(MovementsView.self).last?.note?.chinese == "拒收 2：有砂眼")
        members["qty"] = "0"
        try keep("receive", members)
        #expect(try stock() == "8 40.00")
        members["rejected"] = nil
        #expect(refusal { try keep("receive", members) }?.code == "stock.zero")
    }

    @Test("a return comes back at its issue's cost, never more than was issued, never before it")
    func returning() throws {
        try receive("10", "1")
        let issue = try keep("issue", ["sku": "S-01", "qty": "4", "to": "维修班"], at: "2026-11-20T08:00")
        try receive("10", "9", at: "2026-11-21T08:00")
        try keep("return", ["issue": issue, "qty": "4"])
        #expect(try stock() == "20 100.00")
        #expect(refusal { try keep("return", ["issue": issue, "qty": "1"]) }?.code == "stock.returned")
        let other = try keep("issue", ["sku": "S-01", "qty": "1", "to": "维修班"])
        #expect(
            refusal { try keep("return", ["issue": other, "qty": "1"], at: "2026-11-22T08:00") }?.code == "time.order")
    }

    @Test("turnover materials are lent, not issued; they come back whole, damaged or not at all")
    func lending() throws {
        try keep("item", ["sku": "Z-01", "name": "人字梯", "unit": "架", "kind": "turnover"])
        try keep("receive", ["sku": "Z-01", "qty": "4", "price": "100"])
        let issued = refusal { try keep("issue", ["sku": "Z-01", "qty": "1", "to": "维修班"]) }
        #expect(issued?.code == "stock.turnover")
        let loan = try keep("lend", ["sku": "Z-01", "qty": "3", "to": "维修班", "due": "2026-11-25"])
        #expect(try row("Z-01").lent.text == "3" && row("Z-01").onHand.text == "1")
        #expect(refusal { try keep("back", ["loan": loan, "qty": "2", "damaged": "2"]) }?.code == "stock.outstanding")
        try keep("back", ["loan": loan, "qty": "1", "damaged": "0.5", "lost": "0.5"])
        let known = try test.only(LoansView.self)
        #expect(
            [known.returned, known.damaged, known.lost, known.outstanding].map(\.text) == ["1", "0.5", "0.5", "1"])
        test.clock.set("2026-11-26 08:00")
        #expect(try test.only(LoansView.self).isOverdue)
        try keep("back", ["loan": loan, "qty": "0", "lost": "1"], at: "2026-11-26T08:00")
        #expect(try !test.only(LoansView.self).isOverdue && row("Z-01").lent.text == "0")
        let past = refusal { try keep("lend", ["sku": "Z-01", "qty": "1", "to": "维修班", "due": "2026-11-20"]) }
        #expect(past?.code == "stock.due")
    }

    @Test("a price is corrected by a difference for what is there and what was issued; issues keep their cost")
    func repricing() throws {
        let receipt = try receive("10", "5")
        let issue = try keep("issue", ["sku": "S-01", "qty": "4", "to": "维修班"])
        try keep("reprice", ["receipt": receipt, "price": "4", "why": "开票价"])
        #expect(try stock() == "6 24.00")
        #expect(test.estate.materials.issues[ref(issue)]?.cost == money("20"))
        let movement = try #require(try test.show(MovementsView.self).last)
        #expect(movement.value.money.text == "-6.00" && movement.issued?.money.text == "-4.00")
        #expect(try row().lastPrice?.text == "4.00")
        #expect(refusal { try keep("reprice", ["receipt": receipt, "price": "4", "why": "同"]) }?.code == "stock.price")
    }

    // MARK: Quota

    @Test("beyond the month's quota only with an ask that another approved; it covers no more than it says")
    func quota() throws {
        try keep("item", ["sku": "S-01", "name": "角阀", "unit": "个", "kind": "consumable", "quota": "3"])
        try receive("20", "1")
        func issue(_ qty: String, ask: String? = nil, at time: String = "2026-11-23T09:00") throws -> String {
            var members = ["sku": "S-01", "qty": qty, "to": "维修班"]
            members["ask"] = ask
            return try keep("issue", members, at: time)
        }
        let first = try issue("3")
        #expect(refusal { try issue("1") }?.code == "stock.quota")
        let ask = try test.do("stock.ask", ["sku": "S-01", "qty": "2", "why": "多户漏水"], by: "S06")
        #expect(refusal { try issue("1", ask: ask) }?.code == "stock.unapproved")
        #expect(refusal { try test.do("stock.approve", ["ask": ask], by: "S08") }?.code == "staff.notAllowed")
        try test.do("stock.approve", ["ask": ask], by: "S04")
        #expect(refusal { try test.do("stock.approve", ["ask": ask], by: "S04") }?.code == "stock.approved")
        #expect(refusal { try issue("3", ask: ask) }?.code == "stock.quota")
        _ = try issue("2", ask: ask)
        #expect(refusal { try issue("1", ask: ask) }?.code == "stock.quota")
        // What comes back may be issued again; another month has its own quota.
        try keep("return", ["issue": first, "qty": "1"])
        _ = try issue("1")
        #expect(refusal { try issue("1") }?.code == "stock.quota")
        test.clock.set("2026-12-01 09:00")
        _ = try issue("3", at: "2026-12-01T09:00")
    }

    @Test("who asked does not approve")
    func own() throws {
        let ask = try test.do("stock.ask", ["sku": "S-01", "qty": "2", "why": "急"], by: "S04")
        #expect(refusal { try test.do("stock.approve", ["ask": ask], by: "S04") }?.code == "stock.own")
        try test.do("stock.approve", ["ask": ask])
        #expect(refusal { try test.do("stock.approve", [:], by: "S04") }?.code == "stock.approve")
    }

    // MARK: Purchases

    @Test("planned, approved by another, ordered, received in parts")
    func purchases() throws {
        let plan = try keep("plan", ["sku": "S-01", "qty": "10", "why": "补足"])
        func state() throws -> StockPlanState { try test.only(PurchasesView.self).state }
        #expect(refusal { try keep("order", ["plan": plan, "supplier": "五金店"]) }?.code == "stock.unapproved")
        try test.do("stock.approve", ["plan": plan], by: "S04")
        #expect(try state() == .approved)
        try keep("order", ["plan": plan, "supplier": "五金店"])
        #expect(refusal { try keep("order", ["plan": plan, "supplier": "五金店"]) }?.code == "stock.ordered")
        try receive("4", "3", at: "2026-11-23T09:00")
        #expect(try state() == .ordered && test.only(PurchasesView.self).outstanding.text == "6")
        try receive("6", "3", at: "2026-11-23T09:00")
        #expect(try state() == .received && row().coming.text == "0")
    }

    @Test("what is below its minimum is short, a duty of the keeper until it is planned")
    func shortage() throws {
        try keep("item", ["sku": "S-01", "name": "角阀", "unit": "个", "kind": "consumable", "min": "5", "max": "12"])
        try receive("6", "1", at: "2026-11-05T08:00")
        #expect(try test.show(ShortagesView.self).isEmpty)
        try keep("issue", ["sku": "S-01", "qty": "2", "to": "维修班"], at: "2026-11-20T08:00")
        #expect(try test.only(ShortagesView.self).missing.text == "8")
        #expect(try test.show(ShortagesView.self, asOf: "2026-11-19").isEmpty)
        func duty() throws -> DutiesView.Row? { try test.show(DutiesView.self).first { $0.rule.kind == "shortage" } }
        #expect(try duty()?.due.text == "2026-11-23" && duty()?.isWaiting == true)
        try keep("plan", ["sku": "S-01", "qty": "8", "why": "低于最低"])
        #expect(try duty()?.state == .done && test.only(ShortagesView.self).missing.text == "0")
        try receive("8", "1", at: "2026-11-23T09:00")
        #expect(try duty() == nil)
    }

    // MARK: Items

    @Test("an item is found by number or name; its unit and kind stay once it has moved")
    func items() throws {
        try receive("1", "1")
        try keep("issue", ["sku": "角阀", "qty": "1", "to": "维修班"])
        #expect(refusal { try keep("issue", ["sku": "没有", "qty": "1", "to": "维修班"]) }?.code == "stock.unknown")
        var members = ["sku": "s-01", "name": "角阀 DN15", "unit": "只", "kind": "consumable"]
        #expect(refusal { try keep("item", members) }?.code == "stock.fixed")
        members["unit"] = "个"
        try keep("item", members)
        #expect(try row().subject.name == "角阀 DN15" && test.show(StockView.self).count == 1)
        members["min"] = "5"
        members["max"] = "4"
        #expect(refusal { try keep("item", members) }?.code == "stock.bounds")
        try keep("move", ["sku": "S-01", "place": "A-2"])
        #expect(try row().place == "A-2")
    }

    @Test("nothing is approved before it was asked for, ordered or issued before it was approved")
    func orderOfTime() throws {
        let plan = try keep("plan", ["sku": "S-01", "qty": "10", "why": "补足"], at: "2026-11-20T09:00")
        func approve(_ members: [String: String], at time: String) throws {
            try test.do("stock.approve", members, by: "S04", at: time)
        }
        #expect(refusal { try approve(["plan": plan], at: "2026-11-20T08:00") }?.code == "time.order")
        try approve(["plan": plan], at: "2026-11-20T10:00")
        let order = ["plan": plan, "supplier": "五金店"]
        #expect(refusal { try keep("order", order, at: "2026-11-20T09:30") }?.code == "time.order")
        try keep("order", order, at: "2026-11-20T11:00")
        let ask = try test.do(
            "stock.ask", ["sku": "S-01", "qty": "2", "why": "急"], by: "S06", at: "2026-11-20T09:00")
        try approve(["ask": ask], at: "2026-11-20T10:00")
        try receive("5", "1", at: "2026-11-19T09:00")
        let issue = ["sku": "S-01", "qty": "1", "to": "维修班", "ask": ask]
        #expect(refusal { try keep("issue", issue, at: "2026-11-20T09:30") }?.code == "time.order")
    }

    @Test("a consumable is issued, not lent: lent and lost it would go round the quota")
    func notLent() throws {
        try receive("5", "1")
        #expect(refusal { try keep("lend", ["sku": "S-01", "qty": "1", "to": "张"]) }?.code == "stock.consumable")
    }

    @Test("what another supplier brings fills no order")
    func otherSupplier() throws {
        let plan = try keep("plan", ["sku": "S-01", "qty": "10", "why": "补足"])
        try test.do("stock.approve", ["plan": plan], by: "S04")
        try keep("order", ["plan": plan, "supplier": "五金店"])
        try keep("receive", ["sku": "S-01", "qty": "4", "price": "3", "supplier": "别家"], at: "2026-11-23T09:00")
        #expect(try test.only(PurchasesView.self).outstanding.text == "10")
        try keep("receive", ["sku": "S-01", "qty": "4", "price": "3", "supplier": "五金店"], at: "2026-11-23T09:00")
        #expect(try test.only(PurchasesView.self).outstanding.text == "6")
    }

    @Test("an opening balance has its value, and is entered once")
    func opening() throws {
        var members = ["sku": "D-01", "name": "感应灯", "unit": "只", "kind": "consumable", "opening": "30"]
        #expect(refusal { try keep("item", members) }?.code == "stock.value")
        members["price"] = "8.3333"
        // A value that is not quantity × price is refused.
        #expect(refusal { try keep("item", members.merging(["value": "251"]) { $1 }) }?.code == "stock.value")
        try keep("item", members)
        #expect(try row("D-01").subject.value.text == "250.00")
        #expect(refusal { try keep("item", members) }?.code == "stock.opening")
    }

    @Test("what is issued to a request is its cost, less what came back")
    func requestCost() throws {
        try receive("10", "12.5")
        let request = try test.do("request.open", ["class": "repair.minor", "unit": "3-2-501", "text": "角阀漏水"])
        #expect(try test.only(RequestsView.self).cost == nil)
        let issue = try keep("issue", ["sku": "S-01", "qty": "2", "to": "维修班", "request": request])
        #expect(try test.only(RequestsView.self).cost?.text == "25.00")
        #expect(test.estate.expenses(of: (ref(request) as Ref<Request>).id).first?.what.chinese == "用料 角阀 2 个")
        try keep("return", ["issue": issue, "qty": "1"])
        #expect(try test.only(RequestsView.self).cost?.text == "12.50")
    }

    @Test("of each item opening, received, returned and found are on hand, lent, issued, scrapped or lost")
    func identity() throws {
        let test = try TestEstate()
        try test.recordDay()
        for item in test.estate.materials.items.values {
            let totals = item.ledger.totals
            #expect(
                totals.received + totals.returned + totals.found
                    == item.ledger.quantity + totals.lent + totals.issued + totals.scrapped + totals.lost)
            #expect(totals.valueIn - totals.valueOut == item.ledger.value)
        }
    }
}
