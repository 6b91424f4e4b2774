import Foundation
import Testing

extension Program {
    @Suite("The console in a real terminal", .enabled(if: Tmux.isInstalled, "tmux is not installed"))
    struct TerminalTests {
        @Test("A wide screen shows several panes, a small one shows tabs", arguments: [(120, 36), (80, 24), (60, 16)])
        func sizes(width: Int, height: Int) throws {
            let desk = try Desk()
            try desk.do("visitor.arrive name=张三 host=3-2-501 purpose=快递")
            let tmux = Tmux(desk, width, height)
            try tmux.console()
            try tmux.expect("翠湖花园", "赵门岗", "F2 门岗", "张三", "3-2-501", "F10")
            let shown = try tmux.screen()
            #expect(shown.contains("F4 回访") == (width >= 80) || shown.contains("F3 通话"))
            #expect(shown.split(separator: "\n").count <= height)
            try tmux.press("F5")
            try tmux.expect("F5 工单")
        }

        @Test("Nobody works unnamed: who it is, is found by pinyin")
        func signIn() throws {
            let desk = try Desk()
            let tmux = Tmux(desk)
            try tmux.open("a", shell: "exec env FRONTDESK_STAFF= \(Program.path)")
            try tmux.expect("请选择您是谁", "陈接待", "赵门岗")
            try tmux.type("zmg")
            #expect(try eventually { try !tmux.screen().contains("陈接待") })
            try tmux.press("Enter")
            try tmux.expect("门岗 赵门岗", "F2 门岗")
        }

        @Test(
            "A visitor registered at one console shows at another within a second, and leaves its half-typed form alone"
        )
        func shared() throws {
            let desk = try Desk()
            let tmux = Tmux(desk)
            try tmux.console("a")
            try tmux.console("b", "--as S02")
            try tmux.press("F6", "F8", in: "b")
            try tmux.expect("来访登记", "姓名", in: "b")
            try tmux.type("半个名字", in: "b")
            try tmux.expect("半个名字", in: "b")

            try tmux.press("F8")
            try tmux.expect("来访登记")
            try tmux.type("张三丰")
            try tmux.press("Enter")
            try tmux.type("lisi")
            try tmux.expect("李四", "业主")
            try tmux.press("Enter")
            try tmux.type("探亲访友")
            try tmux.expect("探亲访友")
            try tmux.press("C-s")
            let pressed = Date()
            #expect(try eventually { try tmux.screen("b").contains("张三丰") })
            let taken = Date().timeIntervalSince(pressed)
            print("another console shows a visitor after \(Int(taken * 1000)) ms")
            #expect(taken < 2.5, "a loaded machine is given some time")
            try tmux.expect("张三丰", "3-2-501")
            let row = try #require(try desk.show("gate").first)
            #expect(row["name"].text == "张三丰" && row["host"].text == "3-2-501" && row["purpose"].text == "探亲访友")
            #expect(try tmux.screen("b").contains("半个名字"))

            // A script's fact comes as well; the form goes on where it was.
            let began = Date()
            try desk.do("visitor.arrive name=欧阳锋 host=3-2-502 purpose=快递")
            #expect(try eventually { try tmux.screen("b").contains("欧阳锋") })
            print(
                "a console shows a script's visitor after \(Int(Date().timeIntervalSince(began) * 1000)) ms, starting the script included"
            )
            try tmux.expect("欧阳锋")
            try tmux.type("续", in: "b")
            try tmux.expect("半个名字续", "来访登记", in: "b")
            #expect(try desk.show("gate").count == 2)
            #expect(try desk.run("verify").code == 0)
        }

        @Test("A form keeps what was typed when the action is refused, and says why")
        func refused() throws {
            let desk = try Desk()
            let tmux = Tmux(desk, 80, 24)
            try tmux.console()
            try tmux.press("F8")
            try tmux.expect("来访登记")
            try tmux.type("张三")
            try tmux.press("Tab")
            try tmux.type("9-9-999")
            try tmux.press("Tab")
            try tmux.type("看房")
            try tmux.press("C-s")
            try tmux.expect("9-9-999", "张三", "看房", "没有")
            #expect(try desk.show("gate").isEmpty)
        }

        @Test("kill -9 in the middle of a form leaves the journal clean and others at work")
        func killed() throws {
            let desk = try Desk()
            let lines = try desk.run("verify --json").json["lines"].number
            let tmux = Tmux(desk)
            try tmux.console("a")
            try tmux.console("b")
            try tmux.press("F8")
            try tmux.type("没登记完的人")
            try tmux.expect("没登记完的人")
            let process = try #require(pid_t(try tmux.ask("pane_pid")))
            kill(process, SIGKILL)
            #expect(try eventually { try tmux.ask("pane_dead") == "1" })
            let verified = try desk.run("verify --json")
            #expect(verified.code == 0)
            #expect(verified.json["lines"].number == lines)
            try desk.do("visitor.arrive name=后来的 host=3-2-501 purpose=快递")
            try tmux.expect("后来的", in: "b")
        }

        @Test("kill -9 in the middle of a form: the next sign-in goes on with it, and nobody else sees it")
        func draft() throws {
            let desk = try Desk()
            let tmux = Tmux(desk)
            try tmux.console("a")
            try tmux.press("F8")
            try tmux.type("没登记完的人")
            try tmux.press("Tab")
            try tmux.type("3-2-501")
            try tmux.expect("没登记完的人", "3-2-501")
            func drafts() throws -> [String] {
                let names = try? FileManager.default.contentsOfDirectory(atPath: "\(desk.data)/drafts")
                return try (names ?? []).filter { $0.hasSuffix(".json") }.map {
                    try Desk.text("\(desk.data)/drafts/\($0)")
                }
            }
            #expect(try eventually { try drafts().contains { $0.contains("没登记完的人") && $0.contains("3-2-501") } })
            // As long as the console lives, its form is nobody else's.
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
            // It goes on at the first field that is still empty.
            try tmux.type("看房", in: "b")
            try tmux.press("C-s", in: "b")
            #expect(try eventually { try desk.show("gate").count == 1 })
            #expect(try eventually { try drafts().isEmpty })
        }

        @Test("A storm of resizes loses neither the form nor the picture")
        func resizing() throws {
            let desk = try Desk()
            try desk.do("visitor.arrive name=张三 host=3-2-501 purpose=快递")
            let tmux = Tmux(desk)
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

        @Test("F10 leaves the terminal as it was; so does a SIGTERM", arguments: ["F10", "SIGTERM"])
        func leaving(way: String) throws {
            let desk = try Desk()
            let (before, after) = (try desk.file("before"), try desk.file("after"))
            let number = try desk.file("number")
            let tmux = Tmux(desk)
            try tmux.open(
                "a",
                shell: "stty -a > \(before); sh -c 'echo $$ > \(number); exec \(Program.path) --as S03'; "
                    + "echo ended with $?; stty -a > \(after); sleep 60")
            try tmux.expect("F2 门岗")
            #expect(try tmux.ask("alternate_on") == "1")
            if way == "F10" {
                try tmux.press("F10")
            } else {
                kill(try #require(pid_t(try Desk.text(number).trimmingCharacters(in: .newlines))), SIGTERM)
            }
            try tmux.expect("ended with 0")
            #expect(try eventually { FileManager.default.fileExists(atPath: after) })
            #expect(try eventually { try Desk.text(after) == Desk.text(before) })
            #expect(try tmux.ask("alternate_on") == "0")
            #expect(try tmux.ask("cursor_flag") == "1", "the cursor can be seen")
            #expect(try tmux.ask("mouse_any_flag") == "0")
            #expect(try !tmux.screen().contains("F2 门岗"))
        }

        @Test("A pasted line break never submits a form")
        func pasting() throws {
            let desk = try Desk()
            let tmux = Tmux(desk)
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
            // Now in the last field, where Enter would submit.
            try tmux.paste("护照\n")
            try tmux.expect("来访登记", "护照", "看房")
            #expect(try desk.show("gate").isEmpty)
            try tmux.press("C-s")
            #expect(try eventually { try desk.show("gate").count == 1 })
            #expect(try desk.show("gate")[0]["name"].text == "张三 李四")
        }

        @Test("The journal is checked beside the work, and a damage is listed with what mends it")
        func checking() throws {
            let desk = try Desk()
            let mirror = try desk.file("mirror")
            #expect(try desk.run(["mirror", mirror]).code == 0)
            let tmux = Tmux(desk)
            try tmux.console()
            try tmux.press("F8")
            try tmux.type("张三")
            try tmux.press("Escape", "Escape", "C-y")
            try tmux.expect("日志与镜像完好")
            let segment = try FileHandle(forUpdating: try #require(desk.segments().first))
            try segment.seek(toOffset: 60)
            try segment.write(contentsOf: Data("?".utf8))
            try segment.close()
            try tmux.press("C-y")
            try tmux.expect("日志损坏", "@0", "frontdesk verify --repair --data")
            #expect(try desk.run("verify --repair").code == 0)
            try tmux.press("Escape", "C-y")
            try tmux.expect("日志与镜像完好")
            try FileManager.default.moveItem(atPath: mirror, toPath: mirror + "-away")
            try tmux.expect("镜像跟不上")
        }

        @Test("The C locale shows Chinese all the same")
        func localeC() throws {
            let desk = try Desk()
            let tmux = Tmux(desk)
            try tmux.open("a", shell: "exec env LC_ALL=C LANG=C \(Program.path) --as S03")
            try tmux.expect("翠湖花园", "F2 门岗")
            try tmux.press("F8")
            try tmux.type("张三")
            try tmux.expect("来访登记", "张三")
        }

        @Test("A telephone system's ring pops the caller's card within a second; the console's answer is its owner's")
        func aRingPops() throws {
            let desk = try Desk()
            try desk.do("staff.add staff=T01 name=总机 role=operator")
            let tmux = Tmux(desk)
            try tmux.console("a", "--as S02")
            try tmux.expect("来电响铃")
            try desk.do("call.ring phone=13800001111 --as T01")
            let rung = Date()
            #expect(try eventually { try tmux.screen().contains("138****1111") })
            let taken = Date().timeIntervalSince(rung)
            print("a ring pops the card after \(Int(taken * 1000)) ms")
            #expect(taken < 2.5, "a loaded machine is given some time")
            try tmux.expect("响铃", "李四", "“您好，翠湖花园”")
            try tmux.press("Enter")
            try tmux.expect("声接听")
            #expect(try desk.show("calls")[0]["by"].text == "陈接待")
        }

        @Test("English, if LANG says so")
        func english() throws {
            let desk = try Desk()
            let tmux = Tmux(desk)
            try tmux.open("a", shell: "exec env LANG=en_US.UTF-8 \(Program.path) --as S03")
            try tmux.expect("F2 Gate", "guard")
        }

        @Test("A terminal of an unknown type is named, in words")
        func unknownType() throws {
            let desk = try Desk()
            let tmux = Tmux(desk)
            try tmux.open("a", shell: "TERM=nonsense \(Program.path) --as S03; echo ended with $?; sleep 60")
            try tmux.expect("nonsense", "ended with 5")
        }
    }
}
