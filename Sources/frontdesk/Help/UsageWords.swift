import Foundation

/// What the parser of the command line says of a mistake, in Chinese. It has English words only; what is not among these
/// forms stays as it is.
enum UsageWords {
    /// Patterns of whole messages, and templates for them.
    private static let forms = [
        ("Missing expected argument '(.*)'", "少写了 $1"),
        ("Missing one of: (.*)", "至少写一个：$1"),
        ("Missing value for '(.*)'", "$1 后面少了值"),
        (#"Unknown option '(.*)'\. Did you mean '(.*)'\?"#, "没有选项 $1，是不是 $2？"),
        ("Unknown option '(.*)'", "没有选项 $1"),
        ("Unexpected argument '(.*)'", "“$1”用不在这里"),
        ("[0-9]+ unexpected arguments: (.*)", "这些用不在这里：$1"),
        (#"The option '(.*)' does not take any value, but '(.*)' was specified\."#, "$1 后面不带值，却写了 $2"),
        ("Value to be set with (?:flag )?(.*) had already been set with (?:flag )?(.*)", "$1 与 $2 只能用一个"),
        (#"The value '(.*?)' is invalid for '(.*?)'\. Please provide one of (.*)\."#, "$2 不能是“$1”，可用：$3"),
        (#"The value '(.*?)' is invalid for '(.*?)'[:.] (.*)"#, "$2 不能是“$1”：$3"),
        (#"The value '(.*?)' is invalid for '(.*?)'"#, "$2 不能是“$1”"),
    ]

    static func chinese(_ message: String) -> String {
        let whole = NSRange(message.startIndex..., in: message)
        for (form, words) in forms {
            let pattern = try? NSRegularExpression(pattern: "\\A(?:\(form))\\z", options: .dotMatchesLineSeparators)
            guard let pattern, pattern.firstMatch(in: message, range: whole) != nil else { continue }
            return pattern.stringByReplacingMatches(in: message, range: whole, withTemplate: words)
        }
        return message
    }
}
