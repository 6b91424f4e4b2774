import Foundation
import Testing

extension ProgramInTerminal {
    @Suite("The console in a real terminal", .enabled(if: Tmux.isInstalled, "tmux is not installed"))
    struct TerminalTests {
        @Test("A wide screen shows several panes, a small one shows tabs", arguments: [(120, 36), (80, 24), (60, 16)])
        func sizes(width: Int, height: Int) throws {
            let home = try TestHome()
            try home.do("visitor.arrive name=张三 host=3-2-501 purpose=快递")
            let tmux = Tmux(home, width, height)
            try tmux.console()
            try tmux.expect("翠湖花园", "赵门岗", "F2 门岗", "张三", "3-2-501", "F10")
            let shown = try tmux.screen()
            #expect(shown.contains("F4 回访") == (width >= 80) || shown.contains("F3 通话"))
            #expect(shown.split(separator: "\n").count <= height)
            try tmux.press("F5")
            try tmux.expect("F5 工单")
        }

        @Test("Without a member the console asks for one, who is found by pinyin")
        func signIn() throws {
            let home = try TestHome()
            let tmux = Tmux(home)
            try tmux.open("a", shell: "exec env FRONTDESK_STAFF= \(Program.path)")
            try tmux.expect("请选择您是谁", "陈接待", "赵门岗")
            try tmux.type("zmg")
            #expect(try eventually { try !tmux.screen().contains("陈接待") })
            try tmux.press("Enter")
            try tmux.expect("门岗 赵门岗", "F2 门岗")
        }

        @Test("Many resizes keep the form and the picture")
        func resizing() throws {
            let home = try TestHome()
            try home.do("visitor.arrive name=张三 host=3-2-501 purpose=快递")
            let tmux = Tmux(home)
            try tmux.console()
            try tmux.press("F8")
            try tmux.expect("来访登记")
            try tmux.type("风雨")
            for _ in 0..<25 { try tmux.resize(.random(in: 10...200), .random(in: 3...60)) }
            try tmux.resize(40, 10)
            try tmux.expect("终端太小")
            try tmux.type("无阻")
            try tmux.resize(80, 24)
            try tmux.expect("来访登记", "风雨无阻", "F2 门岗")
            try tmux.resize(120, 36)
            try tmux.expect("风雨无阻", "张三", "F3 通话")
            #expect(
                try tmux.screen().split(separator: "\n").filter { $0.contains("来访登记") }.count == 1,
                "nothing old is left over")
        }

        @Test("F10 and SIGTERM restore the terminal", arguments: ["F10", "SIGTERM"])
        func restoresTerminal(way: String) throws {
            let home = try TestHome()
            let (before, after) = (try home.file("before"), try home.file("after"))
            let number = try home.file("number")
            let tmux = Tmux(home)
            try tmux.open(
                "a",
                shell: "stty -a > \(before); sh -c 'echo $$ > \(number); exec \(Program.path) --as S03'; "
                    + "echo ended with $?; stty -a > \(after); sleep 60")
            try tmux.expect("F2 门岗")
            #expect(try tmux.ask("alternate_on") == "1")
            if way == "F10" {
                try tmux.press("F10")
                try tmux.expect("退出控制台？")
                Thread.sleep(forTimeInterval: 1)
                try tmux.press("Enter")
            } else {
                kill(try #require(pid_t(try TestHome.text(number).trimmingCharacters(in: .newlines))), SIGTERM)
            }
            try tmux.expect("ended with 0")
            #expect(try eventually { FileManager.default.fileExists(atPath: after) })
            #expect(try eventually { try TestHome.text(after) == TestHome.text(before) })
            #expect(try tmux.ask("alternate_on") == "0")
            #expect(try tmux.ask("cursor_flag") == "1", "the cursor can be seen")
            #expect(try tmux.ask("mouse_any_flag") == "0")
            #expect(try !tmux.screen().contains("F2 门岗"))
        }

        @Test("Chinese is displayed in the C locale")
        func localeC() throws {
            let home = try TestHome()
            let tmux = Tmux(home)
            try tmux.open("a", shell: "exec env LC_ALL=C LANG=C \(Program.path) --as S03")
            try tmux.expect("翠湖花园", "F2 门岗")
            try tmux.press("F8")
            try tmux.type("张三")
            try tmux.expect("来访登记", "张三")
        }

        @Test("The interface is English if LANG begins with en")
        func english() throws {
            let home = try TestHome()
            let tmux = Tmux(home)
            try tmux.open("a", shell: "exec env LANG=en_US.UTF-8 \(Program.path) --as S03")
            try tmux.expect("F2 Gate", "guard")
        }

        @Test("An unknown terminal type is named in the message")
        func unknownType() throws {
            let home = try TestHome()
            let tmux = Tmux(home)
            try tmux.open("a", shell: "TERM=nonsense \(Program.path) --as S03; echo ended with $?; sleep 60")
            try tmux.expect("nonsense", "--linear", "ended with 5")
        }

        @Test("The demo estate is not made for a terminal that cannot show it")
        func unknownTypeOfDemo() throws {
            let home = try TestHome()
            let tmux = Tmux(home)
            let demo = "\(home.data)-demo"
            try tmux.open("a", shell: "TERM=nonsense \(Program.path) demo --data \(demo); echo ended with $?; sleep 60")
            try tmux.expect("nonsense", "ended with 5")
            #expect(!FileManager.default.fileExists(atPath: demo))
        }

        @Test("A terminal that cannot move its cursor gets advice: plain lines")
        func dumb() throws {
            let home = try TestHome()
            let tmux = Tmux(home)
            try tmux.open(
                "a",
                shell: "TERM=dumb \(Program.path) --as S03; echo ended with $?; "
                    + "echo '/退出' | TERM=dumb \(Program.path) --as S03 --linear; echo lines end with $?; sleep 60")
            try tmux.expect("dumb", "--linear", "ended with 5", "门岗", "lines end with 0")
        }
    }
}
