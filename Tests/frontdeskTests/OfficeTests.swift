import Foundation
import Sheets
import Testing

extension Program {
    @Suite("Spreadsheet programs read what is exported, and write what is imported")
    struct OfficeTests {
        /// Runs a program with an empty home; its standard output, `nil` if it fails or is not installed.
        private static func output(_ words: [String], home: String = NSTemporaryDirectory()) throws -> String? {
            let output = FileManager.default.temporaryDirectory.appendingPathComponent("output-\(UUID().uuidString)")
            defer { try? FileManager.default.removeItem(at: output) }
            var variables = ProcessInfo.processInfo.environment
            variables["HOME"] = home
            let child = try? ChildProcess(
                words, environment: variables, .files(input: "/dev/null", output: output.path, errors: "/dev/null"))
            return try child?.wait(within: 120) == 0 ? TestHome.text(output.path) : nil
        }

        private static func python(_ script: String, _ arguments: [String] = []) throws -> String? {
            // Packages of the user stay known.
            try output(["python3", "-c", script] + arguments, home: NSHomeDirectory())
        }

        private static let hasOpenpyxl = (try? python("import openpyxl")) != nil
        private static let hasLibreOffice = (try? output(["soffice", "--version"])) != nil

        /// Converts a file of a home with LibreOffice; the path of the result.
        private func convert(_ path: String, to format: String, _ home: TestHome) throws -> String {
            let folder = home.folder.appendingPathComponent("converted").path
            let words = ["soffice", "--headless", "--convert-to", format, "--outdir", folder, path]
            _ = try #require(try Self.output(words, home: home.folder.path))
            let name = ((path as NSString).lastPathComponent as NSString).deletingPathExtension
            return "\(folder)/\(name).\(format.prefix { $0 != ":" })"
        }

        /// CSV in UTF-8 with cells as they are shown, texts in quotes.
        private static let csv = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,false"

        private func filled() throws -> TestHome {
            let home = try TestHome()
            try home.do("person.add name==SUM(1) unit=3-2-503 role=owner phone=0571-88887777转12")
            try home.do("bill.issue unit=3-2-501 period=2025-03 item=物业费 amount=1240.5 due=2025-03-28")
            try home.do(
                "payment.receive unit=3-2-501 amount=1000 method=银行转账 slip=00420001234567890123 --at 2025-03-05T10:30")
            return home
        }

        private func export(_ home: TestHome) throws {
            let outcome = try home.run("export \(home.folder.path) --replace")
            try #require(outcome.code == 0, "\(outcome)")
        }

        @Test("openpyxl", .enabled(if: hasOpenpyxl, "openpyxl is not installed (pip install openpyxl)"))
        func openpyxl() throws {
            let home = try filled()
            let path = try home.file("units.xlsx")
            let write = """
                import openpyxl, sys, datetime
                sheet = openpyxl.Workbook()
                sheet.active.append(["房号", "面积"])
                for room in range(1, 31): sheet.active.append([f"5-1-{room + 100}", 80 + room / 2])
                sheet.save(sys.argv[1])
                sheet = openpyxl.Workbook()
                sheet.active.append(["房号", "账单月份", "费用名称", "应收金额", "缴费截止日"])
                sheet.active.append(["5-1-101", datetime.date(2025, 3, 1), "物业费", 99.9, datetime.date(2025, 3, 31)])
                sheet.save(sys.argv[2])
                """
            let bills = try home.file("b.xlsx")
            try #require(try Self.python(write, [path, bills]) != nil)
            #expect(try home.run("import units \(path)").code == 0)
            #expect(try home.run("import bills \(bills)").code == 0)
            let bill = try #require(try home.show("bills unit=5-1-101").first)
            #expect(
                bill["period"].text == "2025-03" && bill["amount"].text == "99.90" && bill["due"].text == "2025-03-31")
            try export(home)
            let read = """
                import openpyxl, sys
                for row in openpyxl.load_workbook(sys.argv[1]).active.iter_rows():
                    print("|".join(f"{type(cell.value).__name__} {cell.value}" for cell in row))
                """
            func lines(_ kind: String) throws -> [Substring] {
                try #require(try Self.python(read, [try home.file("\(kind).xlsx")])).split(separator: "\n")
            }
            let people = try lines("people")
            #expect(people[1] == "str 李四|str 3-2-501|str 业主|str 13800001111")
            #expect(people[4] == "str =SUM(1)|str 3-2-503|str 业主|str 057188887777#12")
            let units = try lines("units")
            #expect(
                units.count == 34 && units[1].hasPrefix("str 3-2-501|float 89.5")
                    && units[33].hasPrefix("str 5-1-130|float 95.0"))
            #expect(
                try lines("payments")[1]
                    == "str 3-2-501|float 1000.0|str 2025-03|str 银行转账|str 2025-03 物业费 1000.00|str 00420001234567890123|NoneType None|datetime 2025-03-05 10:30:00"
            )
        }

        @Test(
            "LibreOffice",
            .enabled(if: hasLibreOffice, "LibreOffice is not installed (apt-get install libreoffice-calc)"))
        func libreOffice() throws {
            let home = try filled()
            try export(home)
            func texts(_ kind: String) throws -> [[String]] {
                let path = try convert(try home.file("\(kind).xlsx"), to: Self.csv, home)
                return try Spreadsheet(at: path).rows.map { $0.cells.map(\.text) }
            }
            #expect(try texts("people")[1] == ["李四", "3-2-501", "业主", "13800001111"])
            #expect(try texts("people")[4] == ["=SUM(1)", "3-2-503", "业主", "057188887777#12"])
            #expect(try texts("units")[1].prefix(2) == ["3-2-501", "89.5"])
            #expect(
                try texts("payments")[1] == [
                    "3-2-501", "1000", "2025-03", "银行转账", "2025-03 物业费 1000.00", "00420001234567890123", "",
                    "2025-03-05 10:30:00",
                ])
            // What it saves is imported elsewhere, from .xlsx and from CSV, and changes nothing here.
            let other = try TestHome()
            for kind in EstateFiles.kinds {
                let saved = try convert(try home.file("\(kind).xlsx"), to: "xlsx", home)
                let csv = try convert(saved, to: Self.csv, home)
                for (estate, path) in [(other, saved), (other, csv), (home, saved)] {
                    let outcome = try estate.run("import \(kind) \(path) --skip-known")
                    #expect(outcome.code == 0 && !outcome.out.contains("已有但不同"), "\(path): \(outcome)")
                    if estate === home || path == csv {
                        #expect(outcome.out.contains("已导入 0 行"), "\(path): \(outcome)")
                    }
                }
            }
            for view in ["units", "vehicles", "arrears", "collection"] {
                #expect(try other.run("show \(view) --csv").out == home.run("show \(view) --csv").out, "\(view)")
            }
            // Its old format is told from a table.
            let old = try convert(try home.file("units.xlsx"), to: "xls", home)
            let refused = try home.run("import units \(old) --json")
            #expect((refused.code, refused.error["code"].text) == (2, "import.format"))
        }
    }
}
