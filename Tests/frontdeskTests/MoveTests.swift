import Foundation
import Sheets
import Testing

extension ProgramWithFiles {
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
                // Ids, and the numbers that another estate gives to its receipts.
                let ids = Set(
                    columns.indices.filter {
                        columns[$0]["type"].text?.contains(" id") ?? false || columns[$0]["name"].text == "receipt"
                            || name == "receipts" && columns[$0]["name"].text == "number"
                    })
                let outcome = try home.run("show \(name) --csv")
                try #require(outcome.code == 0, "\(name): \(outcome)")
                shown[name] = try Spreadsheet(Array(outcome.out.utf8)).rows.map { row in
                    row.cells.enumerated().filter { !ids.contains($0.offset) }.map(\.element.text).joined(
                        separator: "|")
                }
                // Prepaid money is imported after what pays bills.
                if ["payments", "receipts", "statement"].contains(name) { shown[name]?.sort() }
            }
            return shown
        }

        /// Corrects a few units with the keyboard: one is sold, a resident leaves, a name, a code and an area were mistyped,
        /// a number is added.
        private func correct(_ home: TestHome) throws {
            let tmux = Tmux(home, 120, 36)
            try tmux.open("a", shell: "exec \(Program.path) --as S01")
            try tmux.expect("F9")
            func card(_ name: String) throws {
                try tmux.press("F9")
                try tmux.type(name)
                try tmux.expect(name)
                try tmux.press("Enter")
                try tmux.expect("业主  \(name)")
            }
            try card("业主17")
            try tmux.press("C-g")
            try tmux.expect("过户 · ")
            try tmux.type("新业主甲")
            try tmux.press("Tab")
            try tmux.type("13900000017")
            try tmux.press("C-s")
            try tmux.expect("过户给 新业主甲")
            try tmux.agree()
            try tmux.expect("业主  新业主甲")
            try tmux.press("Escape")
            try card("业主19")
            try tmux.press("C-r")
            try tmux.expect("业主19 已搬离？")
            try tmux.agree()
            try tmux.expect("业主19 已登记搬离")
            try tmux.press("Escape")
            try card("业主29")
            try tmux.press("C-e")
            try tmux.expect("更正住户")
            try tmux.press("End", "C-u")
            try tmux.type("业主廿九")
            try tmux.press("C-s")
            try tmux.expect("业主  业主廿九")
            try tmux.press("C-n")
            try tmux.type("13900000029")
            try tmux.press("Tab")
            try tmux.type("爱人")
            try tmux.press("C-s")
            try tmux.expect("爱人", "业主廿九")
            try tmux.press("Home", "C-e")
            try tmux.expect("更正房号")
            try tmux.fill("新房号", "88-1-129")
            try tmux.press("C-s")
            try tmux.expect("88-1-129")
            #expect(try eventually { try home.show("units").contains { $0["unit"].text == "88-1-129" } })
        }

        /// Corrects many more by lines: sold (some twice), moved, left, mistyped, states, numbers with notes, places.
        private func correctMany(_ home: TestHome) throws {
            var lines: [String] = []
            func line(_ action: String, _ members: [String: String]) {
                let fields = members.merging(["do": action]) { $1 }.sorted { $0.key < $1.key }
                lines.append("{\(fields.map { "\"\($0.key)\":\"\($0.value)\"" }.joined(separator: ","))}")
            }
            for place in ["物业办公室", "东门", "B1 车库入口"] { line("place.add", ["place": place]) }
            let cars = Dictionary(
                try home.show("vehicles").map { ($0["unit"].text ?? "", $0["plate"].text ?? "") }
            ) { first, _ in first }
            for person in try home.show("people") {
                guard let name = person["name"].text, name.hasPrefix("业主"), let index = Int(name.dropFirst(2)),
                    index > 30
                else { continue }
                let (id, unit) = (try #require(person["id"].text), try #require(person["unit"].text))
                if index % 5 == 2 {
                    line("phone.add", ["person": id, "phone": "1370000\(1000 + index)", "note": "上班；18 点前"])
                    line("phone.add", ["person": id, "phone": "1360000\(1000 + index)"])
                }
                switch index % 12 {
                case 1:
                    line("unit.sell", ["unit": unit, "owner": "买家\(index)", "at": "2025-02-15"])
                    if index % 24 == 1 {
                        line("person.add", ["name": "租客\(index)", "unit": unit, "role": "tenant"])
                        line("unit.sell", ["unit": unit, "owner": "租客\(index)"])
                    }
                case 2: line("person.leave", ["person": id])
                case 3: line("person.change", ["person": id, "name": "更名\(index)", "phone": "1350000\(1000 + index)"])
                case 4:
                    line("unit.change", ["unit": unit, "newCode": "77-\(index)-1", "area": "\(70 + index % 9).25"])
                    line("unit.change", ["unit": unit, "newCode": "78-\(index)-1"])
                case 5: line("unit.change", ["unit": unit, "kind": unit.hasPrefix("商铺") ? "other" : "shop"])
                case 6:
                    line("unit.state", ["unit": unit, "state": "vacant", "from": "2025-01-01"])
                    line("unit.state", ["unit": unit, "state": "rented", "from": "2025-03-01"])
                case 7: line("unit.state", ["unit": unit, "state": "owner"])
                case 8 where cars[unit] != nil: line("vehicle.change", ["plate": cars[unit] ?? "", "unit": "3-2-503"])
                case 9 where cars[unit] != nil: line("vehicle.remove", ["plate": cars[unit] ?? ""])
                default: break
                }
            }
            let outcome = try home.run("do --lines", input: lines.joined(separator: "\n"))
            try #require(outcome.code == 0, "\(outcome.answers.filter { $0["error"]["code"].text != nil }.prefix(3))")
        }

        /// The long form has 1,000 units.
        @Test(
            "units, people, cars, bills and payments: damaged values refused, the rest corrected and the same elsewhere",
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
            if Tmux.isInstalled { try correct(home) }
            try correctMany(home)
            let folder = home.folder.appendingPathComponent("out").path
            let written = format == .xlsx ? "csv" : "xlsx"
            let exported = try home.run("export \(folder) --format \(written)")
            try #require(exported.code == 0, "\(exported)")
            let kinds = ["units", "people", "vehicles", "places", "bills", "payments"]
            for kind in kinds {
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
            for kind in ["bills", "payments", "arrears", "collection", "phones", "places"] {
                #expect(here[kind]?.count ?? 0 > 3, "\(kind)")
            }
            #expect(here["arrears"]?.contains { $0.contains("|业主17|") } ?? false, "a former owner owes")
            // What was imported is exported as the same once more.
            let again = other.folder.appendingPathComponent("out").path
            #expect(try other.run("export \(again) --format \(written)").code == 0)
            for kind in kinds {
                let tables = try [folder, again].map {
                    try Spreadsheet(at: "\($0)/\(kind).\(written)").rows.map { $0.cells.map(\.text) }
                }
                #expect(tables[0] == tables[1], "\(kind)")
            }
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
