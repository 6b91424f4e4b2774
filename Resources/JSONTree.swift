/// Parsed JSON, for merging two files before they are decoded.
public enum JSONTree: Equatable, Sendable {
    case null
    case bool(Bool)
    case integer(Int)
    case number(Double)
    case string(String)
    case array([JSONTree])
    case object([String: JSONTree])
}

extension JSONTree: Codable {
    public init(from decoder: any Decoder) throws {
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
        } else if let value = try? container.decode([JSONTree].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSONTree].self))
        }
    }

    public func encode(to encoder: any Encoder) throws {
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

extension JSONTree {
    /// The path of the first number that no sum, day or moment can be worked out with. The standards' are far below:
    /// amounts in fen below 10¹³, all others below 10⁹.
    func unboundedNumber(at path: [String] = []) -> [String]? {
        switch self {
        case .null, .bool, .string: nil
        case .integer(let value): value.magnitude < JSONTree.bound(of: path) ? nil : path
        case .number(let value): value.magnitude < Double(JSONTree.bound(of: path)) ? nil : path
        case .array(let values):
            values.enumerated().lazy.compactMap { $1.unboundedNumber(at: path + ["\($0 + 1)"]) }.first
        case .object(let values):
            values.sorted { $0.key < $1.key }.lazy.compactMap { $1.unboundedNumber(at: path + [$0]) }.first
        }
    }

    private static func bound(of path: [String]) -> UInt {
        path.last?.hasSuffix("Fen") == true ? 10_000_000_000_000 : 1_000_000_000
    }

    /// The value at a path of keys.
    func value(at path: [String]) -> JSONTree? {
        path.reduce(self as JSONTree?) { tree, key in if case .object(let values)? = tree { values[key] } else { nil } }
    }

    /// A single value as it stands in a file; `nil` for an array, an object and `null`.
    var scalar: String? {
        switch self {
        case .bool(let value): "\(value)"
        case .integer(let value): "\(value)"
        case .number(let value): "\(value)"
        case .string(let value): "“\(value)”"
        case .null, .array, .object: nil
        }
    }

    /// A JSON merge patch (RFC 7396): objects merge deeply, null removes, everything else replaces.
    func merging(_ patch: JSONTree) -> JSONTree {
        guard case .object(let changes) = patch else { return patch }
        var result: [String: JSONTree] = [:]
        if case .object(let values) = self { result = values }
        for (key, change) in changes {
            result[key] = change == .null ? nil : (result[key] ?? .null).merging(change)
        }
        return .object(result)
    }

    /// Merges what lies under `policy` keys. Outside them the estate's file may repeat what the standards say, so that
    /// it may be an edited copy, but not change it.
    func overridingPolicy(
        with own: JSONTree, at path: [String] = []
    ) throws(HandbookError.Reason) -> JSONTree {
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

    /// A key the handbook does not ask for is a slip of the pen: better said than passed over.
    func requireKeys(of shipped: JSONTree, at path: [String]) throws(HandbookError.Reason) {
        guard case .object(let changes) = self, case .object(let known) = shipped else {
            throw .invalid(HandbookError.name(of: path), chinese: "应为对象", english: "has to be an object")
        }
        if let stray = changes.keys.sorted().first(where: { known[$0] == nil }) { throw .unknown(path + [stray]) }
    }
}
