import Handbook
import Journal

// 违约金 (Rules): simple daily interest on outstanding principal, piecewise as the principal changes, from the end of the
// grace days on, rounded half up once. Its balance is its own: it stays when the principal is paid. Rate, grace, cap and
// whether it is asked for at all are policy, so that what was paid of it is kept in the payment and never worked out anew.

/// How the outstanding principal of bills has changed after their due dates.
struct LatePayments: Sendable {
    struct Change: Sendable {
        let at: Moment
        /// Below zero where less is owed.
        let amount: Money
    }

    private var changes: [Ref<Bill>: [Change]] = [:]

    /// The bills whose principal has changed late.
    var bills: Dictionary<Ref<Bill>, [Change]>.Keys { changes.keys }

    subscript(bill: Ref<Bill>) -> [Change] { changes[bill] ?? [] }

    mutating func note(_ amount: Money, of bill: Ref<Bill>, due: Day, at moment: Moment) {
        // Wherever the estate is, the due day has not ended before its beginning in UTC.
        if amount != .zero, moment >= due.start(in: .utc) {
            changes[bill, default: []].append(Change(at: moment, amount: amount))
        }
    }
}

/// What was paid of a bill's 违约金, and what was waived.
struct LateFeePayments: Sendable {
    var paid: [Allocation] = []
    var waived = Money.zero
}

/// The 违约金 of one bill as of a day.
public struct LateFee: Sendable {
    public let bill: Bill
    /// The days for which it was counted: those with outstanding principal after the grace days.
    public let days: Int
    /// All that has come up.
    public let amount: Money
    public let paid: Money
    public let waived: Money

    /// What is still to be paid of it.
    public var balance: Money { max(.zero, amount - paid - waived) }
}

extension Handbook.Fees.Penalty {
    /// The fee for outstanding principal: the sum of fen times days.
    fileprivate func fee(for fenDays: Int128, of net: Money) -> Money {
        let million: Int128 = 1_000_000
        let exact = fenDays * Int128(dailyRatePerMillion)
        let most = capPercent.map { net.fen * Int128($0) / 100 } ?? Money.greatest.fen
        return Money(fen: min((exact * 2 + million) / (million * 2), most))
    }
}

extension Estate {
    /// The 违约金 of a bill as of a day, which counts; `nil` if none has come up.
    public func lateFee(of bill: Bill, on day: Day) -> LateFee? {
        let penalty = handbook.fees.penalty
        guard let late = fees.latePayments, bill.voided == nil else { return nil }
        let first = bill.due.adding(penalty.graceDays + 1)
        guard first <= day else { return nil }
        // What was paid on a day was owed on that day.
        let changes = late[bill.id].map { (day: Day($0.at, in: zone), fen: $0.amount.fen) }.filter { $0.day >= first }
        let ends = Set(changes.map(\.day)).filter { $0 < day }.sorted() + [day]
        var (from, days, fenDays) = (first, 0, Int128(0))
        for end in ends {
            let owed = bill.outstanding.fen - changes.reduce(Int128.zero) { $1.day >= from ? $0 + $1.fen : $0 }
            let count = end.days(since: from) + 1
            from = end.adding(1)
            guard owed > 0 else { continue }
            days += count
            fenDays += owed * Int128(count)
        }
        let (payments, amount) = (fees.lateFees[bill.id], penalty.fee(for: fenDays, of: bill.net))
        let paid = payments?.paid.reduce(Money.zero) { $0 + $1.amount } ?? .zero
        guard amount > .zero || paid > .zero else { return nil }
        return LateFee(bill: bill, days: days, amount: amount, paid: paid, waived: payments?.waived ?? .zero)
    }

    /// The 违约金 of an account's bills with a balance, the oldest due bill first.
    public func lateFees(of account: Account, on day: Day) -> [LateFee] {
        if fees.latePayments == nil { return [] }
        return fees.bills(of: account).compactMap { lateFee(of: $0, on: day) }.filter { $0.balance > .zero }
            .sorted { $0.bill.due < $1.bill.due }
    }

    /// The balance of an account's 违约金 as of a day.
    public func lateFeeBalance(of account: Account, on day: Day) -> Money {
        lateFees(of: account, on: day).reduce(.zero) { $0 + $1.balance }
    }

    /// All 违约金 as of a day, the oldest due bill first.
    func lateFees(on day: Day) -> [LateFee] {
        guard let late = fees.latePayments else { return [] }
        let open = fees.owingUnits.flatMap { fees.unpaidBills(of: $0) }
        let others = Set(late.bills).union(fees.lateFees.keys).compactMap { fees.bills[$0] }.filter { !$0.isOpen }
        return (open + others).compactMap { lateFee(of: $0, on: day) }.sorted {
            ($0.bill.due, $0.bill.unit, $0.bill.id.id) < ($1.bill.due, $1.bill.unit, $1.bill.id.id)
        }
    }
}

/// 违约金 is waived (减免违约金), in whole or in part: a court may lower it, and who pays at once is often let off.
public struct WaiveLateFee: BillWaiver {
    public static let name = "latefee.waive"
    static let kind: StaticString = "latefee.waived"
    static var merging: Merging<Self> { .derived { fact, estate in estate.fees.bills.holds(fact.bill) } }
    public static let label = Label("减免违约金", en: "Waive a late fee")
    public static let roles: Set<Role> = [.manager]
    var bill = Ref<Bill>.placeholder
    var amount = Money.zero
    var why = ""

    public init() {}

    public init(bill: Ref<Bill>, amount: Money, why: String) {
        (self.bill, self.amount, self.why) = (bill, amount, why)
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.fees.known(bill)
        let balance = estate.lateFee(of: known, on: Day(asOf: plan.at, in: estate.zone))?.balance ?? .zero
        if try amount.positive() > balance {
            throw Refusal(
                .rule, "latefee.exceeds", "这张账单的违约金只有 \(balance.grouped) 元",
                en: "only \(balance.grouped) of late fees is owed on this bill", field: "amount")
        }
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.fees.lateFees[bill, default: LateFeePayments()].waived += amount
    }
}

extension WaiveLateFee {
    public func confirmation(in estate: Estate, at moment: Moment) -> Confirmation? {
        guard let known = estate.fees.bills[bill] else { return nil }
        let balance = estate.lateFee(of: known, on: Day(asOf: moment, in: estate.zone))?.balance ?? .zero
        return Confirmation(
            Label(
                "减免 \(known.words(in: estate)) 的违约金 \(amount.grouped) 元？",
                en: "Waive \(amount.grouped) yuan of late fees on \(known.words(in: estate))?"),
            [
                .fact(Label("未交违约金", en: "Late fee owed"), balance.grouped), .fact(Glossary.label(of: "why"), why),
            ], yes: Label("减免", en: "waive it"))
    }
}
