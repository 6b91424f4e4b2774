import Foundation
import Screen
import Testing

@testable import Console
@testable import Estate

/// 登记簿: what comes in and goes out at the gate, from the keyboard.
@Suite struct RegisterListTests {
    private func gate(
        as member: String = "马门岗", size: Size = Size(width: 80, height: 24), now: String = "2026-11-23 09:00"
    ) throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: member, size: size, now: now)
        console.show("registers")
        return console
    }

    private func add(_ console: ConsoleDriver, _ members: [String: String], by: String = "S03") throws {
        try console.estate.do("register.add", members, by: by)
        _ = console.controller.catchUp()
    }

    private func entries(_ console: ConsoleDriver) -> [RegisterEntry] {
        Array(console.store.estate.registers.all.values)
    }

    @Test func f8AddsAndEnterCloses() throws {
        let console = try gate()
        console.expect("没有登记；F8 开放行条")
        console.press("F8")
        console.expect("登记物品")
        console.type("钥匙")
        console.fill("物品", "地库门卡")
        console.fill("谁", "王五")
        console.press("Ctrl-S")
        #expect(entries(console).map(\.register) == [.key])
        #expect(entries(console).first?.due?.text == "2026-11-23")
        console.expect("地库门卡", near: "今天")
        console.expect("未了结 1")
        console.expectNothingRecorded { console.press("Enter") }
        console.expect("钥匙“地库门卡”现在已还？")
        console.agree()
        #expect(entries(console).first?.closing?.outcome == .returned)
        console.expect("未了结 0")
    }

    @Test func closingOtherwiseSaysWhatBecameOfIt() throws {
        let console = try gate()
        try add(console, ["register": "lost", "what": "黑色钱包", "who": "李保安"])
        console.press("Ctrl-N")
        console.expect("了结 · 黑色钱包")
        console.fill("说明", "收据2026118")
        console.fill("结果", "交公安")
        console.press("Ctrl-S")
        console.agree()
        #expect(entries(console).first?.closing?.outcome == .police)
        console.expect("交公安 09:00")
        console.press("Enter")
        console.expect("这一条已经了结")
    }

    @Test func theMostOverdueComesFirstAndTheFilterFindsNamesAndPinyin() throws {
        let console = try gate()
        try add(console, ["register": "parcel", "what": "纸箱", "who": "王五"])
        try add(console, ["register": "key", "what": "天台钥匙", "who": "赵六"])
        console.at("2026-11-25 09:00")
        let rows = console.lines.filter { $0.contains("纸箱") || $0.contains("天台钥匙") }
        #expect(rows.first?.contains("天台钥匙") == true && rows.first?.contains("迟 2 天") == true)
        console.expect("逾期 1")
        console.press("Ctrl-F")
        console.type("zhix")
        console.expect("纸箱")
        #expect(!console.lines.dropFirst(2).prefix(8).contains { $0.contains("天台钥匙") })
    }

    @Test(arguments: [("王芳", true), ("马门岗", false)]) func feesAreShownToTheDeskOnly(member: String, isTold: Bool) throws
    {
        let console = try gate(as: member, size: Size(width: 120, height: 36))
        console.press("F8")
        console.type("放行条")
        console.fill("物品", "冰箱")
        console.fill("谁", "搬运工")
        console.fill("房号", "3-2-501")
        console.press("Tab")
        #expect(console.sees("只提示，不影响放行") == isTold)
        console.press("Ctrl-S")
        #expect(entries(console).count == 1)
        if !isTold { console.expectNot("373.00") }
    }

    @Test func aTenantsRemovalWithoutTheOwnersWordIsMarkedAndGoesAllTheSame() throws {
        let console = try gate()
        try add(console, ["register": "goods", "what": "洗衣机", "who": "孙七", "unit": "5-1-1201"])
        console.expect("洗衣机 缺业主确认")
        console.press("Enter")
        console.expect("没有业主的话：报主管，不强留")
        console.agree()
        #expect(entries(console).first?.closing?.outcome == .left)
    }

    @Test func theSlipIsPrinted() throws {
        let console = try gate()
        try add(console, ["register": "key", "what": "门卡", "who": "王五"])
        console.press("Ctrl-E")
        console.expect("只有放行条可以打印")
        try add(console, ["register": "goods", "what": "沙发", "who": "李四", "unit": "3-2-501"])
        console.press("Down", "Ctrl-E")
        let reports = try FileManager.default.contentsOfDirectory(atPath: "\(console.estate.folder)/reports")
        #expect(reports.count == 1 && reports[0].hasPrefix("release-2026-11-23"))
    }

    @Test func whatIsOverdueStandsAtTheHandover() throws {
        let console = try gate()
        try add(console, ["register": "key", "what": "地库门卡", "who": "王五"])
        try console.estate.do("shift.open", ["post": "门岗", "staff": "S03"], by: "S03")
        console.at("2026-11-25 09:00")
        console.press("Ctrl-G")
        console.fillHandover()
        console.expect("钥匙逾期（11-23）：地库门卡 王五")
    }

    @Test func theUnitsCardHasWhatIsOpen() throws {
        let console = try gate(size: Size(width: 120, height: 36))
        try add(console, ["register": "parcel", "what": "保温箱", "who": "李四", "unit": "3-2-501"])
        console.press("F9")
        console.type("32501")
        console.press("Enter")
        console.expect("代收物品", near: "保温箱")
    }
}
