import Journal

/// The assessments of a month (4): what the facts say of each member, by measure. A member sees their own, a superior those
/// below.
public struct AssessmentsView: View {
    public static let name = "assessments"
    public static let label = Label("考核", en: "Assessments")
    public static let isRestricted = true
    var staff: StaffName?
    var period: Period?

    /// A figure about one member.
    public struct Subject: Sendable {
        public let staff: String
        public let measure: AssessmentMeasure
        public let period: Period
        public let cases: [AssessmentCase]
        /// Those of the month before.
        public let former: [AssessmentCase]

        public var count: Int { cases.count }
        /// `nil` where each case counts against the member.
        public var good: Int? { measure.isOfFaults ? nil : cases.count(where: \.isGood) }
        /// `nil` also without any case.
        public var share: Share? { good.flatMap { Share($0, of: count) } }
        /// The same of the month before: a share, or a count of faults.
        public var last: String? {
            measure.isOfFaults
                ? "\(former.count)" : Share(former.count(where: \.isGood), of: former.count).map { "\($0.text)%" }
        }
    }

    public static var columns: [ViewColumn<Self>] {
        Column("staff") { $0.subject.staff }
        Column("name") { $0.name }
        Column("role") { $0.role }
        Column("period", Label("月份", en: "Month")) { $0.period }
        Column("measure", .assessmentMeasure) { $0.measure }
        Column("count", .assessmentCases) { $0.count }
        Column("good", .assessmentGood) { $0.good }
        Column("share", .assessmentShare) { $0.share?.text }
        Column("last", .assessmentLast) { $0.last }
        Column("facts", Label("依据", en: "Facts")) { FactList($0.cases.map(\.id)) }
    }

    public init() {}

    public init(staff: String? = nil, period: Period? = nil) {
        (self.staff, self.period) = (staff.map { StaffName($0) }, period)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("staff", &staff, .assessedMember)
        try visitor.field("period", &period, Label("月份", en: "Month"))
    }

    /// By member, then by measure. A figure without cases is left out, except that faults are told to be none.
    public func subjects(in context: ViewContext) throws -> [Subject] {
        let (estate, period) = (context.estate, context.period(period))
        var codes = estate.staff.members.values.map(\.code).filter { context.seesAssessment(of: $0) }
        if let staff {
            let member = try estate.staff.named(staff.text)
            guard codes.contains(member.code) else {
                throw Refusal.rule(
                    "view.notAllowed", "\(member.name) 的考核只给本人和上级看",
                    en: "the assessment of \(member.name) is for themselves and their superiors")
            }
            codes = [member.code]
        }
        if codes.isEmpty { return [] }
        let (now, before) = (facts(of: codes, period, context), facts(of: codes, period.adding(-1), context))
        return codes.flatMap { member in
            let figures = AssessmentMeasure.allCases.map { measure in
                Subject(
                    staff: member, measure: measure, period: period, cases: now.cases(of: member, measure),
                    former: before.cases(of: member, measure))
            }
            return figures.filter { !$0.cases.isEmpty || $0.measure.isOfFaults }
        }
    }

    /// The same for people, without members who had left and of whom nothing is told.
    public func current(in context: ViewContext) throws -> [Subject] {
        let subjects = try subjects(in: context)
        let told = Set(subjects.filter { !$0.cases.isEmpty }.map(\.staff))
        return subjects.filter { told.contains($0.staff) || context.estate.staff.members[$0.staff]?.isPresent == true }
    }

    private func facts(of members: [String], _ period: Period, _ context: ViewContext) -> AssessmentFacts {
        AssessmentFacts(
            of: Set(members), in: context.estate, from: period.first, to: period.last, at: context.moment)
    }
}

extension ViewRow where V.Subject == AssessmentsView.Subject {
    public var name: String { estate.staff.name(of: subject.staff) }
    public var role: Role? { estate.staff.members[subject.staff]?.role }
}

extension Label {
    static let assessmentMeasure = Label("项目", en: "Measure")
    static let assessmentCases = Label("件数", en: "Cases")
    static let assessmentGood = Label("达标", en: "Good")
    static let assessmentShare = Label("达标率%", en: "Good %")
    static let assessmentLast = Label("上月", en: "Last month")
}

extension Estate {
    /// What a case of an assessment is, in words.
    public func words(of one: AssessmentCase, _ measure: AssessmentMeasure, _ language: Language) -> String {
        func joined(_ words: [String]) -> String { words.filter { !$0.isEmpty }.joined(separator: " ") }
        switch measure {
        case .rings, .steps:
            guard let call = calls[Ref(one.id)] else { return "" }
            let omitted = call.omissions(limit: handbook.calls.rings.limit).map { $0.label[language] }
            return joined([
                call.words(in: self),
                measure == .rings
                    ? call.rings.map { language == .chinese ? "\($0) 声" : "\($0) rings" } ?? ""
                    : omitted.joined(separator: language == .chinese ? "、" : ", "),
            ])
        case .visits:
            guard let followUp = followUps[Ref(one.id)] else { return "" }
            return joined([
                followUp.words(in: self),
                language == .chinese ? "\(followUp.due.short) 止" : "by \(followUp.due.short)",
            ])
        case .inspections:
            let finding = inspections[Ref(one.id)]?.findings.values.first { $0.at == one.at }
            return finding?.note ?? ""
        case .complaints: return requests[Ref(one.id)]?.words(in: self) ?? ""
        case .shifts: return rosters[Ref(one.id)]?.words(in: self) ?? ""
        case .drill: return (one.isGood ? DrillResult.good : .again).label[language]
        case .training:
            guard let training = trainings[Ref(one.id)] else { return "" }
            return joined([training.topic, training.result?.label[language] ?? ""])
        }
    }
}
