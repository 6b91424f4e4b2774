import Foundation
import Testing

extension Program {
    @Suite("The command line: options, exit codes, languages")
    struct CommandTests {
        @Test("A new estate is empty, says its name and has its first staff member")
        func initialising() throws {
            let desk = try Desk(empty: true)
            let made = try desk.run("init --name 翠湖花园 --staff S01:王经理:manager --staff S02:陈接待:operator")
            #expect(made.code == 0)
            #expect(made.out.contains("翠湖花园"))
            #expect(try desk.show("staff").map { $0["name"].text } == ["王经理", "陈接待"])
            #expect(try desk.show("requests").isEmpty)
            #expect(try desk.run("verify").code == 0)
            let mode = try FileManager.default.attributesOfItem(atPath: desk.data)[.posixPermissions] as? Int
            #expect(mode == 0o700)
            #expect(try desk.run("init --name 别的 --staff S01:王经理:manager").code == 2, "an estate is not made over")
        }

        @Test(
            "What init is given badly leaves no estate behind",
            arguments: [
                "--staff S01:王经理:manager", "--name 翠湖", "--name 翠湖 --staff S01:王经理:guard", "--name 翠湖 --staff 王经理",
                "--name 翠湖 --staff S01:王:manager --staff S01:李:guard", "--name 翠湖 --staff S,1:王:manager",
                "--name 翠湖 --staff S01:王:boss", "--name 翠湖 --staff S01:王:manager --zone Mars/Base",
                "--name 翠湖 --staff S01:王:manager --node ../x",
            ])
        func badInit(words: String) throws {
            let desk = try Desk(empty: true)
            #expect(try desk.run("init \(words)").code == 2)
            #expect(try desk.run("show units").code == 2)
        }

        @Test("An action answers with its id, its node and its place")
        func doing() throws {
            let desk = try Desk()
            let first = try desk.run("do unit.add unit=3-2-504 area=89.50")
            #expect(first.code == 0)
            #expect(first.lines.count == 1)
            #expect(first.json.keys.isSuperset(of: ["id", "node", "seq"]))
            #expect(first.json["node"].text == "desk")
            let second = try desk.run("do unit.add unit=3-2-505")
            #expect(second.json["seq"].number == first.json["seq"].number.map { $0 + 1 })
            #expect(try desk.show("units unit=3-2-504")[0]["area"].text == "89.50")
            #expect(try desk.run(["do", "visitor.arrive", "name=a=b", "host=李四", "purpose=看 房"]).code == 0)
            let visit = try desk.show("gate")[0]
            #expect(visit["name"].text == "a=b")
            #expect(visit["host"].text == "3-2-501")
            #expect(visit["resident"].text == "李四")
        }

        @Test(
            "2: the command line is wrong",
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
        func wrongCommandLine(words: String, code: String?) throws {
            let desk = try Desk()
            let outcome = try desk.run("\(words) --json")
            #expect(outcome.code == 2, "\(outcome)")
            #expect(outcome.out.isEmpty)
            #expect(outcome.error["message"].text?.isEmpty == false, "\(outcome)")
            #expect(outcome.error["code"].text != nil)
            if let code { #expect(outcome.error["code"].text == code) }
        }

        @Test(
            "2: there is no estate, wherever one looks",
            arguments: ["show units", "do unit.add unit=1-1-1", "verify", "do --lines"])
        func noEstate(words: String) throws {
            let desk = try Desk(empty: true)
            try FileManager.default.createDirectory(atPath: desk.data, withIntermediateDirectories: true)
            let outcome = try desk.run(words)
            #expect(outcome.code == 2)
            #expect(outcome.err.contains("frontdesk init"), "it says what to do: \(outcome)")
            #expect(try FileManager.default.contentsOfDirectory(atPath: desk.data).isEmpty, "nothing was made")
        }

        @Test("3: a rule refuses, by its stable code, and nothing is written")
        func refused() throws {
            let desk = try Desk()
            let lines = try desk.run("verify --json").json["lines"].number
            for (words, code) in [
                ("do unit.add unit=3-2-501", "unit.exists"),
                ("do person.add name=甲 unit=9-9-999 role=owner", "unit.unknown"),
                ("do visitor.arrive name=甲 host=王芳 purpose=快递", "host.ambiguous"),
                ("do request.open class=special unit=3-2-501 text=保洁", "request.periodMissing"),
                ("do unit.add unit=3-2-509 --as S03", "staff.notAllowed"),
                ("do unit.add unit=3-2-509 --as S99", "staff.unknown"),
                ("show workdays from=2050-01-01 add=2", "calendar.unpublished"),
            ] {
                let outcome = try desk.run("\(words) --json")
                #expect(outcome.code == 3, "\(words): \(outcome)")
                #expect(outcome.error["code"].text == code, "\(words): \(outcome)")
            }
            #expect(try desk.run("verify --json").json["lines"].number == lines)
        }

        @Test("3: the future cannot be recorded beyond five minutes")
        func future() throws {
            let desk = try Desk()
            let format = ISO8601DateFormatter()
            func ahead(_ minutes: Double) -> String { format.string(from: Date(timeIntervalSinceNow: minutes * 60)) }
            let refused = try desk.run("do unit.add unit=3-2-504 --at \(ahead(6)) --json")
            #expect(refused.code == 3)
            #expect(refused.error["code"].text == "time.future")
            #expect(try desk.run("do unit.add unit=3-2-504 --at \(ahead(4))").code == 0)
        }

        @Test("5: the disk or another part fails, and it is said in words")
        func failing() throws {
            let desk = try Desk()
            let place = try desk.file("a-file", "no folder") + "/data"
            let made = try desk.run("init --name 翠湖 --staff S01:王:manager", ["FRONTDESK_DATA": place])
            #expect(made.code == 5)
            #expect(made.err.contains("磁盘操作失败"))
            #expect(try desk.run("show units", ["FRONTDESK_DATA": place]).code == 2)
            let answer = try desk.run("do unit.add unit=3-2-504 --json", ["FRONTDESK_DATA": place])
            #expect(answer.error["code"].text == "data.missing")
            // A segment that cannot be opened for writing.
            let segment = try #require(desk.segments().first)
            try FileManager.default.removeItem(at: segment)
            try FileManager.default.createDirectory(at: segment, withIntermediateDirectories: false)
            let written = try desk.run("do unit.add unit=3-2-504 --json")
            #expect(written.code == 5, "\(written)")
            #expect(written.error["code"].text == "disk.failed")
            #expect(written.out.isEmpty)
        }

        @Test(
            "5: an answer that cannot be printed is no crash",
            .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
        func fullOutput() throws {
            let desk = try Desk()
            for words in ["show units", "do unit.add unit=3-2-504", "verify", "actions --json"] {
                let errors = try desk.file("errors")
                let child = try Child(
                    [Program.path] + words.split(separator: " ").map(String.init), environment: desk.environment(),
                    .files(input: "/dev/null", output: "/dev/full", errors: errors))
                #expect(child.wait() == 5)
                #expect(try Desk.text(errors).contains("标准输出"))
            }
            #expect(try desk.show("units").count == 4, "what was recorded stands")
        }

        @Test("5: closed standard streams never become files of the journal")
        func closedStreams() throws {
            let desk = try Desk()
            let lock = desk.data + "/LOCK"
            for (words, closed, code) in [
                ("show units", ">&-", 5), ("do unit.add unit=3-2-504", "<&- >&-", 5), ("show no.view", "2>&-", 2),
                ("do unit.add unit=3-2-505", "<&- >&- 2>&-", 5), ("do --lines", "<&-", 5),
                ("verify", "<&- >&- 2>&-", 5),
            ] as [(String, String, Int32)] {
                let child = try Child(
                    ["sh", "-c", "exec \(Program.path) \(words) \(closed)"], environment: desk.environment(),
                    .files(input: "/dev/null", output: try desk.file("output"), errors: try desk.file("errors")))
                #expect(child.wait() == code, "\(words) \(closed)")
                #expect(try Desk.text(lock).isEmpty, "\(words) \(closed)")
                #expect(try desk.run("verify").code == 0, "\(words) \(closed)")
            }
            #expect(try desk.show("units").count == 5, "what was recorded stands")
        }

        @Test("Of two who found an estate in one folder at once, one does")
        func twoFounders() throws {
            let desk = try Desk(empty: true)
            let founders = try ["S01", "S02"].map { try desk.start("init --name 翠湖 --staff \($0):王:manager") }
            #expect(Set(founders.map { $0.wait() }) == [0, 2])
            #expect(try desk.show("staff").count == 1)
            #expect(try desk.run("verify").code == 0)
        }

        @Test("Messages are Chinese unless LANG begins with en; codes never change")
        func languages() throws {
            let desk = try Desk()
            let chinese = try desk.run("do unit.add unit=3-2-501 --json")
            let english = try desk.run("do unit.add unit=3-2-501 --json", ["LANG": "en_US.UTF-8"])
            #expect(chinese.error["message"].text?.contains("房号已登记") == true)
            #expect(english.error["message"].text?.contains("is there already") == true)
            #expect(chinese.error["code"].text == english.error["code"].text)
            #expect(try desk.run("show units", ["LANG": "zh_CN.UTF-8"]).out.contains("房号"))
            #expect(try desk.run("show units", ["LANG": "en_GB"]).out.contains("Unit"))
            #expect(try desk.run("verify").out.contains("完好"))
            #expect(try desk.run("verify", ["LANG": "en_US.UTF-8"]).out.contains("intact"))
        }

        @Test("Options stand before the command or behind it, and everywhere")
        func optionsAnywhere() throws {
            let desk = try Desk()
            let other = ["FRONTDESK_DATA": "", "FRONTDESK_STAFF": ""]
            let place = desk.data
            let before = try desk.run("--data \(place) --as S04 --at 2025-03-01 do unit.add unit=3-2-504", other)
            #expect(before.code == 0, "\(before)")
            #expect(try desk.run("do --as S04 unit.add --data=\(place) unit=3-2-505 --at 2025-03-01", other).code == 0)
            #expect(try desk.run("do unit.add unit=3-2-506 --at 2025-03-01 --as S04 --data \(place)", other).code == 0)
            for words in ["show units", "verify", "actions", "views"] {
                let outcome = try desk.run("--data \(place) --as S04 --at 2025-03-02 \(words) --json", other)
                #expect(outcome.code == 0, "\(outcome)")
            }
            #expect(try desk.run("show units --data show", other).code == 2, "a folder may be called like a command")
            #expect(try desk.run("--data show verify", other).err.contains("show"))
        }

        @Test("Who acts: --as, else FRONTDESK_STAFF, else the only member")
        func whoActs() throws {
            let desk = try Desk()
            let request = "do request.open class=complaint unit=3-2-501 text=噪音 --json"
            let nobody = try desk.run(request, ["FRONTDESK_STAFF": ""])
            #expect(nobody.code == 2)
            #expect(nobody.error["code"].text == "staff.missing")
            #expect(try desk.run(request, ["FRONTDESK_STAFF": "S02"]).code == 0)
            #expect(try desk.run("\(request) --as S06", ["FRONTDESK_STAFF": "S02"]).code == 0)
            #expect(try desk.run("\(request) --as 周主管", ["FRONTDESK_STAFF": "S02"]).code == 0)
            #expect(try desk.show("requests").map { $0["by"].text } == ["陈接待", "郑管理", "周主管"])
            let alone = try Desk(empty: true)
            _ = try alone.run("init --name 独 --staff M1:独一人:manager")
            #expect(try alone.run("do unit.add unit=1-1-101", ["FRONTDESK_STAFF": ""]).code == 0)
        }

        @Test("The data folder: the option, the variable, the data home, the home")
        func dataFolder() throws {
            let desk = try Desk(empty: true)
            func made(_ changes: [String: String], in place: String) throws {
                let outcome = try desk.run(
                    "init --name 翠湖 --staff S01:王:manager", ["FRONTDESK_DATA": ""].merging(changes) { $1 })
                #expect(outcome.code == 0)
                let expected = desk.home.appendingPathComponent("\(place)/NODE").path
                #expect(FileManager.default.fileExists(atPath: expected), "\(outcome)")
            }
            try made([:], in: ".local/share/frontdesk")
            try made(["XDG_DATA_HOME": desk.home.path + "/xdg"], in: "xdg/frontdesk")
            try made(["FRONTDESK_DATA": desk.home.path + "/own"], in: "own")
        }

        @Test("--at: a date is its start for do and its end for show; an offset is taken as given")
        func dates() throws {
            let desk = try Desk()
            try desk.do("visitor.arrive name=早 host=3-2-501 purpose=快递 --at 2025-03-01")
            try desk.do("visitor.arrive name=晚 host=3-2-501 purpose=快递 --at 2025-03-01T23:59")
            try desk.do("visitor.arrive name=次 host=3-2-501 purpose=快递 --at 2025-03-02")
            try desk.do("visitor.arrive name=远 host=3-2-501 purpose=快递 --at 2025-03-01T02:30:05+01:00")
            func names(_ words: String) throws -> Set<String?> {
                Set(try desk.show("gate \(words)").map { $0["name"].text })
            }
            #expect(try names("--at 2025-02-28").isEmpty)
            #expect(try names("--at 2025-03-01") == ["早", "晚", "远"])
            #expect(try names("--at 2025-03-01T12:00") == ["早", "远"])
            #expect(try names("--at 2025-03-02") == ["早", "晚", "次", "远"])
            let rows = try desk.show("gate")
            #expect(rows.first { $0["name"].text == "早" }?["arrived"].text == "2025-03-01T00:00:00+08:00")
            #expect(rows.first { $0["name"].text == "远" }?["arrived"].text == "2025-03-01T09:30:05+08:00")
        }

        @Test("Without a terminal the console says so")
        func noTerminal() throws {
            let desk = try Desk()
            let outcome = try desk.run("")
            #expect(outcome.code == 5)
            #expect(outcome.err.contains("终端"))
            #expect(outcome.out.isEmpty, "no escape sequence reaches a file")
        }
    }
}
