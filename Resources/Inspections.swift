extension Handbook {
    /// The supervisor's inspections, twice a week (5.1): templates and their items.
    public struct Inspections: Decodable, Equatable, Sendable {
        public struct Item: Decodable, Equatable, Sendable, Identifiable {
            private enum CodingKeys: String, CodingKey { case id, text, critical }

            /// The inspected clause, such as `"7.9"`, or the number of an item of the estate's areas, `"A1"`.
            public let id: String
            public let text: String
            private let critical: Bool?
            /// The title of the template that it comes from; empty before resolution.
            public fileprivate(set) var section = ""

            /// Whether it is about safety (★): a failure is dealt with on the same day and reported at once.
            public var isCritical: Bool { critical ?? false }
        }

        public struct Template: Equatable, Sendable {
            public let name: String
            public let title: String
            public let clause: String
            public let items: [Item]
            /// Names of templates whose items precede its own; empty after resolution.
            public let includes: [String]
            /// Whether an inspection by it is one of the customer areas, which are inspected twice a week (5.1).
            public let coversAreas: Bool
            /// Whether it is about how staff do their work: then it is said who is inspected.
            public let isOfStaff: Bool
        }

        public struct Visits: Decodable, Equatable, Sendable {
            public let clause: String
            public let perWeek: Int
            public let text: String
        }

        private struct Policy: Decodable, Equatable {
            let templates: [Template]
            let days: Int
            let onSeveralDays: Bool
        }

        public let clause: String
        public let visits: Visits
        /// The results of an item: 未检, 合格, 不合格, 不适用.
        public let marks: [Term]
        public let rules: [Provision]
        private let templates: [Template]
        private let policy: Policy

        private var all: [Template] { templates + policy.templates }

        /// The days within which a failure is put right unless another day is said (policy); a critical one the same day.
        public var days: Int { policy.days }
        /// Whether the inspections of a week have to be made on different days (policy).
        public var onSeveralDays: Bool { policy.onSeveralDays }

        /// Names of all templates, the estate's last.
        public var names: [String] { all.map(\.name) }

        /// Whether an inspection by the template of this name is one of the customer areas.
        public func coversAreas(_ name: String) -> Bool { all.first { $0.name == name }?.coversAreas ?? false }

        /// The template of this name, with the items of all included templates first; nil if there is none.
        public func template(named name: String) -> Template? {
            guard let template = all.first(where: { $0.name == name }) else { return nil }
            let included = template.includes.compactMap(self.template(named:)).flatMap(\.items)
            let own = template.items.map { item in
                var item = item
                item.section = template.title
                return item
            }
            return Template(
                name: name, title: template.title, clause: template.clause, items: included + own, includes: [],
                coversAreas: template.coversAreas, isOfStaff: template.isOfStaff)
        }
    }
}

extension Handbook.Inspections.Template: Decodable {
    private enum CodingKeys: String, CodingKey {
        case name, title, clause, items, includes
        case coversAreas = "areas"
        case isOfStaff = "staff"
    }

    /// Decodes a template. All but `name` and `title` are optional, for the estate's templates.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        name = try container.decode(String.self, forKey: .name)
        title = try container.decode(String.self, forKey: .title)
        clause = try container.decodeIfPresent(String.self, forKey: .clause) ?? "policy"
        items = try container.decodeIfPresent([Handbook.Inspections.Item].self, forKey: .items) ?? []
        includes = try container.decodeIfPresent([String].self, forKey: .includes) ?? []
        coversAreas = try container.decodeIfPresent(Bool.self, forKey: .coversAreas) ?? false
        isOfStaff = try container.decodeIfPresent(Bool.self, forKey: .isOfStaff) ?? false
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
        try require((0...60).contains(days), "policy.days", "应为 0 到 60", "has to be from 0 to 60")
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
