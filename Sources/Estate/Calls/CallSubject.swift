import Journal

/// The reason for a call: an entity by its id, such as a return visit, a request or a missed call; or a unit's arrears.
public enum CallSubject: Hashable, Sendable {
    case record(EntryID)
    case arrears(UnitCode)
}

extension CallSubject: FieldValue {
    public static var type: FieldType { .reference("unit|record") }
    public static var placeholder: CallSubject { .arrears(.placeholder) }

    /// An id, or a unit.
    public init(text: String, zone: Zone) throws {
        if let id = EntryID(text.halfwidth.uppercased()) {
            self = .record(id)
        } else if let unit = try? UnitCode(text: text, zone: zone) {
            self = .arrears(unit)
        } else {
            throw Refusal.input(
                "about.malformed", "“\(text)”不是回访、工单、通话、住户的编号，也不是房号",
                en: "“\(text)” is neither a unit nor the id of a return visit, a request, a call or a resident")
        }
    }

    public func text(zone: Zone) -> String {
        switch self {
        case .record(let id): id.text
        case .arrears(let unit): unit.text
        }
    }

    public func current(in estate: Estate) -> CallSubject {
        switch self {
        case .record: self
        case .arrears(let unit): .arrears(estate.people.current(unit))
        }
    }
}

extension CallSubject {
    /// The roles that must not see it: those from which its feature is hidden.
    var hiddenFrom: Set<Role> {
        switch self {
        case .arrears: Fees.hiddenFrom
        case .record: []
        }
    }
}

extension People {
    /// Whom to call at a unit: its owner, or another resident with a telephone.
    public func reachable(at unit: UnitCode) -> Person? {
        ([owner(of: unit)].compactMap { $0 } + residents(of: unit)).first { $0.phone != nil }
    }
}

/// A kind of entity that a call may be about.
protocol CallReason: Entity {
    /// Whom to call about it, and the words for it.
    func callDetails(in estate: Estate) -> CallSubject.Details
}

extension CallReason {
    fileprivate static func callDetails(of id: EntryID, in estate: Estate) -> CallSubject.Details? {
        known(Ref(id), in: estate)?.callDetails(in: estate)
    }
}

extension CallSubject {
    fileprivate static let kinds = Estate.entities.compactMap { $0 as? any CallReason.Type }

    /// Whom a call goes to, and the words for its subject.
    public struct Details: Sendable {
        public let unit: UnitCode?
        public let person: Ref<Person>?
        public let phone: Phone?
        /// A short text, as said to the person.
        public let words: Label

        init(unit: UnitCode?, person: Ref<Person>?, phone: Phone?, words: Label) {
            (self.unit, self.person, self.phone, self.words) = (unit, person, phone, words)
        }

        /// A call about a unit goes to its owner, or to another resident with a telephone.
        init(to unit: UnitCode, _ words: Label, in estate: Estate) {
            let person = estate.people.reachable(at: unit)
            self.init(unit: unit, person: person?.id, phone: person?.phone?.each.first, words: words)
        }
    }

    /// Throws ``Refusal`` `about.unknown` or `unit.unknown`.
    public func details(in estate: Estate) throws -> Details {
        switch self {
        case .arrears(let unit):
            try estate.people.check(unit)
            return Details(to: unit, Label("物业费欠费", en: "arrears"), in: estate)
        case .record(let id):
            if let details = CallSubject.kinds.lazy.compactMap({ $0.callDetails(of: id, in: estate) }).first {
                return details
            }
            throw Refusal(
                .rule, "about.unknown", "没有这条回访、工单、通话或住户：\(id)",
                en: "there is no such return visit, request, call or resident: \(id)", field: "about")
        }
    }
}
