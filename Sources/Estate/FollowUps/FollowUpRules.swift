import Handbook
import Journal

// When a visit must be made (section 3 and Rules, Time): the starting day is excluded, a deadline ends at 24:00 of its day,
// and calendar days do not roll over holidays.

extension Handbook {
    /// The last day for a visit after something of a class was done on a day.
    func due(_ requestClass: RequestClass, done: Day) -> Day {
        switch followUpRule(for: requestClass).within {
        case .days(let days): done.adding(days)
        case .months(let months): done.adding(months: months)
        case .stages(let stages): done.adding(stages.end.dueDays)
        }
    }

    /// The window of a special service's visit: the middle third of its period, or the days after its end.
    func window(of stage: VisitStage, in period: ClosedRange<Day>) -> (opens: Day, due: Day) {
        let length = period.upperBound.days(since: period.lowerBound)
        guard case .stages(let stages) = followUpRule(for: .special).within, stage == .middle else {
            return (period.upperBound, due(.special, done: period.upperBound))
        }
        func third(_ thirds: Int) -> Day { period.lowerBound.adding(length * thirds / 3) }
        return (third(stages.middle.opensThirds), third(stages.middle.dueThirds))
    }

    /// The roles that must go, and are not among those who went.
    func absent(from visitors: [Role], for requestClass: RequestClass) -> [Role] {
        followUpRule(for: requestClass).visitors.filter { !visitors.contains($0) }
    }
}

extension Estate {
    /// Who did the work that a return visit is about or, while it is not done, has it.
    public func hands(of followUp: FollowUp) -> [Worker] {
        followUp.workers ?? requests[followUp.request]?.hands ?? []
    }

    /// Who of those at a return visit did the work that it is about (自办自访; policy), each once.
    func ownWork(at followUp: FollowUp, by staff: [String]) -> [String] {
        handbook.followUps.flagsOwnWork ? hands(of: followUp).map(\.text).filter(staff.contains) : []
    }
}

/// How the visits of one class kept to the standard over a month (回访率).
public struct VisitRate: Hashable, Sendable {
    /// Cases and stages whose due date lies in the month and is past.
    public var matured = 0
    /// Those visited, in time or not.
    public var covered = 0
    public var onTime = 0
}

extension FollowUps {
    /// The rate of a class over a period, as of a moment. A visit after a rectification belongs to the case it follows.
    func rate(of requestClass: RequestClass, in period: Period, at moment: Moment, zone: Zone) -> VisitRate {
        var rate = VisitRate()
        for case let followUp in cases(of: requestClass, in: period, at: moment, zone: zone) {
            rate.matured += 1
            if followUp.visit != nil { rate.covered += 1 }
            if followUp.isOnTime(in: zone) { rate.onTime += 1 }
        }
        return rate
    }

    /// The cases that a rate counts.
    public func cases(of requestClass: RequestClass, in period: Period, at moment: Moment, zone: Zone) -> [FollowUp] {
        all.values.filter { $0.class == requestClass && $0.period(at: moment, in: zone) == period }
    }
}

extension FollowUp {
    /// The month in whose rate it counts as of a moment; `nil` while it has not matured, and for what no rate counts: a visit
    /// after a rectification, and one that a reopening has spared.
    public func period(at moment: Moment, in zone: Zone) -> Period? {
        let end = due.end(in: zone)
        guard after == nil, end <= moment else { return nil }
        // A reopening spares a visit only if it came before the visit was due.
        return visit != nil || voided.map { $0 >= end } ?? true ? Period(due) : nil
    }
}
