import Foundation
import TestSupport
import Testing

@testable import Sheets

@Suite("CSV files are read")
struct CSVTests {
    private static let table = "房号,姓名\r\n3-2-501,\"李, 建\"\"国\"\r\n"
    private static let cells = [["房号", "姓名"], ["3-2-501", "李, 建\"国"]]

    private static func utf16(_ text: String, _ encoding: String.Encoding, mark: [UInt8] = []) throws -> [UInt8] {
        mark + Array(try #require(text.data(using: encoding)))
    }

    @Test("Encodings: UTF-8 and UTF-16 with and without byte order mark, GB 18030")
    func encodings() throws {
        let gb18030 = try #require(Self.table.data(using: String.Encoding(rawValue: 0x8000_0632)))
        for bytes in [
            Array(Self.table.utf8), [0xEF, 0xBB, 0xBF] + Array(Self.table.utf8), Array(gb18030),
            try Self.utf16(Self.table, .utf16LittleEndian, mark: [0xFF, 0xFE]),
            try Self.utf16(Self.table, .utf16BigEndian, mark: [0xFE, 0xFF]),
            try Self.utf16(Self.table, .utf16LittleEndian), try Self.utf16(Self.table, .utf16BigEndian),
        ] {
            #expect(try Spreadsheet(bytes).texts == Self.cells)
        }
        // A number of bytes of either kind, odd or even.
        for name in ["李", "李x"] {
            let bytes = try #require("名,号\n\(name),1\n".data(using: String.Encoding(rawValue: 0x8000_0632)))
            #expect(try Spreadsheet(Array(bytes)).texts == [["名", "号"], [name, "1"]])
        }
        for bytes: [UInt8] in [
            [0x61, 0x0A, 0xFF, 0xFF, 0x80], [0xFF, 0xFE, 0x00, 0xD8], [0xFE, 0xFF, 0x61], [0xEF, 0xBB, 0xBF, 0xFF],
        ] {
            #expect(throws: SheetError.encoding) { try Spreadsheet(bytes) }
        }
    }

    @Test(
        "Separators: comma, semicolon and tab are found, also below titles and beside decimal commas; sep= states one",
        arguments: [
            ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
            ("a;b\n1,5;2\n3,5;4", [["a", "b"], ["1,5", "2"], ["3,5", "4"]]),
            ("a\tb\n\"1\t,\"\t2", [["a", "b"], ["1\t,", "2"]]),
            ("题，一\n\na;b\n1;2\n", [["题，一"], ["a", "b"], ["1", "2"]]),
            ("sep=;\na;b,c\n", [["a", "b,c"]]), ("SEP=|\r\na|b,c", [["a", "b,c"]]), ("sep=,", []),
            ("a\n1,5\n", [["a"], ["1", "5"]]),
            ("unit\n3-2-501\n", [["unit"], ["3-2-501"]]),
        ])
    func separators(text: String, cells: [[String]]) throws {
        #expect(try Spreadsheet(Array(text.utf8)).texts == cells)
    }

    @Test("Lines end in LF, CR LF or CR; empty lines and lines of separators are no rows; rows know their lines")
    func lines() throws {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["a,b", "", "\"1", "2\",3", ",", " , ", "4,"].joined(separator: end)
            let sheet = try Spreadsheet(Array(text.utf8))
            #expect(sheet.texts == [["a", "b"], ["1\(end)2", "3"], [" ", " "], ["4", ""]])
            #expect(sheet.rows.map(\.number) == [1, 3, 6, 7])
        }
    }

    @Test(
        "A quote in the wrong place refuses the file, with its line",
        arguments: [
            ("a\n\"b\n\n", 2), ("a\n3\"b", 2), ("a\n\"b\"c", 2), ("a\n\"b\nc\" ,", 3), ("a\n=\"b\"c", 2),
        ])
    func quotes(text: String, line: Int) {
        #expect(throws: SheetError.quotes(line: line)) { try Spreadsheet(Array(text.utf8)) }
    }

    @Test("Texts that spreadsheets keep as texts: =\"0123\", and the guard against formulas")
    func keptTexts() throws {
        let text = "=\"01062345678\",'=1+1,'-,''@a,'abc,\"'＝x\",=1\n"
        #expect(try Spreadsheet(Array(text.utf8)).texts == [["01062345678", "=1+1", "-", "'@a", "'abc", "＝x", "=1"]])
    }

    @Test("Texts are written so that spreadsheets see no formula; numbers stay numbers")
    func guarded() {
        let cells = ["=1", "+8613812345678", "-5", "-x", "@a", "＝1", "=\u{301}", "'=1", "'a", "a,b", "a\"b", "sep=;"]
        #expect(
            CSV.text(of: [cells])
                == "'=1,+8613812345678,-5,'-x,'@a,'＝1,'=\u{301},''=1,'a,\"a,b\",\"a\"\"b\",\"sep=;\"")
    }

    @Test("What is written is read exactly", arguments: 1...4)
    func roundTrip(seed: Int) throws {
        var fuzz = Fuzz(seed)
        let signs = Array("\"\",,\n\n\r\t ;|'=+-@＝1中李\u{0}\u{301}\u{202E}\u{FEFF}👨‍👩‍👧é".unicodeScalars)
        for _ in 0..<1000 {
            let width = 2 + fuzz.below(4)
            let table = (0...fuzz.below(6)).map { _ in
                (0..<width).map { _ in
                    String(String.UnicodeScalarView((0..<fuzz.below(8)).map { _ in fuzz.pick(signs) }))
                }
            }
            let text = CSV.text(of: table) + fuzz.pick(["", "\r\n"])
            // Without the mark, zero bytes may be taken for UTF-16.
            let mark = text.contains("\u{0}") ? CSV.byteOrderMark : fuzz.pick(["", CSV.byteOrderMark])
            let read = try Spreadsheet(Array((mark + text).utf8)).texts
            // Compares scalars: a quote with a combining mark is another character.
            let expected = table.filter { $0.contains { !$0.isEmpty } }
            #expect(
                read.map { $0.map { Array($0.unicodeScalars) } }
                    == expected.map { $0.map { Array($0.unicodeScalars) } },
                "\(text.debugDescription)")
        }
    }
}
