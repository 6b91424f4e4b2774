import Journal

/// What a bill tells of how it came about.
public struct BillOrigin: Sendable {
    /// The days that it is for; `nil` for the whole period.
    public var days: ClosedRange<Day>?
    /// `nil` if it was not generated: then its item tells.
    public var nature: BillNature?
    /// Who owes; `nil`: the owner.
    public var debtor: Debtor?
    /// The calculation; `nil` if it was not generated.
    public var how: String?
}

extension Bill {
    /// Whether it is for one of some days; `nil`: those of its whole period.
    func isFor(any days: ClosedRange<Day>?) -> Bool {
        guard let own = origin.days, let days else { return true }
        return own.overlaps(days)
    }
}

extension Fees {
    /// When a bill for the days from `day` on begins to hold, if it is issued at a moment: then, or when its days begin.
    /// Who has bought the unit on that day owes it.
    func start(of unit: UnitCode, from day: Day, issued: Moment, zone: Zone) -> Moment {
        let sale = sales(of: unit).last { Day($0.at, in: zone) == day }?.at
        return max(min(issued, day.start(in: zone)), sale ?? .distantPast)
    }
}
