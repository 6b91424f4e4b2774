import Foundation
import Journal
import Screen
import Testing

@testable import Console
@testable import Estate

@Suite struct DamageTests {
    private let mirror = MirrorFolder()

    @Test func damageIsListedWithWhatIsConcerned() throws {
        let desk = try Script(as: "马门岗")
        try desk.damage(at: "单国强")
        desk.check()
        desk.expect("日志损坏 2 处 · 已核对")
        desk.expect("损坏行", near: "日志 desk/2026-11.jsonl")
        let found = try Verification(of: desk.estate.folder)
        let line = try #require(found.damages.compactMap(\.sequences).first).lowerBound
        for damage in found.damages { desk.expect("@\(damage.offset)", near: damage.kind.label.chinese) }
        desk.expect("\(line)", near: "缺行")
        desk.expect("没有镜像，无法自动修复。涉及第 \(line) 行")
        desk.expectNot("--repair")
        // What lies below gets no key of it.
        desk.expectNothingRecorded { desk.press("Enter", "Space", "Ctrl-S") }
        desk.expect("已核对")
        desk.press("Down")
        desk.expect("2/2")
        desk.press("Esc")
        desk.expectNot("已核对")
        // It stays an alarm until a check finds it mended.
        #expect(desk.lines[0].contains("日志损坏 2 处"))
        try desk.damage(at: "单国\u{5F3B}")
        desk.check()
        desk.expect("日志完好")
        desk.estate.clock.pass(seconds: 10)
        _ = desk.desk.catchUp()
        desk.expectNot("日志损坏")
    }

    @Test func withAMirrorTheCommandThatMendsItIsNamed() throws {
        let desk = try Script(as: "马门岗")
        let folder = desk.estate.folder
        try Journal.setMirror(of: folder, to: mirror.path)
        desk.check()
        #expect(desk.lines[0].contains("日志与镜像完好"))
        try desk.damage(at: "单国强")
        desk.check()
        desk.expect("frontdesk verify --repair --data")
        desk.expectNot("没有镜像")
        desk.press("Esc")
        _ = try Journal.repair(folder: folder)
        desk.check()
        #expect(desk.lines[0].contains("日志与镜像完好"))
        desk.estate.clock.pass(seconds: 10)
        _ = desk.desk.catchUp()
        desk.expectNot("损坏")
        try desk.damage(at: "单国强", in: mirror.path)
        desk.check()
        desk.expect("镜像损坏", near: "已核对")
        desk.expect("镜像 desk/2026-11.jsonl", near: "损坏行")
        desk.press("Esc")
        try FileManager.default.removeItem(atPath: mirror.path)
        desk.check()
        desk.expect("镜像读不到")
        desk.expectNot("--repair")
    }

    @Test func whatWasMendedComesBackIntoAConsoleThatMissedIt() throws {
        let desk = try Script(as: "马门岗")
        try Journal.setMirror(of: desk.estate.folder, to: mirror.path)
        try desk.damage(at: "单国强")
        let other = Desk(try desk.estate.secondStore(), as: desk.store.estate.staff.member("S03"), language: .chinese)
        func bar() -> String { other.picture(desk.size).lines[0] }
        func check() {
            other.send(.key(.control("y")))
            other.verification?.wait()
            _ = other.catchUp()
            other.send(.key(.escape))
        }
        desk.estate.clock.pass(seconds: 10)
        _ = other.catchUp()
        #expect(bar().contains("日志损坏 2 处"))
        #expect(other.store.estate.people.persons.values.allSatisfy { $0.name != "单国强" })
        // The mirror is compared as well.
        check()
        #expect(bar().contains("日志损坏 3 处"))
        _ = try Journal.repair(folder: desk.estate.folder)
        check()
        #expect(bar().contains("日志与镜像完好"))
        // It is read anew beside the work; where that was quick, it came in with the check itself.
        let isBack = other.store.estate.people.persons.values.contains { $0.name == "单国强" }
        #expect(other.awaited.count == 1 || isBack)
        other.store.history?.wait()
        desk.estate.clock.pass(seconds: 10)
        #expect(other.catchUp() || isBack)
        #expect(!bar().contains("损坏") && other.awaited.isEmpty)
        #expect(other.store.estate.people.persons.values.contains { $0.name == "单国强" })
    }

    @Test func nothingComesBetweenSomebodyAndAForm() throws {
        let desk = try Script(as: "马门岗")
        try desk.damage(at: "单国强")
        desk.press("Ctrl-Y", "F8")
        desk.type("张")
        desk.awaitVerification()
        #expect(desk.lines[0].contains("日志损坏 2 处"))
        desk.expectNot("已核对")
        desk.type("三")
        #expect(desk.lineOfCaret.contains("张三"))
        #expect(desk.lines[0].contains("日志损坏 2 处"), "an alarm, when the notice is gone")
        desk.fill("房号/被访人", "3-2-501")
        desk.fill("事由", "快递")
        desk.press("Ctrl-S")
        desk.expectRow(GateView.self) { $0.name == "张三" }
        desk.expect("日志损坏 2 处 · 已核对")
    }

    @Test func norBetweenSomebodyAndADemandBeingTyped() throws {
        let desk = try Script(as: "王芳")
        try desk.damage(at: "单国强")
        desk.press("Enter", "Enter", "Ctrl-Y")
        desk.type("电梯")
        desk.awaitVerification()
        desk.type("异响")
        #expect(desk.lineOfCaret.contains("电梯异响"))
        desk.expectNot("已核对")
        desk.press("F4")
        desk.expect("日志损坏 2 处 · 已核对")
        desk.press("Esc", "F2")
        #expect(desk.lineOfCaret.contains("电梯异响"))
    }

    @Test(arguments: PictureTests.sizes, [Language.chinese, .english])
    func theListFitsEveryScreenAndScrollsToItsEnd(size: Size, language: Language) throws {
        let desk = try Script(as: "马门岗", language: language, size: size)
        let texts = ["单国强", "李小四", "冯六", "孙七", "周主管", "孙财务", "5-1-1201", "浙A1234", "13800004444", "057188880000"]
        for text in texts { try desk.damage(at: text) }
        desk.check()
        let (found, grid) = (try Verification(of: desk.estate.folder), desk.grid)
        #expect((0..<size.height).allSatisfy { y in grid.row(y).reduce(0) { $0 + Int($1.width) } == size.width })
        #expect(found.damages.count > 10)
        desk.expect("1/\(found.damages.count)")
        desk.press("PageDown", "PageDown", "End")
        desk.expect("@\(found.damages.last?.offset ?? 0)", near: "2026-11")
        desk.expect(language == .chinese ? "没有镜像" : "There is no mirror")
        if language == .english { #expect(!desk.lines.contains { $0.contains("日志") || $0.contains("行") }) }
    }

    // MARK: The mirror

    @Test func aConsoleThatOnlyReadsWarnsOfAMirrorThatIsGone() throws {
        let desk = try Script(as: "马门岗")
        try Journal.setMirror(of: desk.estate.folder, to: mirror.path)
        desk.estate.clock.pass(seconds: 1)
        #expect(!desk.desk.catchUp())
        try FileManager.default.removeItem(atPath: mirror.path)
        desk.estate.clock.pass(seconds: 1)
        #expect(desk.desk.catchUp())
        #expect(desk.lines[0].contains("镜像跟不上"))
        desk.estate.clock.pass(seconds: 1)
        #expect(!desk.desk.catchUp())
        let other = Desk(try desk.estate.secondStore(), as: nil, language: .chinese)
        #expect(other.picture(desk.size).lines[0].contains("镜像跟不上"), "from the first picture on")
        try Journal.setMirror(of: desk.estate.folder, to: mirror.path)
        desk.estate.clock.pass(seconds: 1)
        #expect(desk.desk.catchUp())
        desk.expectNot("镜像跟不上")
    }
}
