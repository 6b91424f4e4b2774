import Foundation
import Screen
import Testing

@testable import Console
@testable import Estate

/// 应急: one key from anywhere, the kind by its digit, real or a drill, then the card.
@Suite struct EmergencyTests {
    private static let size = Size(width: 80, height: 24)

    private func desk(as member: String = "马门岗", size: Size = size) throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: member, size: size)
        for (name, host) in [("张三", "3-2-501"), ("李雷", "3-2-601")] {
            try console.estate.do("visitor.arrive", ["name": name, "host": host, "purpose": "快递"], by: "S03")
        }
        _ = console.controller.catchUp()
        return console
    }

    private func incident(_ console: ConsoleDriver) throws -> Incident {
        try #require(console.store.estate.incidents.all.values.last)
    }

    /// A lift with people in it, by four keys.
    private func trapped(_ console: ConsoleDriver) { console.press("Alt-j", "2", "Enter") }

    @Test func fourKeysFromAnywhereToTheClock() throws {
        let console = try desk()
        console.press("Alt-j")
        console.expect("应急 · 什么情况？")
        console.expect("2 电梯困人")
        console.press("2")
        console.expect("电梯困人 · 真实还是演练？")
        console.press("Enter")
        let incident = try incident(console)
        #expect(incident.kind == "电梯困人" && !incident.isDrill && incident.by == "S03" && incident.inside.count == 2)
        console.expect("电梯困人 · 真实", near: "09:00 起 0 分")
        console.expect("占位文字，不是本小区的《紧急事件处理程序》")
    }

    @Test func aDrillIsChosen() throws {
        let console = try desk()
        console.press("Alt-j", "1")
        // A digit of what is typed about the place chooses nothing.
        console.expectNothingRecorded { console.press("2") }
        console.press("Down", "Enter")
        #expect(try incident(console).isDrill)
        console.expect("火灾 · 演练")
    }

    /// Letters and digits of an input method, Caps Lock, the second key.
    @Test(arguments: ["Alt-j", "Alt-J", "Ctrl-End"]) func theKeyWorksWithAnInputMethodOn(key: String) throws {
        let console = try desk()
        console.press(key)
        console.expect("应急 · 什么情况？")
        console.press("２")
        console.expect("电梯困人 · 真实还是演练？")
        console.press("Esc")
        #expect(console.store.estate.incidents.all.isEmpty && console.controller.session.layers.isEmpty)
    }

    @Test func pressedTwiceItOpensOneMenu() throws {
        let console = try desk()
        console.press("Alt-j", "Alt-j", "1", "Alt-j", "Enter")
        console.expect("火灾 · 真实")
        console.press("Esc")
        #expect(console.controller.session.layers.isEmpty && console.controller.session.parked.isEmpty)
    }

    @Test func nothingThatIsKnownTakesBothKeys() {
        for interceptor in KeyInterceptor.all {
            #expect(interceptor.keys.isDisjoint(with: Command.emergency.keys), "\(interceptor.name.english)")
        }
    }

    /// In every window, over a half-filled form, the palette, a question and the unit's card.
    @Test func itOpensOverWhateverIsOpenAndThatComesBack() throws {
        let openings: [[String]] = [["F8"], ["F9"], ["F10"], ["Space"], ["F1"], ["Ctrl-F"], ["Ctrl-G"], ["F11"]]
        for keys in openings {
            let console = try desk()
            console.open("gate")
            for key in keys { console.press(key) }
            let (before, layers) = (console.screen, console.controller.session.layers.count)
            console.press("Alt-j")
            console.expect("应急 · 什么情况？")
            console.press("Esc")
            #expect(console.controller.session.layers.count == layers, "\(keys)")
            console.estate.clock.pass(seconds: 10)
            _ = console.controller.catchUp()
            #expect(console.screen == before, "\(keys)")
        }
    }

    @Test func aHalfFilledFormComesBackWithItsText() throws {
        let console = try desk()
        console.open("gate")
        console.press("F8")
        console.type("王小二")
        trapped(console)
        console.expect("电梯困人 · 真实")
        console.press("Enter", "Esc")
        console.expect("来访登记")
        #expect(console.lineOfCaret.contains("王小二"))
        #expect(console.store.estate.incidents.open.count == 1)
    }

    @Test(arguments: ["王芳", "马门岗", "周主管", "赵经理"]) func whoMayOpensItFromEveryWindow(member: String) throws {
        let console = try desk(as: member)
        for window in Windows.visible(to: console.controller.context.member?.role) {
            console.open(window.name)
            console.press("Alt-j")
            console.expect("应急 · 什么情况？")
            console.press("Esc")
        }
    }

    @Test func whoMayNotIsTold() throws {
        let console = try desk(as: "孙财务", size: Size(width: 120, height: 36))
        console.press("Alt-j")
        #expect(console.controller.session.layers.isEmpty)
        let reason = try #require(console.controller.context.disabledReason(OpenIncident.self))
        console.expect(reason.chinese)
    }

    @Test func underTheLockNothingOpens() throws {
        let console = try desk()
        try console.estate.givePIN("2580", to: "S03")
        _ = console.controller.catchUp()
        console.press("Ctrl-X")
        console.press("Alt-j")
        console.expectNot("什么情况")
    }

    // MARK: The card

    @Test func enterRecordsTheStepsOneAfterAnother() throws {
        let console = try desk()
        trapped(console)
        console.expect("1 先安抚")
        console.at("09:02")
        console.press("Enter")
        console.at("09:03")
        console.press("Enter")
        let steps = try incident(console).steps
        #expect(steps.map(\.number) == [1, 2] && steps.map(\.by) == ["S03", "S03"])
        console.expect("✓  1 先安抚", near: "09:02 马门岗")
        console.expect("09:00 起 3 分")
        // Out of order is kept.
        console.press("Down", "Down", "Enter")
        #expect(try incident(console).steps.last?.number == 5)
    }

    @Test func aStepThatIsDoneIsAskedAboutBeforeItIsRecordedAgain() throws {
        let console = try desk()
        trapped(console)
        console.press("Enter", "Home")
        console.expectNothingRecorded { console.press("Enter") }
        console.expect("第 1 步 09:00 已做，再记一次？")
        console.agree()
        #expect(try incident(console).steps.map(\.number) == [1, 1])
        console.expect("×2")
    }

    @Test func aHeldEnterRecordsOneStep() throws {
        let console = try desk()
        trapped(console)
        console.holdEnter()
        #expect(try incident(console).steps.count == 1)
    }

    @Test func f8SaysWhoWasTold() throws {
        let console = try desk()
        trapped(console)
        console.expect("还没有告知任何人（F8）")
        console.press("F8")
        console.expect("电梯困人 · 告知")
        console.type("119")
        console.press("Ctrl-S")
        console.press("F8")
        console.type("周主管")
        console.press("Ctrl-S")
        #expect(try incident(console).told.map(\.who) == ["119", "S04"])
        console.expect("已告知 119 09:00  周主管 09:00")
        console.press("F8")
        console.type("业主 13812345678")
        console.expect("文字里有电话号码")
    }

    @Test func whatIsNotOnTheCardIsNotedInWords() throws {
        let console = try desk()
        trapped(console)
        console.press("Ctrl-N")
        console.type("业委会主任到场")
        console.press("Ctrl-S")
        #expect(try incident(console).steps.map(\.text) == ["业委会主任到场"])
        console.expect("业委会主任到场", near: "09:00 马门岗")
    }

    @Test func theRollCallIsTakenWithEnter() throws {
        let console = try desk()
        trapped(console)
        console.press("Tab")
        console.expect("点名：在场 2 人，未见到 2 人")
        console.press("Enter")
        #expect(try incident(console).sightings.count == 1)
        console.expect("点名：在场 2 人，未见到 1 人")
        console.expect("张三  3-2-501  快递", near: "见到 09:00")
        console.press("Enter")
        console.expect("点名：在场 2 人，未见到 0 人")
        console.expectNothingRecorded { console.press("Enter", "Up", "Enter") }
        console.press("Tab")
        console.press("Enter")
        #expect(try incident(console).steps.map(\.number) == [1])
    }

    @Test func whoLeavesAtAnotherTerminalIsAccountedFor() throws {
        let console = try desk()
        trapped(console)
        let visit = try incident(console).inside[0]
        try console.estate.do("visitor.leave", ["visit": visit.id.text], by: "S02")
        _ = console.controller.catchUp()
        console.press("Tab")
        console.expect("点名：在场 2 人，未见到 1 人")
        console.expect("张三", near: "已离场")
    }

    @Test func itIsClosedWithANoteAndAQuestionAboutWhoIsMissing() throws {
        let console = try desk()
        trapped(console)
        console.press("Ctrl-E")
        console.type("救出两人")
        console.press("Ctrl-S")
        console.expect("还有 2 人没有见到，就此结束？")
        console.expect("张三 3-2-501、李雷 3-2-601")
        console.agree()
        #expect(try incident(console).closing?.note == "救出两人")
        console.expect("已结束，历时 0 分")
        console.expectNothingRecorded { console.press("Home", "Enter", "Ctrl-E") }
        console.press("Esc")
        console.press("Alt-j")
        console.expect("应急 · 什么情况？")
    }

    // MARK: With the telephone, and with others

    @Test func aRingStillShowsAndTheCallComesFirst() throws {
        let console = try desk(as: "王芳", size: Size(width: 120, height: 36))
        try console.estate.do("staff.add", ["staff": "T01", "name": "总机", "role": "operator"])
        trapped(console)
        console.press("Enter")
        try console.estate.do("call.ring", ["phone": "13800002222"], by: "T01")
        _ = console.controller.catchUp()
        #expect(console.lines[0].contains("响铃 单国强 F2"))
        console.press("F2")
        console.expectNot("占位文字")
        console.expectRow(CallsView.self) { $0.by == "王芳" && $0.answered != nil }
        console.press("Ctrl-E", "Enter")
        console.expect("电梯困人 · 真实")
        console.press("Enter")
        #expect(try incident(console).steps.map(\.number) == [1, 2])
    }

    @Test func whatIsUnderWayIsInTheStatusBarOfEveryWindowAndOfOthers() throws {
        let console = try desk()
        trapped(console)
        console.press("Esc")
        console.at("09:12")
        #expect(console.lines[0].contains("! 电梯困人 12 分 Alt-j"))
        let other = try ConsoleDriver(console.estate, as: "王芳", size: Self.size)
        #expect(other.lines[0].contains("电梯困人 12 分"))
        other.press("Alt-j")
        other.expect("电梯困人 · 真实")
        // From a card the key leads to a second emergency.
        other.press("Alt-j")
        other.expect("应急 · 什么情况？")
        other.expect("进行中：电梯困人")
        other.press("4", "Enter")
        #expect(other.store.estate.incidents.open.map(\.kind) == ["电梯困人", "停电"])
        other.expect("停电 · 真实")
        #expect(other.controller.session.layers.count == 1)
    }

    @Test func aRestartLosesNothing() throws {
        let console = try desk()
        trapped(console)
        console.press("Enter")
        let again = try ConsoleDriver(console.estate, as: "马门岗", size: Self.size)
        again.press("Alt-j")
        again.expect("✓  1 先安抚", near: "马门岗")
        again.press("Enter")
        #expect(again.store.estate.incidents.open.first?.steps.map(\.number) == [1, 2])
    }

    @Test func anEmergencyWithoutACardIsWorkedInWords() throws {
        let console = try desk()
        try console.estate.do("incident.open", ["kind": "可疑包裹"], by: "S03")
        _ = console.controller.catchUp()
        console.press("Alt-j")
        console.expect("没有这类情况的处理卡")
        console.press("Ctrl-N")
        console.type("疏散大堂")
        console.press("Ctrl-S")
        console.expect("疏散大堂")
    }

    // MARK: Pictures and the list

    @Test func card80x24() throws {
        let console = try desk()
        trapped(console)
        console.press("Enter")
        let lines = console.lines
        #expect(lines.count == 24)
        #expect(lines[1].contains("╭─ 电梯困人 · 真实 ─") && lines[1].contains("09:00 起 0 分"))
        #expect(lines[2].contains("占位文字，不是本小区的《紧急事件处理程序》。"))
        #expect(lines[3].contains("还没有告知任何人（F8）"))
        #expect(lines[4].contains("✓  1 先安抚") && lines[4].contains("09:00 马门岗"))
        #expect(lines[5].contains("▌○  2 立即通知维保"))
        #expect(lines[13].contains("点名：在场 2 人，未见到 2 人"))
        #expect(lines[14].contains("张三  3-2-501  快递") && lines[14].contains("未见到"))
        // The whole text of the selected step.
        #expect(lines[20].contains("2. 立即通知维保，记时刻，问到场时间（当地多要求30分钟内）。"))
        #expect(lines[23].contains("Enter 已做") && lines[23].contains("F8 告知") && lines[23].contains("Tab 点名"))
    }

    @Test func theListHasItsLogAndItsReport() throws {
        let console = try desk()
        trapped(console)
        console.press("Enter", "Esc")
        console.show("incidents")
        console.expect("电梯困人", near: "1/9")
        console.expect("进行中 1")
        console.press("Space")
        console.expect("1. 先安抚")
        console.press("Esc", "Enter")
        console.expect("电梯困人 · 真实")
        console.press("Esc", "Ctrl-E")
        let reports = try FileManager.default.contentsOfDirectory(atPath: "\(console.estate.folder)/reports")
        #expect(reports.count == 1 && reports[0].hasPrefix("incident-2026-11-23"))
        console.press("Esc", "Ctrl-R")
        console.expect("还没有结束")
    }

    @Test func theDebriefIsTheSupervisors() throws {
        let console = try desk(as: "周主管", size: Size(width: 120, height: 36))
        let id = try console.estate.do("incident.open", ["kind": "停电", "drill": "yes"], by: "S03")
        try console.estate.do("incident.close", ["incident": id, "note": "来电"], by: "S03")
        _ = console.controller.catchUp()
        console.expect("应急复盘")
        console.show("incidents")
        console.expect("待复盘 11-26 前")
        console.press("Ctrl-R")
        console.type("发电机要加油")
        console.press("Ctrl-S")
        #expect(try incident(console).debrief?.note == "发电机要加油")
        console.expect("已复盘")
    }

    @Test func inEnglishToo() throws {
        let console = try ConsoleDriver(as: "马门岗", language: .english, size: Self.size)
        console.press("Alt-j", "2", "Enter")
        console.expect("Trapped in a lift · real")
        console.expect("Placeholder text")
        console.expect("nobody was told yet (F8)")
    }
}
