/// Why the terminal cannot be used.
public enum TerminalError: Error, Hashable, Sendable {
    /// Standard input or output is no terminal.
    case notATerminal
    /// Neither the user's locale nor C.UTF-8 gives UTF-8.
    case noUTF8
    /// There is no description of the terminal type that `TERM` names.
    case unknownType(String)
    /// The log file that standard error was to go to cannot be written.
    case logUnwritable(String)
    /// The system refuses a pipe for signals.
    case noSignals

    /// What to tell the user, and what can be done.
    public var chinese: String {
        switch self {
        case .notATerminal: "标准输入输出不是终端，无法显示全屏界面。"
        case .noUTF8: "当前语言环境不是 UTF-8，且系统没有 C.UTF-8。请设置 LANG，例如 zh_CN.UTF-8。"
        case .unknownType(let name): "不认识的终端类型“\(name)”。请设置 TERM，例如 xterm-256color。"
        case .logUnwritable(let path): "无法写入日志文件 \(path)。"
        case .noSignals: "系统资源不足，无法启动全屏界面。"
        }
    }

    public var english: String {
        switch self {
        case .notATerminal: "Standard input and output are not a terminal: no full screen is possible."
        case .noUTF8: "The locale is not UTF-8 and there is no C.UTF-8. Set LANG, for instance to zh_CN.UTF-8."
        case .unknownType(let name): "Unknown terminal type “\(name)”. Set TERM, for instance to xterm-256color."
        case .logUnwritable(let path): "Cannot write to the log file \(path)."
        case .noSignals: "Out of system resources: no full screen is possible."
        }
    }
}

extension TerminalError: CustomStringConvertible {
    public var description: String { "\(chinese) / \(english)" }
}
