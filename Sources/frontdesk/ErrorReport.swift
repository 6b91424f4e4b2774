import Estate
import Foundation
import Handbook
import Journal
import Screen

/// What went wrong, as a person reads it and a script tells it: a stable code, a message, an exit code.
struct Trouble: Error {
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
        case let trouble as Trouble: self = trouble
        case let refusal as Refusal:
            self.init(
                code: refusal.code, message: refusal.message[language], exitCode: refusal.cause == .input ? 2 : 3)
        case let error as JournalError:
            self.init(code: error.code, message: error.label[language], exitCode: error.exitCode)
        case let error as MirrorError:
            self.init(code: error.code, message: error.label[language], exitCode: 2)
        case let error as HandbookError:
            self.init(
                code: error.code.rawValue, message: language == .chinese ? error.chinese : error.english, exitCode: 5)
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
        complain(text)
    }
}

extension JournalError {
    fileprivate var exitCode: Int32 {
        switch self {
        case .missing, .exists: 2
        case .network, .disk, .unconfirmed, .recorded, .readOnly: 5
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
