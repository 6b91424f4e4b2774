import Handbook
import Journal
import TestSupport
import Testing

@testable import Estate

@Suite("Rules, Renovation: the deposit is held, goes back or is kept")
struct DepositTests {
    private let test: TestEstate

    init() throws { test = try TestEstate(now: "2026-06-01T12:00") }

    /// A renovation with a deposit of 2,000 that was accepted on 04-02.
    private func accepted(deposit: String = "2000") throws -> String {
        let id = try test.permitted(deposit: deposit, at: "2026-03-02T09:00")
        try test.do("renovation.finish", ["renovation": id], at: "2026-04-01T09:00")
        try test.do("renovation.accept", ["renovation": id, "result": "passed"], at: "2026-04-02T09:00")
        return id
    }

    private func refund(_ id: String, _ amount: String, _ more: [String: String] = [:]) throws {
        try test.do("renovation.refund", ["renovation": id, "refund": amount].merging(more) { $1 })
    }

    private func deduct(_ id: String, _ amount: String) throws {
        try test.do("renovation.deduct", ["renovation": id, "amount": amount, "why": "划痕", "signer": "李四"])
    }

    @Test("refunds and deductions never come to more than was held")
    func exceeds() throws {
        let id = try accepted()
        try deduct(id, "1500")
        #expect(refusal { try deduct(id, "500.01") }?.code == "deposit.exceeds")
        let refused = refusal { try refund(id, "500.01") }
        #expect(refused?.code == "deposit.exceeds" && refused?.field == "refund")
        #expect(refused?.message.chinese == "押金只余 500.00 元（收 2,000.00，已退 0.00，已扣 1,500.00）")
        try refund(id, "500")
        #expect(try test.renovation(id).state == .refunded)
    }

    @Test("two deductions that together exceed: the second is refused")
    func twoDeductions() throws {
        let id = try accepted()
        try deduct(id, "1200")
        #expect(refusal { try deduct(id, "1200") }?.code == "deposit.exceeds")
        #expect(try test.renovation(id).deducted == money("1200"))
    }

    @Test("a refund in parts: settled with the last one; nothing goes back twice")
    func parts() throws {
        let id = try accepted()
        try refund(id, "800")
        #expect(try test.renovation(id).state == .accepted)
        try refund(id, "1200")
        #expect(try test.renovation(id).state == .refunded)
        #expect(refusal { try refund(id, "0.01") }?.code == "renovation.state")
    }

    @Test("nothing held: nothing due, and over with the acceptance")
    func nothing() throws {
        let id = try accepted(deposit: "0")
        let known = try test.renovation(id)
        #expect(!known.isOpen && test.estate.refundDue(of: known) == nil)
        #expect(refusal { try refund(id, "1") }?.code == "deposit.exceeds")
        #expect(refusal { try refund(id, "0") }?.code == "amount.zero")
        #expect(test.estate.deposits.movements.isEmpty)
    }

    @Test("kept whole: settled by the deduction")
    func keptWhole() throws {
        let id = try accepted()
        try deduct(id, "2000")
        #expect(try test.renovation(id).state == .refunded)
        #expect(test.estate.deposits.movements.count == 1)
    }

    @Test("withdrawn before the permit it ends; after it the deposit goes back within the days")
    func withdrawn() throws {
        let before = try test.renovation()
        try test.do("renovation.withdraw", ["renovation": before, "why": "不装了"])
        #expect(try !test.renovation(before).isOpen)
        #expect(refusal { try deduct(before, "1") }?.code == "deposit.exceeds")
        let after = try test.permitted(at: "2026-03-02T09:00")
        try test.do("renovation.withdraw", ["renovation": after, "why": "不装了"], at: "2026-03-10T09:00")
        let known = try test.renovation(after)
        #expect(known.isOpen && test.estate.refundDue(of: known) == day("2026-03-17"))
        try deduct(after, "100")
        try refund(after, "1900")
        #expect(try test.renovation(after).state == .refunded)
    }

    @Test("due back thirty days after the acceptance and seven more; the policy may say otherwise")
    func due() throws {
        let known = try test.renovation(try accepted())
        #expect(test.estate.refundDue(of: known) == day("2026-05-09"))
        let own = #"{"policy":{"observationDays":0,"refundDays":3}}"#
        let changed = try TestEstate.reopened(test, handbook: ["renovation.json": own])
        #expect(changed.refundDue(of: known) == day("2026-04-05"))
    }

    @Test("a deduction without a signature, a refund another way or too early: recorded and warned of")
    func warned() throws {
        let id = try accepted()
        let deduct = ["renovation": id, "amount": "100", "why": "划痕"]
        #expect(try test.warnings("renovation.deduct", deduct) == ["renovation.unsigned"])
        let early = ["renovation": id, "refund": "100"]
        #expect(try test.warnings("renovation.refund", early, at: "2026-06-01T11:00") == [])
        let other = ["renovation": id, "refund": "100", "method": "银行转账"]
        #expect(try test.warnings("renovation.refund", other) == ["refund.method"])
        #expect(test.estate.deposits.movements.map(\.method) == ["现金", "现金", "银行转账"])
        let young = try test.permitted(at: "2026-05-02T09:00")
        try test.do("renovation.finish", ["renovation": young], at: "2026-05-10T09:00")
        try test.do("renovation.accept", ["renovation": young, "result": "passed"], at: "2026-05-10T09:00")
        #expect(
            try test.warnings("renovation.refund", ["renovation": young, "refund": "1"]) == ["renovation.observation"])
    }

    @Test("it passes the till by method, apart as a deposit; a refund takes it out again")
    func till() throws {
        let till = try test.do("till.open", ["float": "200"], at: "2026-03-02T08:00")
        let id = try test.permitted(fee: "300", at: "2026-03-02T09:00")
        let known = try #require(test.estate.tills.all[try Ref(text: till, zone: .shanghai)])
        let line = try #require(test.estate.passed(known)["现金"])
        #expect(line.received == money("2300") && line.deposits == money("2000") && line.count == 2)
        #expect(line.expected.money == money("2500"))
        #expect(test.estate.lastMovement(of: known) == at("2026-03-02T09:00"))
        try test.do("renovation.withdraw", ["renovation": id, "why": "不装了"], at: "2026-03-02T10:00")
        try test.do("renovation.refund", ["renovation": id, "refund": "500"], at: "2026-03-02T10:00")
        let after = try #require(test.estate.passed(known)["现金"])
        #expect(
            after.expected.money == money("2000") && after.refunded == money("500") && after.deposits == money("2000"))
    }

    @Test("where tills are in use, a deposit that is in none is warned of and listed")
    func outside() throws {
        let till = try test.do("till.open", ["float": "0"], by: "S04", at: "2026-03-02T08:00")
        let id = try test.renovation(["papers": "complete", "applicant": "owner"], at: "2026-03-02T09:00")
        let members = ["renovation": id, "deposit": "2000", "fee": "0", "until": "2026-06-30", "method": "现金"]
        #expect(try test.warnings("renovation.permit", members, at: "2026-03-02T09:00").contains("till.none"))
        let known = try #require(test.estate.tills.all[try Ref(text: till, zone: .shanghai)])
        #expect(test.estate.moneyOutside([known]).map(\.line.deposits) == [money("2000")])
    }

    @Test("what another took is not in the till; what comes after the close is a difference to it")
    func otherTill() throws {
        let till = try test.do("till.open", ["float": "0"], by: "S04", at: "2026-03-02T08:00")
        _ = try test.permitted(at: "2026-03-02T09:00")
        try test.do("till.count", ["till": till, "method": "现金", "counted": "0"], by: "S04", at: "2026-03-02T10:00")
        try test.do("till.close", ["till": till, "receiver": "S07"], by: "S04", at: "2026-03-02T10:00")
        _ = try test.permitted(unit: "3-2-502", by: "S04", at: "2026-03-02T09:30")
        let row = try #require(try test.show(TillsView.self).first { $0.method == "现金" })
        #expect(row.later == money("2000"))
    }

    @Test("the month's books have it by method and day, fewer what went back")
    func booked() throws {
        let id = try accepted()
        let booked = test.estate.booked(in: month("2026-03")...month("2026-03"))
        #expect(booked[month("2026-03")]?["现金"] == [day("2026-03-02"): money("2000")])
        #expect(test.estate.methodsLeft(of: month("2026-03")) == ["现金"])
        let row = try test.only(ReconciliationView.self, ["period": "2026-03"])
        #expect(row.deposits == money("2000"))
        let report = try ReconciliationReport(period: month("2026-03")).document(
            of: test.estate, at: test.store.now, .chinese)
        #expect(report.sheets.first?.values["现金 其中押金"] == .some("2,000.00（押金是负债，不计收入）"))
        try refund(id, "2000")
        #expect(
            test.estate.booked()[month("2026-06")]?["现金"]?[day("2026-06-01")] == Money(fen: -200_000))
        // The first money of all makes the 5th a duty.
        #expect(try test.show(DutiesView.self).contains { $0.id == "reconcile-2026-04" })
    }

    @Test("no account, collection, age, arrears or prepaid money knows it, and it never nets what is owed")
    func apart() throws {
        try test.do("bill.issue", test.bill(period: "2026-03", amount: "500", due: "2026-03-31"))
        let before = try (
            test.collection(of: "2026-03", asOf: "2026-06-01").texts, test.show(AgeingView.self).map(\.texts)
        )
        let statement = try test.show(StatementView.self, ["unit": "3-2-501"]).map(\.texts)
        let id = try accepted()
        try deduct(id, "100")
        #expect(try test.collection(of: "2026-03", asOf: "2026-06-01").texts == before.0)
        #expect(try test.show(AgeingView.self).map(\.texts) == before.1)
        #expect(try test.show(StatementView.self, ["unit": "3-2-501"]).map(\.texts) == statement)
        #expect(test.estate.fees.prepaid(of: unit("3-2-501")) == .zero)
    }

    @Test("money is never undone")
    func undo() throws {
        let id = try accepted()
        try refund(id, "1")
        let refused = refusal {
            try test.store.perform(UndoAction(try test.estate.nextUndo(of: "S01", at: test.store.now)), by: "S01")
        }
        #expect(refused?.code == "undo.never")
        #expect(try test.renovation(id).refunded == money("1"))
    }

    @Test("a guard sees no money of it: not in the view, the file, or the history")
    func `guard`() throws {
        let id = try accepted()
        func texts(_ reader: Role) throws -> [String] {
            try RenovationsView().rows(of: test.estate, at: test.store.now, for: reader)[0].texts
        }
        let keys = Estate.views.first { $0.name == "renovations" }?.columnDescriptions.map(\.key) ?? []
        for key in ["held", "refunded", "deducted", "refundDue", "next", "nextDue"] {
            let place = try #require(keys.firstIndex(of: key))
            #expect(try texts(.guard)[place].isEmpty && !texts(.manager)[place].isEmpty, "\(key)")
        }
        let document = try RenovationSheet.make(
            of: test.estate, at: test.store.now, members: ["renovation": .string(id)], for: .guard, .chinese
        ).document
        #expect(document.sheets.count == 3)
        #expect(RenovationPermitted().hiddenFrom == [.guard] && RefundDeposit().hiddenFrom == [.guard])
    }

    @Test("a refund after a sale leaves the books of the unit to whoever owns it")
    func sold() throws {
        let id = try accepted()
        try test.do("unit.sell", ["unit": "3-2-501", "owner": "赵六"])
        try refund(id, "2000")
        let known = try test.renovation(id)
        #expect(known.state == .refunded && known.refunds.map(\.amount) == [money("2000")])
        #expect(known.permit?.payer.flatMap { test.estate.people.persons[$0]?.name } == "李四")
        #expect(test.estate.deposits.movements.reduce(.zero) { $0 + $1.amount } == .zero)
        #expect(test.estate.fees.prepaid(of: unit("3-2-501")) == .zero)
    }

    @Test("a unit that is renamed in mid-case keeps its deposit, and its movements follow")
    func renamed() throws {
        let id = try accepted()
        try test.do("unit.change", ["unit": "3-2-501", "newCode": "3-2-511"])
        try refund(id, "2000")
        #expect(try test.renovation(id).unit == unit("3-2-511"))
        #expect(test.estate.deposits.movements.map(\.unit) == [unit("3-2-511"), unit("3-2-511")])
        #expect(test.estate.renovations.of(unit("3-2-511")).count == 1)
        #expect(test.estate.renovations.of(unit("3-2-501")).isEmpty)
    }
}

@Suite("Rules, Renovation: the deposit on statements and in the daily close")
struct DepositStatementTests {
    private let test: TestEstate

    init() throws {
        test = try TestEstate(now: "2026-06-01T12:00")
        _ = try test.permitted(fee: "300", method: "微信", at: "2026-03-02T09:00")
    }

    private func line(_ amount: String) throws {
        try test.do(
            "bankline.record", ["account": "微信", "amount": amount, "direction": "in", "references": "A\(amount)"],
            at: "2026-03-02T09:01")
    }

    @Test("the line of a deposit is found; without it the deposit stands on one side only")
    func matched() throws {
        try line("300")
        let unmatched = test.estate.unmatched(of: month("2026-03"))
        #expect(unmatched.map(\.side) == [.book] && unmatched.map(\.amount) == [money("2000")])
        #expect(unmatched.first?.note == "装修押金" && unmatched.first?.reference == "desk-000001")
        try line("2000")
        #expect(test.estate.unmatched(of: month("2026-03")).isEmpty)
    }

    @Test("the daily close counts its receipt")
    func daily() throws {
        let till = try test.do("till.open", ["float": "0"], at: "2026-03-03T08:00")
        _ = try test.permitted(unit: "3-2-502", at: "2026-03-03T09:00")
        let document = try DailyReport(till: Ref(text: till, zone: .shanghai))
            .document(of: test.estate, at: test.store.now, .chinese)
        #expect(document.sheets.first?.values["收据"] == .some("desk-000003"))
    }
}
