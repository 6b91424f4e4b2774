import Estate
import Screen

/// A second order of a list: some of its rows in groups, each with a header that gives its name and size.
struct ListGrouping<Row: Sendable>: Sendable {
    /// The label and width of the column with the groups' headers.
    let label: Label
    let width: Int
    let empty: Label
    /// The rows of this order. Those of one group follow each other.
    let rows: @Sendable ([Row], Context) -> [Row]
    /// The name of a row's group.
    let group: @Sendable (Row) -> String
    let head: @Sendable (_ group: String, _ count: Int) -> Label
    /// The summary in the pane's title.
    let title: @Sendable (_ groups: Int, _ count: Int) -> Label
}

/// The groups of some rows: where they begin and how many rows they have.
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
