import Foundation
import Journal
import Screen
import Synchronization
import Testing

@testable import Console
@testable import Estate

/// A check of the journal that goes on when the test says so.
private final class Steps: Sendable {
    private let (next, done) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    private let share = Mutex<Double?>(0)
    private let stopped = Mutex(false)

    var wasStopped: Bool { stopped.withLock { $0 } }

    func go(to part: Double) {
        share.withLock { $0 = part }
        next.signal()
        done.wait()
    }

    func finish() {
        share.withLock { $0 = nil }
        next.signal()
    }

    var verify: Desk.Verify {
        { [self] folder, goOn in
            while true {
                next.wait()
                guard let part = share.withLock({ $0 }) else { break }
                let isWanted = goOn(part)
                stopped.withLock { $0 = !isWanted }
                done.signal()
                if !isWanted { break }
            }
            return try Verification(of: folder) { _ in !wasStopped }
        }
    }
}

@Suite struct VerificationTests {
    private let mirror = Mirrored()

    /// A folder of a test's own, gone with the test.
    private final class Mirrored {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("mirror-\(UUID().uuidString)").path
        deinit { try? FileManager.default.removeItem(atPath: path) }
    }

    /// Changes a byte of the journal in a line that has a text.
    private func damage(_ desk: Script, at text: String, in folder: String? = nil) throws {
        let log = URL(fileURLWithPath: folder ?? desk.estate.folder + "/journal").appendingPathComponent("desk")
        let segment = log.appendingPathComponent("2026-11.jsonl")
        var data = try Data(contentsOf: segment)
        let place = try #require(data.range(of: Data(text.utf8)))
        data[place.upperBound - 1] ^= 1
        // In its place, so that whoever has it open sees it.
        let file = try FileHandle(forWritingTo: segment)
        try file.seek(toOffset: UInt64(place.upperBound - 1))
        try file.write(contentsOf: Data([data[place.upperBound - 1]]))
        try file.close()
    }

    /// Checks the journal and waits until it is done.
    private func check(_ desk: Script) {
        desk.press("F9")
        desk.type("核对日志")
        desk.press("Enter")
        desk.awaitVerification()
    }

    @Test func anIntactJournalIsSaidToBeSoInPassing() throws {
        let desk = try Script(as: "王芳")
        check(desk)
        let count = try Verification(of: desk.estate.folder).lines
        #expect(desk.lines[0].contains("✓ 日志完好：\(count) 行"))
        #expect(desk.grid[40, 0].style.ground != .danger)
        desk.estate.clock.pass(seconds: 5)
        #expect(desk.desk.catchUp())
        desk.expectNot("日志")
        // Nothing is left to wait for.
        #expect(desk.desk.awaited.isEmpty && !desk.desk.catchUp())
    }

    @Test func itIsFoundByItsNameInEveryTongueAndByItsKey() throws {
        for words in ["hdrz", "核对", "check the j", "verify"] {
            let desk = try Script(as: "马门岗")
            desk.press("F9")
            desk.type(words)
            desk.expect("Ctrl-Y", near: "核对日志")
            desk.press("Enter")
            #expect(desk.desk.verification != nil)
            desk.awaitVerification()
        }
        let desk = try Script(as: "马门岗", language: .english)
        desk.press("F1")
        desk.type("check")
        desk.press("Enter")
        desk.awaitVerification()
        desk.expect("the journal is intact")
    }

    @Test func aGaugeShowsHowFarItIsWhileTheWorkGoesOn() throws {
        let steps = Steps()
        let desk = try Script(as: "马门岗", verify: steps.verify)
        desk.press("Ctrl-Y")
        #expect(desk.lines[0].contains("核对日志  ────────   0%"))
        steps.go(to: 0.25)
        #expect(desk.desk.catchUp())
        #expect(desk.lines[0].contains("核对日志  ██──────  25%"))
        desk.expect("翠湖花园", near: "09:00")

        // Keys do what they always do.
        desk.press("F8")
        desk.type("张三")
        steps.go(to: 0.5)
        #expect(desk.desk.catchUp())
        #expect(desk.lineOfCaret.contains("张三"))
        desk.type("丰")
        desk.fill("房号/被访人", "3-2-501")
        desk.fill("事由", "快递")
        desk.press("Ctrl-S")
        desk.expectRow(GateView.self) { $0.name == "张三丰" }
        desk.estate.clock.pass(seconds: 5)
        steps.go(to: 0.505)
        _ = desk.desk.catchUp()
        #expect(desk.lines[0].contains("核对日志  ████────  50%"))
        #expect(!desk.desk.catchUp(), "what cannot be seen is no news")

        steps.finish()
        desk.awaitVerification()
        #expect(desk.lines[0].contains("日志完好"))
        desk.estate.clock.pass(seconds: 5)
        _ = desk.desk.catchUp()
        #expect(!desk.lines[0].contains("核对日志"))
    }

    @Test func asLongAsItRunsItIsNotBegunAgain() throws {
        let steps = Steps()
        let desk = try Script(as: "马门岗", verify: steps.verify)
        desk.press("Ctrl-Y")
        steps.go(to: 0.43)
        _ = desk.desk.catchUp()
        let first = desk.desk.verification
        desk.press("Ctrl-Y")
        #expect(desk.lines[0].contains("正在核对日志：43%"))
        #expect(desk.desk.verification === first)
        desk.press("F9")
        desk.type("核对日志")
        desk.expect("正在核对日志：43%")
        desk.press("Enter", "Esc")
        #expect(desk.desk.verification === first)
        steps.finish()
        desk.awaitVerification()
        desk.press("Ctrl-Y")
        #expect(desk.desk.verification != nil)
        steps.finish()
        desk.awaitVerification()
        desk.expect("日志完好")
    }

    @Test(arguments: ["F10", "nobody is left"]) func leavingStopsIt(how: String) throws {
        let steps = Steps()
        var desk: Script? = try Script(as: "马门岗", verify: steps.verify)
        desk?.press("Ctrl-Y")
        steps.go(to: 0.1)
        #expect(!steps.wasStopped)
        let work = desk?.desk.verification
        if how == "F10" { desk?.press("F10") } else { desk = nil }
        steps.go(to: 0.2)
        #expect(steps.wasStopped)
        work?.wait()
        if let desk {
            #expect(desk.desk.isOver && desk.desk.catchUp())
            desk.expectNot("日志完好")
        }
    }

    @Test func whatCannotBeReadIsSaid() throws {
        let desk = try Script(as: "马门岗") { folder, _ in throw JournalError.missing(folder: folder) }
        desk.press("Ctrl-Y")
        desk.awaitVerification()
        #expect(desk.lines[0].contains("没有小区数据") && desk.grid[40, 0].style.ground == .danger)
    }

    // MARK: Damage

    @Test func damageIsListedWithWhatIsConcerned() throws {
        let desk = try Script(as: "马门岗")
        try damage(desk, at: "单国强")
        check(desk)
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
        try damage(desk, at: "单国\u{5F3B}")
        check(desk)
        desk.expect("日志完好")
        desk.estate.clock.pass(seconds: 10)
        _ = desk.desk.catchUp()
        desk.expectNot("日志损坏")
    }

    @Test func withAMirrorTheCommandThatMendsItIsNamed() throws {
        let desk = try Script(as: "马门岗")
        let folder = desk.estate.folder
        try Journal.setMirror(of: folder, to: mirror.path)
        check(desk)
        #expect(desk.lines[0].contains("日志与镜像完好"))
        try damage(desk, at: "单国强")
        check(desk)
        desk.expect("frontdesk verify --repair --data")
        desk.expectNot("没有镜像")
        desk.press("Esc")
        _ = try Journal.repair(folder: folder)
        check(desk)
        #expect(desk.lines[0].contains("日志与镜像完好"))
        try damage(desk, at: "单国强", in: mirror.path)
        check(desk)
        desk.expect("镜像损坏", near: "已核对")
        desk.expect("镜像 desk/2026-11.jsonl", near: "损坏行")
        desk.press("Esc")
        try FileManager.default.removeItem(atPath: mirror.path)
        check(desk)
        desk.expect("镜像读不到")
        desk.expectNot("--repair")
    }

    @Test func nothingComesBetweenSomebodyAndAForm() throws {
        let desk = try Script(as: "马门岗")
        try damage(desk, at: "单国强")
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
        try damage(desk, at: "单国强")
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

    // MARK: Pictures

    @Test(arguments: PictureTests.sizes, [Language.chinese, .english])
    func theListFitsEveryScreenAndScrollsToItsEnd(size: Size, language: Language) throws {
        let desk = try Script(as: "马门岗", language: language, size: size)
        let texts = ["单国强", "李小四", "冯六", "孙七", "周主管", "孙财务", "5-1-1201", "浙A1234", "13800004444", "057188880000"]
        for text in texts { try damage(desk, at: text) }
        check(desk)
        let (found, grid) = (try Verification(of: desk.estate.folder), desk.grid)
        #expect((0..<size.height).allSatisfy { y in grid.row(y).reduce(0) { $0 + Int($1.width) } == size.width })
        #expect(found.damages.count > 10)
        desk.expect("1/\(found.damages.count)")
        desk.press("PageDown", "PageDown", "End")
        desk.expect("@\(found.damages.last?.offset ?? 0)", near: "2026-11")
        desk.expect(language == .chinese ? "没有镜像" : "There is no mirror")
        if language == .english { #expect(!desk.lines.contains { $0.contains("日志") || $0.contains("行") }) }
    }

    @Test(arguments: PictureTests.sizes) func theGaugeIsInSightOnEveryScreen(size: Size) throws {
        let steps = Steps()
        let desk = try Script(as: "王芳", size: size, verify: steps.verify)
        desk.press("Ctrl-Y")
        steps.go(to: 1)
        _ = desk.desk.catchUp()
        #expect(desk.lines[0].contains("████████ 100%"))
        #expect(desk.lines[0].contains("09:00"))
        steps.finish()
        desk.awaitVerification()
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
