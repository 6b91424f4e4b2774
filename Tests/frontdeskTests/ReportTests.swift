import Foundation
import Sheets
import Testing

extension Program {
    @Suite("report")
    struct ReportTests {
        private let hostile = "=1+1<script>alert(1)</script>\u{1B}[31m\u{202E}红"

        /// An estate with one overdue return visit, to a request with this text, and the visit's id.
        private func overdueVisit(_ text: String) throws -> (TestHome, visit: String) {
            let home = try TestHome()
            let words = ["do", "request.open", "class=complaint", "unit=3-2-501", "text=\(text)", "--at", "2025-03-01"]
            let request = try #require(try home.run(words).json["id"].text)
            try home.do("request.complete request=\(request) --at 2025-03-02")
            return (home, try #require(try home.show("followups")[0]["id"].text))
        }

        @Test("the visit sheet is printed in all three formats, or written to a file")
        func formats() throws {
            let (home, visit) = try overdueVisit("厨房漏水")
            let text = try home.run("report visitsheet").out
            #expect(text.contains("回访记录") && text.contains("厨房漏水") && text.contains("区域经理"))
            #expect(text.contains("138****1111") && !text.contains("13800001111"))
            let html = try home.run("report visitsheet followup=\(visit) --format html").out
            #expect(html.hasPrefix("<!DOCTYPE html>") && html.contains("厨房漏水"))
            let csv = try home.run("report visitsheet unit=3-2-501 class=complaint --format csv").out
            #expect(csv.unicodeScalars.first == "\u{FEFF}")
            #expect(csv.components(separatedBy: "\r\n").count == 3 && csv.contains(",厨房漏水,"))
            let path = try home.file("sheet.html")
            let outcome = try home.run("report visitsheet -o \(path)")
            #expect((outcome.code, outcome.out) == (0, ""))
            #expect(try TestHome.text(path).hasPrefix("<!DOCTYPE html>"))
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }

        @Test("hostile text is harmless in all three formats")
        func hostileText() throws {
            let (home, _) = try overdueVisit(hostile)
            for format in ["text", "html", "csv"] {
                let out = try home.run("report visitsheet --format \(format)").out
                #expect(!out.contains("\u{1B}") && !out.unicodeScalars.contains("\u{202E}"), "\(format)")
                #expect(out.contains("红"), "\(format)")
                if format == "html" { #expect(!out.contains("<script")) }
                if format == "csv" { #expect(out.contains(",'=1+1<script>")) }
            }
        }

        @Test("a folder that is not there, or a folder in place of a file, is said in words")
        func noFolder() throws {
            let home = try TestHome()
            let missing = try home.run("report visitsheet -o \(home.folder.path)/missing/x --json")
            #expect((missing.code, missing.error["code"].text) == (2, "report.folder"))
            let folder = try home.run("report visitsheet -o \(home.folder.path) --json")
            #expect((folder.code, folder.error["code"].text) == (2, "report.file"))
        }

        @Test("a report as of an earlier moment ignores later facts")
        func asOf() throws {
            let (home, visit) = try overdueVisit("厨房漏水")
            #expect(try home.run("report visitsheet --at 2025-03-04").out.contains("没有到期的回访"))
            #expect(try home.run("report visitsheet --at 2025-03-05").out.contains("厨房漏水"))
            let early = try home.run("report visitsheet followup=\(visit) --at 2025-03-01 --json")
            #expect((early.code, early.error["code"].text) == (3, "followup.unknown"))
        }

        @Test("errors have their exit codes, and no file is created or replaced")
        func refused() throws {
            let (home, _) = try overdueVisit("厨房漏水")
            for (words, code, name) in [
                ("visits", 2, "report.unknown"), ("visitsheet --format pdf", 2, "report.format"),
                ("visitsheet colour=red", 2, "filter.unknown"), ("visitsheet until=2-30", 2, "date.impossible"),
                ("visitsheet followup=01K00000000000000000000000", 3, "followup.unknown"),
                ("visitsheet -o \(home.folder.path)/none/sheet.html", 2, "report.folder"),
            ] as [(String, Int32, String)] {
                let outcome = try home.run("report \(words) --json")
                #expect((outcome.code, outcome.error["code"].text) == (code, name), "\(words): \(outcome)")
                #expect(outcome.out.isEmpty)
            }
            let path = try home.file("sheet.csv", "旧")
            #expect(try home.run("report visitsheet followup=01K00000000000000000000000 -o \(path)").code == 3)
            #expect(try TestHome.text(path) == "旧")
        }

        @Test("a workbook has the same rows as CSV, below the names of the columns")
        func workbook() throws {
            let (home, visit) = try overdueVisit("=厨房漏水")
            let path = try home.file("sheets.xlsx")
            #expect(try home.run("report visitsheet -o \(path)").code == 0)
            let (table, csv) = (
                try Spreadsheet(at: path), try Spreadsheet(Array(home.run("report visitsheet --format csv").out.utf8))
            )
            #expect(table.format == .xlsx && table.rows.count == 2 && csv.rows.count == 2)
            #expect(table.rows[1].cells.first?.text == visit && table.rows[1].cells.contains(.text("=厨房漏水")))
            #expect(table.rows[0].cells.contains(.text("房号")) && table.rows[0].cells.count == csv.rows[0].cells.count)
            // A date is one, an absent value an empty cell.
            #expect(table.rows[1].cells.contains { if case .date = $0 { true } else { false } })
            let child = try home.start("report visitsheet --format xlsx")
            #expect(child.wait() == 0)
        }

        @Test("the console writes the same sheet", .enabled(if: Tmux.isInstalled, "tmux is not installed"))
        func inTerminal() throws {
            let (home, visit) = try overdueVisit("厨房漏水")
            let tmux = Tmux(home, 80, 24)
            try tmux.console("a", "--as S02")
            try tmux.press("F4", "C-e")
            try tmux.expect("选中的一件", "厨房漏水")
            try tmux.press("Enter")
            try tmux.expect("已写好 1 张")
            let sheet = try TestHome.text("\(home.data)/reports/visitsheet-3-2-501-\(visit.suffix(6)).html")
            let printed = try home.run("report visitsheet followup=\(visit) --format html").out
            // The foot shows the time, which may differ.
            func body(_ html: String) -> Substring { html.prefix { $0 != "截" } }
            #expect(body(sheet) == body(printed) && sheet.contains("厨房漏水"))
        }

        @Test("reports are listed with parameters and columns")
        func listed() throws {
            let home = try TestHome()
            #expect(try home.run("reports").out.contains("visitsheet followup?= until?="))
            let reports = try home.run("reports --json").json.array
            let report = try #require(reports.first { $0["name"].text == "visitsheet" })
            #expect(report["columns"].array.contains { $0["name"].text == "signer" })
        }
    }
}
