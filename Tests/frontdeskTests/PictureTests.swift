import Foundation
import Testing

extension ProgramInTerminal {
    /// Pictures are sent as changes. What a real terminal shows then must be what it shows when all is sent anew.
    @Suite("Pictures in a real terminal", .enabled(if: Tmux.isInstalled, "tmux is not installed"))
    struct PictureTests {
        private static let keys = [
            "Down", "Down", "Up", "Down", "PageDown", "Home", "F3", "F4", "F5", "F6", "F7", "Tab", "F8", "张三",
            "漏水 👍🏽e\u{301}",
            "Escape", "F9", "Escape", "F1", "Escape", "Enter", "Escape", "Right", "BSpace",
        ]

        @Test(
            "Changes show the same as a redraw",
            arguments: [
                ("xterm-256color", 120, 36), ("screen-256color", 80, 24), ("linux", 100, 28), ("vt100", 80, 24),
            ])
        func changes(type: String, width: Int, height: Int) throws {
            let home = try TestHome()
            for (index, name) in ["张三", "欧阳娜娜", "e\u{301}👨‍👩‍👧", "🇨🇳李", "李“四”—…"].enumerated() {
                try home.do("visitor.arrive name=\(name) host=3-2-50\(index % 2 + 1) purpose=快递")
            }
            let tmux = Tmux(home, width, height)
            try tmux.open("a", shell: "exec env TERM=\(type) \(Program.path) --as S01")
            try tmux.expect("翠湖花园")
            var random = SystemRandomNumberGenerator()
            for round in 0..<(isLong ? 400 : 5) {
                var pressed: [String] = []
                for _ in 0..<6 {
                    let key = PictureTests.keys.randomElement(using: &random) ?? "Down"
                    pressed.append(key)
                    if key.utf8.count > 8 || !key.allSatisfy(\.isASCII) {
                        try tmux.type(key)
                    } else {
                        try tmux.press(key)
                    }
                }
                if round % 3 == 2 { try tmux.resize(width - round % 7, height - round % 5) }
                #expect(try isSameAfterRedraw(tmux), "\(type): \(pressed)")
            }
        }

        /// Times on the screen may change in between, so that several attempts are made.
        private func isSameAfterRedraw(_ tmux: Tmux) throws -> Bool {
            for _ in 0..<4 {
                let shown = try settled(tmux)
                try tmux.press("C-l")
                if try settled(tmux) == shown { return true }
            }
            return false
        }

        /// The screen with its colours, when it has not changed for 150 ms.
        private func settled(_ tmux: Tmux) throws -> String {
            var last = ""
            while true {
                let screen = try tmux.tmux("capture-pane", "-p", "-e", "-t", "s:a")
                let now = PictureTests.visible(screen) + (try tmux.ask("?cursor_flag,#{cursor_x} #{cursor_y},hidden"))
                if now == last { return now }
                last = now
                usleep(150_000)
            }
        }

        /// The screen with the look before each character, where a blank's only by what can be seen of it.
        private static func visible(_ screen: String) -> String {
            var (result, look, rest) = ("", [String: String](), screen[...])
            while let character = rest.popFirst() {
                if character == "\u{1B}" {
                    let body = rest.prefix { $0 != "m" }
                    rest = rest.dropFirst(body.count + 1)
                    select(body.dropFirst().split(separator: ";", omittingEmptySubsequences: false)[...], &look)
                    continue
                }
                let seen = character == " " ? look.filter { ["background", "4", "7"].contains($0.key) } : look
                result += "\(seen.sorted { $0.key < $1.key })\(character)"
            }
            return result
        }

        private static func select(_ parameters: ArraySlice<Substring>, _ look: inout [String: String]) {
            var rest = parameters
            while let first = rest.popFirst() {
                let code = Int(first) ?? 0
                switch code {
                case 0: look = [:]
                case 22: (look["1"], look["2"]) = (nil, nil)
                case 23...27: look["\(code - 20)"] = nil
                case 38, 48:
                    let count = rest.first == "5" ? 2 : 4
                    look[code == 38 ? "foreground" : "background"] = rest.prefix(count).joined(separator: ";")
                    rest = rest.dropFirst(count)
                case 39: look["foreground"] = nil
                case 49: look["background"] = nil
                case 30...37, 90...97: look["foreground"] = "\(code)"
                case 40...47, 100...107: look["background"] = "\(code)"
                default: look["\(code)"] = ""
                }
            }
        }
    }
}
