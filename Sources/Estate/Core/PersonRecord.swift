import Journal

/// A record of a person other than a resident: a visitor, a caller, a worker, a person in a register. Particulars that
/// have ended are left out.
public struct PersonRecord: Sendable {
    public let id: EntryID
    /// The name of its entity, or else of the action that recorded it.
    public let kind: FoundKind
    /// The person's name if it is known, then what helps to tell them apart.
    public let words: [String]
    /// Names and plates.
    fileprivate let names: [String]
    fileprivate let phones: [Phone]

    /// `nil` if nobody can be found by it.
    init?(
        _ id: EntryID, _ kind: String, names: [String?], phones: [Phone?] = [], about: [String?]
    ) {
        (self.id, self.kind) = (id, FoundKind(kind))
        self.names = names.compactMap(\.self).filter { !$0.isEmpty }
        self.phones = phones.compactMap(\.self)
        if self.names.isEmpty, self.phones.isEmpty { return nil }
        words = self.names + self.phones.map(\.masked) + about.compactMap(\.self).filter { !$0.isEmpty }
    }
}

/// The kind of something that a search finds; for people its label.
public struct FoundKind: TextValue {
    public let text: String

    public init(_ text: String) { self.text = text }

    public static var type: FieldType { .text }

    public var label: Label {
        FoundKind.entities[text] ?? (try? Estate.action(named: text))?.label ?? Label(text, en: text)
    }

    public func display(zone: Zone, language: Language) -> String { label[language] }

    private static let entities: [String: Label] = {
        var labels = Dictionary(Estate.entities.map { ($0.entity, $0.label) }) { first, _ in first }
        labels["resident"] = Person.label
        labels["unit"] = Label("房号", en: "unit")
        labels["place"] = Label("地点", en: "place")
        return labels
    }()
}

extension Estate {
    /// The records that match a name, a plate or at least four digits of a telephone number, best first, at most `limit`
    /// of each feature; without what a reader must not see.
    ///
    /// - Parameter count: how many of the latest records of each feature are looked at, so that a key stays quick.
    public func personRecords(
        matching text: String, for reader: Role?, latest count: Int, limit: Int
    ) -> [(record: PersonRecord, rank: Rank)] {
        let query = Query(text)
        if query.isEmpty { return [] }
        let digits = Phone.digits(of: text).flatMap { $0.count >= 4 ? $0 : nil }
        let features = Estate.features.filter { feature in reader.map { !feature.hiddenFrom.contains($0) } ?? true }
        let found = features.flatMap { feature in
            feature.personRecords(in: self, latest: count).lazy.compactMap { record in
                record.rank(query, digits).map { (record: record, rank: $0) }
            }.prefix(limit)
        }
        return found.enumerated().sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }.map(\.element)
    }
}

extension PersonRecord {
    fileprivate func rank(_ query: Query, _ digits: String?) -> Rank? {
        if let rank = query.rank(of: names) { return rank }
        let number = digits.flatMap { digits in
            phones.lazy.flatMap { $0.each.map(\.trunk) }.first { $0.contains(digits) }
        }
        return number.map { Rank($0.count == digits?.count ? .exact : .contained, length: $0.count) }
    }
}
