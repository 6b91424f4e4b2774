extension Handbook {
    /// The supervisor's inspections, twice a week (5.1): templates and their items.
    public struct Inspections: Decodable, Equatable, Sendable {
        public struct Item: Decodable, Equatable, Sendable, Identifiable {
            /// The inspected clause, such as `"7.9"`.
            public let id: String
            public let text: String
        }

        public struct Template: Equatable, Sendable {
            public let name: String
            public let title: String
            public let clause: String
            public let items: [Item]
            /// Names of templates whose items precede its own; empty after resolution.
            public let includes: [String]
        }

        public struct Visits: Decodable, Equatable, Sendable {
            public let clause: String
            public let perWeek: Int
            public let text: String
        }

        private struct Policy: Decodable, Equatable {
            let templates: [Template]
        }

        public let clause: String
        public let visits: Visits
        /// The results of an item: 未检, 合格, 不合格.
        public let marks: [Term]
        public let rules: [Provision]
        private let templates: [Template]
        private let policy: Policy

        private var all: [Template] { templates + policy.templates }

        /// Names of all templates, the estate's last.
        public var names: [String] { all.map(\.name) }

        /// The template of this name, with the items of all included templates first; nil if there is none.
        public func template(named name: String) -> Template? {
            guard let template = all.first(where: { $0.name == name }) else { return nil }
            let included = template.includes.compactMap(self.template(named:)).flatMap(\.items)
            return Template(
                name: name, title: template.title, clause: template.clause, items: included + template.items,
                includes: [])
        }
    }
}

extension Handbook.Inspections.Template: Decodable {
    private enum CodingKeys: String, CodingKey {
        case name, title, clause, items, includes
    }

    /// Decodes a template. `clause`, `items` and `includes` are optional, for the estate's templates.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        name = try container.decode(String.self, forKey: .name)
        title = try container.decode(String.self, forKey: .title)
        clause = try container.decodeIfPresent(String.self, forKey: .clause) ?? "policy"
        items = try container.decodeIfPresent([Handbook.Inspections.Item].self, forKey: .items) ?? []
        includes = try container.decodeIfPresent([String].self, forKey: .includes) ?? []
    }
}

extension Handbook {
    public var inspections: Inspections { self[Inspections.self] }

    /// The inspection template of this name with everything it includes, or nil.
    public func template(named name: String) -> Inspections.Template? {
        inspections.template(named: name)
    }
}

extension Handbook.Inspections: Chapter {
    public static let file = "inspections.json"
    public static var shipped: [UInt8] { PackageResources.inspections_json }

    public func check() throws(HandbookError.Reason) {
        var known: Set<String> = []
        for template in all {
            // Only earlier templates may be included, which excludes cycles.
            try require(
                known.isSuperset(of: template.includes), template.name, "引用的模板不在其前", "includes no earlier template")
            try require(known.insert(template.name).inserted, template.name, "模板重名", "is the name of two templates")
            let ids = self.template(named: template.name)?.items.map(\.id) ?? []
            try require(!ids.isEmpty, template.name, "没有检查项", "has no items")
            try require(Set(ids).count == ids.count, template.name, "检查项编号重复", "has two items of one id")
        }
    }
}
