import Foundation
import Testing

extension Program {
    @Suite("Doing it once: do key=, --lines and import --key")
    struct IdempotencyTests {
        private let arrival = ["visitor.arrive", "name=张三", "host=3-2-501", "purpose=探亲"]

        @Test("The same key gives the same receipt, other content is refused, another member's key is another one")
        func sameKey() throws {
            let home = try TestHome()
            let first = try home.run(["do"] + arrival + ["key=k1", "--as", "S03"])
            #expect(first.code == 0, "\(first)")
            let again = try home.run(["do"] + arrival + ["key=k1", "--as", "S03"])
            #expect(again.code == 0 && again.out == first.out)
            let other = try home.run(["do"] + arrival + ["plate=沪A12345", "key=k1", "--as", "S03", "--json"])
            #expect(other.code == 3 && other.error["code"].text == "key.reused")
            let late = try home.run(["do"] + arrival + ["key=k1", "--as", "S03", "--at", "2025-06-01", "--json"])
            #expect(late.code == 3 && late.error["code"].text == "key.reused")
            #expect(try home.show("gate").count == 1)
            #expect(try home.run(["do"] + arrival + ["key=k1", "--as", "S02"]).code == 0)
            #expect(try home.show("gate").count == 2)
            for key in ["key=", "key=\(String(repeating: "x", count: 201))"] {
                let refused = try home.run(["do"] + arrival + [key, "--as", "S03", "--json"])
                #expect(refused.code == 2 && refused.error["code"].text == "key.malformed")
            }
            #expect(try home.run("verify").code == 0)
        }

        @Test("A refused action's key is not used up; the key is the same for do and for --lines")
        func refusedAndLines() throws {
            let home = try TestHome()
            let words = ["do", "request.open", "class=other", "unit=3-2-504", "text=开锁", "key=k1"]
            #expect(try home.run(words).code == 3)
            _ = try home.do("unit.add unit=3-2-504")
            let receipt = try home.run(words)
            #expect(receipt.code == 0)
            let line = #"{"key":"k1","do":"request.open","text":"开锁","unit":"3-2-504","class":"other"}"#
            let lines = try home.run("do --lines --as S01", input: line)
            #expect(lines.code == 0 && lines.out == receipt.out)
            let typed = try home.run("do --lines --as S01", input: #"{"key":1,"do":"unit.add","unit":"3-2-505"}"#)
            #expect(typed.answers.first?["error"]["code"].text == "line.type")
        }

        @Test("A short date is the same content on any day, and the first reading of it stands")
        func shortDates() throws {
            let home = try TestHome()
            let words = ["do", "dunning.record", "unit=3-2-501", "channel=电话", "outcome=承诺", "promise=+7", "key=d1"]
            let first = try home.run(words)
            #expect(first.code == 0 && first.json["read"]["promise"].exists, "\(first)")
            let again = try home.run(words)
            #expect(again.code == 0 && again.json["id"].text == first.json["id"].text)
            #expect(!again.json["read"].exists)
        }

        @Test("Lines that are sent again give the same answers, and their references resolve")
        func references() throws {
            let home = try TestHome()
            func lines(_ names: [String]) -> String {
                names.map { name in
                    """
                    {"do":"visitor.arrive","name":"\(name)","host":"3-2-501","purpose":"探亲","ref":"v","key":"in \(name)"}
                    {"do":"visitor.leave","visit":"$v","key":"out \(name)"}

                    """
                }.joined()
            }
            let first = try home.run("do --lines --as S03", input: lines(["张三", "李雷"]))
            #expect(first.code == 0 && first.answers.count == 4)
            let again = try home.run("do --lines --as S03", input: lines(["张三", "李雷", "韩梅"]))
            #expect(again.code == 0 && Array(again.lines.prefix(4)) == first.lines, "\(again)")
            #expect(try home.show("gate").count == 3)
            // The same line twice in one run.
            let twice = try home.run("do --lines --as S03", input: lines(["王五", "王五"]))
            #expect(twice.code == 0 && Array(twice.lines.prefix(2)) == Array(twice.lines.suffix(2)), "\(twice)")
            let other = try home.run(
                "do --lines --as S03",
                input: #"{"do":"visitor.arrive","name":"张三","host":"3-2-502","purpose":"探亲","key":"in 张三"}"#)
            #expect(other.code == 3 && other.answers.first?["error"]["code"].text == "key.reused")
            #expect(try home.show("gate").count == 4)
        }

        @Test("kill -9 of a writer, and all lines sent again: each is recorded once, with the receipt that was given")
        func killed() throws {
            let home = try TestHome()
            var (answered, unanswered) = (0, 0)
            for round in 0..<(isLong ? 60 : 8) {
                let lines = (0..<200).map { number in
                    #"{"do":"visitor.arrive","name":"客\#(round)-\#(number)","host":"3-2-501","purpose":"探亲","key":"\#(round)-\#(number)"}"#
                        + "\n"
                }
                var receipts: [String] = []
                var tries = 0
                while receipts.count < lines.count {
                    tries += 1
                    let writer = try home.start("do --lines --as S03")
                    let end = Date(timeIntervalSinceNow: .random(in: 0.02...0.12) * Double(tries))
                    var sent = 0
                    while Date() < end {
                        writer.write(lines[sent..<min(sent + 9, lines.count)].joined())
                        sent = min(sent + 9, lines.count)
                        usleep(.random(in: 0...2000))
                    }
                    // The first writers of a round are killed, however fast they are.
                    if sent == lines.count, tries > 2 { writer.closeInput() } else { writer.kill() }
                    var place = 0
                    while let answer = writer.line(within: 10) {
                        if place < receipts.count {
                            #expect(answer == receipts[place], "round \(round), line \(place)")
                        } else {
                            receipts.append(answer)
                        }
                        place += 1
                    }
                    if place < sent { unanswered += sent - place }
                }
                answered += receipts.count
                #expect(Set(receipts).count == lines.count)
            }
            let names = try home.show("gate").compactMap { $0["name"].text }
            #expect(names.count == answered && Set(names).count == answered)
            #expect(unanswered > 0, "no writer was killed while writing")
            #expect(try home.run("verify").code == 0)
        }

        @Test("An import that is sent again is imported once")
        func imports() throws {
            let home = try TestHome()
            let file = home.folder.appendingPathComponent("units.csv")
            try Data("unit\n3-2-601\n3-2-602\n".utf8).write(to: file)
            let words = ["import", "units", file.path, "--key", "march", "--as", "S01"]
            let first = try home.run(words)
            #expect(first.code == 0, "\(first)")
            let again = try home.run(words)
            #expect(again.code == 0 && again.out == first.out, "\(again)")
            #expect(try home.show("units").count == 5)
            try Data("unit\n3-2-603\n".utf8).write(to: file)
            #expect(try home.run(words + ["--json"]).error["code"].text == "key.reused")
            #expect(try home.run("verify").code == 0)
        }
    }
}
