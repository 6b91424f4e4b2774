import Journal

/// What a search finds among residents, units, vehicles and places, and among the latest records that name other persons,
/// best first.
public struct FindView: View {
    public static let name = "find"
    public static let label = Label("查找", en: "Find")
    public static let changesWithTime = false
    var text = ""

    public enum Subject: Sendable {
        case hit(PersonHit)
        case record(PersonRecord)
    }

    public static var columns: [ViewColumn<Self>] {
        Column("kind", Label("种类", en: "Kind")) { $0.kind }
        Column("id") { $0.id }
        Column("words", Label("内容", en: "Words")) { $0.words }
    }

    public init() {}

    public mutating func fields(_ visitor: inout some FieldVisitor) throws { try visitor.field("text", &text) }

    /// How many of each feature's latest records are searched.
    private static let searched = 20_000

    public func subjects(in context: ViewContext) -> [Subject] {
        let hits = context.estate.people.search(text, limit: 50, withPlaces: true)
        let records = context.estate.personRecords(
            matching: text, for: context.reader, latest: FindView.searched, limit: 50)
        let found = hits.map { (Subject.hit($0), $0.rank) } + records.map { (Subject.record($0.record), $0.rank) }
        return found.enumerated().sorted { ($0.element.1, $0.offset) < ($1.element.1, $1.offset) }.map(\.element.0)
    }
}

extension ViewRow<FindView> {
    /// `resident`, `unit` or `place`, else the kind of the record.
    fileprivate var kind: FoundKind {
        switch subject {
        case .record(let record): record.kind
        case .hit(let hit):
            FoundKind(hit.person != nil ? "resident" : estate.people.places.contains(hit.unit) ? "place" : "unit")
        }
    }

    /// A resident's or a record's id, else the unit's code or the place.
    fileprivate var id: String {
        switch subject {
        case .record(let record): record.id.text
        case .hit(let hit): hit.person?.id.text ?? hit.unit.text
        }
    }

    fileprivate var words: String {
        switch subject {
        case .record(let record): record.words.joined(separator: " ")
        case .hit(let hit):
            [hit.unit.text, hit.name, hit.tenure?.label.chinese, hit.plate?.text].compactMap { $0 }
                .joined(separator: " ")
        }
    }
}
