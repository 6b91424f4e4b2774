import Handbook
import Journal

/// One dated instance of a duty that the standards time (Rules, Duties).
///
/// It is never stored: it follows from its rule and from the facts. The fact that fulfils it keeps the due day of its
/// time, so that what is done or late stays so when the rule changes.
public struct Duty: Sendable {
    /// The rule's kind and what tells its instances apart: of a monthly duty the month in which it is due,
    /// `reconcile-2026-11`; of a weekly one the week and its number in it, `inspection-2026-W48-1`; of a duty of a case
    /// its id.
    public let id: String
    /// What it is about, of a duty of a case: `3-2-501 装修`.
    public let subject: String?
    public let rule: DutyRule
    /// The month in which it is due.
    public let period: Period
    /// The first day on which it is shown.
    public let opens: Day
    /// The last day on which it is done in time.
    public let due: Day
    /// The first day on which it counts as missed, even if it is done later; `nil`: it is late until it is done.
    public let closes: Day?
    /// The fact that fulfilled it.
    public let done: Fulfilment?
    /// Why it is due on another day than usual.
    public let note: Label?

    /// A fact that fulfils a duty.
    public struct Fulfilment: Sendable {
        public let fact: Ref<JournalEntry>
        public let at: Moment
        /// The due day that the fact keeps; `nil` for that of the present rule.
        let due: Day?
    }

    public func state(at moment: Moment, in zone: Zone) -> DutyState {
        guard let done else {
            if moment <= due.end(in: zone) { return .open }
            return closes.map { moment > $0.start(in: zone) } ?? false ? .missed : .late
        }
        if due.isMet(at: done.at, in: zone) { return .done }
        return closes.map { done.at >= $0.start(in: zone) } ?? false ? .missed : .late
    }
}

/// What became of a duty, at a moment.
public enum DutyState: String, NamedChoice {
    case open, done, late, missed

    public var label: Label {
        switch self {
        case .open: Label("待办", en: "open")
        case .done: Label("按时完成", en: "done")
        case .late: Label("逾期", en: "late")
        case .missed: Label("漏办", en: "missed")
        }
    }
}

/// A duty as its feature declares it in ``Feature/duties``.
public struct DutyRule: Sendable {
    /// The name in scripts, which begins the ids of its instances.
    public let kind: String
    public let label: Label
    public let role: Role
    /// The action that fulfils it. Whoever may perform it is told of the duty.
    public let action: any Action.Type
    /// The counts (``Estate/Counted``) of the parts of the state that its instances are made of.
    public let parts: @Sendable (Estate) -> [Int]
    /// The rule's own instances that open by a day, in order.
    fileprivate let instances: @Sendable (DutyRule, Estate, _ through: Day) -> [Duty]
    /// What the action's form starts with, by field key.
    public let prefill: @Sendable (Duty, Estate) -> [String: String]
    /// The roles that are told of it, where not all are that may do it; none where another list tells of it.
    public private(set) var tells: Set<Role>?
    /// Whether the list of duties tells of it.
    public var isListed: Bool { tells?.isEmpty != true }

    /// A duty on a day of each month.
    ///
    /// - Parameters:
    ///   - on: the clause with its day.
    ///   - since: the first month in which it is due; `nil` as long as there is nothing to do.
    ///   - done: the fact that fulfils it in a month.
    static func monthly(
        _ kind: String, _ label: Label, _ role: Role, by action: any Action.Type,
        on clause: @escaping @Sendable (Handbook) -> Handbook.MonthlyDuty,
        parts: @escaping @Sendable (Estate) -> [Int], since: @escaping @Sendable (Estate) -> Period?,
        done: @escaping @Sendable (Estate, Period) -> Duty.Fulfilment?,
        prefill: @escaping @Sendable (Duty, Estate) -> [String: String] = { _, _ in [:] }
    ) -> DutyRule {
        @Sendable func instances(_ rule: DutyRule, _ estate: Estate, _ through: Day) -> [Duty] {
            guard let first = since(estate), first <= Period(through) else { return [] }
            let day = clause(estate.handbook).day
            return (first.number...Period(through).number).map(Period.init(number:)).compactMap { month in
                let (usual, note) = estate.handbook.workingDay(day, of: month)
                let done = done(estate, month)
                let due = done?.due ?? usual
                let opens = estate.handbook.opening(of: due, in: month)
                let next = estate.handbook.workingDay(day, of: month.adding(1)).due
                guard opens <= through else { return nil }
                return Duty(
                    id: "\(kind)-\(month.text)", subject: nil, rule: rule, period: month, opens: opens, due: due,
                    closes: estate.handbook.opening(of: next, in: month.adding(1)), done: done,
                    note: due == usual ? note : nil)
            }
        }
        return DutyRule(
            kind: kind, label: label, role: role, action: action, parts: parts, instances: instances, prefill: prefill)
    }

    /// A duty that is done several times in each week, from Monday to Sunday. What is not done by Sunday is missed.
    ///
    /// - Parameters:
    ///   - times: how often in a week.
    ///   - since: the first week in which it is due; `nil` as long as there is nothing to do.
    ///   - done: the facts that fulfil it in a week, in order.
    static func weekly(
        _ kind: String, _ label: Label, _ role: Role, by action: any Action.Type,
        times: @escaping @Sendable (Handbook) -> Int, parts: @escaping @Sendable (Estate) -> [Int],
        since: @escaping @Sendable (Estate) -> Week?, done: @escaping @Sendable (Estate, Week) -> [Duty.Fulfilment],
        prefill: @escaping @Sendable (Duty, Estate) -> [String: String] = { _, _ in [:] }
    ) -> DutyRule {
        @Sendable func instances(_ rule: DutyRule, _ estate: Estate, _ through: Day) -> [Duty] {
            guard let first = since(estate)?.monday, first <= through else { return [] }
            let times = times(estate.handbook)
            return stride(from: first.number, through: through.number, by: 7).flatMap { number in
                let week = Week(Day(number: number))
                let done = done(estate, week)
                return (0..<max(0, times)).map { index in
                    Duty(
                        id: "\(kind)-\(week.text)-\(index + 1)", subject: nil, rule: rule, period: Period(week.sunday),
                        opens: week.monday, due: week.sunday, closes: week.sunday.adding(1),
                        done: done.indices.contains(index) ? done[index] : nil, note: nil)
                }
            }
        }
        return DutyRule(
            kind: kind, label: label, role: role, action: action, parts: parts, instances: instances, prefill: prefill)
    }

    /// A duty of each year, which is late after its day and never missed.
    ///
    /// - Parameters:
    ///   - on: the clause with its day.
    ///   - isAfter: whether it is due in the year after that which it is about.
    ///   - done: the fact that fulfils it for a year.
    static func yearly(
        _ kind: String, _ label: Label, _ role: Role, by action: any Action.Type,
        on clause: @escaping @Sendable (Handbook) -> Handbook.YearlyDuty, isAfter: Bool = false,
        parts: @escaping @Sendable (Estate) -> [Int],
        done: @escaping @Sendable (Estate, _ year: Int) -> Duty.Fulfilment?,
        prefill: @escaping @Sendable (Duty, Estate) -> [String: String]
    ) -> DutyRule {
        @Sendable func instances(_ rule: DutyRule, _ estate: Estate, _ through: Day) -> [Duty] {
            guard let founded = estate.founded.map({ Day($0, in: estate.zone) }) else { return [] }
            let clause = clause(estate.handbook)
            let years = founded.civil.year...max(founded.civil.year, through.civil.year + 1)
            return years.compactMap { dueYear in
                let month = Period(year: dueYear, month: clause.month)
                let year = isAfter ? dueYear - 1 : dueYear
                let (usual, note) = estate.handbook.workingDay(clause.day, of: month)
                let done = done(estate, year)
                let due = done?.due ?? usual
                let opens = due.adding(-clause.daysAhead)
                // Before it was founded there was nothing to do.
                guard due >= founded, opens <= through else { return nil }
                return Duty(
                    id: "\(kind)-\(year)", subject: "\(year)", rule: rule, period: Period(due), opens: opens, due: due,
                    closes: nil, done: done, note: due == usual ? note : nil)
            }
        }
        return DutyRule(
            kind: kind, label: label, role: role, action: action, parts: parts, instances: instances, prefill: prefill)
    }

    /// A duty of each case that there is, which is late after its day, and missed only if the case says so.
    ///
    /// - Parameters:
    ///   - field: the field of the action that names the case; `nil` if none does.
    ///   - tells: the roles that are told of it, where not all are that may do it.
    ///   - prefill: what the form starts with; unless given, the case in its field.
    ///   - cases: those with a day, done or not.
    static func perCase(
        _ kind: String, _ label: Label, _ role: Role, by action: any Action.Type, field: String?,
        parts: @escaping @Sendable (Estate) -> [Int], tells: Set<Role>? = nil,
        prefill: (@Sendable (Duty, Estate) -> [String: String])? = nil,
        cases: @escaping @Sendable (Estate) -> [DutyCase]
    ) -> DutyRule {
        perCase(
            kind, label, role, by: action, field: field, parts: parts, tells: tells, prefill: prefill,
            casesThrough: { estate, _ in cases(estate) })
    }

    /// The same where there are more and more cases as time goes: those through a day are asked for.
    static func perCase(
        _ kind: String, _ label: Label, _ role: Role, by action: any Action.Type, field: String?,
        parts: @escaping @Sendable (Estate) -> [Int], tells: Set<Role>? = nil,
        prefill: (@Sendable (Duty, Estate) -> [String: String])? = nil,
        casesThrough cases: @escaping @Sendable (Estate, Day) -> [DutyCase]
    ) -> DutyRule {
        @Sendable func instances(_ rule: DutyRule, _ estate: Estate, _ through: Day) -> [Duty] {
            cases(estate, through).filter { $0.opens <= through }.map { one in
                let due = one.done?.due ?? one.due
                return Duty(
                    id: "\(kind)-\(one.id)", subject: one.subject, rule: rule, period: Period(due),
                    opens: one.opens, due: due, closes: one.closes, done: one.done, note: one.note)
            }
        }
        return DutyRule(
            kind: kind, label: label, role: role, action: action, parts: parts, instances: instances,
            prefill: prefill ?? { duty, _ in field.map { [$0: String(duty.id.dropFirst(kind.count + 1))] } ?? [:] },
            tells: tells)
    }
}

/// A case that a duty is about.
struct DutyCase: Sendable {
    /// What tells it from the others: the id of its entity, if it has one.
    let id: String
    let subject: String
    let opens: Day
    let due: Day
    let done: Duty.Fulfilment?
    let note: Label?
    /// The first day on which it counts as missed; `nil`: never.
    var closes: Day?
}

extension Estate {
    /// The duties of all features.
    public static let duties: [DutyRule] = features.flatMap { $0.duties }

    /// The instances of duties that open by a day, of all unless given, the earliest due first.
    public func duties(through day: Day, of rules: [DutyRule] = Estate.duties) -> [Duty] {
        rules.flatMap { $0.instances($0, self, day) }.sorted { ($0.due, $0.id) < ($1.due, $1.id) }
    }
}

extension Handbook {
    /// The day of a yearly duty in a year.
    func due(_ duty: YearlyDuty, in year: Int) -> Day {
        workingDay(duty.day, of: Period(year: year, month: duty.month)).due
    }

    /// The day of a month, moved as the policy says if nobody works on it; and why. Of a year whose holidays are not
    /// published only the weekends are known, which is told.
    func workingDay(_ number: Int, of month: Period) -> (due: Day, note: Label?) {
        let usual = month.first.adding(min(number, month.length) - 1)
        let step =
            switch duties.dayOff {
            case .same: 0
            case .before: -1
            case .after: 1
            }
        var day = usual
        while step != 0, reasonOff(day) != nil, month.contains(day.adding(step)) { day = day.adding(step) }
        let unpublished =
            isPublished(usual)
            ? nil
            : Label(
                "\(usual.civil.year) 年假期未公布", en: "the holidays of \(usual.civil.year) are not published")
        guard day != usual, reasonOff(day) == nil, let why = reasonOff(usual) else { return (usual, unpublished) }
        let moved = Label(
            "\(usual.short) 是\(why)，改在 \(day.short)", en: "\(usual.short) is a day off: \(day.short) instead")
        return (day, .joined([moved, unpublished]))
    }

    private func isPublished(_ day: Day) -> Bool {
        let civil = day.civil
        return dayKind(year: civil.year, month: civil.month, day: civil.day) != .unpublished
    }

    /// The first day on which a duty is told, within its month.
    fileprivate func opening(of due: Day, in month: Period) -> Day { max(month.first, due.adding(-duties.daysAhead)) }

    /// Why nobody works on a day: 国庆节, 周六; `nil` on a working day, and on one that may be a holiday that is not
    /// published.
    private func reasonOff(_ day: Day) -> String? {
        let civil = day.civil
        switch dayKind(year: civil.year, month: civil.month, day: civil.day) {
        case .off(let name): return name
        case .ordinary where day.weekday > 5, .unpublished where day.weekday > 5:
            return day.weekday == 6 ? "周六" : "周日"
        case .ordinary, .worked, .unpublished: return nil
        }
    }
}
