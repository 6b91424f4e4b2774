import Foundation
import Testing

extension Program {
    @Suite("Exit codes")
    struct ExitCodeTests {
        @Test(
            "2: the command line is invalid",
            arguments: [
                ("frob", "usage"), ("do", "usage"), ("show", "usage"), ("import units", "usage"),
                ("show units --frob", "usage"),
                ("do no.action", "action.unknown"), ("show no.view", "view.unknown"), ("do unit.add", "field.missing"),
                ("do unit.add unit=3-2-509 colour=red", "field.unknown"), ("do unit.add unit", "pair.malformed"),
                ("do unit.add =3", "pair.malformed"), ("do unit.add unit=1-1-1 unit=1-1-2", "pair.double"),
                ("do unit.add unit=501", "unit.malformed"), ("do unit.add unit=3-2-509 --at gestern", nil),
                ("show units --at 2025-02-30", nil), ("show units --json --csv", "usage"),
                ("show gate colour=red", "filter.unknown"),
                ("show gate limit=viele", "number.malformed"), ("show gate from=gestern", nil),
                ("show collection period=2025-13", nil),
                ("import flats x.csv", "import.kind"), ("import units no-such.csv", "import.file"),
                ("do --lines unit.add", "usage"),
            ] as [(String, String?)])
        func invalidCommandLine(words: String, code: String?) throws {
            let home = try TestHome()
            let outcome = try home.run("\(words) --json")
            #expect(outcome.code == 2, "\(outcome)")
            #expect(outcome.out.isEmpty)
            #expect(outcome.error["message"].text?.isEmpty == false, "\(outcome)")
            #expect(outcome.error["code"].text != nil)
            if let code { #expect(outcome.error["code"].text == code) }
        }

        @Test(
            "2: what is wrong with the command line is said in Chinese",
            arguments: [
                ("frob", "“frob”用不在这里"), ("show", "少写了 <view>"), ("show gate --at", "--at <at> 后面少了值"),
                ("show gate --jsn", "没有选项 --jsn，是不是 --json？"), ("show gate --frob", "没有选项 --frob"),
                ("verify a b", "这些用不在这里：'a', 'b'"), ("show gate --json=3", "--json 后面不带值，却写了 3"),
                ("export x stock --format foo", "--format <format> 不能是“foo”，可用：'csv' and 'xlsx'"),
            ])
        func usageInChinese(words: String, told: String) throws {
            let outcome = try TestHome().run(words)
            #expect(outcome.code == 2 && outcome.err.hasPrefix("frontdesk: 命令行有误：\(told)"), "\(outcome)")
        }

        @Test(
            "2: there is no estate; nothing is created",
            arguments: ["show units", "do unit.add unit=1-1-1", "verify", "do --lines"])
        func noEstate(words: String) throws {
            let home = try TestHome(empty: true)
            try FileManager.default.createDirectory(atPath: home.data, withIntermediateDirectories: true)
            let outcome = try home.run(words)
            #expect(outcome.code == 2)
            #expect(outcome.err.contains("frontdesk init"), "the message names the remedy: \(outcome)")
            #expect(try FileManager.default.contentsOfDirectory(atPath: home.data).isEmpty, "nothing was created")
        }

        @Test("3: a rule refuses with its stable code, and nothing is written")
        func refusedByRule() throws {
            let home = try TestHome()
            let lines = try home.run("verify --json").json["lines"].number
            for (words, code) in [
                ("do unit.add unit=3-2-501", "unit.exists"),
                ("do person.add name=甲 unit=9-9-999 role=owner", "unit.unknown"),
                ("do visitor.arrive name=甲 host=王芳 purpose=快递", "host.ambiguous"),
                ("do request.open class=special unit=3-2-501 text=保洁", "request.periodMissing"),
                ("do unit.add unit=3-2-509 --as S03", "staff.notAllowed"),
                ("do unit.add unit=3-2-509 --as S99", "staff.unknown"), ("show units --as S99", "staff.unknown"),
                ("report visitsheet --as S99", "staff.unknown"),
                ("show workdays from=2050-01-01 add=2", "calendar.unpublished"),
            ] {
                let outcome = try home.run("\(words) --json")
                #expect(outcome.code == 3, "\(words): \(outcome)")
                #expect(outcome.error["code"].text == code, "\(words): \(outcome)")
            }
            #expect(try home.run("verify --json").json["lines"].number == lines)
        }

        @Test("3: events more than five minutes in the future are refused")
        func future() throws {
            let home = try TestHome()
            let format = ISO8601DateFormatter()
            func ahead(_ minutes: Double) -> String { format.string(from: Date(timeIntervalSinceNow: minutes * 60)) }
            let refused = try home.run("do unit.add unit=3-2-504 --at \(ahead(6)) --json")
            #expect(refused.code == 3)
            #expect(refused.error["code"].text == "time.future")
            #expect(try home.run("do unit.add unit=3-2-504 --at \(ahead(4))").code == 0)
        }

        @Test("5: a disk failure is reported in words")
        func diskFails() throws {
            let home = try TestHome()
            let place = try home.file("a-file", "no folder") + "/data"
            let made = try home.run("init --name 翠湖 --staff S01:王:manager", ["FRONTDESK_DATA": place])
            #expect(made.code == 5)
            #expect(made.err.contains("磁盘操作失败"))
            #expect(try home.run("show units", ["FRONTDESK_DATA": place]).code == 2)
            let answer = try home.run("do unit.add unit=3-2-504 --json", ["FRONTDESK_DATA": place])
            #expect(answer.error["code"].text == "data.missing")
            // A folder in place of the segment, which cannot be opened for writing.
            let segment = try #require(home.segments().first)
            try FileManager.default.removeItem(at: segment)
            try FileManager.default.createDirectory(at: segment, withIntermediateDirectories: false)
            let written = try home.run("do unit.add unit=3-2-504 --json")
            #expect(written.code == 5, "\(written)")
            #expect(written.error["code"].text == "disk.failed")
            #expect(written.out.isEmpty)
        }

        @Test(
            "5: an answer that cannot be written is reported; the record remains",
            .enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "there is no /dev/full"))
        func outputFails() throws {
            let home = try TestHome()
            for words in ["show units", "do unit.add unit=3-2-504", "verify", "actions --json"] {
                let errors = try home.file("errors")
                let child = try ChildProcess(
                    [Program.path] + words.split(separator: " ").map(String.init), environment: home.environment(),
                    .files(input: "/dev/null", output: "/dev/full", errors: errors))
                #expect(child.wait() == 5)
                #expect(try TestHome.text(errors).contains("标准输出"))
            }
            #expect(try home.show("units").count == 4, "what was recorded stands")
        }

        @Test("5: closed standard streams never become files of the journal")
        func closedStreams() throws {
            let home = try TestHome()
            let lock = home.data + "/LOCK"
            for (words, closed, code) in [
                ("show units", ">&-", 5), ("do unit.add unit=3-2-504", "<&- >&-", 5), ("show no.view", "2>&-", 2),
                ("do unit.add unit=3-2-505", "<&- >&- 2>&-", 5), ("do --lines", "<&-", 5),
                ("verify", "<&- >&- 2>&-", 5),
            ] as [(String, String, Int32)] {
                let child = try ChildProcess(
                    ["sh", "-c", "exec \(Program.path) \(words) \(closed)"], environment: home.environment(),
                    .files(input: "/dev/null", output: try home.file("output"), errors: try home.file("errors")))
                #expect(child.wait() == code, "\(words) \(closed)")
                #expect(try TestHome.text(lock).isEmpty, "\(words) \(closed)")
                #expect(try home.run("verify").code == 0, "\(words) \(closed)")
            }
            #expect(try home.show("units").count == 5, "what was recorded stands")
        }

        @Test("5: without a terminal the console reports that")
        func noTerminal() throws {
            let home = try TestHome()
            let outcome = try home.run("")
            #expect(outcome.code == 5)
            #expect(outcome.err.contains("终端"))
            #expect(outcome.out.isEmpty, "no escape sequence reaches a file")
        }
    }
}
