import Journal
import TestSupport
import Testing

@testable import Estate

/// The demonstration of the issue: 936,360 permitted bills of 99999999999.99 are more fen than 64 bits hold.
@Suite("Sums of amounts never overflow", .timeLimit(.minutes(10)))
struct GreatSumsTests {
    private let most = "99999999999.99"

    private func known(_ test: TestEstate) throws -> Bill {
        try test.do(
            "bill.issue",
            ["unit": "3-2-501", "period": "2026-11", "item": "物业费", "amount": most, "due": "2026-11-30"])
        return try #require(test.estate.fees.bills.values.first)
    }

    @Test("936,360 bills of the greatest amount are added up exactly, with their rate, what is missing and 大写")
    func collection() throws {
        let bill = try known(TestEstate(now: "2026-11-23T09:00"))
        let sum = Fees.Collection(repeatElement(bill, count: 936_360))
        #expect(sum.billed.text == "93635999999990636.40" && sum.net == sum.billed)
        #expect(sum.billed.grouped == "93,635,999,999,990,636.40")
        #expect(sum.rate?.text == "0.00" && sum.rate?.meets(percent: 1) == false)
        #expect(sum.missing(to: 100) == sum.billed && sum.missing(to: 50)?.text == "46817999999995318.20")
        #expect(sum.closing(to: 100).map(\.owed) == [sum.billed])
        #expect(sum.billed.capitals.hasPrefix("玖亿叁仟陆佰叁拾伍万玖仟玖佰玖拾玖亿") && sum.billed.size == Int.max)
    }

    @Test("a unit with many of them is shown, its arrears aged and its statement summed")
    func views() throws {
        let test = try TestEstate(now: "2026-12-23T09:00")
        try test.store.perform(by: "S01") { batch in
            for month in 1...12 {
                for item in 0..<20 {
                    var bill = IssueBill()
                    (bill.unit, bill.item) = (unit("3-2-501"), "费\(item)")
                    bill.period = try Period(text: "2026-\(month < 10 ? "0" : "")\(month)", zone: .shanghai)
                    bill.amount = Money.greatest
                    bill.due = try Day(text: "2026-12-01", zone: .shanghai)
                    try batch.perform(bill)
                }
            }
        }
        let row = try #require(try test.show(AgeingView.self).first)
        #expect(row.total.text == "23999999999997.60")
        #expect(try test.show(CollectionView.self)[0].billed.text == "1999999999999.80")
    }

    @Test("a sum in a fact is read back, however great; a longer number than any is no amount")
    func stored() throws {
        func read(_ text: String) throws -> SignedAmount {
            try Array("\"\(text)\"".utf8).withUnsafeBytes { bytes in
                var scanner = JSONScanner(bytes)
                return try SignedAmount(scanning: &scanner, zone: .shanghai)
            }
        }
        for text in ["0.00", "-0.01", "999999999999999.99", "93635999999990636.40", "-93635999999990636400.40"] {
            #expect(try read(text).money.text == text)
        }
        for text in ["1234567890123456789012.00", "12.3", "1.2.00", "--1.00", "1e9.00"] {
            #expect(throws: (any Error).self, "\(text)") { try read(text) }
        }
    }

    @Test("a number in a fact that nobody can have typed is not read: sums of counts stay in range")
    func counts() throws {
        func read(_ text: String) throws -> Int {
            try Array(text.utf8).withUnsafeBytes { bytes in
                var scanner = JSONScanner(bytes)
                return try Int(scanning: &scanner, zone: .shanghai)
            }
        }
        #expect(try read("9999999999") == 9_999_999_999 && read("-3") == -3)
        for text in ["10000000000", "9223372036854775807", "-9223372036854775807"] {
            #expect(throws: (any Error).self, "\(text)") { try read(text) }
        }
    }

    @Test("a share of sums is exact beyond 64 bits")
    func shares() throws {
        let whole = Int128(Int.max) * 1000
        let share = try #require(Share(whole - 1, of: whole))
        #expect(share.text == "99.99" && !share.meets(percent: 100) && share.meets(percent: 99))
        #expect(Share(1, of: Int128.zero) == nil && Share(2, of: 3)?.hundredths == 6666)
    }
}
