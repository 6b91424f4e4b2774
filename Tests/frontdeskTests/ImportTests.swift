import Foundation
import Sheets
import Testing

extension ProgramWithFiles {
    @Suite("import")
    struct ImportTests {
        private func imported(_ home: TestHome, _ kind: String, _ text: String, _ options: String = "") throws
            -> Outcome
        {
            try imported(home, kind, Data(text.utf8), options)
        }

        private func imported(_ home: TestHome, _ kind: String, _ data: Data, _ options: String = "") throws -> Outcome
        {
            try home.run(
                ["import", kind, try home.file("rows.csv", data)] + options.split(separator: " ").map(String.init))
        }

        @Test("Each kind of file is imported")
        func kinds() throws {
            let home = try TestHome()
            for (kind, text) in [
                ("units", "unit,area\n3-2-601,88.8\n3-2-602,\n"),
                ("people", "name,unit,role,phone\n赵一,3-2-601,owner,13700000001\n钱二,3-2-602,tenant,\n"),
                ("vehicles", "plate,unit\n沪B·88888,3-2-601\n"),
                ("bills", "unit,period,item,amount,due\n3-2-601,2025-11,物业费,\"1,240.00\",2025-11-30\n"),
                ("payments", "unit,amount,method,at\n3-2-601,40,微信,2025-11-05\n3-2-601,100.5,现金,2025-11-06T10:30\n"),
            ] {
                let outcome = try imported(home, kind, text)
                #expect(outcome.code == 0, "\(kind): \(outcome)")
                #expect(outcome.out.contains("已导入 \(text.split(separator: "\n").count - 1) 行"))
            }
            #expect(try home.show("units").count == 5)
            #expect(try home.show("people unit=3-2-602")[0]["role"].text == "tenant")
            #expect(try home.show("vehicles plate=88888")[0]["owner"].text == "赵一")
            #expect(try home.show("bills unit=3-2-601")[0]["paid"].text == "140.50")
            #expect(
                try home.show("payments").map { $0["received"].text } == [
                    "2025-11-05T00:00:00+08:00", "2025-11-06T10:30:00+08:00",
                ])
            #expect(try home.run("verify").code == 0)
        }

        @Test("All rows are checked first; each refused row is reported with line and reason")
        func allOrNone() throws {
            let home = try TestHome()
            let text = """
                name,unit,role
                赵一,3-2-501,owner
                "钱
                二",9-9-999,owner
                孙三,3-2-501,boss
                李四,3-2-501,owner
                赵一,3-2-501,family
                周五,3-2-502
                """
            let outcome = try imported(home, "people", text)
            #expect(outcome.code == 3)
            #expect(outcome.out.isEmpty)
            for (line, code) in [
                (3, "unit.unknown"), (5, "choice.unknown"), (6, "person.exists"), (7, "person.exists"),
                (8, "import.cells"),
            ] {
                #expect(
                    outcome.err.split(whereSeparator: \.isNewline).contains {
                        $0.contains("第 \(line) 行") && $0.contains(code)
                    },
                    "\(line): \(outcome)")
            }
            #expect(!outcome.err.contains("第 2 行"))
            let json = try imported(home, "people", text, "--json")
            #expect(json.error["code"].text == "import.rows")
            #expect(json.error["rows"].array.compactMap { $0["line"].number } == [3, 5, 6, 7, 8])
            #expect(try imported(home, "people", text, "--json --dry-run").code == 3)
            #expect(try home.show("people").count == 3)
        }

        @Test("A dry run checks and writes nothing")
        func dryRun() throws {
            let home = try TestHome()
            let lines = try home.run("verify --json").json["lines"].number
            let outcome = try imported(home, "units", "unit\n3-2-601\n3-2-602\n", "--dry-run")
            #expect(outcome.code == 0)
            #expect(outcome.out.contains("2"))
            #expect(try home.run("verify --json").json["lines"].number == lines)
            #expect(
                try imported(home, "units", "unit\n3-2-601\n3-2-601\n", "--dry-run").code == 3,
                "rows are checked against each other")
        }

        @Test(
            "BOM, CRLF, GB 18030, Chinese headers, quoted commas and line breaks, and a missing last newline are accepted"
        )
        func spreadsheets() throws {
            let home = try TestHome()
            #expect(try imported(home, "units", "\u{FEFF}房号,面积\r\n3-2-601,88\r\n\r\n3-2-602,\r\n").code == 0)
            let quoted = "name,unit,role\n\"赵\"\"大\"\",\n一\",3-2-601,业主"
            #expect(try imported(home, "people", quoted).code == 0)
            #expect(try home.show("people unit=3-2-601")[0]["name"].text == "赵\"大\", 一", "a name is one line")
            // 姓名,房号,身份 / 王五,3-2-602,租户 and a rare character of four bytes, as GB 18030.
            var bytes: [UInt8] = [
                0xD0, 0xD5, 0xC3, 0xFB, 0x2C, 0xB7, 0xBF, 0xBA, 0xC5, 0x2C, 0xC9, 0xED, 0xB7, 0xDD, 0x0D, 0x0A,
            ]
            bytes += [0xCD, 0xF5, 0xCE, 0xE5, 0x95, 0x32, 0x82, 0x36] + Array(",3-2-602,tenant\r\n".utf8)
            let outcome = try imported(home, "people", Data(bytes))
            #expect(outcome.code == 0, "\(outcome)")
            #expect(try home.show("people unit=3-2-602")[0]["name"].text == "王五\u{20000}")
        }

        @Test(
            "An invalid table is refused as a whole, with its reason",
            arguments: [
                ("", "import.empty"), ("area\n5\n", "import.column"), ("colour\nred\n", "import.column"),
                ("unit,unit\n3-2-601,3-2-602\n", "import.column"), ("unit,房号\n3-2-601,3-2-602\n", "import.column"),
                ("unit\n\"3-2-601\n", "import.quotes"), ("unit\n3-2\"-601\n", "import.quotes"),
                ("unit\n\"3-2-601\"x\n", "import.quotes"),
            ])
        func invalidTable(text: String, code: String) throws {
            let home = try TestHome()
            let outcome = try imported(home, "units", text, "--json")
            #expect(outcome.code == 2, "\(outcome)")
            #expect(outcome.error["code"].text == code)
            #expect(try home.show("units").count == 3)
        }

        @Test("Every form of CSV and a workbook come through a pipe")
        func pipes() throws {
            let home = try TestHome()
            func utf16(_ text: String, _ encoding: String.Encoding) throws -> Data {
                try #require(text.data(using: encoding))
            }
            let mark = Data([0xFF, 0xFE])
            let files = [
                Data("sep=;\n房号;面积\n9-1-1;88\n".utf8), Data("房号,面积\r9-1-2,88\r9-1-3,\r".utf8),
                Data("sep=|\r房号|面积\r9-1-4|88".utf8), mark + (try utf16("房号\t面积\r\n9-1-5\t88\r\n", .utf16LittleEndian)),
                try utf16("房号,面积\n9-1-6,88\n", .utf16BigEndian), try utf16("房号,面积\r9-1-7,88\r", .utf16LittleEndian),
                Data("\u{FEFF}房号\n9-1-8\n".utf8),
                Data(Spreadsheet(.xlsx, name: "a", header: ["房号"], rows: [[.text("9-1-9")]]).bytes),
            ]
            for data in files {
                let child = try home.start("import units -")
                child.write(data)
                child.closeInput()
                #expect(child.wait() == 0)
            }
            #expect(try home.show("units").count == 3 + 9)
        }

        /// All that the terminal was sent is kept, as the bar stands for a moment only.
        @Test("A long import shows its progress on a terminal, and nowhere else", .enabled(if: Tmux.isInstalled))
        func progress() throws {
            let home = try TestHome()
            let rows = "房号\n" + (1...60_000).map { "\($0 / 100 + 10)-1-\($0 % 100 + 101)\n" }.joined()
            let path = try home.file("a.csv", rows)
            let tmux = Tmux(home)
            let sent = try home.file("sent", "")
            let command = "\(Program.path) import units \(path) --dry-run"
            try tmux.open("a", shell: "script -qfc '\(command)' \(sent); sleep 600")
            try tmux.expect("检查通过：60000 行")
            #expect(try TestHome.text(sent).contains(/\[#+ *\] \d+\/60000/))
            #expect(try !tmux.screen().contains("[#"), "the bar is gone at the end")
            #expect(try home.run("import units \(path) --dry-run").err.isEmpty)
        }

        @Test("Unknown encodings, members without permission and future dates are refused")
        func otherRefusals() throws {
            let home = try TestHome()
            let encoded = try imported(
                home, "units", Data([0x75, 0x6E, 0x69, 0x74, 0x0A, 0xFF, 0xFF, 0x80, 0x0A]), "--json")
            #expect(encoded.code == 2, "\(encoded)")
            let guarded = try imported(home, "units", "unit\n3-2-601\n", "--as S03 --json")
            #expect(guarded.code == 3)
            #expect(guarded.error["rows"][0]["code"].text == "staff.notAllowed")
            let future = try imported(home, "units", "unit,at\n3-2-601,2025-01-01\n3-2-602,2525-01-01\n", "--json")
            #expect(future.error["rows"].array.compactMap { $0["code"].text } == ["time.future"])
            #expect(future.error["rows"][0]["line"].number == 3)
            #expect(try home.show("units").count == 3)
        }

        @Test("5: at a file size limit no row is imported, so that a retry counts no money twice")
        func fileSizeLimit() throws {
            let home = try TestHome()
            let rows = "unit,amount\n" + (1...100).map { "3-2-501,\($0)\n" }.joined()
            let size = try Data(contentsOf: try #require(home.segments().last)).count
            let child = try ChildProcess(
                [
                    "sh", "-c",
                    "trap '' XFSZ; ulimit -f \(size / 512 + 16); exec \(Program.path) import payments \(try home.file("rows.csv", rows))",
                ],
                environment: home.environment(),
                .files(input: "/dev/null", output: try home.file("output"), errors: try home.file("errors")))
            #expect(child.wait() == 5)
            let kept = try home.show("payments").count
            #expect(kept == 0)
            #expect(try home.run("import payments \(try home.file("rows.csv", rows))").code == 0)
            #expect(try home.run("verify").code == 0)
        }
    }
}
