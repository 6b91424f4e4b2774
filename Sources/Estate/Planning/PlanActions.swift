import Journal

/// An item is put into the work plan of a year.
public struct AddPlanItem: ActionFact {
    public static let name = "plan.item"
    static let kind: StaticString = "plan.added"
    static var merging: Merging<Self> { .grows }
    public static let label = Label("列入工作计划", en: "Put into the plan")
    public static let roles: Set<Role> = [.manager]
    var year = 0
    var what = ""
    var who = Worker.placeholder
    var due = Day.placeholder
    /// The day by which the plan of the year was to be there, by the policy of its time.
    var planDue: Day?

    public init() {}

    public init(year: Int, what: String, who: String, due: Day) {
        (self.year, self.what, self.who, self.due) = (year, what, Worker(who), due)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("year", &year, .year)
        try visitor.field("what", &what, Label("事项", en: "What"))
        try visitor.field("who", &who, .planWho)
        try visitor.field("due", &due, Label("期限", en: "Due"))
        try visitor.derived("planDue", &planDue)
    }

    /// From November on the next year is planned.
    public static func proposals(
        with values: [String: String], to member: String, in estate: Estate, at moment: Moment
    ) -> [String: String] {
        let today = Day(moment, in: estate.zone).civil
        return ["year": "\(today.month >= 11 ? today.year + 1 : today.year)"]
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        do { who = try who.known(in: estate) } catch let refusal as Refusal { throw refusal.about("who") }
        if due.civil.year != year {
            throw Refusal(
                .rule, "plan.year", "期限 \(due.text) 不在 \(year) 年", en: "\(due.text) is not in \(year)", field: "due")
        }
        planDue = estate.handbook.due(estate.handbook.planning.plan, in: year)
    }

    func affectedIDs(in estate: Estate) -> [String]? { [] }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.planning.all.add(
            PlanItem(
                id: Ref(metadata.id), year: year, what: what, who: who, due: due, planDue: planDue, at: metadata.at,
                by: metadata.by))
    }
}

/// An item of the plan is done.
public struct FinishPlanItem: ActionFact {
    public static let name = "plan.done"
    static let kind: StaticString = "plan.finished"
    static var merging: Merging<Self> {
        .first { fact, estate, _ in
            estate.planning.all.value(of: fact.item) {
                $0.done == nil ? nil : .doubled(Label("这一项已完成", en: "the item was done"))
            } ?? .unknown
        }
    }
    public static let label = Label("计划完成", en: "An item of the plan is done")
    public static let roles: Set<Role> = [.supervisor]
    var item = Ref<PlanItem>.placeholder
    var note: String?

    public init() {}

    public init(item: Ref<PlanItem>, note: String? = nil) { (self.item, self.note) = (item, note) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("item", &item, Label("计划事项", en: "Item"))
        try visitor.field("note", &note)
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.planning.known(item)
        if known.done != nil {
            throw Refusal(.rule, "plan.finished", "“\(known.what)”已完成", en: "it is done already", field: "item")
        }
        try plan.refuse(before: known.at, Label("列入计划", en: "it was planned"))
    }

    var subject: EntryID? { item.id }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.planning.all.change(item) {
            $0.done = PlanItem.Completion(at: metadata.at, by: metadata.by, note: note)
        }
    }
}

extension Label {
    static let year = Label("年度", en: "Year")
    static let planWho = Label("负责人", en: "Who")
    static let planProgress = Label("进度（%）", en: "Progress (%)")
}

/// The work plan of a year, or of all years.
public struct PlanView: View {
    public static let name = "plan"
    public static let label = Label("工作计划", en: "Work plan")
    public static let timeKey: String? = "due"
    public static let looksAhead = true
    /// All years unless given.
    var year: Int?

    public static var columns: [ViewColumn<Self>] {
        Column("id") { $0.id }
        Column("year", .year) { $0.subject.year }
        Column("what", Label("事项", en: "What")) { $0.what }
        Column("who", .planWho) { $0.who }
        Column("due", Label("期限", en: "Due")) { $0.due }
        Column("done", Label("完成时间", en: "Done")) { $0.done?.at }
        Column("state") { $0.state }
        Column("note") { $0.note }
        Column("progress", .planProgress) { $0.done == nil ? $0.subject.progress?.percent : nil }
    }

    public init() {}

    public init(year: Int?) { self.year = year }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws { try visitor.field("year", &year, .year) }

    public func subjects(in context: ViewContext) -> [PlanItem] {
        let planning = context.estate.planning
        if let year { return planning.items(of: year) }
        return planning.all.values.sorted { ($0.due, $0.id.id) < ($1.due, $1.id.id) }
    }
}

extension ViewRow<PlanView> {
    public var state: PlanState { subject.state(at: context.moment, in: context.zone) }
    public var who: String { subject.who.name(in: estate) }
    /// What was said when it was done or, before that, last.
    public var note: String? { subject.done == nil ? subject.progress?.note : subject.done?.note }
}
