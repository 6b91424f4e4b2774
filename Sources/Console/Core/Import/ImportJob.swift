import Estate
import Foundation
import Sheets

/// One step of an import, done on a thread of its own: to read and check a file, or to record what was checked.
struct ImportJob: Sendable {
    let kind: ImportKind
    /// The absolute path of the file.
    let path: String
    var sheet: String?
    var skipsKnown = false
    /// Whether money that stands already is imported once more.
    var allowsTwice = false
    /// The number of the member who imports.
    let member: String
    /// The rows to be recorded, as they were checked; `nil`: the file is to be read and checked.
    var checked: ImportTable?
    /// The key with which the rows are recorded once, however often they are sent.
    var key: String?

    var fileName: String { (path as NSString).lastPathComponent }

    /// The same file, to be read anew.
    func readAnew(_ change: (inout ImportJob) -> Void = { _ in }) -> ImportJob {
        var job = self
        (job.checked, job.key) = (nil, nil)
        change(&job)
        return job
    }

    /// What came of a step.
    enum Outcome: Sendable {
        /// The workbook has several sheets, one of which must be chosen.
        case sheets([String])
        /// The rows are good; nothing was recorded.
        case checked(ImportTable, ImportResult)
        /// Rows were refused; nothing was recorded.
        case refused(ImportTable, RefusedRows)
        /// The file was imported before, as a whole; nothing was recorded.
        case repeated(ImportTable, Refusal)
        case imported(ImportTable, ImportResult)
        /// It was stopped; nothing was recorded.
        case stopped
    }

    /// Does the step. Throws ``Refusal`` or `JournalError`.
    func run(_ open: () throws -> Store, for work: Background<Outcome>) throws -> Outcome {
        func report(_ share: Double) throws { if !work.report(share) { throw CancellationError() } }
        do {
            let table: ImportTable
            if let checked {
                table = checked
            } else {
                let bytes = try Spreadsheet.contents(of: path)
                let sheets = try Spreadsheet.sheetNames(in: bytes)
                if sheet == nil, sheets.count > 1 { return .sheets(sheets) }
                table = try ImportTable(Spreadsheet(bytes, sheet: sheet), as: kind)
            }
            try report(0)
            var run = ImportRun()
            (run.isDry, run.skipsKnown, run.allowsTwice, run.key) = (checked == nil, skipsKnown, allowsTwice, key)
            run.progress = { try report(Double($0) / Double(max(1, table.count))) }
            do {
                let result = try open().perform(run, on: table, by: member)
                return run.isDry ? .checked(table, result) : .imported(table, result)
            } catch let refused as RefusedRows {
                return .refused(table, refused)
            } catch let refusal as Refusal where refusal.code == "import.twice" {
                return .repeated(table, refusal)
            }
        } catch let error as SheetError {
            throw Refusal(error, in: fileName)
        } catch is CancellationError {
            return .stopped
        }
    }
}
