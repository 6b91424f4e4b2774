import Foundation

extension Spreadsheet {
    /// A table to be written: a header and rows below it.
    public init(_ format: SpreadsheetFormat, name: String, header: [String], rows: [[Cell]]) {
        let all = [header.map { Cell($0) }] + rows
        self.init(format, name: name, rows: all.enumerated().map { Row(number: $0 + 1, cells: $1) })
    }

    /// The file's bytes, in the table's format: CSV in UTF-8 with a byte order mark, as Excel needs it.
    public var bytes: [UInt8] {
        switch format {
        case .csv: Array((CSV.byteOrderMark + CSV.text(of: rows.map { $0.cells.map(\.text) }) + "\r\n").utf8)
        case .xlsx: xlsx
        }
    }

    /// A workbook with this sheet. Its first row is a header that stays in view. Texts are text cells, also where they
    /// look like numbers, dates or formulas; a column that has texts is formatted as text further down.
    private var xlsx: [UInt8] {
        var zip = ZipWriter()
        for (name, text) in [
            ("[Content_Types].xml", SheetParts.contentTypes), ("_rels/.rels", SheetParts.root),
            ("xl/workbook.xml", SheetParts.workbook(name ?? "Sheet1")),
            ("xl/_rels/workbook.xml.rels", SheetParts.relationships), ("xl/styles.xml", SheetParts.styles),
            ("xl/worksheets/sheet1.xml", sheetPart),
        ] {
            zip.add(name, Array((SheetParts.declaration + text).utf8))
        }
        return zip.finished()
    }

    private var sheetPart: String {
        let count = rows.map(\.cells.count).max() ?? 0
        var text = "<worksheet xmlns=\"\(SheetParts.main)\"><sheetViews><sheetView workbookViewId=\"0\">"
        text +=
            "<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>"
        if count > 0 { text += "<cols>\((0..<count).map(column).joined())</cols>" }
        text += "<sheetData>"
        for row in rows {
            text += "<row r=\"\(row.number)\">"
            for (index, cell) in row.cells.enumerated() {
                text += SheetParts.cell(
                    cell, at: "\(SheetParts.letters(index))\(row.number)", isHeader: row.number == 1)
            }
            text += "</row>"
        }
        return text + "</sheetData></worksheet>"
    }

    private func column(_ index: Int) -> String {
        let cells = rows.lazy.map { $0.cells.indices.contains(index) ? $0.cells[index] : .empty }
        let width = cells.map { $0.text.unicodeScalars.reduce(0) { $0 + ($1.value < 0x1100 ? 1 : 2) } }.max() ?? 0
        let isText = cells.dropFirst().contains { if case .text = $0 { true } else { false } }
        let style = isText ? SheetParts.Style.text : .general
        return "<col min=\"\(index + 1)\" max=\"\(index + 1)\" width=\"\(min(max(width, 6), 60) + 2)\" "
            + "style=\"\(style.rawValue)\" customWidth=\"1\"/>"
    }
}

/// The parts of a workbook, as text.
private enum SheetParts {
    static let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    private static let package = "http://schemas.openxmlformats.org/package/2006"
    private static let type = "application/vnd.openxmlformats-officedocument.spreadsheetml"

    /// Indices of `cellXfs` in ``styles``.
    enum Style: Int {
        case general, text, date, moment, time, amount, header
    }

    static let contentTypes =
        "<Types xmlns=\"\(package)/content-types\">"
        + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
        + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
        + "<Override PartName=\"/xl/workbook.xml\" ContentType=\"\(type).sheet.main+xml\"/>"
        + "<Override PartName=\"/xl/styles.xml\" ContentType=\"\(type).styles+xml\"/>"
        + "<Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"\(type).worksheet+xml\"/></Types>"

    static let root =
        "<Relationships xmlns=\"\(package)/relationships\">"
        + "<Relationship Id=\"rId1\" Type=\"\(office)/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"

    static let relationships =
        "<Relationships xmlns=\"\(package)/relationships\">"
        + "<Relationship Id=\"rId1\" Type=\"\(office)/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
        + "<Relationship Id=\"rId2\" Type=\"\(office)/styles\" Target=\"styles.xml\"/></Relationships>"

    /// A sheet's name has at most 31 characters and none of `[]:*?/\`.
    static func workbook(_ name: String) -> String {
        let name = String(name.filter { !"[]:*?/\\".contains($0) }.prefix(31))
        return "<workbook xmlns=\"\(main)\" xmlns:r=\"\(office)\"><sheets>"
            + "<sheet name=\"\(SharedStrings.escaped(name))\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    }

    static let styles =
        "<styleSheet xmlns=\"\(main)\"><numFmts count=\"3\"><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/>"
        + "<numFmt numFmtId=\"165\" formatCode=\"yyyy\\-mm\\-dd\\ hh:mm:ss\"/>"
        + "<numFmt numFmtId=\"166\" formatCode=\"hh:mm:ss\"/></numFmts>"
        + "<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font>"
        + "<font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>"
        + "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>"
        + "<fill><patternFill patternType=\"gray125\"/></fill></fills>"
        + "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
        + "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
        + "<cellXfs count=\"7\">" + [0, 49, 164, 165, 166, 2].map { format(of: $0) }.joined()
        + format(of: 49, font: 1)
        + "</cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles>"
        + "</styleSheet>"

    private static func format(of number: Int, font: Int = 0) -> String {
        "<xf numFmtId=\"\(number)\" fontId=\"\(font)\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" "
            + "applyFont=\"1\"/>"
    }

    /// The letters of a column: `AB` for 27.
    static func letters(_ index: Int) -> String {
        var (rest, letters) = (index + 1, "")
        while rest > 0 {
            letters = String(UnicodeScalar(UInt8(ascii: "A") + UInt8((rest - 1) % 26))) + letters
            rest = (rest - 1) / 26
        }
        return letters
    }

    static func cell(_ cell: Spreadsheet.Cell, at reference: String, isHeader: Bool) -> String {
        func value(_ text: String, _ style: Style, type: String = "n") -> String {
            "<c r=\"\(reference)\" s=\"\(style.rawValue)\" t=\"\(type)\"><v>\(text)</v></c>"
        }
        switch cell {
        case .empty: return ""
        case .number(let text):
            let decimals = text.split(separator: ".", omittingEmptySubsequences: false).dropFirst().last?.count
            return value(text, decimals == 2 ? .amount : .general)
        case .date(let date):
            guard let serial = DateSystem.from1900.serial(date) else { break }
            let style: Style = date.day == nil ? .time : date.seconds == 0 ? .date : .moment
            return value(PlainNumber.text(of: serial), style)
        case .flag(let flag): return value(flag ? "1" : "0", .general, type: "b")
        case .text, .flawed: break
        }
        return "<c r=\"\(reference)\" s=\"\((isHeader ? Style.header : .text).rawValue)\" t=\"inlineStr\"><is>"
            + "<t xml:space=\"preserve\">\(SharedStrings.escaped(cell.text))</t></is></c>"
    }
}
