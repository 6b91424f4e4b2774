import Estate
import Foundation
import TestSupport
import Testing

@testable import frontdesk

extension Program {
    @Suite("CSV files with random contents")
    struct CSVFuzzTests {
        private static let table =
            "name,unit,role,phone\n李四,3-2-501,owner,13800001111\n\"王,芳\",3-2-502,tenant,\n\"带\"\"引号\"\"的\n名字\",3-2-503,family,0571\n"
        private static let encodings = [
            Array(table.utf8), [0xEF, 0xBB, 0xBF] + Array(table.utf8),
            Array(table.data(using: String.Encoding(rawValue: 0x8000_0632)) ?? Data()),
        ]

        private static func file(_ fuzz: inout Fuzz) -> [UInt8] {
            switch fuzz.below(8) {
            case 0: return fuzz.bytes(fuzz.below(600))
            // A valid header and random bytes.
            case 1: return Array("name,unit,role\n".utf8) + fuzz.bytes(fuzz.below(400))
            case 2:
                let signs: [UInt8] = Array("\",\n\r\0 \t;a1".utf8)
                return Array("name,unit,role\n".utf8) + (0..<fuzz.below(300)).map { _ in fuzz.pick(signs) }
            case 3...5:
                let bytes = fuzz.pick(encodings)
                return fuzz.mutate(bytes)
            default:
                // Mutations after the header.
                let bytes = fuzz.pick(encodings)
                let header = (bytes.firstIndex(of: 0x0A) ?? 0) + 1
                return bytes[..<header] + fuzz.mutate(Array(bytes[header...]))
            }
        }

        @Test("A random file is parsed or refused within seconds, without another error", arguments: 1...4)
        func randomFiles(seed: Int) throws {
            var fuzz = Fuzz(seed)
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent("noise-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            let store = try Store.found(
                at: folder.appendingPathComponent("data").path, name: "翠湖花园",
                staff: [StaffMember(code: "S01", name: "王经理", role: .manager)])
            let path = folder.appendingPathComponent("rows.csv")
            var (read, refused, rows) = (0, 0, 0)
            var slowest = 0.0
            for number in 0..<(isLong ? 5000 : 600) {
                let bytes = Self.file(&fuzz)
                try Data(bytes).write(to: path)
                let began = Date()
                do {
                    let found = try CSVFile(at: path.path).rows(of: AddPerson.self)
                    (read, rows) = (read + 1, rows + found.count)
                    // Checks the rows like an import; the error discards them.
                    try store.perform(by: "S01") { batch in
                        for row in found {
                            _ = row.perform(AddPerson.self, in: &batch, at: nil, zone: store.estate.zone)
                        }
                        throw Refusal.rule("test.dryRun", "", en: "")
                    }
                } catch let refusal as Refusal {
                    refused += refusal.code == "test.dryRun" ? 0 : 1
                } catch {
                    Issue.record("seed \(seed), file \(number): \(error) of \(bytes)")
                }
                slowest = max(slowest, Date().timeIntervalSince(began))
            }
            #expect(read > 0 && refused > 0)
            #expect(slowest < 5)
            print("CSV noise \(seed): \(read) read with \(rows) rows, \(refused) refused, the slowest in \(slowest) s")
        }

        /// Compares scalars: a quote with a combining mark is another character, but still a quote.
        private static func quoted(_ cell: String) -> String {
            "\"" + cell.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
        }

        private static func scalars(_ text: String) -> [Unicode.Scalar] { Array(text.unicodeScalars) }

        @Test("A valid file is read exactly as it was written", arguments: 1...2)
        func roundTrip(seed: Int) throws {
            var fuzz = Fuzz(seed)
            let signs = Array("\"\",,\n\n\r\t ;'=中李\u{0}\u{301}\u{202E}\u{FEFF}👨‍👩‍👧é".unicodeScalars)
            for _ in 0..<(isLong ? 20_000 : 1000) {
                let width = 2 + fuzz.below(4)
                let table = (0...fuzz.below(6)).map { _ in
                    (0..<width).map { _ in
                        String(String.UnicodeScalarView((0..<fuzz.below(8)).map { _ in fuzz.pick(signs) }))
                    }
                }
                let end = fuzz.pick(["\n", "\r\n"])
                let text = table.map { $0.map(Self.quoted).joined(separator: ",") }.joined(separator: end)
                let read = try CSVFile.parse(text + fuzz.pick(["", end])).map(\.cells)
                let (expected, found) = (table.map { $0.map(Self.scalars) }, read.map { $0.map(Self.scalars) })
                #expect(found == expected, "\(text.debugDescription) is read as \(read)")
            }
        }

        @Test("Rows shown as CSV are read exactly as recorded, also with combining marks on quotes and commas")
        func shownRows() throws {
            let home = try TestHome()
            let purposes = ["甲,\u{301}乙", "丙\"\u{301}丁", "\"\u{301}", "戊;己", "庚\"辛,壬"]
            for purpose in purposes {
                let outcome = try home.run(["do", "visitor.arrive", "name=张三", "host=3-2-501", "purpose=\(purpose)"])
                try #require(outcome.code == 0, "\(outcome)")
            }
            let records = try CSVFile.parse(try home.run("show gate --csv").out)
            let column = try #require(records[0].cells.firstIndex(of: "purpose"))
            #expect(records.dropFirst().map { Self.scalars($0.cells[column]) } == purposes.map(Self.scalars))
        }

        @Test("The import of a random file ends with a reason and records nothing")
        func importTerminates() throws {
            let home = try TestHome()
            let before = try home.show("people").count
            var files: [[UInt8]] = [
                [], [0], Array(repeating: 0, count: 100_000), Array("name,unit,role\n\"".utf8),
                // An unclosed quote before a megabyte.
                Array("name,unit,role\n\"".utf8) + Array(repeating: UInt8(ascii: "a"), count: 1 << 20),
                Array("name,unit,role\n".utf8) + Array(repeating: UInt8(ascii: "a"), count: 1 << 20)
                    + Array(",3-2-501,owner\n".utf8),
                Array(repeating: UInt8(ascii: ","), count: 1 << 18),
                Array(repeating: UInt8(ascii: "\n"), count: 1 << 18),
                Array("name,unit,role\n".utf8) + Array(repeatElement("长,3-2-501,nobody\n".utf8, count: 5000).joined()),
            ]
            var fuzz = Fuzz(5)
            for _ in 0..<(isLong ? 500 : 8) { files.append(Self.file(&fuzz)) }
            for bytes in files {
                let path = try home.file("noise.csv", Data(bytes))
                let began = Date()
                let outcome = try home.run("import people \(path) --dry-run --json")
                #expect([0, 2, 3].contains(outcome.code), "\(outcome) of \(bytes.prefix(300))")
                #expect(outcome.code == 0 || outcome.error["code"].exists, "\(outcome) of \(bytes.prefix(300))")
                #expect(Date().timeIntervalSince(began) < 20, "of \(bytes.count) bytes, \(bytes.prefix(30))")
            }
            #expect(try home.show("people").count == before)
            #expect(try home.run("verify").code == 0)
        }
    }
}
