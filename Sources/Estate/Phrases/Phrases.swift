import Handbook
import Journal

/// The courtesy phrases (语言管理, section 2): read from the handbook, never from facts.
public enum Phrases: Feature {
    static let chapters: [any Chapter.Type] = [Handbook.Phrases.self]
    static let views: [any View.Type] = [PhrasesView.self]
}

/// The phrases of all twelve classes, or of one by its key or name; with `fitting`, those that fit the moment first.
public struct PhrasesView: View {
    public static let name = "phrases"
    public static let label = Label("用语", en: "Phrases")
    var `class`: String?
    var fitting: Bool?

    public static var columns: [ViewColumn<Self>] {
        Column("class") { $0.class }
        Column("text", Label("用语", en: "Phrase")) { $0.text }
        Column("why", Label("合用", en: "Fits")) { $0.subject.why?.chinese }
    }

    public init() {}

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("class", &`class`)
        try visitor.field("fitting", &fitting, Label("合用者在前", en: "Fitting first"))
    }

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool { true }

    public func subjects(in context: ViewContext) throws -> [FittingPhrase] {
        let handbook = context.estate.handbook
        let groups = handbook.phrases.classes
        let selected = try `class`.map { name in
            guard let group = handbook.phrases.group(named: name) else {
                let names = groups.map(\.name).joined(separator: "、")
                throw Refusal.input(
                    "phrases.class", "没有这类用语：\(name)（有：\(names)）", en: "there is no class of phrases \(name)")
            }
            return group.name
        }
        let all =
            fitting == true
            ? handbook.phrases(for: PhraseOccasion(context.moment, in: context.zone))
            : groups.flatMap { group in group.all.map { handbook.phrases.phrase($0, of: group) } }
        return all.filter { selected == nil || $0.class == selected }
    }
}
