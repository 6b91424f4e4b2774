import Foundation
import Sheets
import Testing

extension ProgramWithFiles {
    @Suite("import from files of other programs, export, import elsewhere")
    struct ExportTests {
        private static func gb18030(_ text: String) throws -> Data {
            try #require(text.data(using: String.Encoding(rawValue: 0x8000_0632)))
        }

        private static func xlsx(_ rows: [[Spreadsheet.Cell]]) -> Data {
            Data(
                Spreadsheet(.xlsx, name: "清单", header: rows[0].map(\.text), rows: Array(rows.dropFirst())).bytes)
        }

        private static let march = CellDate(.init(year: 2025, month: 3, day: 1))

        /// Imports an estate from .xlsx and from CSV in GB 18030 with the headers of a property office.
        private func fill(_ home: TestHome) throws {
            let units =
                [[.text("翠湖花园房屋清单")], [], [.text("序号"), .text("房间号"), .text("建筑面积（㎡）")]]
                + (1...30).map { [.number("\($0)"), .text("5-1-\($0 + 100)"), .number("\(80 + $0).5")] } + [
                    [.text("合计"), .empty, .number("2880")]
                ] as [[Spreadsheet.Cell]]
            let people =
                "业主姓名,房号,联系电话\r\n" + (1...30).map { "业主\($0),5-1-\($0 + 100),138000010\(10 + $0)\r\n" }.joined()
            let vehicles = "车牌号;房号\r京A12345;5-1-101\r京B12345;5-1-102\r"
            let bills =
                [["房号", "账单月份", "费用名称", "应收金额", "缴费截止日"].map { .text($0) }]
                + (1...30).map {
                    [.text("5-1-\($0 + 100)"), .date(Self.march), .text("物业费"), .number("100.5"), .date(Self.march)]
                } as [[Spreadsheet.Cell]]
            let payments =
                "房号\t收款金额\t收款方式\t收款日期\n5-1-101\t100.50\t微信\t2025/03/05 10:00\n5-1-102\t30\t现金\t2025/03/06 11:30\n"
                .replacing("/", with: "-")
            for (kind, name, data) in [
                ("units", "units.xlsx", Self.xlsx(units)), ("people", "people.csv", try Self.gb18030(people)),
                ("vehicles", "vehicles.csv", try Self.gb18030(vehicles)), ("bills", "bills.xlsx", Self.xlsx(bills)),
                ("payments", "payments.txt", try Self.gb18030(payments)),
            ] {
                let outcome = try home.run("import \(kind) \(try home.file(name, data))")
                try #require(outcome.code == 0, "\(kind): \(outcome)")
            }
        }

        /// The rows of views, without ids and without what the home had before.
        private func views(_ home: TestHome) throws -> [String] {
            try ["units", "people", "vehicles", "bills", "payments", "arrears"].flatMap { view in
                let rows = try Spreadsheet(Array(try home.run("show \(view) --csv").out.utf8)).rows.map {
                    $0.cells.map(\.text)
                }
                let id = rows[0].firstIndex(of: "id")
                return rows.map { row in
                    row.enumerated().filter { $0.offset != id }.map(\.element).joined(separator: "|")
                }
            }
        }

        @Test("files that are there are written over only when asked")
        func there() throws {
            let home = try TestHome()
            let folder = home.folder.appendingPathComponent("out").path
            #expect(try home.run("export \(folder) units --format csv").code == 0)
            let former = try TestHome.text("\(folder)/units.csv")
            try home.do("unit.add unit=9-1-901")
            let refused = try home.run("export \(folder) --format csv --json")
            #expect((refused.code, refused.error["code"].text) == (2, "export.exists"))
            #expect(try TestHome.text("\(folder)/units.csv") == former)
            #expect(!FileManager.default.fileExists(atPath: "\(folder)/people.csv"))
            #expect(try home.run("export \(folder) --format csv --replace").code == 0)
            #expect(try TestHome.text("\(folder)/units.csv").contains("9-1-901"))
        }

        @Test("Both estates show the same", arguments: SpreadsheetFormat.allCases)
        func elsewhere(format: SpreadsheetFormat) throws {
            let (home, other) = (try TestHome(), try TestHome())
            try fill(home)
            let folder = home.folder.appendingPathComponent("out").path
            let exported = try home.run("export \(folder) --format \(format.rawValue)")
            #expect(exported.code == 0, "\(exported)")
            let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder)/people.\(format.rawValue)")
            #expect(attributes[.posixPermissions] as? Int == 0o600)
            for kind in ["units", "people", "vehicles", "bills", "payments"] {
                let outcome = try other.run("import \(kind) \(folder)/\(kind).\(format.rawValue) --skip-known")
                #expect(outcome.code == 0, "\(kind): \(outcome)")
            }
            #expect(try views(other) == views(home))
            // Once more changes nothing.
            let again = try other.run("import payments \(folder)/payments.\(format.rawValue) --json")
            #expect(again.code == 3)
            #expect(again.error["rows"].array.compactMap { $0["code"].text } == ["import.doubled", "import.doubled"])
        }

        @Test("Standard input; a sheet by its name; one kind; what may not be exported")
        func others() throws {
            let home = try TestHome()
            let data = Self.xlsx([[.text("房号")], [.text("5-1-101")]])
            #expect(try home.run(["import", "units", "-", "--sheet", "清单"], input: data).code == 0)
            #expect(try home.run(["import", "units", "-"], input: Data("房号\n5-1-102\n".utf8)).code == 0)
            let missing = try home.run(["import", "units", "-", "--sheet", "别的", "--json"], input: data)
            #expect((missing.code, missing.error["code"].text) == (2, "import.sheet"))
            let folder = home.folder.appendingPathComponent("out").path
            #expect(try home.run("export \(folder) units --as S03").code == 0)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["units.xlsx"])
            let refused = try home.run("export \(folder) --as S03 --json")
            #expect((refused.code, refused.error["code"].text) == (3, "export.notAllowed"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["units.xlsx"])
            // Counts that may wait to be settled are not for an operator, who gets all else.
            let others = try home.run("export \(try home.file("others")) --as S02")
            #expect(others.code == 0 && others.err.contains("没有导出盘点数"), "\(others)")
            #expect(!others.out.contains("stockcounts"))
            let masked = try home.run("export \(folder) people --format csv --as S03")
            #expect(masked.code == 0 && masked.err.contains("已遮住"), "\(masked)")
            #expect(try TestHome.text("\(folder)/people.csv").contains("138****1111"))
            #expect(try home.run("export \(folder) flats --json").error["code"].text == "import.kind")
        }

        @Test("The receipt names the import, which can be voided")
        func void() throws {
            let home = try TestHome()
            let outcome = try home.run("import units \(try home.file("a.csv", "房号\n5-1-101\n"))")
            let imported = try home.show("imports")
            #expect(imported.count == 1 && outcome.out.contains(imported[0]["id"].text ?? "-"))
            _ = try home.do("import.void import=\(imported[0]["id"].text ?? "") why=错了")
            #expect(try home.show("imports")[0]["voided"].flag == true)
            #expect(try home.show("units").count == 3)
        }
    }
}
