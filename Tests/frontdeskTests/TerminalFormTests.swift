import Foundation
import Testing

extension ProgramInTerminal {
    @Suite("Forms in a real terminal", .enabled(if: Tmux.isInstalled, "tmux is not installed"))
    struct TerminalFormTests {
        @Test("A form keeps its text when the action is refused, and shows the reason")
        func refusedForm() throws {
            let home = try TestHome()
            let tmux = Tmux(home, 80, 24)
            try tmux.console()
            try tmux.press("F8")
            try tmux.expect("来访登记")
            try tmux.type("张三")
            try tmux.press("Tab")
            try tmux.type("3-2-501")
            try tmux.press("Tab")
            try tmux.type("看房")
            try tmux.press("Tab", "Tab")
            // A number that cannot be one.
            try tmux.type("12")
            try tmux.press("C-s")
            try tmux.expect("3-2-501", "张三", "看房", "不是电话号码")
            #expect(try home.show("gate").isEmpty)
        }

        @Test("A pasted line break does not submit a form")
        func pasting() throws {
            let home = try TestHome()
            let tmux = Tmux(home)
            try tmux.console()
            try tmux.press("F8")
            try tmux.expect("来访登记")
            try tmux.paste("张三\n李四\n")
            try tmux.expect("来访登记", "张三 李四")
            try tmux.press("Tab")
            try tmux.paste("3-2-501\r\n")
            try tmux.press("Tab")
            try tmux.paste("看房\n\n\n")
            try tmux.press("BTab", "BTab", "BTab")
            // In the last field Enter would submit.
            try tmux.paste("2026-11-01 08:00\n")
            try tmux.expect("来访登记", "2026-11-01 08:00", "看房")
            #expect(try home.show("gate").isEmpty)
            try tmux.press("C-s")
            #expect(try eventually { try home.show("gate").count == 1 })
            #expect(try home.show("gate")[0]["name"].text == "张三 李四")
        }

        @Test("After kill -9 the draft of a form is offered at the next sign-in of its member only")
        func draftIsOffered() throws {
            let home = try TestHome()
            let tmux = Tmux(home)
            try tmux.console("a")
            try tmux.press("F8")
            try tmux.type("没登记完的人")
            try tmux.press("Tab")
            try tmux.type("3-2-501")
            try tmux.expect("没登记完的人", "3-2-501")
            func drafts() throws -> [String] {
                let names = try? FileManager.default.contentsOfDirectory(atPath: "\(home.data)/drafts")
                return try (names ?? []).filter { $0.hasSuffix(".json") }.map {
                    try TestHome.text("\(home.data)/drafts/\($0)")
                }
            }
            // Sealed, since it tells of persons. Drafts are written every 250 ms.
            #expect(try eventually { try drafts().contains { $0.hasPrefix("[\"drafts\",") } })
            usleep(600_000)
            #expect(try !drafts().contains { $0.contains("没登记完的人") })
            // The form of a running console is not offered elsewhere.
            try tmux.console("b")
            #expect(try !tmux.screen("b").contains("未提交的表单"))
            kill(try #require(pid_t(try tmux.ask("pane_pid"))), SIGKILL)
            #expect(try eventually { try tmux.ask("pane_dead") == "1" })
            try tmux.press("C-]", in: "b")
            try tmux.expect("未提交的表单", "来访登记 · 没登记完的人", in: "b")
            try tmux.open("c", shell: "exec \(Program.path) --as S02")
            try tmux.expect("F2 通话", in: "c")
            #expect(try !tmux.screen("c").contains("未提交的表单"))
            try tmux.press("Enter", in: "b")
            try tmux.expect("姓名", "没登记完的人", "3-2-501", in: "b")
            // The caret is in the first empty field.
            try tmux.type("看房", in: "b")
            try tmux.press("C-s", in: "b")
            #expect(try eventually { try home.show("gate").count == 1 })
            #expect(try eventually { try drafts().isEmpty })
        }

        @Test("kill -9 in a form leaves the journal intact and other consoles working")
        func killedInForm() throws {
            let home = try TestHome()
            let lines = try home.run("verify --json").json["lines"].number
            let tmux = Tmux(home)
            try tmux.console("a")
            try tmux.console("b")
            try tmux.press("F8")
            try tmux.type("没登记完的人")
            try tmux.expect("没登记完的人")
            let process = try #require(pid_t(try tmux.ask("pane_pid")))
            kill(process, SIGKILL)
            #expect(try eventually { try tmux.ask("pane_dead") == "1" })
            let verified = try home.run("verify --json")
            #expect(verified.code == 0)
            #expect(verified.json["lines"].number == lines)
            try home.do("visitor.arrive name=后来的 host=3-2-501 purpose=快递")
            try tmux.expect("后来的", in: "b")
        }
    }
}
