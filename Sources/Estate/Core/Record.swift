import Journal

/// A value with named fields: a fact, an action, a view's parameters.
///
/// The one list in ``fields(_:)`` serves reading, writing, forms, `frontdesk actions` and the documentation.
public protocol Record: Sendable {
    /// A record with placeholders in its required fields; the others are empty.
    init()
    /// Passes every field to a visitor, in canonical order.
    mutating func fields(_ visitor: inout some FieldVisitor) throws
}

/// One pass over a record's fields: reads, writes or describes each of them.
public protocol FieldVisitor {
    /// Which fields the pass visits, where an action and its fact are one type.
    var scope: FieldScope { get }
    /// Visits a field. `label` is `nil` if the label is that of the key in the ``Glossary``.
    mutating func field<Value: FieldValue>(_ key: StaticString, _ value: inout Value, _ label: Label?) throws
    /// Visits a field whose values concern a person and may be sealed. Default: as any other field.
    mutating func particular<Value: FieldValue>(
        _ key: StaticString, _ value: inout Particular<Value>, _ label: Label?
    ) throws
}

/// The two sides of a record that is an action and a fact at once.
public enum FieldScope: Sendable {
    /// The fields that a person or a script gives.
    case asked
    /// The fields that the journal keeps.
    case stored
}

extension FieldVisitor {
    public var scope: FieldScope { .stored }

    @inline(__always)
    public mutating func field<Value: FieldValue>(_ key: StaticString, _ value: inout Value) throws {
        try field(key, &value, nil)
    }

    public mutating func particular<Value: FieldValue>(
        _ key: StaticString, _ value: inout Particular<Value>, _ label: Label?
    ) throws {
        try field(key, &value, label)
    }

    @inline(__always)
    mutating func particular<Value: FieldValue>(_ key: StaticString, _ value: inout Particular<Value>) throws {
        try particular(key, &value, nil)
    }

    /// A field that is recorded and not asked for: the action fills it in. Histories show it if it has a label.
    @inline(__always)
    public mutating func derived<Value: FieldValue>(
        _ key: StaticString, _ value: inout Value, _ label: Label? = nil
    ) throws {
        if scope == .stored { try field(key, &value, label) }
    }

    @inline(__always)
    mutating func derivedParticular<Value: FieldValue>(
        _ key: StaticString, _ value: inout Particular<Value>, _ label: Label? = nil
    ) throws {
        if scope == .stored { try particular(key, &value, label) }
    }

    /// A field that is asked for and not recorded.
    @inline(__always)
    public mutating func asked<Value: FieldValue>(
        _ key: StaticString, _ value: inout Value, _ label: Label? = nil
    ) throws {
        if scope == .asked { try field(key, &value, label) }
    }
}

/// A type of value that a field may have.
public protocol FieldValue: Sendable {
    static var type: FieldType { get }
    /// Whether the field must have a value.
    static var isRequired: Bool { get }
    /// The value of a required field before it is read.
    static var placeholder: Self { get }
    /// The values that a form offers, best first.
    static func candidates(in estate: Estate) -> [Candidate]
    /// Whether there is no value.
    var isAbsent: Bool { get }
    /// Whether a text says that there is no value: 无 for a telephone number. Default: none does.
    static func isNothing(_ text: String) -> Bool
    /// Whether it is text in which people may write anything, e.g. a telephone number, which does not end there. Default:
    /// no.
    static var isFreeText: Bool { get }
    /// Whether a part of a candidate stands for the candidate, as of a place's name. Default: except in free text, which
    /// stands for itself.
    static var meansCandidates: Bool { get }
    /// Checks that what a value names is there, e.g. the unit. Throws ``Refusal``. Default: nothing is checked.
    func check(in estate: Estate) throws
    /// The same value by the names that stand now: a unit's former code as the present one. Default: itself.
    func current(in estate: Estate) -> Self
    /// Reads text from a fact or an imported file, in any form in which people and spreadsheets write the value whole.
    /// Throws ``Refusal`` with cause `input`.
    init(text: String, zone: Zone) throws
    /// Reads text typed in a form or on a command line: the same, and what is relative: 明天, 14:30.
    init(typed text: String, _ present: Present) throws
    /// The text that ``init(text:zone:)`` reads.
    func text(zone: Zone) -> String
    /// The text in a table for people.
    func display(zone: Zone, language: Language) -> String
    /// The text in a sentence for people: an entity by its name instead of its id.
    func words(in estate: Estate, _ language: Language) -> String
    init(json: JSONValue, zone: Zone) throws
    /// Reads the canonical JSON that ``write(to:zone:)`` writes.
    init(scanning scanner: inout JSONScanner, zone: Zone) throws
    func write(to json: inout JSONWriter, zone: Zone)
}

extension FieldValue {
    public static var isRequired: Bool { true }
    public static func candidates(in estate: Estate) -> [Candidate] { [] }
    public var isAbsent: Bool { false }
    public static func isNothing(_ text: String) -> Bool { false }
    public static var isFreeText: Bool { false }
    public static var meansCandidates: Bool { !isFreeText }
    public func check(in estate: Estate) throws {}
    public func current(in estate: Estate) -> Self { self }

    public init(typed text: String, _ present: Present) throws { try self.init(text: text, zone: present.zone) }

    public func display(zone: Zone, language: Language) -> String { text(zone: zone) }

    public func words(in estate: Estate, _ language: Language) -> String {
        display(zone: estate.zone, language: language)
    }

    public init(json: JSONValue, zone: Zone) throws {
        switch json {
        case .string(let text), .number(let text): try self.init(text: text, zone: zone)
        case .bool(let value): try self.init(text: value ? "true" : "false", zone: zone)
        case .array(let elements):
            let texts = elements.map { if case .string(let text) = $0 { text } else { "" } }
            try self.init(text: texts.joined(separator: ","), zone: zone)
        case .null, .object:
            throw Refusal.input("field.type", "这里要填文字或数字", en: "text or a number is expected here")
        }
    }

    public init(scanning scanner: inout JSONScanner, zone: Zone) throws {
        try self.init(text: scanner.string(), zone: zone)
    }

    public func write(to json: inout JSONWriter, zone: Zone) { json.string(text(zone: zone)) }
}

/// A value that a form offers.
public struct Candidate: Hashable, Sendable {
    /// The text that the field reads.
    public let value: String
    /// The text that is shown.
    public let text: String
    public let detail: Label
    /// The matching values of other fields of the same action, by key.
    public let others: [String: String]
    /// A code by a part of which it is found as well: the visitor's plate.
    public let code: String?
    /// Whether it is over and seldom meant: it comes after all others.
    public let isPast: Bool

    init(
        _ value: String, text: String? = nil, detail: Label = .none, others: [String: String] = [:],
        code: String? = nil, isPast: Bool = false
    ) {
        (self.value, self.text, self.detail, self.others) = (value, text ?? value, detail, others)
        (self.code, self.isPast) = (code, isPast)
    }

    /// The same with a detail that reads the same in every language.
    init(_ value: String, text: String? = nil, detail: String, others: [String: String] = [:], code: String? = nil) {
        self.init(value, text: text, detail: Label(detail, en: detail), others: others, code: code)
    }

    /// Whether it is no value, but says that one has ended: nobody is to take it for a name.
    public var isLost: Bool {
        SealedObject.Loss.allCases.contains { $0.label.chinese == value || $0.label.chinese == others["name"] }
    }
}

/// The types of field values, for forms and documentation.
public indirect enum FieldType: Equatable, Sendable {
    case text
    case integer
    case amount
    case area
    /// A number with decimals.
    case decimal
    case date
    case moment
    case period
    case week
    case flag
    case choice([Choice])
    case unit
    /// A unit, or a place of the estate.
    case location
    /// A unit, a place, or a resident whose name is unique.
    case host
    case plate
    case phone
    case staff
    /// A staff member, or another person or firm by name.
    case worker
    /// The id of an entity, by the entity's name.
    case reference(String)
    case list(FieldType)
    case rows

    public struct Choice: Equatable, Sendable {
        public let value: String
        public let label: Label
        /// Further words for it.
        public let synonyms: [String]

        public init(value: String, label: Label, synonyms: [String] = []) {
            (self.value, self.label, self.synonyms) = (value, label, synonyms)
        }
    }

    /// The type of one value of a list; of any other type itself.
    var element: FieldType { if case .list(let element) = self { element } else { self } }

    /// The name in `frontdesk actions`.
    public var name: String {
        switch self {
        case .text: "text"
        case .integer: "integer"
        case .amount: "amount"
        case .area: "area"
        case .decimal: "number"
        case .date: "date"
        case .moment: "moment"
        case .period: "period"
        case .week: "week"
        case .flag: "yes|no"
        case .choice(let choices): choices.map(\.value).joined(separator: "|")
        case .unit: "unit"
        case .location: "unit|place"
        case .host: "unit|place|resident"
        case .plate: "plate"
        case .phone: "phone"
        case .staff: "staff"
        case .worker: "staff|name"
        case .reference(let kind): "\(kind) id"
        case .list(let element): "\(element.name), …"
        case .rows: "rows"
        }
    }
}

extension Record {
    /// The same record by the names that stand now, see ``FieldValue/current(in:)``.
    public func withCurrentNames(in estate: Estate) -> Self {
        if estate.people.formerCodes.isEmpty { return self }
        var record = self
        for scope in [FieldScope.asked, .stored] {
            var renamer = Renamer(scope: scope, estate: estate)
            try? record.fields(&renamer)
        }
        return record
    }
}

private struct Renamer: FieldVisitor {
    let scope: FieldScope
    let estate: Estate

    mutating func field<Value: FieldValue>(_ key: StaticString, _ value: inout Value, _ label: Label?) throws {
        value = value.current(in: estate)
    }

    // No particular is the code of a unit.
    mutating func particular<Value: FieldValue>(
        _ key: StaticString, _ value: inout Particular<Value>, _ label: Label?
    ) throws {}
}
