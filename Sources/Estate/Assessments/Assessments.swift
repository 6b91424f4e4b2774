import Handbook
import Journal
import OrderedCollections

/// The assessment of the staff (考核, 4): drawn from facts that others record, with one of its own, the member whom a
/// complaint is about.
public struct Assessments: Sendable {
    /// A complaint about a member.
    struct Concern: Sendable {
        let request: Ref<Request>
        let staff: String
        let at: Moment
    }

    /// In the order of recording.
    private(set) var concerns: [Concern] = []
    private var known: [Ref<Request>: Set<String>] = [:]

    /// Whether a complaint was linked to a member.
    public func concerns(_ staff: String, _ request: Ref<Request>) -> Bool { known[request]?.contains(staff) ?? false }

    mutating func add(_ concern: Concern) {
        concerns.append(concern)
        known[concern.request, default: []].insert(concern.staff)
    }
}

extension Assessments: Feature {
    static let chapters: [any Chapter.Type] = [Handbook.Assessments.self]
    static let actions: [any Action.Type] = [LinkComplaint.self]
    static let views: [any View.Type] = [AssessmentsView.self]
    static let reports: [any Report.Type] = [AssessmentReport.self]

    static func isCovered(_ action: any Action, by window: RetentionWindow) -> Bool { true }
}

/// A complaint is about a member of the staff: it counts in their assessment.
public struct LinkComplaint: ActionFact, RevealingFact {
    public static let name = "complaint.link"
    static let kind: StaticString = "complaint.linked"
    static var merging: Merging<Self> {
        .first { fact, estate, _ in
            guard estate.requests.all.holds(fact.request) else { return .unknown }
            return estate.assessments.concerns(fact.staff.text, fact.request)
                ? .doubled(Label("这件投诉已记到这位员工", en: "the complaint had been linked to them")) : nil
        }
    }
    public static let label = Label("投诉涉及员工", en: "Link a complaint to a member")
    public static let roles: Set<Role> = [.supervisor]
    var request = Ref<Request>.placeholder
    var staff = StaffName.placeholder
    /// The member's post at that time, which says who may see it.
    var role = Role.operator

    public init() {}

    public init(request: Ref<Request>, staff: String) { (self.request, self.staff) = (request, StaffName(staff)) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("request", &request, .linkedComplaint)
        try visitor.field("staff", &staff, .assessedMember)
        try visitor.derived("role", &role)
    }

    var subject: EntryID? { request.id }

    /// Only superiors read it in a history.
    var hiddenFrom: Set<Role> {
        let superiors: Set<Role> = role == .supervisor || role == .manager ? [.manager] : [.manager, .supervisor]
        return Set(Role.allCases).subtracting(superiors)
    }

    /// The complaints, the latest first.
    public static func candidates(
        for key: String, with values: [String: String], in estate: Estate
    ) -> [Candidate] {
        guard key == "request" else { return [] }
        return estate.requests.all.values.suffix(5000).reversed().filter { $0.class == .complaint }.prefix(200).map {
            Candidate($0.id.id.text, text: $0.words(in: estate), detail: Day($0.opened, in: estate.zone).short)
        }
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.requests.known(request)
        let member = try estate.staff.named(staff.text)
        guard known.class == .complaint else {
            throw Refusal(
                .rule, "complaint.class", "这个工单不是投诉", en: "this request is no complaint", field: "request")
        }
        try plan.refuse(before: known.opened, Label("受理", en: "it was opened"))
        if member.code == plan.by {
            throw Refusal(
                .rule, "complaint.self", "涉及自己的投诉由上级登记", en: "a superior links a complaint about oneself",
                field: "staff")
        }
        if estate.assessments.concerns(member.code, request) {
            throw Refusal(
                .rule, "complaint.linked", "这件投诉已记到\(member.name)", en: "it is linked to \(member.name) already",
                field: "staff")
        }
        (staff, role) = (StaffName(member.code), member.role)
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        guard estate.requests.all.holds(request) else { return }
        estate.assessments.add(Assessments.Concern(request: request, staff: staff.text, at: metadata.at))
    }
}

extension ViewContext {
    /// Whether the reader sees a member's assessment: it is their own, or they are a superior. `show`, `report` and the
    /// console give no restricted rows without a reader; where the rows of whole states are compared, there is none.
    public func seesAssessment(of staff: String) -> Bool {
        guard let reader else { return true }
        if member == staff || reader == .manager { return true }
        return estate.staff.members[staff].map { estate.handbook.assessments.shows($0.role, to: reader) } ?? false
    }
}

extension Label {
    static let linkedComplaint = Label("投诉", en: "Complaint")
    static let assessedMember = Label("员工", en: "Staff")
}
