import Foundation
import TestSupport
import Testing

extension ProgramInTerminal {
    @Suite("Random keyboard input", .enabled(if: Tmux.isInstalled, "tmux is not installed"))
    struct KeyFuzzTests {
        /// Complete and partial escape sequences and text; in random order they form valid and invalid sequences.
        private static let texts = [
            "\u{1B}", "\u{1B}[", "\u{1B}O", "\u{1B}[200~", "\u{1B}[201~", "\u{1B}[I", "\u{1B}[O", "\u{1B}[<0;10;10M",
            "\u{1B}[<65;999999999;5M", "\u{1B}[M   ", "\u{1B}[1;5A", "\u{1B}[15~", "\u{1B}[17~", "\u{1B}[19~",
            "\u{1B}[20~", "\u{1B}OQ", "\u{1B}[999999999999~", "\u{1B}]0;title\u{7}", "\u{1B}P", "\u{1B}\u{1B}", "[A",
            "~", ";", "M", "\r", "\n", "\t", "\u{13}", "\u{6}", "\u{14}", "\u{5}", "zs", "3-2-501", "张三", "👨‍👩‍👧",
            "e\u{301}\u{302}", "\u{202E}", "\u{FEFF}", "\u{FFFF}", "\u{10FFFF}",
        ]
        private static let invalidUTF8: [[UInt8]] = [
            [0x80], [0xC0, 0x80], [0xE5, 0xBC], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xFF],
        ]
        private static let pieces = texts.map { Array($0.utf8) } + invalidUTF8

        private static let seeds = 1...(isLong ? 40 : 3)

        private static func bytes(_ count: Int, _ fuzz: inout Fuzz) -> [UInt8] {
            var bytes: [UInt8] = []
            while bytes.count < count { bytes += fuzz.below(2) == 0 ? fuzz.bytes(1) : fuzz.pick(pieces) }
            return bytes
        }

        @Test(
            "After 2,000 random bytes the console answers, draws correctly and restores the terminal", arguments: seeds)
        func randomBytes(seed: Int) throws {
            let home = try TestHome()
            try home.do("visitor.arrive name=张三 host=3-2-501 purpose=快递")
            var fuzz = Fuzz(seed)
            let tmux = Tmux(home)
            let (before, after) = (try home.file("before"), try home.file("after"))
            let over = try home.file("over")
            // Random keys can quit the console through the command list; it is restarted then. The shell ignores ^C
            // meanwhile.
            try tmux.open(
                "a",
                shell: "stty -a > \(before); trap '' INT QUIT TSTP; until "
                    + "\(Program.path) --as \(fuzz.pick(["S01", "S02", "S03", "S04"])); code=$?; "
                    + "[ -e \(over) ] || [ $code != 0 ]; do :; done; echo ended with $code; stty -a > \(after); "
                    + "sleep 600")
            try tmux.expect("翠湖花园")
            for _ in 0..<10 {
                try tmux.send(Self.bytes(200, &fuzz))
                if fuzz.below(4) == 0 { try tmux.resize(60 + fuzz.below(100), 16 + fuzz.below(30)) }
            }
            // An unfinished paste is delivered after a timeout; of a console that lags behind, this ends it.
            try settles(tmux)
            try tmux.send(Array("\u{1B}[201~".utf8))
            try tmux.resize(120, 36)
            for _ in 0..<6 { try tmux.press("Escape") }
            // A list keeps its filter until Escape is pressed there.
            try tmux.press("F9")
            try tmux.type("门岗来访")
            try tmux.press("Enter", "Escape", "Escape")
            try tmux.expect("翠湖花园", "张三", "F10")
            try settles(tmux)
            try drawsRight(tmux)
            _ = try home.file("over", "")
            try tmux.press("F10")
            try tmux.expect("退出控制台？")
            Thread.sleep(forTimeInterval: 1)
            try tmux.press("Enter")
            try tmux.expect("ended with 0")
            #expect(try eventually { FileManager.default.fileExists(atPath: after) })
            #expect(try eventually { try TestHome.text(after) == TestHome.text(before) })
            #expect(try tmux.ask("alternate_on") == "0" && tmux.ask("cursor_flag") == "1")
            #expect(try tmux.ask("mouse_any_flag") == "0")
            #expect(try home.run("verify").code == 0)
        }

        /// The screen without digits, which show times: those of a call go on.
        private func still(_ tmux: Tmux) throws -> String { try tmux.screen().filter { !$0.isNumber } }

        /// Waits until the screen has not changed for 3 s, which is longer than the paste timeout.
        private func settles(_ tmux: Tmux) throws {
            var (last, since) = ("", Date())
            #expect(
                try eventually(within: 90) {
                    let shown = try still(tmux)
                    if shown != last { (last, since) = (shown, Date()) }
                    usleep(50_000)
                    return since.timeIntervalSinceNow < -3
                }, "the screen keeps changing")
        }

        /// Checks that a complete redraw (Ctrl-L) changes nothing but digits.
        private func drawsRight(_ tmux: Tmux) throws {
            let before = try still(tmux)
            try tmux.press("C-l")
            usleep(300_000)
            let after = try still(tmux)
            #expect(before == after)
        }
    }
}
