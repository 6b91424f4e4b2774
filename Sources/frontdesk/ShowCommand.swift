import ArgumentParser
import Estate
import Foundation
import Journal
import Reports
import Screen

/// `frontdesk show`: the rows of a view.
struct ShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "查看 · the rows of a view, as aligned text, JSON or CSV")
    @Argument(help: "视图 · the view (see: frontdesk views)")
    var view: String
    @Argument(help: "参数或筛选 · parameters and filters: key=value …")
    var pairs: [String] = []
    @Flag(help: "JSON") var json = false
    @Flag(help: "CSV") var csv = false
    @OptionGroup var data: DataOptions
    @OptionGroup var staff: StaffOptions
    @OptionGroup var time: TimeOptions

    func run() throws {
        if json, csv { throw Refusal.input("usage", "--json 与 --csv 只能选一个", en: "choose --json or --csv") }
        let view = try Estate.view(named: view)
        let isCurrent = !view.needsHistory && time.at == nil
        let store = try data.open(whole: !isCurrent)
        defer { if isCurrent { store.leaveCheckpoint() } }
        let moment = try time.moment(store.present, dateMeansEnd: true)
        let estate = try moment.map { try store.estate(asOf: $0) } ?? store.estate
        let (asOf, members) = (moment ?? store.now, try members(of: pairs))
        let rows = try view.select(of: estate, at: asOf, members: members, reading: store.pages)
        view.shortDates(in: members, Present(asOf: asOf, in: estate.zone)).tell()
        if json {
            say(rows.json)
        } else if csv {
            say(rows.csv)
        } else {
            rows.text(.ofEnvironment()).forEach(say)
        }
    }
}

extension View {
    /// The dates among the parameters and filters; `from` and `to` are days like those of any column.
    static func shortDates(in members: [String: JSONValue], _ present: Present) -> ShortDates {
        ShortDates(in: members, description + columnDescriptions + Span.description, present)
    }
}

/// The two filters by time.
private struct Span: Record {
    var from: Day?
    var to: Day?

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("from", &from)
        try visitor.field("to", &to)
    }
}

extension Rows {
    /// A JSON array, one row a line.
    var json: String { rows.isEmpty ? "[]" : "[\n\(rows.map(\.json).joined(separator: ",\n"))\n]" }

    /// Columns aligned by what a terminal shows.
    func text(_ language: Language) -> [String] {
        let measure = TextWidth()
        let cells = ([columns.map { $0.label[language] }] + rows.map { $0.displayed(language) })
            .map { $0.map(VisibleText.visible) }
        let widths = columns.indices.map { column in cells.map { measure.width(of: $0[column]) }.max() ?? 0 }
        return cells.map { row in
            row.indices.map { column in
                measure.pad(row[column], to: widths[column], align: columns[column].type.isNumeric ? .right : .left)
            }.joined(separator: "  ").trimmingTrailingSpaces
        }
    }
}

extension FieldType {
    /// Whether its values line up at the right.
    var isNumeric: Bool { [.integer, .amount, .area].contains(self) }
}

extension String {
    fileprivate var trimmingTrailingSpaces: String {
        guard let last = lastIndex(where: { $0 != " " }) else { return "" }
        return String(self[...last])
    }
}
