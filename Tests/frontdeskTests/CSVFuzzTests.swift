import Estate
import Foundation
import Sheets
import TestSupport
import Testing

@testable import frontdesk

extension ProgramWithFiles {
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
                    let table = try ImportTable(Spreadsheet(at: path.path), as: Estate.importKind(named: "people"))
                    (read, rows) = (read + 1, rows + table.count)
                    var run = ImportRun()
                    run.isDry = true
                    _ = try store.perform(run, on: table, by: "S01")
                } catch is RefusedRows {
                } catch is Refusal {
                    refused += 1
                } catch is SheetError {
                    refused += 1
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
        private static func scalars(_ text: String) -> [Unicode.Scalar] { Array(text.unicodeScalars) }

        @Test("Rows shown as CSV are read exactly as recorded, also with combining marks on quotes and commas")
        func shownRows() throws {
            let home = try TestHome()
            let purposes = ["甲,\u{301}乙", "丙\"\u{301}丁", "\"\u{301}", "戊;己", "庚\"辛,壬"]
            for purpose in purposes {
                let outcome = try home.run(["do", "visitor.arrive", "name=张三", "host=3-2-501", "purpose=\(purpose)"])
                try #require(outcome.code == 0, "\(outcome)")
            }
            let rows = try Spreadsheet(Array(try home.run("show gate --csv").out.utf8)).rows
            let column = try #require(rows[0].cells.firstIndex(of: .text("purpose")))
            #expect(rows.dropFirst().map { Self.scalars($0.cells[column].text) } == purposes.map(Self.scalars))
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
