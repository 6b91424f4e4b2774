import Foundation
import Testing

extension ProgramInTerminal {
    @Suite("Signing in with a PIN")
    struct SignInTests {
        private let home: TestHome
        private let pin: String

        /// An estate in which the manager S01 and S03 have the PIN 4711.
        init() throws {
            home = try TestHome()
            pin = try home.file("pin", "4711\n")
            let first = try home.run("pin --as S01 --new-pin-file \(pin)")
            try #require(first.code == 0, "\(first)")
            let set = try home.run("pin --of S03 --pin-file \(pin) --new-pin-file \(pin)")
            try #require(set.code == 0, "\(set)")
        }

        @Test("do and import require the PIN; show does not")
        func pinFile() throws {
            let arrive = "do visitor.arrive name=张三 host=3-2-501 purpose=快递 --as S03 --json"
            let refused = try home.run(arrive)
            #expect(refused.code == 3)
            #expect(refused.error["code"].text == "staff.pinRequired")
            let wrong = try home.run("\(arrive) --pin-file \(try home.file("wrong", "4712"))")
            #expect(wrong.code == 3)
            #expect(wrong.error["code"].text == "staff.pinWrong")
            #expect(try home.run("\(arrive) --pin-file \(pin)-none").code == 2)
            #expect(try home.run("--pin-file \(pin) \(arrive)").code == 0)
            #expect(try home.run("show gate --as S03").code == 0)
            #expect(try home.show("staff pin=yes").map { $0["staff"].text } == ["S01", "S03"])
            let rows = try home.file("units.csv", "unit\n4-1-101\n")
            #expect(try home.run("import units \(rows)").code == 3)
            #expect(try home.run("import units \(rows) --pin-file \(pin)").code == 0)
        }

        @Test("a PIN given with --lines does not count for lines of another member")
        func onlyOwnLines() throws {
            let lines =
                #"{"do":"call.ring","as":"S02"}"# + "\n"
                + #"{"do":"patrol.check","route":"1","point":"2","as":"S03"}"#
            let refused = try home.run("do --lines --as S02", input: lines)
            #expect(refused.code == 3)
            #expect(refused.answers.map { $0["error"]["code"].text } == [nil, "staff.pinRequired"])
            #expect(try home.run("do --lines --as S03 --pin-file \(pin)", input: lines).code == 0)
        }

        @Test("a PIN is changed and removed with the present PIN, and cleared by a manager")
        func changing() throws {
            let other = try home.file("other", "1234")
            #expect(try home.run("pin --as S03 --new-pin-file \(other)").code == 3)
            #expect(try home.run("pin --as S03 --pin-file \(pin) --new-pin-file \(other)").code == 0)
            let wrong = try home.run("pin --as S03 --pin-file \(pin) --remove --json")
            #expect(wrong.error["code"].text == "staff.pinWrong")
            #expect(try home.run("pin --as S03 --new-pin-file \(try home.file("short", "12"))").code == 2)
            #expect(try home.run("do staff.clearPin staff=S03 --as S04").code == 3)
            try home.do("staff.clearPin staff=S03 --pin-file \(pin)")
            #expect(try home.run("do patrol.check route=1 point=2 --as S03").code == 0)
            #expect(try home.run("pin --as S03 --new-pin-file \(pin)").code == 3)
            #expect(try home.run("pin --of S03 --pin-file \(pin) --new-pin-file \(pin)").code == 0)
            #expect(try home.run("pin --as S03 --pin-file \(pin) --remove").code == 0)
            #expect(try home.show("staff pin=yes").map { $0["staff"].text } == ["S01"])
        }

        @Test("at a terminal the PIN is read without echo", .enabled(if: Tmux.isInstalled, "tmux is not installed"))
        func typed() throws {
            let tmux = Tmux(home)
            try tmux.open(
                "a", shell: "\(Program.path) do patrol.check route=1 point=2 --as S03; echo ended with $?; sleep 60")
            try tmux.expect("赵门岗 的密码：")
            try tmux.type("4711")
            try tmux.press("Enter")
            try tmux.expect("ended with 0")
            #expect(try !tmux.screen().contains("4711"))
        }

        @Test(
            "In the console five wrong PINs lock the member, and a locked screen shows nothing",
            .enabled(if: Tmux.isInstalled, "tmux is not installed"))
        func consoleLock() throws {
            try home.do("visitor.arrive name=张三 host=3-2-501 purpose=快递 --pin-file \(pin)")
            let first = try home.file("first", "1234")
            #expect(try home.run("pin --of S02 --pin-file \(pin) --new-pin-file \(first)").code == 0)
            let tmux = Tmux(home)
            try tmux.console("a", "--as S02 --pin-file \(first)")
            try tmux.expect("张三")
            try tmux.press("C-v")
            try tmux.expect("设置密码", "再输一次")
            try tmux.type("1234")
            try tmux.press("Tab")
            try tmux.type("2468")
            try tmux.press("Tab")
            try tmux.type("2468")
            try tmux.press("Enter")
            try tmux.expect("密码已设置")
            try tmux.press("F6", "F8")
            try tmux.type("半个名字")
            try tmux.expect("半个名字")
            try tmux.press("C-x")
            try tmux.expect("屏幕已锁定", "陈接待", "翠湖花园")
            #expect(try !tmux.screen().contains("张三") && !tmux.screen().contains("半个名字"))
            for left in [4, 3, 2, 1] {
                try tmux.type("0000")
                try tmux.press("Enter")
                try tmux.expect("还可以试 \(left) 次")
            }
            try tmux.type("0000")
            try tmux.press("Enter")
            try tmux.expect("陈接待 锁定到")
            try tmux.type("2468")
            try tmux.press("Enter")
            try tmux.expect("陈接待 锁定到")
            // The lock applies everywhere until a manager clears the PIN.
            let right = try home.file("right", "2468")
            let refused = try home.run("do call.ring --as S02 --pin-file \(right) --json")
            #expect(refused.error["code"].text == "staff.locked")
            try tmux.press("C-t")
            try tmux.expect("请选择您是谁")
            try tmux.type("zmg")
            try tmux.press("Enter")
            try tmux.expect("密码")
            try tmux.type("4711")
            try tmux.press("Enter")
            try tmux.expect("门岗 赵门岗", "张三")
            #expect(try !tmux.screen().contains("半个名字"))
            try home.do("staff.clearPin staff=S02 --pin-file \(pin)")
            try tmux.press("C-t")
            try tmux.expect("请选择您是谁")
            try tmux.type("cjd")
            try tmux.press("Enter")
            try tmux.expect("半个名字", "前台接待 陈接待")
        }
    }
}
