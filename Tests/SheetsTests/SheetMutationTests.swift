import Foundation
import TestSupport
import Testing

@testable import Sheets

/// Files of each kind with random changes of their bytes, by seed.
@Suite("Malformed files are read or refused, and crash nothing")
struct SheetMutationTests {
    private static let table =
        "name,unit,phone\n李四,3-2-501,13800001111\n\"王,芳\",3-2-502,\n\"带\"\"引号\"\"的\n名字\",=\"3\",0571\n"

    private static func read(_ bytes: [UInt8], _ count: inout (read: Int, refused: Int), _ seed: String) {
        do {
            let sheet = try Spreadsheet(bytes)
            // Touches all that was read.
            _ = sheet.texts
            count.read += 1
        } catch is SheetError {
            count.refused += 1
        } catch {
            Issue.record("\(seed): \(error)")
        }
    }

    @Test("Workbooks: bytes of the archive, and of the parts before they are packed", arguments: 1...5)
    func workbooks(seed: Int) throws {
        var (fuzz, count) = (Fuzz(seed), (read: 0, refused: 0))
        let files = [
            try XLSXFixtures.file("openpyxl.xlsx"), try XLSXFixtures.file("xlsxwriter.xlsx"),
            Spreadsheet(.xlsx, name: "a", header: ["房号"], rows: [[.text("3-2-501")], [.number("1")]]).bytes,
        ]
        let names = [
            "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/sharedStrings.xml",
            "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml",
        ]
        for number in 0..<200 {
            let file = fuzz.pick(files)
            if fuzz.below(3) == 0 {
                Self.read(fuzz.mutate(file), &count, "seed \(seed), file \(number)")
                continue
            }
            // A checksum would refuse every change of packed bytes.
            var (archive, zip) = (try ZipArchive(file), ZipWriter())
            let changed = fuzz.pick(names)
            for name in names {
                guard let contents = try archive.contents(of: name) else { continue }
                zip.add(name, name == changed ? fuzz.mutate(contents) : contents)
            }
            Self.read(zip.finished(), &count, "seed \(seed), file \(number)")
        }
        #expect(count.read > 20 && count.refused > 20, "\(count)")
    }

    @Test("CSV in each encoding, and random bytes", arguments: 1...5)
    func csv(seed: Int) throws {
        var (fuzz, count) = (Fuzz(seed), (read: 0, refused: 0))
        let encodings: [String.Encoding] = [
            .utf8, .utf16LittleEndian, .utf16BigEndian, .utf16, String.Encoding(rawValue: 0x8000_0632),
        ]
        let files = try encodings.map { Array(try #require(Self.table.data(using: $0))) }
        for number in 0..<200 {
            let bytes = fuzz.below(8) == 0 ? fuzz.bytes(fuzz.below(600)) : fuzz.mutate(fuzz.pick(files))
            Self.read(bytes, &count, "seed \(seed), file \(number)")
        }
        #expect(count.read > 20 && count.refused > 20, "\(count)")
    }
}
