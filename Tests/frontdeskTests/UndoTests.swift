import Foundation
import Testing

extension Program {
    @Suite("Undo and history")
    struct UndoTests {
        @Test("What the next undo takes back is shown; then it is gone for every process; the history still has it")
        func undo() throws {
            let desk = try Desk()
            let visit = try desk.do("visitor.arrive name=张三 host=3-2-501 purpose=快递 --as S03")
            let next = try desk.run("show undo staff=S03 --json").json
            #expect(next[0]["what"].text == "来访登记 · 张三 · 3-2-501 · 快递")
            #expect(next[0]["refused"].isNull)
            let refused = try desk.run("do action.undo entry=\(visit) --as S02 --json")
            #expect(refused.code == 3)
            let outcome = try desk.run("do action.undo why=看错人 --as S03")
            #expect(outcome.code == 0, "\(outcome)")
            #expect(try desk.show("gate").isEmpty)
            #expect(try desk.run("show gate --at 2999-01-01 --json").json.array.isEmpty)
            let again = try desk.run("do action.undo entry=\(visit) --as S03")
            #expect(again.code == 3 && again.err.contains("undo.done"))
            let history = try desk.run("show history id=\(visit) --json").json
            #expect(history.array.count == 1)
            #expect(history[0]["by"].text == "赵门岗" && history[0]["undoneBy"].text == "赵门岗")
            #expect(history[0]["why"].text == "看错人")
            #expect(try desk.run("verify").code == 0)
        }

        @Test("In one run of lines, what was taken back is gone for the next line")
        func lines() throws {
            let desk = try Desk()
            let outcome = try desk.run(
                "do --lines --as S03",
                input: """
                    {"do":"visitor.arrive","name":"甲","host":"3-2-501","purpose":"快递","ref":"v"}
                    {"do":"action.undo","entry":"$v"}
                    {"do":"visitor.leave","visit":"$v"}
                    {"do":"visitor.arrive","name":"乙","host":"3-2-501","purpose":"快递"}
                    """)
            #expect(outcome.code == 3)
            #expect(
                outcome.answers.map { $0["error"]["code"].text ?? "done" } == ["done", "done", "visit.unknown", "done"])
            #expect(try desk.show("gate").count == 1)
        }

        @Test("In a real terminal, Ctrl-_ asks and Enter takes back", .enabled(if: Tmux.isInstalled, "tmux is missing"))
        func terminal() throws {
            let desk = try Desk()
            let tmux = Tmux(desk)
            try tmux.console()
            try desk.do("visitor.arrive name=张三 host=3-2-501 purpose=快递 --as S03")
            try tmux.expect("张三")
            try tmux.press("C-\\")
            try tmux.expect("历史 · 张三 3-2-501", "来访登记")
            try tmux.press("Escape", "C-_")
            try tmux.expect("的操作？", "来访登记 · 张三 · 3-2-501")
            try tmux.press("Enter")
            try tmux.expect("已撤销：来访登记")
            #expect(try eventually { try desk.show("gate").isEmpty })
        }
    }
}
