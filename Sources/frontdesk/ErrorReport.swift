import Estate
import Foundation
import Handbook
import Hub
import Journal
import Screen

/// An error as printed: a stable code for scripts, a message in the user's language, and the exit code.
struct ErrorReport: Error {
    let code: String
    let message: String
    /// A raw value of ``ExitStatus``.
    let exitCode: Int32

    init(code: String, message: String, exitCode: Int32) {
        (self.code, self.message, self.exitCode) = (code, message, exitCode)
    }

    /// The report for an error of this program; `nil` for one of the argument parser.
    init?(_ error: any Error, language: Language) {
        switch error {
        case let report as ErrorReport: self = report
        case let refusal as Refusal:
            self.init(
                code: refusal.code, message: refusal.message[language],
                exitCode: (refusal.cause == .input ? ExitStatus.usage : .refused).rawValue)
        case let error as JournalError:
            self.init(code: error.code, message: error.label[language], exitCode: error.exitCode)
        case let error as MirrorError:
            self.init(code: error.code, message: error.label[language], exitCode: ExitStatus.usage.rawValue)
        case let error as HubError:
            self.init(
                code: error.trouble.code, message: Label.ofHub(trouble: error.trouble, detail: error.detail)[language],
                exitCode: (error.isOfInput ? ExitStatus.usage : .failed).rawValue)
        case let error as CopyError:
            self.init(code: error.code, message: error.label[language], exitCode: error.exitCode)
        case let error as HandbookError:
            self.init(
                code: error.code.rawValue, message: language == .chinese ? error.chinese : error.english,
                exitCode: ExitStatus.failed.rawValue)
        default: return nil
        }
    }

    /// `{"error":{"code":…,"message":…},"ref":…}`
    func json(reference: String? = nil) -> String {
        JSONWriter.object { json in
            json.key("error")
            json.object { json in
                json.member("code", code)
                json.member("message", message)
            }
            if let reference { json.member("ref", reference) }
        }
    }

    func print(asJSON: Bool) {
        printError(asJSON ? json() : "frontdesk: \(VisibleText.visible(message))（\(code)）")
    }
}

extension JournalError {
    fileprivate var exitCode: Int32 {
        switch self {
        case .missing, .exists: ExitStatus.usage.rawValue
        case .disk(let failure) where failure.isOfEncoding: ExitStatus.usage.rawValue
        case .nodeName: ExitStatus.damaged.rawValue
        case .network, .exposed, .disk, .unconfirmed, .recorded, .readOnly, .replaced, .busy, .outdated, .newer:
            ExitStatus.failed.rawValue
        }
    }
}

extension Language {
    /// The language of messages: English if `FRONTDESK_LANG`, else `LANG`, begins with `en`; otherwise Chinese.
    static func ofEnvironment() -> Language {
        let lang = EnvironmentVariable.language.value ?? EnvironmentVariable.systemLanguage.value ?? ""
        return lang.lowercased().hasPrefix("en") ? .english : .chinese
    }
}
