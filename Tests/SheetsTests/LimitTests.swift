import Testing

@testable import Sheets

@Suite("Files that are no tables, or too much of one, are refused")
struct LimitTests {
    private static func row(_ cells: String) -> String { "<row>\(cells)</row>" }

    @Test("A document type is refused, and no entity is known")
    func documentTypes() throws {
        let bomb = """
            <!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;">]><worksheet><sheetData/></worksheet>
            """
        for text in [bomb, "<worksheet><sheetData><row><c t=\"str\"><v>&b;</v></c></row></sheetData></worksheet>"] {
            let bytes = XLSXFixtures.archive([
                ("xl/workbook.xml", "<workbook><sheets><sheet name=\"a\" r:id=\"rId1\"/></sheets></workbook>"),
                ("xl/_rels/workbook.xml.rels", XLSXFixtures.relationships([("worksheet", "1.xml")])),
                ("xl/1.xml", text),
            ])
            #expect(throws: SheetError.malformed(part: "xl/1.xml")) { try Spreadsheet(bytes) }
        }
    }

    @Test("What inflates beyond the limit is refused, also if the directory lies about its size")
    func inflation() throws {
        var zip = ZipWriter()
        zip.add("xl/workbook.xml", [UInt8](repeating: 0x20, count: 2 << 20))
        var bytes = zip.finished()
        #expect(bytes.count < 4000)
        let limits = Limits(inflated: 1 << 20)
        #expect(throws: SheetError.tooLarge) { try Spreadsheet(bytes, limits) }
        let directory = try #require((0..<bytes.count - 4).last { bytes[$0...].starts(with: [0x50, 0x4B, 1, 2]) })
        bytes.replaceSubrange((directory + 24)..<(directory + 28), with: [1, 0, 0, 0])
        #expect(throws: SheetError.tooLarge) { try Spreadsheet(bytes, limits) }
    }

    @Test("Entries, cells and depth have limits")
    func counts() throws {
        let many = (0...10).map { ("\($0)", "") }
        #expect(throws: SheetError.tooLarge) { try Spreadsheet(XLSXFixtures.archive(many), Limits(entries: 10)) }
        let wide = Self.row("<c r=\"XFD1\"><v>1</v></c>") + Self.row("<c r=\"A2\"><v>1</v></c>")
        let limits = Limits(cells: Limits.columns)
        #expect(throws: SheetError.tooLarge) { try Spreadsheet(XLSXFixtures.sheet(wide), limits) }
        let merged = "<mergeCells><mergeCell ref=\"A2:A1000000\"/></mergeCells>"
        #expect(throws: SheetError.tooLarge) {
            try Spreadsheet(XLSXFixtures.sheet(Self.row("") + Self.row("<c><v>1</v></c>"), rest: merged), limits)
        }
        let deep = String(repeating: "<a>", count: Limits.depth) + String(repeating: "</a>", count: Limits.depth)
        #expect(throws: SheetError.tooLarge) { try Spreadsheet(XLSXFixtures.sheet(deep)) }
        for data in ["<row r=\"1048577\"/>", "<row r=\"0\"/>", Self.row("<c r=\"XFE1\"><v>1</v></c>")] {
            #expect(throws: SheetError.malformed(part: "xl/worksheets/sheet1.xml")) {
                try Spreadsheet(XLSXFixtures.sheet(data))
            }
        }
    }

    @Test("Other formats are told apart")
    func otherFormats() {
        #expect(throws: SheetError.oldFormat) { try Spreadsheet([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) }
        #expect(throws: SheetError.noWorkbook) { try Spreadsheet(Array("\r\n <html><table><tr><td>房号".utf8)) }
        #expect(throws: SheetError.noWorkbook) {
            try Spreadsheet(XLSXFixtures.archive([("word/document.xml", "<a/>")]))
        }
        #expect(throws: SheetError.malformed(part: "zip")) { try Spreadsheet([0x50, 0x4B, 3, 4, 0, 0]) }
        #expect(throws: SheetError.unreadable(errno: 2)) { try Spreadsheet(at: "/nowhere/at.all") }
        #expect(throws: SheetError.unreadable(errno: 21)) { try Spreadsheet(at: "/") }
    }
}
