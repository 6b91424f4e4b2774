import Journal

/// A resident's relation to a unit.
public enum Tenure: String, NamedChoice {
    case owner
    case tenant
    case family

    public var label: Label {
        switch self {
        case .owner: Label("业主", en: "owner")
        case .tenant: Label("租户", en: "tenant")
        case .family: Label("家属", en: "family")
        }
    }

    public var synonyms: [String] {
        switch self {
        case .owner: ["户主", "产权人", "房主", "屋主", "房东", "业主本人", "本人", "共有人", "landlord"]
        case .tenant: ["租客", "承租人", "承租户", "租住", "租赁人", "承租", "renter"]
        case .family:
            [
                "配偶", "家人", "家庭成员", "亲属", "同住人", "妻子", "丈夫", "爱人", "父母", "父亲", "母亲", "子女", "儿子", "女儿", "老人",
                "spouse", "relative",
            ]
        }
    }
}

/// A resident (住户). Who has left stays on record.
public struct Person: Entity, Sendable {
    public static let entity = "person"
    public static let label = Label("住户", en: "resident")
    public let id: Ref<Person>
    /// As they were registered.
    let registered: Particulars
    public internal(set) var unit: UnitCode
    public internal(set) var role: Tenure
    let recorded: Recorded
    /// What became of name and numbers since, in order.
    var changes: [Change] = []
    /// When they left the estate.
    public internal(set) var left: Moment?

    init(id: Ref<Person>, registered: Particulars, unit: UnitCode, role: Tenure, recorded: Recorded) {
        (self.id, self.registered, self.unit, self.role, self.recorded) = (id, registered, unit, role, recorded)
    }

    /// What ends when the resident has left.
    public struct Particulars: Sendable {
        public let name: Particular<PersonName>
        public let phone: Particular<Phone?>
    }

    /// A change of particulars, which is opened only when they are shown.
    enum Change: Sendable {
        /// `nil` for what stays.
        case corrected(name: Particular<PersonName?>, phone: Particular<Phone?>)
        case added(Particular<Phone>, note: Particular<String?>)
        case removed(Particular<Phone>)
    }

    /// One of a resident's telephone numbers.
    public struct Number: Hashable, Sendable {
        public let phone: Phone
        /// Whose it is, or when to call it.
        public let note: String?
    }

    /// As they are now.
    public var particulars: Particulars {
        changes.isEmpty ? registered : Particulars(name: presentName, phone: presentPhone)
    }

    public var name: String { particulars.name.text(\.text) }
    /// The name; `nil` if it has ended.
    var knownName: String? { particulars.name.value?.text }
    /// All numbers.
    public var phone: Phone? { changes.isEmpty ? registered.phone.value ?? nil : Phone(numbers.map(\.phone)) }
    public var isPresent: Bool { left == nil }

    private var presentName: Particular<PersonName> {
        for case .corrected(let name, _) in changes.reversed() {
            if case .open(nil) = name.disclosure { continue }
            return name.map { $0 ?? .placeholder }
        }
        return registered.name
    }

    private var presentPhone: Particular<Phone?> { registered.phone.map { _ in Phone(numbers.map(\.phone)) } }

    /// The telephone numbers, each by itself, in the order in which they became known.
    public var numbers: [Number] {
        func numbers(in phone: Phone?) -> [Number] { phone?.each.map { Number(phone: $0, note: nil) } ?? [] }
        var main = numbers(in: registered.phone.value ?? nil)
        var further: [Number] = []
        for change in changes {
            switch change {
            case .corrected(_, let phone):
                if let phone = phone.value ?? nil { main = numbers(in: phone) }
            case .added(let phone, let note):
                guard let phone = phone.value else { continue }
                let known = Number(phone: phone, note: note.value ?? nil)
                // A note may be given to a number that is known.
                if let index = main.firstIndex(where: { $0.phone == phone }) {
                    main[index] = known
                } else if let index = further.firstIndex(where: { $0.phone == phone }) {
                    further[index] = known
                } else {
                    further.append(known)
                }
            case .removed(let phone):
                main.removeAll { $0.phone == phone.value }
                further.removeAll { $0.phone == phone.value }
            }
        }
        let all = main + further
        return all.enumerated().filter { place, number in !all[..<place].contains { $0.phone == number.phone } }
            .map(\.element)
    }

    public static func known(_ id: Ref<Person>, in estate: Estate) -> Person? { estate.people.persons[id] }

    /// The residents, who have left last.
    public static func candidates(in estate: Estate) -> [Candidate] {
        let persons = estate.people.persons.values
        return (persons.filter(\.isPresent) + persons.reversed().filter { !$0.isPresent }).map {
            Candidate(
                $0.id.id.text, text: $0.name,
                detail: Label(
                    "\($0.unit.text) \($0.role.label.chinese)", en: "\($0.unit.text) \($0.role.label.english)"))
        }
    }

    public func words(in estate: Estate) -> String { name }
}

extension Person: CallReason {
    func callDetails(in estate: Estate) -> CallSubject.Details {
        CallSubject.Details(
            unit: unit, person: id, phone: numbers.first?.phone,
            words: isPresent ? Label("联系住户", en: "to speak to them") : Label("联系原住户", en: "a former resident"))
    }
}

extension Phone {
    /// Several numbers of one person; `nil` for none.
    init?(_ numbers: [Phone]) {
        if numbers.isEmpty { return nil }
        self.init(text: numbers.map(\.text).joined(separator: " "))
    }
}
