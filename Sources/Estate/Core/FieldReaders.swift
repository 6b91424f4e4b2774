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

    /// Checks that nothing is left but the closing brace.
    mutating func finish() throws {
        guard takeEnd(), scanner.isAtEnd else { throw scanner.malformed() }
    }

    /// Takes the closing brace if it comes next.
    mutating func takeEnd() -> Bool { scanner.take(UInt8(ascii: "}")) }
}

/// Reads a record from members in any order and names what is missing or malformed.
struct MemberReader: FieldVisitor {
    let scope: FieldScope
    private var members: [String: JSONValue]
    private let zone: Zone
    /// Set for members that a person typed: dates may then be relative.
    private let present: Present?
    /// Keys of the record, in order, for messages.
    private(set) var known: [String] = []

    init(_ members: [String: JSONValue], _ scope: FieldScope, zone: Zone) {
        (self.members, self.scope, self.zone, present) = (members, scope, zone, nil)
    }

    init(typed members: [String: JSONValue], _ present: Present) {
        (self.members, scope, zone, self.present) = (members, .asked, present.zone, present)
    }

    mutating func field<Value: FieldValue>(_ key: StaticString, _ value: inout Value, _ label: Label?) throws {
        let name = key.description
        known.append(name)
        guard let member = members.removeValue(forKey: name), member != .null, member != .string("") else {
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

    mutating func field<Value: FieldValue>(_ key: StaticString, _ value: inout Value, _ label: Label?) throws {
        if value.isAbsent, !keepsAbsent { return }
        json.key(key)
        value.write(to: &json, zone: zone)
    }
}
