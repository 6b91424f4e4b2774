import Journal

/// A view's rows without their type: what `show`, reports and tests work with.
public struct Rows: Sendable {
    public struct Row: Sendable {
        let record: any Record
        fileprivate let zone: Zone

        /// What a script reads, field by field.
        public var texts: [String] { record.texts(zone: zone) }
        /// What a person reads, field by field.
        public func displayed(_ language: Language) -> [String] { record.displayed(zone: zone, language: language) }
        /// One JSON object.
        public var json: String {
            var json = JSONWriter()
            record.writeRow(to: &json, zone: zone)
            return json.text
        }
    }

    public let columns: [FieldDescription]
    public let rows: [Row]
}

extension View {
    /// The view's rows, from parameters and filters: any column by its value, `from` and `to` by time, `limit`.
    ///
    /// `read` reads the lines of the journal that name something.
    public static func select(
        of estate: Estate, at moment: Moment, members: [String: JSONValue],
        reading read: ([String]) throws -> [Page] = { _ in [] }
    ) throws -> Rows {
        let zone = estate.zone
        var estate = estate
        let columns = Row.description
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
        let present = Present(asOf: moment, in: zone)
        let view = try Self(members: parameters, present)
        if let names = try view.names(in: estate) { estate.pages = try read(names) }
        var rows = try view.rows(of: estate, at: moment).map { Rows.Row(record: $0, zone: zone) }
        let limit = try filters.removeValue(forKey: "limit").map { try Int(text: $0, zone: zone) }
        if let timeKey, let column = columns.firstIndex(where: { $0.key == timeKey }) {
            // As text, both dates and moments of one zone order by time.
            let from = try filters.removeValue(forKey: "from").map { try Day(typed: $0, present).text }
            let to = try filters.removeValue(forKey: "to").map { try Day(typed: $0, present).text }
            rows = rows.filter {
                let day = $0.texts[column].prefix(10)
                return (from.map { day >= $0 } ?? true) && (to.map { day <= $0 } ?? true)
            }
        }
        for (key, wanted) in filters {
            guard let column = columns.firstIndex(where: { $0.key == key }) else { continue }
            let value: String
            do { value = try wanted.isEmpty ? "" : columns[column].normalise(wanted, present) } catch let refusal
                as Refusal
            {
                throw refusal.about(key)
            }
            rows = rows.filter { $0.texts[column] == value }
        }
        return Rows(columns: columns, rows: limit.map { Array(rows.prefix($0)) } ?? rows)
    }
}
