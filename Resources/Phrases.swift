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
            public let english: String
            /// In the standards' order; no estate can take one away.
            public let prescribed: [String]
            private let added: [String]?

            /// The estate's own, which follow the prescribed ones.
            public var own: [String] { added ?? [] }
            public var all: [String] { prescribed + own }

            private enum CodingKeys: String, CodingKey {
                case id, clause, name, english, added
                case prescribed = "phrases"
            }
        }

        /// Phrases for some hours of the day. The standards do not say when a phrase fits: all of this is policy.
        public struct Hours: Decodable, Equatable, Sendable {
            /// From the start of this hour to the start of that, 0 to 24.
            public let from: Int
            public let to: Int
            public let phrases: [String]
        }

        /// Phrases for a festival of the solar or the lunar calendar.
        public struct Festival: Decodable, Equatable, Sendable {
            public enum System: String, Decodable, Sendable {
                case solar, lunar
            }

            public let name: String
            public let english: String?
            public let calendar: System
            /// Its first day, `MM-dd` in its own calendar; a leap month has none.
            public let from: String
            public let days: Int
            private let eve: Bool?
            public let phrases: [String]

            /// Whether the day before its first belongs to it as well: 除夕, whatever number that day has.
            public var hasEve: Bool { eve ?? false }
            public var month: Int { Int(from.prefix(2)) ?? 0 }
            public var day: Int { Int(from.suffix(2)) ?? 0 }
        }

        fileprivate struct Policy: Decodable, Equatable {
            let hours: [Hours]
            let festivals: [Festival]
        }

        public let clause: String
        /// In the standards' order.
        public let classes: [Group]
        fileprivate let policy: Policy
        private let glosses: [String: String]

        /// What a prescribed phrase means, in English; nil for an estate's own.
        public func gloss(of phrase: String) -> String? { glosses[phrase] }

        public var hours: [Hours] { policy.hours }
        /// If several fit a day, the phrases of the first of them come first.
        public var festivals: [Festival] { policy.festivals }

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

extension Handbook {
    public var phrases: Phrases { self[Phrases.self] }

    /// The phrases of a class, the prescribed ones first.
    public func phrases(in phraseClass: PhraseClass) -> [String] { phrases[phraseClass].all }
}

extension Handbook.Phrases: Chapter {
    public static let file = "phrases.json"
    public static var shipped: [UInt8] { PackageResources.phrases_json }

    /// An estate only ever adds: `{"classes":[{"id":"blessing","phrases":["祝您中秋快乐"]}]}`. A prescribed phrase its
    /// file leaves out stays, and one it repeats is not doubled.
    public static func merged(_ shipped: JSONTree, with own: JSONTree) throws(HandbookError.Reason) -> JSONTree {
        guard case .object(var chapter) = shipped, case .array(let groups) = chapter["classes"] else { return shipped }
        var additions = try additions(in: own)
        let merged = groups.map { group -> JSONTree in
            guard let id = group["id"]?.text, let wanted = additions.removeValue(forKey: id) else { return group }
            let prescribed = group["phrases"]?.elements ?? []
            let added = wanted.reduce(into: [JSONTree]()) { added, phrase in
                if !prescribed.contains(phrase), !added.contains(phrase) { added.append(phrase) }
            }
            return group.merging(.object(["added": .array(added)]))
        }
        if let stray = additions.keys.sorted().first { throw .unknown(["classes", stray]) }
        chapter["classes"] = .array(merged)
        if case .object(var rest) = own {
            rest["classes"] = nil
            return try JSONTree.object(chapter).overridingPolicy(with: .object(rest))
        }
        return .object(chapter)
    }

    private static func additions(in own: JSONTree) throws(HandbookError.Reason) -> [String: [JSONTree]] {
        var additions: [String: [JSONTree]] = [:]
        if own["classes"] == nil, own["policy"] != nil { return [:] }
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

    public func check() throws(HandbookError.Reason) {
        try require(
            classes.map(\.id) == Handbook.PhraseClass.allCases, "classes", "应为规定的十二类", "has to be the twelve classes")
        for group in classes {
            let blank = group.all.contains { $0.trimmingCharacters(in: .whitespacesAndNewlines).isEmpty }
            try require(!blank, group.id.rawValue, "中有空白用语", "has a blank phrase")
        }
        let all = Set(classes.flatMap(\.all))
        for hours in hours {
            let isSpan = hours.from >= 0 && hours.from < hours.to && hours.to <= 24
            try require(isSpan, "policy.hours", "应在 0 到 24 之间", "have to lie between 0 and 24")
        }
        for festival in festivals {
            let isDay = festival.from.count == 5 && (1...12).contains(festival.month) && (1...31).contains(festival.day)
            try require(isDay && festival.days > 0, "policy.festivals", "日期应为 MM-dd", "need a day MM-dd")
        }
        let unglossed = classes.flatMap(\.prescribed).first { glosses[$0] == nil }
        try require(unglossed == nil, "glosses", "缺少：\(unglossed ?? "")", "lack \(unglossed ?? "")")
        let named = hours.flatMap(\.phrases) + festivals.flatMap(\.phrases)
        try require(named.allSatisfy(all.contains), "policy", "中有十二类之外的用语", "names a phrase of none of the classes")
    }
}

extension JSONTree {
    fileprivate subscript(key: String) -> JSONTree? {
        if case .object(let values) = self { values[key] } else { nil }
    }

    fileprivate var text: String? {
        if case .string(let value) = self { value } else { nil }
    }

    fileprivate var elements: [JSONTree]? {
        if case .array(let values) = self { values } else { nil }
    }
}
