import Journal

/// Visitors leave: one, several at once, or a part of a group.
public struct LeaveVisitor: ActionFact {
    public static let name = "visitor.leave"
    static let kind: StaticString = "visitor.left"
    static var merging: Merging<Self> { .first { fact, estate, _ in estate.gate.ending(of: fact.visit) } }
    public static let label = Label("登记离场", en: "A visitor leaves")
    public static let roles = gateRoles
    /// All of whom the action tells; each gets a fact of its own.
    var all = RequiredList<Ref<Visit>>.placeholder
    /// The visit of the fact.
    var visit = Ref<Visit>.placeholder
    /// How many of a group leave; all unless given.
    var count: Int?
    /// The plate with which they leave, if it was looked at.
    var plate = Particular<Plate?>(nil)

    public init() {}

    public init(visit: Ref<Visit>, count: Int? = nil, plate: Plate? = nil) {
        (all, self.visit, self.count, self.plate) = (RequiredList([visit]), visit, count, Particular(plate))
    }

    public init(visits: [Ref<Visit>]) { all = RequiredList(visits) }

    var visits: [Ref<Visit>] { all.elements }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.asked("visit", &all)
        try visitor.derived("visit", &visit)
        try visitor.field("count", &count, .leaving)
        try visitor.particular("plate", &plate, .exitPlate)
    }

    var subject: EntryID? { visit.id }

    /// Includes the shifts of its post that were closed since the departure: their handover lists relied on it.
    func affectedIDs(in estate: Estate) -> [String]? {
        [visit.id.text] + estate.shifts(closedSince: estate.gate.visits[visit]?.left, of: visit)
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        var seen: Set<Ref<Visit>> = []
        let leaving = visits.filter { seen.insert($0).inserted }
        if leaving.isEmpty {
            throw Refusal(
                .input, "field.missing", "缺少必填项：来访（visit）", en: "a required field is missing: visit", field: "visit")
        }
        let exit = plate.value ?? nil
        if leaving.count > 1, count != nil || exit != nil {
            throw Refusal(
                .input, "visitor.several", "几位一起离场时，不填人数和车牌",
                en: "with several visits, neither a number of people nor a plate is given",
                field: count == nil ? "plate" : "count")
        }
        for visit in leaving {
            var fact = self
            fact.visit = visit
            try fact.decide(&plan, in: estate)
            plan.record(fact)
        }
        plan.answer = leaving[0].id
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.gate.present(visit)
        try plan.refuse(before: known.arrived, .arrival)
        if let count {
            if count < 1 || count > known.count {
                throw Refusal(
                    .rule, "visitor.count", "在场 \(known.count) 人，离场人数应为 1 到 \(known.count)",
                    en: "\(known.count) are inside: between 1 and \(known.count) can leave", field: "count")
            }
            if count == known.count { self.count = nil }
        }
        if let exit = plate.value ?? nil, known.differs(from: exit) { plan.warn("visitor.plate") }
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        if let count, let inside = estate.gate.visits[visit]?.count, count < inside {
            return estate.gate.change(visit) { $0.release(count, at: metadata.at, with: plate) }
        }
        estate.gate.end(visit, on: Day(metadata.at, in: estate.zone)) {
            $0.left = metadata.at
            $0.note(exit: plate)
        }
    }
}

extension Visit {
    /// Whether a plate seen at the exit is none of those that came in.
    func differs(from exit: Plate) -> Bool { exit.each.contains { !(plate?.each.contains($0) ?? false) } }
}

extension Label {
    static let leaving = Label("离场人数（空：全部）", en: "How many leave (all, if empty)")
    static let exitPlate = Label("离场车牌", en: "Plate at the exit")
}

extension Label {
    fileprivate static let arrival = Label("到访", en: "the arrival")
}

extension Gate {
    /// What a departure meets: the visitor is gone already, or is not known.
    func ending(of id: Ref<Visit>) -> Conflict.Reason? {
        visits.value(of: id) {
            $0.isInside ? nil : .doubled(Label("这位访客已登记离场", en: "the visitor had been recorded as gone"))
        } ?? .unknown
    }
}

/// A visitor is gone and the time is not known: recorded with the reason, instead of an invented time.
public struct LoseVisitor: ActionFact {
    public static let name = "visitor.unknown"
    static let kind: StaticString = "visitor.unknown"
    static var merging: Merging<Self> { .first { fact, estate, _ in estate.gate.ending(of: fact.visit) } }
    public static let label = Label("离场时间不详", en: "Leaving time unknown")
    public static let roles = gateRoles
    var visit = Ref<Visit>.placeholder
    var why = ""

    public init() {}

    public init(visit: Ref<Visit>, why: String) { (self.visit, self.why) = (visit, why) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("visit", &visit)
        try visitor.field("why", &why)
    }

    public static func earlier(_ key: String, in estate: Estate) -> [Candidate] {
        key == "why" ? distinct(estate.gate.visits.values.reversed().lazy.compactMap(\.unknown)) : []
    }

    var subject: EntryID? { visit.id }

    func affectedIDs(in estate: Estate) -> [String]? {
        [visit.id.text] + estate.shifts(closedSince: estate.gate.visits[visit]?.arrived, of: visit)
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        try plan.refuse(before: try estate.gate.present(visit).arrived, .arrival)
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.gate.end(visit, on: Day(metadata.at, in: estate.zone)) { $0.unknown = why }
    }
}
