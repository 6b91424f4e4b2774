import Handbook
import Journal

// The windows of return visits (section 3 and Rules, Time): the starting day is not counted, a deadline ends at 24:00
// of its day, and calendar days include holidays.

extension Handbook {
    /// The last day for the visit after a request of a class was done on a day.
    func due(_ requestClass: RequestClass, done: Day) -> Day {
        switch followUpRule(for: requestClass).within {
        case .days(let days): done.adding(days)
        case .months(let months): done.adding(months: months)
        case .stages(let stages): done.adding(stages.end.dueDays)
        }
    }

    /// The window of a special service's visit: the middle third of its period, or the days after its end.
    func window(of stage: FollowUpStage, in period: ClosedRange<Day>) -> (opens: Day, due: Day) {
        let length = period.upperBound.days(since: period.lowerBound)
        guard case .stages(let stages) = followUpRule(for: .special).within, stage == .middle else {
            return (period.upperBound, due(.special, done: period.upperBound))
        }
        func third(_ thirds: Int) -> Day { period.lowerBound.adding(length * thirds / 3) }
        return (third(stages.middle.opensThirds), third(stages.middle.dueThirds))
    }

    /// The required roles that are missing among the visitors.
    func absent(from visitors: [Role], for requestClass: RequestClass) -> [Role] {
        followUpRule(for: requestClass).visitors.filter { !visitors.contains($0) }
    }
}

extension Estate {
    /// The workers of a return visit's request or, while it is not done, its assignee.
    public func assignedWorkers(of followUp: FollowUp) -> [Worker] {
        followUp.workers ?? requests[followUp.request]?.assignedWorkers ?? []
    }

    /// The members of `staff` who did the work of a return visit's request (承办人自访; policy), without repeats.
    func ownWork(at followUp: FollowUp, by staff: [String]) -> [String] {
        handbook.followUps.flagsOwnWork ? assignedWorkers(of: followUp).map(\.text).filter(staff.contains) : []
    }
}

/// The return-visit rate of one class over a month (回访率).
public struct FollowUpRate: Hashable, Sendable {
    /// Cases and stages whose due date lies in the month and is past.
    public var matured = 0
    /// The visited ones of these, in time or not.
    public var covered = 0
    public var onTime = 0
    /// Visits with a required visitor missing, by who did the work, or by telephone.
    public var deviations = 0
}

extension FollowUps {
    /// The rate of a class over a period, as of a moment. A visit after a rectification belongs to the case it follows.
    func rate(of requestClass: RequestClass, in period: Period, at moment: Moment, zone: Zone) -> FollowUpRate {
        var rate = FollowUpRate()
        for followUp in cases(of: requestClass, in: period, at: moment, zone: zone) {
            rate.matured += 1
            if followUp.visit != nil { rate.covered += 1 }
            if followUp.isOnTime(in: zone) { rate.onTime += 1 }
            if followUp.visit?.deviations.isEmpty == false { rate.deviations += 1 }
        }
        return rate
    }

    /// The cases that a rate counts.
    public func cases(of requestClass: RequestClass, in period: Period, at moment: Moment, zone: Zone) -> [FollowUp] {
        all.values.filter { $0.class == requestClass && $0.period(at: moment, in: zone) == period }
    }
}

extension FollowUp {
    /// The month whose rate counts it, as of a moment. `nil` until its due date is past, and for visits that no rate
    /// counts: repetitions after a rectification, and visits that were void before they were due.
    public func period(at moment: Moment, in zone: Zone) -> Period? {
        guard after == nil, due.isOver(asOf: moment, in: zone) else { return nil }
        // A reopening excludes a visit only if it came before the end of the due day.
        return visit != nil || voided.map { due.isOver(asOf: $0, in: zone) } ?? true ? Period(due) : nil
    }
}
