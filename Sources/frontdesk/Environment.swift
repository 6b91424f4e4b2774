import Estate
import Foundation

/// The environment variables that the program reads.
enum EnvironmentVariable: String, CaseIterable {
    case data = "FRONTDESK_DATA"
    case staff = "FRONTDESK_STAFF"
    case language = "FRONTDESK_LANG"
    case theme = "FRONTDESK_THEME"
    case noColor = "NO_COLOR"
    case systemLanguage = "LANG"
    case dataHome = "XDG_DATA_HOME"
    case configurationHome = "XDG_CONFIG_HOME"
    case home = "HOME"

    /// Its value; `nil` if it is not set, or empty.
    var value: String? { ProcessInfo.processInfo.environment[rawValue].flatMap { $0.isEmpty ? nil : $0 } }

    /// What it does, for the manual page.
    var label: Label {
        switch self {
        case .data: Label("数据文件夹，没有 --data 时", en: "the data folder, without --data")
        case .staff: Label("操作员工号，没有 --as 时", en: "the staff member who acts, without --as")
        case .language: Label("语言 zh 或 en，先于 LANG", en: "the language, zh or en; goes before LANG")
        case .theme: Label("主题，没有 --theme 时", en: "the theme, without --theme")
        case .noColor: Label("不为空则用 mono 主题", en: "if not empty, the theme is mono")
        case .systemLanguage: Label("以 en 开头则用英文，否则中文", en: "English if it begins with en, otherwise Chinese")
        case .dataHome: Label("其中的 frontdesk 是数据文件夹", en: "its folder frontdesk is the data folder")
        case .configurationHome: Label("其中的 frontdesk/keys 是按键文件", en: "its frontdesk/keys is the file of keys")
        case .home: Label("以上两项的默认位置在其下", en: "where the defaults of the two before are")
        }
    }
}

/// Refuses text from outside that is not UTF-8: it would be repaired, and the altered text recorded for good, or another
/// folder opened.
enum TextEncoding {
    /// Throws `Refusal` `usage.encoding` for an argument, or a variable that names a folder or a person.
    static func check() throws {
        for index in 1..<max(1, Int(CommandLine.argc)) {
            guard let argument = CommandLine.unsafeArgv[index] else { continue }
            try check(argument, Label("第 \(index) 个参数", en: "argument \(index)"))
        }
        for variable in EnvironmentVariable.allCases {
            guard let value = getenv(variable.rawValue) else { continue }
            try check(value, Label("环境变量 \(variable.rawValue) ", en: "the variable \(variable.rawValue)"))
        }
    }

    /// Both languages stand in the message: a terminal of another encoding shows no Chinese.
    private static func check(_ text: UnsafePointer<CChar>, _ place: Label) throws {
        if String(validatingCString: text) != nil { return }
        let shown = String(cString: text)
        throw Refusal.input(
            "usage.encoding",
            "\(place.chinese)不是 UTF-8 文字：\(shown)；终端若是 GBK，请把它和 LANG 设为 UTF-8 · \(advice(place, shown))",
            en: advice(place, shown))
    }

    private static func advice(_ place: Label, _ shown: String) -> String {
        "\(place.english) is not UTF-8: \(shown); if the terminal is set to GBK, set it and LANG to UTF-8"
    }
}
