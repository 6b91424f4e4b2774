import Journal

/// One field of a record, described.
public struct FieldDescription: Sendable {
    public let key: String
    public let label: Label
    public let type: FieldType
    public var isRequired: Bool
    /// See ``FieldValue/isFreeText``.
    let isFreeText: Bool
    /// See ``FieldValue/meansCandidates``.
    public let meansCandidates: Bool
    /// The values that a form offers.
    public let candidates: @Sendable (Estate) -> [Candidate]
    /// Converts typed text to the canonical text that facts and scripts use. Throws ``Refusal``.
    public let normalise: @Sendable (String, Present) throws -> String
    /// Checks that what a canonical text names is there. Throws ``Refusal``.
    public let check: @Sendable (String, Estate) throws -> Void
    /// A canonical text by the names that stand now, see ``FieldValue/current(in:)``.
    let current: @Sendable (String, Estate) -> String

    /// `key=…`, which goes with every action; see ``IdempotencyKey``.
    public static let idempotencyKey = FieldDescription(
        "key", Label("重发只记一次", en: "sent again, recorded once"), of: String?.self)

    init<Value: FieldValue>(_ key: String, _ label: Label?, of _: Value.Type) {
        (self.key, self.label) = (key, label ?? Glossary.label(of: key))
        (type, isRequired) = (Value.type, Value.isRequired)
        (isFreeText, meansCandidates) = (Value.isFreeText, Value.meansCandidates)
        candidates = { Value.candidates(in: $0) }
        normalise = { try Value(typed: $0, $1).text(zone: $1.zone) }
        check = { try Value(text: $0, zone: $1.zone).check(in: $1) }
        current = { text, estate in
            if estate.people.formerCodes.isEmpty { return text }
            return (try? Value(text: text, zone: estate.zone).current(in: estate).text(zone: estate.zone)) ?? text
        }
    }
}

private struct Describer: FieldVisitor {
    let scope: FieldScope
    var fields: [FieldDescription] = []

    mutating func field<Value: FieldValue>(_ key: StaticString, _ value: inout Value, _ label: Label?) throws {
        fields.append(FieldDescription(key.description, label, of: Value.self))
    }
}

extension Record {
    /// The fields that a person or a script gives, in canonical order.
    public static var description: [FieldDescription] { description(.asked) }

    /// The fields of one scope, in canonical order.
    static func description(_ scope: FieldScope) -> [FieldDescription] {
        var (record, describer) = (Self(), Describer(scope: scope))
        try? record.fields(&describer)
        return describer.fields
    }

    /// Reads a record from members in any order. Throws ``Refusal`` with cause `input`.
    public init(members: [String: JSONValue], zone: Zone) throws {
        try self.init(MemberReader(members, .asked, zone: zone))
    }

    /// The same from typed members, in which dates may be relative.
    public init(members: [String: JSONValue], _ present: Present) throws {
        try self.init(MemberReader(typed: members, present))
    }

    private init(_ reader: MemberReader) throws {
        self.init()
        var reader = reader
        try fields(&reader)
        try reader.refuseOthers(than: Self.self)
    }
}
