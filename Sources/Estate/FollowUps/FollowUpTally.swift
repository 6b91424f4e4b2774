import Journal

/// Counts of the return visits to be made at a moment.
public struct FollowUpTally: Hashable, Sendable {
    public var overdue = 0
    /// In time, and due today.
    public var today = 0
    /// All that are in time, those due today included.
    public var open = 0

    public init(overdue: Int = 0, today: Int = 0, open: Int = 0) {
        (self.overdue, self.today, self.open) = (overdue, today, open)
    }

    /// Counts a visit, if it is to be made. `day` is the day of the moment.
    public mutating func add(_ state: FollowUpState, due: Day, on day: Day) {
        switch state {
        case .overdue: overdue += 1
        case .open:
            open += 1
            if due == day { today += 1 }
        default: break
        }
    }
}

extension FollowUps {
    public func tally(at moment: Moment, in zone: Zone) -> FollowUpTally {
        let today = Day(moment, in: zone)
        return pending.reduce(into: FollowUpTally()) { tally, id in
            guard let followUp = self[id] else { return }
            tally.add(followUp.state(at: moment, in: zone), due: followUp.due, on: today)
        }
    }
}
