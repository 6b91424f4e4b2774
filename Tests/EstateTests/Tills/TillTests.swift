import Journal
import TestSupport
import Testing

@testable import Estate

@Suite("Rules, 日结: a till by cashier and shift, counted before it is known")
struct TillTests {
    private let test: TestEstate

    init() throws { test = try TestEstate(now: "2026-11-23T18:00") }

    private func open(_ float: String = "200", by: String = "S02", at time: String = "08:00") throws -> String {
        try test.do("till.open", ["float": float], by: by, at: "2026-11-23T\(time)")
    }

    @discardableResult
    private func receive(
        _ amount: String, _ method: String? = "现金", by: String = "S02", at time: String, _ more: [String: String] = [:]
    ) throws -> String {
        var members = ["unit": "3-2-501", "amount": amount].merging(more) { $1 }
        members["method"] = method
        return try test.do("payment.receive", members, by: by, at: "2026-11-23T\(time)")
    }

    private func count(_ till: String, _ counted: [String: String], at time: String, by: String = "S02") throws {
        for (method, amount) in counted.sorted(by: { $0.key < $1.key }) {
            try test.do(
                "till.count", ["till": till, "method": method, "counted": amount], by: by, at: "2026-11-23T\(time)")
        }
    }

    private func close(_ till: String, at time: String, by: String = "S02", receiver: String = "S07") throws {
        try test.do("till.close", ["till": till, "receiver": receiver], by: by, at: "2026-11-23T\(time)")
    }

    /// `expected counted difference` of a till's methods.
    private func lines(_ till: String) throws -> [String: String] {
        let rows = try test.show(TillsView.self).filter { $0.till?.id.id.text == till }
        return Dictionary(
            uniqueKeysWithValues: rows.map { row in
                (
                    row.method,
                    [row.expected, row.counted, row.difference].map { $0?.text ?? "—" }.joined(separator: " ")
                )
            })
    }

    @Test("what has to be there shows only after it was counted, method by method")
    func blind() throws {
        let till = try open()
        try receive("100", at: "09:00")
        try receive("60", "微信", at: "09:30")
        #expect(try lines(till)["现金"] == "— — —" && lines(till)["微信"] == "— — —")
        #expect(try test.show(TillsView.self).allSatisfy { $0.received == nil })
        try count(till, ["现金": "295"], at: "12:00")
        #expect(try lines(till)["现金"] == "300.00 295.00 -5.00")
        #expect(try lines(till)["微信"] == "— — —")
    }

    @Test("change that was given back is not received; a refund leaves by its method; what is voided is not there")
    func movements() throws {
        let till = try open()
        try receive("100", at: "09:00", ["tendered": "150"])
        let voided = try receive("40", at: "09:10")
        try test.do("payment.void", ["payment": voided, "why": "录错"], by: "S02", at: "2026-11-23T09:20")
        try receive("80", "微信", by: "S07", at: "09:30")
        _ = try test.do(
            "payment.refund", ["unit": "3-2-501", "amount": "30", "why": "多收", "method": "现金"], by: "S07",
            at: "2026-11-23T09:40")
        let finance = try open("0", by: "S07", at: "09:00")
        try count(till, ["现金": "300"], at: "12:00")
        try count(finance, ["微信": "80", "现金": "-30"], at: "12:00", by: "S07")
        #expect(try lines(till)["现金"] == "300.00 300.00 0.00")
        #expect(try lines(finance)["现金"] == "-30.00 -30.00 0.00" && lines(finance)["微信"] == "80.00 80.00 0.00")
    }

    @Test("money without a method is counted as such, deposits stand apart")
    func methods() throws {
        try test.do(
            "bill.issue", test.bill(period: "2026-11", item: "装修押金", amount: "500", due: "2026-11-20"),
            at: "2026-11-01")
        let till = try open("0")
        try receive("520", nil, at: "09:00")
        try count(till, ["未注明": "520"], at: "12:00")
        let row = try #require(try test.show(TillsView.self).first { $0.method == "未注明" })
        #expect(row.line.deposits.text == "500.00" && row.difference == .zero)
    }

    @Test("a close needs cash and every method that money came by; another takes it over; differences are facts")
    func closing() throws {
        let till = try open()
        try receive("100", at: "09:00")
        try receive("60", "微信", at: "09:30")
        #expect(refusal { try close(till, at: "12:00") }?.message.chinese.contains("现金、微信") == true)
        try count(till, ["现金": "297"], at: "12:00")
        #expect(refusal { try close(till, at: "12:01") }?.code == "till.uncounted")
        try count(till, ["微信": "60"], at: "12:00")
        #expect(refusal { try close(till, at: "12:01", receiver: "S02") }?.code == "till.receiver")
        let asked = try #require(
            CloseTill(till: ref(till), receiver: "S07").confirmation(in: test.estate, at: test.store.now))
        #expect(asked.facts.map(\.chinese) == ["现金：清点 297.00，短款 3.00", "微信：清点 60.00"])
        try close(till, at: "12:01")
        let known = try #require(test.estate.tills.all[ref(till)])
        #expect(known.differences == ["现金": money("0") - money("3")])
        #expect(known.closing?.receiver == "S07")
        let facts = try test.store.entries(naming: [till]).map { $0.fact?.ownLabel.chinese ?? "" }
        #expect(facts.contains("短款"))
        #expect(refusal { try close(till, at: "12:02") }?.code == "till.closed")
        #expect(refusal { try count(till, ["现金": "300"], at: "12:02") }?.code == "till.closed")
        #expect(refusal { try test.do("action.undo", by: "S02") } != nil)
        try test.do("till.explain", ["till": till, "method": "现金", "why": "找零找错"], by: "S02")
        #expect(try test.show(TillsView.self).first { $0.method == "现金" }?.why == "找零找错")
    }

    @Test("what comes after a count has to be counted again, and is hidden again")
    func stale() throws {
        let till = try open()
        try count(till, ["现金": "200"], at: "10:00")
        try receive("50", at: "10:30")
        #expect(try lines(till)["现金"] == "— — —")
        #expect(refusal { try close(till, at: "12:00") }?.code == "till.uncounted")
        try count(till, ["现金": "250"], at: "12:00")
        try close(till, at: "12:01")
        #expect(try lines(till)["现金"] == "250.00 250.00 0.00")
        #expect(test.estate.tills.all[ref(till)]?.counts.count == 2)
    }

    @Test("a later void, or a payment that is entered later, is a difference to the close, which stays")
    func later() throws {
        let till = try open()
        let payment = try receive("100", at: "09:00")
        try count(till, ["现金": "300"], at: "12:00")
        try close(till, at: "12:00")
        try test.do("payment.void", ["payment": payment, "why": "假钞"], by: "S07")
        #expect(try lines(till)["现金"] == "300.00 300.00 0.00")
        let row = try #require(try test.show(TillsView.self).first { $0.method == "现金" })
        #expect(row.later?.text == "-100.00")
        try receive("25", "微信", at: "11:00")
        #expect(try test.show(TillsView.self).first { $0.method == "微信" }?.later?.text == "25.00")
    }

    @Test("one till a cashier and shift: at one moment the first is closed, the next begins")
    func shifts() throws {
        let first = try open()
        #expect(refusal { _ = try open() }?.code == "till.open")
        try receive("10", at: "12:00")
        try count(first, ["现金": "210"], at: "12:00")
        try close(first, at: "12:00")
        let second = try open("100", at: "12:00")
        try receive("7", at: "12:00")
        try receive("30", by: "S04", at: "12:30")
        try count(second, ["现金": "107"], at: "13:00")
        #expect(try lines(first)["现金"] == "210.00 210.00 0.00")
        #expect(try lines(second)["现金"] == "107.00 107.00 0.00")
    }

    @Test("an operator counts and closes only their own; a supervisor does it for somebody who has gone")
    func whose() throws {
        let till = try open(by: "S04")
        #expect(refusal { try count(till, ["现金": "200"], at: "10:00") }?.code == "till.notYours")
        let other = try open(by: "S02")
        try count(other, ["现金": "200"], at: "10:00", by: "S04")
        try close(other, at: "10:05", by: "S04")
        #expect(refusal { try test.do("till.open", ["float": "1"], by: "S03") }?.code == "staff.notAllowed")
    }

    @Test("as of an earlier moment it is as it was then; a start from a checkpoint decides the same")
    func asOf() throws {
        let till = try open()
        try receive("100", at: "09:00")
        try count(till, ["现金": "290"], at: "10:00")
        try receive("5", at: "11:00")
        let rows = try test.show(TillsView.self, asOf: "2026-11-23T10:30").filter { $0.method == "现金" }
        #expect(rows.map { $0.difference?.text } == ["-10.00"])
        let set = WorkingSet(of: test.estate, at: test.store.now)
        #expect(set.ids.contains(try #require(EntryID(till))))
    }

    @Test("the sheet of a till has what passed, what was counted, why it differs, and room for two signatures")
    func sheet() throws {
        let till = try open()
        try receive("100", at: "09:00")
        let void = try receive("40", at: "09:10")
        try test.do("payment.void", ["payment": void, "why": "录错"], by: "S02", at: "2026-11-23T09:11")
        try count(till, ["现金": "297"], at: "12:00")
        try test.do("till.explain", ["till": till, "method": "现金", "why": "找零找错"], by: "S02")
        try close(till, at: "12:05")
        let sheet = try #require(
            try DailyReport(till: ref(till)).document(of: test.estate, at: test.store.now, .chinese).sheets.first)
        #expect(sheet.heading == "翠湖花园 收银日结单")
        for (name, value) in [
            ("收银员", "陈接待"), ("备用金", "200.00"), ("收据", "desk-000001 – desk-000002"), ("作废", "1"), ("接收人", "孙财务"),
        ] {
            #expect(sheet.values[name] == .some(value), "\(name)")
        }
        #expect(sheet.values["收银员签名"] == .some(nil) && sheet.values["接收人签名"] == .some(nil))
        #expect(
            sheet.tables == [
                [
                    ["现金", "1", "100.00", "0.00", "300.00", "297.00", "-3.00"],
                    ["合计", "1", "100.00", "0.00", "300.00", "297.00", "-3.00"],
                ], [["现金", "短款 3.00", "找零找错"], ["现金", "作废", "3-2-501 40.00 desk-000002"]],
            ])
        let day = try DailyReport.make(
            of: test.estate, at: test.store.now, members: ["day": .string("2026-11-23")], .english)
        #expect(day.document.sheets.count == 1 && !day.rows.rows.isEmpty)
        #expect(
            refusal {
                try DailyReport.make(of: test.estate, at: test.store.now, members: [:], for: .guard, .chinese)
            }?.code == "view.notAllowed")
    }

    /// Payments, voids and refunds in random order, against sums kept beside them.
    @Test("random shifts: what has to be there equals a second calculation", arguments: 0..<40)
    func random(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        var (expected, standing, minute) = (["现金": money("50")], [(id: String, method: String, amount: Money)](), 0)
        let till = try open("50")
        for _ in 0..<25 {
            minute += 1 + random.below(3)
            let time =
                "\(8 + minute / 60 < 10 ? "0" : "")\(8 + minute / 60):\(minute % 60 < 10 ? "0" : "")\(minute % 60)"
            let method = random.pick(["现金", "微信", "刷卡"])
            switch random.below(5) {
            case 0 where !standing.isEmpty:
                let gone = standing.remove(at: random.below(standing.count))
                try test.do("payment.void", ["payment": gone.id, "why": "录错"], at: "2026-11-23T\(time)")
                expected[gone.method, default: .zero] -= gone.amount
            case 1:
                try receive("\(1 + random.below(90))", method, by: "S07", at: time)
            default:
                let amount = money("\(1 + random.below(90)).\(random.below(10))")
                standing.append((try receive(amount.text, method, at: time), method, amount))
                expected[method, default: .zero] += amount
            }
        }
        for (method, amount) in expected.sorted(by: { $0.key < $1.key }) {
            try count(till, [method: amount.text], at: "17:00")
            #expect(try lines(till)[method] == "\(amount.text) \(amount.text) 0.00")
        }
        try close(till, at: "17:30")
        #expect(test.estate.tills.all[ref(till)]?.differences == [:])
        let again = try Store(at: test.folder, clock: test.clock.clock)
        #expect(try test.rows(TillsView.self, of: again.estate) == test.rows(TillsView.self, of: test.estate))
    }

    @Test("a start has both tills that a member opened at two machines at once")
    func openAtTwoMachines() throws {
        let nodes = try TestNodes(2)
        nodes.pass(seconds: 1000)
        for node in 0...1 { try nodes[node].do("till.open", ["float": "200"], by: "S02") }
        let estate = try nodes.expectAgreement()
        let open = estate.tills.all.values.filter { $0.closing == nil }.map(\.id.id)
        let window = RetentionWindow(at: nodes[0].store.now, in: .shanghai, estate.handbook)
        #expect(open.count == 2 && Set(Tills.retainedIDs(in: estate, window)).isSuperset(of: open))
    }
}
