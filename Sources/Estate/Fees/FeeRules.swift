import Journal

extension Fees {
    /// The overdue amount of an account, from bills whose due date is past. As of 24:00 a bill due on that day is not yet
    /// (Rules, Ageing).
    public struct Arrears: Sendable {
        public let account: Account
        public var unit: UnitCode { account.unit }
        public let owed: Money
        /// The oldest due date.
        public let oldest: Day
        /// The number of periods with overdue bills.
        public let periods: Int
        /// Days since the oldest due date.
        public let days: Int
    }

    /// The arrears of an account as of a moment; `nil` if no bill is overdue.
    public func arrears(of account: Account, at moment: Moment, zone: Zone) -> Arrears? {
        let today = Day(asOf: moment, in: zone)
        let overdue = unpaidBills(of: account).filter { $0.due < today }
        guard let oldest = overdue.map(\.due).min() else { return nil }
        return Arrears(
            account: account, owed: overdue.reduce(.zero) { $0 + $1.outstanding }, oldest: oldest,
            periods: Set(overdue.map(\.period)).count, days: today.days(since: oldest))
    }

    /// The arrears of a unit, of the first account first.
    public func arrears(of unit: UnitCode, at moment: Moment, zone: Zone) -> [Arrears] {
        accounts(of: unit).compactMap { arrears(of: $0, at: moment, zone: zone) }
    }

    /// All accounts in arrears, in no order.
    public func arrears(at moment: Moment, zone: Zone) -> [Arrears] {
        owingUnits.flatMap { arrears(of: $0, at: moment, zone: zone) }
    }

    /// The amounts billed and collected for a period (收缴率).
    public struct Collection: Sendable {
        public var billed = Money.zero
        public var reduced = Money.zero
        public var received = Money.zero
        public var households = 0
        public var paidHouseholds = 0

        /// Money allocated to the period's bills ÷ (billed − approved reductions); `nil` if there is nothing to collect
        /// (无应收).
        public var rate: Share? { Share(received.fen, of: billed.fen - reduced.fen) }
    }

    public func collection(of period: Period) -> Collection {
        var sum = Collection()
        var outstanding: [UnitCode: Money] = [:]
        for bill in bills(for: period) {
            guard bill.voided == nil else { continue }
            sum.billed += bill.amount
            sum.reduced += bill.reduced
            sum.received += bill.paid
            outstanding[bill.unit, default: .zero] += bill.outstanding
        }
        sum.households = outstanding.count
        sum.paidHouseholds = outstanding.values.count { $0 <= .zero }
        return sum
    }
}
