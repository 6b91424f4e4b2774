import Foundation
import Testing

extension Program {
    @Suite("show")
    struct ShowTests {
        private func gate() throws -> TestHome {
            let home = try TestHome()
            let visitors = [
                ("甲", "3-2-501", "03-01T09:00"), ("乙", "3-2-502", "03-02T09:00"), ("丙", "3-2-501", "03-03T09:00"),
            ]
            let lines = visitors.map {
                #"{"do":"visitor.arrive","at":"2025-\#($2)","name":"\#($0)","host":"\#($1)","purpose":"快递"}"#
            }
            let left = #"{"do":"visitor.leave","at":"2025-03-01T10:00","visit":"$x"}"#
            let first = lines[0].replacingOccurrences(of: "}", with: #","ref":"x"}"#)
            let outcome = try home.run(
                "do --lines", input: ([first, left] + lines.dropFirst()).joined(separator: "\n"))
            try #require(outcome.code == 0, "\(outcome)")
            return home
        }

        @Test("Short dates are accepted, and their interpretation is printed")
        func shortDates() throws {
            let home = try TestHome()
            let at = "--at 2026-11-25T15:40"
            try home.do("visitor.arrive name=甲 host=3-2-501 purpose=快递 --at 2025-03-04T09:00")
            let done = try home.run("do dunning.record unit=3-2-501 channel=电话 outcome=答应 promise=明天 --at 2025-03-05")
            #expect(done.code == 0)
            #expect(done.json["read"]["promise"].text == "2025-03-06")
            #expect(try home.show("dunnings")[0]["promise"].text == "2025-03-06")
            #expect(
                try home.run("do dunning.record unit=3-2-501 channel=电话 outcome=答应 promise=2025-03-06").json["read"]
                    .keys.isEmpty)

            let line =
                #"{"do":"dunning.record","at":"2025-03-05T10:00","unit":"3-2-501","channel":"电话","outcome":"再说","promise":"3-9"}"#
            #expect(try home.run("do --lines", input: line).answers[0]["read"]["promise"].text == "2025-03-09")

            let shown = try home.run("show gate from=昨天 to=昨天 --json --at 2025-03-05")
            #expect(shown.json.array.map { $0["name"].text } == ["甲"])
            #expect(shown.err.contains("from → 2025-03-04") && shown.err.contains("to → 2025-03-04"))
            #expect(try home.run("show gate from=2025-03-04 --json \(at)").err.isEmpty)

            for (typed, code) in [("125", "date.ambiguous"), ("2-30", "date.impossible"), ("改天", "date.malformed")] {
                let refused = try home.run(
                    "do dunning.record unit=3-2-501 channel=电话 outcome=答应 promise=\(typed) --json")
                #expect(refused.code == 2 && refused.error["code"].text == code)
            }
            #expect(try home.run("show gate --at 昨天").code == 0)
        }

        @Test("Rows are filtered by from, to, limit and any column, by value or word")
        func filters() throws {
            let home = try gate()
            for (words, names) in [
                ("", "甲乙丙"), ("from=2025-03-02", "乙丙"), ("to=2025-03-02", "甲乙"), ("from=2025-03-02 to=2025-03-02", "乙"),
                ("host=3-2-501", "甲丙"), ("state=left", "甲"), ("state=已离", "甲"), ("state=overstay limit=1", "乙"),
                ("limit=0", ""),
                ("limit=9", "甲乙丙"), ("name=丁", ""), ("host=3-2-501 from=2025-03-02", "丙"),
            ] {
                let outcome = try home.run("show gate \(words) --json")
                #expect(outcome.code == 0, "\(words): \(outcome)")
                #expect(outcome.json.array.compactMap { $0["name"].text }.joined() == names, "\(words)")
            }
        }

        @Test("Text is aligned by terminal width, JSON has one row per line, CSV has a header")
        func formats() throws {
            let home = try gate()
            let text = try home.run("show gate").lines
            #expect(text.count == 4)
            #expect(text[0].contains("姓名") && text[1].contains("甲") && text[1].contains("已离"))
            let json = try home.run("show gate --json")
            #expect(json.lines.count == 5)
            #expect(JSON(json.lines[1].trimmingCharacters(in: [","])).keys.isSuperset(of: ["id", "name", "left"]))
            #expect(json.json[1]["left"].isNull, "what is not there is null, not left out")
            let csv = try home.run("show gate --csv").out
            #expect(csv.hasPrefix("id,name,"))
            #expect(csv.contains("\r\n"))
            #expect(try home.run("show gate limit=0 --json").out == "[]\n")
            #expect(try home.run("show gate limit=0 --csv").lines.count == 1)
            #expect(try home.run("show gate --csv --bom").out == "\u{FEFF}" + csv)
            #expect(try home.run("show gate --bom").code == 2)
            #expect(try home.run("show gate limit=0").lines.count == 1)
        }

        @Test("No CSV cell starts a formula, breaks its row or loses its quotes")
        func csvFormulas() throws {
            let home = try TestHome()
            for name in [
                "=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1+1", "=\u{301}x", "＝1+1", "说\"好\",走", "a\nb", "-5", "平常",
            ] {
                let outcome = try home.run(["do", "visitor.arrive", "name=\(name)", "host=3-2-501", "purpose=快递"])
                #expect(outcome.code == 0, "\(name): \(outcome)")
            }
            let lines = try home.run("show gate --csv").out.components(separatedBy: "\r\n")
            #expect(lines.count == 12, "one line a row: \(lines)")
            let cells = lines.dropFirst().map { $0.dropFirst(27) }
            for (index, beginning) in ["'=1+1,", "'+cmd,", "'-2+3,", "'@SUM(A1),", "'=1+1,", "'=", "'=1+1,"]
                .enumerated()
            {
                #expect(cells[cells.startIndex + index].utf8.starts(with: beginning.utf8), "\(cells)")
            }
            #expect(lines[8].contains("\"说\"\"好\"\",走\""))
            #expect(cells[cells.startIndex + 9].hasPrefix("-5,"), "a number is a number")
            #expect(lines[11].contains(",平常,"))
        }

        @Test("A line break in a CSV cell is kept, in quotes")
        func csvLineBreak() throws {
            let home = try TestHome()
            let line = #"{"do":"request.open","class":"other","unit":"3-2-501","text":"甲\n乙"}"#
            try #require(try home.run("do --lines", input: line).code == 0)
            #expect(try home.run("show requests --csv").out.contains(",\"甲\n乙\","))
        }

        @Test("Control characters are shown as signs")
        func controlCharacters() throws {
            let home = try TestHome()
            _ = try home.run(["do", "visitor.arrive", "name=\u{1B}[31m红\u{202E}", "host=3-2-501", "purpose=快递"])
            for words in ["show gate", "show gate --csv", "show gate --json"] {
                let outcome = try home.run(words)
                #expect(!outcome.out.contains("\u{1B}"), "\(words)")
                #expect(outcome.out.contains("红"))
            }
            let refused = try home.run(["do", "unit.add", "unit=\u{1B}[31m"])
            #expect(!refused.err.contains("\u{1B}"))
        }

        @Test("Views take parameters: end of a plate, class of phrases, working days")
        func parameters() throws {
            let home = try TestHome()
            try home.do("vehicle.add plate=沪AD12345 unit=3-2-502")
            #expect(try home.show("vehicles plate=2345").count == 2)
            #expect(try home.show("vehicles plate=a12345").map { $0["owner"].text } == ["李四"])
            #expect(try home.show("phrases class=道谢语").map { $0["text"].text } == ["谢谢", "非常感谢"])
            #expect(Set(try home.show("phrases").map { $0["class"].text }).count == 12)
            let days = try home.show("workdays from=2026-02-13 add=2")[0]
            #expect(days["due"].text == "2026-02-24")
            #expect(days["skipped"].array.count == 9)
            #expect(days["skipped"].array.allSatisfy { $0["why"].text?.isEmpty == false })
            #expect(try home.show("workdays from=2026-09-30 add=2")[0]["due"].text == "2026-10-09")
        }

        @Test("Telephone numbers are masked in lists")
        func maskedNumbers() throws {
            let home = try TestHome()
            try home.do("visitor.arrive name=甲 host=3-2-501 purpose=快递 phone=13912345678")
            for words in ["show people", "show gate", "show people --csv", "show gate --json"] {
                let text = try home.run(words).out
                #expect(!text.contains("13912345678") && !text.contains("13800001111"), "\(words)")
            }
            #expect(try home.show("gate")[0]["phone"].text == "139****5678")
        }

        @Test("A guard reads no debts: in text, CSV and JSON, and not in reports")
        func withoutDebts() throws {
            let home = try TestHome()
            try home.do("bill.issue unit=3-2-501 period=2025-05 item=物业费 amount=186.50 due=2025-05-31 --as S07")
            let call = try home.do("call.ring direction=outgoing about=3-2-501 purpose=催物业费 --as S02")
            try home.do("call.end call=\(call) --as S02")
            try home.do("payment.receive unit=3-2-501 amount=11.11 --as S02")
            for format in ["", "--csv", "--json"] {
                for view in ["calls", "history unit=3-2-501", "undo"] {
                    let told = ["催物业费", "186.50", "11.11", "收款", "生成账单"]
                    let guarded = try home.run("show \(view) --as S03 \(format)")
                    #expect(guarded.code == 0 && !told.contains { guarded.out.contains($0) }, "\(guarded)")
                    let open = try home.run("show \(view) --as S02 \(format)")
                    #expect(told.contains { open.out.contains($0) }, "\(open)")
                }
            }
            #expect(try home.run("show arrears --as S03 --json").error["code"].text == "view.notAllowed")
        }
    }
}
