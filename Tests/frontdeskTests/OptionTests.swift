import Foundation
import Testing

extension Program {
    @Suite("Options and answers")
    struct OptionTests {
        @Test("An action answers with its id, node and sequence number")
        func answersWithReceipt() throws {
            let home = try TestHome()
            let first = try home.run("do unit.add unit=3-2-504 area=89.50")
            #expect(first.code == 0)
            #expect(first.lines.count == 1)
            #expect(first.json.keys.isSuperset(of: ["id", "node", "seq"]))
            #expect(first.json["node"].text == "desk")
            let second = try home.run("do unit.add unit=3-2-505")
            #expect(second.json["seq"].number == first.json["seq"].number.map { $0 + 1 })
            #expect(try home.show("units unit=3-2-504")[0]["area"].text == "89.50")
            #expect(try home.run(["do", "visitor.arrive", "name=a=b", "host=李四", "purpose=看 房"]).code == 0)
            let visit = try home.show("gate")[0]
            #expect(visit["name"].text == "a=b")
            #expect(visit["host"].text == "3-2-501")
            #expect(visit["resident"].text == "李四")
        }

        @Test("Messages are Chinese unless LANG begins with en; codes do not depend on it")
        func languages() throws {
            let home = try TestHome()
            let chinese = try home.run("do unit.add unit=3-2-501 --json")
            let english = try home.run("do unit.add unit=3-2-501 --json", ["LANG": "en_US.UTF-8"])
            #expect(chinese.error["message"].text?.contains("房号已登记") == true)
            #expect(english.error["message"].text?.contains("is there already") == true)
            #expect(chinese.error["code"].text == english.error["code"].text)
            #expect(try home.run("show units", ["LANG": "zh_CN.UTF-8"]).out.contains("房号"))
            #expect(try home.run("show units", ["LANG": "en_GB"]).out.contains("Unit"))
            #expect(try home.run("verify").out.contains("完好"))
            #expect(try home.run("verify", ["LANG": "en_US.UTF-8"]).out.contains("intact"))
        }

        @Test("Options may precede or follow the command")
        func anyPosition() throws {
            let home = try TestHome()
            let other = ["FRONTDESK_DATA": "", "FRONTDESK_STAFF": ""]
            let place = home.data
            let before = try home.run("--data \(place) --as S04 --at 2025-03-01 do unit.add unit=3-2-504", other)
            #expect(before.code == 0, "\(before)")
            #expect(try home.run("do --as S04 unit.add --data=\(place) unit=3-2-505 --at 2025-03-01", other).code == 0)
            #expect(try home.run("do unit.add unit=3-2-506 --at 2025-03-01 --as S04 --data \(place)", other).code == 0)
            for words in ["show units", "verify", "actions", "views"] {
                let outcome = try home.run("--data \(place) --as S04 --at 2025-03-02 \(words) --json", other)
                #expect(outcome.code == 0, "\(outcome)")
            }
            #expect(try home.run("show units --data show", other).code == 2, "a folder may be called like a command")
            #expect(try home.run("--data show verify", other).err.contains("show"))
        }

        @Test("The acting member is --as, else FRONTDESK_STAFF, else the only member")
        func actingMember() throws {
            let home = try TestHome()
            let request = "do request.open class=complaint unit=3-2-501 text=噪音 --json"
            let nobody = try home.run(request, ["FRONTDESK_STAFF": ""])
            #expect(nobody.code == 2)
            #expect(nobody.error["code"].text == "staff.missing")
            #expect(try home.run(request, ["FRONTDESK_STAFF": "S02"]).code == 0)
            #expect(try home.run("\(request) --as S06", ["FRONTDESK_STAFF": "S02"]).code == 0)
            #expect(try home.run("\(request) --as 周主管", ["FRONTDESK_STAFF": "S02"]).code == 0)
            #expect(try home.show("requests").map { $0["by"].text } == ["陈接待", "郑管理", "周主管"])
            let alone = try TestHome(empty: true)
            _ = try alone.run("init --name 独 --staff M1:独一人:manager")
            #expect(try alone.run("do unit.add unit=1-1-101", ["FRONTDESK_STAFF": ""]).code == 0)
        }

        @Test("The data folder is the option, else the variable, else in XDG_DATA_HOME, else in HOME")
        func dataFolder() throws {
            let home = try TestHome(empty: true)
            func made(_ changes: [String: String], in place: String) throws {
                let outcome = try home.run(
                    "init --name 翠湖 --staff S01:王:manager", ["FRONTDESK_DATA": ""].merging(changes) { $1 })
                #expect(outcome.code == 0)
                let expected = home.folder.appendingPathComponent("\(place)/NODE").path
                #expect(FileManager.default.fileExists(atPath: expected), "\(outcome)")
            }
            try made([:], in: ".local/share/frontdesk")
            try made(["XDG_DATA_HOME": home.folder.path + "/xdg"], in: "xdg/frontdesk")
            try made(["FRONTDESK_DATA": home.folder.path + "/own"], in: "own")
        }

        @Test("A date in --at means its start for do and its end for show; offsets are respected")
        func atOption() throws {
            let home = try TestHome()
            try home.do("visitor.arrive name=早 host=3-2-501 purpose=快递 --at 2025-03-01")
            try home.do("visitor.arrive name=晚 host=3-2-501 purpose=快递 --at 2025-03-01T23:59")
            try home.do("visitor.arrive name=次 host=3-2-501 purpose=快递 --at 2025-03-02")
            try home.do("visitor.arrive name=远 host=3-2-501 purpose=快递 --at 2025-03-01T02:30:05+01:00")
            func names(_ words: String) throws -> Set<String?> {
                Set(try home.show("gate \(words)").map { $0["name"].text })
            }
            #expect(try names("--at 2025-02-28").isEmpty)
            #expect(try names("--at 2025-03-01") == ["早", "晚", "远"])
            #expect(try names("--at 2025-03-01T12:00") == ["早", "远"])
            #expect(try names("--at 2025-03-02") == ["早", "晚", "次", "远"])
            let rows = try home.show("gate")
            #expect(rows.first { $0["name"].text == "早" }?["arrived"].text == "2025-03-01T00:00:00+08:00")
            #expect(rows.first { $0["name"].text == "远" }?["arrived"].text == "2025-03-01T09:30:05+08:00")
        }

        @Test("2: an argument that is not UTF-8 is refused, and nothing is recorded")
        func invalidBytes() throws {
            let home = try TestHome()
            let errors = try home.file("errors")
            let action = "do visitor.arrive host=3-2-501 purpose=快递 --json"
            let child = try ChildProcess(
                ["/bin/sh", "-c", "exec \"$0\" \(action) name=\"$(printf 'a\\377b')\"", Program.path],
                environment: home.environment(),
                .files(input: "/dev/null", output: try home.file("output"), errors: errors))
            #expect(child.wait() == 2)
            #expect(try TestHome.text(errors).contains("usage.encoding"))
            #expect(try home.show("gate").isEmpty)
        }

        @Test(
            "2: a folder whose name is not UTF-8 is refused, as argument, as variable and as working folder",
            arguments: [
                "exec \"$0\" $init --data \"$HOME/$bad\"", "FRONTDESK_DATA=\"$HOME/$bad\" exec \"$0\" $init",
                "XDG_DATA_HOME=\"$HOME/$bad\" exec \"$0\" $init",
                "mkdir \"$HOME/$bad\" && cd \"$HOME/$bad\" && exec \"$0\" $init --data here",
                "exec \"$0\" $init --mirror \"$HOME/$bad\"",
            ])
        func invalidPath(command: String) throws {
            let home = try TestHome(empty: true)
            let errors = try home.file("errors")
            // 翠 in GBK.
            let words = "bad=$(printf '\\264\\344'); init='init --name A --staff S01:B:manager'; \(command)"
            let child = try ChildProcess(
                ["/bin/sh", "-c", words, Program.path], environment: home.environment(),
                .files(input: "/dev/null", output: try home.file("output"), errors: errors))
            #expect(child.wait() == 2)
            let said = try TestHome.text(errors)
            // English, too: a GBK terminal shows no Chinese of ours.
            #expect(
                said.contains("usage.encoding") && said.contains("UTF-8") && said.contains("is not UTF-8"), "\(said)")
            #expect(!FileManager.default.fileExists(atPath: "\(home.data)/NODE"))
        }

        @Test("A misspelt file of the handbook is told, with the right name")
        func misspeltChapter() throws {
            let home = try TestHome()
            let folder = "\(home.data)/handbook"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try Data("{}".utf8).write(to: URL(fileURLWithPath: "\(folder)/gates.json"))
            let shown = try home.run("show units")
            #expect(shown.code == 0 && shown.err.contains("gates.json") && shown.err.contains("gate.json？"), "\(shown)")
            try FileManager.default.moveItem(atPath: "\(folder)/gates.json", toPath: "\(folder)/gate.json")
            #expect(try home.run("show units").err.isEmpty)
        }
    }
}
