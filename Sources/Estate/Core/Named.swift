import Journal

/// A value out of a fixed list, each with a label, e.g. a request class, a role or a result.
public protocol NamedChoice: FieldValue, RawRepresentable<String>, CaseIterable, Hashable {
    var label: Label { get }
    /// Further words for it, as registers and people have them. Default: none.
    var synonyms: [String] { get }
}

extension NamedChoice {
    public var synonyms: [String] { [] }

    public static var type: FieldType {
        .choice(allCases.map { FieldType.Choice(value: $0.rawValue, label: $0.label, synonyms: $0.synonyms) })
    }

    public static var placeholder: Self {
        guard let first = allCases.first else { preconditionFailure("a choice needs a case") }
        return first
    }

    /// Reads a raw value, a label in either language or a synonym, in letters of either case. A remark in brackets is
    /// passed over.
    public init(text: String, zone: Zone) throws {
        let typed = text.plain
        guard let value = Self(rawValue: typed) ?? Self.named(typed) ?? Self.named(typed.withoutRemarks) else {
            let values = Self.allCases.map(\.rawValue).joined(separator: "|")
            let words = Self.allCases.map(\.label.chinese).joined(separator: "、")
            throw Refusal.input(
                "choice.unknown", "“\(text)”不在可选之列：\(words)（\(values)）", en: "“\(text)” is none of \(values)")
        }
        self = value
    }

    private static func named(_ text: String) -> Self? {
        let text = text.lowercased()
        return allCases.first {
            ([$0.rawValue, $0.label.chinese, $0.label.english] + $0.synonyms).contains { $0.lowercased() == text }
        }
    }

    public init(scanning scanner: inout JSONScanner, zone: Zone) throws {
        guard let value = Self(rawValue: try scanner.string()) else { throw scanner.malformed() }
        self = value
    }

    public func text(zone: Zone) -> String { rawValue }
    public func display(zone: Zone, language: Language) -> String { label[language] }
}

/// A type of object that facts refer to by id.
public protocol Entity: SendableMetatype {
    var id: Ref<Self> { get }
    /// The name in `frontdesk actions`, e.g. `visit`.
    static var entity: String { get }
    static var label: Label { get }
    /// Whether facts have it as their subject, as most have. A demand is changed by facts about its call.
    static var isSubject: Bool { get }
    /// The entities that a form offers, the likeliest first.
    static func candidates(in estate: Estate) -> [Candidate]
    /// The entity with an id; `nil` if there is none.
    static func known(_ id: Ref<Self>, in estate: Estate) -> Self?
    /// The name that people use for it.
    func words(in estate: Estate) -> String
}

extension Entity {
    public static var isSubject: Bool { true }
    public static func candidates(in estate: Estate) -> [Candidate] { [] }
    public static func known(_ id: Ref<Self>, in estate: Estate) -> Self? { nil }
    public func words(in estate: Estate) -> String { "" }
}

/// The id of an entity of one type.
public struct Ref<Kind: Entity>: FieldValue, Hashable {
    public let id: EntryID

    public init(_ id: EntryID) { self.id = id }

    public static var type: FieldType { .reference(Kind.entity) }
    public static func candidates(in estate: Estate) -> [Candidate] { Kind.candidates(in: estate) }
    public static var placeholder: Ref { Ref(EntryID(high: 0, low: 0)) }

    public init(text: String, zone: Zone) throws {
        guard let id = EntryID(text.halfwidth.uppercased()) else {
            throw Refusal.input(
                "id.malformed", "“\(text)”不是\(Kind.label.chinese)编号", en: "“\(text)” is not the id of a \(Kind.entity)")
        }
        self.id = id
    }

    public func text(zone: Zone) -> String { id.text }

    public func words(in estate: Estate, _ language: Language) -> String {
        Kind.known(self, in: estate)?.words(in: estate) ?? ""
    }

    public init(scanning scanner: inout JSONScanner, zone: Zone) throws {
        guard let id = EntryID(try scanner.plain()) else { throw scanner.malformed() }
        self.id = id
    }

    public func write(to json: inout JSONWriter, zone: Zone) { json.plain(id.bytes) }

    /// The refusal for an id that no entity has.
    var unknown: Refusal {
        .rule("\(Kind.entity).unknown", "没有这个\(Kind.label.chinese)：\(id)", en: "there is no such \(Kind.entity): \(id)")
    }
}
