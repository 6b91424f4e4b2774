import Journal
import TestSupport
import Testing

@testable import Estate

@Suite("5.6 the collected amounts are checked with finance on the 5th")
struct ReconciliationTests {
    private let test: TestEstate

    init() throws {
        test = try TestEstate(now: "2026-11-05T15:00")
        try receive("100", "微信", at: "2026-10-03T09:00")
        try receive("50.5", "微信", at: "2026-10-03T10:00")
        try receive("70", "微信", at: "2026-10-31T23:59")
        try receive("30", "现金", at: "2026-10-08T09:00")
        try receive("8", "微信", at: "2026-11-01T00:00")
    }

    @discardableResult
    private func receive(_ amount: String, _ method: String, at time: String) throws -> String {
        try test.do("payment.receive", ["unit": "3-2-501", "amount": amount, "method": method], by: "S02", at: time)
    }

    @discardableResult
    private func reconcile(
        _ method: String, _ counted: String, with: String = "S07", by: String = "S04", period: String? = "2026-10",
        at time: String? = nil
    ) throws -> String {
        var members = ["method": method, "counted": counted, "with": with]
        members["period"] = period
        return try test.do("finance.reconcile", members, by: by, at: time)
    }

    private func row(_ method: String, _ members: [String: String] = [:]) throws -> ReconciliationView.Row {
        try #require(
            try test.show(ReconciliationView.self, ["period": "2026-10"].merging(members) { $1 })
                .first { $0.method == method })
    }

    @Test("the snapshot is by method and day, of the month before unless said; money counts by the day it was received")
    func snapshot() throws {
        try reconcile("微信", "220.5", period: nil)
        let known = try #require(test.estate.reconciliations.of(month("2026-10"), "微信"))
        #expect(
            known.days.map { "\($0.date.text) \($0.amount.money.text)" } == ["2026-10-03 150.50", "2026-10-31 70.00"])
        #expect(try row("微信").difference == .zero && row("微信").state == .agrees)
        #expect(try row("现金").state == .open && row("现金").counted == nil)
        #expect(try (row("微信").signed, row("微信").cosigned) == ("周主管", "孙财务"))
    }

    @Test("what is voided or entered later is a difference to the snapshot, which stays; it is explained")
    func later() throws {
        let bounced = try receive("9", "微信", at: "2026-10-20T09:00")
        try reconcile("微信", "200")
        #expect(try row("微信").difference?.text == "-29.50" && row("微信").state == .differs)
        try test.do("payment.void", ["payment": bounced, "why": "退回"])
        try receive("40", "微信", at: "2026-10-03T11:00")
        let changed = try row("微信")
        #expect(changed.booked.text == "229.50" && changed.bookedNow.text == "260.50" && changed.later?.text == "31.00")
        #expect(changed.laterDays.map { "\($0.day.short) \($0.change.text)" } == ["10-03 40.00", "10-20 -9.00"])
        try test.do("finance.explain", ["period": "2026-10", "method": "微信", "why": "手续费；补录 40"], by: "S07")
        #expect(try row("微信").state == .explained && row("微信").why == "手续费；补录 40")
        // A day's changes that add up to nothing are changes all the same.
        #expect(
            try test.show(ReconciliationView.self, ["period": "2026-10"], asOf: "2026-11-05T14:59").isEmpty == false)
    }

    @Test("an explanation is of the difference as it was; what changes later is not explained, until it is")
    func explainedOnce() throws {
        try reconcile("微信", "219.5")
        try test.do("finance.explain", ["period": "2026-10", "method": "微信", "why": "手续费 1 元"], by: "S07")
        #expect(try row("微信").state == .explained && row("微信").unexplained == nil)
        let late = try receive("40", "微信", at: "2026-10-04T09:00")
        #expect(try row("微信").state == .differs && row("微信").unexplained?.text == "-40.00")
        #expect(try row("微信").why == "手续费 1 元")
        try test.do("finance.explain", ["period": "2026-10", "method": "微信", "why": "手续费；补录"], by: "S07")
        #expect(try row("微信").state == .explained && row("微信").unexplained == nil)
        // The difference that was explained is no more.
        try test.do("payment.void", ["payment": late, "why": "重复"], by: "S07")
        #expect(try row("微信").state == .differs && row("微信").unexplained?.text == "40.00")
        let sheet = try #require(
            try ReconciliationReport(period: month("2026-10")).document(of: test.estate, at: test.store.now, .chinese)
                .sheets.first)
        #expect(sheet.tables.first?.first?[4] == "手续费；补录；未说明 40.00")
    }

    @Test("a month under way is looked at, and not signed")
    func underWay() throws {
        let rows = try test.show(ReconciliationView.self, ["period": "2026-11"])
        #expect(rows.map { "\($0.method) \($0.booked.text) \($0.state)" } == ["微信 8.00 underWay"])
        #expect(refusal { try reconcile("微信", "8", period: "2026-11") }?.code == "reconcile.early")
        #expect(try test.show(ReconciliationView.self).allSatisfy { $0.period == month("2026-10") })
    }

    @Test("a refund is booked on its day, by its method")
    func refunds() throws {
        try test.do(
            "payment.receive", ["unit": "3-2-502", "amount": "20", "method": "微信"], by: "S02", at: "2026-10-30T09:00")
        try test.do(
            "payment.refund", ["unit": "3-2-502", "amount": "15", "why": "多收", "method": "微信"], by: "S07",
            at: "2026-10-31T23:59:30")
        #expect(try row("微信").booked.text == "225.50")
    }

    @Test("two sign, one of them of finance; a month that is not over, or checked already, is refused")
    func refused() throws {
        func code(_ body: () throws -> Void) -> String? { refusal(body)?.code }
        #expect(code { try reconcile("微信", "1", with: "S04") } == "reconcile.signatures")
        #expect(code { try reconcile("微信", "1", with: "S06") } == "reconcile.signatures")
        #expect(code { try reconcile("微信", "1", with: "S99") } == "staff.unknown")
        // Beside finance a supervisor or a manager signs, beside these finance.
        #expect(code { try reconcile("微信", "1", with: "S02", by: "S07") } == "reconcile.signatures")
        #expect(code { try reconcile("微信", "1", with: "S01", by: "S04") } == "reconcile.signatures")
        let finance = refusal { try reconcile("微信", "1", with: "S06", by: "S07") }?.message.chinese ?? ""
        #expect(finance.contains("周主管（客服主管）、王经理（客服经理）") && !finance.contains("孙财务"))
        #expect(refusal { try reconcile("微信", "1", with: "S06") }?.message.chinese.contains("孙财务（财务）") == true)
        #expect(code { try reconcile("微信", "1", by: "S02") } == "staff.notAllowed")
        #expect(code { try reconcile("微信", "1", period: "2026-11") } == "reconcile.early")
        #expect(
            code { try test.do("finance.explain", ["period": "2026-10", "method": "微信", "why": "x"]) }
                == "reconcile.none")
        try reconcile("微信", "220.5", with: "S04", by: "S07")
        #expect(code { try reconcile("微信", "220.5") } == "reconcile.done")
        // A slip is taken back on the same day, unless it was explained.
        try test.do("action.undo", by: "S07")
        try reconcile("微信", "219")
        try test.do("finance.explain", ["period": "2026-10", "method": "微信", "why": "手续费"], by: "S04")
        let id = try #require(test.estate.reconciliations.of(month("2026-10"), "微信")).id.id.text
        #expect(refusal { try test.do("action.undo", ["entry": id], by: "S04") }?.code == "undo.used")
    }

    @Test("the form proposes month, method and finance, and shows the difference")
    func form() throws {
        let now = test.store.now
        let proposals = Reconcile.proposals(with: [:], to: "S04", in: test.estate, at: now)
        #expect(proposals == ["period": "2026-10", "method": "微信", "with": "S07"])
        func cosigners(_ member: String) -> [String] {
            Reconcile.candidates(for: "with", with: [:], by: member, in: test.estate).map(\.value)
        }
        #expect(cosigners("S04") == ["S07"] && cosigners("S07") == ["S04", "S01"])
        let rows = Reconcile.outlook(
            with: ["period": "2026-10", "method": "微信", "counted": "220"], in: test.estate, at: now)
        #expect(rows.map(\.cells[0].chinese) == ["2026-10 账面 220.50，2 天有进出", "差额 -0.50，对账后写明原因"])
    }

    @Test("the sheet has methods, days, what has changed, what does not match, and room for two signatures")
    func sheet() throws {
        try test.do(
            "bankline.record", ["account": "微信", "amount": "70", "direction": "in", "references": "A1"],
            at: "2026-11-01T00:10")
        try test.do(
            "bankline.record", ["account": "微信", "amount": "12", "direction": "in", "note": "停车"],
            at: "2026-10-09T09:00")
        try reconcile("微信", "219.5")
        try receive("5", "微信", at: "2026-10-04T09:00")
        let document = try ReconciliationReport(period: month("2026-10")).document(
            of: test.estate, at: test.store.now, .chinese)
        let sheet = try #require(document.sheets.first)
        #expect(sheet.heading == "翠湖花园 2026-10 收缴对账表")
        #expect(
            sheet.tables.first == [
                ["微信", "220.50", "219.50", "-1.00", "", "周主管 孙财务"], ["现金", "30.00", "", "", "", ""],
                ["合计", "250.50", "219.50", "-1.00", "", ""],
            ])
        #expect(sheet.values["还没有对账"] == .some("现金"))
        #expect(sheet.values["客服主管签名"] == .some(nil) && sheet.values["财务签名"] == .some(nil))
        #expect(sheet.tables[1] == [["微信", "2026-10-04", "5.00"]])
        #expect(sheet.tables[2].map { $0[2] } == ["100.00", "50.50", "5.00"])
        #expect(sheet.tables[3].map { $0.joined(separator: "|") } == ["微信|2026-10-09 09:00|12.00|||停车"])
        #expect(sheet.tables[4].map { $0[0] } == ["2026-10-03", "2026-10-08", "2026-10-31"])
        #expect(document.name == "reconciliation-2026-10")
    }
}

@Suite("The 5th: lines of a statement and payments")
struct StatementMatchingTests {
    private let test: TestEstate

    init() throws { test = try TestEstate(now: "2026-11-05T15:00") }

    private func pay(_ amount: String, _ method: String, at time: String, slip: String? = nil) throws -> String {
        var members = ["unit": "3-2-501", "amount": amount, "method": method]
        members["slip"] = slip
        return try test.do("payment.receive", members, by: "S07", at: "2026-10-\(time)")
    }

    private func line(
        _ amount: String, at time: String, _ references: String = "", account: String = "微信", out: Bool = false
    ) throws -> String {
        try test.do(
            "bankline.record",
            ["account": account, "amount": amount, "direction": out ? "out" : "in", "references": references],
            by: "S07",
            at: "2026-10-\(time)")
    }

    private func matches(_ payment: String, _ line: String) -> Bool {
        StatementMatching(test.estate).lineOf[.payment(ref(payment))] == ref(line)
    }

    private func unmatched() throws -> [String] {
        try test.show(UnmatchedView.self).map { "\($0.side.rawValue) \($0.amount.text)" }
    }

    @Test("by the slip number first, whatever the day and the case of its letters")
    func reference() throws {
        let early = try pay("100", "微信", at: "03T09:00", slip: "42000a1")
        let late = try pay("100", "微信", at: "09T09:00")
        let own = try line("100", at: "08T09:00", "42000A1,M77")
        let other = try line("100", at: "09T09:01", "42000B2")
        #expect(matches(early, own) && matches(late, other))
        #expect(try unmatched().isEmpty)
    }

    @Test("by amount and day: the same day first, then a day apart; each line is one payment")
    func days() throws {
        let first = try pay("80", "微信", at: "03T23:59")
        let second = try pay("80", "微信", at: "04T10:00")
        let third = try pay("80", "微信", at: "20T10:00")
        let same = try line("80", at: "04T00:02", "A")
        let near = try line("80", at: "05T08:00", "B")
        #expect(matches(second, same), "the same day goes before the nearer minute")
        #expect(!matches(first, near), "two days apart")
        _ = try line("80", at: "22T10:00", "C")
        #expect(StatementMatching(test.estate).lineOf[.payment(ref(third))] == nil)
        #expect(try unmatched() == ["book 80.00", "statement 80.00", "book 80.00", "statement 80.00"])
    }

    @Test("another account, another amount, a different number and money that left are no match; voids are none either")
    func apart() throws {
        _ = try pay("60", "支付宝", at: "03T09:00")
        let slipped = try pay("70", "微信", at: "03T09:00", slip: "X1")
        let void = try pay("90", "微信", at: "03T09:00")
        try test.do("payment.void", ["payment": void, "why": "录错"])
        _ = try line("60", at: "03T09:00", "A")
        let other = try line("70", at: "03T09:00", "X2")
        _ = try line("90", at: "03T09:00", "C", out: true)
        #expect(!matches(slipped, other))
        #expect(
            try unmatched() == ["statement -90.00", "statement 60.00", "book 70.00", "statement 70.00"],
            "the account without a statement is not compared")
    }

    @Test("a refund is money that left: by amount, a day apart at most; what is left on either side is listed")
    func refunds() throws {
        let paid = try pay("90", "微信", at: "03T09:00")
        let came = try line("90", at: "03T09:01", "A")
        func refund(_ amount: String, at time: String) throws -> String {
            try test.do(
                "payment.refund", ["unit": "3-2-501", "amount": amount, "why": "多收", "method": "微信"], by: "S07",
                at: "2026-10-\(time)")
        }
        let (first, second) = (try refund("20", at: "05T10:00"), try refund("30", at: "06T10:00"))
        let left = try line("20", at: "06T09:00", "B", out: true)
        _ = try line("30", at: "09T09:00", "C", out: true)
        #expect(matches(paid, came))
        let matching = StatementMatching(test.estate)
        func matched(_ refund: String) -> Ref<BankLine>? {
            EntryID(refund).flatMap { matching.lineOf[.refund(Ref($0))] }
        }
        #expect(matched(first) == ref(left) && matched(second) == nil)
        #expect(try unmatched() == ["book -30.00", "statement -30.00"])
        let rows = try test.show(BankLinesView.self)
        #expect(
            rows.map { $0.refund?.id.text } == [nil, first, nil]
                && rows.map { $0.payment != nil } == [true, false, false])
    }

    @Test("at the end of a month the other month's line is found")
    func border() throws {
        let payment = try pay("33", "银行转账", at: "31T23:30")
        let line = try test.do(
            "bankline.record", ["account": "银行", "amount": "33", "direction": "贷", "references": "T1"], by: "S07",
            at: "2026-11-01T00:05")
        #expect(matches(payment, line))
        #expect(try test.show(UnmatchedView.self, ["period": "2026-10"]).isEmpty)
        #expect(try test.show(UnmatchedView.self, ["period": "2026-11"]).isEmpty)
    }

    /// Against a search that tries all pairs.
    @Test("random statements: nothing is matched twice, and no pair that fits is left", arguments: 0..<40)
    func random(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        for _ in 0..<14 {
            let (day, hour) = (3 + random.below(5), 8 + random.below(10))
            let time = "0\(day)T\(hour < 10 ? "0" : "")\(hour):00"
            if random.below(2) == 0 {
                _ = try pay(random.pick(["10", "20", "30"]), "微信", at: time)
            } else {
                _ = try line(random.pick(["10", "20", "30"]), at: time, "N\(random.below(100_000))")
            }
        }
        let matching = StatementMatching(test.estate)
        #expect(Set(matching.lineOf.values).count == matching.lineOf.count)
        let lines = test.estate.reconciliations.lines
        for payment in test.estate.fees.payments.values {
            let fitting = lines.values.filter {
                $0.sum == payment.amount
                    && abs(Day($0.at, in: .shanghai).days(since: Day(payment.received, in: .shanghai))) <= 1
            }
            if let line = matching.lineOf[.payment(payment.id)] {
                #expect(fitting.contains { $0.id == line })
            } else {
                #expect(fitting.allSatisfy { matching.sourceOf[$0.id] != nil })
            }
        }
    }
}
