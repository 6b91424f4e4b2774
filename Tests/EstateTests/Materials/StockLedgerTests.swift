import Journal
import TestSupport
import Testing

@testable import Estate

@Suite("Rules, Materials: a ledger without rates, exact to the fen")
struct StockLedgerTests {
    private final class Books {
        var ledger = StockLedger()
        private var number: UInt64 = 0

        /// Posts an entry at a minute; returns its id and what it changed, `nil` if it was not possible.
        func post(
            _ event: StockLedger.Event, _ quantity: Int, at minute: Int = 0
        ) -> (id: EntryID, posting: StockLedger.Posting)? {
            number += 1
            let id = EntryID(high: 1, low: number)
            let entry = StockLedger.Entry(
                id: id, at: at("2026-03-01").adding(minutes: minute), quantity: quantity, event: event)
            return ledger.post(entry).map { (id, $0) }
        }

        /// What issues of a unit each cost, until nothing is left.
        func costsOneByOne() -> [Int] {
            var costs: [Int] = []
            while ledger.quantity > 0, let issue = post(.issue, 1000) { costs.append(-issue.posting.value) }
            return costs
        }
    }

    private let books = Books()

    @Test("2 at 1.00 and 1 at 1.01 leave one by one for 1.00, 1.01, 1.00")
    func first() throws {
        _ = books.post(.receipt(value: 200), 2000)
        _ = books.post(.receipt(value: 101), 1000)
        #expect(books.costsOneByOne() == [100, 101, 100])
        #expect((books.ledger.quantity, books.ledger.value) == (0, 0))
    }

    @Test("2 at 5.07 and 5 at 3.02 leave one by one for 3.61, 3.61, 3.60, 3.61, 3.60, 3.61, 3.60")
    func second() throws {
        _ = books.post(.receipt(value: 1014), 2000)
        _ = books.post(.receipt(value: 1510), 5000)
        #expect(books.costsOneByOne() == [361, 361, 360, 361, 360, 361, 360])
        #expect((books.ledger.quantity, books.ledger.value) == (0, 0))
    }

    @Test("an issue of all costs all there is, whatever the rounding")
    func all() throws {
        _ = books.post(.receipt(value: 1), 3)
        let issue = try #require(books.post(.issue, 1))
        #expect(issue.posting.value == 0)
        let rest = try #require(books.post(.issue, 2))
        #expect(rest.posting.value == -1 && books.ledger.value == 0)
    }

    @Test("parts of an issue come back at its cost, and together cost the whole")
    func parts() throws {
        _ = books.post(.receipt(value: 1000), 3000)
        let issue = try #require(books.post(.issue, 3000)).id
        _ = books.post(.receipt(value: 9999), 1000)
        let values = try [1000, 1000, 1000].map { quantity in
            try #require(books.post(.giveBack(issue: issue), quantity)).posting.value
        }
        #expect(values == [333, 334, 333] && values.reduce(0, +) == 1000)
        #expect(books.post(.giveBack(issue: issue), 1) == nil)
    }

    @Test("issuing more than is there is refused, at the moment and at every later one")
    func never() throws {
        _ = books.post(.receipt(value: 500), 5000, at: 10)
        #expect(books.post(.issue, 5001, at: 20) == nil)
        _ = try #require(books.post(.issue, 4000, at: 20))
        // Dated back to minute 15 only what is left at minute 20 may leave, before minute 10 nothing.
        #expect(books.ledger.available(at: at("2026-03-01").adding(minutes: 15)) == 1000)
        #expect(books.post(.issue, 1, at: 5) == nil)
        #expect(books.post(.issue, 1001, at: 15) == nil)
        _ = try #require(books.post(.issue, 1000, at: 15))
        #expect(books.ledger.quantity == 0)
    }

    @Test("quantity as of a moment goes by when it happened, not by when it was recorded")
    func asOf() throws {
        _ = books.post(.receipt(value: 500), 5000, at: 10)
        _ = books.post(.receipt(value: 200), 2000, at: 5)
        func quantity(_ minute: Int) -> Int { books.ledger.quantity(at: at("2026-03-01").adding(minutes: minute)) }
        #expect([4, 5, 9, 10].map(quantity) == [0, 2000, 2000, 7000])
    }

    @Test("lent = returned + damaged + lost + outstanding; what is damaged is scrapped")
    func loans() throws {
        _ = books.post(.receipt(value: 1000), 10_000)
        let loan = try #require(books.post(.loan, 6000)).id
        #expect(books.ledger.totals.lent == 6000 && books.ledger.value == 400)
        let back = try #require(books.post(.back(loan: loan, damaged: 1000, lost: 500), 3000))
        #expect(back.posting.value == 300 && books.ledger.quantity == 7000)
        let known = try #require(books.ledger.outgoings[loan])
        #expect(known.quantity == known.returned + known.damaged + known.lost + known.outstanding)
        #expect((books.ledger.totals.scrapped, books.ledger.totals.lost, books.ledger.totals.lent) == (1000, 500, 1500))
        #expect(books.post(.back(loan: loan, damaged: 0, lost: 0), 1501) == nil)
        #expect(books.post(.giveBack(issue: loan), 1) == nil)
    }

    @Test("a wrong price is corrected by a difference, split between what is there and what was issued")
    func reprice() throws {
        let receipt = try #require(books.post(.receipt(value: 5000), 10_000)).id
        let issue = try #require(books.post(.issue, 4000))
        let reprice = try #require(books.post(.reprice(receipt: receipt, value: 4000), 0)).posting
        #expect((reprice.value, reprice.issuedValue) == (-600, -400))
        // The cost of the issue stays, and a return comes back at it.
        #expect(issue.posting.value == -2000 && books.ledger.value == 2400)
        #expect(books.ledger.openCost(of: issue.id) == 2000)
        #expect(books.post(.giveBack(issue: issue.id), 4000)?.posting.value == 2000)
    }

    @Test("of two receipts the difference follows the mixture; with nothing left all of it was issued")
    func repriceMixed() throws {
        _ = books.post(.receipt(value: 1000), 10_000)
        let wrong = try #require(books.post(.receipt(value: 10_000), 10_000)).id
        _ = books.post(.issue, 10_000)
        let reprice = try #require(books.post(.reprice(receipt: wrong, value: 1000), 0)).posting
        #expect((reprice.value, reprice.issuedValue, books.ledger.value) == (-4500, -4500, 1000))
        _ = books.post(.issue, 10_000)
        let late = try #require(books.post(.reprice(receipt: wrong, value: 2000), 0)).posting
        #expect((late.value, late.issuedValue, books.ledger.value) == (0, 1000, 0))
    }

    @Test("what is found is worth what lies beside it, else what was received last")
    func found() throws {
        #expect(books.post(.found, 1000)?.posting.value == 0)
        _ = books.post(.receipt(value: 600), 2000)
        #expect(books.post(.found, 1000)?.posting.value == 200)
        _ = books.post(.issue, 4000)
        #expect(books.ledger.value == 0)
        #expect(books.post(.found, 1000)?.posting.value == 300)
    }
}
