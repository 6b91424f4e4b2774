import Journal

/// A return visit or an attempt was recorded.
struct FollowUpRecorded: Fact {
    static let kind: StaticString = "followup.recorded"
    static var merging: Merging<Self> {
        .first { fact, estate, _ in
            estate.followUps.all.value(of: fact.followup) {
                $0.visit == nil ? nil : .doubled(Label("这个回访已经完成", en: "the return visit had been made"))
            } ?? .unknown
        }
    }
    static let action: (any Action.Type)? = RecordFollowUp.self
    var followup = Ref<FollowUp>.placeholder
    var result = FollowUpResult.satisfied
    var visitors: [String] = []
    var absent: [Role] = []
    var signer: String?
    var paper: String?
    var unsigned: String?
    var quality: String?
    var effect: String?
    var satisfaction: Int?
    var shortcomings: String?
    var suggestions: String?
    var ownWork: [String] = []
    var way: FollowUpWay?
    /// Who puts right what left the owner unsatisfied, and by when; `nil` in older lines.
    var who: Worker?
    var due: Day?

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("followup", &followup)
        try visitor.field("result", &result)
        try visitor.field("visitors", &visitors)
        try visitor.field("absent", &absent)
        try visitor.field("signer", &signer)
        try visitor.field("paper", &paper)
        try visitor.field("unsigned", &unsigned)
        try visitor.field("quality", &quality)
        try visitor.field("effect", &effect)
        try visitor.field("satisfaction", &satisfaction)
        try visitor.field("shortcomings", &shortcomings)
        try visitor.field("suggestions", &suggestions)
        try visitor.field("ownWork", &ownWork)
        try visitor.field("way", &way)
        try visitor.field("who", &who)
        try visitor.field("due", &due)
    }

    var subject: EntryID? { followup.id }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.followUps.report(
            FollowUpReport(
                id: metadata.id, at: metadata.at, by: metadata.by, result: result, visitors: visitors, absent: absent,
                ownWork: ownWork,
                signer: signer, paper: paper, unsigned: unsigned, quality: quality, effect: effect,
                satisfaction: satisfaction, shortcomings: shortcomings, suggestions: suggestions, way: way,
                rectifier: who,
                rectifiedBy: due),
            on: followup, zone: estate.zone)
    }
}

/// Records a return visit or an attempt (section 3): the five contents and the owner's signature.
public struct RecordFollowUp: Action {
    public static let name = "followup.record"
    public static let label = Label("登记回访", en: "Record a return visit")
    public static let roles: Set<Role> = [.operator, .supervisor, .administrator, .regional]
    public var followup = Ref<FollowUp>.placeholder
    public var result = FollowUpResult.satisfied
    /// Staff numbers or names.
    public var visitors = StaffNames.placeholder
    public var way: FollowUpWay?
    /// The owner's name. Else the number of the signed paper, or the reason for which the owner did not sign.
    public var signer: String?
    public var paper: String?
    public var unsigned: String?
    public var quality: String?
    public var effect: String?
    public var satisfaction: Satisfaction?
    public var shortcomings: String?
    public var suggestions: String?
    /// Who puts right what left the owner unsatisfied, and by when.
    public var who: Worker?
    public var due: Day?

    public init() {}

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("followup", &followup)
        try visitor.field("result", &result)
        try visitor.field("visitors", &visitors, Label("回访人", en: "Visitors"))
        try visitor.field("way", &way)
        try visitor.field("signer", &signer)
        try visitor.field("paper", &paper)
        try visitor.field("unsigned", &unsigned)
        try visitor.field("quality", &quality)
        try visitor.field("effect", &effect)
        try visitor.field("satisfaction", &satisfaction, Label("满意度(1–5)", en: "Satisfaction (1–5)"))
        try visitor.field("shortcomings", &shortcomings)
        try visitor.field("suggestions", &suggestions)
        try visitor.field("who", &who, .rectifier)
        try visitor.field("due", &due, .rectifiedBy)
    }

    /// Only an unsatisfied visit leaves something to put right.
    public static func asks(for key: String, with values: [String: String]) -> Bool {
        key != "who" && key != "due" || values["result"] == FollowUpResult.unsatisfied.rawValue
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        // A visit to a closed case is accepted, too. One made before a reopening and recorded after it counts in its own
        // cycle.
        let known = try estate.followUps.unmade(followup, at: plan.at)
        try known.refuseEarly(Day(plan.at, in: estate.zone))
        if let finished = known.finished {
            try plan.refuse(before: finished, known.after == nil ? CompleteRequest.label : RectifyFollowUp.label)
        }
        if result.isVisit, signer == nil, paper == nil, unsigned == nil {
            throw Refusal(
                .rule, "followup.unsigned", "回访结果须业主签名（标准 3）；签在纸上写编号；拒签或电话回访，写明未签名原因",
                en: "the owner signs the result (section 3); else give the number of the signed paper, or why not",
                field: "signer")
        }
        if unsigned != nil, signer != nil || paper != nil {
            throw Refusal(
                .rule, "followup.signature", "已有签名，不能又写未签名原因", en: "it is signed: there is no reason why not",
                field: "unsigned")
        }
        let members = try visitors.members(in: estate)
        let remedy = try remedy(of: known, on: Day(plan.at, in: estate.zone), in: estate)
        plan.record(
            FollowUpRecorded(
                followup: known.id, result: result, visitors: members.map(\.code),
                absent: result.isVisit ? estate.handbook.absent(from: members.map(\.role), for: known.class) : [],
                signer: signer, paper: paper, unsigned: unsigned, quality: quality, effect: effect,
                satisfaction: satisfaction?.grade, shortcomings: shortcomings, suggestions: suggestions,
                ownWork: result.isVisit ? estate.ownWork(at: known, by: members.map(\.code) + [plan.by]) : [],
                way: way, who: remedy.who, due: remedy.due))
        plan.answer = known.id.id
    }

    /// Who puts right what was wanting: whoever did the work, unless another is named; within the days of the policy.
    private func remedy(
        of known: FollowUp, on today: Day, in estate: Estate
    ) throws -> (who: Worker?, due: Day?) {
        guard result == .unsatisfied else {
            if who == nil, due == nil { return (nil, nil) }
            throw Refusal(
                .rule, "followup.remedy", "不满意才指派整改", en: "only what left the owner unsatisfied is put right",
                field: who != nil ? "who" : "due")
        }
        if let due, due < today { throw Refusal.dueEarly }
        let worker = try who.map { try $0.working(for: "who", in: estate) }
        return (
            worker ?? estate.assignedWorkers(of: known).first,
            due ?? today.adding(estate.handbook.followUps.rectificationDays)
        )
    }

    public static func cautions(
        with values: [String: String], by member: String, in estate: Estate
    ) -> [String: Label] {
        let result = values["result"].flatMap(FollowUpResult.init(rawValue:))
        var cautions: [String: Label] = [:]
        if result == .unsatisfied, values["shortcomings"]?.trimmed.isEmpty != false {
            cautions["shortcomings"] = Label("不满意须写明不足，整改以此为准", en: "say what is wanting: it is to be put right")
        }
        if result?.isVisit == true, values["way"] == FollowUpWay.phone.rawValue {
            cautions["way"] = Label("一般当面、实地回访；电话回访列为不合规", en: "a visit by telephone is listed as a deviation")
        }
        guard let id = try? Ref<FollowUp>(text: values["followup"] ?? "", zone: estate.zone),
            let known = try? estate.followUps.current(id), result?.isVisit != false
        else { return cautions }
        let visitors = (try? [String](text: values["visitors"] ?? "", zone: estate.zone)) ?? []
        let own = estate.ownWork(at: known, by: visitors.compactMap { estate.staff.member($0)?.code } + [member])
        if own.isEmpty { return cautions }
        let names = own.map { estate.staff.name(of: $0) }
        cautions["visitors"] = Label(
            "承办人自访：\(names.joined(separator: "、"))就是承办人，宜由他人回访",
            en: "own work: \(names.joined(separator: ", ")) did it; let another member visit")
        return cautions
    }
}

/// The shortcomings of an unsatisfactory visit are rectified: the owner is visited again, until satisfied.
public struct RectifyFollowUp: ActionFact {
    public static let name = "followup.rectified"
    static let kind: StaticString = "followup.rectified"
    static var merging: Merging<Self> {
        .first { fact, estate, _ in
            estate.followUps.all.value(of: fact.followup) {
                $0.awaitsRectification ? nil : .doubled(Label("这次回访已登记整改", en: "it had been rectified"))
            } ?? .unknown
        }
    }
    public static let label = Label("整改完成", en: "Rectified")
    public static let roles: Set<Role> = [.operator, .supervisor, .administrator, .regional]
    var followup = Ref<FollowUp>.placeholder
    /// The work done.
    var note: String?
    /// When the owner is to be visited again, by the handbook of the node that decided it; `nil` in older lines.
    var due: Day?

    public init() {}

    public init(followup: Ref<FollowUp>, note: String? = nil) { (self.followup, self.note) = (followup, note) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("followup", &followup)
        try visitor.field("note", &note, Label("整改情况", en: "What was done"))
        try visitor.derived("due", &due)
    }

    var subject: EntryID? { followup.id }
    /// The receipt names the visit that follows.
    var answer: EntryID? { nil }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.followUps.current(followup)
        guard known.awaitsRectification, let visit = known.visit else {
            throw Refusal.rule("followup.nothingToRectify", "这个回访没有待整改的不满意", en: "this visit left nothing to rectify")
        }
        try plan.refuse(before: visit.at, Label("回访", en: "the visit"))
        followup = known.id
        due = estate.handbook.due(known.class, done: Day(plan.at, in: estate.zone))
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        guard let former = estate.followUps[followup] else { return }
        estate.followUps.plan(
            Ref(metadata.id), after: former, rectified: metadata.at, due: due, note: note, estate.handbook, estate.zone)
    }
}

/// The owner's satisfaction, from 1 (very poor) to 5 (very good).
public struct Satisfaction: FieldValue, Hashable {
    public let grade: Int

    public static var type: FieldType { .integer }
    public static var placeholder: Satisfaction { Satisfaction(5) }

    public init(_ grade: Int) { self.grade = grade }

    /// Throws ``Refusal`` `followup.satisfaction` for anything but a digit from 1 to 5.
    public init(text: String, zone: Zone) throws {
        guard let grade = Int(text.halfwidth), (1...5).contains(grade) else {
            throw Refusal.input("followup.satisfaction", "满意度填 1–5", en: "satisfaction is 1 to 5")
        }
        self.grade = grade
    }

    public func text(zone: Zone) -> String { String(grade) }
    public func write(to json: inout JSONWriter, zone: Zone) { json.integer(grade) }
}
