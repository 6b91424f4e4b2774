import TestSupport
import Testing

@testable import Estate

/// Money in the order in which it was there: nothing is taken back, paid back or billed twice behind what came after it.
@Suite("Rules, Allocation: what came later is not undone by what is entered late")
struct MoneyTimeTests {
    private let test: TestEstate

    init() throws { test = try TestEstate(now: "2026-11-23T12:00") }

    private func receive(_ amount: String, _ more: [String: String] = [:], at time: String? = nil, by: String = "S01")
        throws -> String
    {
        try test.do("payment.receive", ["unit": "3-2-501", "amount": amount].merging(more) { $1 }, by: by, at: time)
    }

    private func refund(_ amount: String, _ more: [String: String] = [:], at time: String? = nil, by: String = "S01")
        throws
    {
        let members = ["unit": "3-2-501", "amount": amount, "why": "多收"].merging(more) { $1 }
        try test.do("payment.refund", members, by: by, at: time)
    }

    @Test("money is paid back no earlier than it was prepaid")
    func earlyRefund() throws {
        try test.do("bill.issue", test.bill(period: "2026-11", amount: "80", due: "2026-11-30"), at: "2026-11-01")
        _ = try receive("80", at: "2026-11-10T10:00")
        _ = try receive("100", at: "2026-11-15T10:00")
        #expect(refusal { try refund("100", at: "2026-11-12T10:00") }?.code == "time.order")
        try refund("100", at: "2026-11-15T10:00")
        #expect(try test.show(BillsView.self, asOf: "2026-11-13").map(\.paid.text) == ["80.00"])
    }

    @Test("a void or a reduction is not undone once its money went back, or another bill stands in its place")
    func lateUndo() throws {
        for action in ["bill.void", "bill.reduce"] {
            let test = try TestEstate(now: "2026-11-23T12:00")
            let bill = try test.do("bill.issue", test.bill(period: "2026-10", amount: "100", due: "2026-10-31"))
            try test.do("payment.receive", ["unit": "3-2-501", "amount": "100"])
            let amount = action == "bill.reduce" ? ["amount": "40"] : [:]
            try test.do(action, ["bill": bill, "why": "开错"].merging(amount) { $1 })
            let entry = try #require(try test.store.entries(naming: []).last).id.id.text
            try test.do("payment.refund", ["unit": "3-2-501", "amount": "40", "why": "多收"])
            #expect(refusal { try test.do("action.undo", ["entry": entry]) }?.code == "undo.used", "\(action)")
        }
        let wrong = try test.do("bill.issue", test.bill(period: "2026-10", amount: "100", due: "2026-10-31"))
        try test.do("bill.void", ["bill": wrong, "why": "开错"])
        let void = try #require(try test.store.entries(naming: []).last).id.id.text
        try test.do("bill.issue", test.bill(period: "2026-10", amount: "120", due: "2026-10-31"))
        #expect(refusal { try test.do("action.undo", ["entry": void]) }?.code == "undo.used")
        #expect(try test.show(BillsView.self).map(\.outstanding.text) == ["0.00", "120.00"])
    }

    @Test("prepaid money of a former owner goes back to them")
    func formerOwner() throws {
        _ = try receive("500")
        test.clock.pass(seconds: 60)
        try test.do("unit.sell", ["unit": "3-2-501", "owner": "钱新"])
        test.clock.pass(seconds: 60)
        try refund("500")
        #expect(try test.show(PaymentsView.self).map(\.refunded.text) == ["500.00"])
        #expect(refusal { try refund("1") }?.code == "refund.exceeds")
        #expect(try test.show(StatementView.self, ["unit": "3-2-501"]).last { $0.charge != nil }?.balance == .zero)
    }

    @Test("money goes back as it came, or through finance; only cash is handed over")
    func way() throws {
        _ = try receive("150", ["method": "微信"])
        #expect(refusal { try refund("50", ["method": "现金"], by: "S04") }?.code == "refund.method")
        try refund("50", by: "S04")
        try refund("50", ["method": "现金"], by: "S07")
        #expect(refusal { _ = try receive("1", ["method": "微信", "tendered": "5"]) }?.code == "payment.tendered")
        #expect(refusal { _ = try receive("1", ["method": "2026-10"]) }?.code == "method.malformed")
    }

    @Test("whoever received money voids it on the day, before its receipt is printed; later another does")
    func ownVoid() throws {
        for member in ["S04", "S07"] {
            let past = try receive("1", at: "2026-11-20T10:00", by: member)
            let printed = try receive("2", ["twice": "yes"], by: member)
            try test.do("receipt.print", ["payment": printed], by: member)
            let voided = { payment, by in
                refusal { try test.do("payment.void", ["payment": payment, "why": "退票"], by: by) }?.code
            }
            #expect(voided(past, member) == "payment.past")
            #expect(voided(printed, member) == "payment.printed")
            let other = member == "S04" ? "S07" : "S04"
            #expect(voided(past, other) == nil && voided(printed, other) == nil)
        }
    }

    @Test("an invoice is written off, never undone")
    func invoice() throws {
        let payment = try receive("10")
        try test.do("payment.invoice", ["payment": payment, "number": "B1"], by: "S07")
        #expect(refusal { try test.do("action.undo", by: "S07") }?.code == "undo.never")
    }
}

@Suite("Rules, Particulars: payers prove money, and are closed to everybody but finance")
struct PayersTests {
    private let test: TestEstate

    init() throws {
        test = try TestEstate(now: "2026-11-23T12:00")
        try test.do("payment.receive", ["unit": "3-2-501", "amount": "10", "payer": "张付款"])
    }

    private func rows(_ view: any View.Type, _ members: [String: String], _ reader: Role?) throws -> String {
        try test.store.rows(of: view, members.mapValues { .string($0) }, for: reader).rows.flatMap(\.texts)
            .joined(separator: " ")
    }

    @Test func theyEndOnNobodysRequest() throws {
        let payment = try test.only(PaymentsView.self).id.id.text
        #expect(
            refusal { try test.do("particulars.erase", ["record": payment, "why": "本人要求"]) }?.code
                == "particulars.kept")
    }

    @Test func onlyFinanceReadsThem() throws {
        for reader in [Role.finance, .manager] {
            #expect(try rows(PaymentsView.self, [:], reader).contains("张付款"))
            #expect(try rows(HistoryView.self, ["unit": "3-2-501"], reader).contains("张付款"))
        }
        for reader in [Role.operator, .supervisor, .administrator, nil] {
            #expect(try !rows(PaymentsView.self, [:], reader).contains("张付款"))
            #expect(try !rows(HistoryView.self, ["unit": "3-2-501"], reader).contains("张付款"))
        }
    }

    @Test func anExportHasThemForFinanceOnly() throws {
        let kind = try Estate.importKind(named: "payments")
        func export(_ member: String) throws -> Bool {
            let table = try test.store.export(kind, as: .csv, by: member, .chinese).table
            return table.rows.contains { $0.cells.contains { $0.text == "张付款" } }
        }
        #expect(try export("S07") && export("S01"))
        #expect(try !export("S02") && !export("S04"))
    }
}
