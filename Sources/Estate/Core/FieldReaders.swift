import Journal

/// Reads a record from canonical JSON, field by field in order; throws when the shape is any other.
struct CanonicalReader: FieldVisitor {
    private(set) var scanner: JSONScanner
    private let zone: Zone
    private var isFirst: Bool

    /// `scanner` stands behind the opening brace, or behind a first member when `isFirst` is false.
    init(_ scanner: JSONScanner, isFirst: Bool, zone: Zone) {
        self.scanner = scanner
        self.isFirst = isFirst
        self.zone = zone
    }

    @inline(__always)
    mutating func field<Value: FieldValue>(_ key: StaticString, _ value: inout Value, _ label: Label) throws {
        var ahead = scanner
        if isFirst || ahead.take(UInt8(ascii: ",")), ahead.takeKey(key) {
            value = try Value(scanning: &ahead, zone: zone)
            scanner = ahead
            isFirst = false
        } else if Value.isRequired {
            throw scanner.malformed()
        }
    }

    /// Checks that nothing is left but the closing brace.
    mutating func finish() throws {
        guard takeEnd(), scanner.isAtEnd else { throw scanner.malformed() }
    }

    /// Takes the closing brace if it comes next.
    mutating func takeEnd() -> Bool { scanner.take(UInt8(ascii: "}")) }
}

/// Reads a record from members in any order and names what is missing or malformed.
struct MemberReader: FieldVisitor {
    private var members: [String: JSONValue]
    private let zone: Zone
    /// For members that somebody typed.
    private let present: Present?
    /// Keys of the record, in order, for messages.
    private(set) var known: [String] = []

    init(_ members: [String: JSONValue], zone: Zone) {
        (self.members, self.zone, present) = (members, zone, nil)
    }

    init(_ members: [String: JSONValue], _ present: Present) {
        (self.members, self.zone, self.present) = (members, present.zone, present)
    }

    mutating func field<Value: FieldValue>(_ key: StaticString, _ value: inout Value, _ label: Label) throws {
        let name = key.description
        known.append(name)
        guard let member = members.removeValue(forKey: name), member != .null, member != .string("") else {
            if Value.isRequired {
                throw Refusal(
                    .input, "field.missing", "缺少必填项：\(label.chinese)（\(name)）",
                    en: "a required field is missing: \(name)",
                    field: name)
            }
            return
        }
        do {
            if let present, case .string(let text) = member {
                value = try Value(typed: text, present)
            } else {
                value = try Value(json: member, zone: zone)
            }
        } catch let refusal as Refusal {
            throw refusal.about(name)
        }
    }

    /// Refuses members that are no field of the record.
    func refuseOthers() throws {
        guard let stranger = members.keys.sorted().first else { return }
        throw Refusal(
            .input, "field.unknown", "没有这个字段：\(stranger)（有：\(known.joined(separator: "、"))）",
            en: "there is no field \(stranger) (there are: \(known.joined(separator: ", ")))", field: stranger)
    }
}

/// Writes a record's members; absent ones are left out of facts and are `null` in rows.
struct JSONRecordWriter: FieldVisitor {
    var json: JSONWriter
    let zone: Zone
    let keepsAbsent: Bool

    mutating func field<Value: FieldValue>(_ key: StaticString, _ value: inout Value, _ label: Label) throws {
        if value.isAbsent, !keepsAbsent { return }
        json.key(key)
        value.write(to: &json, zone: zone)
    }
}

/// One field of a record, described.
public struct FieldDescription: Sendable {
    public let key: String
    public let label: Label
    public let type: FieldType
    public var isRequired: Bool
    /// What a form offers to choose from.
    public let candidates: @Sendable (Estate) -> [Candidate]
    /// The text that a script reads for what was typed. Throws ``Refusal``.
    public let normalise: @Sendable (String, Present) throws -> String
}

private struct Describer: FieldVisitor {
    var fields: [FieldDescription] = []

    mutating func field<Value: FieldValue>(_ key: StaticString, _ value: inout Value, _ label: Label) throws {
        fields.append(
            FieldDescription(
                key: key.description, label: label, type: Value.type, isRequired: Value.isRequired,
                candidates: { Value.candidates(in: $0) },
                normalise: { try Value(typed: $0, $1).text(zone: $1.zone) }))
    }
}

/// The texts of a record's fields, in order.
private struct TextCollector: FieldVisitor {
    let zone: Zone
    /// `nil` gives what a script reads.
    let language: Language?
    var texts: [String] = []

    mutating func field<Value: FieldValue>(_ key: StaticString, _ value: inout Value, _ label: Label) throws {
        texts.append(language.map { value.display(zone: zone, language: $0) } ?? value.text(zone: zone))
    }
}

extension Record {
    /// The record's fields, in canonical order.
    public static var description: [FieldDescription] {
        var record = Self()
        var describer = Describer()
        try? record.fields(&describer)
        return describer.fields
    }

    /// Reads a record from members in any order. Throws ``Refusal`` with cause `input`.
    public init(members: [String: JSONValue], zone: Zone) throws {
        try self.init(MemberReader(members, zone: zone))
    }

    /// The same from members that somebody typed.
    public init(members: [String: JSONValue], _ present: Present) throws {
        try self.init(MemberReader(members, present))
    }

    private init(_ reader: MemberReader) throws {
        self.init()
        var reader = reader
        try fields(&reader)
        try reader.refuseOthers()
    }

    /// What a script reads, field by field.
    public func texts(zone: Zone) -> [String] { collect(TextCollector(zone: zone, language: nil)) }

    /// What a person reads, field by field.
    public func displayed(zone: Zone, language: Language) -> [String] {
        collect(TextCollector(zone: zone, language: language))
    }

    private func collect(_ collector: TextCollector) -> [String] {
        var (record, collector) = (self, collector)
        try? record.fields(&collector)
        return collector.texts
    }

    /// The record as one JSON object, absent fields as `null`.
    public func writeRow(to json: inout JSONWriter, zone: Zone) {
        var (record, writer) = (self, JSONRecordWriter(json: json, zone: zone, keepsAbsent: true))
        writer.json.openObject()
        try? record.fields(&writer)
        writer.json.closeObject()
        json = writer.json
    }
}

/// A record inside a record: an allocation of a payment, a skipped day.
public protocol Part: Record, FieldValue {}

extension Part {
    public static var type: FieldType { .rows }
    public static var placeholder: Self { Self() }

    public init(text: String, zone: Zone) throws { try self.init(json: JSONValue(parsing: text), zone: zone) }

    public func text(zone: Zone) -> String { texts(zone: zone).joined(separator: " ") }

    public init(json: JSONValue, zone: Zone) throws {
        guard case .object(let members) = json else {
            throw Refusal.input("field.type", "这里要填对象", en: "an object is expected here")
        }
        // Parts stand in facts only, where what a newer program added is passed over.
        self.init()
        var reader = MemberReader(members, zone: zone)
        try fields(&reader)
    }

    public init(scanning scanner: inout JSONScanner, zone: Zone) throws {
        var ahead = scanner
        if ahead.take("{") {
            self.init()
            var reader = CanonicalReader(ahead, isFirst: true, zone: zone)
            if (try? fields(&reader)) != nil, reader.takeEnd() {
                scanner = reader.scanner
                return
            }
        }
        try self.init(json: scanner.value(), zone: zone)
    }

    public func write(to json: inout JSONWriter, zone: Zone) { writeRow(to: &json, zone: zone) }
}
