import TestSupport
import Testing

@testable import Estate

@Suite("Rules, Allocation: money belongs to an account, and a sale opens a new one")
struct AccountTests {
    private let test: TestEstate

    init() throws {
        test = try TestEstate(now: "2026-11-23T12:00")
        for (period, due) in [("2026-08", "2026-08-31"), ("2026-09", "2026-09-30")] {
            try test.do("bill.issue", test.bill(period: period, amount: "100", due: due), at: "\(period)-01")
        }
        try test.do("unit.sell", ["unit": "3-2-501", "owner": "钱新"], at: "2026-10-01")
        try test.do("bill.issue", test.bill(period: "2026-10", amount: "100", due: "2026-10-31"), at: "2026-10-01")
    }

    private func arrears() throws -> [String] {
        try test.show(ArrearsView.self).map {
            "\($0.owner ?? "—") \($0.owed.text(zone: .shanghai)) \($0.account.isPresent ? "现" : "原")"
        }
    }

    @Test("old arrears stay with who owed them")
    func arrearsStay() throws {
        #expect(try arrears() == ["李四 200.00 原", "钱新 100.00 现"])
        // Before the sale they were the owner's.
        #expect(try test.show(ArrearsView.self, asOf: "2026-09-30").map(\.owner) == ["李四"])
    }

    @Test("money of the new owner pays their own bills, and what is over is theirs")
    func paysOwn() throws {
        try test.do("payment.receive", ["unit": "3-2-501", "amount": "150"])
        #expect(try arrears() == ["李四 200.00 原"])
        #expect(test.estate.fees.prepaid(of: unit("3-2-501")) == money("50"))
        try test.do("bill.issue", test.bill(period: "2026-11", amount: "80", due: "2026-11-30"))
        #expect(test.estate.fees.prepaid(of: unit("3-2-501")) == .zero)
        #expect(test.estate.fees.bills(for: month("2026-11")).map(\.outstanding) == [money("30")])
    }

    @Test("a period of the former owner is paid into that account; what is over does not cross")
    func paysFormer() throws {
        try test.do("payment.receive", ["unit": "3-2-501", "amount": "230", "period": "2026-08"])
        #expect(try arrears() == ["钱新 100.00 现"])
        let former = try #require(test.estate.fees.accounts(of: unit("3-2-501")).first)
        #expect(test.estate.fees.prepaid(of: former) == money("30"))
        #expect(test.estate.owner(of: former)?.name == "李四")
        // A bill of a month before the sale that comes late is the former owner's, and takes it.
        try test.do("bill.issue", test.bill(period: "2026-07", amount: "40", due: "2026-07-31"))
        #expect(test.estate.fees.prepaid(of: former) == .zero)
        #expect(try arrears() == ["钱新 100.00 现", "李四 10.00 原"])
    }

    @Test("no sale comes between what one payment paid, and none is undone once money builds on it")
    func moneyDoesNotCross() throws {
        try test.do("payment.receive", ["unit": "3-2-501", "amount": "100"])
        let code = refusal { try test.do("action.undo", ["entry": try #require(sale)]) }?.code
        #expect(code == "undo.used")
        for (period, due) in [("2026-08", "2026-08-31"), ("2026-10", "2026-10-31")] {
            try test.do(
                "bill.issue", test.bill(unit: "3-2-502", period: period, amount: "100", due: due), at: "\(period)-01")
        }
        let payment = try test.do("payment.receive", ["unit": "3-2-502", "amount": "200"])
        func sell() throws { try test.do("unit.sell", ["unit": "3-2-502", "owner": "新主"], at: "2026-09-15") }
        #expect(refusal { try sell() }?.code == "unit.saleMoney")
        try test.do("payment.void", ["payment": payment, "why": "登错"])
        try sell()
    }

    private var sale: String? { test.estate.fees.sales(of: unit("3-2-501")).last?.id.id.text }

    @Test("an owner who left is kept, and shown, for what they owe, also when the unit is sold later")
    func ownerWhoLeft() throws {
        let owner = try #require(test.estate.people.owner(of: unit("3-2-501")))
        try test.do("person.leave", ["person": owner.id.id.text])
        #expect(try arrears() == ["李四 200.00 原", "钱新 100.00 现"])
        let former = try #require(test.estate.people.persons.values.first { $0.name == "李四" })
        for person in [owner, former] {
            let code = refusal { try test.do("particulars.erase", ["record": person.id.id.text, "why": "要求"]) }?.code
            #expect(code == "particulars.kept", "\(person.name)")
        }
        test.clock.set("2026-11-24 12:00")
        try test.do("unit.sell", ["unit": "3-2-501", "owner": "孙二"])
        #expect(try arrears() == ["李四 200.00 原", "钱新 100.00 原"])
    }

    @Test("a sale that is recorded late divides the bills by its own date; undoing it joins them")
    func late() throws {
        try test.do("bill.issue", test.bill(unit: "3-2-502", period: "2026-09", amount: "50", due: "2026-09-30"))
        try test.do("bill.issue", test.bill(unit: "3-2-502", period: "2026-11", amount: "60", due: "2026-11-10"))
        try test.do("person.add", ["name": "旧主", "unit": "3-2-502", "role": "owner"])
        let before = try arrears()
        test.clock.pass(seconds: 60)
        try test.do("unit.sell", ["unit": "3-2-502", "owner": "新主"], at: "2026-10-15")
        #expect(try arrears() == ["李四 200.00 原", "钱新 100.00 现", "新主 60.00 现", "旧主 50.00 原"])
        try test.do("action.undo")
        #expect(try arrears() == before)
    }

    @Test("the sale and the accounts survive a restart from the working set")
    func restarted() throws {
        test.store.leaveCheckpoint()
        let other = try Store(at: test.folder, fullHistory: false, clock: test.clock.clock)
        #expect(try ArrearsView().rows(of: other.estate, at: test.store.now).map(\.owner) == ["李四", "钱新"])
    }
}
