import Journal

/// What came of telling the host, or that the patrol post was told.
public enum ContactOutcome: String, NamedChoice {
    case reached, noAnswer, declined, patrol

    public var label: Label {
        switch self {
        case .reached: Label("已联系", en: "reached")
        case .noAnswer: Label("无人接听", en: "no answer")
        case .declined: Label("拒绝", en: "declined")
        case .patrol: Label("已通知巡逻岗", en: "patrol told")
        }
    }
}

/// An attempt to reach the host of a visitor.
public struct VisitContact: Hashable, Sendable {
    public let outcome: ContactOutcome
    public let at: Moment
}

extension Visit {
    /// Whom to call of this visit: the resident who was named, else the owner; `nil` without a number.
    public func hostToCall(in estate: Estate) -> Person? {
        let named = resident.flatMap { estate.people.persons[$0] }.flatMap { $0.isPresent ? $0 : nil }
        return (named ?? estate.people.owner(of: host)).flatMap { $0.phone == nil ? nil : $0 }
    }
}

/// The host of a visitor is told, or cannot be reached; the patrol post is told (7.9). Several over time; the latest
/// is shown.
public struct ContactHost: ActionFact {
    public static let name = "visitor.contact"
    static let kind: StaticString = "visitor.contacted"
    static var merging: Merging<Self> { .grows { fact, estate in estate.gate.visits[fact.visit] != nil } }
    public static let label = Label("联系被访人", en: "Contact the host")
    public static let roles = gateRoles
    var visit = Ref<Visit>.placeholder
    var outcome = ContactOutcome.reached

    public init() {}

    public init(visit: Ref<Visit>, outcome: ContactOutcome) { (self.visit, self.outcome) = (visit, outcome) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("visit", &visit)
        try visitor.field("outcome", &outcome)
    }

    var subject: EntryID? { visit.id }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        guard let known = estate.gate.visits[visit] else { throw visit.unknown }
        try plan.refuse(before: known.arrived, Label("到访", en: "the arrival"))
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.gate.change(visit) { visit in
            if let last = visit.contact, last.at > metadata.at { return }
            visit.contact = VisitContact(outcome: outcome, at: metadata.at)
        }
    }
}
