import Handbook
import Journal

/// A shift is planned. A plan of the same post and beginning is replaced by it.
public struct SetRoster: ActionFact {
    public static let name = "roster.set"
    static let kind: StaticString = "shift.planned"
    static var merging: Merging<Self> {
        .suspicious { fact, estate, _ in
            let isDoubled = estate.rosters.overlapping(fact.from, fact.to).contains {
                $0.post == fact.post.text && $0.id != fact.former
            }
            return isDoubled ? .suspicious(Label("同一岗位的排班时间重叠", en: "two plans of a post overlap")) : nil
        }
    }
    public static let label = Label("排班", en: "Plan a shift")
    public static let roles: Set<Role> = [.supervisor]
    var staff = Watchman.placeholder
    var post = Word<Posts>.placeholder
    var from = Moment.placeholder
    var to = Moment.placeholder
    /// The plan that it replaces.
    var former: Ref<PlannedShift>?

    public init() {}

    public init(staff: String, post: String, from: Moment, to: Moment) {
        (self.staff, self.post, self.from, self.to) = (Watchman(staff), Word(post), from, to)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("staff", &staff, .onDuty)
        try visitor.field("post", &post)
        try visitor.field("from", &from, .shiftBegins)
        try visitor.field("to", &to, .shiftEnds)
        try visitor.derived("former", &former)
    }

    /// The shift that follows the last one of the post.
    public static func proposals(
        with values: [String: String], to member: String, in estate: Estate, at moment: Moment
    ) -> [String: String] {
        let rule = estate.handbook.roster
        let post = Posts.canonical(values["post"].flatMap { $0.isEmpty ? nil : $0 } ?? Gate.mainPost)
        let last = estate.rosters.last(at: post).flatMap { $0.to > moment ? $0 : nil }
        let first = Day(moment, in: estate.zone).adding(1).start(in: estate.zone).adding(minutes: rule.firstHour * 60)
        let begins =
            values["from"].flatMap { try? Moment(text: $0, zone: estate.zone) } ?? last?.to ?? first
        let length = last.map { $0.to.seconds(since: $0.from) } ?? rule.hours * 3600
        return [
            "post": Gate.mainPost, "from": (last?.to ?? first).typed(in: estate.zone),
            "to": begins.adding(seconds: length).typed(in: estate.zone),
        ]
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        post = Word(Posts.canonical(post.text))
        do { staff = try staff.resolved(in: estate) } catch let refusal as Refusal { throw refusal.about("staff") }
        try checkTimes(estate.handbook.roster)
        let known = estate.rosters.planned(at: post.text, from: from)
        if let known {
            if known.staff == staff.text, known.to == to {
                throw Refusal.rule("roster.unchanged", "这个班已经这样排了", en: "it is planned like this already")
            }
            try estate.refuseBegun(known, plan)
        }
        former = known?.id
        for other in estate.rosters.overlapping(from, to) where other.id != former {
            if other.post == post.text {
                throw Refusal(
                    .rule, "roster.overlap", "与 \(other.words(in: estate)) 的班重叠",
                    en: "it overlaps the shift \(other.words(in: estate))", field: "from")
            }
            if other.staff == staff.text {
                throw Refusal(
                    .rule, "roster.busy", "同一时间已排在 \(other.post)",
                    en: "they are planned at \(other.post) at that time", field: "staff")
            }
        }
        if from < plan.at { plan.warn("roster.past") }
        if tooNear(in: estate) != nil { plan.warn("roster.rest") }
    }

    /// Another shift of the member with less than the rest between it and this one (policy).
    private func tooNear(in estate: Estate) -> PlannedShift? {
        let rest = estate.handbook.roster.restHours * 60
        return estate.rosters.overlapping(from.adding(minutes: -rest), to.adding(minutes: rest)).first {
            $0.staff == staff.text && $0.id != former && !($0.post == post.text && $0.from == from)
        }
    }

    public static func cautions(
        with values: [String: String], by member: String, in estate: Estate
    ) -> [String: Label] {
        func moment(_ key: String) -> Moment? { values[key].flatMap { try? Moment(text: $0, zone: estate.zone) } }
        guard let from = moment("from"), let to = moment("to"), from < to,
            let staff = try? Watchman(values["staff"] ?? "").resolved(in: estate)
        else { return [:] }
        let shift = SetRoster(staff: staff.text, post: Posts.canonical(values["post"] ?? ""), from: from, to: to)
        guard let other = shift.tooNear(in: estate) else { return [:] }
        let (hours, name) = (estate.handbook.roster.restHours, estate.staff.name(of: other.staff))
        let words = other.words(in: estate)
        return [
            "staff": Label(
                "离 \(words) 的班休息不到 \(hours) 小时", en: "\(name) rests less than \(hours) hours beside the shift \(words)")
        ]
    }

    private func checkTimes(_ rule: Handbook.Roster) throws {
        if to <= from {
            throw Refusal(.rule, "roster.order", "下班不晚于上班", en: "it ends before it begins", field: "to")
        }
        if to.seconds(since: from) > rule.maximumHours * 3600 {
            throw Refusal(
                .rule, "roster.long", "一班不超过 \(rule.maximumHours) 小时",
                en: "a shift has at most \(rule.maximumHours) hours", field: "to")
        }
    }

    func affectedIDs(in estate: Estate) -> [String]? { former.map { [$0.id.text] } ?? [] }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        if let former { estate.rosters.drop(former, at: metadata.at) }
        estate.rosters.add(
            PlannedShift(id: Ref(metadata.id), staff: staff.text, post: Posts.canonical(post.text), from: from, to: to))
    }
}

/// A planned shift is dropped before it begins.
public struct DropRoster: ActionFact {
    public static let name = "roster.drop"
    static let kind: StaticString = "shift.unplanned"
    static var merging: Merging<Self> {
        .first { fact, estate, _ in
            estate.rosters.all.value(of: fact.shift) {
                $0.dropped == nil ? nil : .doubled(Label("这个班已取消或改排", en: "the plan had been dropped or replaced"))
            } ?? .unknown
        }
    }
    public static let label = Label("取消排班", en: "Drop a planned shift")
    public static let roles: Set<Role> = [.supervisor]
    var shift = Ref<PlannedShift>.placeholder
    var why: String?

    public init() {}

    public init(shift: Ref<PlannedShift>, why: String? = nil) { (self.shift, self.why) = (shift, why) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("shift", &shift, .shift)
        try visitor.field("why", &why)
    }

    var subject: EntryID? { shift.id }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        guard let known = estate.rosters[shift] else { throw shift.unknown }
        if known.dropped != nil {
            throw Refusal.rule("roster.dropped", "这个班已取消或改排", en: "it was dropped or replaced already")
        }
        try estate.refuseBegun(known, plan)
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) { estate.rosters.drop(shift, at: metadata.at) }
}

extension Estate {
    /// Throws ``Refusal`` `roster.begun` for a shift that has begun: who came in whose place is told by the shifts.
    fileprivate func refuseBegun(_ shift: PlannedShift, _ plan: Plan) throws {
        if plan.at >= shift.from {
            throw Refusal(
                .rule, "roster.begun", "这个班已经开始，不能再改；谁代班由接班记录说明",
                en: "the shift has begun: who came instead is told by the shifts", field: "from")
        }
    }
}

extension CloseShift {
    /// Who is next by the roster.
    public static func proposals(
        with values: [String: String], to member: String, in estate: Estate, at moment: Moment
    ) -> [String: String] {
        guard let id = try? Ref<Shift>(text: values["shift"] ?? "", zone: estate.zone), let shift = estate.shifts[id],
            let next = estate.nextOnRoster(at: shift.post, moment, besides: shift.staff)
        else { return [:] }
        let name = estate.staff.name(of: next.staff)
        return ["next": estate.staff.member(name)?.code == next.staff ? name : next.staff]
    }
}

extension Moment {
    /// `2026-12-01 06:00`, as a person types it.
    func typed(in zone: Zone) -> String { String(text(in: zone).prefix(16)).replacing("T", with: " ") }
}

extension Label {
    static let shiftBegins = Label("上班", en: "From")
    static let shiftEnds = Label("下班", en: "To")
}
