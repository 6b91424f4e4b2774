import Handbook
import Journal

/// The moments by which a request is answered, looked at and done; `nil` where its class has no limit (policy).
public struct RequestDeadlines: Sendable {
    public let respond: Moment?
    public let arrive: Moment?
    public let finish: Moment?
}

extension Estate {
    /// The deadlines of a request that is taken, or reopened, at a moment. A special service ends with its period.
    func deadlines(
        of requestClass: RequestClass, isUrgent: Bool, period: ClosedRange<Day>?, from moment: Moment
    ) -> RequestDeadlines {
        let limits = handbook.requests.deadlines(of: requestClass, isUrgent: isUrgent)
        func end(_ span: Handbook.Requests.Span?) -> Moment? {
            switch span {
            case .minutes(let minutes): moment.adding(minutes: minutes)
            case .days(let days): Day(moment, in: zone).adding(days).end(in: zone)
            case nil: nil
            }
        }
        return RequestDeadlines(
            respond: end(limits.respond), arrive: end(limits.arrive),
            finish: end(limits.finish) ?? period?.upperBound.end(in: zone))
    }
}

extension Request {
    /// When somebody was sent, or first said how it stands; at the latest when it was done.
    public var responded: Moment? {
        (assignments.map(\.at) + progress.map(\.at) + [completed].compactMap { $0 }).min()
    }

    /// The last day that was said when it was assigned. What was said before a reopening holds no more.
    var assignedDue: Day? {
        guard let assignment, reopened.map({ assignment.at >= $0 }) ?? true else { return nil }
        return assignment.due
    }

    /// By when it is to be done: the end of the day that was said when it was assigned, else that of its class.
    public func dueAt(in zone: Zone) -> Moment? { assignedDue?.end(in: zone) ?? finishBy }

    /// Whether it is late at a moment: not done, or nobody sent.
    public func isOverdue(at moment: Moment, in zone: Zone) -> Bool {
        isOpen && (dueAt(in: zone)?.isOver(asOf: moment) ?? false || isUnanswered(at: moment))
    }

    /// Whether nobody was sent, and nobody said how it stands, in time.
    public func isUnanswered(at moment: Moment) -> Bool {
        isOpen && responded == nil && respondBy?.isOver(asOf: moment) ?? false
    }
}
