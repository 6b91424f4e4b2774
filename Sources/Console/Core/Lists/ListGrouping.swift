import Estate
import Screen

/// A second order of a list: some of its rows in groups, each headed by its name and how many it has.
struct ListGrouping<Row: Sendable>: Sendable {
    /// The column with the groups' heads, and its width.
    let label: Label
    let width: Int
    let empty: Label
    /// The rows that are in it, in its order.
    let rows: @Sendable ([Row], Context) -> [Row]
    /// The group of a row. Those of one group follow each other.
    let group: @Sendable (Row) -> String
    let head: @Sendable (_ group: String, _ count: Int) -> Label
    /// What the pane's title says of it.
    let title: @Sendable (_ groups: Int, _ count: Int) -> Label
}

/// The groups of some rows: which begins where, and how many rows it has.
struct ListGroups {
    private let names: [String]
    private let counts: [String: Int]

    init<Row>(_ rows: [Row], _ grouping: ListGrouping<Row>) {
        names = rows.map(grouping.group)
        counts = names.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }

    var count: Int { counts.count }
    func begins(at index: Int) -> Bool { index == 0 || names[index] != names[index - 1] }

    func head<Row>(at index: Int, _ grouping: ListGrouping<Row>) -> Label {
        grouping.head(names[index], counts[names[index]] ?? 0)
    }
}
