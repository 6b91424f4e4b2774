import Journal
import Sheets

/// The rows of a file, read as the members of actions.
public struct ImportTable: Sendable {
    /// A row as members, or the reason why it has none.
    struct Row: Sendable {
        let number: Int
        let members: Result<[String: JSONValue], Refusal>
    }

    public let kind: ImportKind
    let rows: [Row]
    /// The names of the columns as the file has them, by key.
    let columnNames: [String: String]
    /// What was passed over, for people.
    public let notes: [Label]

    public var count: Int { rows.count }

    /// Finds the header and reads what is below it. Titles above it, columns of unknown names, totals, notes at the foot
    /// and repeated headers are passed over and noted.
    ///
    /// - Parameter map: names of columns and the fields that they are.
    /// - Throws: ``Refusal``, cause `input`; see `ImportHeader`.
    public init(_ sheet: Spreadsheet, as kind: ImportKind, map: [(column: String, field: String)] = []) throws {
        let header = try ImportHeader(of: sheet, kind, map: map)
        var reader = RowReader(sheet: sheet, kind: kind, header: header)
        self.kind = kind
        rows = sheet.rows[(header.row + 1)...].compactMap { reader.row($0) }
        columnNames = Dictionary(header.columns.map { ($0.field.key, $0.name) }) { first, _ in first }
        notes = reader.notes
    }
}

private struct RowReader {
    let sheet: Spreadsheet
    let kind: ImportKind
    let header: ImportHeader
    /// The numbers of the rows that were passed over.
    private var totals: [Int] = []
    private var headers: [Int] = []
    private var others: [Int] = []
    /// Whether the table has ended: statements have sums and notes below it.
    private var hasEnded = false

    /// The texts of the header.
    private let headerTexts: [String]

    init(sheet: Spreadsheet, kind: ImportKind, header: ImportHeader) {
        (self.sheet, self.kind, self.header) = (sheet, kind, header)
        headerTexts = sheet.rows[header.row].cells.map(\.text)
    }

    var notes: [Label] {
        var notes: [Label] = []
        func note(_ numbers: [Int], _ chinese: String, en english: String) {
            if numbers.isEmpty { return }
            let (first, more) = (numbers.prefix(5).map(String.init), numbers.count > 5 ? "…" : "")
            notes.append(
                Label(
                    "\(chinese)（第 \(first.joined(separator: "、"))\(more) 行）",
                    en: "\(english) (row \(first.joined(separator: ", "))\(more))"))
        }
        note(sheet.rows[..<header.row].map(\.number), "跳过标题", en: "titles were passed over")
        note(totals, "跳过合计、说明等 \(totals.count) 行", en: "\(totals.count) rows of totals or notes were passed over")
        note(headers, "跳过重复的表头", en: "repeated headers were passed over")
        note(others, "跳过不用导入的 \(others.count) 行", en: "\(others.count) rows that count for nothing were passed over")
        if !header.others.isEmpty {
            notes.append(
                Label(
                    "没有导入的列：\(header.others.map { $0.isEmpty ? "（无名）" : $0 }.joined(separator: "、"))",
                    en: "columns that were not imported: "
                        + header.others.map { $0.isEmpty ? "(unnamed)" : $0 }.joined(separator: ", ")))
        }
        if let implied = header.implied, let field = kind.fields.first(where: { $0.key == implied.key }) {
            var value = Label(implied.value, en: implied.value)
            if case .choice(let choices) = field.type {
                value = choices.first { $0.value == implied.value }?.label ?? value
            }
            notes.append(
                Label(
                    "按列名“\(implied.column)”，\(field.label.chinese)都是\(value.chinese)",
                    en: "by the column “\(implied.column)”, \(field.label.english): \(value.english) in every row"))
        }
        return notes
    }

    /// The row to import; `nil` if it is passed over.
    mutating func row(_ row: Spreadsheet.Row) -> ImportTable.Row? {
        if row.cells.count == headerTexts.count, row.cells.elementsEqual(headerTexts, by: { $0.text == $1 }) {
            headers.append(row.number)
            return nil
        }
        if hasEnded || isTotal(row) {
            totals.append(row.number)
            return nil
        }
        let read = Result { try members(row) }
        if let passesOver = kind.passesOver, case .success(let cells) = read,
            passesOver(cells.compactMapValues { if case .string(let text) = $0 { text } else { nil } })
        {
            others.append(row.number)
            return nil
        }
        return ImportTable.Row(number: row.number, members: read.mapError { $0 as? Refusal ?? .unread })
    }

    private static let totalWords = [
        "合计", "小计", "总计", "共计", "累计", "总合计", "本页合计", "本页小计", "total", "subtotal", "grandtotal",
    ]
    /// The words with which totals, and the notes below a table, begin.
    private static let words =
        totalWords + ["制表", "审核", "复核", "填表", "打印", "备注", "说明", "注:", "单位负责人", "经办"]

    private mutating func isTotal(_ row: Spreadsheet.Row) -> Bool {
        guard case .text(let text)? = row.cells.first(where: { $0 != .empty && !$0.text.trimmed.isEmpty }) else {
            return false
        }
        // Units and dates, with which most rows begin.
        if text.utf8.first.map({ (0x30...0x39).contains($0) }) ?? true { return false }
        let first = text.halfwidth.lowercased().filter { !$0.isWhitespace }
        hasEnded = kind.ends.contains(where: first.hasPrefix)
        if hasEnded { return true }
        guard RowReader.words.contains(where: { first.hasPrefix($0) }) else { return false }
        if RowReader.totalWords.contains(first.asHeader) { return true }
        return header.columns.contains { column in
            column.field.isRequired
                && !column.indices.contains { $0 < row.cells.count && !row.cells[$0].text.trimmed.isEmpty }
        }
    }

    private func members(_ row: Spreadsheet.Row) throws -> [String: JSONValue] {
        let width = sheet.rows[header.row].cells.count
        // A comma too many or too few moves values to other columns.
        if sheet.format == .csv, row.cells.count < width || row.cells[width...].contains(where: { $0 != .empty }) {
            throw Refusal.input(
                "import.cells", "有 \(row.cells.count) 格，应为 \(width) 格",
                en: "\(row.cells.count) cells instead of \(width)")
        }
        var members: [String: JSONValue] = [:]
        members.reserveCapacity(header.columns.count + 1)
        if let implied = header.implied { members[implied.key] = .string(implied.value) }
        for column in header.columns {
            do {
                func part(_ index: Int) throws -> String {
                    try index < row.cells.count ? row.cells[index].text(of: column.field) : ""
                }
                let places = column.indices
                let text =
                    try places.count == 1 ? part(places[0]) : RowReader.joined(places.map(part), column.field.type)
                if !text.isEmpty { members[column.field.key] = .string(text) }
            } catch let refusal as Refusal {
                throw refusal.about(column.field.key)
            }
        }
        return members
    }
}

extension RowReader {
    /// The text of a field that several columns have: a list, or a unit's parts.
    fileprivate static func joined(_ parts: [String], _ type: FieldType) -> String {
        type == .unit ? unit(parts) : parts.filter { !$0.meansNothing }.joined(separator: "，")
    }

    /// The text of a unit whose parts have columns: `3栋`, `2单元`, `501室`. A room that is a whole unit stands alone.
    private static func unit(_ parts: [String]) -> String {
        guard parts.count > 1, let room = parts.last, !room.isEmpty,
            !room.halfwidth.contains(where: { "-栋幢".contains($0) })
        else { return parts.last ?? "" }
        let ends = ["号楼", "栋", "幢", "楼", "座", "单元", "室", "号"]
        return parts.map(\.trimmed).filter { !$0.isEmpty }.map { part in
            ends.first { part.hasSuffix($0) && part != $0 }.map { String(part.dropLast($0.count)) } ?? part
        }.joined(separator: "-")
    }
}

extension Refusal {
    fileprivate static var unread: Refusal { .input("import.row", "读不懂这一行", en: "this row cannot be read") }
}

extension Spreadsheet.Cell {
    /// The text that a field of a type reads. Throws ``Refusal`` for what a spreadsheet program has changed or lost, with
    /// what to do about it.
    fileprivate func text(of field: FieldDescription) throws -> String {
        switch self {
        case .empty: return ""
        case .text(let text): return text
        case .flag: return text
        case .number(let text): return try number(text, field)
        case .date(let date): return try self.date(date, field)
        case .flawed(.digitsLost(let shown)):
            throw Refusal.input(
                "cell.digits", "“\(shown)”超过 15 位，后几位已被表格软件改成 0：请把这一列设为文本格式后重新填写",
                en:
                    "“\(shown)” has more than 15 digits, the last ones are lost: format the column as text and type it again"
            )
        case .flawed(.error(let shown)):
            throw Refusal.input("cell.error", "公式出错：\(shown)", en: "a formula failed: \(shown)")
        case .flawed(.uncalculated):
            throw Refusal.input(
                "cell.formula", "公式还没有结果：请用表格软件打开并保存一次",
                en: "a formula has no result: open and save the file in a spreadsheet program")
        case .flawed(.noDate(let shown)):
            throw Refusal.input("cell.date", "“\(shown)”不是日期", en: "“\(shown)” is not a date")
        }
    }

    private func number(_ text: String, _ field: FieldDescription) throws -> String {
        // 010-62345678 as a number is 1062345678. Mobiles and service numbers begin otherwise.
        if field.type.element == .phone, (9...11).contains(text.count), !isWholePhone(text) {
            throw Refusal.input(
                "cell.zero", "“\(text)”开头的 0 可能丢了：请把这一列设为文本格式后重新填写",
                en: "“\(text)” may have lost its leading 0: format the column as text and type it again")
        }
        return text
    }

    private func isWholePhone(_ text: String) -> Bool {
        text.count == 11 && text.hasPrefix("1") || text.count == 10 && (text.hasPrefix("400") || text.hasPrefix("800"))
    }

    private func date(_ date: CellDate, _ field: FieldDescription) throws -> String {
        switch field.type.element {
        case .date where date.day != nil, .moment where date.day != nil: return date.text
        case .period where date.day?.day == 1 && date.seconds == 0: return String(date.text.prefix(7))
        default:
            throw Refusal.input(
                "cell.date", "“\(date.text)”已被表格软件变成日期：请把这一列设为文本格式后重新填写",
                en:
                    "a spreadsheet program has made a date of it, “\(date.text)”: format the column as text and type it again"
            )
        }
    }
}
