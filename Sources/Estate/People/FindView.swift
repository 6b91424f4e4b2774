import Journal

/// What a search finds among residents, units, vehicles and places, best first.
public struct FindView: View {
    public static let name = "find"
    public static let label = Label("查找", en: "Find")
    public static let changesWithTime = false
    var text = ""

    /// What is found.
    public enum Kind: String, NamedChoice {
        case resident, unit, place

        public var label: Label {
            switch self {
            case .resident: Person.label
            case .unit: Label("房号", en: "unit")
            case .place: Label("地点", en: "place")
            }
        }
    }

    public static var columns: [ViewColumn<Self>] {
        Column("kind", Label("种类", en: "Kind")) { $0.kind }
        Column("id") { $0.id }
        Column("words", Label("内容", en: "Words")) { $0.words }
    }

    public init() {}

    public mutating func fields(_ visitor: inout some FieldVisitor) throws { try visitor.field("text", &text) }

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool { true }

    public func subjects(in context: ViewContext) -> [PersonHit] {
        context.estate.people.search(text, limit: 50, withPlaces: true)
    }
}

extension ViewRow<FindView> {
    var kind: FindView.Kind {
        subject.person != nil ? .resident : estate.people.places.contains(subject.unit) ? .place : .unit
    }

    /// A resident's id, else the unit's code or the place.
    var id: String { subject.person?.id.text ?? subject.unit.text }

    var words: String {
        [subject.unit.text, subject.name, subject.tenure?.label.chinese, subject.plate?.text].compactMap { $0 }
            .joined(separator: " ")
    }
}
