import Foundation
import Testing

extension Program {
    @Suite("verify")
    struct VerifyTests {
        /// An estate with twenty visitors.
        private func busy() throws -> TestHome {
            let home = try TestHome()
            try home.addVisitors(20)
            return home
        }

        @Test("An intact journal is reported with its lines and bytes")
        func intact() throws {
            let home = try busy()
            let outcome = try home.run("verify --json")
            #expect(outcome.code == 0)
            #expect(outcome.json["intact"].flag == true)
            let lines = try TestHome.text(try #require(home.segments().last).path).split(separator: "\n")
            #expect(outcome.json["lines"].number == lines.count)
            #expect(try home.run("verify").out.contains("\(lines.count) 行"))
        }

        @Test("a handbook that is no good is told with file and value; the journal is verified all the same")
        func badHandbook() throws {
            let home = try busy()
            let folder = "\(home.data)/handbook"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let own = #"{"classes":{"other":{"policy":{"target":101}}}}"#
            try Data(own.utf8).write(to: URL(fileURLWithPath: "\(folder)/followups.json"))
            for (words, code) in [("show units", 5), ("verify", 0)] as [(String, Int32)] {
                let outcome = try home.run(words)
                #expect(outcome.code == code, "\(words): \(outcome)")
                for word in ["followups.json", "classes.other.policy.target", "101", "handbook.invalid"] {
                    #expect(outcome.err.contains(word), "\(words): \(outcome)")
                }
            }
            #expect(try home.run("verify --json").json["intact"].flag == true)
            try FileManager.default.removeItem(atPath: "\(folder)/followups.json")
            try FileManager.default.createDirectory(
                atPath: "\(folder)/followups.json", withIntermediateDirectories: false)
            let outcome = try home.run("show units")
            #expect(outcome.err.contains("followups.json：是文件夹") && !outcome.err.contains("NSCocoa"), "\(outcome)")
            #expect(try home.run("verify").code == 0)
        }

        @Test(
            "4: a flipped byte is reported with segment and offset; verify changes nothing, other lines stay readable"
        )
        func flippedByte() throws {
            let home = try busy()
            let segment = try #require(home.segments().last)
            var data = try Data(contentsOf: segment)
            let name = try #require(data.range(of: home.visit("客7")))
            let start = try #require(data[..<name.lowerBound].lastIndex(of: 0x0A)) + 1
            data[name.upperBound - 1] ^= 1
            try data.write(to: segment)
            for words in ["verify", "verify --json"] {
                let outcome = try home.run(words)
                #expect(outcome.code == 4, "\(outcome)")
                #expect(outcome.out.contains(segment.lastPathComponent))
                #expect(outcome.out.contains("\(start)"), "\(outcome)")
            }
            let damage = try home.run("verify --json").json["damages"][0]
            #expect(damage["kind"].text == "hash")
            #expect(damage["offset"].number == start)
            #expect(try Data(contentsOf: segment) == data, "verify changes nothing")
            let shown = try home.run("show gate --json")
            #expect(shown.json.array.count == 19)
            #expect(shown.err.contains(segment.lastPathComponent), "show reports the damage: \(shown)")
            #expect(try home.run("verify", ["LANG": "en_US.UTF-8"]).out.contains("damaged line"))
        }

        @Test("4: missing acknowledged lines at the end are reported")
        func missingEnd() throws {
            let home = try busy()
            let segment = try #require(home.segments().last)
            let data = try Data(contentsOf: segment)
            let end = try #require(data.dropLast().lastIndex(of: 0x0A)) + 1
            try data[..<end].write(to: segment)
            let outcome = try home.run("verify --json")
            #expect(outcome.code == 4)
            #expect(outcome.json["damages"].array.map { $0["kind"].text } == ["head"])
        }

        @Test("4: HEAD gone is told, also after the next record")
        func missingHead() throws {
            let home = try busy()
            let segment = try #require(home.segments().last)
            let head = segment.deletingLastPathComponent().appendingPathComponent("HEAD")
            try FileManager.default.removeItem(at: head)
            let outcome = try home.run("verify")
            #expect(outcome.code == 4 && outcome.out.contains("HEAD"), "\(outcome)")
            try home.do("visitor.arrive name=后来 host=3-2-501 purpose=快递")
            let later = try home.run("verify --json")
            #expect(later.code == 4 && later.json["damages"].array.map { $0["kind"].text } == ["noHead"], "\(later)")
        }

        @Test(
            "the code under a printed document fits as long as nothing before it changed; 4 if it does not, 2 if it is none"
        )
        func codes() throws {
            let home = try busy()
            let paper = try home.run("report month").out
            let code = try #require(paper.firstMatch(of: /记录核对码 ([0-9]+:[0-9a-f-]+)/)).output.1
            try home.do("visitor.arrive name=后来 host=3-2-501 purpose=快递")
            let fits = try home.run("verify --against \(code)")
            #expect(fits.code == 0 && fits.out.contains("相符"), "\(fits)")
            let both = try home.run("verify --json --against \(code) --against 3:0000000000000000")
            #expect(both.code == 4)
            #expect(both.json["against"].array.map { $0["fits"].flag } == [true, false])
            #expect(both.json["damages"].array.map { $0["kind"].text } == ["rewritten"])
            #expect(both.json["damages"][0]["from"].number == 1 && both.json["damages"][0]["to"].number == 3)
            #expect(try home.run("verify --against 12").code == 2)
            #expect(try home.run("verify --json --against 12").error["code"].text == "verify.code")
        }

        @Test("A torn tail is set aside by the next writer, and verify reports that")
        func tornTail() throws {
            let home = try busy()
            let segment = try #require(home.segments().last)
            let data = try Data(contentsOf: segment)
            let start = try #require(data.dropLast().lastIndex(of: 0x0A)) + 1
            try (data + data[start..<data.count - 40]).write(to: segment)
            let torn = try home.run("verify --json")
            #expect(torn.json["damages"].array.map { $0["kind"].text } == ["torn"])
            #expect(torn.json["damages"][0]["offset"].number == data.count)
            #expect(try home.show("gate").count == 20)
            try home.do("visitor.arrive name=后来 host=3-2-501 purpose=快递")
            let outcome = try home.run("verify")
            #expect(outcome.code == 0, "\(outcome)")
            #expect(outcome.out.contains("搁置") && outcome.out.contains("@\(data.count)"))
            #expect(try home.run("verify --json").json["setAside"][0]["offset"].number == data.count)
            #expect(try home.show("gate").count == 21)
            #expect(try Data(contentsOf: segment).prefix(data.count) == data, "nothing was cut off or changed")
        }
    }
}
