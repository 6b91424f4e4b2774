import Testing
import TestSupport

@testable import Estate

@Suite("5.2 Reminders and promises (Rules, Collection rate)")
struct DunningTests {
    private let test: TestEstate

    init() throws {
        test = try TestEstate(now: "2026-04-20T12:00")
        try test.do("bill.issue", test.bill(amount: "100.00"), at: "2026-03-01")
    }

    private func remind(_ outcome: String, promise: String? = nil, at time: String) throws {
        var members = ["unit": "3-2-501", "channel": "电话", "outcome": outcome]
        members["promise"] = promise
        try test.do("dunning.record", members, at: time)
    }

    @Test("a promise is broken while a bill is open that was open when it was made")
    func broken() throws {
        try remind("承诺付款", promise: "2026-04-10", at: "2026-04-05")
        #expect(try test.only(ArrearsView.self).promise == day("2026-04-10"))
        #expect(try test.only(PromisesView.self).state == .broken)
        #expect(try test.only(PromisesView.self, asOf: "2026-04-10").state == .open)
    }

    @Test("a promise about bills that are paid is kept, and shown no more, though later bills are open")
    func kept() throws {
        try remind("承诺付款", promise: "2026-04-10", at: "2026-04-05")
        try test.do("payment.receive", ["unit": "3-2-501", "amount": "100.00"], at: "2026-04-12")
        try test.do(
            "bill.issue", test.bill(period: "2026-04", amount: "50.00", due: "2026-04-15"), at: "2026-04-13")
        #expect(try test.only(ArrearsView.self).promise == nil)
        #expect(try test.only(PromisesView.self).state == .kept)
    }

    @Test("a promise that is entered late is about the bills that were open when it was made")
    func enteredLate() throws {
        try test.do(
            "bill.issue", test.bill(period: "2026-04", amount: "50.00", due: "2026-04-15"), at: "2026-04-13")
        try remind("承诺付款", promise: "2026-04-10", at: "2026-04-05")
        #expect(try test.only(PromisesView.self).state == .broken)
        try test.do("payment.receive", ["unit": "3-2-501", "amount": "100.00"], at: "2026-04-14")
        #expect(try test.only(PromisesView.self).state == .kept)
    }

    @Test("a bill that is entered after it was due was open when payment was promised")
    func billEnteredLate() throws {
        try test.do("payment.receive", ["unit": "3-2-501", "amount": "100.00"], at: "2026-03-02")
        try test.do("bill.issue", test.bill(period: "2026-02", amount: "50.00", due: "2026-02-28"), at: "2026-04-13")
        try remind("承诺付款", promise: "2026-04-10", at: "2026-04-05")
        #expect(try test.only(PromisesView.self).state == .broken)
    }

    @Test("a reminder without an answer does not take a promise back; one that is entered late is not the last")
    func lastByTime() throws {
        try remind("承诺付款", promise: "2026-04-10", at: "2026-04-05")
        try remind("未接通", at: "2026-04-15")
        try remind("称在外地", at: "2026-04-02")
        let row = try test.only(ArrearsView.self)
        #expect(row.promise == day("2026-04-10") && row.outcome == "未接通")
    }

    @Test(
        "words about measures that are never used are warned of, not blocked",
        arguments: ["不交就停水", "将停用门禁卡：停门禁", "已锁车", "在业主群通报", "扣货", "不抬杆"])
    func warned(outcome: String) throws {
        let values = ["unit": "3-2-501", "channel": "电话", "outcome": outcome]
        let cautions = RecordDunning.cautions(with: values, by: "S02", in: test.estate)
        #expect(cautions.keys.sorted() == ["outcome"])
        let action = RecordDunning(unit: unit("3-2-501"), channel: "电话", outcome: outcome)
        #expect(try test.store.perform(action, by: "S02").warnings == ["dunning.forbidden"])
    }

    @Test("other words are not warned of")
    func fine() throws {
        let action = RecordDunning(unit: unit("3-2-501"), channel: "电话", outcome: "承诺周五付")
        #expect(try test.store.perform(action, by: "S02").warnings.isEmpty)
    }

    @Test("debts are hidden from guards and from nobody else")
    func hidden() throws {
        for view in Estate.views {
            let isOfMoney =
                (Fees.views + Billing.views + Receipts.views + Collecting.views + Tills.views
                + Reconciliations.views + Deposits.views).contains { $0 == view }
            #expect(view.hiddenFrom == (isOfMoney ? [.guard] : []), "\(view.name)")
        }
        try remind("承诺付款", at: "2026-04-05")
        let entries = try test.store.entries(naming: ["3-2-501"])
        let seen = entries.filter { !$0.isHidden(from: .guard) }.map(\.kind)
        #expect(!seen.contains("bill.issued") && !seen.contains("dunning.recorded") && seen.contains("unit.added"))
        #expect(entries.allSatisfy { !$0.isHidden(from: .operator) })
    }

    /// The cells of a view that a role reads.
    private func texts(of view: any View.Type, _ members: [String: String] = [:], for role: Role?) throws -> String {
        try test.store.rows(of: view, members.mapValues { .string($0) }, for: role).rows.flatMap(\.texts)
            .joined(separator: " ")
    }

    @Test("no view tells a guard of money or reminders: rows and cells are withheld in the views themselves")
    func withheld() throws {
        try remind("承诺付款", at: "2026-04-05")
        let call = try test.do(
            "call.ring", ["direction": "outgoing", "about": "3-2-501", "purpose": "催物业费"], by: "S02")
        try test.do("call.end", ["call": call], by: "S02")
        try test.do("payment.receive", ["unit": "3-2-501", "amount": "11.11"], by: "S02")
        let told = ["催物业费", "物业费欠费", "承诺付款", "11.11", "186.50", "收款", "催缴"]
        for view in Estate.views where !Fees.views.contains(where: { $0 == view }) && view != PhrasesView.self {
            let members = view == HistoryView.self ? ["unit": "3-2-501"] : [:]
            guard let seen = try? texts(of: view, members, for: .guard) else { continue }
            for words in told { #expect(!seen.contains(words), "\(view.name): \(words)") }
        }
        #expect(try texts(of: CallsView.self, for: .operator).contains("催物业费"))
        #expect(try texts(of: HistoryView.self, ["unit": "3-2-501"], for: .operator).contains("11.11"))
        #expect(try texts(of: UndoView.self, for: .operator).contains("11.11"))
        let filter = ["about": "3-2-501"]
        #expect(try texts(of: CallsView.self, filter, for: .guard).isEmpty, "a filter does not tell either")
        #expect(try !texts(of: CallsView.self, filter, for: nil).isEmpty)
        for view in Fees.views {
            #expect(refusal { _ = try texts(of: view, for: .guard) }?.code == "view.notAllowed")
        }
    }
}
