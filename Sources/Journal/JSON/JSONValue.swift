/// A JSON value. A number keeps its digits, so amounts stay exact.
public enum JSONValue: Equatable, Sendable {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// A key that an object has twice.
    public struct RepeatedKey: Error {
        public let key: String
    }

    /// Parses a text that is one value. Of equal keys in an object, the last one counts.
    ///
    /// - Parameter refusesRepeats: equal keys are refused.
    /// - Throws: ``JSONScanner/Malformed``, ``RepeatedKey``.
    public init(parsing text: String, refusesRepeats: Bool = false) throws {
        var text = text
        self = try text.withUTF8 { buffer in
            var scanner = JSONScanner(UnsafeRawBufferPointer(buffer))
            let value = try scanner.value(refusesRepeats: refusesRepeats)
            guard scanner.isAtEnd else { throw JSONScanner.Malformed(position: scanner.position) }
            return value
        }
    }
}

extension JSONScanner {
    /// Deepest nesting of arrays and objects; deeper text is malformed.
    private static let maximumDepth = 64

    /// Takes a value and the space around it. Of equal keys in an object, the last one counts.
    ///
    /// - Throws: ``Malformed``.
    public mutating func value() throws -> JSONValue { try value(refusesRepeats: false) }

    fileprivate mutating func value(refusesRepeats: Bool, depth: Int = 0) throws -> JSONValue {
        guard depth < JSONScanner.maximumDepth else { throw malformed() }
        skipSpace()
        defer { skipSpace() }
        switch next {
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "{"): return try object(refusesRepeats, depth: depth)
        case UInt8(ascii: "["): return try array(refusesRepeats, depth: depth)
        case UInt8(ascii: "n"):
            guard take("null") else { throw malformed() }
            return .null
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .bool(try bool())
        default: return .number(try numberText())
        }
    }

    private mutating func object(_ refusesRepeats: Bool, depth: Int) throws -> JSONValue {
        var members: [String: JSONValue] = [:]
        position += 1
        skipSpace()
        if take(UInt8(ascii: "}")) { return .object(members) }
        repeat {
            skipSpace()
            let key = try string()
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw malformed() }
            let member = try value(refusesRepeats: refusesRepeats, depth: depth + 1)
            if members.updateValue(member, forKey: key) != nil, refusesRepeats {
                throw JSONValue.RepeatedKey(key: key)
            }
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw malformed() }
        return .object(members)
    }

    private mutating func array(_ refusesRepeats: Bool, depth: Int) throws -> JSONValue {
        var elements: [JSONValue] = []
        position += 1
        skipSpace()
        if take(UInt8(ascii: "]")) { return .array(elements) }
        repeat {
            let element = try value(refusesRepeats: refusesRepeats, depth: depth + 1)
            elements.append(element)
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw malformed() }
        return .array(elements)
    }

    private mutating func numberText() throws -> String {
        let start = position
        _ = take(UInt8(ascii: "-"))
        try digits(leadingZero: false)
        if take(UInt8(ascii: ".")) { try digits(leadingZero: true) }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try digits(leadingZero: true)
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func digits(leadingZero: Bool) throws {
        let start = position
        while let byte = next, byte >= 48, byte <= 57 { position += 1 }
        guard position > start, leadingZero || bytes[start] != 48 || position == start + 1 else { throw malformed() }
    }
}
