import Journal
import Sheets

extension Rows {
    /// The rows as a table below a header in a language.
    public func spreadsheet(_ format: SpreadsheetFormat, named name: String, _ language: Language) -> Spreadsheet {
        Spreadsheet(
            format, name: name, header: columns.map { $0.label == .none ? $0.key : $0.label[language] },
            rows: rows.map { row in
                columns.indices.map { columns[$0].type.cell(row.text($0), row.zone, language) }
            })
    }
}

extension FieldType {
    /// A canonical text as a cell: numbers and dates as such, all else as text.
    func cell(_ text: String, _ zone: Zone, _ language: Language) -> Spreadsheet.Cell {
        if text.isEmpty { return .empty }
        return switch self {
        case .amount, .area, .decimal, .integer: .number(text)
        case .date: CellDate.Day(iso: text).map { .date(CellDate($0)) } ?? .text(text)
        case .moment: moment(text, zone).map { .date($0) } ?? .text(text)
        case .choice(let choices): Spreadsheet.Cell(choices.first { $0.value == text }?.label[language] ?? text)
        case .list(.choice(let choices)):
            Spreadsheet.Cell(
                text.split(separator: ",").map { value in
                    choices.first { $0.value == value }?.label[language] ?? String(value)
                }.joined(separator: language == .chinese ? "、" : ","))
        default: Spreadsheet.Cell(text)
        }
    }

    /// A moment as the date and time of the estate's zone; `nil` for one that these do not tell, with fractions of a
    /// second or in an hour that comes twice.
    private func moment(_ text: String, _ zone: Zone) -> CellDate? {
        guard let moment = Moment(iso: text.utf8) else { return nil }
        let local = Civil(moment, in: zone)
        guard local.millisecond == 0, local.moment(in: zone) == moment else { return nil }
        return CellDate(
            CellDate.Day(year: local.year, month: local.month, day: local.day),
            seconds: local.hour * 3600 + local.minute * 60 + local.second)
    }
}

extension CellDate.Day {
    /// The day with which a text begins: `2026-03-05`.
    fileprivate init?(iso text: String) {
        let parts = text.prefix(10).split(separator: "-").compactMap { Int($0) }
        guard parts.count == 3 else { return nil }
        self.init(year: parts[0], month: parts[1], day: parts[2])
    }
}
