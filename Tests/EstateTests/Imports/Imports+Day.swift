import Journal
import Sheets
import TestSupport

@testable import Estate

extension Imports: RecordedDay {
    static func record(in test: TestEstate) throws {
        try test.importRows("units", [["房号"], ["9-1-101"]])
        let voided = try test.importRows("units", [["房号"], ["9-1-102"]])
        try test.do("import.void", ["import": voided.id?.id.text ?? "", "why": "重复"])
    }
}

extension TestEstate {
    /// Imports rows of texts, the header first.
    @discardableResult
    func importRows(
        _ kind: String, _ rows: [[String]], by: String = "S01", map: [(column: String, field: String)] = [],
        _ change: (inout ImportRun) -> Void = { _ in }
    ) throws -> ImportResult {
        let cells = rows.map { $0.map { Spreadsheet.Cell($0) } }
        return try importCells(kind, cells, by: by, map: map, change)
    }

    /// Imports rows of cells, as a workbook has them.
    @discardableResult
    func importCells(
        _ kind: String, _ rows: [[Spreadsheet.Cell]], by: String = "S01", map: [(column: String, field: String)] = [],
        _ change: (inout ImportRun) -> Void = { _ in }
    ) throws -> ImportResult {
        let sheet = try Spreadsheet(
            Spreadsheet(.xlsx, name: "a", header: (rows.first ?? []).map(\.text), rows: Array(rows.dropFirst())).bytes)
        var run = ImportRun()
        change(&run)
        return try store.perform(
            run, on: ImportTable(sheet, as: Estate.importKind(named: kind), map: map), by: by)
    }

    /// The reasons for which rows are refused, as `number code`.
    func refusals(_ kind: String, _ rows: [[Spreadsheet.Cell]], _ change: (inout ImportRun) -> Void = { _ in }) throws
        -> [String]
    {
        do {
            try importCells(kind, rows, change)
            return []
        } catch let refused as RefusedRows {
            return refused.rows.map { "\($0.number) \($0.refusal.code)" }
        }
    }
}
