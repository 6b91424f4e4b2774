import Estate
import Screen

/// A column of a list: what it is called, how wide it is, and what its rows are sorted by.
struct ListColumn<Row: Sendable>: Sendable {
    /// As preferences name it.
    let name: String
    let label: Label
    private let shape: Column
    /// The rows in the column's order, or in the opposite one; equals stay as they were.
    let sorted: (@Sendable (_ rows: [Row], _ descending: Bool) -> [Row])?

    init<Value: Comparable & SendableMetatype>(
        _ name: String, _ label: Label, _ shape: Column, by value: @escaping @Sendable (Row) -> Value
    ) {
        (self.name, self.label, self.shape) = (name, label, shape)
        sorted = { rows, descending in
            let keyed = rows.map { (key: value($0), row: $0) }
            return keyed.sorted { descending ? $1.key < $0.key : $0.key < $1.key }.map(\.row)
        }
    }

    private init(sign shape: Column) { (name, label, self.shape, sorted) = ("", .none, shape, nil) }

    /// A column for one sign, which needs no head and is always there.
    static func sign(priority: Int) -> ListColumn { ListColumn(sign: .fixed("", 1, priority: priority)) }

    /// Whether it has a name to be chosen by.
    var isNamed: Bool { !name.isEmpty }

    /// The column as a table draws it, with its head.
    func column(_ settings: ListSettings, _ glyphs: Glyphs, _ context: Context) -> Column {
        var column = shape
        column.title = context(label) + (settings.sort == name && isNamed ? settings.sign(glyphs) : "")
        return column
    }
}

/// How somebody wants to see a list: what is asked for, and what they do without.
struct ListSettings: Codable, Equatable, Sendable {
    /// The name of the column it is sorted by; the list's own order without one.
    var sort: String?
    var descending = false
    /// Whether it is in its other order; see ``ListGrouping``.
    var isGrouped = false
    /// The names of the columns that are not shown.
    var hidden: Set<String> = []
    /// What it is filtered by, once that was typed to its end.
    var filter: String?

    /// What its order follows from.
    var order: [String] { [sort ?? "", descending ? "down" : "up", isGrouped ? "grouped" : ""] }

    func sign(_ glyphs: Glyphs) -> String { descending ? glyphs.down : glyphs.up }

    init() {}

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        sort = try values.decodeIfPresent(String.self, forKey: .sort)
        descending = try values.decodeIfPresent(Bool.self, forKey: .descending) ?? false
        isGrouped = try values.decodeIfPresent(Bool.self, forKey: .grouped) ?? false
        hidden = try values.decodeIfPresent(Set<String>.self, forKey: .hidden) ?? []
        filter = try values.decodeIfPresent(String.self, forKey: .filter)
    }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encodeIfPresent(sort, forKey: .sort)
        if descending { try values.encode(true, forKey: .descending) }
        if isGrouped { try values.encode(true, forKey: .grouped) }
        if !hidden.isEmpty { try values.encode(hidden.sorted(), forKey: .hidden) }
        try values.encodeIfPresent(filter, forKey: .filter)
    }

    /// What of it a list with these columns can do: it shows something of its rows.
    func valid(among columns: [String]) -> ListSettings {
        var settings = self
        settings.hidden.formIntersection(columns)
        if settings.hidden.count == columns.count { settings.hidden = [] }
        if let sort, !columns.contains(sort) { (settings.sort, settings.descending) = (nil, false) }
        return settings
    }

    private enum CodingKeys: String, CodingKey { case sort, descending, grouped, hidden, filter }
}
