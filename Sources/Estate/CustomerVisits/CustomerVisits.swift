import Handbook
import Journal

/// A visit of a customer (拜访, 4): what was talked about and what they need. It is no return visit.
public struct CustomerVisit: Entity, Sendable {
    public static let entity = "customervisit"
    public static let label = Label("拜访", en: "visit of a customer")
    public let id: Ref<CustomerVisit>
    public internal(set) var unit: UnitCode
    public let purpose: String
    public let result: String
    /// What they need; it becomes a request.
    public let needs: String?
    public let at: Moment
    public let by: String
}

extension CustomerVisit {
    public static func known(_ id: Ref<CustomerVisit>, in estate: Estate) -> CustomerVisit? {
        estate.customerVisits.all[id]
    }
    public func words(in estate: Estate) -> String { "\(unit.text) \(purpose)" }
}

/// The visits of customers, in the order of recording.
public struct CustomerVisits: Sendable {
    public internal(set) var all = EntityTable<CustomerVisit>()
}

extension CustomerVisits: Feature {
    static let chapters: [any Chapter.Type] = [Handbook.CustomerVisits.self]
    static let actions: [any Action.Type] = [CallOn.self]
    static let views: [any View.Type] = [CallOnsView.self]
    static let entities: [any Entity.Type] = [CustomerVisit.self]
    static let duties = [Role.manager, .supervisor, .administrator].map(duty)

    /// Each member of a role makes so many in a month (policy), from the first whole month on.
    private static func duty(of role: Role) -> DutyRule {
        DutyRule.perCase(
            "call.on", Label("客户拜访", en: "Visits of customers"), role, by: CallOn.self, field: nil,
            parts: { [$0.$customerVisits, $0.$staff] },
            casesThrough: { estate, through in
                let count = estate.handbook.customerVisits.monthly(of: role)
                let members = estate.staff.members.values.filter { $0.role == role && $0.isPresent }
                guard count > 0, let founded = estate.founded, !members.isEmpty else { return [] }
                let made = Dictionary(grouping: estate.customerVisits.all.values) {
                    MonthOfMember(member: $0.by, month: Period($0.at, in: estate.zone))
                }
                let first = Period(founded, in: estate.zone).adding(1)
                return (first.number...max(first.number, Period(through).number)).map(Period.init(number:)).flatMap {
                    month in
                    members.map { member in
                        let own = (made[MonthOfMember(member: member.code, month: month)] ?? []).sorted {
                            $0.at < $1.at
                        }
                        let done = own.count >= count ? own[count - 1] : nil
                        return DutyCase(
                            id: "\(member.code)-\(month.text)",
                            subject: "\(member.name) \(min(own.count, count))/\(count)",
                            opens: month.first.adding(14), due: month.last,
                            done: done.map { Duty.Fulfilment(fact: Ref($0.id.id), at: $0.at, due: nil) }, note: nil,
                            closes: month.adding(1).first)
                    }
                }
            })
    }

    private struct MonthOfMember: Hashable {
        let member: String
        let month: Period
    }

    /// Those of this month and the last.
    static func retainedIDs(in estate: Estate, _ window: RetentionWindow) -> [EntryID] {
        let since = Period(window.today).adding(-1).first.start(in: estate.zone)
        return estate.customerVisits.all.values.filter { $0.at >= since }.map(\.id.id)
    }

    static func isCovered(_ action: any Action, by window: RetentionWindow) -> Bool { true }

    static func rename(_ unit: UnitCode, to code: UnitCode, in estate: inout Estate) {
        for id in estate.customerVisits.all.values.map(\.id) {
            estate.customerVisits.all.change(id) { if $0.unit == unit { $0.unit = code } }
        }
    }
}

/// The usual purposes of visits.
public enum VisitPurposesOfStaff: WordList {
    public static func words(in estate: Estate) -> [Candidate] {
        estate.handbook.customerVisits.purposes.map { Candidate($0) }
    }
}

/// A member of the staff calls on a customer.
public struct CallOn: ActionFact {
    public static let name = "call.on"
    static let kind: StaticString = "customer.visited"
    static var merging: Merging<Self> { .grows }
    public static let label = Label("登记拜访", en: "Call on a customer")
    public static let roles: Set<Role> = [.supervisor, .administrator]
    var unit = UnitCode.placeholder
    var purpose = Word<VisitPurposesOfStaff>.placeholder
    var result = ""
    var needs: String?

    public init() {}

    public init(unit: UnitCode, purpose: String, result: String, needs: String? = nil) {
        (self.unit, self.purpose, self.result, self.needs) = (unit, Word(purpose), result, needs)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("unit", &unit)
        try visitor.field("purpose", &purpose)
        try visitor.field("result", &result, .visitResult)
        try visitor.field("needs", &needs, .needs)
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        try estate.people.check(unit)
        unit = estate.people.current(unit)
    }

    func affectedIDs(in estate: Estate) -> [String]? { [] }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.customerVisits.all.add(
            CustomerVisit(
                id: Ref(metadata.id), unit: unit, purpose: purpose.text, result: result, needs: needs,
                at: metadata.at, by: metadata.by))
    }
}

extension Label {
    fileprivate static let visitResult = Label("谈了什么", en: "What was said")
    fileprivate static let needs = Label("要办的事", en: "Needs")
}

/// The visits of customers.
public struct CallOnsView: PlainView {
    public static let name = "callons"
    public static let label = Label("客户拜访", en: "Visits of customers")
    public static let changesWithTime = false
    public static let timeKey: String? = "at"

    public static var columns: [ViewColumn<Self>] {
        Column("id") { $0.id }
        Column("unit") { $0.unit }
        Column("at") { $0.at }
        Column("by", Label("拜访人", en: "By")) { $0.estate.staff.name(of: $0.by) }
        Column("purpose") { $0.purpose }
        Column("result", .visitResult) { $0.result }
        Column("needs", .needs) { $0.needs }
    }

    public init() {}

    public func subjects(in context: ViewContext) -> [CustomerVisit] {
        context.estate.customerVisits.all.values.sorted { ($0.at, $0.id.id) < ($1.at, $1.id.id) }
    }
}
