import Foundation
import Handbook
import Testing

@testable import Estate

@Suite("Rules, Materials: random histories against a second calculation")
struct RandomStockTests {
    private static let isLong = ProcessInfo.processInfo.environment["FRONTDESK_LONG_TESTS"] == "1"

    /// What the histories are to contain.
    private static let occurrences = [
        "opening", "receipt", "issue", "return", "loan", "back", "scrap", "reprice", "backdated", "refused", "count",
        "card read", "meanwhile", "voucher", "settled", "not settled", "count refused", "earlier count", "found",
        "shortage posted",
    ]

    @Test("never below zero at any moment, what came in less what went out is the value, nothing has no value")
    func histories() throws {
        let count = RandomStockTests.isLong ? 10_000 : 300
        let base = Estate(handbook: try Handbook(chapters: Estate.chapters))
        var occurrences: [String: Int] = [:]
        for seed in 1...UInt64(count) {
            var history = RandomStock(in: base, seed: seed)
            for step in 0..<48 where !history.step() {
                Issue.record("seed \(seed), step \(step): the calculations differ")
                return
            }
            expect(history, "seed \(seed)")
            occurrences.merge(history.occurrences, uniquingKeysWith: +)
        }
        // Each thing truly happens, in one of ten histories or more, and with it every verdict.
        for what in RandomStockTests.occurrences + StockVerdict.allCases.map({ "\($0)" }) {
            #expect(occurrences[what, default: 0] * 10 >= count, "\(what): \(occurrences[what, default: 0])")
        }
    }

    private func expect(_ history: RandomStock, _ place: Comment) {
        let (ledger, naive) = (history.ledger, history.naive.run())
        #expect(history.naive.balances().allSatisfy { $0 >= 0 }, place)
        // At the moment of every entry, and in the order of recording.
        for (offset, posting) in ledger.postings.enumerated() {
            #expect(ledger.quantity(at: posting.entry.at) >= 0, place)
            #expect(ledger.postings[...offset].reduce(0) { $0 + $1.quantity } >= 0, place)
        }
        #expect(ledger.quantity == naive.quantity && ledger.value == naive.value && ledger.value >= 0, place)
        let totals = ledger.totals
        #expect(totals.valueIn - totals.valueOut == ledger.value, place)
        #expect(
            (totals.valueIn, totals.valueOut, totals.issuedValue) == (naive.valueIn, naive.valueOut, naive.gone), place)
        #expect(ledger.quantity > 0 || ledger.value == 0, place)
        // The opening is among what was received.
        #expect(
            totals.received + totals.returned + totals.found
                == ledger.quantity + totals.lent + totals.issued + totals.scrapped + totals.lost, place)
        var quantities = history.naive.totals
        (quantities.valueIn, quantities.valueOut) = (totals.valueIn, totals.valueOut)
        quantities.issuedValue = totals.issuedValue
        #expect(totals == quantities, place)
        for loan in ledger.outgoings.values where loan.isLoan {
            #expect(loan.quantity == loan.returned + loan.damaged + loan.lost + loan.outstanding, place)
        }
    }
}
