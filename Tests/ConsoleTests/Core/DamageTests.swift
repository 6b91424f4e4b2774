import Foundation
import Journal
import Screen
import Testing

@testable import Console
@testable import Estate

@Suite struct DamageTests {
    private let mirror = MirrorFolder()

    @Test func damageReportListsLines() throws {
        let console = try ConsoleDriver(as: "马门岗")
        let broken = try console.line(ofResident: "单国强")
        try console.damage(line: broken)
        console.check()
        console.expect("日志损坏 2 处 · 已核对")
        console.expect("损坏行", near: "日志 desk/2026-11.jsonl")
        let found = try Verification(of: console.estate.folder)
        let line = try #require(found.damages.compactMap(\.sequences).first).lowerBound
        for damage in found.damages { console.expect("@\(damage.offset)", near: damage.kind.label.chinese) }
        console.expect("\(line)", near: "缺行")
        console.expect("没有镜像，无法自动修复。涉及第 \(line) 行")
        console.expectNot("--repair")
        // The pane below gets none of the layer's keys.
        console.expectNothingRecorded { console.press("Enter", "Space", "Ctrl-S") }
        console.expect("已核对")
        console.press("Down")
        console.expect("2/2")
        console.press("Esc")
        console.expectNot("已核对")
        // The alarm stays until a check finds the journal repaired.
        #expect(console.lines[0].contains("日志损坏 2 处"))
        try console.damage(line: broken)
        console.check()
        console.expect("日志完好")
        console.estate.clock.pass(seconds: 10)
        _ = console.controller.catchUp()
        console.expectNot("日志损坏")
    }

    @Test func damageReportNamesRepairCommand() throws {
        let console = try ConsoleDriver(as: "马门岗")
        let folder = console.estate.folder
        try Journal.setMirror(of: folder, to: mirror.path)
        console.check()
        #expect(console.lines[0].contains("日志与镜像完好"))
        let broken = try console.line(ofResident: "单国强")
        try console.damage(line: broken)
        console.check()
        console.expect("frontdesk verify --repair --data")
        console.expectNot("没有镜像")
        console.press("Esc")
        _ = try Journal.repair(folder: folder)
        console.check()
        #expect(console.lines[0].contains("日志与镜像完好"))
        console.estate.clock.pass(seconds: 10)
        _ = console.controller.catchUp()
        console.expectNot("损坏")
        try console.damage(line: broken, in: mirror.path)
        console.check()
        console.expect("镜像损坏", near: "已核对")
        console.expect("镜像 desk/2026-11.jsonl", near: "损坏行")
        console.press("Esc")
        try FileManager.default.removeItem(atPath: mirror.path)
        console.check()
        console.expect("镜像读不到")
        console.expectNot("--repair")
    }

    @Test func repairedLinesAreReadAgain() throws {
        let console = try ConsoleDriver(as: "马门岗")
        try Journal.setMirror(of: console.estate.folder, to: mirror.path)
        try console.damage(line: try console.line(ofResident: "单国强"))
        let other = ConsoleController(
            try console.estate.secondStore(), as: console.store.estate.staff.member("S03"), language: .chinese)
        func bar() -> String { other.picture(console.size).lines[0] }
        func check() {
            other.send(.key(.control("y")))
            other.verification?.wait()
            _ = other.catchUp()
            other.send(.key(.escape))
        }
        console.estate.clock.pass(seconds: 10)
        _ = other.catchUp()
        #expect(bar().contains("日志损坏 2 处"))
        #expect(other.store.estate.people.persons.values.allSatisfy { $0.name != "单国强" })
        // The mirror is compared as well.
        check()
        #expect(bar().contains("日志损坏 3 处"))
        _ = try Journal.repair(folder: console.estate.folder)
        check()
        #expect(bar().contains("日志与镜像完好"))
        // The journal is read again in the background, which may be over already.
        let isBack = other.store.estate.people.persons.values.contains { $0.name == "单国强" }
        #expect(other.awaited.count == 1 || isBack)
        other.store.history?.wait()
        console.estate.clock.pass(seconds: 10)
        #expect(other.catchUp() || isBack)
        #expect(!bar().contains("损坏") && other.awaited.isEmpty)
        #expect(other.store.estate.people.persons.values.contains { $0.name == "单国强" })
    }

    @Test func damageReportWaitsForTheForm() throws {
        let console = try ConsoleDriver(as: "马门岗")
        try console.damage(line: try console.line(ofResident: "单国强"))
        console.press("Ctrl-Y", "F8")
        console.type("张")
        console.awaitVerification()
        #expect(console.lines[0].contains("日志损坏 2 处"))
        console.expectNot("已核对")
        console.type("三")
        #expect(console.lineOfCaret.contains("张三"))
        #expect(console.lines[0].contains("日志损坏 2 处"), "an alarm, when the notice is gone")
        console.fill("房号/被访人", "3-2-501")
        console.fill("事由", "快递")
        console.press("Ctrl-S")
        console.expectRow(GateView.self) { $0.name == "张三" }
        console.expect("日志损坏 2 处 · 已核对")
    }

    @Test func damageReportWaitsWhileTyping() throws {
        let console = try ConsoleDriver(as: "王芳")
        try console.damage(line: try console.line(ofResident: "单国强"))
        console.takeCall()
        console.press("Ctrl-Y")
        console.type("电梯")
        console.awaitVerification()
        console.type("异响")
        #expect(console.lineOfCaret.contains("电梯异响"))
        console.expectNot("已核对")
        console.open("followups")
        console.expect("日志损坏 2 处 · 已核对")
        console.press("Esc")
        console.open("calls")
        #expect(console.lineOfCaret.contains("电梯异响"))
    }

    @Test(arguments: PictureTests.sizes, [Language.chinese, .english])
    func theListFitsEveryScreenAndScrollsToItsEnd(size: Size, language: Language) throws {
        let console = try ConsoleDriver(as: "马门岗", language: language, size: size)
        for line in stride(from: 3, to: 21, by: 2) { try console.damage(line: line) }
        console.check()
        let (found, grid) = (try Verification(of: console.estate.folder), console.grid)
        #expect((0..<size.height).allSatisfy { y in grid.row(y).reduce(0) { $0 + Int($1.width) } == size.width })
        #expect(found.damages.count > 10)
        console.expect("1/\(found.damages.count)")
        console.press("PageDown", "PageDown", "End")
        console.expect("@\(found.damages.last?.offset ?? 0)", near: "2026-11")
        console.expect(language == .chinese ? "没有镜像" : "There is no mirror")
        if language == .english { #expect(!console.lines.contains { $0.contains("日志") || $0.contains("行") }) }
    }

    // MARK: The mirror

    @Test func aConsoleThatOnlyReadsWarnsOfAMirrorThatIsGone() throws {
        let console = try ConsoleDriver(as: "马门岗")
        try Journal.setMirror(of: console.estate.folder, to: mirror.path)
        console.estate.clock.pass(seconds: 1)
        #expect(!console.controller.catchUp())
        try FileManager.default.removeItem(atPath: mirror.path)
        console.estate.clock.pass(seconds: 1)
        #expect(console.controller.catchUp())
        #expect(console.lines[0].contains("镜像跟不上"))
        console.estate.clock.pass(seconds: 1)
        #expect(!console.controller.catchUp())
        let other = ConsoleController(try console.estate.secondStore(), as: nil, language: .chinese)
        #expect(other.picture(console.size).lines[0].contains("镜像跟不上"), "from the first picture on")
        try Journal.setMirror(of: console.estate.folder, to: mirror.path)
        console.estate.clock.pass(seconds: 1)
        #expect(console.controller.catchUp())
        console.expectNot("镜像跟不上")
    }
}
