import Foundation
import Testing

extension Program {
    @Suite("Who has a PIN shows that they know it")
    struct SignInTests {
        private let desk: Desk
        private let pin: String

        /// An estate in which S03 has the PIN 4711.
        init() throws {
            desk = try Desk()
            pin = try desk.file("pin", "4711\n")
            let set = try desk.run("pin --as S03 --new-pin-file \(pin)")
            try #require(set.code == 0, "\(set)")
        }

        @Test("do and import ask for it; without a terminal or a file they are refused; show is free")
        func files() throws {
            let arrive = "do visitor.arrive name=张三 host=3-2-501 purpose=快递 --as S03 --json"
            let refused = try desk.run(arrive)
            #expect(refused.code == 3)
            #expect(refused.error["code"].text == "staff.pinRequired")
            let wrong = try desk.run("\(arrive) --pin-file \(try desk.file("wrong", "4712"))")
            #expect(wrong.code == 3)
            #expect(wrong.error["code"].text == "staff.pinWrong")
            #expect(try desk.run("\(arrive) --pin-file \(pin)-none").code == 2)
            #expect(try desk.run("--pin-file \(pin) \(arrive)").code == 0)
            #expect(try desk.run("show gate --as S03").code == 0)
            #expect(try desk.show("staff pin=yes").map { $0["staff"].text } == ["S03"])
            let rows = try desk.file("units.csv", "unit\n4-1-101\n")
            #expect(try desk.run("pin --new-pin-file \(pin)").code == 0)
            #expect(try desk.run("import units \(rows)").code == 3)
            #expect(try desk.run("import units \(rows) --pin-file \(pin)").code == 0)
        }

        @Test("a line by somebody else does not profit by it")
        func lines() throws {
            let lines =
                #"{"do":"call.ring","as":"S02"}"# + "\n"
                + #"{"do":"patrol.check","route":"1","point":"2","as":"S03"}"#
            let refused = try desk.run("do --lines --as S02", input: lines)
            #expect(refused.code == 3)
            #expect(refused.answers.map { $0["error"]["code"].text } == [nil, "staff.pinRequired"])
            #expect(try desk.run("do --lines --as S03 --pin-file \(pin)", input: lines).code == 0)
        }

        @Test("the PIN is changed by who knows it, removed by them, cleared by a manager")
        func changing() throws {
            let other = try desk.file("other", "1234")
            #expect(try desk.run("pin --as S03 --new-pin-file \(other)").code == 3)
            #expect(try desk.run("pin --as S03 --pin-file \(pin) --new-pin-file \(other)").code == 0)
            let wrong = try desk.run("pin --as S03 --pin-file \(pin) --remove --json")
            #expect(wrong.error["code"].text == "staff.pinWrong")
            #expect(try desk.run("pin --as S03 --new-pin-file \(try desk.file("short", "12"))").code == 2)
            #expect(try desk.run("do staff.clearPin staff=S03 --as S04").code == 3)
            try desk.do("staff.clearPin staff=S03")
            #expect(try desk.run("do patrol.check route=1 point=2 --as S03").code == 0)
            #expect(try desk.run("pin --as S03 --new-pin-file \(pin)").code == 0)
            #expect(try desk.run("pin --as S03 --pin-file \(pin) --remove").code == 0)
            #expect(try desk.show("staff pin=yes").isEmpty)
        }

        @Test("at a terminal it is asked for and not shown", .enabled(if: Tmux.isInstalled, "tmux is not installed"))
        func typed() throws {
            let tmux = Tmux(desk)
            try tmux.open(
                "a", shell: "\(Program.path) do patrol.check route=1 point=2 --as S03; echo ended with $?; sleep 60")
            try tmux.expect("赵门岗 的密码：")
            try tmux.type("4711")
            try tmux.press("Enter")
            try tmux.expect("ended with 0")
            #expect(try !tmux.screen().contains("4711"))
        }

        @Test(
            "Set, locked, wrong five times, another in between, and nothing seen meanwhile",
            .enabled(if: Tmux.isInstalled, "tmux is not installed"))
        func console() throws {
            try desk.do("visitor.arrive name=张三 host=3-2-501 purpose=快递")
            let tmux = Tmux(desk)
            try tmux.console("a", "--as S02")
            try tmux.expect("张三")
            try tmux.press("C-v")
            try tmux.expect("设置密码", "再输一次")
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
            // The right one does not help elsewhere either, until a manager clears it.
            let right = try desk.file("right", "2468")
            let refused = try desk.run("do call.ring --as S02 --pin-file \(right) --json")
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
            try desk.do("staff.clearPin staff=S02")
            try tmux.press("C-t")
            try tmux.expect("请选择您是谁")
            try tmux.type("cjd")
            try tmux.press("Enter")
            try tmux.expect("半个名字", "前台接待 陈接待")
        }
    }
}
