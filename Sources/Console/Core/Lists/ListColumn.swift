import Estate
import Screen

/// A column of a list: its name, its width, and the value that rows are sorted by.
struct ListColumn<Row: Sendable>: Sendable {
    /// The name in preferences.
    let name: String
    let label: Label
    private let shape: Column
    /// Sorts rows by the column; equal rows keep their order.
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

    /// A column for one sign, without header, that cannot be hidden.
    static func sign(priority: Int) -> ListColumn { ListColumn(sign: .fixed("", 1, priority: priority)) }

    /// Whether the column can be hidden and sorted by.
    var isNamed: Bool { !name.isEmpty }

    /// The column for a table, with its header.
    func column(_ settings: ListSettings, _ glyphs: Glyphs, _ context: Context) -> Column {
        var column = shape
        column.title = context(label) + (settings.sort == name && isNamed ? settings.sign(glyphs) : "")
        return column
    }
}
