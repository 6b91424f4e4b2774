import Foundation
import Sheets
import Testing

extension Program {
    @Suite("An estate's own files go in, out, and in elsewhere")
    struct MoveTests {
        private func name(_ kind: String, _ format: EstateFiles.Format) -> String {
            "\(kind).\(format == .xlsx ? "xlsx" : "csv")"
        }

        /// The rows of all views that are made of imported records, without ids, which each estate has its own.
        private func views(_ home: TestHome) throws -> [String: [String]] {
            // These are about the journal: when and by which program things were recorded.
            let ofJournal: Set = ["history", "undo", "nodes", "conflicts", "imports", "particulars"]
            var shown: [String: [String]] = [:]
            for view in try home.run("views --json").json.array {
                guard let name = view["name"].text, !ofJournal.contains(name),
                    !view["parameters"].array.contains(where: { $0["required"].flag == true })
                else { continue }
                let columns = view["columns"].array
                let ids = Set(columns.indices.filter { columns[$0]["type"].text?.contains(" id") ?? false })
                let outcome = try home.run("show \(name) --csv")
                try #require(outcome.code == 0, "\(name): \(outcome)")
                shown[name] = try Spreadsheet(Array(outcome.out.utf8)).rows.map { row in
                    row.cells.enumerated().filter { !ids.contains($0.offset) }.map(\.element.text).joined(
                        separator: "|")
                }
            }
            return shown
        }

        /// The long form has 1,000 units.
        @Test(
            "units, people, cars, bills and payments: damaged values refused, the rest the same elsewhere",
            arguments: EstateFiles.Format.allCases)
        func elsewhere(format: EstateFiles.Format) throws {
            let (home, other) = (try TestHome(), try TestHome())
            let files = EstateFiles(format: format)
            for kind in EstateFiles.kinds {
                let path = try home.file(name(kind, format), files.bytes(kind, isDamaged: true))
                let damaged = try home.run("import \(kind) \(path) --json")
                if kind == "vehicles" {
                    #expect(damaged.code == 0, "\(damaged)")
                    continue
                }
                try #require(damaged.code == 3, "\(kind): \(damaged)")
                let codes = Set(damaged.error["rows"].array.compactMap { $0["code"].text })
                let expected: Set =
                    switch kind {
                    case "units": ["unit.damaged"]
                    case "people":
                        format == .xlsx
                            ? ["phone.damaged", "phone.malformed", "cell.zero"] : ["phone.damaged", "phone.malformed"]
                    case "bills": ["date.damaged"]
                    default: ["date.ambiguous"]
                    }
                #expect(codes == expected, "\(kind)")
                // After it was corrected.
                _ = try home.file(name(kind, format), files.bytes(kind))
                let outcome = try home.run("import \(kind) \(path)")
                try #require(outcome.code == 0, "\(kind): \(outcome)")
                for words in ["units", "bills", "people"].contains(kind) ? ["跳过标题"] : [] {
                    #expect(outcome.err.contains(words), "\(kind)")
                }
            }
            #expect(try home.show("units").count == EstateFiles.count + 3)
            let folder = home.folder.appendingPathComponent("out").path
            let written = format == .xlsx ? "csv" : "xlsx"
            let exported = try home.run("export \(folder) --format \(written)")
            try #require(exported.code == 0, "\(exported)")
            for kind in EstateFiles.kinds {
                let outcome = try other.run("import \(kind) \(folder)/\(kind).\(written) --skip-known")
                try #require(outcome.code == 0, "\(kind): \(outcome)")
                #expect(!outcome.out.contains("已有但不同") && !outcome.out.contains("文件里没有的"), "\(kind)")
            }
            let (here, there) = (try views(home), try views(other))
            #expect(here.keys.sorted() == there.keys.sorted() && here.count > 15)
            for (name, rows) in here where rows != there[name] {
                let difference = rows.difference(from: there[name] ?? [])
                Issue.record("\(name): \(difference.prefix(6))")
            }
            for kind in ["bills", "payments", "arrears", "collection"] { #expect(here[kind]?.count ?? 0 > 3) }
        }
    }

    @Suite("Money from files: killed and imported again")
    struct MoneyFileTests {
        private static let count = 1200

        private func rows(_ range: Range<Int>) -> String {
            "房号,金额,付款方式,时间\n"
                + range.map { "3-2-50\($0 % 3 + 1),\($0 + 1).01,微信,2025-03-\($0 % 20 + 10) 10:\($0 % 50 + 10)\n" }
                .joined()
        }

        /// The sum of all payments in fen.
        private func total(_ home: TestHome) throws -> Int {
            try home.show("payments").reduce(0) {
                $0 + (Int(($1["amount"].text ?? "").filter { $0 != "." }) ?? 0)
            }
        }

        private func sum(_ range: Range<Int>) -> Int { range.reduce(0) { $0 + ($1 + 1) * 100 + 1 } }

        @Test("kill -9 at any moment of an import: all of its money or none, and the next import makes it whole")
        func killed() throws {
            let home = try TestHome()
            let half = try home.file("half.csv", rows(0..<600))
            let whole = try home.file("whole.csv", rows(0..<Self.count))
            let begin = Date()
            #expect(try home.run("import payments \(half)").code == 0)
            let duration = Date().timeIntervalSince(begin)
            #expect(try total(home) == sum(0..<600))
            var (unfinished, finished) = (0, 0)
            for round in 0..<8 {
                let child = try home.start("import payments \(whole) --skip-known")
                usleep(UInt32(duration * 1_000_000 * Double(round + 1) / 3))
                child.kill()
                #expect(try home.run("verify").code == 0)
                let now = try total(home)
                #expect([sum(0..<600), sum(0..<Self.count)].contains(now), "\(now)")
                if now == sum(0..<600) { unfinished += 1 } else { finished += 1 }
            }
            let last = try home.run("import payments \(whole) --skip-known")
            #expect(last.code == 0, "\(last)")
            #expect(try total(home) == sum(0..<Self.count))
            let again = try home.run("import payments \(whole) --json")
            #expect(again.code == 3)
            #expect(again.error["rows"].array.count == Self.count)
            #expect(try total(home) == sum(0..<Self.count))
            #expect(unfinished > 0, "no import was killed in its work")
            print("killed before it was recorded \(unfinished) times of 8, after it \(finished) times")
        }

        @Test("--twice imports it once more, and nothing else does")
        func twice() throws {
            let home = try TestHome()
            let path = try home.file("a.csv", rows(0..<5))
            #expect(try home.run("import payments \(path)").code == 0)
            for options in ["", "--skip-known", "--dry-run"] { _ = try home.run("import payments \(path) \(options)") }
            #expect(try total(home) == sum(0..<5))
            #expect(try home.run("import payments \(path) --twice").code == 0)
            #expect(try total(home) == 2 * sum(0..<5))
        }
    }
}
