import Foundation
import Testing

extension Program {
    @Suite("Many at one journal, and sudden ends")
    struct ContentionTests {
        /// What one run of rounds came to.
        private struct Score {
            var kills = 0
            /// Writers that had not answered all they had been sent when they were killed.
            var killsAtWork = 0
            var acknowledged: [String] = []
            var importsKilled = 0
            var imports: [(building: String, isDone: Bool)] = []
            var readings = 0
            var tornSeen = 0
        }

        private static let rows = 60

        @Test("However writers are killed, what they acknowledged is there once, and every action is there whole")
        func rounds() throws {
            let desk = try Desk()
            var score = Score()
            let began = Date()
            let end = Date(timeIntervalSinceNow: isLong ? 180 : 10)
            var rounds = 0
            while Date() < end {
                rounds += 1
                try round(rounds, desk, &score)
                score.acknowledged.append(try desk.do("visitor.arrive name=轮\(rounds) host=3-2-502 purpose=快递"))
                let verified = try desk.run("verify")
                #expect(verified.code == 0, "after a next write nothing is left to settle: \(verified)")
            }
            let files = try JournalFiles(desk)
            let times = Dictionary(files.entries.map { ($0.id, 1) }, uniquingKeysWith: +)
            #expect(score.acknowledged.allSatisfy { times[$0] == 1 }, "acknowledged is: there, and once")
            #expect(Set(score.acknowledged).count == score.acknowledged.count)
            let names = files.entries.filter { $0.kind == "visitor.arrived" }.compactMap { $0.members["name"].text }
            #expect(Set(names).count == names.count, "what nobody was told of is there once at most")
            #expect(files.brokenActions.isEmpty, "\(files.brokenActions)")
            var unitsOf: [String: Int] = [:]
            for entry in files.entries where entry.kind == "unit.added" {
                unitsOf[String(entry.members["unit"].text?.prefix { $0 != "-" } ?? ""), default: 0] += 1
            }
            for (building, isDone) in score.imports {
                let count = unitsOf[building] ?? 0
                #expect(count == Self.rows || count == 0 && !isDone, "of \(building) there are \(count)")
            }
            #expect(try Set(desk.show("gate").compactMap { $0["id"].text }).isSuperset(of: score.acknowledged))
            #expect(score.killsAtWork > 0, "no writer was killed in its work")
            print(
                """
                \(rounds) rounds in \(Int(Date().timeIntervalSince(began))) s: \(score.kills) writers killed, \
                \(score.killsAtWork) in their work, and \(score.importsKilled) of \(score.imports.count) imports; \
                \(score.acknowledged.count) acknowledged, \(files.entries.count) lines, \(files.asides) set aside with \
                \(files.linesAside) whole lines; \(score.readings) readings, \(score.tornSeen) of a torn tail
                """)
        }

        /// Starts everybody, lets them work, and kills the writers one by one.
        private func round(_ number: Int, _ desk: Desk, _ score: inout Score) throws {
            let writers = try (0..<4).map { try Writer(desk, "\(number)-\($0)") }
            let building = "\(100 + number)"
            let rows = (0..<Self.rows).map { "\(building)-1-\(101 + $0)\n" }.joined()
            let importing = try desk.start("import units \(try desk.file("units.csv", "unit\n" + rows))")
            let lastsUntil = Date(timeIntervalSinceNow: .random(in: 0.05...0.8))
            var importCode: Int32?
            var readers = try [Reader(desk, "verify --json"), Reader(desk, "show gate --json")]
            while writers.contains(where: \.isAlive) {
                for writer in writers { try writer.work() }
                if importCode == nil {
                    importCode = importing.wait(within: 0.001)
                    if importCode == nil, Date() > lastsUntil {
                        importing.kill()
                        importCode = importing.wait()
                    }
                }
                for index in readers.indices {
                    guard try readers[index].hasEnded(&score.tornSeen) else { continue }
                    score.readings += 1
                    let seen = score.acknowledged + writers.flatMap(\.acknowledged)
                    readers[index] = try Reader(desk, readers[index].words, expecting: seen)
                }
            }
            if importCode == nil {
                importing.kill()
                importCode = importing.wait()
            }
            #expect([0, 128 + SIGKILL].contains(importCode ?? -1))
            score.imports.append((building, importCode == 0))
            score.importsKilled += importCode == 0 ? 0 : 1
            for reader in readers { while try !reader.hasEnded(&score.tornSeen) {} }
            score.readings += readers.count
            score.kills += writers.count
            score.killsAtWork += writers.count { $0.acknowledged.count < $0.sent }
            score.acknowledged += writers.flatMap(\.acknowledged)
        }
    }
}

/// A process that records visitors as fast as it can, until it is killed at a moment nobody knows.
private final class Writer {
    private let child: Child
    private let name: String
    /// Some never come to work; the others have their time from their first answer on.
    private var dies = Date(timeIntervalSinceNow: Int.random(in: 0..<8) == 0 ? .random(in: 0...0.2) : 20)
    private(set) var isAlive = true
    private(set) var sent = 0
    private(set) var acknowledged: [String] = []
    /// Long enough that the lines of one write go over the edges of many pages, where a kill may tear it.
    private static let purpose = String(repeating: "长", count: 600)

    init(_ desk: Desk, _ name: String) throws {
        (child, self.name) = (try desk.start("do --lines --as S03"), name)
    }

    func work() throws {
        if !isAlive { return }
        if Date() >= dies {
            child.kill()
            isAlive = false
        } else if sent - acknowledged.count < 60, sent < 150 {
            let more = sent..<sent + .random(in: 1...20)
            child.write(
                more.map {
                    #"{"do":"visitor.arrive","name":"客\#(name)-\#($0)","host":"3-2-501","purpose":"\#(Self.purpose)"}"#
                        + "\n"
                }.joined())
            sent = more.upperBound
        }
        // What it has said before its end was said, even if it is read after that.
        while let answer = child.line(within: isAlive ? 0.001 : 2) {
            if acknowledged.isEmpty { dies = min(dies, Date(timeIntervalSinceNow: .random(in: 0...0.25))) }
            acknowledged.append(try #require(JSON(answer)["id"].text, "\(answer)"))
        }
    }
}

/// A process that reads while others write.
private final class Reader {
    let words: String
    private let child: Child
    private let (output, errors): (String, String)
    /// What had been acknowledged before it began.
    private let expected: [String]
    private let began = Date()

    init(_ desk: Desk, _ words: String, expecting expected: [String] = []) throws {
        let name = words.prefix(4)
        (self.words, self.expected) = (words, expected)
        (output, errors) = (try desk.file("read-\(name)-out"), try desk.file("read-\(name)-err"))
        child = try Child(
            [Program.path] + words.split(separator: " ").map(String.init), environment: desk.environment(),
            .files(input: "/dev/null", output: output, errors: errors))
    }

    /// Whether it has said what it saw; that is checked then.
    func hasEnded(_ tornSeen: inout Int) throws -> Bool {
        guard let code = child.wait(within: 0.001) else {
            try #require(began.timeIntervalSinceNow > -60, "\(words) does not end")
            return false
        }
        let (out, err) = (try Desk.text(output), try Desk.text(errors))
        if words.hasPrefix("verify") {
            // The only thing that may be wrong is what a killed writer left and none has settled yet.
            let kinds = JSON(out)["damages"].array.map { $0["kind"].text }
            #expect(code == (kinds.isEmpty ? 0 : 4) && Set(kinds).isSubset(of: ["torn"]), "\(code): \(out)\(err)")
            tornSeen += kinds.isEmpty ? 0 : 1
        } else {
            #expect(code == 0, "\(code): \(err)")
            let seen = Set(JSON(out).array.compactMap { $0["id"].text })
            let missed = expected.count { !seen.contains($0) }
            #expect(missed == 0, "\(missed) acknowledged are not shown")
        }
        #expect(err.isEmpty, "\(err)")
        return true
    }
}
