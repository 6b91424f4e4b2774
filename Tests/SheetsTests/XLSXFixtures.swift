import Foundation

@testable import Sheets

/// Workbooks put together by hand, part by part, as other programs write them.
enum XLSXFixtures {
    static let main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
    private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

    /// A workbook of one sheet.
    ///
    /// - Parameters:
    ///   - data: the contents of `sheetData`.
    ///   - rest: what follows `sheetData`.
    ///   - strings: the `si` elements of the shared strings.
    ///   - formats: number formats by id, besides those that need no code.
    ///   - styles: the number format of each cell style.
    static func sheet(
        _ data: String, rest: String = "", strings: String? = nil, formats: [Int: String] = [:], styles: [Int] = [0],
        properties: String = ""
    ) -> [UInt8] {
        var parts = [
            ("_rels/.rels", relationships([("officeDocument", "xl/workbook.xml")])),
            (
                "xl/workbook.xml",
                "<workbook \(main) xmlns:r=\"\(office)\">\(properties)"
                    + "<sheets><sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
            ),
            (
                "xl/_rels/workbook.xml.rels",
                relationships([
                    ("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml"),
                    ("sharedStrings", "/xl/sharedStrings.xml"),
                ])
            ),
            (
                "xl/styles.xml",
                "<styleSheet \(main)><numFmts>"
                    + formats.map { "<numFmt numFmtId=\"\($0)\" formatCode=\"\($1)\"/>" }.joined()
                    + "</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs>"
                    + styles.map { "<xf numFmtId=\"\($0)\"/>" }.joined() + "</cellXfs></styleSheet>"
            ),
            ("xl/worksheets/sheet1.xml", "<worksheet \(main)><sheetData>\(data)</sheetData>\(rest)</worksheet>"),
        ]
        if let strings { parts.append(("xl/sharedStrings.xml", "<sst \(main)>\(strings)</sst>")) }
        return archive(parts)
    }

    static func relationships(_ targets: [(type: String, target: String)]) -> String {
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
            + targets.enumerated().map {
                "<Relationship Id=\"rId\($0 + 1)\" Type=\"\(office)/\($1.type)\" Target=\"\($1.target)\"/>"
            }.joined() + "</Relationships>"
    }

    static func archive(_ parts: [(String, String)]) -> [UInt8] {
        var zip = ZipWriter()
        for (name, text) in parts { zip.add(name, Array(text.utf8)) }
        return zip.finished()
    }

    /// A file that another program wrote; see `Files`.
    static func file(_ name: String) throws -> [UInt8] {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Files")
        return Array(try Data(contentsOf: folder.appendingPathComponent(name)))
    }
}

extension Spreadsheet {
    /// The cells of each row.
    var table: [[Cell]] { rows.map(\.cells) }
    /// The cells as text.
    var texts: [[String]] { table.map { $0.map(\.text) } }
}
