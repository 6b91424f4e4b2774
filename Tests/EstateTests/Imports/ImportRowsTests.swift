import Journal
import Sheets
import TestSupport
import Testing

@testable import Estate

@Suite("Import: rows")
struct ImportRowsTests {
    private static let date = Spreadsheet.Cell.date(CellDate(.init(year: 2026, month: 3, day: 31)))
    private static let month = Spreadsheet.Cell.date(CellDate(.init(year: 2026, month: 3, day: 1)))

    @Test("Numbers and dates of a workbook are read as what their column is")
    func cells() throws {
        let test = try TestEstate()
        try test.importCells(
            "bills",
            [
                ["房号", "账期", "收费项目", "金额", "到期日"].map { .text($0) },
                [.text("3-2-501"), Self.month, .text("物业费"), .number("1240.5"), Self.date],
            ])
        let bill = try test.only(BillsView.self)
        #expect(bill.texts.contains("2026-03") && bill.texts.contains("1240.50") && bill.texts.contains("2026-03-31"))
    }

    @Test("What a spreadsheet program has broken is refused, with what to do about it")
    func broken() throws {
        let test = try TestEstate()
        let header: [Spreadsheet.Cell] = ["姓名", "房号", "身份", "电话"].map { .text($0) }
        for (cell, code) in [
            (.number("1380000103000000"), "cell.digits"), (.number("1062345678"), "cell.zero"),
            (.number("75512345678"), "cell.zero"),
            (Self.date, "cell.date"),
        ] as [(Spreadsheet.Cell, String)] {
            let row: [Spreadsheet.Cell] = [.text("张三"), .text("3-2-502"), .text("业主"), cell]
            #expect(try test.refusals("people", [header, row]) == ["2 \(code)"])
        }
        let row: [Spreadsheet.Cell] = [.text("张三"), Self.date, .text("业主"), .number("13800000001")]
        #expect(try test.refusals("people", [header, row]) == ["2 cell.date"])
        #expect(try test.refusals("people", [header, [row[0], .text("3-2-502"), row[2], row[3]]]) == [])
    }

    @Test("Refusals are grouped by column and reason, the largest first")
    func groups() throws {
        let rows = [("A", "x.a"), ("B", "x.b"), (nil, "x.b"), ("B", "x.b"), ("B", "x.c")].enumerated().map {
            RefusedRows.Row(number: $0, refusal: .rule($1.1, "", en: ""), column: $1.0)
        }
        let groups = RefusedRows(rows: rows).groups
        #expect(
            groups.map { "\($0.column ?? "") \($0.code) \($0.rows.map(\.number))" } == [
                "B x.b [1, 3]", "A x.a [0]", " x.b [2]", "B x.c [4]",
            ])
    }

    @Test("What is wrong in many rows is said once, with the first five rows and what stands there")
    func words() throws {
        let test = try TestEstate()
        func lines(_ kind: String, _ rows: [[String]]) throws -> [String] {
            do { try test.importRows(kind, rows) } catch let refused as RefusedRows {
                return refused.lines(try Estate.importKind(named: kind), .chinese, showsCodes: false).dropLast()
            }
            return []
        }
        let people = (1...7).map { ["人\($0)", "3栋2单元60\($0)", "业主", "138000\($0)"] }
        #expect(
            try lines("people", [["姓名", "房号", "身份", "电话"]] + people) == [
                "  “电话”列：7 行",
                "    第 2 行 1380001，第 3 行 1380002，第 4 行 1380003，第 5 行 1380004，第 6 行 1380005，……还有 2 行：“…”有 7 位：手机号应为 11 位，固定电话请带区号",
            ])
        // What a unit was read as stands in the message.
        #expect(
            try lines("people", [["姓名", "房号", "身份"]] + people.map { Array($0.dropLast()) }) == [
                "  “房号”列：7 行",
                "    第 2 行 3-2-601，第 3 行 3-2-602，第 4 行 3-2-603，第 5 行 3-2-604，第 6 行 3-2-605，……还有 2 行：没有这个房号：…",
            ])
        let money = (1...6).map { ["3-2-501", "\($0)", "2026-03-0\($0)"] }
        try test.importRows("payments", [["房号", "金额", "时间"]] + money)
        let doubled = try lines("payments", [["房号", "金额", "时间"]] + money)
        #expect(doubled.count == 2 && doubled[0] == "  整行：6 行")
        #expect(doubled[1].hasPrefix("    第 2 行，第 3 行，第 4 行，第 5 行，第 6 行，……还有 1 行：这一笔已经有了"))
        // Seven reasons: five are told.
        let many = try lines(
            "units", [["房号", "面积"]] + (1...7).map { ["9-9-90\($0)", String(repeating: "x", count: $0)] })
        #expect(many.count == 2 && many[1].contains("……还有 2 行：“…”"))
    }

    @Test("A moment that is still to come is told under its column")
    func future() throws {
        let test = try TestEstate()
        let rows = [["房号", "金额", "收款时间"], ["3-2-501", "10", "2027-05-01"]]
        let refused = #expect(throws: RefusedRows.self) { try test.importRows("payments", rows) }
        #expect(refused?.groups.map(\.column) == ["收款时间"])
        let sale = [["房号", "面积", "时间"], ["9-9-909", "80", "2027-05-01"]]
        let other = #expect(throws: RefusedRows.self) { try test.importRows("units", sale) }
        #expect(other?.groups.map(\.column) == ["时间"])
    }

    @Test("Money that stands already is refused, by row where the time is told, else by the whole file")
    func doubled() throws {
        let test = try TestEstate()
        let timed = [
            ["房号", "金额", "付款方式", "时间"], ["3-2-501", "10", "微信", "2026-03-05"], ["3-2-502", "10", "微信", "2026-03-05"],
        ]
        try test.importRows("payments", timed)
        #expect(throws: RefusedRows.self) { try test.importRows("payments", timed) }
        // The same day, another way to pay.
        try test.importRows("payments", [timed[0], ["3-2-501", "10", "现金", "2026-03-05"]])
        // Twice in one file.
        let double = ["3-2-503", "5", "现金", "2026-03-06"]
        #expect(throws: RefusedRows.self) { try test.importRows("payments", [timed[0], double, double]) }
        try test.importRows("payments", [timed[0], double, double]) { $0.allowsTwice = true }
        let untimed = [["房号", "金额"], ["3-2-501", "7"], ["3-2-501", "7"]]
        try test.importRows("payments", untimed)
        #expect(refusal { try test.importRows("payments", untimed) }?.code == "import.twice")
        try test.importRows("payments", untimed) { $0.allowsTwice = true }
        #expect(try test.show(PaymentsView.self).count == 9)
    }

    @Test("Only new rows are added; what differs or is gone is told")
    func skipKnown() throws {
        let test = try TestEstate()
        let rows = [["房号", "面积"], ["3-2-501", "90"], ["3-2-502", ""], ["3-2-601", "80"], ["3-2-601", "81"]]
        let result = try test.importRows("units", rows) { $0.skipsKnown = true }
        #expect((result.imported, result.known) == (1, 3))
        #expect(result.differing.map(\.chinese) == ["第 2 行 3-2-501：面积 — → 90.00", "第 5 行 3-2-601：面积 80.00 → 81.00"])
        #expect(result.gone == ["3-2-503"])
        let again = try test.importRows("units", rows) { $0.skipsKnown = true }
        #expect((again.imported, again.known, again.id) == (0, 4, nil))
    }

    @Test("A dry run, and a file with a refused row, record nothing")
    func nothing() throws {
        let test = try TestEstate()
        let lines = test.store.revision
        let result = try test.importRows("units", [["房号"], ["9-1-101"]]) { $0.isDry = true }
        #expect((result.imported, result.id) == (1, nil))
        #expect(throws: RefusedRows.self) { try test.importRows("units", [["房号"], ["9-1-101"], ["3-2-501"]]) }
        #expect(try test.show(UnitsView.self).count == 3)
        #expect(try test.show(ImportsView.self).isEmpty)
        _ = lines
    }

    @Test("The same key gives the same import")
    func key() throws {
        let test = try TestEstate()
        let first = try test.importRows("units", [["房号"], ["9-1-101"]]) { $0.key = "k" }
        let second = try test.importRows("units", [["房号"], ["9-1-101"]]) { $0.key = "k" }
        #expect(first.id == second.id && !first.isRepeated && second.isRepeated)
        #expect(try test.secondStore().estate.imports.all.keys.first == first.id)
    }
}
