import ArgumentParser
import Estate
import Foundation
import Journal
import Reports

/// `frontdesk report`: prints a report or writes it to a file.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "报表 · a report, to be printed or handed on")
    @Argument(help: "报表 · the report (see: frontdesk reports)", completion: .reports)
    var report: String
    @Argument(help: "参数或筛选 · parameters and filters: key=value …", completion: .fields)
    var pairs: [String] = []
    @Option(
        help: "格式 text, html（A4 打印）, csv, xlsx · the format",
        completion: .list(ReportFormat.allCases.map(\.rawValue)))
    var format: String?
    @Option(name: .shortAndLong, help: "写入文件 · the file that it is written to", completion: .file())
    var output: String?
    @Flag(help: "错误以 JSON 输出 · errors as JSON")
    var json = false
    @OptionGroup var data: DataOptions
    @OptionGroup var staff: StaffOptions
    @OptionGroup var time: TimeOptions

    func run() throws {
        let format = try chosenFormat()
        if let output { try ReportCommand.refuse(output) }
        let report = try Estate.report(named: report)
        let store = try data.open()
        let moment = try time.moment(store.present, dateMeansEnd: true)
        let estate = try moment.map { try store.estate(asOf: $0) } ?? store.estate
        let (asOf, members) = (moment ?? store.now, try members(of: pairs))
        let reader = try staff.reader(of: report, in: store)
        let (rows, document) = try report.make(
            of: estate, at: asOf, members: members, for: reader?.role, member: reader?.code, .ofEnvironment(),
            reading: store.entries, figures: { try store.pastFigures(of: $0) })
        report.shortDates(in: members, Present(asOf: asOf, in: estate.zone)).print()
        let bytes = format.bytes(of: rows, document, sealedBy: store.seal)
        if let output { try ReportFile.write(bytes, to: output) } else { printBytes(bytes) }
        if store.isDamaged { throw ExitCode(ExitStatus.damaged.rawValue) }
    }

    /// Refuses a file that cannot be written: in a folder that is not there, or one that is itself a folder.
    private static func refuse(_ output: String) throws {
        func isFolder(_ path: String) -> Bool {
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
        }
        let folder = (output as NSString).deletingLastPathComponent
        if !folder.isEmpty, !isFolder(folder) {
            throw Refusal.input("report.folder", "没有这个文件夹：\(folder)", en: "there is no folder \(folder)")
        }
        if isFolder(output) {
            throw Refusal.input(
                "report.file", "\(output) 是文件夹：请写文件名", en: "\(output) is a folder: name a file")
        }
    }

    /// The format of `--format`, else of the file name's extension, else text.
    private func chosenFormat() throws -> ReportFormat {
        if let format {
            guard let known = ReportFormat(rawValue: format) else {
                throw Refusal.input(
                    "report.format", "格式只有 text、html、csv、xlsx", en: "the formats are text, html, csv and xlsx")
            }
            if known == .xlsx, output == nil, isatty(STDOUT_FILENO) == 1 {
                throw Refusal.input(
                    "report.format", "xlsx 要写入文件：-o 文件名.xlsx", en: "xlsx goes into a file: -o FILE.xlsx")
            }
            return known
        }
        switch output.map({ ($0 as NSString).pathExtension.lowercased() }) {
        case "html", "htm": return .html
        case "csv": return .csv
        case "xlsx": return .xlsx
        default: return .text
        }
    }
}
