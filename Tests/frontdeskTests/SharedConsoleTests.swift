import Foundation
import Testing

extension ProgramInTerminal {
    @Suite("Several consoles on one journal", .enabled(if: Tmux.isInstalled, "tmux is not installed"))
    struct SharedConsoleTests {
        @Test(
            "A visitor registered at one console appears at another within a second and does not disturb its form"
        )
        func sharedJournal() throws {
            let home = try TestHome()
            let tmux = Tmux(home)
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
            let row = try #require(try home.show("gate").first)
            #expect(row["name"].text == "张三丰" && row["host"].text == "3-2-501" && row["purpose"].text == "探亲访友")
            #expect(try tmux.screen("b").contains("半个名字"))

            // A fact recorded by a script appears too and does not disturb the form.
            let began = Date()
            try home.do("visitor.arrive name=欧阳锋 host=3-2-502 purpose=快递")
            #expect(try eventually { try tmux.screen("b").contains("欧阳锋") })
            print(
                "a console shows a script's visitor after \(Int(Date().timeIntervalSince(began) * 1000)) ms, starting the script included"
            )
            try tmux.expect("欧阳锋")
            try tmux.type("续", in: "b")
            try tmux.expect("半个名字续", "来访登记", in: "b")
            #expect(try home.show("gate").count == 2)
            #expect(try home.run("verify").code == 0)
        }

        @Test(
            "A ring from a telephone system shows the caller's card within a second; the member who answers owns the call"
        )
        func ringShowsCard() throws {
            let home = try TestHome()
            try home.do("staff.add staff=T01 name=总机 role=operator")
            let tmux = Tmux(home)
            try tmux.console("a", "--as S02")
            try tmux.expect("来电响铃")
            try home.do("call.ring phone=13800001111 --as T01")
            let rung = Date()
            #expect(try eventually { try tmux.screen().contains("138****1111") })
            let taken = Date().timeIntervalSince(rung)
            print("a ring pops the card after \(Int(taken * 1000)) ms")
            #expect(taken < 2.5, "a loaded machine is given some time")
            try tmux.expect("响铃", "李四", "“您好，翠湖花园”")
            try tmux.press("Enter")
            try tmux.expect("声接听")
            #expect(try home.show("calls")[0]["by"].text == "陈接待")
        }
    }
}
