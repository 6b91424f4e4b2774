import Estate
import Foundation
import Handbook
import Journal
import Screen

/// What went wrong, as a person reads it and a script tells it: a stable code, a message, an exit code.
struct Trouble {
    let code: String
    let message: String
    /// 2 the command line is wrong · 3 a rule refuses · 4 the data is damaged · 5 the disk or another part failed.
    let exitCode: Int32

    init(code: String, message: String, exitCode: Int32) {
        (self.code, self.message, self.exitCode) = (code, message, exitCode)
    }

    /// What an error of ours means; `nil` for the command line parser's own.
    init?(_ error: any Error, language: Language) {
        switch error {
        case let refusal as Refusal:
            self.init(
                code: refusal.code, message: refusal.message[language], exitCode: refusal.cause == .input ? 2 : 3)
        case let error as JournalError:
            let (code, label, exit) = error.explanation
            self.init(code: code, message: label[language], exitCode: exit)
        case let error as HandbookError:
            self.init(
                code: error.code.rawValue, message: language == .chinese ? error.chinese : error.english, exitCode: 2)
        default: return nil
        }
    }

    /// `{"error":{"code":…,"message":…}}`
    func write(to json: inout JSONWriter, reference: String? = nil) {
        json.openObject()
        json.key("error")
        json.openObject()
        json.key("code")
        json.string(code)
        json.key("message")
        json.string(message)
        json.closeObject()
        if let reference {
            json.key("ref")
            json.string(reference)
        }
        json.closeObject()
    }

    func print(asJSON: Bool) {
        var text = "frontdesk: \(VisibleText.visible(message))（\(code)）"
        if asJSON {
            var json = JSONWriter()
            write(to: &json)
            text = json.text
        }
        FileHandle.standardError.write(Data((text + "\n").utf8))
    }
}

extension JournalError {
    /// Its stable code, its words, and its exit code.
    var explanation: (String, Label, Int32) {
        switch self {
        case .missing(let folder):
            (
                "data.missing",
                Label(
                    "\(folder) 里没有小区数据；先用 frontdesk init 建立，或用 --data 指定文件夹",
                    en: "there is no estate in \(folder); make one with frontdesk init, or name the folder with --data"),
                2
            )
        case .exists(let folder):
            (
                "data.exists",
                Label("\(folder) 里已有小区数据，没有改动", en: "there is an estate in \(folder) already; nothing was changed"), 2
            )
        case .network(let folder):
            (
                "data.network",
                Label(
                    "\(folder) 在网络或 FUSE 文件系统上，锁和落盘不可靠；请换本机磁盘",
                    en: "\(folder) lies on a network or FUSE file system, whose locks cannot be trusted; use a local disk"),
                5
            )
        case .disk(let failure):
            (
                failure.isFull ? "disk.full" : "disk.failed",
                Label(
                    "磁盘操作失败，这次没有记录：\(failure.call) \(failure.path)：\(failure.reason)",
                    en: "the disk failed, nothing was recorded: \(failure.call) \(failure.path): \(failure.reason)"), 5
            )
        case .readOnly(let failure):
            (
                "data.readOnly",
                Label(
                    "先前写入失败（\(failure.reason)），暂不接受新记录", en: "an earlier write failed (\(failure.reason)): nothing is taken"),
                5
            )
        }
    }
}

extension Language {
    /// Chinese unless `LANG` (or what overrides it for messages) begins with `en`.
    static func ofEnvironment() -> Language {
        let environment = ProcessInfo.processInfo.environment
        let lang = environment["FRONTDESK_LANG"] ?? environment["LANG"] ?? ""
        return lang.lowercased().hasPrefix("en") ? .english : .chinese
    }
}
