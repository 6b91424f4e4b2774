import Foundation
import Testing

extension ProgramInTerminal {
    @Suite("Undo and history")
    struct UndoTests {
        @Test("The next undo is shown; after it the record is gone for every process and remains in the history")
        func undo() throws {
            let home = try TestHome()
            let visit = try home.do("visitor.arrive name=张三 host=3-2-501 purpose=快递 --as S03")
            let next = try home.run("show undo staff=S03 --json").json
            #expect(next[0]["what"].text == "来访登记 · 张三 · 3-2-501 · 快递")
            #expect(next[0]["refused"].isNull)
            let refused = try home.run("do action.undo entry=\(visit) --as S02 --json")
            #expect(refused.code == 3)
            let outcome = try home.run("do action.undo why=看错人 --as S03")
            #expect(outcome.code == 0, "\(outcome)")
            #expect(try home.show("gate").isEmpty)
            #expect(try home.run("show gate --at 2999-01-01 --json").json.array.isEmpty)
            let again = try home.run("do action.undo entry=\(visit) --as S03")
            #expect(again.code == 3 && again.err.contains("undo.done"))
            let history = try home.run("show history id=\(visit) --json").json
            #expect(history.array.count == 1)
            #expect(history[0]["by"].text == "赵门岗" && history[0]["undoneBy"].text == "赵门岗")
            #expect(history[0]["why"].text == "看错人")
            #expect(try home.run("verify").code == 0)
        }

        @Test("With --lines, an undo takes effect for the next line")
        func undoInLines() throws {
            let home = try TestHome()
            let outcome = try home.run(
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
            #expect(try home.show("gate").count == 1)
        }

        @Test("In the console Ctrl-_ asks and Enter undoes", .enabled(if: Tmux.isInstalled, "tmux is missing"))
        func undoInTerminal() throws {
            let home = try TestHome()
            let tmux = Tmux(home)
            try tmux.console()
            try home.do("visitor.arrive name=张三 host=3-2-501 purpose=快递 --as S03")
            try tmux.expect("张三")
            try tmux.press("C-\\")
            try tmux.expect("历史 · 张三 3-2-501", "来访登记")
            try tmux.press("Escape", "C-_")
            try tmux.expect("的操作？", "来访登记 · 张三 · 3-2-501")
            try tmux.press("Enter")
            try tmux.expect("已撤销：来访登记")
            #expect(try eventually { try home.show("gate").isEmpty })
        }
    }
}
