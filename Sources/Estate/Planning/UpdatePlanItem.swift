import Journal

/// How far an item of the plan has come, or another day or person for it. What is not given stays as it is.
public struct UpdatePlanItem: ActionFact {
    public static let name = "plan.update"
    static let kind: StaticString = "plan.updated"
    /// The last one counts.
    static var merging: Merging<Self> { .derived { fact, estate in estate.planning.all.holds(fact.item) } }
    public static let label = Label("计划进度", en: "Progress of the plan")
    public static let roles: Set<Role> = [.supervisor]
    var item = Ref<PlanItem>.placeholder
    var percent: Int?
    var note: String?
    var who: Worker?
    var due: Day?

    public init() {}

    public init(item: Ref<PlanItem>, percent: Int? = nil, note: String? = nil, due: Day? = nil) {
        (self.item, self.percent, self.note, self.due) = (item, percent, note, due)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("item", &item, PlanItem.label)
        try visitor.field("percent", &percent, .planProgress)
        try visitor.field("note", &note)
        try visitor.field("who", &who, Label("换负责人", en: "Another person"))
        try visitor.field("due", &due, Label("改期限", en: "Another day"))
    }

    var subject: EntryID? { item.id }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.planning.known(item)
        if known.done != nil {
            throw Refusal(.rule, "plan.finished", "“\(known.what)”已完成", en: "it is done already", field: "item")
        }
        try plan.refuse(before: known.at, Label("列入计划", en: "it was planned"))
        if let percent, !(0...99).contains(percent) {
            throw Refusal(
                .rule, "plan.percent", "进度为 0 到 99，做完的记“完成”", en: "progress is 0 to 99: what is done is marked as done",
                field: "percent")
        }
        do { who = try who?.known(in: estate) } catch let refusal as Refusal { throw refusal.about("who") }
        if let due, due.civil.year != known.year {
            throw Refusal(
                .rule, "plan.year", "期限 \(due.text) 不在 \(known.year) 年", en: "\(due.text) is not in \(known.year)",
                field: "due")
        }
        if due == known.due { due = nil }
        if who == known.who { who = nil }
        if percent == nil, note == nil, who == nil, due == nil {
            throw Refusal.rule("plan.unchanged", "没有填进度，也没有改动", en: "nothing is said or changed")
        }
        // The plan is the manager's: others report on it.
        if who != nil || due != nil, estate.staff.members[plan.by]?.role != .manager {
            throw Refusal(
                .rule, "plan.manager", "改期限、换负责人由经理定", en: "the manager changes day and person",
                field: due == nil ? "who" : "due")
        }
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.planning.all.change(item) {
            if percent != nil || note != nil {
                $0.progress = PlanItem.Progress(
                    at: metadata.at, by: metadata.by, percent: percent ?? $0.progress?.percent, note: note)
            }
            $0.who = who ?? $0.who
            $0.due = due ?? $0.due
        }
    }
}
