import Journal
import TestSupport
import Testing

@testable import Estate

@Suite("Rules, 日结: money outside any till is told of")
struct MoneyOutsideTests {
    private let test: TestEstate

    init() throws { test = try TestEstate(now: "2026-11-23T18:00") }

    private func warnings(_ action: some Action, by: String = "S02", at time: String) throws -> [String] {
        try test.store.perform(action, by: by, at: Moment(text: "2026-11-23T\(time)", zone: .shanghai)).warnings
    }

    private func payment(_ amount: String, _ method: String = "现金") -> ReceivePayment {
        ReceivePayment(unit: unit("3-2-502"), amount: money(amount), method: method)
    }

    private func open(by: String = "S02", at time: String) throws -> String {
        try test.do("till.open", ["float": "200"], by: by, at: "2026-11-23T\(time)")
    }

    private func close(_ till: String, cash: String, at time: String) throws {
        let at = "2026-11-23T\(time)"
        try test.do("till.count", ["till": till, "method": "现金", "counted": cash], by: "S02", at: at)
        try test.do("till.close", ["till": till, "receiver": "S07"], by: "S02", at: at)
    }

    @Test("who receives without an open till is warned, once the node has tills at all; who opens none, of cash only")
    func receiving() throws {
        #expect(try warnings(payment("10"), at: "07:00") == [], "no till was ever opened")
        let till = try open(at: "08:00")
        #expect(try warnings(payment("11"), at: "09:00") == [])
        #expect(try warnings(payment("12"), by: "S04", at: "09:10") == ["till.none"], "it is another's till")
        #expect(try warnings(payment("13", "银行转账"), by: "S07", at: "09:20") == [], "finance enters a transfer")
        try close(till, cash: "211", at: "12:00")
        #expect(try warnings(payment("16", "微信"), at: "12:20") == ["till.none"], "a cashier's wallet")
        #expect(try warnings(payment("14"), at: "12:30") == ["till.none"])
        #expect(try warnings(payment("15"), at: "11:00") == [], "entered later, it is a difference of the closed till")
    }

    @Test("so is who pays back, or receives a prepayment")
    func others() throws {
        _ = try open(at: "08:00")
        try test.do("payment.receive", ["unit": "3-2-502", "amount": "50"], by: "S02", at: "2026-11-23T09:00")
        let refund = RefundPayment(unit: unit("3-2-502"), amount: money("20"), why: "多收", method: "现金")
        #expect(try warnings(refund, by: "S07", at: "10:00") == ["till.none"])
        try test.do("tariff.set", ["item": "保洁费", "basis": "fixed", "rate": "10", "from": "2026-12-01"])
        let prepaid = ReceivePrepayment(unit: unit("3-2-503"), months: 2, method: "现金")
        #expect(try warnings(prepaid, by: "S04", at: "10:10") == ["till.none"])
    }

    @Test("the question before a payment says so to who has no till, and to nobody else")
    func question() throws {
        _ = try open(at: "08:00")
        func facts(_ member: String) -> [String] {
            payment("10").confirmation(in: test.estate, by: member, on: "desk", at: test.store.now)?.facts.map(
                \.chinese)
                ?? []
        }
        #expect(facts("S04").contains("没有开收银班，这笔不会进日结"))
        #expect(!facts("S02").contains("没有开收银班，这笔不会进日结"))
    }

    @Test("the view lists it by day, cashier and method; voided money is not there")
    func view() throws {
        try test.do("payment.receive", ["unit": "3-2-502", "amount": "9"], by: "S04", at: "2026-11-23T07:00")
        _ = try open(at: "08:00")
        for (amount, method, by, time) in [
            ("10", "现金", "S04", "09:00"), ("11", "现金", "S04", "09:20"), ("12", "微信", "S04", "09:40"),
            ("13", "现金", "S07", "10:00"), ("14", "现金", "S02", "10:10"),
        ] {
            try test.do(
                "payment.receive", ["unit": "3-2-502", "amount": amount, "method": method], by: by,
                at: "2026-11-23T\(time)")
        }
        let gone = try test.do(
            "payment.receive", ["unit": "3-2-502", "amount": "99", "method": "刷卡"], by: "S04", at: "2026-11-23T10:20")
        try test.do("payment.void", ["payment": gone, "why": "录错"], at: "2026-11-23T10:30")
        try test.do(
            "payment.refund", ["unit": "3-2-502", "amount": "5", "why": "多收", "method": "现金"], by: "S04",
            at: "2026-11-23T11:00")
        let rows = try test.show(TillsView.self).filter { $0.inTill == nil }
        #expect(
            rows.map { "\($0.cashier) \($0.method) \($0.line.count) \($0.line.received.text) \($0.line.refunded.text)" }
                == ["S04 现金 2 21.00 5.00", "S07 现金 1 13.00 0.00"], "S04 opens no till: the wallet is not counted")
        #expect(rows.allSatisfy { $0.expected == nil && $0.counted == nil && $0.till == nil })
    }

    @Test("the sheet of a till has its cashier's, that of the day everybody's")
    func sheet() throws {
        let till = try open(at: "08:00")
        try close(till, cash: "200", at: "12:00")
        try test.do(
            "payment.receive", ["unit": "3-2-502", "amount": "10", "method": "现金"], by: "S02", at: "2026-11-23T13:00")
        try test.do(
            "payment.receive", ["unit": "3-2-502", "amount": "12", "method": "现金"], by: "S04", at: "2026-11-23T13:10")
        let one = try DailyReport(till: ref(till)).document(of: test.estate, at: test.store.now, .chinese)
        #expect(one.sheets.count == 1)
        #expect(one.sheets[0].tables.last == [["陈接待", "现金", "1", "10.00", "0.00"]])
        let day = try DailyReport.make(
            of: test.estate, at: test.store.now, members: ["day": .string("2026-11-23")], .chinese
        ).document
        #expect(day.sheets.map(\.heading) == ["翠湖花园 收银日结单", "翠湖花园 班外收款"])
        #expect(day.sheets[1].tables == [[["周主管", "现金", "1", "12.00", "0.00"]]])
        let other = try DailyReport.make(
            of: test.estate, at: test.store.now, members: ["day": .string("2026-11-22")], .chinese
        ).document
        #expect(other.sheets.isEmpty)
    }

    @Test("the last till of a node is kept for a quick start, so that it warns the same")
    func workingSet() throws {
        let till = try test.do("till.open", ["float": "0"], by: "S02", at: "2026-11-02T08:00")
        try test.do("till.count", ["till": till, "method": "现金", "counted": "0"], by: "S02", at: "2026-11-02T09:00")
        try test.do("till.close", ["till": till, "receiver": "S07"], by: "S02", at: "2026-11-02T09:00")
        #expect(WorkingSet(of: test.estate, at: test.store.now).ids.contains(try #require(EntryID(till))))
    }
}
