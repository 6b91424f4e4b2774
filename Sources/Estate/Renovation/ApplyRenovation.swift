import Handbook
import Journal

/// The works of a unit are registered (申报登记). Arrears never delay it.
public struct ApplyRenovation: ActionFact {
    public static let name = "renovation.apply"
    static let kind: StaticString = "renovation.applied"
    static var merging: Merging<Self> {
        .suspicious { fact, estate, metadata in
            let others = estate.renovations.of(fact.unit).filter { $0.isOpen && $0.node != metadata.node }
            return others.isEmpty
                ? nil : .suspicious(Label("这户在另一节点也申报了装修", en: "another node has a renovation of the unit as well"))
        }
    }
    public static let label = Label("装修申报登记", en: "Register a renovation")
    public static let roles: Set<Role> = [.operator, .supervisor, .administrator]
    var unit = UnitCode.placeholder
    var contractor = ""
    var works = ""
    var papers: PapersState?
    /// Who signed the owner's written consent.
    var consent: String?
    /// As the handbook names them; those that the works tell of, unless given.
    var kinds: [Word<RenovationKinds>] = []
    var applicant: RenovationApplicant?
    var responsible = Particular<String?>(nil)
    var phone = Particular<Phone?>(nil)
    /// The papers that are required by the handbook of the time.
    var required: [String] = []
    var isSimple: Bool?
    /// Those of them that are there.
    var delivered: [String] = []
    /// Counts the applications of the year and node.
    var serial = 0

    public init() {}

    public init(unit: UnitCode, contractor: String, works: String, kinds: [String] = []) {
        (self.unit, self.contractor, self.works, self.kinds) = (unit, contractor, works, kinds.map { Word($0) })
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("unit", &unit)
        try visitor.field("contractor", &contractor, .contractor)
        try visitor.field("works", &works, .works)
        try visitor.field("papers", &papers, Label("资料齐否", en: "Papers"))
        try visitor.field("consent", &consent, Label("业主书面同意签字人", en: "Owner's consent signed by"))
        try visitor.field("kinds", &kinds, .renovationKinds)
        try visitor.field("applicant", &applicant, .applicant)
        try visitor.particular("responsible", &responsible, .responsible)
        try visitor.particular("phone", &phone, .responsiblePhone)
        try visitor.derived("required", &required)
        try visitor.derived("delivered", &delivered)
        try visitor.derived("simple", &isSimple)
        try visitor.derived("serial", &serial)
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        try estate.people.check(unit)
        let rule = estate.handbook.renovation
        kinds = try estate.renovationKinds(kinds.map(\.text), works: works, of: unit).map { Word($0) }
        applicant = applicant ?? (estate.isLet(unit, at: plan.at) ? .tenant : .owner)
        required = rule.papers(for: kinds.map(\.text), isTenant: applicant == .tenant)
        delivered = required.filter {
            papers == .complete || consent != nil && $0.hasPrefix(rule.papers.signed.consent)
        }
        isSimple = kinds.map(\.text) == [rule.simple] ? true : nil
        let year = Day(plan.at, in: estate.zone).civil.year
        serial = estate.lastSerial(of: plan.node, in: year) + 1
        if estate.renovations.of(unit).contains(where: \.isOpen) { plan.warn("renovation.open") }
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        let id = Ref<RenovationCase>(metadata.id)
        estate.renovations.add(
            RenovationCase(
                id: id, unit: unit,
                works: RenovationCase.Works(
                    contractor: contractor, text: works, kinds: kinds.map(\.text), applicant: applicant ?? .owner,
                    papers: required, isSimple: isSimple ?? false, responsible: responsible, phone: phone),
                applied: metadata.at, by: metadata.by, serial: serial, node: metadata.node, changed: metadata.at))
        if let consent {
            estate.renovations.change(id) {
                $0.consents.append(.init(signer: consent, at: metadata.at, isWithdrawn: false))
            }
        }
        estate.renovations.deliver({ _ in delivered }, of: id, at: metadata.at)
    }
}

extension ApplyRenovation {
    /// Works in words that were used before, and contractors.
    public static func earlier(_ key: String, in estate: Estate) -> [Candidate] {
        let latest = estate.renovations.all.values.reversed().lazy
        return switch key {
        case "contractor": distinct(latest.map(\.contractor))
        case "works": distinct(latest.map(\.works.text))
        default: []
        }
    }

    public static func candidates(
        for key: String, with values: [String: String], in estate: Estate
    ) -> [Candidate] {
        guard key == "consent", let typed = try? UnitCode(text: values["unit"] ?? "", zone: estate.zone) else {
            return []
        }
        return estate.people.residents(of: estate.people.current(typed)).filter { $0.role == .owner }.map {
            Candidate($0.name, detail: $0.role.label)
        }
    }

    public static func proposals(
        with values: [String: String], to member: String, in estate: Estate, at moment: Moment
    ) -> [String: String] {
        guard let typed = try? UnitCode(text: values["unit"] ?? "", zone: estate.zone) else { return [:] }
        let unit = estate.people.current(typed)
        guard estate.people.units[unit] != nil else { return [:] }
        var proposals = ["applicant": (estate.isLet(unit, at: moment) ? RenovationApplicant.tenant : .owner).rawValue]
        if let works = values["works"], let kinds = try? estate.renovationKinds([], works: works, of: unit) {
            proposals["kinds"] = kinds.joined(separator: "、")
        }
        return proposals
    }

    /// The papers that are needed for what is planned.
    public static func outlook(
        with values: [String: String], in estate: Estate, at moment: Moment
    ) -> [OutlookRow] {
        guard let works = values["works"], !works.isEmpty,
            let unit = try? UnitCode(text: values["unit"] ?? "", zone: estate.zone)
        else { return [] }
        let rule = estate.handbook.renovation
        let typed = (try? [String](text: values["kinds"] ?? "", zone: estate.zone)) ?? []
        guard let kinds = try? estate.renovationKinds(typed, works: works, of: estate.people.current(unit)) else {
            return []
        }
        let isTenant = values["applicant"] == RenovationApplicant.tenant.rawValue
        let papers = rule.papers(for: kinds, isTenant: isTenant)
        let isSimple = kinds == [rule.simple]
        var rows = [
            OutlookRow(
                isSimple
                    ? Label("小项：简易登记，不收押金，不走两天", en: "a small matter: no deposit, no two days")
                    : Label(
                        "资料齐全后 \(rule.permit.workingDays) 个工作日内办妥；要 \(papers.count) 样资料",
                        en: "\(rule.permit.workingDays) working days once \(papers.count) papers are there"),
                weight: .strong)
        ]
        if isTenant {
            rows.append(OutlookRow(Label("租户申请：没有业主书面同意不能开工", en: "a tenant needs the owner's written consent")))
        }
        return rows + papers.map { OutlookRow(Label($0, en: $0), weight: .faint) }
    }
}

extension Estate {
    /// The kinds of works in the handbook's order; those that the words tell of, unless given. Throws ``Refusal``
    /// `renovation.kind`.
    fileprivate func renovationKinds(_ given: [String], works: String, of unit: UnitCode) throws -> [String] {
        let rule = handbook.renovation
        let names = rule.kinds.map(\.name)
        if let unknown = given.first(where: { !names.contains($0) }) {
            throw Refusal(
                .rule, "renovation.kind", "没有“\(unknown)”这一类；有：\(names.joined(separator: "、"))",
                en: "there is no kind \(unknown); there are: \(names.joined(separator: ", "))", field: "kinds")
        }
        if !given.isEmpty { return names.filter(given.contains) }
        let found = rule.kinds(in: works)
        let isShop = people.units[unit]?.kind == .shop && found != [rule.simple]
        return names.filter { found.contains($0) || isShop && $0 == rule.shop }
    }

    /// Whether a unit is let at a moment: its state says so, or a tenant lives there.
    func isLet(_ unit: UnitCode, at moment: Moment) -> Bool {
        people.units[unit]?.occupancy(on: Day(moment, in: zone))?.state == .rented
            || people.residents(of: unit).contains { $0.role == .tenant }
    }

    /// The highest number of a node's applications in a year.
    fileprivate func lastSerial(of node: String, in year: Int) -> Int {
        guard let index = nodes.all.firstIndex(where: { $0.name == node }),
            let last = renovations.lastApplications[index].flatMap({ renovations.all[$0] })
        else { return 0 }
        return last.year(in: zone) == year ? last.serial : 0
    }
}

extension RenovationCase {
    func year(in zone: Zone) -> Int { Day(applied, in: zone).civil.year }
}

extension Estate {
    /// The number of a renovation as people see it: `装2026-0012`; of another node than the founding one with its name.
    public func number(of renovation: RenovationCase) -> String {
        let node = renovation.node == 0 ? "" : "\(nodes.name(of: renovation.node))-"
        return "装\(renovation.year(in: zone))-\(node)\(renovation.serial.padded(4))"
    }

    /// The number of a pass: `装2026-0012-03`.
    public func number(of pass: Pass) -> String {
        let renovation = renovations.all[pass.renovation].map { number(of: $0) } ?? ""
        return "\(renovation)-\(pass.serial.padded(2))"
    }
}
