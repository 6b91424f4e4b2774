import Journal

/// A value with named fields: a fact, an action, a view's parameters.
///
/// The one list in ``fields(_:)`` serves reading, writing, forms, `frontdesk actions` and the documentation.
public protocol Record: Sendable {
    /// A record with placeholders in its required fields and nothing in the others.
    init()
    /// Shows every field to a visitor, in canonical order.
    mutating func fields(_ visitor: inout some FieldVisitor) throws
}

/// One pass over a record's fields: reads, writes or describes each of them.
public protocol FieldVisitor {
    /// Which fields the pass visits, where an action and its fact are one type.
    var scope: FieldScope { get }
    /// `label` is `nil` for a field whose words are those of the ``Glossary``.
    mutating func field<Value: FieldValue>(_ key: StaticString, _ value: inout Value, _ label: Label?) throws
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

    /// A field that is recorded and not asked for: the action fills it in.
    @inline(__always)
    public mutating func derived<Value: FieldValue>(_ key: StaticString, _ value: inout Value) throws {
        if scope == .stored { try field(key, &value, nil) }
    }

    /// A field that is asked for and not recorded.
    @inline(__always)
    public mutating func asked<Value: FieldValue>(
        _ key: StaticString, _ value: inout Value, _ label: Label? = nil
    ) throws {
        if scope == .asked { try field(key, &value, label) }
    }
}

/// What a field may hold.
public protocol FieldValue: Sendable {
    static var type: FieldType { get }
    /// Whether a record needs a value here.
    static var isRequired: Bool { get }
    /// What the field holds before it is read.
    static var placeholder: Self { get }
    /// What a form offers to choose from, best first.
    static func candidates(in estate: Estate) -> [Candidate]
    /// Nothing is there.
    var isAbsent: Bool { get }
    /// Reads the text of a fact, or of a file that is imported. Throws ``Refusal`` with cause `input`.
    init(text: String, zone: Zone) throws
    /// Reads what a person typed in a form or on a command line, who may also say 明天 or 14:30.
    init(typed text: String, _ present: Present) throws
    /// The text that ``init(text:zone:)`` reads.
    func text(zone: Zone) -> String
    /// What a person reads in a table.
    func display(zone: Zone, language: Language) -> String
    /// The same in a sentence: a thing by what people call it, and not by its id.
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
    /// What the field reads.
    public let value: String
    /// What a person reads.
    public let text: String
    public let detail: String
    /// What goes with it in other fields of the same action, by their keys.
    public let others: [String: String]

    init(_ value: String, text: String? = nil, detail: String = "", others: [String: String] = [:]) {
        (self.value, self.text, self.detail, self.others) = (value, text ?? value, detail, others)
    }
}

/// The kinds of values, as forms and documentation know them.
public indirect enum FieldType: Equatable, Sendable {
    case text
    case integer
    case amount
    case area
    case date
    case moment
    case period
    case week
    case flag
    case choice([Choice])
    case unit
    /// A unit, or a resident whose name is unique.
    case host
    case plate
    case phone
    case staff
    /// A staff member, or somebody else by name.
    case worker
    /// The id of something, by the name of its kind.
    case reference(String)
    case list(FieldType)
    case rows

    public struct Choice: Equatable, Sendable {
        public let value: String
        public let label: Label

        public init(value: String, label: Label) { (self.value, self.label) = (value, label) }
    }

    /// As `frontdesk actions` names it.
    public var name: String {
        switch self {
        case .text: "text"
        case .integer: "integer"
        case .amount: "amount"
        case .area: "area"
        case .date: "date"
        case .moment: "moment"
        case .period: "period"
        case .week: "week"
        case .flag: "yes|no"
        case .choice(let choices): choices.map(\.value).joined(separator: "|")
        case .unit: "unit"
        case .host: "unit|resident"
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
