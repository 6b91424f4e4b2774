import Handbook
import Journal
import TestSupport

@testable import Estate

/// A random history of the money of two units, applied to an estate without a disk, and a second calculation of what
/// follows from it, by plain lists. The seed determines it.
struct RandomMoney {
    struct Entry {
        let fact: any Fact
        let metadata: Metadata
    }

    private(set) var estate: Estate
    private(set) var oracle = MoneyOracle()
    private(set) var entries: [Entry] = []
    let base: Estate
    private var random: SeededRandom
    private var count: UInt64 = 0
    /// The days since the beginning.
    private(set) var day = 0
    private var periods = 0

    static let units = ["3-2-501", "3-2-502"].map { unit($0) }
    static let start = at("2026-01-01")
    /// Items of all natures.
    static let items = ["物业费", "物业费", "停车费", "水费", "押金", "广告费", "其他费"]

    static func initialState(_ handbook: Handbook) -> Estate {
        var estate = Estate(handbook: handbook)
        let metadata = Metadata(id: EntryID(high: 0, low: 1), at: at("2025-12-01"), by: "S01")
        AddStaff(staff: "S01", name: "S01", role: .manager).apply(to: &estate, metadata)
        for unit in units { AddUnit(unit: unit).apply(to: &estate, metadata) }
        return estate
    }

    init(on initialState: Estate, seed: UInt64) {
        (base, estate, random) = (initialState, initialState, SeededRandom(seed: seed))
    }

    var now: Moment { RandomMoney.start.adding(seconds: day * 86400 + 43200) }

    /// Records one more fact, perhaps dated back by some days.
    mutating func step() throws {
        day += random.below(6)
        let at = random.below(4) == 0 ? now.adding(seconds: -86400 * random.below(40)) : now
        let unit = random.pick(RandomMoney.units)
        let fees = estate.fees
        let bills = fees.bills(of: unit).filter { $0.voided == nil }
        let payments = fees.payments(of: unit).filter { $0.voided == nil && $0.refunded == .zero && $0.received <= at }
        let balances = estate.lateFees(of: fees.account(of: unit), on: Day(at, in: .shanghai))
        if !balances.isEmpty, random.below(12) == 0 {
            let fee = random.pick(balances)
            let part = Money(fen: 1 + random.below(fee.balance.cents))
            return try perform(WaiveLateFee(bill: fee.bill.id, amount: part, why: "协商"), at: at)
        }
        switch random.below(14) {
        case 0..<5:
            periods += 1
            let period = Period(Day(RandomMoney.start, in: .shanghai)).adding(random.below(9) - 3)
            try perform(
                IssueBill(
                    unit: unit, period: period, item: "\(random.pick(RandomMoney.items))\(periods)", amount: amount,
                    due: period.first.adding(random.below(60))), at: at)
        case 5..<9:
            var payment = ReceivePayment(unit: unit, amount: amount, method: random.pick(["现金", "微信", "银行转账"]))
            switch random.below(4) {
            case 0: payment.period = bills.isEmpty ? nil : random.pick(bills).period
            case 1:
                let open = bills.filter { $0.outstanding > .zero && fees.account(of: $0).isPresent }
                if !open.isEmpty {
                    payment.bills = PaidBills(shares: [.init(bill: .id(random.pick(open).id), amount: nil)])
                }
                if !balances.isEmpty, random.below(2) == 0 {
                    let fee = random.pick(balances)
                    let part = min(fee.balance, payment.amount)
                    payment.bills = PaidBills(shares: [.init(lateFeeOf: fee.bill, part, in: estate)])
                }
            default: break
            }
            try perform(payment, at: at)
        case 9: if !payments.isEmpty { try perform(VoidPayment(payment: random.pick(payments).id, why: "退票"), at: at) }
        case 10:
            let reducible = bills.filter { $0.net > .zero }
            if !reducible.isEmpty {
                let bill = random.pick(reducible)
                let part = Money(fen: 1 + random.below(bill.net.cents))
                try perform(ReduceBill(bill: bill.id, amount: part, why: "停梯"), at: at)
            }
        case 11:
            let voidable = bills.filter { $0.since <= at }
            if !voidable.isEmpty { try perform(VoidBill(bill: random.pick(voidable).id, why: "开错"), at: at) }
        case 12:
            let account = fees.account(of: unit, at: at)
            let prepaid = fees.prepaid(of: account)
            if prepaid > .zero {
                let part = Money(fen: 1 + random.below(prepaid.cents))
                // No earlier than it was there to be refunded.
                let moment = max(at, fees.lastGain(of: account))
                try perform(RefundPayment(unit: unit, amount: part, why: "多收"), at: moment)
            }
        default:
            // Another node has refunded what is prepaid as well.
            let paid = fees.payments(of: unit).reduce(Money.zero) {
                $0 + ($1.voided == nil ? $1.amount - $1.refunded : .zero)
            }
            if paid > .zero, random.below(3) == 0 {
                let part = Money(fen: 1 + random.below(paid.cents))
                record(RefundPayment(unit: unit, amount: part, why: "多收", method: "现金"), at: now)
            }
        }
    }

    private var amount: Money {
        mutating get { Money(fen: random.pick([1, 5000, 10000, 10000, 24125, 33333]) + random.below(3)) }
    }

    private mutating func perform(_ action: any Action, at moment: Moment) throws {
        var plan = Plan(by: "S01", at: moment, now: now, node: "desk") { _ in EntryID(high: 1, low: 0) }
        try action.perform(&plan, in: estate)
        for (_, fact, _) in plan.facts { record(fact, at: moment) }
    }

    private mutating func record(_ fact: any Fact, at moment: Moment) {
        count += 1
        let metadata = Metadata(id: EntryID(high: 1, low: count &* 0x9E37_79B9_7F4A_7C15), at: moment, by: "S01")
        entries.append(Entry(fact: fact, metadata: metadata))
        fact.apply(to: &estate, metadata)
        oracle.apply(fact, metadata)
    }

    /// The state from some of the facts, but for those that are doubled in it.
    func replay(where isIncluded: (Entry) -> Bool) -> Estate {
        entries.filter(isIncluded).reduce(into: base) { estate, entry in
            if entry.fact.noteConflict(in: &estate, entry.metadata, until: .distantPast) {
                entry.fact.apply(to: &estate, entry.metadata)
            }
        }
    }
}
