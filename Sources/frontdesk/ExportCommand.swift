import ArgumentParser
import Estate
import Foundation
import Reports
import Sheets

/// `frontdesk export`: writes a file of each kind that `frontdesk import` reads back to the same values. Exits with 4 if
/// particulars cannot be read.
struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "导出 · files that import reads back to the same values")
    @Argument(help: "文件夹 · the folder", completion: .directory)
    var folder: String
    @Argument(
        help: "种类，不写则全部 · \(Estate.imports.map(\.name).joined(separator: ", ")); all if left out",
        completion: .importKinds)
    var kinds: [String] = []
    @Option(help: "格式 xlsx, csv · the format", completion: .list(SpreadsheetFormat.allCases.map(\.rawValue)))
    var format = SpreadsheetFormat.xlsx
    @Flag(help: "覆盖已有的文件 · write over files that are there")
    var replace = false
    @Flag(help: "错误以 JSON 输出 · errors as JSON")
    var json = false
    @OptionGroup var data: DataOptions
    @OptionGroup var staff: StaffOptions
    @OptionGroup var time: TimeOptions

    func run() throws {
        let given = try kinds.map { try Estate.importKind(named: $0) }
        let language = Language.ofEnvironment()
        try data.openQuickly { store in
            let member = try staff.actor(in: store)
            let closed = given.isEmpty ? Estate.imports.filter { $0.hiddenFrom.contains(member.role) } : []
            let kinds = given.isEmpty ? Estate.imports.filter { !$0.hiddenFrom.contains(member.role) } : given
            let names = kinds.map { "\($0.name).\(format.rawValue)" }
            let moment = try time.moment(store.present, dateMeansEnd: true)
            // All of them before the first is written.
            let files = try kinds.map { ($0, try store.export($0, as: format, by: member.code, at: moment, language)) }
            try refuseThere(names)
            for ((kind, file), name) in zip(files, names) {
                let path = try ReportFile.write(file.table.bytes, named: name, in: folder)
                printLine(
                    Label("\(path)：\(kind.label.chinese) \(file.count) 行", en: "\(path): \(file.count) rows")[language])
                for note in file.notes { printError(note[language]) }
            }
            for kind in closed {
                let (name, role) = (kind.label, member.role.label)
                printError(
                    Label(
                        "没有导出\(name.chinese)：\(role.chinese)不能看", en: "\(name.english) is left out: closed to this role"
                    )[
                        language])
            }
            // The files say so in each place, but who sends them on may not look.
            let unreadable = files.contains { $0.1.hasParticulars } ? try store.unreadableParticulars() : []
            for key in unreadable { printError("frontdesk: \(key.label[language])") }
            if !unreadable.isEmpty { throw ExitCode(4) }
        }
    }

    private func refuseThere(_ names: [String]) throws {
        let there = names.filter { FileManager.default.fileExists(atPath: "\(folder)/\($0)") }
        if !there.isEmpty, !replace {
            throw Refusal.input(
                "export.exists",
                "\(folder) 里已有 \(there.joined(separator: "、"))，没有改动；请另写文件夹，或加 --replace 覆盖",
                en:
                    "\(folder) has \(there.joined(separator: ", ")) already; nothing was changed: name another folder, or write over them with --replace"
            )
        }
    }
}

extension SpreadsheetFormat: ExpressibleByArgument {}
