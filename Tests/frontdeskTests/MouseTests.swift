import Foundation
import Testing

extension ProgramInTerminal {
    @Suite("Mouse and clipboard in a real terminal", .enabled(if: Tmux.isInstalled, "tmux is not installed"))
    struct MouseTests {
        /// A console with two visitors at the gate, in a terminal with SGR mouse reports.
        private func gate(_ options: String = "") throws -> (TestHome, Tmux) {
            let home = try TestHome()
            for name in ["张三", "欧阳锋"] {
                try home.do("visitor.arrive name=\(name) host=3-2-501 purpose=快递 phone=13812345678")
            }
            let tmux = Tmux(home, 80, 24)
            try tmux.open("a", shell: "exec env TERM=xterm-256color \(Program.path) --as S03 \(options)")
            try tmux.tmux("set-option", "-s", "set-clipboard", "on")
            try tmux.expect("F2 门岗", "欧阳锋")
            return (home, tmux)
        }

        /// Presses and releases a mouse button (64 and 65 are the wheel) on a text, as SGR reports.
        private func mouse(_ button: Int, on text: String, _ tmux: Tmux) throws {
            let lines = try tmux.screen().split(separator: "\n", omittingEmptySubsequences: false)
            let y = try #require(lines.firstIndex { $0.contains(text) }, "\(text)")
            let before = lines[y].prefix(upTo: try #require(lines[y].range(of: text)).lowerBound)
            let x = before.reduce(0) { $0 + ($1.unicodeScalars.contains { $0.properties.isIdeographic } ? 2 : 1) }
            try tmux.type("\u{1B}[<\(button);\(x + 1);\(y + 1)M")
            try tmux.type("\u{1B}[<\(button);\(x + 1);\(y + 1)m")
        }

        @Test("A click selects, a second one is Enter, and answers of a question can be clicked")
        func clicking() throws {
            let (home, tmux) = try gate()
            #expect(try tmux.ask("mouse_any_flag") == "1")
            try mouse(0, on: "欧阳锋", tmux)
            try mouse(0, on: "欧阳锋", tmux)
            try tmux.expect("欧阳锋（3-2-501）现在离场？")
            Thread.sleep(forTimeInterval: 0.8)
            try mouse(0, on: "Enter 离场", tmux)
            try tmux.expect("已离 ")
            #expect(try home.show("gate").first { $0["name"].text == "欧阳锋" }?["state"].text == "left")
            try mouse(0, on: "F4 回访", tmux)
            try tmux.expect("没有待办的回访")
            try mouse(0, on: "F9 命令", tmux)
            try tmux.expect("命令与查找")
            try mouse(65, on: "命令与查找", tmux)
            try tmux.expect(" 2/")
        }

        @Test("The mouse is returned to the terminal and taken again")
        func togglesMouse() throws {
            let (_, tmux) = try gate()
            try tmux.press("C-^")
            try tmux.expect("鼠标已还给终端")
            #expect(try eventually { try tmux.ask("mouse_any_flag") == "0" })
            try tmux.press("C-^")
            #expect(try eventually { try tmux.ask("mouse_any_flag") == "1" })
        }

        @Test("A row and a field are copied to the clipboard with masked telephone numbers")
        func copying() throws {
            let (_, tmux) = try gate()
            try tmux.press("C-c", "C-c")
            try tmux.expect("已复制 整行")
            #expect(try eventually { try tmux.tmux("list-buffers").isEmpty == false })
            #expect(try tmux.tmux("show-buffer").hasSuffix("\t张三\t3-2-501\t快递\t—"))
            try tmux.press("C-c")
            try tmux.expect("138****5678")
            try tmux.type("dianhua")
            try tmux.press("Enter")
            #expect(try eventually { try tmux.tmux("show-buffer") == "138****5678" })
        }
    }
}
