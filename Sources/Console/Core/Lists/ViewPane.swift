import Estate
import Screen

/// A list pane made from a view: its columns without ids, the latest rows first.
typealias ViewPane<V: View> = ListPane<ViewList<V>>

/// A view whose list has a form for a new record, commands on its rows, or a summary in its title.
protocol ListedView: View {
    static var creates: (any Action.Type)? { get }
    static var rowCommands: [Command] { get }
    /// The key of the column whose value names a row. Default: `id`.
    static var idKey: String { get }
    /// The summary of the rows shown.
    static func summary(_ rows: ShownValues, _ context: Context) -> [Span]
}

extension ListedView {
    static var creates: (any Action.Type)? { nil }
    static var rowCommands: [Command] { [] }
    static var idKey: String { "id" }
    static func summary(_ rows: ShownValues, _ context: Context) -> [Span] { [] }
}

/// The values of the visible columns of a list's rows, as scripts read them.
struct ShownValues {
    let keys: [String]
    var rows: [[String]]

    /// The values of a column, one of each row.
    subscript(key: String) -> [String] {
        let place = keys.firstIndex(of: key)
        return rows.map { row in place.map { row[$0] } ?? "" }
    }

    /// The rows that fit by the value of a column.
    func filter(_ key: String, _ fits: (String) -> Bool) -> ShownValues {
        ShownValues(keys: keys, rows: zip(rows, self[key]).filter { fits($0.1) }.map(\.0))
    }

    func sum(_ key: String) -> Money {
        self[key].reduce(.zero) { $0 + ((try? Money(text: $1, zone: .shanghai)) ?? .zero) }
    }
}

/// The rows of a view as a list. Rows are worked out only while the list is in sight, and at most the latest 2,000, as the
/// title says; a filter looks among all.
enum ViewList<V: View>: ListSource {
    struct Row: Sendable {
        let id: String
        /// The id that the row's history is about.
        let subject: String?
        /// The visible fields as scripts read them, and as the member reads them.
        let texts: [String]
        let shown: [String]
        /// The same, short for the columns of the list: dates of this year without the year.
        let cells: [String]
    }

    static var name: String { "records.\(V.name)" }
    static var label: Label { V.label }
    private static var listed: (any ListedView.Type)? { V.self as? any ListedView.Type }
    static var commands: [Command] { listed?.rowCommands ?? [] }
    static var creates: (any Action.Type)? { listed?.creates }
    static var refreshPolicy: RefreshPolicy { .inSight }
    static var granularity: ClockGranularity { V.changesWithTime ? .minute : .day }
    static var hiddenFrom: Set<Role> { V.hiddenFrom }
    static func empty(_ context: Context) -> Label { Label("没有记录", en: "no records") }

    private static var limit: Int { 2000 }

    /// The indices of the fields that are shown, the time first: all but ids and nested rows.
    private static func visible(_ fields: [FieldDescription]) -> [Int] {
        let shown = fields.indices.filter {
            switch fields[$0].type {
            case .reference, .list(.reference), .rows: false
            default: fields[$0].label != .none
            }
        }
        return shown.filter { fields[$0].key == V.timeKey } + shown.filter { fields[$0].key != V.timeKey }
    }

    static var columns: [ListColumn<Row>] {
        let fields = V.columnDescriptions
        return visible(fields).enumerated().map { place, index in
            let field = fields[index]
            // A masked number is a text.
            let type = field.key == "phone" ? FieldType.phone : field.type
            return ListColumn(field.key, field.label, type.column(priority: 20 - min(place, 19))) { row in
                field.type.sortKey(row.texts[place])
            }
        }
    }

    static func rows(_ context: Context) -> [Row] { rows(context, limit) }
    static func allRows(_ context: Context) -> [Row] { rows(context, .max) }
    static func isCut(_ count: Int) -> Bool { count >= limit }

    private static func rows(_ context: Context, _ limit: Int) -> [Row] {
        let reader = context.member?.role
        guard let found = try? V.select(of: context.estate, at: context.now, members: [:], for: reader) else {
            return []
        }
        let id = found.columns.firstIndex { $0.key == listed?.idKey ?? "id" }
        let time = found.columns.firstIndex { $0.key == V.timeKey }
        let visible = visible(found.columns)
        let rows = found.rows.suffix(limit).enumerated().map { index, row in
            let (texts, shown) = (row.texts, row.words(in: context.estate, context.language))
            return (
                // As text, dates and moments of one zone order by time.
                key: (time.map { texts[$0] } ?? "", index),
                row: Row(
                    id: id.map { texts[$0] } ?? texts.joined(separator: "\t"), subject: id.map { texts[$0] },
                    texts: visible.map { texts[$0] }, shown: visible.map { shown[$0] },
                    cells: visible.map { found.columns[$0].type.short(shown[$0], context) })
            )
        }
        return rows.sorted { $0.key > $1.key }.map(\.row)
    }

    static func id(_ row: Row) -> String { row.id }
    static func subject(_ row: Row) -> String? { row.subject }
    /// The values that name something: no figures, and nothing that is not known.
    static func words(_ row: Row) -> [String] { row.shown.filter { $0 != "—" && Int($0) == nil } }
    static func cells(_ row: Row, _ glyphs: Glyphs, _ context: Context) -> [Line] {
        row.cells.map { Line($0, $0 == "—" ? .faint : .text) }
    }

    static func tally(_ rows: [Row], _ context: Context) -> [Span] {
        guard let listed else { return cut(rows, context) }
        // Sums and counts of some of the records are wrong.
        if !context.hasFullHistory { return [Span(context(context.loading), .muted)] }
        return cut(rows, context) + listed.summary(values(of: rows), context)
    }

    private static func cut(_ rows: [Row], _ context: Context) -> [Span] {
        rows.count == limit ? [Span(context(Label("最近 \(limit) ", en: "latest \(limit) ")), .warning)] : []
    }
    static func summary(_ tally: [Span], _ glyphs: Glyphs, _ context: Context) -> [Span] { tally }

    static func values(of rows: [Row]) -> ShownValues {
        ShownValues(keys: columns.map(\.name), rows: rows.map(\.texts))
    }

    static func detail(_ row: Row, _ context: Context) -> [Line] {
        zip(columns, row.shown).compactMap { column, value in
            value.isEmpty || value == "—" ? nil : detailLine(context(column.label), value)
        }
    }
}

extension FieldType {
    /// A column wide enough for values of the type.
    fileprivate func column(priority: Int) -> Column {
        switch self {
        case .integer: .fixed("", 6, alignment: .right, priority: priority)
        case .amount, .area, .decimal: .fixed("", 11, alignment: .right, priority: priority)
        case .moment: .fixed("", 11, priority: priority)
        case .date: .fixed("", 10, priority: priority)
        case .period, .week: .fixed("", 8, priority: priority)
        case .flag: .fixed("", 7, priority: priority)
        case .unit, .location, .host: .fixed("", 9, priority: priority)
        case .phone: .fixed("", 13, priority: priority)
        case .plate: .fixed("", 10, priority: priority)
        case .staff, .worker, .choice: Column("", min: 6, ideal: 10, priority: priority)
        default: .filling("", min: 8, priority: priority)
        }
    }

    /// A date or moment of this year without the year; a moment of another year without the time. What is not so in most
    /// rows stays empty.
    fileprivate func short(_ text: String, _ context: Context) -> String {
        if self == .flag, text == false.display(zone: context.estate.zone, language: context.language) { return "" }
        guard self == .date || self == .moment else { return text }
        let year = context.today.text.prefix(5)
        return String(text.hasPrefix(year) ? text.dropFirst(year.count) : text.prefix(10))
    }

    /// The value by which texts of the type are sorted: numbers by size, all else as text.
    fileprivate func sortKey(_ text: String) -> String {
        switch self {
        case .integer, .amount, .area, .decimal:
            let parts = text.split(separator: ".", omittingEmptySubsequences: false)
            let whole = parts.first.map(String.init) ?? ""
            return String(repeating: "0", count: max(0, 15 - whole.count)) + text
        default: return Pinyin.spelled(text)
        }
    }
}
