import Journal
import Screen
import Testing

@testable import Console
@testable import Estate

@Suite struct LiveTests {
    private func arrive(_ name: String, _ store: Store, host: String = "3-2-501") throws {
        let members = ["name": name, "host": host, "purpose": "快递"].mapValues { JSONValue.string($0) }
        try store.perform(ArriveVisitor.read(members, zone: .shanghai), by: "S03")
    }

    @Test func anotherTerminalsVisitorAppearsAndTheSelectionStays() throws {
        let desk = try Script(as: "马门岗")
        let other = try desk.estate.secondStore()
        for (index, name) in ["陈一", "陈二", "陈三"].enumerated() {
            desk.estate.clock.set("09:0\(index)")
            try arrive(name, other)
        }
        #expect(desk.desk.catchUp())
        desk.expect("在场", near: "陈二")
        desk.press("Down")
        desk.estate.clock.set("09:05")
        try other.perform(LeaveVisitor(visit: try #require(other.estate.gate.inside.first)), by: "S03")
        try arrive("陈四", other)
        #expect(desk.desk.catchUp())
        desk.expect("在场", near: "陈四")
        desk.expect("已离", near: "陈一")
        desk.press("Enter")
        desk.expect("陈二（3-2-501）现在离场？")
    }

    @Test func aFilterStaysAndLetsTheNewRowThrough() throws {
        let desk = try Script(as: "马门岗")
        let other = try desk.estate.secondStore()
        try arrive("陈一", other)
        try arrive("杨二", other)
        _ = desk.desk.catchUp()
        desk.press("Ctrl-F")
        desk.type("chen")
        desk.expectNot("杨二")
        try arrive("陈三", other)
        try arrive("杨四", other)
        #expect(desk.desk.catchUp())
        desk.expect("chen")
        #expect(desk.lineOfCaret.contains("chen"))
        desk.expect("陈三")
        desk.expectNot("杨四")
        desk.type("s")
        desk.expectNot("陈一")
        desk.press("Esc")
        desk.expect("杨四")
    }

    @Test func aFormHalfTypedIsUntouched() throws {
        let desk = try Script(as: "马门岗")
        let other = try desk.estate.secondStore()
        desk.press("F8")
        desk.type("张")
        desk.press("Tab")
        desk.type("fl")
        let caret = desk.grid.cursor
        try arrive("陈一", other)
        #expect(desk.desk.catchUp())
        desk.expect("张", near: "姓名")
        desk.expect("fl", near: "房号/被访人")
        #expect(desk.grid.cursor == caret)
        desk.press("Enter")
        desk.expect("3-2-601", near: "房号/被访人")
        desk.type("看房")
        desk.press("Ctrl-S")
        desk.expect("在场", near: "张")
        desk.expect("在场", near: "陈一")
    }

    @Test func aDemandHalfTypedIsUntouched() throws {
        let desk = try Script(as: "王芳")
        desk.press("Enter", "Enter")
        desk.type("电梯")
        try arrive("陈一", try desk.estate.secondStore())
        #expect(desk.desk.catchUp())
        #expect(desk.lineOfCaret.contains("电梯"))
        desk.type("异响")
        desk.press("Enter")
        #expect(try desk.demands() == ["电梯异响"])
        desk.expectNot("2 电梯异响")
    }

    @Test func aCallThatRingsElsewhereForTheSameOperatorIsShown() throws {
        let desk = try Script(as: "王芳")
        let other = try desk.estate.secondStore()
        try other.perform(RingCall(direction: .incoming, phone: Phone(text: "13800002222", zone: .shanghai)), by: "S02")
        #expect(desk.desk.catchUp())
        desk.expect("响铃 1 声")
        desk.expect("单国强", near: "3-2-502")
        desk.estate.clock.pass(seconds: 6)
        #expect(desk.desk.catchUp())
        desk.expect("响铃 2 声")
        desk.press("Enter")
        desk.expectRow(CallsView.self) { $0.rings == 2 }
    }

    @Test func theClockAloneMakesANewPicture() throws {
        let desk = try Script(as: "马门岗")
        #expect(!desk.desk.catchUp())
        desk.estate.clock.set("09:01")
        #expect(desk.desk.catchUp())
        desk.expect("09:01")
        #expect(!desk.desk.catchUp())
    }

    @Test func aNoticeGoesAwayAndLeavesPeace() throws {
        let desk = try Script(as: "马门岗")
        desk.press("F6", "F8")
        desk.fill("姓名", "张三")
        desk.fill("房号/被访人", "3-2-501")
        desk.fill("事由", "快递")
        desk.press("Ctrl-S")
        #expect(desk.lines[0].contains("来访登记"))
        desk.estate.clock.pass(seconds: 10)
        #expect(desk.desk.catchUp())
        #expect(!desk.lines[0].contains("来访登记"))
        #expect(!desk.desk.catchUp())
    }
}
