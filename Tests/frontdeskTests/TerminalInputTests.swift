import Foundation
import Testing

extension ProgramInTerminal {
    @Suite("Keys in a real terminal", .enabled(if: Tmux.isInstalled, "tmux is not installed"))
    struct TerminalInputTests {
        private let home: TestHome
        private let tmux: Tmux

        init() throws {
            home = try TestHome()
            tmux = Tmux(home)
        }

        /// Opens the form for a visitor, whose first field is the name, in a terminal of a type.
        private func openForm(_ type: String = "xterm-256color") throws {
            try tmux.open("a", shell: "exec env TERM=\(type) \(Program.path) --as S03")
            try tmux.expect("F2 门岗")
            try tmux.send("\u{1B}[19~")
            try tmux.expect("来访登记")
        }

        @Test("A character in two writes is whole, and the letters behind it arrive")
        func dividedCharacter() throws {
            try openForm()
            try tmux.send([0x61, 0xE4, 0xB8])
            try tmux.expect(" a ")
            try tmux.send([0xAD] + Array("bcdefghijklmnopqrstuvwxyz".utf8))
            try tmux.expect(" a中bcdefghijklmnopqrstuvwxyz ")
        }

        @Test("Stray bytes and unknown sequences are no letters")
        func unknown() throws {
            try openForm()
            try tmux.send([0x61, 0xFF, 0x62, 0xE4, 0x63])
            try tmux.send("\u{1B}[1;7Pd\u{1B}[57361ue\u{1B}]11;rgb:0/0/0\u{1B}\\f\u{1B}[?1;2c\u{1B}OEg")
            try tmux.expect(" abcdefg ")
        }

        @Test("A paste arrives to its end, and keys after it are keys")
        func paste() throws {
            try openForm()
            try tmux.paste(String(repeating: "漏水", count: 600) + "终")
            try tmux.expect("终")
            try tmux.send("尾")
            try tmux.expect("终尾")
        }

        @Test(
            "Function keys, arrows and Esc of each terminal type",
            arguments: [
                ("xterm-256color", "\u{1B}OP", "\u{1B}OB"), ("tmux-256color", "\u{1B}OP", "\u{1B}OB"),
                ("screen-256color", "\u{1B}OP", "\u{1B}[B"), ("linux", "\u{1B}[[A", "\u{1B}[B"),
                ("rxvt", "\u{1B}[11~", "\u{1B}[B"), ("vt100", "\u{1B}OP", "\u{1B}OB"),
            ])
        func types(type: String, f1: String, down: String) throws {
            for name in ["张三", "欧阳锋"] { try home.do("visitor.arrive name=\(name) host=3-2-501 purpose=快递") }
            try openForm(type)
            try tmux.send("\u{1B}")
            #expect(try eventually { try !tmux.screen().contains("来访登记") })
            try tmux.expect("1/2")
            try tmux.send(down)
            try tmux.expect("2/2")
            try tmux.press("Up")
            try tmux.expect("1/2")
            let before = try tmux.screen()
            try tmux.send(f1)
            #expect(try eventually { try tmux.screen() != before })
            try tmux.send("\u{1B}")
            try tmux.expect("1/2")
        }
    }
}
