import Screen
import Testing

@testable import Console
@testable import Estate

@Suite struct SignInTests {
    /// 王芳 with the PIN 4711, signed in.
    private func guarded(size: Size = Size(width: 120, height: 36)) throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: "王芳", size: size)
        try console.estate.givePIN("4711", to: "S02")
        _ = console.controller.catchUp()
        console.press("Ctrl-X")
        give("4711", console)
        return console
    }

    /// Types a new PIN twice.
    private func setPIN(_ pin: String, _ console: ConsoleDriver) {
        console.type(pin)
        console.press("Tab")
        console.type(pin)
        console.press("Enter")
    }

    private func give(_ pin: String, _ console: ConsoleDriver) {
        console.type(pin)
        console.press("Enter")
    }

    /// The code that is shown, which only a meant Enter closes.
    private func recoveryCode(_ console: ConsoleDriver) throws -> String {
        console.expect("恢复码")
        let code = try #require(console.screen.firstMatch(of: /[0-9A-Z]{4}(-[0-9A-Z]{4}){4}/))
        console.controller.shown()
        console.press("Enter", "Esc")
        console.expect(String(code.output.0))
        console.agree()
        console.expectNot("恢复码")
        return String(code.output.0)
    }

    @Test(arguments: [Size(width: 80, height: 24), Size(width: 120, height: 36)])
    func firstPINOfManagerShowsTheRecoveryCodeOnce(size: Size) throws {
        let console = try ConsoleDriver(as: "赵经理", size: size)
        console.press("Ctrl-V")
        console.expect("设置密码")
        setPIN("271828", console)
        console.expect("frontdesk pin --recover --as 工号")
        let code = try recoveryCode(console)
        // It is good at the command line, once.
        let other = try console.estate.secondStore()
        let manager = try other.estate.staff.named("S01")
        let recovered = try other.recover(manager, by: RecoveryCode(typed: code), pin: PIN(typed: "3141"))
        #expect(recovered.code != nil)
        // A changed PIN has no new code.
        console.press("Ctrl-V")
        give("3141", console)
        setPIN("271828", console)
        console.expect("密码已设置")
        console.expectNot("恢复码")
    }

    @Test func managerSetsThePINOfAMemberWhoTypesIt() throws {
        let console = try ConsoleDriver(as: "赵经理", size: Size(width: 80, height: 24))
        func ask() {
            console.press("F9")
            console.type("为员工设密码")
            console.press("Enter")
        }
        ask()
        console.expect("请先用 Ctrl-V 设置自己的密码")
        console.press("Esc", "Ctrl-V")
        setPIN("271828", console)
        _ = try recoveryCode(console)
        ask()
        console.expect("为谁设密码")
        console.expectNot("S01")
        console.type("王芳")
        console.press("Enter")
        console.expect("设置密码 · 王芳")
        setPIN("4711", console)
        console.expect("已为 王芳 设置密码")
        console.expectNot("恢复码")
        console.signIn("王芳")
        give("4711", console)
        console.expect("前台接待 王芳")
    }

    @Test func memberDoesNotSetTheirOwnFirstPIN() throws {
        let console = try ConsoleDriver(as: "马门岗")
        console.press("Ctrl-V")
        console.expect("先由经理设置自己的密码")
        try console.estate.givePIN("4711", to: "S02")
        _ = console.controller.catchUp()
        console.press("Ctrl-V")
        console.expect("第一次的密码由经理设置")
    }

    @Test func managerWithoutPINIsNotAdmittedOnceThereAreSome() throws {
        let console = try guarded()
        let other = try console.estate.secondStore()
        try other.signIn(other.estate.staff.named("S01"), pin: PIN(typed: "271828"))
        try other.perform(AddStaff(staff: "S20", name: "钱经理", role: .manager), by: "S01")
        _ = console.controller.catchUp()
        console.signIn("钱经理")
        console.expect("钱经理 还没有：请有密码的经理设置")
        console.expectNot("客服经理 钱经理")
        let another = ConsoleController(
            try console.estate.secondStore(), as: other.estate.staff.member("S20"), language: .chinese)
        #expect(another.picture(console.size).lines.contains { $0.contains("请选择您是谁") })
    }

    @Test func aPINIsAskedForWithoutBeingSeen() throws {
        let console = try guarded()
        console.signIn("马门岗")
        console.expect("门岗 马门岗")
        console.signIn("王芳")
        console.expect("密码")
        console.expect("门岗 马门岗")
        console.type("47")
        console.expect("密码  **")
        console.expectNot("47")
        give("12", console)
        console.expect("密码不对，还可以试 4 次")
        give("12345", console)
        console.expect("还可以试 3 次")
        give("12", console)
        console.expect("密码是 4 到 12 位数字")
        give("4711", console)
        console.expect("前台接待 王芳")
    }

    @Test func aNewPINMustBeTypedTwiceAlike() throws {
        let console = try guarded()
        console.press("Ctrl-V")
        give("4711", console)
        give("1234", console)
        give("1235", console)
        console.expect("两次输入不同，密码未变")
        give("1234", console)
        give("1234", console)
        console.expect("密码已设置")
        // The former one is not the present one.
        console.press("Ctrl-V")
        give("4711", console)
        give("", console)
        give("", console)
        console.expect("密码不对")
        give("1234", console)
        console.press("Ctrl-S")
        console.expect("密码已清除")
        #expect(!console.store.estate.staff.hasPIN("S02"))
    }

    @Test func fiveWrongTriesLockUntilTheTimeIsOver() throws {
        let console = try guarded()
        console.press("Ctrl-X")
        for _ in 0..<5 { give("0000", console) }
        console.expect("王芳 锁定到 11-23 09:01")
        give("4711", console)
        console.expect("锁定到")
        console.at("09:01")
        give("4711", console)
        console.expect("F2 通话")
        console.expectRow(StaffView.self) { $0.staff == "S02" && $0.pin && $0.locked == nil }
    }

    @Test func nothingIsSeenBeforeTheFirstHasSignedIn() throws {
        let console = try guarded()
        try console.estate.do("visitor.arrive", ["name": "张三", "host": "3-2-501", "purpose": "快递"], by: "S03")
        let other = ConsoleController(
            try console.estate.secondStore(), as: console.store.estate.staff.member("S02"), language: .chinese)
        func screen() -> String { other.picture(console.size).lines.joined(separator: "\n") }
        #expect(screen().contains("前台接待 王芳") && screen().contains("密码"))
        #expect(!screen().contains("张三"))
        other.send(.key(.escape))
        #expect(screen().contains("请选择您是谁") && !screen().contains("张三"))
        for character in "马门岗" { other.send(.key(.character(character))) }
        other.send(.key(.enter))
        #expect(screen().contains("门岗 马门岗") && screen().contains("张三"), "who has no PIN need not give any")
    }

    @Test(arguments: [Size(width: 60, height: 16), Size(width: 80, height: 24), Size(width: 160, height: 45)])
    func aLockedScreenHidesEverythingAndAllIsThereAfterwards(size: Size) throws {
        let console = try guarded(size: size)
        try console.estate.do("visitor.arrive", ["name": "张三", "host": "3-2-501", "purpose": "快递"], by: "S03")
        _ = console.controller.catchUp()
        console.open("gate")
        console.press("F8")
        console.type("李四的朋友")
        console.press("Ctrl-X")
        console.expect("屏幕已锁定 · 09:00 起")
        console.expect("翠湖花园")
        console.expect("前台接待 王芳")
        for text in ["张三", "李四", "3-2-501", "138", "F6"] { console.expectNot(text) }
        // Facts of other terminals are taken in but not shown, and the console cannot be quit.
        try console.estate.do("visitor.arrive", ["name": "欧阳锋", "host": "3-2-502", "purpose": "快递"], by: "S03")
        console.at("09:05")
        console.expect("09:05")
        for key in ["F10", "Ctrl-Q", "Esc", "F6", "F9", "F1", "Ctrl-X", "Ctrl-V"] { console.press(key) }
        console.expect("屏幕已锁定")
        console.expectNot("欧阳锋")
        #expect(!console.controller.isOver)
        give("4711", console)
        console.expect("李四的朋友")
        console.expect("来访登记")
        console.press("Esc", "Esc")
        console.expect("欧阳锋")
    }

    @Test func secondMemberSeesNoOpenForms() throws {
        let console = try guarded()
        console.open("gate")
        console.press("F8")
        console.type("李四的朋友")
        console.press("Ctrl-X", "Ctrl-T")
        console.expect("请选择您是谁")
        console.press("Esc")
        console.expect("屏幕已锁定")
        console.press("Ctrl-T")
        console.type("马门岗")
        console.press("Enter")
        console.expect("门岗 马门岗")
        console.expectNot("李四的朋友")
        console.expectNot("来访登记 ")
        console.press("F8")
        console.type("另一位")
        console.press("Esc", "Esc")
        console.signIn("王芳")
        give("4711", console)
        console.expect("李四的朋友")
        console.expect("前台接待 王芳")
    }

    @Test func theScreenLocksWhenNobodyTouchesAKey() throws {
        let console = try guarded()
        console.at("09:09")
        console.expectNot("屏幕已锁定")
        console.press("Down")
        console.at("09:18")
        console.expectNot("屏幕已锁定")
        console.at("09:19")
        console.expect("屏幕已锁定")
        give("4711", console)
        console.signIn("马门岗")
        console.at("12:00")
        console.expect("门岗 马门岗")
        console.press("Ctrl-X")
        console.expect("没有密码")
    }

    @Test func aPINThatWasSetElsewhereIsAskedForWithoutLosingTheForm() throws {
        let console = try ConsoleDriver(as: "马门岗")
        console.open("gate")
        console.press("F8")
        console.fill("姓名", "张三")
        console.fill("房号/被访人", "3-2-501")
        console.fill("事由", "快递")
        try console.estate.givePIN("2468", to: "S03")
        console.press("Ctrl-S")
        console.expect("马门岗 有密码：请重新登录")
        console.press("Ctrl-X")
        give("2468", console)
        console.press("Ctrl-S")
        console.expectRow(GateView.self) { $0.name == "张三" }
    }

    @Test func aDisabledCommandNamesTheRoles() throws {
        let console = try ConsoleDriver(as: "孙财务")
        console.open("gate")
        console.press("F8")
        console.expect("财务不能“来访登记”；可以的有：客服经理、前台接待、门岗、客服主管")
    }

    @Test func statusLineShowsShiftIfThereIsRoom() throws {
        let console = try ConsoleDriver(as: "马门岗")
        try console.estate.do("shift.open", ["post": "前台", "staff": "S02"])
        _ = console.controller.catchUp()
        #expect(console.lines[0].contains("门岗 马门岗  当班 前台 王芳 09:00 起"))
        console.estate.clock.set("10:30")
        try console.estate.do("shift.open", ["post": "门岗", "staff": "S03"])
        try console.estate.do("shift.open", ["post": "后门", "staff": "S04"])
        _ = console.controller.catchUp()
        for width in [60, 80, 120, 160] {
            console.size = Size(width: width, height: 30)
            for text in ["翠湖花园", "门岗 马门岗", "在场 0 人", "10:30 "] {
                #expect(console.lines[0].contains(text), "\(width): \(console.lines[0])")
            }
            for text in ["当班 门岗 10:30 起", "11-23 周一"] {
                #expect(console.lines[0].contains(text) == (width >= 80), "\(width): \(console.lines[0])")
            }
        }
    }

    @Test func whoHasLeftIsSignedOutAndCannotComeBack() throws {
        let console = try ConsoleDriver(as: "王芳")
        console.press("F8")
        try console.estate.do("staff.leave", ["staff": console.estate.store.estate.staff.named("王芳").code])
        _ = console.controller.catchUp()
        console.expect("王芳 已离职，请换人登录")
        console.expect("请选择您是谁")
        console.expectNot("前台 王芳")
        console.signIn("马门岗")
        console.expect("门岗 马门岗")
    }
}
