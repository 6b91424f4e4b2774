import Foundation
import Testing

extension Program {
    @Suite("show")
    struct ShowTests {
        private func gate() throws -> Desk {
            let desk = try Desk()
            let visitors = [
                ("甲", "3-2-501", "03-01T09:00"), ("乙", "3-2-502", "03-02T09:00"), ("丙", "3-2-501", "03-03T09:00"),
            ]
            let lines = visitors.map {
                #"{"do":"visitor.arrive","at":"2025-\#($2)","name":"\#($0)","host":"\#($1)","purpose":"快递"}"#
            }
            let left = #"{"do":"visitor.leave","at":"2025-03-01T10:00","visit":"$x"}"#
            let first = lines[0].replacingOccurrences(of: "}", with: #","ref":"x"}"#)
            let outcome = try desk.run(
                "do --lines", input: ([first, left] + lines.dropFirst()).joined(separator: "\n"))
            try #require(outcome.code == 0, "\(outcome)")
            return desk
        }

        @Test("Dates are typed as people type them; what they were read as is told, and none is guessed unseen")
        func typedDates() throws {
            let desk = try Desk()
            let at = "--at 2026-11-25T15:40"
            try desk.do("visitor.arrive name=甲 host=3-2-501 purpose=快递 --at 2025-03-04T09:00")
            let done = try desk.run("do dunning.record unit=3-2-501 channel=电话 outcome=答应 promise=明天 --at 2025-03-05")
            #expect(done.code == 0)
            #expect(done.json["read"]["promise"].text == "2025-03-06")
            #expect(try desk.show("dunnings")[0]["promise"].text == "2025-03-06")
            #expect(
                try desk.run("do dunning.record unit=3-2-501 channel=电话 outcome=答应 promise=2025-03-06").json["read"]
                    .keys.isEmpty)

            let line =
                #"{"do":"dunning.record","at":"2025-03-05T10:00","unit":"3-2-501","channel":"电话","outcome":"再说","promise":"3-9"}"#
            #expect(try desk.run("do --lines", input: line).answers[0]["read"]["promise"].text == "2025-03-09")

            let shown = try desk.run("show gate from=昨天 to=昨天 --json --at 2025-03-05")
            #expect(shown.json.array.map { $0["name"].text } == ["甲"])
            #expect(shown.err.contains("from → 2025-03-04") && shown.err.contains("to → 2025-03-04"))
            #expect(try desk.run("show gate from=2025-03-04 --json \(at)").err.isEmpty)

            for (typed, code) in [("125", "date.ambiguous"), ("2-30", "date.impossible"), ("改天", "date.malformed")] {
                let refused = try desk.run(
                    "do dunning.record unit=3-2-501 channel=电话 outcome=答应 promise=\(typed) --json")
                #expect(refused.code == 2 && refused.error["code"].text == code)
            }
            #expect(try desk.run("show gate --at 昨天").code == 0)
        }

        @Test("Filters: from, to, unit, state, limit, any column by its value or its word")
        func filters() throws {
            let desk = try gate()
            for (words, names) in [
                ("", "甲乙丙"), ("from=2025-03-02", "乙丙"), ("to=2025-03-02", "甲乙"), ("from=2025-03-02 to=2025-03-02", "乙"),
                ("host=3-2-501", "甲丙"), ("state=left", "甲"), ("state=已离", "甲"), ("state=overstay limit=1", "乙"),
                ("limit=0", ""),
                ("limit=9", "甲乙丙"), ("name=丁", ""), ("host=3-2-501 from=2025-03-02", "丙"),
            ] {
                let outcome = try desk.run("show gate \(words) --json")
                #expect(outcome.code == 0, "\(words): \(outcome)")
                #expect(outcome.json.array.compactMap { $0["name"].text }.joined() == names, "\(words)")
            }
        }

        @Test("Text is aligned by what a terminal shows; JSON has one row a line; CSV has a header")
        func forms() throws {
            let desk = try gate()
            let text = try desk.run("show gate").lines
            #expect(text.count == 4)
            #expect(text[0].contains("姓名") && text[1].contains("甲") && text[1].contains("已离"))
            let json = try desk.run("show gate --json")
            #expect(json.lines.count == 5)
            #expect(JSON(json.lines[1].trimmingCharacters(in: [","])).keys.isSuperset(of: ["id", "name", "left"]))
            #expect(json.json[1]["left"].isNull, "what is not there is null, not left out")
            let csv = try desk.run("show gate --csv").out
            #expect(csv.hasPrefix("id,name,"))
            #expect(csv.contains("\r\n"))
            #expect(try desk.run("show gate limit=0 --json").out == "[]\n")
            #expect(try desk.run("show gate limit=0 --csv").lines.count == 1)
            #expect(try desk.run("show gate limit=0").lines.count == 1)
        }

        @Test("No CSV cell begins a formula, breaks its row or loses its quotes")
        func csv() throws {
            let desk = try Desk()
            for name in [
                "=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1+1", "=\u{301}x", "＝1+1", "说\"好\",走", "a\nb", "-5", "平常",
            ] {
                let outcome = try desk.run(["do", "visitor.arrive", "name=\(name)", "host=3-2-501", "purpose=快递"])
                #expect(outcome.code == 0, "\(name): \(outcome)")
            }
            let lines = try desk.run("show gate --csv").out.components(separatedBy: "\r\n")
            #expect(lines.count == 12, "one line a row: \(lines)")
            let cells = lines.dropFirst().map { $0.dropFirst(27) }
            for (index, beginning) in ["'=1+1,", "'+cmd,", "'-2+3,", "'@SUM(A1),", "'=1+1,", "'=", "'＝1+1,"]
                .enumerated()
            {
                #expect(cells[cells.startIndex + index].utf8.starts(with: beginning.utf8), "\(cells)")
            }
            #expect(lines[8].contains("\"说\"\"好\"\",走\""))
            #expect(cells[cells.startIndex + 9].hasPrefix("-5,"), "a number is a number")
            #expect(lines[11].contains(",平常,"))
        }

        @Test("A line break within a cell comes out as it went in, in quotes")
        func lineBreak() throws {
            let desk = try Desk()
            let line = #"{"do":"visitor.arrive","name":"甲\n乙","host":"3-2-501","purpose":"快递"}"#
            try #require(try desk.run("do --lines", input: line).code == 0)
            #expect(try desk.run("show gate --csv").out.contains(",\"甲\n乙\","))
        }

        @Test("What steers a terminal is shown as a sign")
        func control() throws {
            let desk = try Desk()
            _ = try desk.run(["do", "visitor.arrive", "name=\u{1B}[31m红\u{202E}", "host=3-2-501", "purpose=快递"])
            for words in ["show gate", "show gate --csv", "show gate --json"] {
                let outcome = try desk.run(words)
                #expect(!outcome.out.contains("\u{1B}"), "\(words)")
                #expect(outcome.out.contains("红"))
            }
            let refused = try desk.run(["do", "unit.add", "unit=\u{1B}[31m"])
            #expect(!refused.err.contains("\u{1B}"))
        }

        @Test("Parameters: vehicles by the last of a plate, phrases by class, working days with reasons")
        func parameters() throws {
            let desk = try Desk()
            try desk.do("vehicle.add plate=沪AD12345 unit=3-2-502")
            #expect(try desk.show("vehicles plate=2345").count == 2)
            #expect(try desk.show("vehicles plate=a12345").map { $0["owner"].text } == ["李四"])
            #expect(try desk.show("phrases class=道谢语").map { $0["text"].text } == ["谢谢", "非常感谢"])
            #expect(Set(try desk.show("phrases").map { $0["class"].text }).count == 12)
            let days = try desk.show("workdays from=2026-02-13 add=2")[0]
            #expect(days["due"].text == "2026-02-24")
            #expect(days["skipped"].array.count == 9)
            #expect(days["skipped"].array.allSatisfy { $0["why"].text?.isEmpty == false })
            #expect(try desk.show("workdays from=2026-09-30 add=2")[0]["due"].text == "2026-10-09")
        }

        @Test("Telephone numbers are masked in lists")
        func masked() throws {
            let desk = try Desk()
            try desk.do("visitor.arrive name=甲 host=3-2-501 purpose=快递 phone=13912345678")
            for words in ["show people", "show gate", "show people --csv", "show gate --json"] {
                let text = try desk.run(words).out
                #expect(!text.contains("13912345678") && !text.contains("13800001111"), "\(words)")
            }
            #expect(try desk.show("gate")[0]["phone"].text == "139****5678")
        }
    }

    @Suite("actions and views: what a script can rely on")
    struct VocabularyTests {
        static let actions: [(String, String)] = [
            ("unit.add", "unit area?"), ("person.add", "name unit role phone?"), ("vehicle.add", "plate unit"),
            ("staff.add", "staff name role"), ("call.ring", "direction? phone?"), ("call.answer", "call rings"),
            ("call.demand", "call text"), ("call.hold", "call consent"), ("call.resume", "call apology"),
            ("call.end", "call closing?"),
            ("request.open", "class unit text from? to? call?"), ("request.complete", "request"),
            ("request.reopen", "request why"),
            ("event.attend", "request unit"),
            (
                "followup.record",
                "followup result visitors signer? quality? effect? satisfaction? shortcomings? suggestions?"
            ),
            ("followup.rectified", "followup"), ("bill.issue", "unit period item amount due"),
            ("bill.reduce", "bill amount why"),
            ("payment.receive", "unit amount period? method?"), ("payment.void", "payment why"),
            ("dunning.record", "unit channel outcome promise?"),
            ("visitor.arrive", "name host purpose plate? phone? count? document?"), ("visitor.leave", "visit"),
            ("visitor.unknown", "visit why"), ("shift.open", "post staff"),
            ("shift.close", "shift next handed? notes?"),
            ("patrol.check", "route point"), ("inspection.open", "template"),
            ("inspection.mark", "inspection item result note?"), ("inspection.close", "inspection"),
            ("inspection.recheck", "inspection item result note?"),
        ]

        static let views: [(String, String)] = [
            ("calls", "id direction phone rings inTime demands started ended"),
            ("requests", "id class unit text opened completed"),
            ("followups", "id request class stage unit opens due state cycle visitors result"),
            ("rates", "class target matured covered onTime met"),
            ("bills", "id unit period item amount reduced paid due"),
            ("arrears", "unit owed oldest periods days"),
            ("collection", "period age billed reduced received rate target met"),
            ("gate", "id name host plate plateState arrived left state"), ("vehicles", "plate unit owner"),
            ("inspections", "id template opened closed passed failed unmarked"), ("workdays", "due skipped"),
            ("phrases", "class text"),
        ]

        @Test("Every action has its fields, their types, whether they are required, and who may")
        func everyAction() throws {
            let desk = try Desk(empty: true)
            let found = try desk.run("actions --json")
            #expect(found.code == 0)
            let byName = Dictionary(uniqueKeysWithValues: found.json.array.map { ($0["name"].text ?? "", $0) })
            for (name, fields) in Self.actions {
                let action = try #require(byName[name], "\(name)")
                #expect(action["roles"].array.contains { $0.text == "manager" })
                for field in fields.split(separator: " ") {
                    let key = field.trimmingCharacters(in: ["?"])
                    let it = action["fields"].array.first { $0["name"].text == key }
                    #expect(it?["required"].flag == !field.hasSuffix("?"), "\(name) \(field)")
                    #expect(
                        it?["type"].text?.isEmpty == false && it?["label"].text?.isEmpty == false, "\(name) \(field)")
                }
            }
            let text = try desk.run("actions")
            for (name, _) in Self.actions {
                #expect(text.out.contains("\n\(name)  ") || text.out.hasPrefix("\(name)  "), "\(name)")
            }
            let roles = byName["followup.record"]?["fields"].array.first { $0["name"].text == "result" }?["type"].text
            #expect(roles == "satisfied|unsatisfied|unreachable|refused")
            #expect(
                byName["request.open"]?["fields"].array.first { $0["name"].text == "class" }?["type"].text
                    == "complaint|repair.minor|repair.works|special|event|other")
        }

        @Test("Every view has its columns, and its rows have the same")
        func everyView() throws {
            let desk = try Desk()
            let byName = Dictionary(
                uniqueKeysWithValues: try desk.run("views --json").json.array.map { ($0["name"].text ?? "", $0) })
            for (name, columns) in Self.views {
                let view = try #require(byName[name], "\(name)")
                let keys = view["columns"].array.compactMap { $0["name"].text }
                for column in columns.split(separator: " ") {
                    #expect(keys.contains(String(column)), "\(name) \(column)")
                }
                let shown = try desk.run("show \(name) \(name == "workdays" ? "from=2026-02-13 add=2" : "") --csv")
                #expect(shown.code == 0, "\(name): \(shown)")
                #expect(
                    shown.out.components(separatedBy: "\r\n")[0].trimmingCharacters(in: .newlines)
                        == keys.joined(separator: ","))
            }
            #expect(try desk.run("views").out.contains("workdays from= add="))
        }
    }
}
