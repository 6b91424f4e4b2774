import Foundation
import Testing

extension Program {
    @Suite("do --lines")
    struct LinesTests {
        @Test("a key that stands twice in a line is refused")
        func repeatedKey() throws {
            let home = try TestHome()
            let outcome = try home.run(
                "do --lines",
                input: #"{"do":"unit.add","unit":"9-1-901","unit":"9-1-902"}"# + "\n"
                    + #"{"do":"unit.add","unit":"9-1-903"}"# + "\n")
            #expect(outcome.code == 3)
            #expect(outcome.answers.map { $0["error"]["code"].text } == ["pair.double", nil])
            #expect(try home.show("units").count == 4)
        }

        @Test("Each line is answered durably before the next one is sent")
        func answersAtOnce() throws {
            let home = try TestHome()
            let writer = try home.start("do --lines --as S03")
            for count in 1...5 {
                #expect(
                    writer.write(#"{"do":"visitor.arrive","name":"客\#(count)","host":"3-2-501","purpose":"快递"}"# + "\n")
                )
                let answer = JSON(try #require(writer.line(), "no answer before the end of input"))
                let id = try #require(answer["id"].text)
                // Another process sees the answered facts.
                if count.isMultiple(of: 2) { #expect(try home.show("gate id=\(id)").count == 1) }
            }
            #expect(writer.write(#"{"do":"visitor.arrive","name":"末","host":"3-2-501","#))
            #expect(writer.line(within: 0.3) == nil, "half a line has no answer yet")
            #expect(writer.write(#""purpose":"快递"}"#))
            writer.closeInput()
            #expect(JSON(writer.line() ?? "")["id"].exists, "the last line needs no newline")
            #expect(writer.wait() == 0)
            #expect(try home.show("gate").count == 6)
        }

        @Test("Answers are in order; a refused line does not stop the rest and gives exit code 3")
        func order() throws {
            let home = try TestHome()
            let outcome = try home.run(
                "do --lines",
                input: """
                    {"do":"unit.add","unit":"3-2-504"}
                    {"do":"unit.add","unit":"3-2-501"}

                    not json
                    ["do"]
                    {"unit":"3-2-505"}
                    {"do":"no.action"}
                    {"do":"unit.add"}
                    {"do":"unit.add","unit":"3-2-505","at":"2525-01-01"}
                    {"do":"unit.add","unit":"3-2-505","at":20250101}
                    {"do":"unit.add","unit":"3-2-505","as":"S03"}
                    {"do":"unit.add","unit":"3-2-505","ref":7}
                    {"do":"unit.add","unit":"3-2-505","ref":"last"}
                    """)
            #expect(outcome.code == 3)
            #expect(
                outcome.answers.map { $0["error"]["code"].text ?? ($0["id"].exists ? "done" : "?") } == [
                    "done", "unit.exists", "line.malformed", "line.malformed", "line.action", "action.unknown",
                    "field.missing",
                    "time.future", "line.type", "staff.notAllowed", "line.type", "done",
                ])
            #expect(outcome.answers.last?["ref"].text == "last")
            let sequences = outcome.answers.compactMap { $0["seq"].number }
            #expect(sequences == sequences.sorted())
            #expect(try home.show("units").count == 5)
        }

        @Test("References are replaced in id fields and lists of ids, and nowhere else")
        func references() throws {
            let home = try TestHome()
            let outcome = try home.run(
                "do --lines",
                input: """
                    {"do":"shift.open","at":"2025-11-24T08:00","post":"东门","staff":"S03","ref":"shift"}
                    {"do":"visitor.arrive","at":"2025-11-24T09:00","as":"S03","name":"甲","host":"3-2-501","purpose":"$100","ref":"v1"}
                    {"do":"visitor.arrive","at":"2025-11-24T09:05","as":"S03","name":"乙","host":"3-2-501","purpose":"找$v1,拿钱","ref":"v2"}
                    {"do":"visitor.arrive","at":"2025-11-24T09:10","as":"S03","name":"丙","host":"3-2-501","purpose":"快递","ref":"v3"}
                    {"do":"shift.close","at":"2025-11-24T16:00","shift":"$shift","next":"S02","handed":"$v1,$v2","ref":"early"}
                    {"do":"shift.close","at":"2025-11-24T16:00","shift":"$nowhere","next":"S02"}
                    {"do":"visitor.leave","at":"2025-11-24T16:00","visit":"$v3"}
                    {"do":"shift.close","at":"2025-11-24T16:05","shift":"$shift","next":"S02","handed":"$v1, $v2"}
                    {"do":"visitor.leave","at":"2025-11-24T17:00","visit":"$early"}
                    """)
            let codes = outcome.answers.map { $0["error"]["code"].text }
            #expect(
                codes == [nil, nil, nil, nil, "shift.visitorsInside", "ref.unknown", nil, nil, "ref.unknown"],
                "\(outcome)")
            #expect(outcome.answers[4]["ref"].text == "early", "a refused line says which it was")
            let shift = try home.show("shifts")[0]
            #expect(shift["handed"].array.compactMap(\.text) == [1, 2].compactMap { outcome.answers[$0]["id"].text })
            let purposes = try home.show("gate").map { $0["purpose"].text }
            #expect(purposes == ["$100", "找$v1,拿钱", "快递"], "text stays as it was written")
        }

        @Test("--at applies to lines without a time")
        func defaultTime() throws {
            let home = try TestHome()
            let outcome = try home.run(
                "do --lines --at 2025-05-01T10:00",
                input: """
                    {"do":"visitor.arrive","name":"甲","host":"3-2-501","purpose":"快递"}
                    {"do":"visitor.arrive","name":"乙","host":"3-2-501","purpose":"快递","at":"2025-05-02"}
                    """)
            #expect(outcome.code == 0)
            let arrived = try home.show("gate").compactMap { $0["arrived"].text }
            #expect(arrived == ["2025-05-01T10:00:00+08:00", "2025-05-02T00:00:00+08:00"])
        }

        @Test("Values may be text, numbers, booleans and lists")
        func types() throws {
            let home = try TestHome()
            let outcome = try home.run(
                "do --lines --at 2025-05-01",
                input: """
                    {"do":"call.ring","phone":"13800001111","ref":"c"}
                    {"do":"call.answer","call":"$c","rings":2}
                    {"do":"call.hold","call":"$c","consent":true}
                    {"do":"call.resume","call":"$c","apology":"是"}
                    {"do":"bill.issue","unit":"3-2-501","period":"2025-05","item":"物业费","amount":120.5,"due":"2025-05-31"}
                    {"do":"call.end","call":["$c"],"closing":true}
                    """)
            #expect(outcome.code == 0, "\(outcome)")
            #expect(try home.show("bills")[0]["amount"].text == "120.50")
            #expect(try home.show("calls")[0]["ended"].text != nil)
        }

        @Test("Invalid UTF-8 is refused; unlimited nesting does not crash")
        func invalidBytes() throws {
            let home = try TestHome()
            var input = Data(#"{"do":"visitor.arrive","name":"甲"#.utf8)
            input += [0xFF]
            input += Data(
                (#"","host":"3-2-501","purpose":"快递"}"# + "\n" + #"{"do":"# + String(repeating: "[", count: 100_000)
                    + "\n"
                    + #"{"do":"visitor.arrive","name":"\ud800","host":"3-2-501","purpose":"快递"}"# + "\n"
                    + #"{"do":"visitor.arrive","name":"乙","host":"3-2-501","purpose":"快递"}"# + "\r\n \t\r\n").utf8)
            let outcome = try home.run(["do", "--lines"], input: input)
            #expect(outcome.code == 3)
            #expect(
                outcome.answers.map { $0["error"]["code"].text } == [
                    "line.malformed", "line.malformed", "line.malformed", nil,
                ],
                "\(outcome)")
            #expect(try home.show("gate").map { $0["name"].text } == ["乙"])
        }

        @Test("5: unreadable input is a failure, not the end of input")
        func unreadableInput() throws {
            let home = try TestHome()
            let errors = try home.file("errors")
            let child = try ChildProcess(
                [Program.path, "do", "--lines"], environment: home.environment(),
                .files(input: home.folder.path, output: try home.file("output"), errors: errors))
            #expect(child.wait() == 5)
            #expect(try TestHome.text(errors).contains("标准输入"))
        }

        @Test("Two concurrent writers lose nothing and leave no gap")
        func twoWriters() throws {
            let home = try TestHome()
            let before = try home.run("verify --json").json["lines"].number ?? 0
            let writers = try ["S03", "S02"].map { try home.start("do --lines --as \($0)") }
            var acknowledged: [[JSON]] = [[], []]
            for round in 0..<60 {
                for (index, writer) in writers.enumerated() {
                    let name = "\(index)-\(round)"
                    #expect(
                        writer.write(
                            #"{"do":"visitor.arrive","name":"\#(name)","host":"3-2-501","purpose":"快递"}"# + "\n"))
                }
                // Both writers have unanswered lines at any time.
                if round % 5 == 4 {
                    for index in 0...1 {
                        for _ in 0..<5 { acknowledged[index].append(JSON(writers[index].line() ?? "")) }
                    }
                }
                if round % 20 == 10 {
                    #expect(try home.run("verify").code == 0, "verify reports no damage during writes")
                }
            }
            for writer in writers {
                writer.closeInput()
                #expect(writer.wait() == 0)
            }
            let sequences = acknowledged.joined().compactMap { $0["seq"].number }
            #expect(sequences.count == 120)
            #expect(sequences.sorted() == Array(before + 1...before + 120))
            for own in acknowledged {
                #expect(own.compactMap { $0["seq"].number } == own.compactMap { $0["seq"].number }.sorted())
            }
            let shown = Set(try home.show("gate").compactMap { $0["id"].text })
            #expect(shown == Set(acknowledged.joined().compactMap { $0["id"].text }))
            #expect(try home.run("verify").code == 0)
        }
    }
}
