import Journal

extension FollowUps {
    /// A visit that is not made yet and was not void at a moment. Throws ``Refusal`` `followup.visited` or
    /// `followup.void`.
    func unmade(_ id: Ref<FollowUp>, at moment: Moment) throws -> FollowUp {
        let known = try current(id)
        if known.visit != nil {
            throw Refusal.rule(
                "followup.visited", known.awaitsRectification ? "已回访且不满意：先登记整改，再回访" : "这个回访已经完成",
                en: known.awaitsRectification
                    ? "visited and unsatisfied: rectify first" : "this return visit was made already")
        }
        if let voided = known.voided, moment >= voided {
            throw Refusal.rule("followup.void", "工单已返工，这个回访作废", en: "the request was reopened: this visit is void")
        }
        return known
    }

    /// A visit that is still to be made. Throws ``Refusal`` as ``unmade(_:at:)`` does, and `followup.closed`.
    fileprivate func toBeMade(_ id: Ref<FollowUp>, _ plan: Plan) throws -> FollowUp {
        let known = try unmade(id, at: plan.now)
        if known.closed != nil {
            throw Refusal.rule("followup.closed", "已按无法回访结案", en: "it was closed: the owner could not be visited")
        }
        return known
    }
}

extension FollowUp {
    /// Throws ``Refusal`` `followup.early` for a day before the visit may be made.
    func refuseEarly(_ day: Day) throws {
        if day < opens {
            throw Refusal.rule(
                "followup.early", "\(opens.text) 起才可回访", en: "this visit may be made from \(opens.text) on")
        }
    }
}

extension Label {
    fileprivate static let appointedTime = Label("预约时间", en: "Appointed for")
}

/// An appointment for a return visit was made.
struct FollowUpAppointed: Fact {
    static let kind: StaticString = "followup.appointed"
    static var merging: Merging<Self> { .derived { fact, estate in estate.followUps.all.holds(fact.followup) } }
    static let action: (any Action.Type)? = AppointFollowUp.self
    var followup = Ref<FollowUp>.placeholder
    /// Not `at`: that is when the fact happened.
    var appointed = Moment.placeholder
    var visitors: [String] = []

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("followup", &followup)
        try visitor.field("appointed", &appointed, .appointedTime)
        try visitor.field("visitors", &visitors)
    }

    var subject: EntryID? { followup.id }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.followUps.appoint(Appointment(time: appointed, visitors: visitors), for: followup)
    }
}

/// Agrees with the owner when a visit is made and who goes (预约). A later appointment replaces it.
public struct AppointFollowUp: Action {
    public static let name = "followup.appoint"
    public static let label = Label("预约回访", en: "Appoint a return visit")
    public static let roles: Set<Role> = [.operator, .supervisor, .administrator, .regional]
    public var followup = Ref<FollowUp>.placeholder
    public var at = Moment.placeholder
    /// Staff numbers or names.
    public var visitors = StaffNames.placeholder

    public init() {}

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("followup", &followup)
        try visitor.field("at", &at, .appointedTime)
        try visitor.field("visitors", &visitors, Label("回访人", en: "Visitors"))
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.followUps.toBeMade(followup, plan)
        if at == Day(at, in: estate.zone).start(in: estate.zone) {
            throw Refusal(
                .input, "followup.appointedHour", "请写明几点，如 明天 10:00", en: "say at what time, e.g. 12-05 10:00",
                field: "at")
        }
        if at < plan.at {
            throw Refusal(
                .rule, "followup.appointedPast", "预约时间已经过去", en: "the appointed time is past", field: "at")
        }
        do { try known.refuseEarly(Day(at, in: estate.zone)) } catch let refusal as Refusal {
            throw refusal.about("at")
        }
        let members = try visitors.members(in: estate)
        do { for member in members { _ = try estate.staff.working(member.code) } } catch let refusal as Refusal {
            throw refusal.about("visitors")
        }
        plan.record(FollowUpAppointed(followup: known.id, appointed: at, visitors: members.map(\.code)))
        plan.answer = known.id.id
    }

    public static func cautions(
        with values: [String: String], by member: String, in estate: Estate
    ) -> [String: Label] {
        guard let id = try? Ref<FollowUp>(text: values["followup"] ?? "", zone: estate.zone),
            let known = try? estate.followUps.current(id),
            let time = try? Moment(text: values["at"] ?? "", zone: estate.zone), Day(time, in: estate.zone) > known.due
        else { return [:] }
        return ["at": Label("晚于期限 \(known.due.text)，届时为逾期", en: "later than \(known.due.text), when it is due")]
    }
}

/// Closes a case as 无法回访 after the attempts that the handbook asks for: out of the queue, still not covered.
public struct CloseFollowUp: ActionFact {
    public static let name = "followup.close"
    static let kind: StaticString = "followup.closed"
    static var merging: Merging<Self> {
        .first { fact, estate, _ in
            estate.followUps.all.value(of: fact.followup) {
                $0.visit == nil && $0.closed == nil
                    ? nil : .doubled(Label("这个回访已完成或结案", en: "the case had been visited or closed"))
            } ?? .unknown
        }
    }
    public static let label = Label("无法回访结案", en: "Close an unreachable case")
    public static let roles: Set<Role> = [.supervisor]
    var followup = Ref<FollowUp>.placeholder
    var why = ""

    public init() {}

    public init(followup: Ref<FollowUp>, why: String) { (self.followup, self.why) = (followup, why) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("followup", &followup)
        try visitor.field("why", &why)
    }

    var subject: EntryID? { followup.id }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.followUps.toBeMade(followup, plan)
        if let reason = estate.closingRefused(of: known) {
            throw Refusal.rule("followup.attempts", reason.chinese, en: reason.english)
        }
        if let last = known.reports.map(\.at).max() {
            try plan.refuse(before: last, Label("上次未遇", en: "the last attempt"))
        }
        followup = known.id
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.followUps.close(followup, at: metadata.at, why: why)
    }
}

extension Estate {
    /// Why a case may not be closed as 无法回访; `nil` if it may.
    public func closingRefused(of followUp: FollowUp) -> Label? {
        let required = handbook.followUps.attempts.beforeClosing
        return followUp.attempts >= required
            ? nil
            : Label(
                "未遇或拒访 \(followUp.attempts) 次，满 \(required) 次才可按无法回访结案",
                en: "\(followUp.attempts) attempts: it may be closed after \(required)")
    }
}
