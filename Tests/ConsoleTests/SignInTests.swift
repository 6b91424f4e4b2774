import Screen
import Testing

@testable import Console
@testable import Estate

@Suite struct SignInTests {
    /// 王芳 with the PIN 4711, set at the console.
    private func guarded(size: Size = Size(width: 120, height: 36)) throws -> Script {
        let desk = try Script(as: "王芳", size: size)
        desk.press("Ctrl-V")
        desk.expect("设置密码")
        desk.type("4711")
        desk.press("Tab")
        desk.type("4711")
        desk.press("Enter")
        desk.expect("密码已设置")
        return desk
    }

    private func give(_ pin: String, _ desk: Script) {
        desk.type(pin)
        desk.press("Enter")
    }

    @Test func aPINIsSetWithoutBeingSeenAndAskedForFromThenOn() throws {
        let desk = try guarded()
        desk.signIn("马门岗")
        desk.expect("门岗 马门岗")
        desk.signIn("王芳")
        desk.expect("密码")
        desk.expect("门岗 马门岗")
        desk.type("47")
        desk.expect("密码  **")
        desk.expectNot("47")
        give("12", desk)
        desk.expect("密码不对，还可以试 4 次")
        give("12345", desk)
        desk.expect("还可以试 3 次")
        give("12", desk)
        desk.expect("密码是 4 到 12 位数字")
        give("4711", desk)
        desk.expect("前台接待 王芳")
    }

    @Test func whatDiffersIsNotTakenAndAPINIsChangedByWhoKnowsIt() throws {
        let desk = try guarded()
        desk.press("Ctrl-V")
        give("4711", desk)
        give("1234", desk)
        give("1235", desk)
        desk.expect("两次输入不同，密码未变")
        give("1234", desk)
        give("1234", desk)
        desk.expect("密码已设置")
        // The former one is not the present one.
        desk.press("Ctrl-V")
        give("4711", desk)
        give("", desk)
        give("", desk)
        desk.expect("密码不对")
        give("1234", desk)
        desk.press("Ctrl-S")
        desk.expect("密码已清除")
        #expect(desk.store.estate.staff.pins.isEmpty)
    }

    @Test func fiveWrongTriesLockUntilTheTimeIsOver() throws {
        let desk = try guarded()
        desk.press("Ctrl-X")
        for _ in 0..<5 { give("0000", desk) }
        desk.expect("王芳 锁定到 11-23 09:01")
        give("4711", desk)
        desk.expect("锁定到")
        desk.at("09:01")
        give("4711", desk)
        desk.expect("F2 通话")
        desk.expectRow(StaffView.self) { $0.staff == "S02" && $0.pin && $0.locked == nil }
    }

    @Test func nothingIsSeenBeforeTheFirstHasSignedIn() throws {
        let desk = try guarded()
        try desk.estate.do("visitor.arrive", ["name": "张三", "host": "3-2-501", "purpose": "快递"])
        let other = Desk(
            try desk.estate.secondStore(), as: desk.store.estate.staff.member("S02"), language: .chinese)
        func screen() -> String { other.picture(desk.size).lines.joined(separator: "\n") }
        #expect(screen().contains("前台接待 王芳") && screen().contains("密码"))
        #expect(!screen().contains("张三"))
        other.send(.key(.escape))
        #expect(screen().contains("请选择您是谁") && !screen().contains("张三"))
        other.send(.key(.enter))
        #expect(screen().contains("经理 赵经理") && screen().contains("张三"), "who has no PIN need not give any")
    }

    @Test(arguments: [Size(width: 60, height: 16), Size(width: 80, height: 24), Size(width: 160, height: 45)])
    func aLockedScreenHidesEverythingAndAllIsThereAfterwards(size: Size) throws {
        let desk = try guarded(size: size)
        try desk.estate.do("visitor.arrive", ["name": "张三", "host": "3-2-501", "purpose": "快递"])
        _ = desk.desk.catchUp()
        desk.press("F6", "F8")
        desk.type("李四的朋友")
        desk.press("Ctrl-X")
        desk.expect("屏幕已锁定 · 09:00 起")
        desk.expect("翠湖花园")
        desk.expect("前台接待 王芳")
        for text in ["张三", "李四", "3-2-501", "138", "F6"] { desk.expectNot(text) }
        // What others record is taken in meanwhile, and still not shown; nobody ends it.
        try desk.estate.do("visitor.arrive", ["name": "欧阳锋", "host": "3-2-502", "purpose": "快递"])
        desk.at("09:05")
        desk.expect("09:05")
        for key in ["F10", "Ctrl-Q", "Esc", "F6", "F9", "F1", "Ctrl-X", "Ctrl-V"] { desk.press(key) }
        desk.expect("屏幕已锁定")
        desk.expectNot("欧阳锋")
        #expect(!desk.desk.isOver)
        give("4711", desk)
        desk.expect("李四的朋友")
        desk.expect("来访登记")
        desk.press("Esc", "Esc")
        desk.expect("欧阳锋")
    }

    @Test func anotherMemberWhoSignsInInsteadSeesNothingHalfDone() throws {
        let desk = try guarded()
        desk.press("F6", "F8")
        desk.type("李四的朋友")
        desk.press("Ctrl-X", "Ctrl-T")
        desk.expect("请选择您是谁")
        desk.press("Esc")
        desk.expect("屏幕已锁定")
        desk.press("Ctrl-T")
        desk.type("马门岗")
        desk.press("Enter")
        desk.expect("门岗 马门岗")
        desk.expectNot("李四的朋友")
        desk.expectNot("来访登记 ")
        desk.press("F8")
        desk.type("另一位")
        desk.press("Esc", "Esc")
        desk.signIn("王芳")
        give("4711", desk)
        desk.expect("李四的朋友")
        desk.expect("前台接待 王芳")
    }

    @Test func theScreenLocksWhenNobodyTouchesAKey() throws {
        let desk = try guarded()
        desk.at("09:09")
        desk.expectNot("屏幕已锁定")
        desk.press("Down")
        desk.at("09:18")
        desk.expectNot("屏幕已锁定")
        desk.at("09:19")
        desk.expect("屏幕已锁定")
        give("4711", desk)
        desk.signIn("马门岗")
        desk.at("12:00")
        desk.expect("门岗 马门岗")
        desk.press("Ctrl-X")
        desk.expect("没有密码")
    }

    @Test func aPINThatWasSetElsewhereIsAskedForWithoutLosingTheForm() throws {
        let desk = try Script(as: "马门岗")
        desk.press("F6", "F8")
        desk.fill("姓名", "张三")
        desk.fill("房号/被访人", "3-2-501")
        desk.fill("事由", "快递")
        let other = try desk.estate.secondStore()
        try other.setPIN(of: other.estate.staff.named("S03"), to: PIN(typed: "2468"), current: nil)
        desk.press("Ctrl-S")
        desk.expect("马门岗 有密码：请重新登录")
        desk.press("Ctrl-X")
        give("2468", desk)
        desk.press("Ctrl-S")
        desk.expectRow(GateView.self) { $0.name == "张三" }
    }

    @Test func aCommandThatIsNotTheirsSaysWhoMay() throws {
        let desk = try Script(as: "孙财务")
        desk.press("F6", "F8")
        desk.expect("财务不能“来访登记”；可以的有：经理、前台接待、门岗、主管")
    }

    @Test func theStatusLineTellsTheShiftWhereThereIsRoom() throws {
        let desk = try Script(as: "马门岗")
        try desk.estate.do("shift.open", ["post": "前台", "staff": "S02"])
        _ = desk.desk.catchUp()
        #expect(desk.lines[0].contains("门岗 马门岗  当班 前台 王芳 09:00 起"))
        desk.estate.clock.set("10:30")
        try desk.estate.do("shift.open", ["post": "门岗", "staff": "S03"])
        try desk.estate.do("shift.open", ["post": "后门", "staff": "S04"])
        _ = desk.desk.catchUp()
        for width in [60, 80, 120, 160] {
            desk.size = Size(width: width, height: 30)
            for text in ["翠湖花园", "门岗 马门岗", "当班 门岗 10:30 起", "10:30 "] {
                #expect(desk.lines[0].contains(text), "\(width): \(desk.lines[0])")
            }
            #expect(desk.lines[0].contains("11-23 周一") == (width >= 80), "\(width): \(desk.lines[0])")
        }
    }
}
