import Foundation
import Testing

extension Program {
    @Suite("Concurrent writers that are killed")
    struct ContentionTests {
        /// Totals of all rounds.
        private struct Score {
            var kills = 0
            /// Writers killed with unanswered lines.
            var killsAtWork = 0
            var acknowledged: [String] = []
            var importsKilled = 0
            var imports: [(building: String, isDone: Bool)] = []
            var readings = 0
            var tornSeen = 0
        }

        private static let rows = 60

        @Test("Acknowledged facts of killed writers exist once, and every action is complete")
        func killedWriters() throws {
            let home = try TestHome()
            var score = Score()
            let began = Date()
            let end = Date(timeIntervalSinceNow: isLong ? 180 : 10)
            var rounds = 0
            while Date() < end {
                rounds += 1
                try round(rounds, home, &score)
                score.acknowledged.append(try home.do("visitor.arrive name=轮\(rounds) host=3-2-502 purpose=快递"))
                let verified = try home.run("verify")
                #expect(verified.code == 0, "the next write sets a torn tail aside: \(verified)")
            }
            let files = try JournalFiles(home)
            let times = Dictionary(files.entries.map { ($0.id, 1) }, uniquingKeysWith: +)
            #expect(score.acknowledged.allSatisfy { times[$0] == 1 }, "an acknowledged fact exists once")
            #expect(Set(score.acknowledged).count == score.acknowledged.count)
            let names = try home.show("gate").compactMap { $0["name"].text }
            #expect(Set(names).count == names.count, "an unacknowledged fact exists at most once")
            #expect(files.brokenActions.isEmpty, "\(files.brokenActions)")
            var unitsOf: [String: Int] = [:]
            for entry in files.entries where entry.kind == "unit.added" {
                unitsOf[String(entry.members["unit"].text?.prefix { $0 != "-" } ?? ""), default: 0] += 1
            }
            for (building, isDone) in score.imports {
                let count = unitsOf[building] ?? 0
                #expect(count == Self.rows || count == 0 && !isDone, "\(count) units of building \(building)")
            }
            #expect(try Set(home.show("gate").compactMap { $0["id"].text }).isSuperset(of: score.acknowledged))
            #expect(score.killsAtWork > 0, "no writer was killed while writing")
            print(
                """
                \(rounds) rounds in \(Int(Date().timeIntervalSince(began))) s: \(score.kills) writers killed, \
                \(score.killsAtWork) in their work, and \(score.importsKilled) of \(score.imports.count) imports; \
                \(score.acknowledged.count) acknowledged, \(files.entries.count) lines, \(files.asides) set aside with \
                \(files.linesAside) whole lines; \(score.readings) readings, \(score.tornSeen) of a torn tail
                """)
        }

        /// Starts four writers, an import and two readers, and kills each writer at a random time.
        private func round(_ number: Int, _ home: TestHome, _ score: inout Score) throws {
            let writers = try (0..<4).map { try Writer(home, "\(number)-\($0)") }
            let building = "\(100 + number)"
            let rows = (0..<Self.rows).map { "\(building)-1-\(101 + $0)\n" }.joined()
            let importing = try home.start("import units \(try home.file("units.csv", "unit\n" + rows))")
            let lastsUntil = Date(timeIntervalSinceNow: .random(in: 0.05...0.8))
            var importCode: Int32?
            var readers = try [Reader(home, "verify --json"), Reader(home, "show gate --json")]
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
                    readers[index] = try Reader(home, readers[index].words, expecting: seen)
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

/// A process that records visitors as fast as possible until it is killed at a random time.
private final class Writer {
    private let child: ChildProcess
    private let name: String
    /// One in eight is killed while starting, the others within 0.25 s of their first answer.
    private var dies = Date(timeIntervalSinceNow: Int.random(in: 0..<8) == 0 ? .random(in: 0...0.2) : 20)
    private(set) var isAlive = true
    private(set) var sent = 0
    private(set) var acknowledged: [String] = []
    /// Long text, so that one write spans many pages and a kill can tear it.
    private static let purpose = String(repeating: "长", count: 600)

    init(_ home: TestHome, _ name: String) throws {
        (child, self.name) = (try home.start("do --lines --as S03"), name)
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
        // Answers written before the kill count, also if they are read after it.
        while let answer = child.line(within: isAlive ? 0.001 : 2) {
            if acknowledged.isEmpty { dies = min(dies, Date(timeIntervalSinceNow: .random(in: 0...0.25))) }
            acknowledged.append(try #require(JSON(answer)["id"].text, "\(answer)"))
        }
    }
}

/// A process that reads while others write, and checks the result.
private final class Reader {
    let words: String
    private let child: ChildProcess
    private let (output, errors): (String, String)
    /// Ids acknowledged before it started.
    private let expected: [String]
    private let began = Date()

    init(_ home: TestHome, _ words: String, expecting expected: [String] = []) throws {
        let name = words.prefix(4)
        (self.words, self.expected) = (words, expected)
        (output, errors) = (try home.file("read-\(name)-out"), try home.file("read-\(name)-err"))
        child = try ChildProcess(
            [Program.path] + words.split(separator: " ").map(String.init), environment: home.environment(),
            .files(input: "/dev/null", output: output, errors: errors))
    }

    /// Whether the process has ended; if so, checks its output.
    func hasEnded(_ tornSeen: inout Int) throws -> Bool {
        guard let code = child.wait(within: 0.001) else {
            try #require(began.timeIntervalSinceNow > -60, "timeout: \(words)")
            return false
        }
        let (out, err) = (try TestHome.text(output), try TestHome.text(errors))
        if words.hasPrefix("verify") {
            // The only permitted damage is the torn tail of a killed writer, before the next write.
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
