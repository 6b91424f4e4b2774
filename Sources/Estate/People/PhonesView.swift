import Journal

/// The telephone numbers of the residents, each with its note. Whole for a manager, masked for others.
public struct PhonesView: PlainView {
    public static let name = "phones"
    public static let label = Label("电话号码", en: "Telephone numbers")
    public static let changesWithTime = false
    public static let isRestricted = true

    public struct Subject: Sendable {
        public let person: Person
        public let number: Person.Number
    }

    public static var columns: [ViewColumn<Self>] {
        Column("person") { $0.person.id }
        Column("name") { $0.person.particulars.name }
        Column("unit") { $0.person.unit }
        Column("phone") { $0.phone }
        Column("note") { $0.number.note }
    }

    public init() {}

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool { true }

    public func subjects(in context: ViewContext) -> [Subject] {
        context.estate.people.persons.values.filter(\.isPresent).flatMap { person in
            person.numbers.map { Subject(person: person, number: $0) }
        }
    }
}

extension ViewRow<PhonesView> {
    var phone: String { context.reader == .manager ? subject.number.phone.text : subject.number.phone.masked }
}
