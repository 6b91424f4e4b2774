import Journal

/// A value that concerns a person and can end (个人信息): open in memory, sealed in the journal, or ended with its key.
///
/// Facts and the state hold it as the journal has it. Only decisions and views open it: a state must be the same
/// whether its keys are there or not.
public struct Particular<Value: FieldValue>: Sendable {
    private enum Storage: Sendable {
        case open(Value)
        case sealed(SealedObject, StaticString)
        case lost(SealedObject.Loss)
    }

    private let storage: Storage

    /// What a particular shows.
    public enum Disclosure: Sendable {
        case open(Value)
        case lost(SealedObject.Loss)
    }

    public init(_ value: Value) { storage = .open(value) }

    /// A field of a sealed object.
    init(_ object: SealedObject, _ key: StaticString) { storage = .sealed(object, key) }

    private init(_ loss: SealedObject.Loss) { storage = .lost(loss) }

    /// The value as the fact states it in plain text: not yet sealed, or recorded before particulars were.
    var plain: Value? { if case .open(let value) = storage { value } else { nil } }

    public var disclosure: Disclosure {
        switch storage {
        case .open(let value): .open(value)
        case .lost(let loss): .lost(loss)
        case .sealed(let object, let key):
            switch object.member(key, Particular.read) {
            case .success(let value): .open(value ?? Value.placeholder)
            case .failure(let loss): .lost(loss)
            }
        }
    }

    private static func read(_ json: UnsafeRawBufferPointer) -> Value? {
        var scanner = JSONScanner(json)
        return try? Value(scanning: &scanner, zone: .shanghai)
    }

    /// The value; `nil` if it has ended or cannot be read.
    public var value: Value? { if case .open(let value) = disclosure { value } else { nil } }

    func map<Other: FieldValue>(_ body: (Value) -> Other) -> Particular<Other> {
        switch disclosure {
        case .open(let value): Particular<Other>(body(value))
        case .lost(let loss): Particular<Other>(loss)
        }
    }

    /// The text in a sentence.
    func text(_ body: (Value) -> String) -> String {
        switch disclosure {
        case .open(let value): body(value)
        case .lost(let loss): loss.label.chinese
        }
    }
}

extension Particular: FieldValue {
    public static var type: FieldType { Value.type }
    public static var isRequired: Bool { Value.isRequired }
    public static var isFreeText: Bool { Value.isFreeText }
    public static var placeholder: Particular { Particular(Value.placeholder) }
    public static func candidates(in estate: Estate) -> [Candidate] { Value.candidates(in: estate) }

    public static func isNothing(_ text: String) -> Bool { Value.isNothing(text) }
    public func check(in estate: Estate) throws { try value?.check(in: estate) }
    public var isAbsent: Bool { value.map(\.isAbsent) ?? false }

    public init(text: String, zone: Zone) throws { self.init(try Value(text: text, zone: zone)) }
    public init(typed text: String, _ present: Present) throws { self.init(try Value(typed: text, present)) }
    public init(json: JSONValue, zone: Zone) throws { self.init(try Value(json: json, zone: zone)) }

    public init(scanning scanner: inout JSONScanner, zone: Zone) throws {
        self.init(try Value(scanning: &scanner, zone: zone))
    }

    public func text(zone: Zone) -> String { text { $0.text(zone: zone) } }

    public func display(zone: Zone, language: Language) -> String {
        shown(language) { $0.display(zone: zone, language: language) }
    }

    public func words(in estate: Estate, _ language: Language) -> String {
        shown(language) { $0.words(in: estate, language) }
    }

    private func shown(_ language: Language, _ body: (Value) -> String) -> String {
        switch disclosure {
        case .open(let value): body(value)
        case .lost(let loss): loss.label[language]
        }
    }

    public func write(to json: inout JSONWriter, zone: Zone) {
        switch disclosure {
        case .open(let value): value.write(to: &json, zone: zone)
        case .lost(let loss): json.string(loss.label.chinese)
        }
    }
}

extension Particular {
    /// Whether there may be a value, as far as that is known without opening.
    func isGiven<Wrapped>() -> Bool where Value == Wrapped? {
        if case .open(nil) = storage { false } else { true }
    }
}

extension Particular {
    /// The same where there is a value, without opening it.
    func required<Wrapped>() -> Particular<Wrapped> where Value == Wrapped? {
        switch storage {
        case .open(let value): Particular<Wrapped>(value ?? Wrapped.placeholder)
        case .sealed(let object, let key): Particular<Wrapped>(object, key)
        case .lost(let loss): Particular<Wrapped>(loss)
        }
    }
}

extension Particular<String> {
    /// The text, or that it has ended.
    var text: String { text { $0 } }
}
