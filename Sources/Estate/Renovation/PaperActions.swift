import Handbook
import Journal

private let deskRoles: Set<Role> = [.operator, .supervisor, .administrator]

/// A signature or a notice that is one of the required papers as well.
protocol SigningFact: RenovationFact {
    /// The required papers that are there with it.
    var papers: [String] { get }
}

extension SigningFact {
    func deliver(to estate: inout Estate, _ metadata: Metadata) {
        estate.renovations.deliver({ _ in papers }, of: renovation, at: metadata.at)
    }
}

/// The owner consented in writing, or took the consent back.
public struct ConsentRenovation: SigningFact {
    public static let name = "renovation.consent"
    static let kind: StaticString = "renovation.consented"
    static var merging: Merging<Self> { .derived { fact, estate in estate.renovations.all.holds(fact.renovation) } }
    public static let label = Label("业主书面同意", en: "The owner's consent")
    public static let roles = deskRoles
    var renovation = Ref<RenovationCase>.placeholder
    var signer = ""
    var withdrawn: Bool?
    var papers: [String] = []

    public init() {}

    public init(renovation: Ref<RenovationCase>, signer: String, isWithdrawn: Bool = false) {
        (self.renovation, self.signer, withdrawn) = (renovation, signer, isWithdrawn ? true : nil)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("renovation", &renovation, .renovation)
        try visitor.field("signer", &signer)
        try visitor.field("withdrawn", &withdrawn, Label("撤回同意", en: "Taken back"))
        try visitor.derived("papers", &papers)
    }

    public static func candidates(
        for key: String, with values: [String: String], in estate: Estate
    ) -> [Candidate] {
        guard key == "signer", let known = renovation(in: values, of: estate) else { return [] }
        return estate.people.residents(of: known.unit).filter { $0.role == .owner }.map {
            Candidate($0.name, detail: $0.role.label)
        }
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.renovation(renovation, for: Self.self, plan)
        if withdrawn == true, !known.hasConsent {
            throw Refusal(
                .rule, "renovation.consent", "没有业主的书面同意，无从撤回", en: "there is no consent to be taken back",
                field: "withdrawn")
        }
        papers = withdrawn == true ? [] : known.papers(beginning: estate.handbook.renovation.papers.signed.consent)
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        let isWithdrawn = withdrawn ?? false
        estate.renovations.change(renovation) {
            $0.consents.append(.init(signer: signer, at: metadata.at, isWithdrawn: isWithdrawn))
        }
        deliver(to: &estate, metadata)
    }
}

/// One of the required papers is there; with the last one the clock starts.
public struct DeliverPaper: RenovationFact {
    public static let name = "renovation.paper"
    static let kind: StaticString = "renovation.paperDelivered"
    static var merging: Merging<Self> { .derived { fact, estate in estate.renovations.all.holds(fact.renovation) } }
    public static let label = Label("收到资料", en: "A paper is there")
    public static let roles = deskRoles
    var renovation = Ref<RenovationCase>.placeholder
    var paper = ""

    public init() {}

    public init(renovation: Ref<RenovationCase>, paper: String) { (self.renovation, self.paper) = (renovation, paper) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("renovation", &renovation, .renovation)
        try visitor.field("paper", &paper, .renovationPaper)
    }

    /// What is missing.
    public static func candidates(
        for key: String, with values: [String: String], in estate: Estate
    ) -> [Candidate] {
        guard key == "paper", let known = renovation(in: values, of: estate) else { return [] }
        return known.missingPapers.map { Candidate($0) }
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.renovation(renovation, for: Self.self, plan)
        let papers = known.works.papers
        let typed = paper
        let found = papers.contains(typed) ? [typed] : papers.filter { $0.contains(typed) }
        guard found.count == 1 else {
            let missing = known.missingPapers.joined(separator: "、")
            throw Refusal(
                .rule, "renovation.paper", "所需资料里没有“\(typed)”；还缺：\(missing)",
                en: "\(typed) is none of the papers; missing: \(missing)", field: "paper")
        }
        paper = found[0]
        if known.delivered.contains(paper) {
            throw Refusal(
                .rule, "renovation.paperThere", "“\(paper)”已收", en: "this paper is there already", field: "paper")
        }
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.renovations.deliver({ _ in [paper] }, of: renovation, at: metadata.at)
    }
}

/// All papers are there: the clock starts.
public struct CompletePapers: RenovationFact {
    public static let name = "renovation.papers"
    static let kind: StaticString = "renovation.papersCompleted"
    static var merging: Merging<Self> { .first { fact, estate, _ in estate.conflict(of: fact.renovation, Self.self) } }
    public static let label = Label("资料齐全", en: "All papers are there")
    public static let roles = deskRoles
    var renovation = Ref<RenovationCase>.placeholder

    public init() {}

    public init(renovation: Ref<RenovationCase>) { self.renovation = renovation }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("renovation", &renovation, .renovation)
    }

    /// What was not ticked, and the day by which the formalities are due.
    public func confirmation(in estate: Estate, at moment: Moment) -> Confirmation? {
        guard let known = estate.renovations.all[renovation], known.state == .applied else { return nil }
        let due = known.isSimple ? nil : estate.renovationDue(completed: Day(moment, in: estate.zone))
        return Confirmation(
            Label("\(known.unit.text) 装修资料已齐？", en: "All papers of \(known.unit.text) are there?"),
            [
                known.missingPapers.isEmpty
                    ? nil : .fact(Label("未逐项勾的", en: "Not ticked"), known.missingPapers.joined(separator: "、")),
                known.isSimple
                    ? nil
                    : .fact(
                        Label("办妥期限", en: "Due"), due?.text ?? Label.dueUnknown.chinese,
                        en: due?.text ?? Label.dueUnknown.english),
            ], yes: Label("已齐", en: "complete"))
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.renovations.deliver(\.works.papers, of: renovation, at: metadata.at)
    }
}

/// The notice of what is forbidden was signed by the decorator and the contractor.
public struct SignNotice: SigningFact {
    public static let name = "renovation.notice"
    static let kind: StaticString = "renovation.noticeSigned"
    static var merging: Merging<Self> { .derived { fact, estate in estate.renovations.all.holds(fact.renovation) } }
    public static let label = Label("告知书双签", en: "The notice is signed")
    public static let roles = deskRoles
    var renovation = Ref<RenovationCase>.placeholder
    var decorator = ""
    var contractor = ""
    var papers: [String] = []

    public init() {}

    public init(renovation: Ref<RenovationCase>, decorator: String, contractor: String) {
        (self.renovation, self.decorator, self.contractor) = (renovation, decorator, contractor)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("renovation", &renovation, .renovation)
        try visitor.field("decorator", &decorator, Label("装修人签名", en: "Decorator's signature"))
        try visitor.field("contractor", &contractor, Label("施工单位签名", en: "Contractor's signature"))
        try visitor.derived("papers", &papers)
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.renovation(renovation, for: Self.self, plan)
        papers = known.papers(beginning: estate.handbook.renovation.papers.signed.notice)
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.renovations.change(renovation) {
            $0.notice = .init(decorator: decorator, contractor: contractor, at: metadata.at)
        }
        deliver(to: &estate, metadata)
    }
}

/// The neighbours were told.
public struct TellNeighbours: SigningFact {
    public static let name = "renovation.neighbours"
    static let kind: StaticString = "renovation.neighboursTold"
    static var merging: Merging<Self> { .derived { fact, estate in estate.renovations.all.holds(fact.renovation) } }
    public static let label = Label("已告知邻居", en: "The neighbours were told")
    public static let roles = deskRoles
    var renovation = Ref<RenovationCase>.placeholder
    var papers: [String] = []

    public init() {}

    public init(renovation: Ref<RenovationCase>) { self.renovation = renovation }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("renovation", &renovation, .renovation)
        try visitor.derived("papers", &papers)
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.renovation(renovation, for: Self.self, plan)
        papers = known.papers(beginning: estate.handbook.renovation.papers.signed.neighbours)
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.renovations.change(renovation) { $0.neighbours = metadata.at }
        deliver(to: &estate, metadata)
    }
}

/// The agreement (管理服务协议) was signed: works from when to when, at which hours.
public struct AgreeRenovation: SigningFact {
    public static let name = "renovation.agree"
    static let kind: StaticString = "renovation.agreed"
    static var merging: Merging<Self> { .derived { fact, estate in estate.renovations.all.holds(fact.renovation) } }
    public static let label = Label("签管理服务协议", en: "Sign the agreement")
    public static let roles: Set<Role> = [.supervisor, .administrator]
    var renovation = Ref<RenovationCase>.placeholder
    var from = Day.placeholder
    var to = Day.placeholder
    var hours = ""
    var papers: [String] = []

    public init() {}

    public init(renovation: Ref<RenovationCase>, from: Day, to: Day, hours: String) {
        (self.renovation, self.from, self.to, self.hours) = (renovation, from, to, hours)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("renovation", &renovation, .renovation)
        try visitor.field("from", &from, Label("开工日", en: "From"))
        try visitor.field("to", &to, Label("完工日", en: "To"))
        try visitor.field("hours", &hours, .workHours)
        try visitor.derived("papers", &papers)
    }

    public static func proposals(
        with values: [String: String], to member: String, in estate: Estate, at moment: Moment
    ) -> [String: String] { ["hours": estate.handbook.renovation.hours.text] }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.renovation(renovation, for: Self.self, plan)
        papers = known.papers(beginning: estate.handbook.renovation.papers.signed.agree)
        if to < from {
            throw Refusal(.rule, "renovation.dates", "完工日不能早于开工日", en: "the works end before they begin", field: "to")
        }
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.renovations.change(renovation) {
            $0.agreement = .init(from: from, to: to, hours: hours, at: metadata.at)
        }
        deliver(to: &estate, metadata)
    }
}

extension RenovationCase {
    /// The required papers that begin with some words, which an action shows to be there.
    fileprivate func papers(beginning start: String) -> [String] { works.papers.filter { $0.hasPrefix(start) } }
}
