import Foundation
import Screen
import Testing

@testable import Console
@testable import Estate

/// 交接: the checklist at the change of guards (7.3).
@Suite struct HandoverTests {
    private func onDuty(
        as member: String = "马门岗", holder: String = "S03", size: Size = Size(width: 80, height: 24)
    ) throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: member, size: size)
        try console.estate.do("staff.add", ["staff": "S09", "name": "夏杰", "role": "guard"])
        try console.estate.do("shift.open", ["post": "门岗", "staff": holder], by: holder)
        _ = console.controller.catchUp()
        console.open("gate")
        console.press("Ctrl-G")
        return console
    }

    private func layer(_ console: ConsoleDriver) throws -> HandoverLayer {
        try #require(console.controller.session.layers.compactMap { $0 as? HandoverLayer }.last)
    }

    private func closed(_ console: ConsoleDriver) throws -> Shift {
        try #require(console.store.estate.shifts.all.values.first { $0.closed != nil })
    }

    @Test func nothingIsAnsweredByDefaultAndNoLineIsLeftEmpty() throws {
        let console = try onDuty()
        let all = try layer(console).draft.items.count
        #expect(try layer(console).draft.openItems.count == all)
        console.expect("交班 · 门岗", near: "0/\(all)")
        console.expectNothingRecorded { console.press("Ctrl-S") }
        console.expect("还有 \(all) 项没有填")
        #expect(console.controller.session.layers.last is HandoverLayer)
    }

    /// One key a line, then who relieves: an uneventful handover.
    @Test func anUneventfulHandoverTakesOneKeyALine() throws {
        let console = try onDuty()
        let lines = try layer(console).draft.items.count
        // 交接动作 and 来访 by Enter, the others by 0 or their number.
        console.press("Enter", "Enter")
        for key in ["0", "0", "0", "0", "2", "4", "2", "2", "1", "2", "2", "2", "6", "5", "2", "0", "0", "0"] {
            console.type(key)
        }
        #expect(try layer(console).draft.openItems.isEmpty && lines == 20)
        console.press("Ctrl-S")
        console.expect("交班 · 无在场访客")
        console.type("夏杰")
        console.press("Ctrl-S")
        let shift = try closed(console)
        #expect(shift.next == "S09" && shift.handover?.ritual == true && shift.handover?.differences.isEmpty == true)
        #expect(shift.handover?.items?.answers == [1: "无", 2: "无", 3: "无", 4: "无", 5: "无", 8: "无", 9: "正常", 10: "整洁"])
        #expect(shift.handover?.missing(by: console.store.estate.handbook.shifts).items == [])
        #expect(console.controller.session.layers.isEmpty)
    }

    @Test func aDifferenceAsksWhoSeesToIt() throws {
        let console = try onDuty()
        for _ in 0..<6 { console.press("Down") }
        console.expect("应有 2", near: "对讲机")
        console.type("1")
        console.press("Enter")
        console.expect("对讲机 1/2 不符：")
        console.press("Enter")
        console.expect("写清怎么回事、谁处理")
        console.type("一台送修")
        console.press("Enter")
        console.expect("1/2  一台送修")
        #expect(try layer(console).draft.handover.differences.map(\.text) == ["对讲机 1/2 一台送修"])
    }

    @Test func wordsAreTypedWithAnInputMethodAndTheCaretIsInTheField() throws {
        let console = try onDuty()
        console.press("Down", "Down", "Down")
        for character in "三栋漏水，18 点前等维修" { console.type(String(character)) }
        #expect(console.lineOfCaret.contains("三栋漏水"))
        console.press("Enter")
        console.expect("未了的事", near: "三栋漏水，18 点前等维修")
        // Full-width digits are none as well.
        console.type("０")
        console.expect("今晚要留意", near: "无")
    }

    @Test func aHeldEnterPassesOneLine() throws {
        let console = try onDuty()
        console.holdEnter()
        let draft = try layer(console).draft
        #expect(draft.items.count - draft.openItems.count == 1)
    }

    @Test func escDropsNothingUnasked() throws {
        let console = try onDuty()
        console.press("Enter", "Esc")
        console.expect("交接清单还没有签，丢开已填的？")
        console.press("Esc")
        #expect(try layer(console).draft.answers.count == 1)
        console.press("Esc")
        console.agree()
        #expect(console.controller.session.layers.isEmpty)
    }

    /// Both are there: one action on the disk, with both signatures.
    @Test func takingOverIsOneActionWithBothSignatures() throws {
        let console = try onDuty(holder: "S09")
        console.expect("当面交接 · 门岗  夏杰")
        let before = console.store.revision
        console.fillHandover()
        console.expect("接 夏杰 的班（门岗）？")
        console.agree()
        let shift = try closed(console)
        #expect(console.store.revision != before)
        #expect(shift.signature?.by == "S03" && shift.signature?.confirmed == Array(1...10))
        #expect(shift.handover?.ritual == true && shift.signature?.ritual == true)
        #expect(console.store.estate.shifts.open.map(\.staff) == ["S03"])
        #expect(console.controller.session.layers.isEmpty)
    }

    @Test func theIncomingMemberConfirmsEachItemAndMaySignWithAReservation() throws {
        let console = try ConsoleDriver(as: "马门岗", size: Size(width: 80, height: 24))
        try console.estate.do("staff.add", ["staff": "S09", "name": "夏杰", "role": "guard"])
        let shift = try console.estate.do("shift.open", ["post": "门岗", "staff": "S09"], by: "S09")
        try console.estate.do(
            "shift.close",
            [
                "shift": shift, "next": "S03", "items": "1:无;3:等维修;8:两件包裹", "equipment": "手电 1 一支送修;盾牌 1",
            ], by: "S09")
        _ = console.controller.catchUp()
        console.open("gate")
        console.expect("无人当班")
        console.press("Ctrl-G")
        console.expect("签收 · 门岗  夏杰")
        console.expect("未了的事", near: "等维修")
        console.expect("器械", near: "手电 1/2 一支送修；1 种相符")
        for _ in 0..<11 { console.press("Enter") }
        console.type("手电待查")
        console.press("Enter", "Ctrl-S")
        console.expect("签收 夏杰 的交班，接 门岗 的班？")
        console.agree()
        let signature = try closed(console).signature
        #expect(signature?.confirmed == Array(1...10) && signature?.reservation == "手电待查")
        #expect(signature?.ritual == true)
        console.show("shifts")
        console.expect("夏杰", near: "手电 1/2 一支送修")
    }

    @Test func thePageIsPrinted() throws {
        let console = try onDuty()
        console.press("Esc")
        console.show("shifts")
        console.press("Ctrl-E")
        let folder = "\(console.estate.folder)/reports"
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).contains { $0.hasPrefix("handover-") })
    }

    @Test(arguments: [Size(width: 80, height: 24), Size(width: 120, height: 36), Size(width: 160, height: 45)])
    func nothingIsCut(size: Size) throws {
        let console = try onDuty(size: size)
        console.expectNot("…")
        console.expect("接班人提前 10 分钟到岗")
        console.fillHandover()
        console.expect("交班 · 无在场访客")
    }

    @Test func linearModeAnswersALineByALine() throws {
        let console = try onDuty()
        console.press("Enter", "Enter")
        let (layer, context) = (try layer(console), console.controller.context)
        #expect(layer.keys(answering: "0", context) == [.character("0")])
        #expect(layer.keys(answering: "有", context) == [.character("有"), .enter])
        #expect(
            layer.keys(answering: "", context) == [.enter] && layer.keys(answering: "完成", context) == [.control("s")])
    }
}
