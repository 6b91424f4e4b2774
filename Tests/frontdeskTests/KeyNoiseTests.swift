import Foundation
import Testing

extension Program {
    @Suite("Whatever comes from the keyboard", .enabled(if: Tmux.isInstalled, "tmux is not installed"))
    struct KeyNoiseTests {
        /// What terminals send, whole or in part, which fits together to sequences right and wrong.
        private static let texts = [
            "\u{1B}", "\u{1B}[", "\u{1B}O", "\u{1B}[200~", "\u{1B}[201~", "\u{1B}[I", "\u{1B}[O", "\u{1B}[<0;10;10M",
            "\u{1B}[<65;999999999;5M", "\u{1B}[M   ", "\u{1B}[1;5A", "\u{1B}[15~", "\u{1B}[17~", "\u{1B}[19~",
            "\u{1B}[20~", "\u{1B}OQ", "\u{1B}[999999999999~", "\u{1B}]0;title\u{7}", "\u{1B}P", "\u{1B}\u{1B}", "[A",
            "~", ";", "M", "\r", "\n", "\t", "\u{13}", "\u{6}", "\u{14}", "\u{5}", "zs", "3-2-501", "张三", "👨‍👩‍👧",
            "e\u{301}\u{302}", "\u{202E}", "\u{FEFF}", "\u{FFFF}", "\u{10FFFF}",
        ]
        private static let noText: [[UInt8]] = [
            [0x80], [0xC0, 0x80], [0xE5, 0xBC], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xFF],
        ]
        private static let pieces = texts.map { Array($0.utf8) } + noText

        private static let seeds = 1...(isLong ? 40 : 3)

        private static func bytes(_ count: Int, _ noise: inout Noise) -> [UInt8] {
            var bytes: [UInt8] = []
            while bytes.count < count { bytes += noise.below(2) == 0 ? noise.bytes(1) : noise.pick(pieces) }
            return bytes
        }

        @Test("2,000 bytes: the console still answers, draws right, and leaves a sound terminal", arguments: seeds)
        func bytes(seed: Int) throws {
            let desk = try Desk()
            try desk.do("visitor.arrive name=张三 host=3-2-501 purpose=快递")
            var noise = Noise(seed)
            let tmux = Tmux(desk)
            let (before, after) = (try desk.file("before"), try desk.file("after"))
            let over = try desk.file("over")
            // Enter on “quit” among the commands is a way to leave: then it begins anew. Meanwhile ^C is no key.
            try tmux.open(
                "a",
                shell: "stty -a > \(before); trap '' INT QUIT TSTP; until "
                    + "\(Program.path) --as \(noise.pick(["S01", "S02", "S03", "S04"])); code=$?; "
                    + "[ -e \(over) ] || [ $code != 0 ]; do :; done; echo ended with $code; stty -a > \(after); "
                    + "sleep 600")
            try tmux.expect("翠湖花园")
            for _ in 0..<10 {
                // Written by the terminal as they are, in pieces that a reader may see apart.
                let file = try desk.file("noise", Data(Self.bytes(200, &noise)))
                try tmux.tmux("load-buffer", "-b", "noise", file)
                try tmux.tmux("paste-buffer", "-r", "-b", "noise", "-t", "s:a")
                if noise.below(4) == 0 { try tmux.resize(60 + noise.below(100), 16 + noise.below(30)) }
            }
            // The end of a paste may not have come: the console waits for that, but not for ever.
            try settles(tmux)
            try tmux.resize(120, 36)
            for _ in 0..<6 { try tmux.press("Escape") }
            // A list keeps its filter until Escape is pressed there.
            try tmux.press("F9")
            try tmux.type("门岗来访")
            try tmux.press("Enter", "Escape", "Escape")
            try tmux.expect("翠湖花园", "张三", "F10")
            try settles(tmux)
            try drawsRight(tmux)
            _ = try desk.file("over", "")
            try tmux.press("F10")
            // In the middle of a call it asks.
            let hasEnded = try eventually(within: 2) { try tmux.screen().contains("ended with") }
            if !hasEnded { try tmux.press("Enter") }
            try tmux.expect("ended with 0")
            #expect(try eventually { FileManager.default.fileExists(atPath: after) })
            #expect(try eventually { try Desk.text(after) == Desk.text(before) })
            #expect(try tmux.ask("alternate_on") == "0" && tmux.ask("cursor_flag") == "1")
            #expect(try tmux.ask("mouse_any_flag") == "0")
            #expect(try desk.run("verify").code == 0)
        }

        /// Waits until all has been taken in: the screen has been still for longer than a paste is waited for.
        private func settles(_ tmux: Tmux) throws {
            var (last, since) = ("", Date())
            #expect(
                try eventually(within: 30) {
                    let shown = try tmux.screen()
                    if shown != last { (last, since) = (shown, Date()) }
                    usleep(50_000)
                    return since.timeIntervalSinceNow < -1.2
                }, "the console does not come to rest")
        }

        /// What is on the screen is what a screen drawn anew shows; but for the passing of time.
        private func drawsRight(_ tmux: Tmux) throws {
            func still() throws -> String { try tmux.screen().filter { !$0.isNumber } }
            let before = try still()
            try tmux.press("C-l")
            usleep(300_000)
            let after = try still()
            #expect(before == after)
        }
    }
}
