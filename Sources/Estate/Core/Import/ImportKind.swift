import Journal

/// A kind of file to import and to export: every row is one action.
public struct ImportKind: Sendable {
    /// The name on the command line, e.g. `bills`.
    public let name: String
    public let label: Label
    public let action: any Action.Type
    /// The keys of the fields in which two rows about the same thing agree.
    let identity: [String]
    /// How money received is known again; `nil` if the rows are none. A row of it that stands already is doubled, unless
    /// the importer says otherwise.
    let money: MoneyIdentity?
    /// Whether the rows are money received.
    public var isMoney: Bool { money != nil }
    /// Further names of columns, by key, besides those of ``Glossary/headers``.
    private let headers: [String: [String]]
    /// Names of columns that tell the value of another field, e.g. 业主姓名 that each person is an owner.
    let implied: [String: (key: String, value: String)]
    /// Whether of several columns with one field the first counts. Otherwise such a file is refused.
    let takesFirst: Bool
    /// Whether a file may have a row of each identity only once.
    let isOnceAFile: Bool
    /// The roles that must not see the rows, besides those from which the feature is hidden. What they get when nothing is
    /// named lacks the kind.
    public let hiddenFrom: Set<Role>
    /// The totals of the rows, in words, shown before they are imported; `nil`: only their amounts are added up.
    let sums: (@Sendable ([any Action]) -> Label?)?
    /// Whether a row, by the texts of its cells, is no record of the kind; `nil` if all are.
    let passesOver: (@Sendable ([String: String]) -> Bool)?
    /// What a row begins with that stands below the last one of the table.
    let ends: [String]
    /// What stands, as the texts of a row by key; `at` where the moment matters.
    let records: @Sendable (Estate) -> [[String: String]]
    /// What stands and cannot be in a file, in words; `nil` if there is no such thing.
    let omitted: @Sendable (Estate) -> Label?

    /// - Parameter records: for each present record, in order, the action that would record it, and its time.
    init<A: Action>(
        _ name: String, _ label: Label, identity: [String], money: MoneyIdentity? = nil,
        headers: [String: [String]] = [:], implied: [String: (key: String, value: String)] = [:],
        takesFirst: Bool = false, isOnceAFile: Bool = false, hiddenFrom: Set<Role> = [],
        passesOver: (@Sendable ([String: String]) -> Bool)? = nil, ends: [String] = [],
        sums: (@Sendable ([A]) -> Label?)? = nil,
        omitted: @escaping @Sendable (Estate) -> Label? = { _ in nil },
        _ records: @escaping @Sendable (Estate) -> [(action: A, at: Moment?)]
    ) {
        (self.name, self.label, action, self.identity, self.money) = (name, label, A.self, identity, money)
        (self.headers, self.implied, self.omitted) = (headers, implied, omitted)
        (self.takesFirst, self.passesOver, self.ends) = (takesFirst, passesOver, ends)
        (self.isOnceAFile, self.hiddenFrom) = (isOnceAFile, hiddenFrom)
        if let sums {
            self.sums = { actions in sums(actions.compactMap { $0 as? A }) }
        } else {
            self.sums = nil
        }
        self.records = { estate in
            records(estate).map { record in
                var texts = record.action.texts(in: estate.zone)
                if let at = record.at { texts["at"] = at.text(in: estate.zone) }
                return texts
            }
        }
    }

    /// The fields of a row, the moment last.
    var fields: [FieldDescription] {
        let fields = action.description
        return fields.contains { $0.key == "at" } ? fields : fields + [FieldDescription("at", nil, of: Moment?.self)]
    }

    /// All names of a field's column, its label in a language first.
    func headers(of field: FieldDescription, _ language: Language) -> [String] {
        let first =
            language == .chinese
            ? [field.label.chinese, field.label.english] : [field.label.english, field.label.chinese]
        var names: [String] = []
        for name in first + [field.key] + (headers[field.key] ?? []) + (Glossary.headers[field.key] ?? [])
        where !name.isEmpty && !names.contains(name) {
            names.append(name)
        }
        return names
    }

    /// The fields by all names of their columns, each as its `asHeader`.
    var fieldsByHeader: [String: FieldDescription] {
        let named = fields.flatMap { field in headers(of: field, .chinese).map { ($0.asHeader, field) } }
        return Dictionary(named) { first, _ in first }
    }

    /// The texts of an identity, from a row's.
    func identity(of texts: [String: String]) -> [String] { identity.map { texts[$0] ?? "" } }
}

extension String {
    /// A column's name without what does not tell it from others: case, blanks, full-width forms, notes in brackets, and
    /// the star or colon of forms.
    var asHeader: String {
        var name = withoutInvisible.halfwidth.lowercased().filter { !$0.isWhitespace }
        if let bracket = name.firstIndex(where: { "([【〔".contains($0) }), bracket > name.startIndex {
            name = String(name[..<bracket])
        }
        return name.filter { !"*:".contains($0) }
    }
}

extension Record {
    /// The canonical texts of the fields that a person or a script gives, without those that have no value.
    func texts(in zone: Zone) -> [String: String] {
        var (record, collector) = (self, TextCollector(zone: zone))
        try? record.fields(&collector)
        return collector.texts
    }
}

private struct TextCollector: FieldVisitor {
    let scope = FieldScope.asked
    let zone: Zone
    var texts: [String: String] = [:]

    mutating func field<Value: FieldValue>(_ key: StaticString, _ value: inout Value, _ label: Label?) throws {
        if !value.isAbsent { texts[key.description] = value.text(zone: zone) }
    }
}

extension Estate {
    /// The kind of file of a name. Throws ``Refusal`` `import.kind`, cause `input`.
    public static func importKind(named name: String) throws -> ImportKind {
        guard let kind = imports.first(where: { $0.name == name }) else {
            throw Refusal.input(
                "import.kind", "没有这种文件：\(name)（可用：\(imports.map(\.name).joined(separator: "、"))）",
                en: "there is no kind \(name) (there are: \(imports.map(\.name).joined(separator: ", ")))")
        }
        return kind
    }
}
