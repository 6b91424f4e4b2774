import ArgumentParser
import Estate
import Foundation
import Journal
import Screen

/// `frontdesk import`: performs an action for each row of a CSV file, for all rows or none.
struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "导入 CSV · import a CSV file, all rows or none")
    @Argument(help: "种类 · \(Estate.imports.map(\.name).joined(separator: ", "))")
    var kind: String
    @Argument(help: "CSV 文件 · the file, with a header of field names")
    var file: String
    @Flag(name: .customLong("dry-run"), help: "只检查 · only check")
    var dryRun = false
    @Option(help: "同一 key 只导入一次 · a file with the same key is imported once")
    var key: String?
    @Flag(help: "错误以 JSON 输出 · errors as JSON")
    var json = false
    @OptionGroup var data: DataOptions
    @OptionGroup var staff: StaffOptions
    @OptionGroup var time: TimeOptions

    func run() throws {
        guard let action = Estate.imports.first(where: { $0.name == kind })?.action else {
            let names = Estate.imports.map(\.name).joined(separator: "、")
            throw Refusal.input(
                "import.kind", "不能导入 \(kind)（可用：\(names)）", en: "\(kind) cannot be imported (there are: \(names))")
        }
        let rows = try CSVFile(at: file).rows(of: action)
        try data.openQuickly { try perform(action, rows, in: $0) }
    }

    private func perform(_ action: any Action.Type, _ rows: [CSVFile.Row], in store: Store) throws {
        let zone = store.estate.zone
        let by = try staff.actor(in: store).code
        let at = try time.moment(store.present, dateMeansEnd: false)
        let members = rows.map { (try? $0.members.get()) ?? [:] }
        let key = try key.map { try IdempotencyKey($0, of: action.name, members, at: at) }
        do {
            try store.perform(by: by) { batch in
                if try batch.joinActions(key: key) != nil { return }
                let refusals = rows.compactMap { row in row.perform(action, in: &batch, at: at, zone: zone) }
                if !refusals.isEmpty { throw RefusedRows(rows: refusals) }
                if dryRun { throw DryRun() }
            }
        } catch let refused as RefusedRows {
            refused.print(file, asJSON: json)
            throw ExitCode(3)
        } catch is DryRun {
            let words = Label("检查通过：\(rows.count) 行，没有写入", en: "\(rows.count) rows are good; nothing was written")
            return printLine(words[.ofEnvironment()])
        }
        printLine(Label("已导入 \(rows.count) 行", en: "\(rows.count) rows were imported")[.ofEnvironment()])
    }
}

private struct DryRun: Error {}

/// The refused rows of a file, none of which was imported.
struct RefusedRows: Error {
    let rows: [(line: Int, refusal: Refusal)]

    func print(_ file: String, asJSON: Bool) {
        let language = Language.ofEnvironment()
        let summary = Label(
            "\(file)：\(rows.count) 行有误，一行也没有导入", en: "\(file): \(rows.count) bad rows, nothing was imported")[language]
        var lines = [summary]
        if asJSON {
            let text = JSONWriter.object { json in
                json.key("error")
                json.object { json in
                    json.member("code", "import.rows")
                    json.member("message", summary)
                    json.member("rows", rows) { json, row in
                        json.member("line", row.line)
                        json.member("code", row.refusal.code)
                        json.member("message", row.refusal.message[language])
                    }
                }
            }
            lines = [text]
        } else {
            lines += rows.map { row in
                let message = VisibleText.visible(row.refusal.message[language])
                return Label(
                    "  第 \(row.line) 行：\(message)（\(row.refusal.code)）",
                    en: "  line \(row.line): \(message) (\(row.refusal.code))")[language]
            }
        }
        printError(lines.joined(separator: "\n"))
    }
}
