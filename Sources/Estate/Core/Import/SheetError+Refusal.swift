import Foundation
import Sheets

extension Refusal {
    /// The refusal of a file that has no table; `name` is the file's for people.
    public init(_ error: SheetError, in name: String) {
        switch error {
        case .unreadable(let number):
            let reason = Label(systemError: number)
            self = .input(
                "import.file", "读不到文件：\(name)（\(reason.chinese)）",
                en: "the file cannot be read: \(name) (\(reason.english))")
        case .encoding:
            self = .input(
                "import.encoding", "文件不是 UTF-8、UTF-16 或 GB 18030：\(name)",
                en: "the file is neither UTF-8, UTF-16 nor GB 18030: \(name)")
        case .quotes(let line):
            self = .input("import.quotes", "第 \(line) 行的引号不成对", en: "line \(line) has a quote in the wrong place")
        case .oldFormat:
            self = .input(
                "import.format", "\(name) 是旧版 .xls 或带密码：请另存为 .xlsx 或 CSV",
                en: "\(name) is an old .xls or has a password: save it as .xlsx or CSV")
        case .noWorkbook:
            self = .input(
                "import.format", "\(name) 不是 .xlsx 或 CSV 文件：请用表格软件打开并另存为 .xlsx",
                en: "\(name) is neither .xlsx nor CSV: open it in a spreadsheet program and save it as .xlsx")
        case .malformed(let part):
            self = .input(
                "import.malformed", "\(name) 已损坏（\(part)）：请用表格软件打开并另存",
                en: "\(name) is damaged (\(part)): open it and save it anew")
        case .tooLarge:
            self = .input("import.tooLarge", "\(name) 太大或展开后太大", en: "\(name) is too large, or would be when inflated")
        case .noSheet(let wanted, let known):
            let names = known.joined(separator: "、")
            self = .input(
                "import.sheet", "没有工作表“\(wanted ?? "")”（有：\(names)）",
                en: "there is no visible sheet \(wanted ?? "") (there are: \(names))")
        }
    }
}
