import Foundation
import TestSupport
import Testing

@testable import Sheets

@Suite("Tables are written")
struct WritingTests {
    @Test("A workbook is read back to equal cells, whatever a text looks like", arguments: 1...3)
    func roundTrip(seed: Int) throws {
        var fuzz = Fuzz(seed)
        let texts = [
            "=1+1", "0123", "110101199003074567", "1E5", "2026-03-05", "TRUE", "#N/A", " a ", "<&>\"'", "_x0041_",
            "\u{1}\r\n\t",
            "\u{FFFF}", "👨‍👩‍👧", "a\u{301}", "'x", "3-2-501", "_x", "__x0041__",
        ]
        for _ in 0..<100 {
            let width = 1 + fuzz.below(5)
            let rows = (0..<fuzz.below(5)).map { _ in
                (0..<width).map { _ -> Spreadsheet.Cell in
                    switch fuzz.below(6) {
                    case 0: .number(fuzz.pick(["1240.50", "0", "-3", "13812345678", "0.5", "999999999999999"]))
                    case 1:
                        .date(
                            CellDate(
                                .init(year: 1901 + fuzz.below(200), month: 1 + fuzz.below(12), day: 1 + fuzz.below(28)),
                                seconds: fuzz.pick([0, 1, 86_399, 52_200])))
                    case 2: .flag(fuzz.below(2) == 0)
                    case 3: .date(CellDate(nil, seconds: fuzz.below(86_400)))
                    default: .text(fuzz.pick(texts) + fuzz.pick(["", fuzz.pick(texts)]))
                    }
                }
            }
            let header = (0..<width).map { "列\($0)" }
            let sheet = try Spreadsheet(Spreadsheet(.xlsx, name: "住户", header: header, rows: rows).bytes)
            #expect(sheet.name == "住户")
            #expect(sheet.table == [header.map { .text($0) }] + rows)
        }
    }

    @Test("Empty cells, rows and tables; names that Excel refuses")
    func empty() throws {
        let rows: [[Spreadsheet.Cell]] = [[.empty, .text("a"), .empty], [.empty, .empty, .empty], [.text("b")]]
        let sheet = try Spreadsheet(Spreadsheet(.xlsx, name: "a/b:[c]", header: ["x", "y", "z"], rows: rows).bytes)
        #expect(sheet.name == "abc")
        #expect(sheet.rows.map(\.number) == [1, 2, 4])
        #expect(sheet.table.last == [.text("b")])
        #expect(try Spreadsheet(Spreadsheet(.xlsx, name: "", header: [], rows: []).bytes).rows.isEmpty)
    }

    @Test("The same table gives the same bytes; CSV has a byte order mark and ISO dates")
    func bytes() throws {
        let rows: [[Spreadsheet.Cell]] = [
            [.text("李"), .date(CellDate(.init(year: 2026, month: 3, day: 5))), .number("12.50")]
        ]
        let sheet = Spreadsheet(.xlsx, name: "a", header: ["x", "y", "z"], rows: rows)
        #expect(sheet.bytes == sheet.bytes)
        let csv = Spreadsheet(.csv, name: "a", header: ["x", "y", "z"], rows: rows).bytes
        #expect(String(decoding: csv, as: UTF8.self) == "\u{FEFF}x,y,z\r\n李,2026-03-05,12.50\r\n")
    }

    @Test(
        "Every day of the calendar has one serial number and comes back", arguments: [DateSystem.from1900, .from1904])
    func serials(dates: DateSystem) throws {
        var serial = 61.0
        while let date = dates.date(serial) {
            #expect(dates.serial(date) == serial)
            #expect(date.day.map { CellDate.Day(daysSince1970: $0.daysSince1970) } == date.day)
            serial += 97
        }
        #expect(serial > 2_900_000)
    }
}
