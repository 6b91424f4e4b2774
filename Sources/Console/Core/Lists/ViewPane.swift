import Estate
import Screen

/// A list pane made from a view: its columns without ids, the latest rows first.
typealias ViewPane<V: View> = ListPane<ViewList<V>>

/// The rows of a view as a list. Rows are worked out only while the list is in sight, and at most the latest 500.
enum ViewList<V: View>: ListSource {
    struct Row: Sendable {
        /// The fields as scripts read them, and as the member reads them.
        let texts: [String]
        let shown: [String]
    }

    static var name: String { "records.\(V.name)" }
    static var label: Label { V.label }
    static var commands: [Command] { [] }
    static var creates: (any Action.Type)? { nil }
    static var isLazy: Bool { true }
    static func empty(_ context: Context) -> Label { Label("没有记录", en: "no records") }

    private static var limit: Int { 500 }

    /// The fields that are shown, by their indices: all but ids and nested rows.
    private static var fields: [(index: Int, field: FieldDescription)] {
        V.columnDescriptions.enumerated().filter {
            switch $1.type {
            case .reference, .rows: false
            default: $1.label != .none
            }
        }.map { ($0, $1) }
    }

    static var columns: [ListColumn<Row>] {
        fields.enumerated().map { place, column in
            let (index, field) = column
            return ListColumn(field.key, field.label, field.type.column(priority: 20 - min(place, 19))) { row in
                field.type.sortKey(row.texts[index])
            }
        }
    }

    static func rows(_ context: Context) -> [Row] {
        guard let found = try? V.select(of: context.estate, at: context.now, members: [:]) else { return [] }
        let rows = found.rows.suffix(limit).map { Row(texts: $0.texts, shown: $0.displayed(context.language)) }
        guard let time = found.columns.firstIndex(where: { $0.key == V.timeKey }) else { return rows }
        // As text, dates and moments of one zone order by time.
        return rows.enumerated().sorted {
            ($0.element.texts[time], $0.offset) > ($1.element.texts[time], $1.offset)
        }.map(\.element)
    }

    private static var idIndex: Int? { V.columnDescriptions.firstIndex { $0.key == "id" } }

    static func id(_ row: Row) -> String { idIndex.map { row.texts[$0] } ?? row.texts.joined(separator: "\t") }

    static func subject(_ row: Row) -> String? { idIndex.map { row.texts[$0] } }

    static func words(_ row: Row) -> [String] { fields.map { row.shown[$0.index] } }

    static func cells(_ row: Row, _ glyphs: Glyphs, _ context: Context) -> [Line] {
        fields.map { Line(row.shown[$0.index], row.shown[$0.index] == "—" ? .faint : .text) }
    }

    static func summary(_ rows: [Row], _ glyphs: Glyphs, _ context: Context) -> [Span] { [] }

    static func detail(_ row: Row, _ context: Context) -> [Line] {
        fields.compactMap { index, field in
            let value = row.shown[index]
            return value.isEmpty || value == "—" ? nil : detailLine(context(field.label), value)
        }
    }
}

extension FieldType {
    /// A column wide enough for values of the type.
    fileprivate func column(priority: Int) -> Column {
        switch self {
        case .integer: .fixed("", 5, alignment: .right, priority: priority)
        case .amount, .area: .fixed("", 11, alignment: .right, priority: priority)
        case .moment: .fixed("", 16, priority: priority)
        case .date: .fixed("", 10, priority: priority)
        case .period, .week: .fixed("", 8, priority: priority)
        case .flag: .fixed("", 6, priority: priority)
        case .unit, .host: .fixed("", 9, priority: priority)
        case .phone: .fixed("", 13, priority: priority)
        case .plate: .fixed("", 10, priority: priority)
        case .staff, .worker, .choice: Column("", min: 6, ideal: 10, priority: priority)
        default: .filling("", min: 8, priority: priority)
        }
    }

    /// The value by which texts of the type are sorted: numbers by size, all else as text.
    fileprivate func sortKey(_ text: String) -> String {
        switch self {
        case .integer, .amount, .area:
            let parts = text.split(separator: ".", omittingEmptySubsequences: false)
            let whole = parts.first.map(String.init) ?? ""
            return String(repeating: "0", count: max(0, 15 - whole.count)) + text
        default: return Pinyin.spelled(text)
        }
    }
}
