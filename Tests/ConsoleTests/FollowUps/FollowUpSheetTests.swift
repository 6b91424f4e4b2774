import Foundation
import Testing

@testable import Console
@testable import Estate

@Suite struct FollowUpSheetTests {
    /// A console with two due visits of different classes.
    private func script() throws -> ConsoleDriver {
        let script = try ConsoleDriver(as: "王芳")
        for (unit, text) in [("3-2-501", "水龙头漏水"), ("3-2-502", "门锁坏了")] {
            let request = try script.estate.do("request.open", ["class": "repair.minor", "unit": unit, "text": text])
            try script.estate.do("request.complete", ["request": request])
        }
        script.estate.clock.set("2026-11-26 10:00")
        _ = script.controller.catchUp()
        script.open("followups")
        return script
    }

    private func files(_ script: ConsoleDriver) throws -> [(name: String, text: String)] {
        let folder = "\(script.estate.folder)/reports"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder).sorted()) ?? []
        return try names.map { ($0, try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8)) }
    }

    @Test func sheetIsWrittenAndPathShown() throws {
        let script = try script()
        script.press("Ctrl-E")
        #expect(script.sees("选中的一件") && script.sees("今日到期和逾期"))
        script.press("Enter")
        let files = try files(script)
        #expect(files.count == 1 && files[0].name.hasPrefix("visitsheet-3-2-501-"))
        #expect(files[0].text.contains("水龙头漏水") && !files[0].text.contains("门锁坏了"))
        #expect(script.sees("已写好 1 张"))
        #expect(script.screen.filter { !$0.isWhitespace && $0 != "│" }.contains(String(files[0].name.suffix(20))))
        script.press("Esc")
        #expect(!script.sees("已写好"))
    }

    @Test func allThatIsDueTodayIsWritten() throws {
        let script = try script()
        script.press("Ctrl-E", "Down", "Enter")
        let files = try files(script)
        #expect(files.map(\.name) == ["visitsheet-2026-11-26.html"])
        #expect(files[0].text.contains("水龙头漏水") && files[0].text.contains("门锁坏了"))
        #expect(script.sees("已写好 2 张"))
    }

    @Test func aFailedWriteKeepsTheForm() throws {
        let script = try script()
        try Data().write(to: URL(fileURLWithPath: "\(script.estate.folder)/reports"))
        script.press("Ctrl-E", "Enter")
        #expect(!script.sees("已写好"))
        #expect(script.sees("磁盘操作失败"))
    }
}
