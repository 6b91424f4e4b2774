/// A JSON value, used to merge two files before they are decoded.
enum JSONValue: Equatable, Sendable {
    case null
    case bool(Bool)
    case integer(Int)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])
}

extension JSONValue: Codable {
    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .array(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }
}

extension JSONValue {
    /// Applies a JSON merge patch (RFC 7396): objects are merged recursively, null removes a key, other values replace.
    func merging(_ patch: JSONValue) -> JSONValue {
        guard case .object(let changes) = patch else { return patch }
        var result: [String: JSONValue] = [:]
        if case .object(let values) = self { result = values }
        for (key, change) in changes {
            result[key] = change == .null ? nil : (result[key] ?? .null).merging(change)
        }
        return .object(result)
    }

    /// Merges `own` under `policy` keys. Elsewhere `own` may only repeat the present values, so that an edited copy of
    /// the shipped file is accepted.
    ///
    /// - Throws: `prescribed` for a changed value outside `policy`, `unknown` for a new key.
    func overridingPolicy(
        with own: JSONValue, at path: [String] = []
    ) throws(HandbookError.Reason) -> JSONValue {
        guard case .object(var values) = self, case .object(let changes) = own else {
            guard self == own else { throw .prescribed(path) }
            return self
        }
        for (key, change) in changes.sorted(by: { $0.key < $1.key }) {
            let place = path + [key]
            guard let value = values[key] else { throw .unknown(place) }
            if key == "policy" {
                try change.requireKeys(of: value, at: place)
                values[key] = value.merging(change)
            } else {
                values[key] = try value.overridingPolicy(with: change, at: place)
            }
        }
        return .object(values)
    }

    /// Throws `unknown` for a key that the shipped file lacks: it is probably misspelt and would have no effect.
    func requireKeys(of shipped: JSONValue, at path: [String]) throws(HandbookError.Reason) {
        guard case .object(let changes) = self, case .object(let known) = shipped else {
            throw .invalid(HandbookError.name(of: path), chinese: "应为对象", english: "has to be an object")
        }
        if let stray = changes.keys.sorted().first(where: { known[$0] == nil }) { throw .unknown(path + [stray]) }
    }
}
