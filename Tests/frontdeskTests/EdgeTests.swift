import Foundation
import Testing

extension Program {
    /// What stands where it does not belong, and what is more than anybody needs.
    @Suite("Edges")
    struct EdgeTests {
        private func damage(_ home: TestHome) throws {
            let segment = try #require(home.segments().last)
            var data = try Data(contentsOf: segment)
            let name = try #require(data.range(of: home.visit("客7")))
            data[name.upperBound - 1] ^= 1
            try data.write(to: segment)
        }

        @Test("4: show and report of damaged data print what can be read, name the damage, and exit with 4")
        func damagedShow() throws {
            let home = try TestHome()
            try home.addVisitors(20)
            #expect(try home.run("show gate --json").code == 0)
            try damage(home)
            for words in ["show gate --json", "show units", "report visitsheet", "show gate --csv --at 2030-01-01"] {
                let outcome = try home.run(words)
                #expect(outcome.code == 4, "\(words): \(outcome)")
                #expect(outcome.err.contains(".jsonl"), "\(words): \(outcome)")
            }
            #expect(try home.run("show gate --json").json.array.count == 19)
        }

        @Test("4: do on damaged data records, and its receipt warns of data.damaged")
        func damagedDo() throws {
            let home = try TestHome()
            try home.addVisitors(20)
            #expect(!(try home.run("do unit.add unit=3-2-504").out.contains("data.damaged")))
            try damage(home)
            let done = try home.run("do unit.add unit=3-2-505")
            #expect(done.code == 0 && done.json["warnings"].array.map(\.text) == ["data.damaged"], "\(done)")
            let lines = try home.run("do --lines", input: #"{"do":"unit.add","unit":"3-2-506"}"#)
            #expect(lines.code == 0 && lines.answers[0]["warnings"][0].text == "data.damaged", "\(lines)")
        }

        @Test(
            "A pipe or a device in place of a file is refused at once",
            arguments: [
                "NODE", "LOCK", "journal/desk/HEAD", "handbook/gate.json",
            ])
        func pipes(name: String) throws {
            let home = try TestHome()
            let path = "\(home.data)/\(name)"
            unlink(path)
            try FileManager.default.createDirectory(atPath: "\(home.data)/handbook", withIntermediateDirectories: true)
            try #require(mkfifo(path, 0o600) == 0)
            for words in ["show units", "do unit.add unit=3-2-504", "verify"] {
                let started = ContinuousClock.now
                let outcome = try home.run(words)
                #expect(outcome.code == 5 || outcome.code == 0 && name.hasPrefix("handbook"), "\(words): \(outcome)")
                #expect(!outcome.err.isEmpty && ContinuousClock.now - started < .seconds(30), "\(words): \(outcome)")
            }
        }

        @Test("An import of a device without an end is refused, and a line without one", .timeLimit(.minutes(10)))
        func endless() throws {
            let home = try TestHome()
            #expect(try home.run("import units /dev/zero --json").code == 2)
            #expect(try home.run("keys --keys /dev/zero").code == 2)
            let child = try home.start("do --lines")
            let part = String(repeating: "x", count: 1 << 16)
            for _ in 0..<40 { child.write(part) }
            #expect(try JSON(#require(child.line()))["error"]["code"].text == "line.tooLong")
            child.write("\n" + #"{"do":"unit.add","unit":"3-2-504"}"# + "\n")
            #expect(try JSON(#require(child.line()))["id"].exists, "what follows is done")
            // Its end may come at once.
            child.write(String(repeating: " ", count: 1 << 20) + "{}\n")
            #expect(try JSON(#require(child.line()))["error"]["code"].text == "line.tooLong")
            child.closeInput()
            #expect(child.wait() == 3)
        }

        @Test("A data folder that everybody may write to is refused with what helps: data.exposed")
        func exposed() throws {
            let home = try TestHome()
            try #require(chmod(home.data, 0o777) == 0)
            for words in ["show units --json", "do unit.add unit=3-2-504 --json"] {
                let outcome = try home.run(words)
                #expect(outcome.code == 5 && outcome.error["code"].text == "data.exposed", "\(outcome)")
                #expect(outcome.err.contains("chmod o-w"))
            }
            try #require(chmod(home.data, 0o700) == 0)
            #expect(try home.run("show units").code == 0)
        }

        @Test("A NODE that is a path is damage, and leads nowhere: data.nodeName")
        func nodePath() throws {
            let home = try TestHome()
            try Data("../../elsewhere\n".utf8).write(to: URL(fileURLWithPath: "\(home.data)/NODE"))
            let outcome = try home.run("do unit.add unit=3-2-504 --json")
            #expect(outcome.code == 4 && outcome.error["code"].text == "data.nodeName", "\(outcome)")
            let restored = try home.run(["restore", home.data, "\(home.folder.path)/copy", "--json"])
            #expect(restored.code == 2 && restored.out.isEmpty, "\(restored)")
        }

        @Test("No escape reaches a terminal from names of files, folders, nodes, columns or sheets")
        func escapes() throws {
            let home = try TestHome()
            let escape = "\u{1B}]0;pwned\u{07}\u{1B}[31m"
            try FileManager.default.createDirectory(
                atPath: "\(home.data)/journal/\(escape)", withIntermediateDirectories: false)
            try FileManager.default.createDirectory(
                atPath: "\(home.data)/handbook", withIntermediateDirectories: false)
            try Data("{}".utf8).write(to: URL(fileURLWithPath: "\(home.data)/handbook/gate\(escape).json"))
            let table = try home.file("\(escape).csv", "房号,\(escape)\n3-2-509,1\n\(escape),2\n")
            for words in [
                ["show", "units"], ["verify"], ["import", "units", table], ["import", "units", table, "--dry-run"],
                ["show", escape], ["do", escape], ["do", "unit.add", "\(escape)=1"], ["--\(escape)"],
                ["import", "units", "\(home.folder.path)/\(escape)"], ["restore", "/none\(escape)", "/none\(escape)"],
                ["show", "units", "--data", "/none\(escape)"], ["report", "visitsheet", "-o", "/none\(escape)/x"],
                ["keys", "--keys", "/none\(escape)"], ["export", "\(home.folder.path)/out\(escape)"],
                ["mirror", "/proc/\(escape)"],
                ["backup", "/proc/\(escape)"], ["show", "units", "--theme", escape],
            ] {
                let outcome = try home.run(words)
                #expect(!(outcome.out + outcome.err).contains("\u{1B}"), "\(words)")
                #expect(!(outcome.out + outcome.err).contains("\u{07}"), "\(words)")
            }
        }

        @Test("Fields are read from a file or standard input, so that no argument has a name: @FILE")
        func fieldFiles() throws {
            let home = try TestHome()
            let fields = try home.file("visit", "name=张三\r\nphone=13912345678\n\nhost=3-2-501\n")
            let done = try home.run(["do", "visitor.arrive", "@\(fields)", "purpose=快递"])
            #expect(done.code == 0, "\(done)")
            #expect(try home.show("gate")[0]["name"].text == "张三")
            let piped = try home.run(["do", "visitor.arrive", "@-"], input: "name=李四\nhost=3-2-501\npurpose=探亲\n")
            #expect(piped.code == 0, "\(piped)")
            #expect(try home.run(["show", "gate", "@-", "--json"], input: "name=李四").json.array.count == 1)
            #expect(try home.run("do visitor.arrive @none --json").error["code"].text == "pair.file")
            #expect(try home.run("do visitor.arrive @/dev/zero --json").error["code"].text == "pair.file")
            let twice = try home.run(["do", "visitor.arrive", "@\(fields)", "name=王五", "--json"])
            #expect(twice.error["code"].text == "pair.double")
            #expect(
                try home.run(["do", "visitor.arrive", "@-", "--json"], input: "name").error["code"].text
                    == "pair.malformed")
        }

        @Test("The script for Asterisk rings with the number on standard input, and no command line has it")
        func asterisk() throws {
            let home = try TestHome()
            try home.do("staff.add staff=T01 name=总机 role=operator")
            let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
                .appendingPathComponent("../../Sources/frontdesk/frontdesk.docc/Telephone.md")
            let text = try String(contentsOf: page, encoding: .utf8)
            #expect(!text.contains("phone=$") && !text.contains("CALLERID"))
            let code = text.split(separator: "\n", omittingEmptySubsequences: false)
                .drop { !$0.hasPrefix("    #!/bin/sh") }.prefix { $0.hasPrefix("    ") }.map { $0.dropFirst(4) }
            let script = try home.file("ring", code.joined(separator: "\n") + "\n")
            let (output, errors) = (try home.file("agi.out"), try home.file("agi.err"))
            let variables = "agi_request: ring\nagi_callerid: \"138 0000-1111\"; touch x\nagi_context: a b\n\n"
            let path = URL(fileURLWithPath: Program.path).deletingLastPathComponent().path
            let child = try ChildProcess(
                ["sh", script],
                environment: home.environment(["PATH": "\(path):/usr/bin:/bin", "FRONTDESK_STAFF": ""]),
                .files(input: try home.file("agi.in", variables), output: output, errors: errors))
            #expect(child.wait() == 0)
            let call = try #require(try home.show("calls").first)
            #expect(try TestHome.text(output) == "SET VARIABLE CALL \"\(call["id"].text ?? "")\"\n")
            #expect(call["person"].exists && call["state"].text == "ringing", "\(call)")
        }
    }
}
