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
        let console = try ConsoleDriver(as: "马门岗")
        let other = try console.estate.secondStore()
        for (index, name) in ["陈一", "陈二", "陈三"].enumerated() {
            console.estate.clock.set("09:0\(index)")
            try arrive(name, other)
        }
        #expect(console.controller.catchUp())
        console.expect("在场", near: "陈二")
        console.press("Down")
        console.estate.clock.set("09:05")
        try other.perform(LeaveVisitor(visit: try #require(other.estate.gate.inside.first)), by: "S03")
        try arrive("陈四", other)
        #expect(console.controller.catchUp())
        console.expect("在场", near: "陈四")
        console.expect("已离", near: "陈一")
        console.press("Enter")
        console.expect("陈二（3-2-501）现在离场？")
    }

    @Test func aFilterStaysAndLetsTheNewRowThrough() throws {
        let console = try ConsoleDriver(as: "马门岗")
        let other = try console.estate.secondStore()
        try arrive("陈一", other)
        try arrive("杨二", other)
        _ = console.controller.catchUp()
        console.press("Ctrl-F")
        console.type("chen")
        console.expectNot("杨二")
        try arrive("陈三", other)
        try arrive("杨四", other)
        #expect(console.controller.catchUp())
        console.expect("chen")
        #expect(console.lineOfCaret.contains("chen"))
        console.expect("陈三")
        console.expectNot("杨四")
        console.type("s")
        console.expectNot("陈一")
        console.press("Esc")
        console.expect("杨四")
    }

    @Test func aFormHalfTypedIsUntouched() throws {
        let console = try ConsoleDriver(as: "马门岗")
        let other = try console.estate.secondStore()
        console.press("F8")
        console.type("张")
        console.press("Tab")
        console.type("fl")
        let caret = console.grid.cursor
        try arrive("陈一", other)
        #expect(console.controller.catchUp())
        console.expect("张", near: "姓名")
        console.expect("fl", near: "房号/被访人")
        #expect(console.grid.cursor == caret)
        console.press("Enter")
        console.expect("3-2-601", near: "房号/被访人")
        console.type("看房")
        console.press("Ctrl-S")
        console.expect("在场", near: "张")
        console.expect("在场", near: "陈一")
    }

    @Test func aDemandHalfTypedIsUntouched() throws {
        let console = try ConsoleDriver(as: "王芳")
        console.takeCall()
        console.type("电梯")
        try arrive("陈一", try console.estate.secondStore())
        #expect(console.controller.catchUp())
        #expect(console.lineOfCaret.contains("电梯"))
        console.type("异响")
        console.press("Enter")
        #expect(try console.demands() == ["电梯异响"])
        console.expectNot("2 电梯异响")
    }

    @Test func aCallThatRingsElsewhereForTheSameOperatorIsShown() throws {
        let console = try ConsoleDriver(as: "王芳")
        let other = try console.estate.secondStore()
        try other.perform(RingCall(direction: .incoming, phone: Phone(text: "13800002222", zone: .shanghai)), by: "S02")
        #expect(console.controller.catchUp())
        console.expect("响铃 1 声")
        console.expect("单国强", near: "3-2-502")
        console.estate.clock.pass(seconds: 6)
        #expect(console.controller.catchUp())
        console.expect("响铃 2 声")
        console.press("Enter")
        console.expectRow(CallsView.self) { $0.rings == 2 }
    }

    @Test func theClockAloneMakesANewPicture() throws {
        let console = try ConsoleDriver(as: "马门岗")
        #expect(!console.controller.catchUp())
        console.estate.clock.set("09:01")
        #expect(console.controller.catchUp())
        console.expect("09:01")
        #expect(!console.controller.catchUp())
    }

    /// A success is shown for 4 s, an error for 8 s.
    @Test func noticeExpires() throws {
        let console = try ConsoleDriver(as: "马门岗")
        console.open("gate")
        console.press("F8")
        console.fill("姓名", "张三")
        console.fill("房号/被访人", "3-2-501")
        console.fill("事由", "快递")
        console.press("Ctrl-S")
        for seconds in [0, 3] {
            console.estate.clock.pass(seconds: seconds)
            _ = console.controller.catchUp()
            #expect(console.lines[0].contains("来访登记"), "after \(seconds) s")
        }
        console.estate.clock.pass(seconds: 1)
        #expect(console.controller.catchUp())
        #expect(!console.lines[0].contains("来访登记"))
        #expect(!console.controller.catchUp())
    }

    @Test func anErrorIsShownLonger() throws {
        let console = try ConsoleDriver(as: "马门岗")
        console.open("calls")
        console.press("Ctrl-N")
        for seconds in [0, 5, 2] {
            console.estate.clock.pass(seconds: seconds)
            _ = console.controller.catchUp()
            #expect(console.lines[0].contains("只有一个通话"))
        }
        console.estate.clock.pass(seconds: 1)
        #expect(console.controller.catchUp())
        #expect(!console.lines[0].contains("只有一个通话"))
    }
}
