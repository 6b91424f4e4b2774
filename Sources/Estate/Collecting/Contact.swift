import Handbook
import Journal

/// One time that a household was reminded: by a call, a visit, a message, or a letter.
public struct Contact: Sendable {
    public let at: Moment
    /// The code of the member.
    public let by: String
    public let outcome: String
    /// Whether somebody was reached.
    public let isReached: Bool
    let bills: [Ref<Bill>]
}

extension Estate {
    /// The reminders of a unit and the letters to it, the latest first.
    public func contacts(of unit: UnitCode) -> [Contact] {
        let rules = handbook.collecting
        let reminders = fees.reminders(of: unit).map {
            Contact(
                at: $0.at, by: $0.by, outcome: $0.outcome, isReached: !rules.isUnreached($0.outcome), bills: $0.bills)
        }
        let letters = collecting.letters(to: unit).reversed().map {
            // What was delivered earlier was no contact of the day on which it was recorded.
            Contact(
                at: $0.day == Day($0.at, in: zone) ? $0.at : $0.day.start(in: zone), by: $0.by,
                outcome: "催缴函 \($0.way)", isReached: $0.renews, bills: $0.bills)
        }
        if letters.isEmpty { return reminders }
        return (reminders + letters).enumerated().sorted {
            ($1.element.at, $0.offset) < ($0.element.at, $1.offset)
        }.map(\.element)
    }

    /// The day on which the time to sue for a bill ends: three years after it was due (Civil Code 188), or after the last
    /// part payment, promise, served letter or proceeding about it (195). A reminder alone, or a paper on the door, does
    /// not prove that it was received, and extends nothing.
    func limitation(of bill: Bill) -> Day {
        let proceedings = handbook.collecting.proceedings
        let paid = bill.allocations.compactMap { fees.payments[$0.payment]?.received }
        let reminders = (fees.dunnings[bill.unit] ?? []).filter {
            ($0.promise != nil || proceedings.contains($0.channel)) && $0.bills.contains(bill.id)
        }
        let letters = collecting.letters(to: bill.unit).filter { $0.renews && $0.bills.contains(bill.id) }
        let renewed = (paid + reminders.map(\.at)).map { Day($0, in: zone) } + letters.map(\.day)
        return renewed.reduce(bill.due, max).adding(months: 36)
    }

    /// The plan for a unit's arrears; `nil` if there is none, or what it was about is paid.
    public func plan(for unit: UnitCode) -> ArrearsPlan? {
        let plans = collecting.plans(for: unit).enumerated()
        let last = plans.max { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }?.element
        return last.flatMap { fees.isOpen(any: $0.bills) ? $0 : nil }
    }

    /// The code of the member who collects a unit's arrears: who sees to the plan, else who reminded last; `nil` for
    /// nobody.
    public func collector(of unit: UnitCode) -> String? { plan(for: unit)?.who.text ?? contacts(of: unit).first?.by }

    /// What the records tell of the reason, the solution, who sees to it and the next step.
    struct PreparedPlan {
        var reason: String?
        var solution: String?
        var who: String?
        var next: Day?
    }

    func preparedPlan(for unit: UnitCode, at moment: Moment) -> PreparedPlan {
        let (day, rules) = (Day(asOf: moment, in: zone), handbook.collecting)
        let plan = plan(for: unit)
        let contacts = contacts(of: unit)
        let promise = fees.outstandingPromise(of: unit)
        let isPromised = promise?.promise.map { $0 >= day } ?? false
        var prepared = PreparedPlan(reason: plan?.reason, solution: plan?.solution, who: plan?.who.text)
        prepared.reason =
            prepared.reason ?? contacts.lazy.compactMap { rules.reason(for: $0.outcome)?.name }.first
            ?? reason(by: unit, on: day)
        if prepared.solution == nil, isPromised { prepared.solution = "约定付款日" }
        prepared.who = prepared.who ?? contacts.first?.by
        prepared.next = plan?.next.flatMap { $0 >= day ? $0 : nil } ?? (isPromised ? promise?.promise : nil)
        return prepared
    }

    /// What the unit itself tells of the reason: an open request, or that nobody lives there.
    private func reason(by unit: UnitCode, on day: Day) -> String? {
        switch people.units[unit]?.occupancy(on: day)?.state {
        case .undelivered: "未收房或未交付"
        case .vacant: "空置未住"
        default: requests.open(of: unit).isEmpty ? nil : "报修未解决"
        }
    }
}
