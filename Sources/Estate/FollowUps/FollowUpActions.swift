import Journal

/// A return visit or an attempt was recorded.
struct FollowUpRecorded: Fact {
    static let kind: StaticString = "followup.recorded"
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
    }

    var subject: EntryID? { followup.id }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.followUps.report(
            FollowUpReport(
                at: metadata.at, by: metadata.by, result: result, visitors: visitors, absent: absent, ownWork: ownWork,
                signer: signer, paper: paper, unsigned: unsigned, quality: quality, effect: effect,
                satisfaction: satisfaction, shortcomings: shortcomings, suggestions: suggestions),
            on: followup)
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
    /// The owner's name. Else the number of the signed paper, or the reason for which the owner did not sign.
    public var signer: String?
    public var paper: String?
    public var unsigned: String?
    public var quality: String?
    public var effect: String?
    public var satisfaction: Int?
    public var shortcomings: String?
    public var suggestions: String?

    public init() {}

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("followup", &followup)
        try visitor.field("result", &result)
        try visitor.field("visitors", &visitors, Label("回访人", en: "Visitors"))
        try visitor.field("signer", &signer)
        try visitor.field("paper", &paper, Label("纸质签名编号", en: "Number of the signed paper"))
        try visitor.field("unsigned", &unsigned)
        try visitor.field("quality", &quality)
        try visitor.field("effect", &effect)
        try visitor.field("satisfaction", &satisfaction, Label("满意度(1–5)", en: "Satisfaction (1–5)"))
        try visitor.field("shortcomings", &shortcomings)
        try visitor.field("suggestions", &suggestions)
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.followUps.current(followup)
        if known.visit != nil {
            throw Refusal.rule(
                "followup.visited", known.awaitsRectification ? "已回访且不满意：先登记整改，再回访" : "这个回访已经完成",
                en: known.awaitsRectification
                    ? "visited and unsatisfied: rectify first" : "this return visit was made already")
        }
        // A visit made before the reopening and recorded after it counts in its own cycle.
        if let voided = known.voided, plan.at >= voided {
            throw Refusal.rule("followup.void", "工单已重开，这个回访作废", en: "the request was reopened: this visit is void")
        }
        if Day(plan.at, in: estate.zone) < known.opens {
            throw Refusal.rule(
                "followup.early", "\(known.opens.text) 起才可回访", en: "this visit may be made from \(known.opens.text) on")
        }
        if result.isVisit, signer == nil, paper == nil, unsigned == nil {
            throw Refusal(
                .rule, "followup.unsigned", "回访结果须业主签名（标准 3）；签在纸上写编号，拒签写原因",
                en: "the owner signs the result (section 3); else give the number of the signed paper, or why not",
                field: "signer")
        }
        if unsigned != nil, signer != nil || paper != nil {
            throw Refusal(
                .rule, "followup.signature", "已有签名，不能又写拒签原因", en: "it is signed: there is no reason why not",
                field: "unsigned")
        }
        if let satisfaction, !(1...5).contains(satisfaction) {
            throw Refusal(
                .input, "followup.satisfaction", "满意度为 1 至 5", en: "satisfaction is 1 to 5", field: "satisfaction")
        }
        let members = try visitors.names.map {
            do { return try estate.staff.named($0) } catch let refusal as Refusal { throw refusal.about("visitors") }
        }
        plan.record(
            FollowUpRecorded(
                followup: known.id, result: result, visitors: members.map(\.code),
                absent: result.isVisit ? estate.handbook.absent(from: members.map(\.role), for: known.class) : [],
                signer: signer, paper: paper, unsigned: unsigned, quality: quality, effect: effect,
                satisfaction: satisfaction, shortcomings: shortcomings, suggestions: suggestions,
                ownWork: result.isVisit ? estate.ownWork(at: known, by: members.map(\.code) + [plan.by]) : []))
        plan.answer = known.id.id
    }

    public static func cautions(
        with values: [String: String], by member: String, in estate: Estate
    ) -> [String: Label] {
        let result = values["result"].flatMap(FollowUpResult.init(rawValue:))
        var cautions: [String: Label] = [:]
        if result == .unsatisfied, values["shortcomings"]?.trimmed.isEmpty != false {
            cautions["shortcomings"] = Label("不满意须写明不足，整改以此为准", en: "say what is wanting: it is to be put right")
        }
        guard let id = try? Ref<FollowUp>(text: values["followup"] ?? "", zone: estate.zone),
            let known = try? estate.followUps.current(id), result?.isVisit != false
        else { return cautions }
        let visitors = (try? [String](text: values["visitors"] ?? "", zone: estate.zone)) ?? []
        let own = estate.ownWork(at: known, by: visitors.compactMap { estate.staff.member($0)?.code } + [member])
        if own.isEmpty { return cautions }
        let names = own.map { estate.staff.name(of: $0) }
        cautions["visitors"] = Label(
            "自办自访：\(names.joined(separator: "、"))就是处理人，宜由他人回访",
            en: "own work: \(names.joined(separator: ", ")) did it; let another member visit")
        return cautions
    }
}

/// The shortcomings of an unsatisfactory visit are rectified: the owner is visited again, until satisfied.
public struct RectifyFollowUp: ActionFact {
    public static let name = "followup.rectified"
    static let kind: StaticString = "followup.rectified"
    public static let label = Label("整改完成", en: "Rectified")
    public static let roles: Set<Role> = [.operator, .supervisor, .administrator, .regional]
    var followup = Ref<FollowUp>.placeholder
    /// The work done.
    var note: String?

    public init() {}

    public init(followup: Ref<FollowUp>, note: String? = nil) { (self.followup, self.note) = (followup, note) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("followup", &followup)
        try visitor.field("note", &note, Label("整改情况", en: "What was done"))
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
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        guard let former = estate.followUps[followup] else { return }
        estate.followUps.plan(
            Ref(metadata.id), after: former, rectified: Day(metadata.at, in: estate.zone), note: note, estate.handbook)
    }
}
