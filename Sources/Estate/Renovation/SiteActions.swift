import Handbook
import Journal

private let siteRoles: Set<Role> = [.supervisor, .administrator]

/// A worker gets a pass (出入证), which ends with the works. Of a document only the kind and the last four characters stay.
public struct IssuePass: RenovationFact {
    public static let name = "renovation.pass"
    static let kind: StaticString = "renovation.passIssued"
    static var merging: Merging<Self> { .derived { fact, estate in estate.renovations.all.holds(fact.renovation) } }
    public static let label = Label("办出入证", en: "Issue a pass")
    public static let roles = siteRoles
    var renovation = Ref<RenovationCase>.placeholder
    var name = Particular("")
    var trade: Word<Trades>?
    var document = Particular<String?>(nil)
    /// Counts the passes of the renovation and node; `nil` in facts of a time when passes were counted as they came.
    var serial: Int?

    public init() {}

    public init(renovation: Ref<RenovationCase>, name: String, trade: String? = nil, document: String? = nil) {
        (self.renovation, self.name) = (renovation, Particular(name))
        (self.trade, self.document) = (trade.map { Word($0) }, Particular(document))
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("renovation", &renovation, .renovation)
        try visitor.particular("name", &name)
        try visitor.field("trade", &trade, .trade)
        try visitor.particular("document", &document)
        try visitor.derived("serial", &serial)
    }

    public static func candidates(
        for key: String, with values: [String: String], in estate: Estate
    ) -> [Candidate] { key == "document" ? Documents.words(in: estate) : [] }

    var answer: EntryID? { nil }

    /// Asks about a worker who has a pass already.
    public func confirmation(in estate: Estate, at moment: Moment) -> Confirmation? {
        guard let known = estate.renovations.all[renovation],
            let former = estate.renovations.passes(of: known).last(where: { $0.name.value == plainName })
        else { return nil }
        let trade = former.trade.map { "（\($0)）" } ?? ""
        return Confirmation(
            Label(
                "\(plainName) 已有出入证\(trade)，再办一张？", en: "\(plainName) has a pass already: issue another?"), [],
            yes: Label("再办一张", en: "another one"))
    }

    private var plainName: String {
        let text = (name.value ?? "").oneLine
        return text.plain.oneName ?? text
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.renovation(renovation, for: Self.self, plan)
        name = Particular(plainName)
        document = document.map { $0.map { ArriveVisitor.minimal($0, by: estate.handbook.gate.documents) } }
        let passes = estate.renovations.passes(of: known)
        serial = (passes.filter { estate.nodes.name(of: $0.node) == plan.node }.map(\.serial).max() ?? 0) + 1
        if passes.contains(where: { $0.name.value == name.value }) { plan.warn("pass.doubled") }
        if let until = known.until, until < Day(plan.at, in: estate.zone) { plan.warn("pass.expired") }
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        let serial = serial ?? (estate.renovations.all.value(of: renovation, \.passes.count) ?? 0) + 1
        estate.renovations.add(
            Pass(
                id: Ref(metadata.id), renovation: renovation, name: name, trade: trade?.text, document: document,
                at: metadata.at, serial: serial, node: metadata.node))
    }
}

/// The site was looked at (现场检查).
public struct CheckRenovation: RenovationFact {
    public static let name = "renovation.check"
    static let kind: StaticString = "renovation.checked"
    static var merging: Merging<Self> { .grows { fact, estate in estate.renovations.all.holds(fact.renovation) } }
    public static let label = Label("现场检查", en: "Check a site")
    public static let roles = siteRoles
    var renovation = Ref<RenovationCase>.placeholder
    var note = ""
    var stage: Word<CheckPoints>?

    public init() {}

    public init(renovation: Ref<RenovationCase>, note: String, stage: String? = nil) {
        (self.renovation, self.note, self.stage) = (renovation, note, stage.map { Word($0) })
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("renovation", &renovation, .renovation)
        try visitor.field("note", &note, Label("检查情况", en: "What was found"))
        try visitor.field("stage", &stage, Label("检查点", en: "Check point"))
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.renovations.change(renovation) {
            $0.checks.append(.init(stage: stage?.text, note: note, at: metadata.at, by: metadata.by))
        }
    }
}

/// A violation was found; they were told to stop.
public struct RecordViolation: RenovationFact {
    public static let name = "renovation.violation"
    static let kind: StaticString = "renovation.violated"
    static var merging: Merging<Self> { .grows { fact, estate in estate.renovations.all.holds(fact.renovation) } }
    public static let label = Label("记违规", en: "Record a violation")
    public static let roles = siteRoles
    var renovation = Ref<RenovationCase>.placeholder
    var what = ""
    var evidence: String?
    var harmed: Bool?
    var ordered: String?

    public init() {}

    public init(
        renovation: Ref<RenovationCase>, what: String, evidence: String? = nil, isHarmed: Bool = false,
        ordered: String? = nil
    ) {
        (self.renovation, self.what, self.evidence, self.ordered) = (renovation, what, evidence, ordered)
        harmed = isHarmed ? true : nil
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("renovation", &renovation, .renovation)
        try visitor.field("what", &what, .violation)
        try visitor.field("evidence", &evidence, .evidence)
        try visitor.field("harmed", &harmed, Label("已造成后果", en: "Harm done"))
        try visitor.field("ordered", &ordered, Label("怎么制止（口头、书面）", en: "How they were told to stop"))
    }

    /// What is forbidden, by the notice.
    public static func candidates(
        for key: String, with values: [String: String], in estate: Estate
    ) -> [Candidate] {
        switch key {
        case "what": estate.handbook.renovation.forbidden.map { Candidate($0) }
        case "ordered": estate.handbook.renovation.orders.map { Candidate($0) }
        default: []
        }
    }

    var answer: EntryID? { nil }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.renovations.add(
            Violation(
                id: Ref(metadata.id), renovation: renovation, what: what, evidence: evidence,
                isHarmed: harmed ?? false, ordered: ordered, at: metadata.at, by: metadata.by))
    }
}

/// They have stopped, or put it right.
public struct ObeyViolation: ActionFact {
    public static let name = "renovation.obeyed"
    static let kind: StaticString = "renovation.obeyed"
    static var merging: Merging<Self> {
        .first { fact, estate, _ in
            estate.renovations.violations.value(of: fact.violation) {
                $0.obeyed == nil ? nil : .doubled(Label("这条违规已改正", en: "it had been put right"))
            } ?? .unknown
        }
    }
    public static let label = Label("违规已改正", en: "A violation was put right")
    public static let roles = siteRoles
    var violation = Ref<Violation>.placeholder
    var renovation: Ref<RenovationCase>?
    /// When the violation was to be reported unless they obeyed by then, by the handbook of the time.
    var due: Moment?

    public init() {}

    public init(violation: Ref<Violation>) { self.violation = violation }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("violation", &violation, .violation)
        try visitor.derived("renovation", &renovation)
        try visitor.derived("due", &due)
    }

    var subject: EntryID? { renovation?.id }
    var answer: EntryID? { violation.id }
    func affectedIDs(in estate: Estate) -> [String]? { [violation.id.text] + (renovation.map { [$0.id.text] } ?? []) }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.renovations.known(violation)
        if known.obeyed != nil {
            throw Refusal(
                .rule, "violation.obeyed", "这条违规已改正", en: "it was put right already", field: "violation")
        }
        try plan.refuse(before: known.at, .violation)
        renovation = known.renovation
        due = estate.reportDue(ofUnheeded: known)
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.renovations.change(violation) { ($0.obeyed, $0.obeyedDue) = (metadata.at, due) }
    }
}

/// A violation was reported to an authority: not obeyed, or the harm was done.
public struct ReportViolation: ActionFact {
    public static let name = "renovation.reported"
    static let kind: StaticString = "renovation.reported"
    static var merging: Merging<Self> {
        .first { fact, estate, _ in
            estate.renovations.violations.value(of: fact.violation) {
                $0.report == nil ? nil : .doubled(Label("这条违规已报告", en: "it had been reported"))
            } ?? .unknown
        }
    }
    public static let label = Label("违规已报告", en: "A violation was reported")
    public static let roles = siteRoles
    var violation = Ref<Violation>.placeholder
    var to = ""
    var number: String?
    var renovation: Ref<RenovationCase>?
    /// When it was due, by the handbook of the time.
    var due: Moment?

    public init() {}

    public init(violation: Ref<Violation>, to authority: String, number: String? = nil) {
        (self.violation, to, self.number) = (violation, authority, number)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("violation", &violation, .violation)
        try visitor.field("to", &to, Label("报给哪个部门", en: "Reported to"))
        try visitor.field("number", &number, Label("受理号", en: "Their number"))
        try visitor.derived("renovation", &renovation)
        try visitor.derived("due", &due)
    }

    public static func earlier(_ key: String, in estate: Estate) -> [Candidate] {
        key == "to" ? distinct(estate.renovations.violations.values.reversed().lazy.compactMap { $0.report?.to }) : []
    }

    var subject: EntryID? { renovation?.id }
    var answer: EntryID? { violation.id }
    func affectedIDs(in estate: Estate) -> [String]? { [violation.id.text] + (renovation.map { [$0.id.text] } ?? []) }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.renovations.known(violation)
        if known.report != nil {
            throw Refusal(
                .rule, "violation.reported", "这条违规已报告", en: "it was reported already", field: "violation")
        }
        try plan.refuse(before: known.at, .violation)
        (renovation, due) = (known.renovation, estate.reportDue(of: known))
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.renovations.change(violation) {
            $0.report = .init(id: Ref(metadata.id), to: to, number: number, at: metadata.at, due: due)
        }
    }
}

extension Estate {
    /// When a violation is to be reported; `nil` if they obeyed before and no harm was done.
    public func reportDue(of violation: Violation) -> Moment? {
        if let report = violation.report { return report.due }
        return violation.isToReport ? violation.obeyedDue ?? reportDue(ofUnheeded: violation) : nil
    }

    /// When a violation is to be reported that nobody heeds.
    fileprivate func reportDue(ofUnheeded violation: Violation) -> Moment {
        violation.at.adding(seconds: handbook.renovation.reportHours * 3600)
    }
}
