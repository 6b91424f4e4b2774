import Screen
import Testing

@testable import Console
@testable import Estate

/// A form whose ground has changed meanwhile says so before it sends.
@Suite struct ChangedFormTests {
    @Test func aProposedAmountFollowsAndIsShownAgain() throws {
        let console = try ConsoleDriver(as: "孙财务")
        console.open("fees")
        console.press("Enter")
        console.fill("方式", "现金")
        try console.estate.do("payment.receive", ["unit": "3-2-501", "amount": "186.50"], by: "S02")
        _ = console.controller.catchUp()
        console.expect("情况有变：金额 373.00 → 186.50")
        console.expect("金额", near: "186.50")
        console.expect("方式", near: "现金")
        console.type("x")
        console.press("Backspace")
        console.press("Ctrl-S")
        console.expect("情况有变")
        console.expectNot("收到 3-2-501")
        console.press("Ctrl-S")
        console.expect("收到 3-2-501 李四 186.50 元？")
    }

    @Test func aTypedAmountStays() throws {
        let console = try ConsoleDriver(as: "孙财务")
        console.open("fees")
        console.press("Enter")
        console.fill("金额", "100")
        try console.estate.do("payment.receive", ["unit": "3-2-501", "amount": "186.50"], by: "S02")
        _ = console.controller.catchUp()
        console.expect("金额", near: "100")
    }

    @Test func aRequestAssignedElsewhereIsToldInTheTitle() throws {
        let console = try ConsoleDriver(as: "王芳")
        let id = try console.estate.do("request.open", ["class": "repair.minor", "unit": "3-2-501", "text": "漏水"])
        _ = console.controller.catchUp()
        console.open("requests")
        console.press("Ctrl-G")
        console.type("钱科长")
        try console.estate.do("request.assign", ["request": id, "to": "孙财务"], by: "S04")
        _ = console.controller.catchUp()
        console.expect("现由孙财务处理")
        console.expectNothingRecorded { console.press("Ctrl-S") }
        console.expect("情况有变：见标题")
        console.press("Ctrl-S")
        #expect(console.store.estate.requests.all.values.first?.assignment?.to.text == "S08")
    }

    @Test func aRecordThatIsDoneElsewhereIsTold() throws {
        let console = try ConsoleDriver(as: "王芳")
        let id = try console.estate.do("request.open", ["class": "repair.minor", "unit": "3-2-501", "text": "漏水"])
        _ = console.controller.catchUp()
        console.open("requests")
        console.press("Ctrl-N")
        console.type("已关阀")
        try console.estate.do("request.complete", ["request": id], by: "S04")
        _ = console.controller.catchUp()
        console.expect("这条记录已在别处处理")
        #expect(console.lineOfCaret.contains("已关阀"))
        console.expectNothingRecorded { console.press("Ctrl-S", "Ctrl-S", "Enter") }
        console.expect("不能再提交")
    }

    /// Two consoles take the same unit's money: the second form is not sent.
    @Test func aDebtThatIsPaidElsewhereIsNotPaidAgain() throws {
        let console = try ConsoleDriver(as: "孙财务")
        console.open("fees")
        console.press("Enter")
        console.expect("收款 · ")
        for row in console.rows(ArrearsView.self) {
            try console.estate.do("payment.receive", ["unit": row.unit.text, "amount": row.owed.text])
        }
        _ = console.controller.catchUp()
        console.expect("这条记录已在别处处理")
        console.expectNothingRecorded {
            console.press("Ctrl-S")
            console.agree()
        }
    }

    @Test func whatDoesNotConcernItLeavesAFormInPeace() throws {
        let console = try ConsoleDriver(as: "孙财务")
        console.open("fees")
        console.press("Enter")
        try console.estate.do("visitor.arrive", ["name": "张三", "host": "3-2-501", "purpose": "快递"])
        console.at("10:30")
        console.expectNot("情况有变")
    }

    @Test func aHandOverFollowsWhoIsInside() throws {
        let console = try ConsoleDriver(as: "马门岗")
        try console.estate.do("shift.open", ["post": "门岗", "staff": "S03"], by: "S03")
        try console.estate.do("visitor.arrive", ["name": "张三丰", "host": "3-2-501", "purpose": "看房"], by: "S03")
        _ = console.controller.catchUp()
        console.press("Ctrl-G")
        console.fillHandover()
        console.type("周主管")
        try console.estate.do("visitor.arrive", ["name": "欧阳锋", "host": "3-2-502", "purpose": "看房"], by: "S03")
        _ = console.controller.catchUp()
        console.expect("张三丰(3-2-501)、欧阳锋(3-2-502)")
        console.expectNothingRecorded { console.press("Ctrl-S") }
        console.expect("情况有变：见标题")
        console.press("Ctrl-S")
        #expect(console.store.estate.shifts.open.isEmpty)
        #expect(console.store.estate.shifts.all.values.first?.handed.count == 2)
    }

    /// The list of a hand-over is as long as it has to be, and every name is on the screen.
    @Test(arguments: [Size(width: 80, height: 24), Size(width: 120, height: 36)])
    func aLongTitleIsShownInFull(size: Size) throws {
        let console = try ConsoleDriver(as: "马门岗", size: size)
        try console.estate.do("shift.open", ["post": "门岗", "staff": "S03"], by: "S03")
        // Latin names, which no line break splits.
        let names = (1...10).map { "Visitor\($0)x" }
        for name in names {
            try console.estate.do("visitor.arrive", ["name": name, "host": "3-2-501", "purpose": "看房"])
        }
        _ = console.controller.catchUp()
        console.press("Ctrl-G")
        console.fillHandover()
        console.expect("交班")
        for name in names { console.expect(name + "(3-2-501)") }
    }
}
