import Journal

/// A record as the value of a field, e.g. an allocation of a payment or a skipped day.
public protocol Part: Record, FieldValue {}

extension Part {
    public static var type: FieldType { .rows }
    public static var placeholder: Self { Self() }

    public init(text: String, zone: Zone) throws { try self.init(json: JSONValue(parsing: text), zone: zone) }

    public func text(zone: Zone) -> String {
        var (record, collector) = (self, TextCollector(zone: zone))
        try? record.fields(&collector)
        return collector.texts.joined(separator: " ")
    }

    public init(json: JSONValue, zone: Zone) throws {
        guard case .object(let members) = json else {
            throw Refusal.input("field.type", "这里要填对象", en: "an object is expected here")
        }
        // Parts occur only in facts, so unknown keys, which a newer version wrote, are ignored.
        self.init()
        var reader = MemberReader(members, .stored, zone: zone)
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

    public func write(to json: inout JSONWriter, zone: Zone) {
        var (record, writer) = (self, JSONRecordWriter(json: json, zone: zone, keepsAbsent: true))
        writer.json.openObject()
        try? record.fields(&writer)
        writer.json.closeObject()
        json = writer.json
    }
}

private struct TextCollector: FieldVisitor {
    let zone: Zone
    var texts: [String] = []

    mutating func field<Value: FieldValue>(_ key: StaticString, _ value: inout Value, _ label: Label?) throws {
        texts.append(value.text(zone: zone))
    }
}
