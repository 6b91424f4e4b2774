/// A reason why full-screen mode is not possible.
public enum TerminalError: Error, Hashable, Sendable {
    /// Standard input or output is not a terminal.
    case notATerminal
    /// Neither the user's locale nor C.UTF-8 provides UTF-8.
    case noUTF8
    /// The terminal type in `TERM` has no terminfo entry.
    case unknownType(String)
    /// The terminal type in `TERM` cannot move the cursor, as `dumb` cannot.
    case noCursorMotion(String)
    /// The log file for standard error cannot be written.
    case logUnwritable(String)
    /// The pipe for signals cannot be created.
    case noSignals

    /// A message for the user, with a remedy where there is one.
    public var chinese: String {
        switch self {
        case .notATerminal: "标准输入输出不是终端，无法显示全屏界面。"
        case .noUTF8: "当前语言环境不是 UTF-8，且系统没有 C.UTF-8。请设置 LANG，例如 zh_CN.UTF-8。"
        case .unknownType(let name): "不认识的终端类型“\(name)”。请设置 TERM，例如 xterm-256color。"
        case .noCursorMotion(let name): "终端类型“\(name)”不能移动光标，无法显示全屏界面。"
        case .logUnwritable(let path): "无法写入日志文件 \(path)。"
        case .noSignals: "系统资源不足，无法启动全屏界面。"
        }
    }

    public var english: String {
        switch self {
        case .notATerminal: "Standard input and output are not a terminal: no full screen is possible."
        case .noUTF8: "The locale is not UTF-8 and there is no C.UTF-8. Set LANG, for instance to zh_CN.UTF-8."
        case .unknownType(let name): "Unknown terminal type “\(name)”. Set TERM, for instance to xterm-256color."
        case .noCursorMotion(let name):
            "The terminal type “\(name)” cannot move the cursor: no full screen is possible."
        case .logUnwritable(let path): "Cannot write to the log file \(path)."
        case .noSignals: "Out of system resources: no full screen is possible."
        }
    }
}

extension TerminalError: CustomStringConvertible {
    public var description: String { "\(chinese) / \(english)" }
}
