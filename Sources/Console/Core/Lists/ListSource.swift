import Estate
import Screen

/// The contents of a list pane: its rows, how they are shown, and the commands on them.
protocol ListSource: Sendable {
    associatedtype Row: Sendable
    /// The value that the pane stores for a row between events. Default: the row itself.
    associatedtype Item: Sendable = Row
    static func item(of row: Row) -> Item
    static func row(_ item: Item, _ context: Context) -> Row
    static var name: String { get }
    static var label: Label { get }
    static var commands: [Command] { get }
    static var creates: (any Action.Type)? { get }
    static var showsNew: Bool { get }
    /// The values that the form of a new record starts with.
    static func proposal(_ context: Context) -> [String: String]
    static var columns: [ListColumn<Row>] { get }
    /// A second order of the list.
    static var grouping: ListGrouping<Row>? { get }
    /// The names of the groups that a row belongs to; see ``ListSettings/group``.
    static func groups(_ row: Row) -> [String]
    /// See ``Pane``.
    static var refreshPolicy: RefreshPolicy { get }
    static func parts(of estate: Estate) -> [Int]
    static var granularity: ClockGranularity { get }
    static var needsPast: Bool { get }
    /// The inner height from which the list gives a part of it to the details of the selected row.
    static var detailsHeight: Int { get }
    /// The roles that must not see the list.
    static var hiddenFrom: Set<Role> { get }
    /// The reason of a command on a row when none is selected.
    static var nothingSelected: Label { get }
    /// Shown in place of rows when there are none.
    static func empty(_ context: Context) -> Label
    /// The rows, the most urgent first.
    static func rows(_ context: Context) -> [Row]
    /// All rows, for a filter to look among, where ``rows(_:)`` has the latest only. Default: those of `rows`.
    static func allRows(_ context: Context) -> [Row]
    /// Whether ``rows(_:)`` leaves any out of so many.
    static func isCut(_ count: Int) -> Bool
    /// The row of an item as it is now; `nil` if the list has it no more. Default: looked for among all rows.
    static func updated(_ item: Item, _ context: Context) -> Row?
    static func id(_ row: Row) -> String
    /// One line for each of ``columns``.
    static func cells(_ row: Row, _ glyphs: Glyphs, _ context: Context) -> [Line]
    /// Whether a row that needed work (`former`) no longer does; the selection then moves to the next row.
    static func isSettled(_ row: Row, since former: Row) -> Bool
    /// Whether the next row is selected when the selected one has gone. Where it is not, a key that was meant for the row
    /// that has gone does nothing to another.
    static var selectsNext: Bool { get }
    /// Whether digits that are typed on the list filter it. Default: they do nothing.
    static var filtersByDigits: Bool { get }
    /// Whether Enter in a filter of digits acts on the one row that is left, instead of ending the filter. Default: no.
    static func isOne(_ rows: [Row]) -> Bool
    /// The words that a filter and a search look in.
    static func words(_ row: Row) -> [String]
    /// Codes that a filter finds by how they begin, typed without dashes; no search shows them. Default: none.
    static func codes(_ row: Row) -> [String]
    /// A summary of the rows, computed once for each refresh; the rows themselves unless declared otherwise.
    associatedtype Tally: Sendable = [Row]
    static func tally(_ rows: [Row], _ context: Context) -> Tally
    /// The same of the rows that pass a filter, besides that of all rows; worked out at each key that changes it.
    static func tally(filtered rows: [Row], of all: Tally, _ context: Context) -> Tally
    /// The summary in the title.
    static func summary(_ tally: Tally, _ glyphs: Glyphs, _ context: Context) -> [Span]
    /// The id or unit that a row's history is about; `nil` if it has none.
    static func subject(_ row: Row) -> String?
    /// All fields of a row.
    static func detail(_ row: Row, _ context: Context) -> [Line]
    /// `tally` is `nil` before the first refresh.
    static func badges(_ tally: Tally?, _ context: Context) -> [Badge]
    static func card(of unit: UnitCode, _ context: Context) -> CardSection?
}

extension ListSource {
    static var showsNew: Bool { false }
    static var grouping: ListGrouping<Row>? { nil }
    static func groups(_ row: Row) -> [String] { [] }
    static var refreshPolicy: RefreshPolicy { .whenNeeded }
    static func parts(of estate: Estate) -> [Int] { [estate.changes] }
    static var granularity: ClockGranularity { .minute }
    static var needsPast: Bool { false }
    static var detailsHeight: Int { 16 }
    static var hiddenFrom: Set<Role> { [] }
    static var nothingSelected: Label { .nothingSelected }
    static func isSettled(_ row: Row, since former: Row) -> Bool { false }
    static var selectsNext: Bool { true }
    static var filtersByDigits: Bool { false }
    static func isOne(_ rows: [Row]) -> Bool { false }
    static func codes(_ row: Row) -> [String] { [] }
    static func allRows(_ context: Context) -> [Row] { rows(context) }
    static func isCut(_ count: Int) -> Bool { false }

    static func updated(_ item: Item, _ context: Context) -> Row? {
        let id = id(row(item, context))
        return rows(context).first { Self.id($0) == id }
    }

    static func proposal(_ context: Context) -> [String: String] { [:] }
    static func subject(_ row: Row) -> String? { id(row) }
    static func badges(_ tally: Tally?, _ context: Context) -> [Badge] { [] }
    static func tally(filtered rows: [Row], of all: Tally, _ context: Context) -> Tally { tally(rows, context) }
    static func card(of unit: UnitCode, _ context: Context) -> CardSection? { nil }

    /// The selected row of the list.
    static func selected(in session: Session, _ context: Context) -> Row? {
        session.pane(ListPane<Self>.self)?.selected(context)
    }

    /// A command on the selected row. It is disabled without a selection, if `disabledReason` gives a reason, or if the
    /// member's role may not do the action.
    static func rowCommand(
        _ name: String, _ label: Label, doc: Label, keys: [Key], priority: Int, action: (any Action.Type)? = nil,
        hint: @escaping @Sendable (Context) -> Label? = { _ in nil },
        disabledReason: @escaping @Sendable (Row, Context) -> Label? = { _, _ in nil },
        run: @escaping @Sendable (Row, Context) -> Intent
    ) -> Command {
        Command(
            name, label, doc: doc, keys: keys, priority: priority, action: { _ in action }, hint: { hint($1) },
            disabledReason: { session, context in
                guard let row = selected(in: session, context) else { return nothingSelected }
                return disabledReason(row, context) ?? action.flatMap { context.disabledReason($0) }
            },
            run: { session, context in
                guard let row = selected(in: session, context) else { return .none }
                let item = item(of: row)
                return run(row, context).renewed { context in
                    updated(item, context).flatMap { disabledReason($0, context) == nil ? run($0, context) : nil }
                }
            })
    }
}

extension ListSource where Tally == [Row] {
    static func tally(_ rows: [Row], _ context: Context) -> [Row] { rows }
}

extension ListSource where Item == Row {
    static func item(of row: Row) -> Row { row }
    static func row(_ item: Row, _ context: Context) -> Row { item }
}

/// A list of a view's rows. Between events the pane stores only the subjects: a stored row would retain the estate, and the
/// next fact would have to copy it.
protocol ViewSource: ListSource where Row == ViewRow<Shown>, Item == Shown.Subject {
    associatedtype Shown: View
}

extension ViewSource {
    static var hiddenFrom: Set<Role> { Shown.hiddenFrom }
    static func item(of row: Row) -> Item { row.subject }
    static func row(_ item: Item, _ context: Context) -> Row { Row(item, in: context.view) }
}

/// A line of a row's details: the field's name, then its value.
func detailLine(_ name: String, _ value: String, _ style: Style = .text) -> Line {
    Line([Span("\(name)  ", .muted), Span(value, style)])
}

extension ViewRow {
    /// A detail line for each column that has a label and a value.
    func detailLines(_ context: Context, without: Set<String> = ["id"]) -> [Line] {
        zip(V.columnDescriptions, displayed(context.language)).compactMap {
            $0.label == .none || without.contains($0.key) || $1 == "—" ? nil : detailLine(context($0.label), $1)
        }
    }
}
