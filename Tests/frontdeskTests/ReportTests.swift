import Foundation
import Testing

extension Program {
    @Suite("report")
    struct ReportTests {
        private let hostile = "=1+1<script>alert(1)</script>\u{1B}[31m\u{202E}红"

        /// A desk at which one return visit is overdue, of a request that says something.
        private func desk(_ text: String) throws -> (Desk, visit: String) {
            let desk = try Desk()
            let words = ["do", "request.open", "class=complaint", "unit=3-2-501", "text=\(text)", "--at", "2025-03-01"]
            let request = try #require(try desk.run(words).json["id"].text)
            try desk.do("request.complete request=\(request) --at 2025-03-02")
            return (desk, try #require(try desk.show("followups")[0]["id"].text))
        }

        @Test("the visit sheet in all three formats, to standard output or to a file")
        func formats() throws {
            let (desk, visit) = try desk("厨房漏水")
            let text = try desk.run("report visitsheet").out
            #expect(text.contains("回访记录") && text.contains("厨房漏水") && text.contains("区域经理"))
            #expect(text.contains("138****1111") && !text.contains("13800001111"))
            let html = try desk.run("report visitsheet followup=\(visit) --format html").out
            #expect(html.hasPrefix("<!DOCTYPE html>") && html.contains("厨房漏水"))
            let csv = try desk.run("report visitsheet unit=3-2-501 class=complaint --format csv").out
            #expect(csv.components(separatedBy: "\r\n").count == 3 && csv.contains(",厨房漏水,"))
            let path = try desk.file("sheet.html")
            let outcome = try desk.run("report visitsheet -o \(path)")
            #expect((outcome.code, outcome.out) == (0, ""))
            #expect(try Desk.text(path).hasPrefix("<!DOCTYPE html>"))
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }

        @Test("what an owner said is harmless in all three formats")
        func harmless() throws {
            let (desk, _) = try desk(hostile)
            for format in ["text", "html", "csv"] {
                let out = try desk.run("report visitsheet --format \(format)").out
                #expect(!out.contains("\u{1B}") && !out.unicodeScalars.contains("\u{202E}"), "\(format)")
                #expect(out.contains("红"), "\(format)")
                if format == "html" { #expect(!out.contains("<script")) }
                if format == "csv" { #expect(out.contains(",'=1+1<script>")) }
            }
        }

        @Test("as of a moment, before anybody knew")
        func asOf() throws {
            let (desk, visit) = try desk("厨房漏水")
            #expect(try desk.run("report visitsheet --at 2025-03-04").out.contains("没有到期的回访"))
            #expect(try desk.run("report visitsheet --at 2025-03-05").out.contains("厨房漏水"))
            let early = try desk.run("report visitsheet followup=\(visit) --at 2025-03-01 --json")
            #expect((early.code, early.error["code"].text) == (3, "followup.unknown"))
        }

        @Test("what is wrong is told by its exit code, and no file is left or lost")
        func refused() throws {
            let (desk, _) = try desk("厨房漏水")
            for (words, code, name) in [
                ("visits", 2, "report.unknown"), ("visitsheet --format pdf", 2, "report.format"),
                ("visitsheet colour=red", 2, "filter.unknown"), ("visitsheet until=2-30", 2, "date.impossible"),
                ("visitsheet followup=01K00000000000000000000000", 3, "followup.unknown"),
                ("visitsheet -o \(desk.home.path)/none/sheet.html", 5, "disk.failed"),
            ] as [(String, Int32, String)] {
                let outcome = try desk.run("report \(words) --json")
                #expect((outcome.code, outcome.error["code"].text) == (code, name), "\(words): \(outcome)")
                #expect(outcome.out.isEmpty)
            }
            let path = try desk.file("sheet.csv", "旧")
            #expect(try desk.run("report visitsheet followup=01K00000000000000000000000 -o \(path)").code == 3)
            #expect(try Desk.text(path) == "旧")
        }

        @Test("the console's keys write the same sheet", .enabled(if: Tmux.isInstalled, "tmux is not installed"))
        func inTerminal() throws {
            let (desk, visit) = try desk("厨房漏水")
            let tmux = Tmux(desk, 80, 24)
            try tmux.console("a", "--as S02")
            try tmux.press("F4", "C-e")
            try tmux.expect("选中的一件", "厨房漏水")
            try tmux.press("Enter")
            try tmux.expect("已写好 1 张")
            let sheet = try Desk.text("\(desk.data)/reports/visitsheet-3-2-501-\(visit).html")
            let printed = try desk.run("report visitsheet followup=\(visit) --format html").out
            // Between the two a minute may have gone by, which the foot tells.
            func body(_ html: String) -> Substring { html.prefix { $0 != "截" } }
            #expect(body(sheet) == body(printed) && sheet.contains("厨房漏水"))
        }

        @Test("the reports are listed like views")
        func listed() throws {
            let desk = try Desk()
            #expect(try desk.run("reports").out.contains("visitsheet followup?= until?="))
            let report = try desk.run("reports --json").json.array[0]
            #expect(report["name"].text == "visitsheet")
            #expect(report["columns"].array.contains { $0["name"].text == "signer" })
        }
    }
}
