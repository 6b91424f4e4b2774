import Journal
import OrderedCollections

/// A unit, or a place of the estate that is none: public areas, lifts, the office. What requests and visits are about.
public struct Location: FieldValue, Hashable {
    /// The unit's code; of a place its name.
    public let code: UnitCode

    public init(_ code: UnitCode) { self.code = code }

    /// The place of a name.
    public init(place: String) { code = UnitCode(text: place) }

    public static var type: FieldType { .location }
    public static var placeholder: Location { Location(.placeholder) }

    public static func candidates(in estate: Estate) -> [Candidate] {
        estate.people.places.map { Candidate($0.text, detail: AddPlace.placeLabel) }
    }

    /// Text that is no unit's may be the name of a place: ``check(in:)`` tells. Throws ``Refusal`` with cause `input`.
    public init(text: String, zone: Zone) throws {
        do { code = try UnitCode(text: text, zone: zone) } catch let refusal as Refusal {
            guard refusal.code == "unit.malformed", let name = PlaceName(text) else { throw refusal }
            code = name.code
        }
    }

    public func text(zone: Zone) -> String { code.text }

    public init(scanning scanner: inout JSONScanner, zone: Zone) throws {
        code = try UnitCode(scanning: &scanner, zone: zone)
    }

    public func current(in estate: Estate) -> Location { Location(estate.people.current(code)) }

    /// Throws ``Refusal`` `unit.unknown`, or `unit.malformed` for what is neither a unit's code nor a known place.
    public func check(in estate: Estate) throws {
        if estate.people.places.contains(code) { return }
        try estate.people.check(UnitCode(text: code.text, zone: estate.zone))
    }
}

/// The name of a place: text that is no unit's code.
private struct PlaceName {
    let code: UnitCode

    /// `nil` for digits alone, and for more than a few words.
    init?(_ text: String) {
        let name = PlaceName.joined(text.withoutInvisible.oneLine.plain)
        guard name.contains(where: \.isLetter), name.count <= 40, (try? UnitCode(text: name, zone: .utc)) == nil else {
            return nil
        }
        code = UnitCode(text: name)
    }

    /// Without spaces beside ideographs, which say nothing: 物业 办公室 is 物业办公室.
    private static func joined(_ name: String) -> String {
        name.split(whereSeparator: \.isWhitespace).reduce(into: "") { text, word in
            let isApart = (text.last?.isASCII ?? false) && (word.first?.isASCII ?? false)
            text += (isApart ? " " : "") + word
        }
    }

    /// The letters and digits of a name. Two places that agree in these are taken for one.
    static func signs(of name: String) -> String {
        name.plain.lowercased().filter { $0.isLetter || $0.isNumber }
    }
}

/// A place of the estate becomes known.
public struct AddPlace: ActionFact, TimelessFact {
    public static let name = "place.add"
    static let kind: StaticString = "place.added"
    static var merging: Merging<Self> {
        .first { fact, estate, _ in
            estate.people.places.contains(fact.code) ? .doubled(Label("地点已登记", en: "the place was there")) : nil
        }
    }
    public static let label = Label("登记地点", en: "Add a place")
    static let placeLabel = Label("地点", en: "Place")
    public static let introduces: Set<String> = ["place"]
    public static let roles: Set<Role> = [.operator, .supervisor, .administrator]
    var place = ""

    private var code: UnitCode { UnitCode(text: place) }

    public init() {}

    public init(place: String) { self.place = place }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("place", &place, AddPlace.placeLabel)
    }

    public static func candidates(
        for key: String, with values: [String: String], in estate: Estate
    ) -> [Candidate] {
        key != "place"
            ? []
            : estate.handbook.gate.places.filter { !estate.people.places.contains(UnitCode(text: $0)) }
                .map { Candidate($0) }
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        guard let name = PlaceName(place) else {
            throw Refusal(
                .input, "place.malformed", "“\(place)”不是地点的名称：写文字，不写房号", en: "“\(place)” is not the name of a place",
                field: "place")
        }
        place = name.code.text
        if let known = estate.people.place(named: place) {
            throw Refusal(
                .rule, "place.exists", "地点已登记：\(known.text)", en: "the place \(known.text) is there already",
                field: "place")
        }
        if estate.hasPerson(named: place) { plan.warn(AddPlace.likePerson) }
    }

    static let likePerson = "place.person"
    static let likePersonLabel = Label("地点与人同名：请核对", en: "the place has the name of a person")

    public static func cautions(
        with values: [String: String], by member: String, in estate: Estate
    ) -> [String: Label] {
        values["place"].map { estate.hasPerson(named: $0.trimmed) } ?? false ? ["place": likePersonLabel] : [:]
    }

    func affectedIDs(in estate: Estate) -> [String]? { [place] }

    func apply(to estate: inout Estate, _ metadata: Metadata) { estate.people.places.append(code) }
}

extension People {
    /// The known place of a name, however it is written; `nil` if there is none.
    func place(named name: String) -> UnitCode? {
        let signs = PlaceName.signs(of: name)
        return signs.isEmpty ? nil : places.first { PlaceName.signs(of: $0.text) == signs }
    }
}

extension Estate {
    /// Whether a resident or a staff member has a name.
    fileprivate func hasPerson(named name: String) -> Bool {
        !people.persons(named: name).isEmpty || staff.members.values.contains { $0.name == name }
    }
}

/// The places of the estate.
public struct PlacesView: PlainView {
    public static let name = "places"
    public static let label = Label("地点", en: "Places")
    public static let changesWithTime = false

    public static var columns: [ViewColumn<Self>] {
        Column("place", AddPlace.placeLabel) { $0.subject.text }
        Column("requests", Label("未结工单", en: "Open requests")) { $0.openRequests }
    }

    public init() {}

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool { true }

    public func subjects(in context: ViewContext) -> OrderedSet<UnitCode> { context.estate.people.places }
}

extension ViewRow<PlacesView> {
    var openRequests: Int { estate.requests.open(of: subject).count }
}
