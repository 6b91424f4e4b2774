import Journal

/// The return-visit record 《回访记录》 (section 3): a form to take on a visit and have signed, or the record of a visit
/// made.
public struct FollowUpSheet: Report {
    public static let name = "visitsheet"
    public static let label = Label("回访记录", en: "Return-visit sheet")
    public static let timeKey: String? = "due"
    public static let looksAhead = true
    /// One visit, made or not. Default: all pending visits that are due by ``until``.
    var followup: Ref<FollowUp>?
    /// Default: today.
    var until: Day?

    public static var columns: [ViewColumn<Self>] {
        FollowUpsView.columns.map { Column($0) { $0.visit } }
        Column("resident", Label("业主", en: "Resident")) { $0.resident?.name }
        Column("phone") { $0.resident?.phone?.masked }
        Column("opened") { $0.opened }
        Column("completed") { $0.completed }
        Column("quality") { $0.report?.quality }
        Column("effect") { $0.report?.effect }
        Column("satisfaction", Label("满意度", en: "Satisfaction")) { $0.report?.satisfaction }
        Column("shortcomings") { $0.report?.shortcomings }
        Column("suggestions") { $0.report?.suggestions }
        Column("signer") { $0.report?.signer }
        Column("paper") { $0.report?.paper }
        Column("unsigned") { $0.report?.unsigned }
    }

    public init() {}

    public init(followup: Ref<FollowUp>) { self.followup = followup }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("followup", &followup)
        try visitor.field("until", &until, Label("到期不晚于", en: "Due by"))
    }

    public func subjects(in context: ViewContext) throws -> [FollowUp] {
        let all = context.estate.followUps
        if let followup {
            guard let known = all[followup] else { throw followup.unknown.about("followup") }
            return [known]
        }
        let until = until ?? context.day
        return all.pending.compactMap { all[$0] }.filter { $0.due <= until }
            .sorted { ($0.due, $0.unit) < ($1.due, $1.unit) }
    }
}

extension ViewRow<FollowUpSheet> {
    /// The number on the paper: the end of the case's id, short enough to be read out.
    var number: String { String(subject.id.id.text.suffix(6)) }
    var visit: FollowUpsView.Row { FollowUpsView.Row(subject, in: context) }
    /// The owner, else another resident.
    var resident: Person? {
        estate.people.owner(of: subject.unit) ?? estate.people.residents(of: subject.unit).first
    }
    private var work: Request? { estate.requests[subject.request] }
    var opened: Moment { work?.opened ?? .placeholder }
    var completed: Moment? { work?.completed }
    /// The report of the visit.
    var report: FollowUpReport? { subject.visit }
}
