import Foundation
import Handbook
import Journal
import TestSupport
import Testing

@testable import Estate

/// 400 random histories, 10,000 in the long form.
@Suite("Rules, Allocation: what holds after every fact, as of every moment, and by a second calculation")
struct RandomMoneyTests {
    private static let histories = ProcessInfo.processInfo.environment["FRONTDESK_LONG_TESTS"] == nil ? 400 : 10_000

    private static let end = RandomMoney.start.adding(seconds: 86400 * 3000)

    private func broken(_ estate: Estate) -> String? {
        let fees = estate.fees
        for unit in RandomMoney.units {
            let (payments, bills) = (fees.payments(of: unit), fees.bills(of: unit))
            let late = bills.flatMap { fees.lateFees[$0.id]?.paid ?? [] }.reduce(Money.zero) { $0 + $1.amount }
            let allocated = bills.reduce(late) { $0 + $1.paid }
            let prepaid = payments.reduce(Money.zero) { $0 + $1.prepaid }
            let refunded = payments.reduce(Money.zero) { $0 + $1.refunded }
            let received = payments.reduce(Money.zero) { $0 + ($1.voided == nil ? $1.amount : $1.refunded) }
            if received != allocated + prepaid + refunded {
                return "\(received) ≠ \(allocated) + \(prepaid) + \(refunded)"
            }
            if let bill = bills.first(where: { $0.paid < .zero || $0.paid > $0.net || $0.net < .zero }) {
                return "\(bill.item): paid \(bill.paid) of \(bill.net)"
            }
            if prepaid > .zero, bills.contains(where: { $0.outstanding > .zero }) { return "prepaid and open" }
            if let fault = brokenSums(estate, unit, owed: bills.reduce(.zero) { $0 + $1.outstanding }, prepaid) {
                return fault
            }
            if fees.prepaid(of: unit) != prepaid { return "the queue of prepaid money is wrong" }
            if Set(fees.unpaidBills(of: unit).map(\.id)) != Set(bills.filter { $0.outstanding > .zero }.map(\.id)) {
                return "the queue of open bills is wrong"
            }
        }
        return nil
    }

    /// The ages add up to what is owed, and the statement ends with it.
    private func brokenSums(_ estate: Estate, _ unit: UnitCode, owed: Money, _ prepaid: Money) -> String? {
        let (fees, account) = (estate.fees, estate.fees.account(of: unit))
        for days in [0, 100, 400, 3000] {
            let day = Day(RandomMoney.start, in: .shanghai).adding(days)
            let ageing = estate.ageing(of: account, on: day)
            if ageing?.buckets.reduce(.zero, +) ?? .zero != owed || ageing?.prepaid ?? .zero != prepaid {
                return "ages: \(ageing?.buckets.map(\.text) ?? []) ≠ \(owed)"
            }
        }
        let statement = fees.statement(of: account, in: estate, at: RandomMoneyTests.end)
        let late = estate.lateFeeBalance(of: account, on: Day(asOf: RandomMoneyTests.end, in: .shanghai))
        if statement.last?.balance ?? .zero != owed + late - prepaid {
            return "statement: \(statement.last?.balance.text ?? "-") ≠ \(owed) + \(late) - \(prepaid)"
        }
        return nil
    }

    private func differs(_ estate: Estate, from oracle: MoneyOracle) -> String? {
        for bill in oracle.bills {
            let known = estate.fees.bills[Ref(bill.id)]
            if known?.paid.cents != oracle.paid(bill.id) || known?.net.cents != bill.net { return "bill \(bill)" }
        }
        for payment in oracle.payments {
            let known = estate.fees.payments[Ref(payment.id)]
            if known?.prepaid.cents != payment.left { return "payment \(payment), \(known?.prepaid.text ?? "-")" }
        }
        return nil
    }

    /// The rates by plain sums, per thousand instead of percent, and the gap by trying.
    private func differs(_ estate: Estate, from oracle: MoneyOracle, in period: Period) -> String? {
        let collection = estate.collection(of: period)
        for (sum, items) in [(collection.all, ["物业", "停车", "水费", "其他"]), (collection.service, ["物业"])] {
            let bills = oracle.bills.filter { bill in
                bill.period == period && !bill.isVoided && items.contains { bill.item.hasPrefix($0) }
            }
            let (net, paid) = (bills.reduce(0) { $0 + $1.net }, bills.reduce(0) { $0 + oracle.paid($1.id) })
            if sum.billed.cents != bills.reduce(0, { $0 + $1.gross }) || sum.net.cents != net
                || sum.received.cents != paid
            {
                return "collection of \(period.text): \(sum.billed) \(sum.net) \(sum.received)"
            }
            let hundredths = net > 0 ? paid * 10_000 / net : nil
            if sum.rate?.text != hundredths.map({ Hundredths.text($0) }) { return "rate \(sum.rate?.text ?? "-")" }
            guard net > 0 else { continue }
            for percent in [80, 90, 100] {
                let missing = sum.missing(to: percent)?.cents ?? -1
                let isEnough = (paid + missing) * 100 >= net * percent
                let isLeast = missing == 0 || (paid + missing - 1) * 100 < net * percent
                if missing < 0 || !isEnough || !isLeast { return "missing \(missing) to \(percent) %" }
                let units = Dictionary(grouping: bills, by: \.unit).mapValues { own in
                    own.reduce(0) { $0 + $1.net - oracle.paid($1.id) }
                }
                // With two households all choices can be tried.
                let choices = [[], [0], [1], [0, 1]].map { places in
                    places.reduce(0) { $0 + (units[RandomMoney.units[$1]] ?? 0) } >= missing ? places.count : 9
                }
                if sum.closing(to: percent).count != choices.min() { return "fewest to \(percent) %" }
            }
        }
        return nil
    }

    @Test("违约金 by counting days, with payments of it, waivers and voids")
    func lateFees() throws {
        let own = #"{"penalty":{"policy":{"enabled":true,"graceDays":3,"dailyRatePerMillion":5000}}}"#
        let handbook = try Handbook(overrides: ["fees.json": Data(own.utf8)], chapters: Estate.chapters)
        let base = RandomMoney.initialState(handbook)
        var paid = 0
        for seed in 1...UInt64(RandomMoneyTests.histories / 4) {
            var history = RandomMoney(on: base, seed: seed)
            for step in 0..<30 {
                try history.step()
                if let fault = broken(history.estate) ?? differs(history.estate, from: history.oracle)
                    ?? lateFeeDiffers(history)
                {
                    Issue.record("seed \(seed), step \(step): \(fault)")
                    return
                }
            }
            paid += history.oracle.late.count
            checkWorkingSet(of: history, seed)
        }
        #expect(paid > 0)
    }

    private func lateFeeDiffers(_ history: RandomMoney) -> String? {
        let day = Day(history.now, in: .shanghai)
        for bill in history.oracle.bills {
            guard let known = history.estate.fees.bills[Ref(bill.id)] else { return "no bill" }
            let (days, fen) = history.oracle.lateFee(bill, on: day, grace: 3, perMillion: 5000)
            let paid = history.oracle.late.reduce(0) { $1.bill == bill.id ? $0 + $1.fen : $0 }
            let fee = history.estate.lateFee(of: known, on: day)
            let balance = max(0, fen - paid - (history.oracle.waived[bill.id] ?? 0))
            if fee?.days ?? 0 != (fen + paid > 0 ? days : 0) || fee?.balance.cents ?? 0 != balance {
                return "\(bill.item): \(fee?.days ?? 0) days \(fee?.balance.text ?? "-"), not \(days) and \(balance)"
            }
        }
        return nil
    }

    @Test("payments designated or not, voids, reductions, refunds, late bills, in any order")
    func histories() throws {
        let base = RandomMoney.initialState(try Handbook(chapters: Estate.chapters))
        let first = UInt64(ProcessInfo.processInfo.environment["FRONTDESK_TEST_SEED"] ?? "") ?? 1
        for seed in first..<first + UInt64(RandomMoneyTests.histories) {
            var history = RandomMoney(on: base, seed: seed)
            for step in 0..<30 {
                try history.step()
                if let fault = broken(history.estate) ?? differs(history.estate, from: history.oracle) {
                    Issue.record("seed \(seed), step \(step): \(fault)")
                    return
                }
            }
            for period in Set(history.oracle.bills.map(\.period)) {
                if let fault = differs(history.estate, from: history.oracle, in: period) {
                    Issue.record("seed \(seed): \(fault)")
                }
            }
            for part in 1...3 {
                let moment = RandomMoney.start.adding(seconds: (Int(seed % 5) + part) * history.day * 86400 / 8)
                let past = history.replay { $0.fact.holds(since: $0.metadata, in: .shanghai) <= moment }
                if let fault = broken(past) { Issue.record("seed \(seed) as of \(moment): \(fault)") }
            }
            checkWorkingSet(of: history, seed)
        }
    }

    /// What a checkpoint keeps has the same open bills and the same prepaid money.
    private func checkWorkingSet(of history: RandomMoney, _ seed: UInt64) {
        let set = WorkingSet(of: history.estate, at: history.now)
        let kept = history.replay { $0.fact.isRetained(in: set, $0.metadata) }
        for bill in history.estate.fees.bills.values {
            let known = kept.fees.bills[bill.id]
            if known == nil, bill.outstanding == .zero { continue }
            if known?.allocations != bill.allocations || known?.net != bill.net {
                Issue.record("seed \(seed): \(bill.item) differs in the working set")
            }
        }
        for payment in history.estate.fees.payments.values {
            let known = kept.fees.payments[payment.id]
            if known == nil, payment.prepaid == .zero { continue }
            if known?.prepaid != payment.prepaid {
                Issue.record("seed \(seed): \(payment.amount) differs in the working set")
            }
        }
    }
}
