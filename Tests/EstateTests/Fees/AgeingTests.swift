import Journal
import TestSupport
import Testing

@testable import Estate

@Suite("Rules, Ageing: what is owed by age, and until when it can be sued for")
struct AgeingTests {
    private let test: TestEstate

    init() throws { test = try TestEstate(now: "2026-11-23T12:00") }

    private func issue(_ amount: String, due: String, item: String = "物业费", unit: String = "3-2-501") throws {
        let period = String(due.prefix(7))
        try test.do(
            "bill.issue", test.bill(unit: unit, period: period, item: item, amount: amount, due: due),
            at: period < "2025-01" ? "2025-01-01" : "\(period)-01")
    }

    private func cells(_ time: String? = nil) throws -> [String] {
        try test.show(AgeingView.self, asOf: time).map { row in
            (row.buckets + [row.prepaid, row.total]).map { $0 == .zero ? "-" : $0.text }.joined(separator: " ")
        }
    }

    @Test("each bucket begins and ends on its day; due today is 未到期")
    func buckets() throws {
        let ages = [0, 1, 30, 31, 60, 61, 90, 91, 180, 181, 365, 366, 730, 731, 1095, 1096]
        for (index, age) in ages.enumerated() {
            try issue("\(1 << index)", due: day("2026-11-23").adding(-age).text, item: "费\(age)")
        }
        #expect(
            try cells() == ["1.00 6.00 24.00 96.00 384.00 1536.00 6144.00 24576.00 32768.00 - 65535.00"])
        #expect(try cells("2026-11-23") == (try cells()))
        #expect(try test.only(AgeingView.self).total == test.only(AgeingView.self).buckets.reduce(.zero, +))
    }

    @Test("as of an earlier day: what was open then, and its age then")
    func asOf() throws {
        try issue("100", due: "2026-10-31")
        try test.do("payment.receive", ["unit": "3-2-501", "amount": "40"], at: "2026-11-10")
        try test.do("payment.receive", ["unit": "3-2-501", "amount": "90"], at: "2026-11-20")
        #expect(try cells("2026-10-31") == ["100.00 - - - - - - - - - 100.00"])
        #expect(try cells("2026-11-01") == ["- 100.00 - - - - - - - - 100.00"])
        #expect(try cells("2026-11-15") == ["- 60.00 - - - - - - - - 60.00"])
        #expect(try cells() == ["- - - - - - - - - 30.00 -"])
        #expect(try test.only(AgeingView.self).limitation == nil)
    }

    @Test("a former owner's account stands apart; the largest sum is first")
    func accounts() throws {
        try issue("200", due: "2026-08-31")
        try test.do("unit.sell", ["unit": "3-2-501", "owner": "钱新"], at: "2026-10-01")
        try issue("100", due: "2026-11-30")
        try issue("150", due: "2026-11-30", unit: "3-2-502")
        let rows = try test.show(AgeingView.self).map { [$0.unit.text] + $0.texts.suffix(2) }
        #expect(
            rows == [["3-2-501", "李四", "true"], ["3-2-502", "", "false"], ["3-2-501", "钱新", "false"]])
        #expect(
            try cells() == [
                "- - - 200.00 - - - - - - 200.00", "150.00 - - - - - - - - - 150.00",
                "100.00 - - - - - - - - - 100.00",
            ])
    }

    private func limitation(_ time: String? = nil) throws -> String? {
        try test.only(AgeingView.self, asOf: time).limitation?.text
    }

    @Test("three years after the oldest bill was due; a promise or a part payment renews it for the bills it concerns")
    func renewed() throws {
        try issue("100", due: "2024-02-29")
        #expect(try limitation() == "2027-02-28")
        try issue("50", due: "2025-03-31")
        func remind(_ promise: String?, at time: String) throws {
            var members = ["unit": "3-2-501", "channel": "书面通知", "outcome": "贴在门上"]
            members["promise"] = promise
            try test.do("dunning.record", members, at: time)
        }
        try remind(nil, at: "2025-02-01")
        #expect(try limitation() == "2027-02-28", "a reminder that nobody answered proves nothing")
        try remind("2025-02-20", at: "2025-02-10")
        // The second bill was issued after the promise.
        #expect(try limitation() == "2028-02-10")
        try test.do("payment.receive", ["unit": "3-2-501", "amount": "10"], at: "2025-08-01")
        #expect(try limitation() == "2028-03-31")
        #expect(try limitation("2025-02-05") == "2027-02-28")
    }

    @Test("a guard sees neither the ages nor a statement")
    func hidden() {
        let members: [String: JSONValue] = ["unit": "3-2-501"]
        #expect(
            refusal { try AgeingView.select(of: test.estate, at: test.store.now, members: [:], for: .guard) }?.code
                == "view.notAllowed")
        #expect(
            refusal {
                try StatementView.make(
                    of: test.estate, at: test.store.now, members: members, for: .guard, .chinese)
            }?.code == "view.notAllowed")
    }
}
