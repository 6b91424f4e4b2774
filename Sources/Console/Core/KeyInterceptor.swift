import Estate
import Screen

/// A program or device that intercepts some keys before they reach the console: a terminal, a multiplexer, an input
/// method, a serial line.
///
/// Each function key and `Ctrl` letter has a second key with the same effect, its ``Key/alternate``.
struct KeyInterceptor: Sendable {
    let name: Label
    let keys: Set<Key>
    /// Whether the environment variables show that the program runs.
    let isPresent: @Sendable (_ environment: [String: String]) -> Bool

    private init(_ name: Label, _ keys: [Key], isPresent: @escaping @Sendable ([String: String]) -> Bool) {
        (self.name, self.keys, self.isPresent) = (name, Set(keys), isPresent)
    }

    /// Terminals, multiplexers and input methods, with the keys that each takes. `Console.md` has the same table.
    static let all: [KeyInterceptor] = [
        KeyInterceptor(
            Label("GNOME 终端、Xfce 终端", en: "GNOME Terminal, Xfce Terminal"),
            [.function(1), .function(10), .function(11), .function(22)]
        ) { isSet("VTE_VERSION", $0) || isRemote($0) },
        KeyInterceptor(Label("Konsole", en: "Konsole"), [.function(1), .function(11)]) { isSet("KONSOLE_VERSION", $0) },
        KeyInterceptor(Label("Windows 终端", en: "Windows Terminal"), [.function(11), .control("v")]) {
            isSet("WT_SESSION", $0) || isRemote($0)
        },
        KeyInterceptor(Label("tmux", en: "tmux"), [.control("b")]) { isSet("TMUX", $0) },
        KeyInterceptor(Label("screen", en: "screen"), [.control("a")]) { isSet("STY", $0) },
        KeyInterceptor(Label("输入法", en: "input methods"), [.control(" ")]) { _ in true },
        // No variable shows flow control: the key file names it with `taken`.
        KeyInterceptor(
            Label("串口、流控", en: "serial lines, flow control"), [.control("s"), .control("q"), .control("z")]
        ) { _ in false },
    ]

    /// The keys that do not reach the console here.
    static func taken(in environment: [String: String]) -> Set<Key> {
        all.filter { $0.isPresent(environment) }.reduce(into: []) { $0.formUnion($1.keys) }
    }

    /// The keys that at least one of these programs intercepts, whether it is in use or not.
    static let takenAnywhere: Set<Key> = all.reduce(into: []) { $0.formUnion($1.keys) }

    private static func isSet(_ name: String, _ environment: [String: String]) -> Bool {
        environment[name].map { !$0.isEmpty } ?? false
    }

    /// Whether the terminal is unknown: SSH does not pass its variables on, so it may be any.
    private static func isRemote(_ environment: [String: String]) -> Bool {
        let own = ["VTE_VERSION", "KONSOLE_VERSION", "WT_SESSION"]
        return isSet("SSH_CONNECTION", environment) && !own.contains { isSet($0, environment) }
    }
}

extension Key {
    /// The second key with the same effect: `Shift-F1` for `F1`, `Alt-B` for `Ctrl-B`; `nil` for other keys.
    var alternate: Key? {
        switch self {
        case .function(let number) where (1...12).contains(number): .function(number + 12)
        case .control(let letter) where letter.isLetter: .alt(letter)
        default: nil
        }
    }

    /// The key whose ``alternate`` this is. Terminals report Shift-F1 as F13.
    var original: Key? {
        switch self {
        case .function(let number) where (13...24).contains(number): .function(number - 12)
        case .alt(let letter) where letter.isLetter: .control(Character(letter.lowercased()))
        default: nil
        }
    }

    /// The name of an alternate as it is printed on the keyboard: `Shift-F1`, `Alt-B`.
    var alternateName: String {
        switch self {
        case .function(let number): "Shift-F\(number - 12)"
        case .alt(let letter): "Alt-\(letter.uppercased())"
        default: description
        }
    }
}
