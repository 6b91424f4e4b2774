import Foundation
import Testing

extension ProgramInTerminal {
    /// A guard's night at 80x24 in a real terminal, with an input method on: apart from F-keys, arrows, Tab, Enter,
    /// Escape and Ctrl only Chinese and full-width text is typed.
    @Suite("A guard's night, in a real terminal", .enabled(if: Tmux.isInstalled, "tmux is not installed"))
    struct NightInTerminalTests {
        private static let visitors = 60

        /// 赵一, 赵二, … 孙二: names that no other contains.
        private static let names: [String] = {
            let digits = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"]
            return ["赵", "钱", "孙", "周", "吴", "郑"].flatMap { family in digits.map { family + $0 } }
        }()

        @Test(
            "7.3, 7.9, 7.15: sixty visitors, two handovers, a fire alarm, a patrol with a missed point, kill -9 in the middle"
        )
        func night() throws {
            let home = try TestHome()
            try home.do("staff.add staff=S08 name=夏杰 role=guard")
            try home.do("shift.open post=门岗 staff=S03")
            let tmux = Tmux(home, 80, 24)
            try tmux.console("a")
            let evening = GuardConsole(tmux, "a")
            for name in Self.names.prefix(30) { try evening.arrive(name) }
            for name in Self.names.prefix(10) { try evening.leave(name) }

            // Killed while a form is half filled in: what was recorded is there, and the form is offered again.
            try evening.press("F8")
            try evening.type(Self.names[30])
            try evening.expect("来访登记", Self.names[30])
            usleep(700_000)
            kill(try #require(pid_t(try tmux.ask("pane_pid"))), SIGKILL)
            #expect(try eventually { try tmux.ask("pane_dead") == "1" })
            #expect(try home.show("gate").count == 30)
            try tmux.console("b")
            try tmux.expect("未提交的表单", "来访登记 · \(Self.names[30])", in: "b")
            let desk = GuardConsole(tmux, "b")
            try desk.press("Enter")
            try desk.expect("来访登记", Self.names[30])
            try desk.type("３２５０１")
            try desk.press("C-s")
            try desk.expect("登记 · \(Self.names[30])")
            for name in Self.names[31..<Self.visitors] { try desk.arrive(name) }
            try fireAlarm(desk)
            try patrol(desk)
            try desk.handOver(to: "夏杰", people: Self.visitors - 10, afterAlarm: true)

            // The second guard signs, lets some out and hands over in the morning.
            try tmux.open("c", shell: "exec \(Program.path) --as S08")
            let morning = GuardConsole(tmux, "c")
            try morning.expect("无人当班")
            try morning.sign(from: "赵门岗")
            for name in Self.names[10..<15] { try morning.leave(name) }
            try morning.handOver(to: "赵门岗", people: Self.visitors - 15)
            try expectTheNight(home)
        }

        /// A drill by one key from anywhere: two visitors are seen at the roll call, the others are unaccounted for.
        private func fireAlarm(_ desk: GuardConsole) throws {
            try desk.press("C-End")
            try desk.expect("应急 · 什么情况？")
            try desk.type("１")
            try desk.expect("火灾 · 真实还是演练？")
            try desk.press("Down", "Enter")
            try desk.expect("火灾 · 演练", "点名：在场 50 人，未见到 50 人")
            try desk.press("Tab")
            for unseen in [49, 48] {
                Thread.sleep(forTimeInterval: 0.8)
                try desk.press("Enter")
                try desk.expect("未见到 \(unseen) 人")
            }
            try desk.press("C-e")
            try desk.expect("火灾 · 结束")
            try desk.type("演练完毕")
            try desk.press("C-s")
            try desk.expect("还有 48 人没有见到，就此结束？")
            try desk.agree()
            try desk.expect("已结束")
            try desk.press("Escape")
        }

        /// Three points, the first of which is passed over.
        private func patrol(_ desk: GuardConsole) throws {
            for _ in 0..<3 { try desk.press("F2") }
            try desk.expect("没有巡逻")
            try desk.press("C-n")
            try desk.expect("3栋顶层  下一点")
            try desk.press("Down")
            for count in 1...2 {
                Thread.sleep(forTimeInterval: 0.8)
                try desk.press("Enter")
                try desk.expect("\(count)/3 点")
            }
            Thread.sleep(forTimeInterval: 0.8)
            try desk.press("C-e")
            try desk.expect("漏点：3栋顶层")
            try desk.agree()
            try desk.expect("巡逻结束")
            try desk.press("Escape")
        }

        private func expectTheNight(_ home: TestHome) throws {
            let visits = try home.show("gate")
            #expect(visits.count == Self.visitors)
            #expect(visits.count { $0["state"].text == "left" } == 15)
            #expect(visits.count { if case .flag(true) = $0["handed"] { true } else { false } } == 50)
            let shifts = try home.show("shifts")
            #expect(shifts.count { $0["closed"].text != nil } == 2)
            #expect(shifts.map { $0["handed"].array.count } == [50, 45])
            let incident = try #require(try home.show("incidents").first)
            #expect(incident["unaccounted"].array.count == 48)
            let patrol = try #require(try home.show("patrols").first)
            #expect(patrol["missed"].array.map(\.text) == ["3栋顶层"])
            #expect(try home.run("verify").code == 0)
        }
    }
}
