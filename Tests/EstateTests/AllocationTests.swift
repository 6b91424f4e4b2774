import Testing

@testable import Estate

@Suite("Where money goes (Rules, Collection rate)")
struct AllocationTests {
    /// Bills of 100 for January to March, each due at the end of its month, issued in another order.
    func billed() throws -> Desk {
        let desk = try Desk()
        for (period, due) in [("2026-03", "2026-03-31"), ("2026-01", "2026-01-31"), ("2026-02", "2026-02-28")] {
            try desk.do("bill.issue", desk.bill(period: period, amount: "100", due: due), at: "2026-01-01")
        }
        return desk
    }

    @Test(
        "the oldest due date comes first; with a stated period that is filled first, then the oldest",
        arguments: [
            (nil, "50", ["50.00", "0.00", "0.00"], "0.00"), (nil, "150", ["100.00", "50.00", "0.00"], "0.00"),
            (nil, "350", ["100.00", "100.00", "100.00"], "50.00"),
            ("2026-03", "50", ["0.00", "0.00", "50.00"], "0.00"),
            ("2026-03", "150", ["50.00", "0.00", "100.00"], "0.00"),
            ("2026-02", "250", ["100.00", "100.00", "50.00"], "0.00"),
            ("2026-07", "50", ["50.00", "0.00", "0.00"], "0.00"),
        ] as [(String?, String, [String], String)])
    func order(period: String?, amount: String, paid: [String], prepaid: String) throws {
        let desk = try billed()
        var members = ["unit": "3-2-501", "amount": amount]
        members["period"] = period
        try desk.do("payment.receive", members, at: "2026-03-01")
        let bills = try desk.show(BillsView.self).sorted { $0.period < $1.period }
        #expect(bills.map(\.paid.text) == paid)
        #expect(desk.estate.fees.prepaid(of: unit("3-2-501")).text == prepaid)
    }

    @Test("of bills due on one day the one issued first is paid first")
    func sameDue() throws {
        let desk = try Desk()
        for item in ["物业费", "停车费"] {
            try desk.do("bill.issue", desk.bill(item: item, amount: "100"), at: "2026-03-01")
        }
        try desk.do("payment.receive", ["unit": "3-2-501", "amount": "120"], at: "2026-03-02")
        #expect(try desk.show(BillsView.self).map(\.paid.text) == ["100.00", "20.00"])
    }

    @Test("a payment goes to the bills of its own unit")
    func ownUnit() throws {
        let desk = try billed()
        try desk.do("payment.receive", ["unit": "3-2-502", "amount": "100"], at: "2026-03-01")
        #expect(try desk.show(BillsView.self).allSatisfy { $0.paid == .zero })
        #expect(desk.estate.fees.prepaid(of: unit("3-2-502")) == money("100"))
    }

    @Test("a prepayment is taken up by the next bill, the oldest money first")
    func prepayment() throws {
        let desk = try Desk()
        try desk.do("payment.receive", ["unit": "3-2-501", "amount": "60"], at: "2026-03-01")
        try desk.do("payment.receive", ["unit": "3-2-501", "amount": "60"], at: "2026-03-02")
        try desk.do("bill.issue", desk.bill(amount: "100"), at: "2026-03-03")
        #expect(try desk.only(BillsView.self).paid == money("100"))
        #expect(try desk.show(PaymentsView.self).map(\.prepaid.text) == ["0.00", "20.00"])
        try desk.do("bill.issue", desk.bill(period: "2026-04", amount: "100"), at: "2026-04-01")
        #expect(try desk.show(BillsView.self).map(\.paid.text) == ["100.00", "20.00"])
    }

    @Test("a void gives all of it back, and is an entry of its own")
    func void() throws {
        let desk = try billed()
        let payment = try desk.do("payment.receive", ["unit": "3-2-501", "amount": "350"], at: "2026-03-01")
        try desk.do("payment.void", ["payment": payment, "why": "退票"], at: "2026-03-05")
        #expect(try desk.show(BillsView.self).allSatisfy { $0.paid == .zero })
        #expect(desk.estate.fees.prepaid(of: unit("3-2-501")) == .zero)
        #expect(try desk.only(PaymentsView.self).voided == at("2026-03-05"))
        #expect(refusal { try desk.do("payment.void", ["payment": payment, "why": "再"]) }?.code == "payment.voided")
        // Before the void the money was there.
        #expect(try desk.show(BillsView.self, asOf: "2026-03-04").allSatisfy { $0.paid == money("100") })
    }

    @Test("a reduction frees money for the next bill, the latest money first")
    func reduction() throws {
        let desk = try Desk()
        let bill = try desk.do("bill.issue", desk.bill(amount: "100"), at: "2026-03-01")
        try desk.do("payment.receive", ["unit": "3-2-501", "amount": "70"], at: "2026-03-02")
        try desk.do("payment.receive", ["unit": "3-2-501", "amount": "30"], at: "2026-03-03")
        try desk.do("bill.reduce", ["bill": bill, "amount": "40", "why": "停梯"], at: "2026-03-04")
        let row = try desk.only(BillsView.self)
        #expect(row.reduced == money("40"))
        #expect(row.paid == money("60"))
        #expect(try desk.show(PaymentsView.self).map(\.prepaid.text) == ["10.00", "30.00"])
        try desk.do("bill.issue", desk.bill(period: "2026-04", amount: "100"), at: "2026-04-01")
        #expect(try desk.show(BillsView.self).last?.paid == money("40"))
    }

    @Test("no more is reduced than is to be collected")
    func reductionLimit() throws {
        let desk = try Desk()
        let bill = try desk.do("bill.issue", desk.bill(amount: "100"))
        try desk.do("bill.reduce", ["bill": bill, "amount": "30", "why": "停梯"])
        let refused = refusal { try desk.do("bill.reduce", ["bill": bill, "amount": "70.01", "why": "停梯"]) }
        #expect(refused?.code == "bill.reduction")
        try desk.do("bill.reduce", ["bill": bill, "amount": "70", "why": "停梯"])
    }

    @Test("nothing is billed, reduced or received for no money at all")
    func zero() throws {
        let desk = try Desk()
        let bill = try desk.do("bill.issue", desk.bill(amount: "100"))
        let refused = [
            refusal { try desk.do("bill.issue", desk.bill(period: "2026-05", amount: "0")) },
            refusal { try desk.do("bill.reduce", ["bill": bill, "amount": "0.00", "why": "停梯"]) },
            refusal { try desk.do("payment.receive", ["unit": "3-2-501", "amount": "0"]) },
        ]
        for one in refused {
            #expect(one?.code == "amount.zero")
            #expect(one?.field == "amount")
        }
    }

    @Test("a unit is billed for an item of a period once")
    func billedOnce() throws {
        let desk = try Desk()
        try desk.do("bill.issue", desk.bill(amount: "100"))
        #expect(refusal { try desk.do("bill.issue", desk.bill(amount: "90")) }?.code == "bill.exists")
        try desk.do("bill.issue", desk.bill(item: "停车费", amount: "90"))
    }

    @Test("money that came after the moment pays nothing as of it, even where a backdated bill took it up")
    func prepaidLater() throws {
        let desk = try Desk()
        try desk.do("payment.receive", ["unit": "3-2-501", "amount": "100"], at: "2026-04-05")
        try desk.do("bill.issue", desk.bill(amount: "100"), at: "2026-03-01")
        #expect(try desk.only(BillsView.self).paid == money("100"))
        #expect(try desk.only(BillsView.self, asOf: "2026-03-31").paid == .zero)
    }

    @Test("money that came before its bill's period is a prepayment until then")
    func paidBeforeIssue() throws {
        let desk = try Desk()
        try desk.do("bill.issue", desk.bill(period: "2026-04", amount: "100", due: "2026-04-30"), at: "2026-04-01")
        try desk.do("payment.receive", ["unit": "3-2-501", "amount": "100"], at: "2026-03-05")
        #expect(try desk.only(PaymentsView.self).prepaid == .zero)
        #expect(try desk.only(PaymentsView.self, asOf: "2026-03-31").prepaid == money("100"))
    }
}

extension Desk {
    /// The members of a bill of 3-2-501.
    func bill(
        unit: String = "3-2-501", period: String = "2026-03", item: String = "物业费", amount: String,
        due: String = "2026-03-31"
    ) -> [String: String] {
        ["unit": unit, "period": period, "item": item, "amount": amount, "due": due]
    }
}
