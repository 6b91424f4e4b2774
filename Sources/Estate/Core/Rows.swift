import Journal

/// A view's rows without their type: for `show`, reports and tables.
public struct Rows: Sendable {
    public struct Row: Sendable {
        fileprivate let columns: [FieldDescription]
        let zone: Zone
        fileprivate let cell: @Sendable (Int) -> any FieldValue

        /// One cell as scripts read it.
        public func text(_ column: Int) -> String { cell(column).text(zone: zone) }
        /// The cells as scripts read them.
        public var texts: [String] { columns.indices.map(text) }

        /// The cells as people read them.
        public func displayed(_ language: Language) -> [String] {
            columns.indices.map { cell($0).display(zone: zone, language: language) }
        }

        /// The cells in words for people: an entity by its name, `—` for an absent value.
        public func words(in estate: Estate, _ language: Language) -> [String] {
            columns.indices.map {
                let value = cell($0)
                return value.isAbsent
                    ? value.display(zone: zone, language: language) : value.words(in: estate, language)
            }
        }

        /// One JSON object, absent values as `null`.
        public var json: String {
            var json = JSONWriter()
            json.openObject()
            for (index, column) in columns.enumerated() {
                json.key(named: column.key)
                cell(index).write(to: &json, zone: zone)
            }
            json.closeObject()
            return json.text
        }
    }

    public let columns: [FieldDescription]
    public let rows: [Row]
}

extension View {
    /// The view's columns, described.
    public static var columnDescriptions: [FieldDescription] { table.map(\.description) }

    /// The rows that parameters and filters select: any column by its value, `from` and `to` by time, `limit`.
    ///
    /// `read` reads the journal entries that name something, `figures` those of months that are over. What the role of the reader must not see is left out, of
    /// the filters too. Throws ``Refusal``; `view.notAllowed` if that is the whole view.
    public static func select(
        of estate: Estate, at moment: Moment, members: [String: JSONValue], for reader: Role? = nil,
        member: String? = nil, reading read: ([String]) throws -> [JournalEntry] = { _ in [] },
        figures: ([Period]) throws -> PastFigures = { _ in .none }
    ) throws -> Rows {
        erased(
            try filtered(
                of: estate, at: moment, members: members, for: reader, member: member, reading: read, figures: figures),
            zone: estate.zone)
    }

    /// Typed rows without their type.
    static func erased(_ rows: [Row], zone: Zone) -> Rows {
        let columns = table
        let descriptions = columns.map(\.description)
        return Rows(
            columns: descriptions,
            rows: rows.map { row in Rows.Row(columns: descriptions, zone: zone) { columns[$0].value(row) } })
    }

    /// The same, typed.
    static func filtered(
        of estate: Estate, at moment: Moment, members: [String: JSONValue], for reader: Role?, member: String? = nil,
        reading read: ([String]) throws -> [JournalEntry],
        figures: ([Period]) throws -> PastFigures = { _ in .none }
    ) throws -> [Row] {
        if let reader, hiddenFrom.contains(reader) {
            throw Refusal.rule(
                "view.notAllowed", "\(reader.label.chinese)不能查看“\(label.chinese)”",
                en: "a \(reader.label.english) may not see “\(label.english)”")
        }
        let (columns, zone) = (table, estate.zone)
        let present = Present(asOf: moment, in: zone)
        let (parameters, given) = try split(members, columns.map(\.description))
        var filters = given
        let view = try Self(members: parameters, present).withCurrentNames(in: estate)
        let entries = try view.entryNames(in: estate).map { try read($0) } ?? []
        let months = view.pastMonths(asOf: moment, in: zone)
        let context = ViewContext(
            estate, at: moment, for: reader, member: member, entries: entries,
            past: months.isEmpty ? .none : try figures(months))
        let limit = try filters.removeValue(forKey: "limit").map { try Int(text: $0, zone: zone) } ?? .max
        var conditions: [(column: ViewColumn<Self>, holds: (String) -> Bool)] = []
        if let timeKey, let column = columns.first(where: { $0.description.key == timeKey }) {
            // As text, both dates and moments of one zone order by time.
            let past = filterPresent(present)
            let from = try filters.removeValue(forKey: "from").map { try Day(typed: $0, past).text }
            let to = try filters.removeValue(forKey: "to").map { try Day(typed: $0, past).text }
            if from != nil || to != nil {
                conditions.append(
                    (
                        column,
                        { day in
                            (from.map { day.prefix(10) >= $0 } ?? true) && (to.map { day.prefix(10) <= $0 } ?? true)
                        }
                    ))
            }
        }
        for (key, typed) in filters {
            guard let column = columns.first(where: { $0.description.key == key }) else { continue }
            let value: String
            do {
                value = try typed.isEmpty ? "" : column.description.normalise(typed, filterPresent(present))
            } catch let refusal as Refusal { throw refusal.about(key) }
            let current = column.description.current(value, estate)
            conditions.append((column, { $0 == current }))
        }
        var rows: [Row] = []
        for subject in try view.subjects(in: context) where rows.count < limit {
            let row = Row(subject, in: context)
            if conditions.allSatisfy({ $0.holds($0.column.value(row).text(zone: zone)) }) { rows.append(row) }
        }
        return rows
    }

    /// The reference of dates in filters: they are of the past, unless the view looks ahead.
    private static func filterPresent(_ present: Present) -> Present { present.ofPast(ahead: looksAhead ? 60 : 0) }

    /// The reference of a parameter's or a filter's dates.
    public static func present(for key: String, _ present: Present) -> Present {
        description.contains { $0.key == key } ? present : filterPresent(present)
    }

    /// Whether the working set of a window gives the same rows as the whole history for these parameters and filters;
    /// `false` as well if they cannot be read.
    static func isCovered(_ members: [String: JSONValue], by window: RetentionWindow, _ present: Present) -> Bool {
        var filters: [String: String] = [:]
        let descriptions = description + columnDescriptions
        for (key, value) in members {
            guard case .string(let text) = value else { return false }
            // An empty parameter is one that is not given.
            if text.isEmpty, description.contains(where: { $0.key == key }) { continue }
            if key == "from" || key == "to", timeKey != nil, !descriptions.contains(where: { $0.key == key }) {
                guard let day = try? Day(typed: text, filterPresent(present)) else { return false }
                filters[key] = day.text
            } else if key != "limit" {
                guard let field = descriptions.first(where: { $0.key == key }),
                    let canonical = try? text.isEmpty ? "" : field.normalise(text, Self.present(for: key, present))
                else { return false }
                filters[key] = canonical
            }
        }
        return isCovered(filters, by: window)
    }

    /// Members that are the view's own parameters, and those that filter its columns. Throws ``Refusal``
    /// `filter.unknown`.
    private static func split(
        _ members: [String: JSONValue], _ columns: [FieldDescription]
    ) throws -> (parameters: [String: JSONValue], filters: [String: String]) {
        var (parameters, filters) = (members, [String: String]())
        let own = Set(Self.description.map(\.key))
        let common = ["limit"] + (timeKey == nil ? [] : ["from", "to"])
        for (key, value) in members where !own.contains(key) {
            guard columns.contains(where: { $0.key == key }) || common.contains(key), case .string(let text) = value
            else {
                let known = own.sorted() + columns.map(\.key).filter { !own.contains($0) } + common
                throw Refusal(
                    .input, "filter.unknown", "不能按 \(key) 筛选（可用：\(known.joined(separator: "、"))）",
                    en: "there is no filter \(key) (there are: \(known.joined(separator: ", ")))", field: key)
            }
            parameters[key] = nil
            filters[key] = text
        }
        return (parameters, filters)
    }
}

extension Store {
    /// A view's rows now, as parameters and filters select them: from the working set where it covers them, else from
    /// the whole history. Throws ``Refusal`` or ``JournalError``.
    public func rows(
        of view: any View.Type, _ members: [String: JSONValue], for reader: Role? = nil, member: String? = nil
    ) throws -> Rows {
        let moment = now
        if let window = estate.coveredWindow,
            view.isCovered(members, by: window, Present(asOf: moment, in: estate.zone)),
            let rows = try? view.select(of: estate, at: moment, members: members, for: reader, member: member)
        {
            return rows
        }
        // Even a refusal is decided on the whole history.
        try readWhole()
        return try view.select(
            of: estate, at: moment, members: members, for: reader, member: member, reading: entries,
            figures: { try pastFigures(of: $0) })
    }
}
