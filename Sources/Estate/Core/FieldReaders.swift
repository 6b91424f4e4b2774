import Journal

/// Reads a record from canonical JSON: the fields in order, absent ones left out. Throws on any other shape; lines that
/// another program wrote are read by ``MemberReader``.
struct CanonicalReader: FieldVisitor {
    private(set) var scanner: JSONScanner
    private let zone: Zone
    private var isFirst: Bool
    /// The particulars that the line has sealed.
    private let sealed: SealedObject?

    /// `scanner` stands after the opening brace, or after a first member if `isFirst` is false.
    init(_ scanner: JSONScanner, isFirst: Bool, zone: Zone, sealed: SealedObject? = nil) {
        self.scanner = scanner
        self.isFirst = isFirst
        self.zone = zone
        self.sealed = sealed
    }

    @inline(__always)
    mutating func field<Value: FieldValue>(_ key: StaticString, _ value: inout Value, _ label: Label?) throws {
        var ahead = scanner
        if isFirst || ahead.take(UInt8(ascii: ",")), ahead.takeKey(key) {
            value = try Value(scanning: &ahead, zone: zone)
            scanner = ahead
            isFirst = false
        } else if Value.isRequired {
            throw scanner.malformed()
        }
    }

    /// What is not in the plain data stays sealed, if the line has sealed anything.
    @inline(__always)
    mutating func particular<Value: FieldValue>(
        _ key: StaticString, _ value: inout Particular<Value>, _ label: Label?
    ) throws {
        guard let sealed else { return try field(key, &value, label) }
        var ahead = scanner
        if isFirst || ahead.take(UInt8(ascii: ",")), ahead.takeKey(key) {
            try field(key, &value, label)
        } else {
            value = Particular(sealed, key)
        }
    }

    /// Checks that the closing brace ends the text.
    mutating func finish() throws {
        guard takeEnd(), scanner.isAtEnd else { throw scanner.malformed() }
    }

    /// Consumes the closing brace if it comes next.
    mutating func takeEnd() -> Bool { scanner.take(UInt8(ascii: "}")) }
}

/// Reads a record from members in any order. Its refusals name the missing or malformed field.
struct MemberReader: FieldVisitor {
    let scope: FieldScope
    private let members: [String: JSONValue]
    private let zone: Zone
    /// Set for typed members: dates may be relative to it.
    private let present: Present?
    private var sealed: SealedObject?
    /// The number of members that are fields of the record.
    private var found = 0

    init(_ members: [String: JSONValue], _ scope: FieldScope, zone: Zone, sealed: SealedObject? = nil) {
        (self.members, self.scope, self.zone, present) = (members, scope, zone, nil)
        self.sealed = sealed
    }

    init(typed members: [String: JSONValue], _ present: Present) {
        (self.members, scope, zone, self.present) = (members, .asked, present.zone, present)
    }

    mutating func field<Value: FieldValue>(_ key: StaticString, _ value: inout Value, _ label: Label?) throws {
        let name = key.description
        let member = members[name]
        if member != nil { found += 1 }
        guard let member, member != .null, !isNothing(member, Value.self) else {
            if Value.isRequired {
                let label = label ?? Glossary.label(of: name)
                throw Refusal(
                    .input, "field.missing", "缺少必填项：\(label.chinese)（\(name)）",
                    en: "a required field is missing: \(name)", field: name)
            }
            return
        }
        do {
            if let present, case .string(let text) = member {
                value = try Value(typed: text, present)
            } else {
                value = try scope == .stored ? Value(stored: member, zone: zone) : Value(json: member, zone: zone)
            }
        } catch let refusal as Refusal {
            throw refusal.about(name)
        }
    }

    /// Whether a member is empty, or says that there is no value, which a person may and a fact does not.
    private func isNothing<Value: FieldValue>(_ member: JSONValue, _: Value.Type) -> Bool {
        guard case .string(let text) = member else { return false }
        return text.isEmpty || scope == .asked && Value.isNothing(text)
    }

    mutating func particular<Value: FieldValue>(
        _ key: StaticString, _ value: inout Particular<Value>, _ label: Label?
    ) throws {
        if let sealed, members[key.description] == nil {
            value = Particular(sealed, key)
        } else {
            try field(key, &value, label)
        }
    }

    /// Throws ``Refusal`` `field.unknown` for members that are no fields of a kind of record.
    func refuseOthers<Kind: Record>(than _: Kind.Type) throws {
        if found == members.count { return }
        let known = Kind.description(scope).map(\.key)
        guard let unknown = members.keys.filter({ !known.contains($0) }).min() else { return }
        throw Refusal(
            .input, "field.unknown", "没有这个字段：\(unknown)（有：\(known.joined(separator: "、"))）",
            en: "there is no field \(unknown) (there are: \(known.joined(separator: ", ")))", field: unknown)
    }
}

extension FieldValue {
    /// Reads a value from a recorded fact, even if it would be refused in a form today.
    fileprivate init(stored json: JSONValue, zone: Zone) throws {
        do { try self.init(json: json, zone: zone) } catch let refusal as Refusal {
            guard case .string(let text) = json else { throw refusal }
            var writer = JSONWriter()
            writer.string(text)
            let value = writer.bytes.withUnsafeBytes { bytes in
                var scanner = JSONScanner(bytes)
                return try? Self(scanning: &scanner, zone: zone)
            }
            guard let value else { throw refusal }
            self = value
        }
    }
}

/// Writes a record's members. Absent values are left out of facts; in nested parts (`keepsAbsent`) they become `null`.
struct JSONRecordWriter: FieldVisitor {
    var json: JSONWriter
    let zone: Zone
    let keepsAbsent: Bool
    /// The keys of the fields that are sealed, and their members apart from the others.
    var sealedKeys: Set<String> = []
    var sealed = JSONWriter()
    private(set) var hasSealed = false

    init(json: JSONWriter, zone: Zone, keepsAbsent: Bool) {
        (self.json, self.zone, self.keepsAbsent) = (json, zone, keepsAbsent)
    }

    mutating func field<Value: FieldValue>(_ key: StaticString, _ value: inout Value, _ label: Label?) throws {
        if value.isAbsent, !keepsAbsent { return }
        json.key(key)
        value.write(to: &json, zone: zone)
    }

    mutating func particular<Value: FieldValue>(
        _ key: StaticString, _ value: inout Particular<Value>, _ label: Label?
    ) throws {
        // What was read sealed is not in the plain data.
        guard var value = value.plain else { return }
        guard sealedKeys.contains(key.description) else { return try field(key, &value, label) }
        if value.isAbsent { return }
        hasSealed = true
        sealed.key(key)
        value.write(to: &sealed, zone: zone)
    }
}
