import Foundation
import Testing

extension Program {
    @Suite("verify, damage and sudden ends")
    struct DamageTests {
        private func busy() throws -> Desk {
            let desk = try Desk()
            let lines = (0..<20).map { #"{"do":"visitor.arrive","name":"客\#($0)","host":"3-2-501","purpose":"快递"}"# }
            try #require(try desk.run("do --lines", input: lines.joined(separator: "\n")).code == 0)
            return desk
        }

        @Test("An intact journal is said to be so, with what was checked")
        func intact() throws {
            let desk = try busy()
            let outcome = try desk.run("verify --json")
            #expect(outcome.code == 0)
            #expect(outcome.json["intact"].flag == true)
            let lines = try Desk.text(try #require(desk.segments().last).path).split(separator: "\n")
            #expect(outcome.json["lines"].number == lines.count)
            #expect(try desk.run("verify").out.contains("\(lines.count) 行"))
        }

        @Test(
            "4: a flipped byte is found, with its segment and its place; nothing is changed, intact lines stay readable"
        )
        func flippedByte() throws {
            let desk = try busy()
            let segment = try #require(desk.segments().last)
            var data = try Data(contentsOf: segment)
            let name = try #require(data.range(of: Data("客7".utf8)))
            let start = try #require(data[..<name.lowerBound].lastIndex(of: 0x0A)) + 1
            data[name.upperBound - 1] ^= 1
            try data.write(to: segment)
            for words in ["verify", "verify --json"] {
                let outcome = try desk.run(words)
                #expect(outcome.code == 4, "\(outcome)")
                #expect(outcome.out.contains(segment.lastPathComponent))
                #expect(outcome.out.contains("\(start)"), "\(outcome)")
            }
            let damage = try desk.run("verify --json").json["damages"][0]
            #expect(damage["kind"].text == "hash")
            #expect(damage["offset"].number == start)
            #expect(try Data(contentsOf: segment) == data, "verify changes nothing")
            let shown = try desk.run("show gate --json")
            #expect(shown.json.array.count == 19)
            #expect(shown.err.contains(segment.lastPathComponent), "whoever reads is told: \(shown)")
            #expect(try desk.run("verify", ["LANG": "en_US.UTF-8"]).out.contains("damaged line"))
        }

        @Test("4: acknowledged lines that are gone are missed")
        func cutOff() throws {
            let desk = try busy()
            let segment = try #require(desk.segments().last)
            let data = try Data(contentsOf: segment)
            let end = try #require(data.dropLast().lastIndex(of: 0x0A)) + 1
            try data[..<end].write(to: segment)
            let outcome = try desk.run("verify --json")
            #expect(outcome.code == 4)
            #expect(outcome.json["damages"].array.map { $0["kind"].text } == ["head"])
        }

        @Test("A torn tail is no loss: the next writer sets it aside, and verify says so")
        func tornTail() throws {
            let desk = try busy()
            let segment = try #require(desk.segments().last)
            let data = try Data(contentsOf: segment)
            let start = try #require(data.dropLast().lastIndex(of: 0x0A)) + 1
            try (data + data[start..<data.count - 40]).write(to: segment)
            let torn = try desk.run("verify --json")
            #expect(torn.json["damages"].array.map { $0["kind"].text } == ["torn"])
            #expect(torn.json["damages"][0]["offset"].number == data.count)
            #expect(try desk.show("gate").count == 20)
            try desk.do("visitor.arrive name=后来 host=3-2-501 purpose=快递")
            let outcome = try desk.run("verify")
            #expect(outcome.code == 0, "\(outcome)")
            #expect(outcome.out.contains("搁置") && outcome.out.contains("@\(data.count)"))
            #expect(try desk.run("verify --json").json["setAside"][0]["offset"].number == data.count)
            #expect(try desk.show("gate").count == 21)
            #expect(try Data(contentsOf: segment).prefix(data.count) == data, "nothing was cut off or changed")
        }

        @Test("5: where the disk takes no more, nothing is acknowledged, and nothing that was is lost")
        func fullDisk() throws {
            let desk = try busy()
            let segment = try #require(desk.segments().last)
            let size = try Data(contentsOf: segment).count
            let lines = (0..<200).map { #"{"do":"visitor.arrive","name":"客\#($0)","host":"3-2-501","purpose":"快递"}"# }
            let (output, errors) = (try desk.file("output"), try desk.file("errors"))
            // A limit of so many blocks on every file stands for the end of the disk.
            let child = try Child(
                ["sh", "-c", "trap '' XFSZ; ulimit -f \(size / 512 + 8); exec \(Program.path) do --lines"],
                environment: desk.environment(),
                .files(input: try desk.file("many", lines.joined(separator: "\n")), output: output, errors: errors))
            #expect(child.wait() == 5)
            #expect(try Desk.text(output).isEmpty)
            #expect(try Desk.text(errors).contains("写入未能确认"), "some of it may be there")
            // Lines that came whole onto the disk count, although nobody was told.
            let kept = try desk.show("gate").count
            #expect((20..<220).contains(kept))
            try desk.do("visitor.arrive name=后来 host=3-2-501 purpose=快递")
            #expect(try desk.show("gate").count == kept + 1)
            let verified = try desk.run("verify")
            #expect(verified.code == 0, "\(verified)")
            #expect(verified.out.contains("搁置"))
        }

        @Test("kill -9 of a writer in the middle of its work loses nothing that was acknowledged")
        func killed() throws {
            let desk = try Desk()
            var acknowledged: [String] = []
            var unanswered = 0
            for round in 0..<20 {
                let writer = try desk.start("do --lines --as S03")
                let purpose = String(repeating: "长", count: 40)
                func line(_ number: Int) -> String {
                    #"{"do":"visitor.arrive","name":"客\#(round)-\#(number)","host":"3-2-501","purpose":"\#(purpose)"}"#
                        + "\n"
                }
                writer.write(line(0))
                acknowledged.append(try #require(JSON(writer.line() ?? "")["id"].text))
                let end = Date(timeIntervalSinceNow: .random(in: 0...0.12))
                var (sent, answered) = (1, 1)
                while Date() < end, sent < 250 {
                    writer.write((sent..<sent + 7).map(line).joined())
                    sent += 7
                    usleep(.random(in: 0...2000))
                }
                writer.kill()
                while let answer = writer.line(within: 2) {
                    acknowledged.append(try #require(JSON(answer)["id"].text))
                    answered += 1
                }
                if answered < sent { unanswered += 1 }
                acknowledged.append(try desk.do("visitor.arrive name=后来 host=3-2-502 purpose=快递"))
                let verified = try desk.run("verify --json")
                #expect(verified.code == 0, "\(verified)")
            }
            let shown = Set(try desk.show("gate").compactMap { $0["id"].text })
            #expect(shown.isSuperset(of: acknowledged))
            #expect(unanswered > 0, "no writer was killed in its work")
            let asides = try desk.run("verify --json").json["setAside"].array.count
            if asides > 0 { #expect(try desk.run("verify").out.contains("搁置")) }
            print(
                "killed in its work \(unanswered) times of 20; \(acknowledged.count) acknowledged, \(asides) set aside")
        }

        @Test("kill -9 of a writer that answers line by line")
        func killedWhileTalking() throws {
            let desk = try Desk()
            var acknowledged: [String] = []
            for round in 0..<5 {
                let writer = try desk.start("do --lines --as S03")
                for count in 0..<Int.random(in: 3...12) {
                    writer.write(
                        #"{"do":"visitor.arrive","name":"\#(round)-\#(count)","host":"3-2-501","purpose":"快递"}"# + "\n")
                    acknowledged.append(try #require(JSON(writer.line() ?? "")["id"].text))
                }
                writer.write(#"{"do":"visitor.arrive","name":"half","host":"3-2-501""#)
                writer.kill()
            }
            #expect(try desk.show("gate").compactMap { $0["id"].text } == acknowledged)
            #expect(try desk.run("verify").code == 0)
        }
    }
}
