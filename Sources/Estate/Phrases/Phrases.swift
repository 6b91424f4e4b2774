import Handbook
import Journal

/// The courtesy phrases (语言管理, section 2): read from the handbook, never from facts.
public enum Phrases: Feature {
    static let facts: [FactKind] = []
    static let actions: [any Action.Type] = []
    static let views: [any View.Type] = [PhrasesView.self]
}

/// The phrases of all twelve classes, or of one by its key or name.
public struct PhrasesView: View {
    public static let name = "phrases"
    public static let label = Label("用语", en: "Phrases")
    var `class`: String?

    public struct Row: Record {
        public var `class` = ""
        public var text = ""

        public init() {}

        public mutating func fields(_ visitor: inout some FieldVisitor) throws {
            try visitor.field("class", &`class`, Label("类别", en: "Class"))
            try visitor.field("text", &text, Label("用语", en: "Phrase"))
        }
    }

    public init() {}

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("class", &`class`, Label("类别", en: "Class"))
    }

    public func rows(of estate: Estate, at moment: Moment) throws -> [Row] {
        let groups = estate.handbook.phrases.classes
        let wanted = try `class`.map { name in
            guard let group = estate.handbook.phrases.group(named: name) else {
                let names = groups.map(\.name).joined(separator: "、")
                throw Refusal.input(
                    "phrases.class", "没有这类用语：\(name)（有：\(names)）", en: "there is no class of phrases \(name)")
            }
            return [group]
        }
        return (wanted ?? groups).flatMap { group in
            group.all.map {
                var row = Row()
                (row.class, row.text) = (group.name, $0)
                return row
            }
        }
    }
}
