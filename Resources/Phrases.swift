import Foundation

extension Handbook {
    /// The twelve classes of courtesy phrases (语言管理), section 2.
    public enum PhraseClass: String, Codable, CaseIterable, Sendable {
        case greeting, welcome, blessing, farewell, apology, thanks
        case reply, enquiry, request, consultation, explanation, basic
    }

    /// What one says, by class: the prescribed phrases to the letter, and the estate's own behind them.
    public struct Phrases: Decodable, Equatable, Sendable {
        public struct Group: Decodable, Equatable, Sendable, Identifiable {
            public let id: PhraseClass
            public let clause: String
            /// The class's Chinese name, such as 问候语.
            public let name: String
            /// In the standards' order; no estate can take one away.
            public let prescribed: [String]
            private let added: [String]?

            /// The estate's own, which follow the prescribed ones.
            public var own: [String] { added ?? [] }
            public var all: [String] { prescribed + own }

            private enum CodingKeys: String, CodingKey {
                case id, clause, name, added
                case prescribed = "phrases"
            }
        }

        public let clause: String
        /// In the standards' order.
        public let classes: [Group]

        public subscript(id: PhraseClass) -> Group {
            guard let group = classes.first(where: { $0.id == id }) else {
                preconditionFailure("check() lets no handbook without \(id) pass")
            }
            return group
        }

        /// The class called so, by its key (`greeting`) or its Chinese name (问候语).
        public func group(named name: String) -> Group? {
            classes.first { $0.id.rawValue == name || $0.name == name }
        }
    }
}

extension Handbook.Phrases: Chapter {
    static let file = "phrases.json"
    static var shipped: [UInt8] { PackageResources.phrases_json }

    /// An estate only ever adds: `{"classes":[{"id":"blessing","phrases":["祝您中秋快乐"]}]}`. A prescribed phrase its
    /// file leaves out stays, and one it repeats is not doubled.
    static func merged(_ shipped: JSONValue, with own: JSONValue) throws(HandbookError.Reason) -> JSONValue {
        guard case .object(var chapter) = shipped, case .array(let groups) = chapter["classes"] else { return shipped }
        var additions = try additions(in: own)
        let merged = groups.map { group -> JSONValue in
            guard let id = group["id"]?.text, let wanted = additions.removeValue(forKey: id) else { return group }
            let prescribed = group["phrases"]?.elements ?? []
            let added = wanted.reduce(into: [JSONValue]()) { added, phrase in
                if !prescribed.contains(phrase), !added.contains(phrase) { added.append(phrase) }
            }
            return group.merging(.object(["added": .array(added)]))
        }
        if let stray = additions.keys.sorted().first { throw .unknown(["classes", stray]) }
        chapter["classes"] = .array(merged)
        return .object(chapter)
    }

    private static func additions(in own: JSONValue) throws(HandbookError.Reason) -> [String: [JSONValue]] {
        var additions: [String: [JSONValue]] = [:]
        guard let groups = own["classes"]?.elements else {
            throw .invalid("classes", chinese: "应为列表", english: "has to be a list")
        }
        for group in groups {
            guard let id = group["id"]?.text, let phrases = group["phrases"]?.elements else {
                throw .invalid("classes", chinese: "每项应有 id 和 phrases", english: "needs an id and phrases in each")
            }
            additions[id, default: []] += phrases
        }
        return additions
    }

    func check() throws(HandbookError.Reason) {
        try require(
            classes.map(\.id) == Handbook.PhraseClass.allCases, "classes", "应为规定的十二类", "has to be the twelve classes")
        for group in classes {
            let blank = group.all.contains { $0.trimmingCharacters(in: .whitespacesAndNewlines).isEmpty }
            try require(!blank, group.id.rawValue, "中有空白用语", "has a blank phrase")
        }
    }
}

extension JSONValue {
    fileprivate subscript(key: String) -> JSONValue? {
        if case .object(let values) = self { values[key] } else { nil }
    }

    fileprivate var text: String? {
        if case .string(let value) = self { value } else { nil }
    }

    fileprivate var elements: [JSONValue]? {
        if case .array(let values) = self { values } else { nil }
    }
}
