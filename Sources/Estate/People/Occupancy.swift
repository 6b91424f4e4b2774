import Journal

/// How a unit is occupied (房屋状态), which says who owes its fees.
public enum Occupancy: String, NamedChoice {
    case undelivered, vacant, owner, rented

    public var label: Label {
        switch self {
        case .undelivered: Label("未交付", en: "undelivered")
        case .vacant: Label("空置", en: "vacant")
        case .owner: Label("自住", en: "owner-occupied")
        case .rented: Label("出租", en: "rented out")
        }
    }

    public var synonyms: [String] {
        switch self {
        case .undelivered: ["未交房", "未收楼", "未售", "待交付"]
        case .vacant: ["空房", "空关", "无人居住", "未入住", "闲置"]
        case .owner: ["业主自住", "自用", "已入住", "入住"]
        case .rented: ["已出租", "租赁", "租住", "对外出租"]
        }
    }
}

extension People.Unit {
    /// How it is occupied on a day, and since when; `nil` if nobody has said so. Of several that were said for one day
    /// the last counts.
    public func occupancy(on day: Day) -> (from: Day, state: Occupancy)? {
        occupancies.enumerated().filter { $0.element.from <= day }
            .max { ($0.element.from, $0.offset) < ($1.element.from, $1.offset) }?.element
    }
}

extension Estate {
    /// The residences in which somebody lives at a moment: residents who were on record by then and had not left.
    func occupiedResidences(at moment: Moment) -> Set<UnitCode> {
        Set(people.units.values.filter { $0.kind == .residence && isOccupied($0, at: moment) }.map(\.code))
    }

    func isOccupied(_ unit: People.Unit, at moment: Moment) -> Bool {
        (unit.residents + unit.departed).contains { id in
            people.persons[id].map { $0.recorded.at <= moment && $0.left.map { $0 > moment } ?? true } ?? false
        }
    }
}

extension Label {
    static let occupancy = Label("房屋状态", en: "State of a unit")
}

extension Estate {
    /// Whether a unit is let at a moment, and only to some of its residents.
    func isLastTenant(of unit: UnitCode, among leaving: [Ref<Person>], at moment: Moment) -> Bool {
        let tenants = people.residents(of: unit).filter { $0.role == .tenant }
        return people.units[unit]?.occupancy(on: Day(moment, in: zone))?.state == .rented && !tenants.isEmpty
            && tenants.allSatisfy { leaving.contains($0.id) }
    }
}

extension Plan {
    /// States that a unit is let no more if its last tenants are tenants no more, for which this is the reason.
    mutating func endLetting(
        of unit: UnitCode?, without leaving: [Ref<Person>], in estate: Estate, now state: Occupancy
    ) {
        guard let unit, estate.isLastTenant(of: unit, among: leaving, at: at) else { return }
        record(StateUnit(unit: unit, state, from: Day(at, in: estate.zone), former: .rented))
    }
}

/// How a unit is occupied, from a day on.
public struct StateUnit: ActionFact, RegisterFact {
    public static let name = "unit.state"
    static let kind: StaticString = "unit.stated"
    static var merging: Merging<Self> { .derived { fact, estate in estate.people.units[fact.unit] != nil } }
    public static let label = Label.occupancy
    public static let roles: Set<Role> = [.supervisor]
    var unit = UnitCode.placeholder
    var state = Occupancy.placeholder
    /// The day on which it happened unless given.
    var from: Day?
    var former: Occupancy?

    public init() {}

    public init(unit: UnitCode, _ state: Occupancy, from: Day? = nil) {
        (self.unit, self.state, self.from) = (unit, state, from)
    }

    fileprivate init(unit: UnitCode, _ state: Occupancy, from: Day, former: Occupancy) {
        self.init(unit: unit, state, from: from)
        self.former = former
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("unit", &unit)
        try visitor.field("state", &state)
        try visitor.field("from", &from, Label("起始日", en: "From"))
        try visitor.derived("former", &former, .former(Glossary.label(of: "state")))
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        try estate.people.check(unit)
        from = from ?? Day(plan.at, in: estate.zone)
        let known = estate.people.units[unit]
        former = from.flatMap { known?.occupancy(on: $0)?.state }
        if former == state {
            throw Refusal(
                .rule, "unit.stated", "\(unit.text) 已是\(state.label.chinese)",
                en: "\(unit.text) is \(state.label.english) already", field: "state")
        }
    }

    func holds(since metadata: Metadata, in zone: Zone) -> Moment {
        min(metadata.at, from?.start(in: zone) ?? metadata.at)
    }

    func affectedIDs(in estate: Estate) -> [String]? { [] }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        let day = from ?? Day(metadata.at, in: estate.zone)
        estate.people.change(unit) { $0.occupancies.append((day, state)) }
    }
}
