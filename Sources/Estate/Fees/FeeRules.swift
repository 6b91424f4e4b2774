import Journal

extension Fees {
    /// The overdue amount of an account, from bills whose due date is past. It ends at 24:00 of its day, while the ages of a
    /// day count what is due on it as 未到期 (Rules, Ageing).
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
        let overdue = unpaidBills(of: account).filter { $0.due.isOver(asOf: moment, in: zone) }
        guard let oldest = overdue.map(\.due).min() else { return nil }
        let today = Day(asOf: moment, in: zone)
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
}
