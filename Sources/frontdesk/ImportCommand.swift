import ArgumentParser
import Estate
import Foundation
import Journal
import Screen
import Sheets

/// `frontdesk import`: performs an action for each row of a file, for all rows or none.
struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "导入 CSV 或 .xlsx · import a file, all rows or none")
    @Argument(help: "种类 · \(Estate.imports.map(\.name).joined(separator: ", "))", completion: .importKinds)
    var kind: String
    @Argument(
        help: "CSV 或 .xlsx 文件，- 为标准输入 · the file, with a header; - for standard input",
        completion: .file())
    var file: String
    @Flag(name: .customLong("dry-run"), help: "只检查 · only check")
    var dryRun = false
    @Flag(
        name: .customLong("skip-known"),
        help: "只导入新的，列出不同的和文件里没有的 · add what is new; show what differs or is gone")
    var skipKnown = false
    @Flag(help: "已有的款项也导入 · import money also if it is there already")
    var twice = false
    @Option(
        parsing: .singleValue, help: "列名=字段，- 舍去该列，可多次 · COLUMN=FIELD, - leaves it out; may be given again",
        transform: { try ImportCommand.mapping($0) })
    var map: [Mapping] = []
    @Option(help: "工作表名 · the sheet of a workbook")
    var sheet: String?
    @Option(help: "同一 key 只导入一次 · a file with the same key is imported once")
    var key: String?
    @Flag(help: "错误以 JSON 输出 · errors as JSON")
    var json = false
    @OptionGroup var data: DataOptions
    @OptionGroup var staff: StaffOptions
    @OptionGroup var time: TimeOptions

    /// A column of the file and the field that it is.
    struct Mapping {
        let column, field: String
    }

    private static func mapping(_ text: String) throws -> Mapping {
        guard let sign = text.lastIndex(where: { "=＝".contains($0) }), sign != text.startIndex else {
            throw Refusal.input("import.map", "“\(text)”不是 列名=字段", en: "“\(text)” is not COLUMN=FIELD")
        }
        return Mapping(column: String(text[..<sign]), field: String(text[text.index(after: sign)...]))
    }

    func run() throws {
        let kind = try Estate.importKind(named: kind)
        let name = file == "-" ? Label("标准输入", en: "standard input")[.ofEnvironment()] : file
        let table: ImportTable
        do {
            table = try ImportTable(
                Spreadsheet(at: file, sheet: sheet), as: kind, map: map.map { ($0.column, $0.field) })
        } catch let error as SheetError {
            throw Refusal(error, in: name)
        }
        if !json { for note in table.notes { printError(note[.ofEnvironment()]) } }
        try data.openQuickly { store in
            var run = ImportRun()
            (run.key, run.isDry, run.skipsKnown, run.allowsTwice) = (key, dryRun, skipKnown, twice)
            run.at = try time.moment(store.present, dateMeansEnd: false)
            let bar = ProgressBar(of: table.count)
            run.progress = bar.show
            do {
                let result = try store.perform(run, on: table, by: try staff.actor(in: store).code)
                bar.clear()
                report(result, of: kind)
            } catch {
                bar.clear()
                guard let refused = error as? RefusedRows else { throw error }
                refused.print(name, kind, asJSON: json)
                throw ExitCode(3)
            }
        }
    }

    private func report(_ result: ImportResult, of kind: ImportKind) {
        let language = Language.ofEnvironment()
        for line in result.lines(language) { printLine(VisibleText.visible(line)) }
        let known =
            result.known > 0 ? Label("，已有 \(result.known) 行", en: ", \(result.known) were there already")[language] : ""
        if dryRun {
            if let sums = result.sums { printLine(sums[language]) }
            return printLine(
                Label("检查通过：\(result.imported) 行，没有写入", en: "\(result.imported) rows are good; nothing was written")[
                    language]
                    + known)
        }
        printLine(Label("已导入 \(result.imported) 行", en: "\(result.imported) rows were imported")[language] + known)
        if let id = result.id {
            let number = Label("导入编号 \(id.id)", en: "import \(id.id)")[language]
            let undoing =
                kind.isMoney
                ? Label(
                    "；收款错了逐笔作废：frontdesk do payment.void payment=编号 why=原因",
                    en: "; money is voided one by one: frontdesk do payment.void payment=ID why=REASON")
                : Label(
                    "；撤回：frontdesk do import.void import=\(id.id) why=原因",
                    en: "; to void it: frontdesk do import.void import=\(id.id) why=REASON")
            printLine(number + undoing[language])
        }
    }
}

/// The rows done so far, on a terminal only, on standard error.
private final class ProgressBar {
    private let count: Int
    private let isShown = isatty(STDERR_FILENO) == 1
    private var latest = Date()
    private var hasShown = false

    init(of count: Int) { self.count = count }

    /// Shows a number of rows, at most five times a second.
    func show(_ done: Int) {
        guard isShown, done % 64 == 0, Date().timeIntervalSince(latest) > 0.2 else { return }
        (latest, hasShown) = (Date(), true)
        let cells = 30 * done / max(1, count)
        write(
            "\r[" + String(repeating: "#", count: cells) + String(repeating: " ", count: 30 - cells)
                + "] \(done)/\(count)")
    }

    func clear() { if hasShown { write("\r\u{1B}[K") } }

    private func write(_ text: String) { try? FileHandle.standardError.write(contentsOf: Data(text.utf8)) }
}
