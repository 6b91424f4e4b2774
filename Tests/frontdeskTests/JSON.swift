import Foundation

/// A JSON value with lenient access: a missing member or element, or invalid JSON, is `nothing`.
enum JSON: Decodable {
    case nothing, null
    case flag(Bool)
    case number(Double)
    case text(String)
    case array([JSON])
    case object([String: JSON])

    init(_ text: String) {
        self = (try? JSONDecoder().decode(JSON.self, from: Data(text.utf8))) ?? .nothing
    }

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let flag = try? value.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? value.decode(Double.self) {
            self = .number(number)
        } else if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let array = try? value.decode([JSON].self) {
            self = .array(array)
        } else {
            self = .object(try value.decode([String: JSON].self))
        }
    }

    subscript(_ key: String) -> JSON {
        if case .object(let members) = self { members[key] ?? .nothing } else { .nothing }
    }
    subscript(_ index: Int) -> JSON { array.indices.contains(index) ? array[index] : .nothing }
    var keys: Set<String> { if case .object(let members) = self { Set(members.keys) } else { [] } }
    var array: [JSON] { if case .array(let elements) = self { elements } else { [] } }
    var text: String? { if case .text(let text) = self { text } else { nil } }
    var number: Int? { if case .number(let number) = self { Int(number) } else { nil } }
    var flag: Bool? { if case .flag(let flag) = self { flag } else { nil } }
    var isNull: Bool { if case .null = self { true } else { false } }
    var exists: Bool { if case .nothing = self { false } else { true } }
}
