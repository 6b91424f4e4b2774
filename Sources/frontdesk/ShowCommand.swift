import ArgumentParser
import Estate
import Foundation
import Journal
import Reports
import Screen
import Sheets

/// `frontdesk show`: prints the rows of a view. Exits with 4 if the journal that they come from is damaged.
struct ShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "查看 · the rows of a view, as aligned text, JSON or CSV")
    @Argument(help: "视图 · the view (see: frontdesk views)", completion: .views)
    var view: String
    @Argument(help: "参数或筛选 · parameters and filters: key=value …", completion: .fields)
    var pairs: [String] = []
    @Flag(help: "JSON") var json = false
    @Flag(help: "CSV") var csv = false
    @Flag(help: "CSV 带 BOM，供 Excel · CSV with a byte order mark, for Excel") var bom = false
    @OptionGroup var data: DataOptions
    @OptionGroup var staff: StaffOptions
    @OptionGroup var time: TimeOptions

    func run() throws {
        if bom, !csv { throw Refusal.input("usage", "--bom 只用于 --csv", en: "--bom goes with --csv") }
        if json, csv { throw Refusal.input("usage", "--json 与 --csv 只能选一个", en: "choose --json or --csv") }
        let (view, members) = (try Estate.view(named: view), try members(of: pairs))
        var isDamaged = false
        try data.openQuickly { store in
            let reader = try staff.reader(of: view, in: store)
            let moment = try time.moment(store.present, dateMeansEnd: true)
            let rows = try moment.map {
                try view.select(
                    of: store.estate(asOf: $0), at: $0, members: members, for: reader?.role, member: reader?.code,
                    reading: store.entries, figures: { try store.pastFigures(of: $0) })
            }
            defer { isDamaged = store.isDamaged }
            print(
                try rows ?? store.rows(of: view, members, for: reader?.role, member: reader?.code),
                view.shortDates(in: members, Present(asOf: moment ?? store.now, in: store.estate.zone)))
        }
        // The rows lack what the damaged lines had; the notice names them.
        if isDamaged { throw ExitCode(ExitStatus.damaged.rawValue) }
    }

    private func print(_ rows: Rows, _ dates: ShortDates) {
        dates.print()
        if json {
            printLine(rows.json)
        } else if csv {
            printLine((bom ? CSV.byteOrderMark : "") + rows.csv)
        } else {
            rows.text(.ofEnvironment()).forEach(printLine)
        }
    }
}

extension View {
    /// The short dates among the parameters and filters, including `from` and `to`.
    static func shortDates(in members: [String: JSONValue], _ present: Present) -> ShortDates {
        ShortDates(in: members, description + columnDescriptions + TimeFilters.description, present) {
            Self.present(for: $0, present)
        }
    }
}

/// The filters by time that every view has.
private struct TimeFilters: Record {
    var from: Day?
    var to: Day?

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("from", &from)
        try visitor.field("to", &to)
    }
}

extension Rows {
    /// A JSON array with one row per line.
    var json: String { rows.isEmpty ? "[]" : "[\n\(rows.map(\.json).joined(separator: ",\n"))\n]" }

    /// A header and the rows as text, in columns aligned by terminal width.
    func text(_ language: Language) -> [String] {
        let measure = TextWidth()
        let cells = ([columns.map { $0.label[language] }] + rows.map { $0.displayed(language) })
            .map { $0.map(VisibleText.visible) }
        let widths = columns.indices.map { column in cells.map { measure.width(of: $0[column]) }.max() ?? 0 }
        return cells.map { row in
            row.indices.map { column in
                measure.pad(row[column], to: widths[column], align: columns[column].type.isNumeric ? .right : .left)
            }.joined(separator: "  ").trimmingTrailingBlanks
        }
    }
}

extension FieldType {
    /// Whether values are aligned at the right.
    var isNumeric: Bool { [.integer, .amount, .area, .decimal].contains(self) }
}
