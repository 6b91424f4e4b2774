import Journal

/// What was registered of a visitor was wrong: any of it, also after they have left.
public struct CorrectVisit: Action {
    public static let name = "visitor.correct"
    public static let label = Label("更正来访", en: "Correct a visit")
    public static let roles = gateRoles
    var visit = Ref<Visit>.placeholder
    var name: Name?
    var host: Host?
    var purpose: Word<Purposes>?
    var plate: CorrectedPlate?
    var phone: Phone?
    var count: Int?
    var document: Word<Documents>?

    public init() {}

    public init(
        visit: Ref<Visit>, name: String? = nil, host: Host? = nil, purpose: String? = nil, plate: Plate? = nil,
        phone: Phone? = nil, count: Int? = nil
    ) {
        (self.visit, self.name, self.host) = (visit, name.map { Name($0) }, host)
        (self.purpose, self.plate, self.phone) = (purpose.map { Word($0) }, plate.map { CorrectedPlate($0) }, phone)
        self.count = count
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("visit", &visit)
        try visitor.field("name", &name)
        try visitor.field("host", &host, .host)
        try visitor.field("purpose", &purpose)
        try visitor.field("plate", &plate)
        try visitor.field("phone", &phone)
        try visitor.field("count", &count, .party)
        try visitor.field("document", &document)
    }

    /// What is emptied in a form that began with the present values stays as it is.
    public static func cautions(
        with values: [String: String], by member: String, in estate: Estate
    ) -> [String: Label] {
        let id = values["visit"].flatMap { EntryID($0) }
        guard let known = id.flatMap({ estate.gate.visits[Ref($0)] }) else { return [:] }
        return known.correctable(in: estate).filter { values[$0.key]?.trimmed.isEmpty == true }.mapValues { _ in
            Label("空着：不改", en: "left empty: unchanged")
        }.merging(
            values["plate"]?.trimmed.isEmpty == true && known.plate != nil
                ? ["plate": Label("空着：不改；没有车牌填“无”", en: "left empty: unchanged; none for no plate")] : [:]
        ) { $1 }
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        guard let known = estate.gate.visits[visit] else { throw visit.unknown }
        try plan.refuse(before: known.arrived, Label("到访", en: "the arrival"))
        // The words that the form begins with mean no other host.
        let resolved = host?.text == known.typedHost(in: estate) ? nil : try host?.resolve(in: estate)
        if let count, count <= known.gone {
            throw Refusal(
                .input, "visitor.count", "已有 \(known.gone) 人离场，人数应多于此",
                en: "\(known.gone) have left: more than that came",
                field: "count")
        }
        var fact = VisitCorrected(visit: visit)
        if let name, name.text != known.name {
            fact.changed.append("name")
            (fact.name, fact.formerName) = (Particular(name.text), Particular(known.name))
        }
        if let resolved, resolved.isOther(than: known) {
            (fact.host, fact.resident, fact.hostState) = (resolved.unit, resolved.resident, resolved.recordedState)
            (fact.hostWords, fact.formerHost) = (Particular(resolved.words), known.host)
            fact.formerHostWords = Particular(known.hostWords.value ?? nil)
        }
        if let purpose, purpose.text != known.purpose {
            (fact.purpose, fact.formerPurpose) = (purpose.text, known.purpose)
        }
        if let plate, plate.plate != known.plate {
            fact.changed.append("plate")
            (fact.plate, fact.formerPlate) = (Particular(plate.plate), Particular(known.plate))
            for verdict in estate.verdicts(name: "", plate: plate.plate, at: plan.at) {
                verdict.warning.map { plan.warn($0) }
            }
        }
        if let phone, phone != known.phone {
            fact.changed.append("phone")
            fact.phone = Particular(phone)
        }
        if let count, count != known.total { (fact.count, fact.formerCount) = (count, known.total) }
        let document = document.map { ArriveVisitor.minimal($0.text, by: estate.handbook.gate.documents) }
        if let document, document != known.document {
            fact.changed.append("document")
            fact.document = Particular(document)
        }
        if fact.isEmpty {
            throw Refusal.rule("visitor.unchanged", "\(known.name) 没有改动", en: "nothing of \(known.name) is changed")
        }
        plan.record(fact)
        plan.answer = visit.id
    }
}

/// A plate in a correction: another one, or 无 for a visitor who has none.
struct CorrectedPlate: FieldValue, Hashable {
    let plate: Plate?

    init(_ plate: Plate?) { self.plate = plate }

    init(text: String, zone: Zone) throws { plate = Plate.isNothing(text) ? nil : try Plate(text: text, zone: zone) }

    static var type: FieldType { .plate }
    static var placeholder: CorrectedPlate { CorrectedPlate(nil) }
    func text(zone: Zone) -> String { plate?.text ?? "无" }
}

extension Visit {
    /// The host as a form shows it and reads it: the resident who was named, with the unit unless the name is unique, else
    /// the unit, the place, or the text.
    func typedHost(in estate: Estate) -> String {
        guard let name = resident.flatMap({ estate.people.persons[$0]?.knownName }) else { return hostName }
        return estate.people.persons(named: name).count == 1 ? name : "\(host.text) \(name)"
    }

    /// The present values of a correction, by field key; not the telephone number, which nobody sees in full unrecorded.
    public func correctable(in estate: Estate) -> [String: String] {
        var values = ["host": typedHost(in: estate), "purpose": purpose, "count": String(total)]
        (values["name"], values["plate"]) = (visitor.name.value, plate?.text)
        values["document"] = document
        return values
    }
}

/// A visit was corrected. Its record is the visit, so that its particulars end with those of the arrival.
struct VisitCorrected: Fact {
    static let kind: StaticString = "visitor.corrected"
    static var merging: Merging<Self> { .derived { fact, estate in estate.gate.visits[fact.visit] != nil } }
    static let action: (any Action.Type)? = CorrectVisit.self
    var visit = Ref<Visit>.placeholder
    var name = Particular<String?>(nil)
    var host: UnitCode?
    var resident: Ref<Person>?
    var hostState: HostState?
    var hostWords = Particular<String?>(nil)
    var purpose: String?
    var plate = Particular<Plate?>(nil)
    var phone = Particular<Phone?>(nil)
    var count: Int?
    var document = Particular<String?>(nil)
    /// The keys of the particulars that it replaces, which tell so without opening them.
    var changed: [String] = []
    var formerName = Particular<String?>(nil)
    var formerHost: UnitCode?
    var formerHostWords = Particular<String?>(nil)
    var formerPurpose: String?
    var formerPlate = Particular<Plate?>(nil)
    var formerCount: Int?

    init() {}

    init(visit: Ref<Visit>) { self.visit = visit }

    var isEmpty: Bool { changed.isEmpty && host == nil && purpose == nil && count == nil }

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("visit", &visit)
        try visitor.particular("name", &name)
        try visitor.field("host", &host, .host)
        try visitor.field("resident", &resident)
        try visitor.field("hostState", &hostState, .hostState)
        try visitor.particular("hostWords", &hostWords, .hostWords)
        try visitor.field("purpose", &purpose)
        try visitor.particular("plate", &plate)
        try visitor.particular("phone", &phone)
        try visitor.field("count", &count, .party)
        try visitor.particular("document", &document)
        try visitor.field("changed", &changed, Label.none)
        try visitor.particular("formerName", &formerName, .former(Glossary.label(of: "name")))
        try visitor.field("formerHost", &formerHost, .former(.host))
        try visitor.particular("formerHostWords", &formerHostWords, .former(.hostWords))
        try visitor.field("formerPurpose", &formerPurpose, .former(Glossary.label(of: "purpose")))
        try visitor.particular("formerPlate", &formerPlate, .former(Glossary.label(of: "plate")))
        try visitor.field("formerCount", &formerCount, .former(Glossary.label(of: "count")))
    }

    var subject: EntryID? { visit.id }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.gate.change(visit) { visit in
            visit.isCorrected = true
            visit.visitor = visit.visitor.corrected(by: self)
            if let host {
                (visit.host, visit.hostWords, visit.resident) = (host, hostWords, resident)
                visit.recordedHostState = hostState
            }
            if let purpose { visit.purpose = purpose }
            if let count { visit.count = max(count - visit.gone, 0) }
        }
    }
}

extension Host.Resolved {
    /// Whether a visit goes to another host than this.
    fileprivate func isOther(than visit: Visit) -> Bool {
        unit != visit.host || resident != visit.resident || words != visit.hostWords.value ?? nil
    }
}

extension Visitor {
    fileprivate func corrected(by fact: VisitCorrected) -> Visitor {
        let changed = Set(fact.changed)
        return Visitor(
            name: changed.contains("name") ? fact.name.required() : name,
            plate: changed.contains("plate") ? fact.plate : plate,
            phone: changed.contains("phone") ? fact.phone : phone,
            document: changed.contains("document") ? fact.document : document)
    }
}

extension Label {
    static let host = Label("房号/被访人", en: "Host")
    static let party = Label("人数（含本人）", en: "How many, all told")
    static let hostState = Label("被访方", en: "Host is")
    static let hostWords = Label("所说被访方", en: "Host as it was said")
    static let expectedVisitor = Label("预约", en: "Registered in advance")
}
