import Handbook
import Journal

/// The courtesy phrases (语言管理, section 2): read from the handbook, never from facts.
public enum Phrases: Feature {
    public static let chapters: [any Chapter.Type] = [Handbook.Phrases.self]
    public static let views: [any View.Type] = [PhrasesView.self]
}

/// The phrases of all twelve classes, or of one by its key or name; if asked, those that fit the moment first.
public struct PhrasesView: View {
    public static let name = "phrases"
    public static let label = Label("用语", en: "Phrases")
    var `class`: String?
    var fitting: Bool?

    public struct Row: Record {
        public var `class` = ""
        public var text = ""
        /// Why it fits now, where that was asked.
        public var why: String?

        public init() {}

        public mutating func fields(_ visitor: inout some FieldVisitor) throws {
            try visitor.field("class", &`class`, Label("类别", en: "Class"))
            try visitor.field("text", &text, Label("用语", en: "Phrase"))
            try visitor.field("why", &why, Label("合用", en: "Fits"))
        }
    }

    public init() {}

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("class", &`class`, Label("类别", en: "Class"))
        try visitor.field("fitting", &fitting, Label("合用者在前", en: "Fitting first"))
    }

    public func rows(of estate: Estate, at moment: Moment) throws -> [Row] {
        let groups = estate.handbook.phrases.classes
        let wanted = try `class`.map { name in
            guard let group = estate.handbook.phrases.group(named: name) else {
                let names = groups.map(\.name).joined(separator: "、")
                throw Refusal.input(
                    "phrases.class", "没有这类用语：\(name)（有：\(names)）", en: "there is no class of phrases \(name)")
            }
            return group.name
        }
        let all =
            fitting == true
            ? estate.handbook.phrases(for: PhraseOccasion(moment, in: estate.zone))
            : groups.flatMap { group in group.all.map { FittingPhrase(text: $0, class: group.name, why: nil) } }
        return all.filter { wanted == nil || $0.class == wanted }.map {
            var row = Row()
            (row.class, row.text, row.why) = ($0.class, $0.text, $0.why?.chinese)
            return row
        }
    }
}
