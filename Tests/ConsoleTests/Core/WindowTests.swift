import Screen
import Testing

@testable import Console
@testable import Estate

/// The windows on each role's keys, and their tabs.
@Suite struct WindowTests {
    static let keys: [(member: String, windows: [String])] = [
        ("王芳", ["通话", "工单", "回访", "欠费", "门岗", "巡检"]),
        ("马门岗", ["门岗", "通话", "回访", "工单", "巡检"]),
        ("周主管", ["巡检", "本月", "装修", "回访", "欠费", "工单"]),
        ("吴区域", ["巡检", "回访", "欠费", "工单", "通话", "门岗"]),
        ("郑管理", ["回访", "工单", "欠费", "门岗", "通话", "巡检"]),
        ("孙财务", ["欠费", "收缴", "出账", "回访", "工单", "通话"]),
        ("赵经理", ["本月", "回访", "工单", "欠费", "巡检", "门岗"]),
        ("钱科长", ["物资", "工单", "回访", "通话", "门岗", "巡检"]),
    ]

    @Test(arguments: keys) func eachRoleHasItsWindowsOnF2ToF7(member: String, windows: [String]) throws {
        let console = try ConsoleDriver(as: member, size: Size(width: 80, height: 24))
        let titles = windows.enumerated().map { "F\($0 + 2) \($1)" }
        #expect(console.lines[1].trimmed == titles.joined(separator: " │ "))
        for (index, title) in titles.enumerated() {
            let isFocused = console.controller.session.focusedWindow.label.chinese == windows[index]
            if !isFocused { console.press("F\(index + 2)") }
            console.expect("╭─ \(title)")
        }
    }

    @Test func beforeTheSignInTheKeysAreThoseOfAnOperator() throws {
        #expect(Windows.order(for: nil) == Windows.order(for: .operator))
        let console = try ConsoleDriver()
        console.signIn("马门岗")
        console.expect("F2 门岗")
        console.signIn("王芳")
        console.expect("F6 门岗")
    }

    @Test func aGuardReachesNoDebtsByKeyOrPalette() throws {
        let console = try ConsoleDriver(as: "马门岗")
        for key in ["F2", "F3", "F4", "F5", "F6", "F7"] {
            console.press(key)
            #expect(console.controller.session.focus != "fees", "\(key)")
        }
        console.press("F9")
        console.type("focus.fees")
        console.press("Enter")
        #expect(console.controller.session.focus != "fees")
    }

    @Test func aKeyOfTheKeyFileComesBeforeTheRolesKeys() throws {
        let keys = KeyTable(reading: "focus.gate = F3\nfees.dun = F16")
        #expect(keys.problems == [])
        for (member, table) in [
            ("王芳", ["calls": "F2", "requests": "", "gate": "F3"]), ("马门岗", ["gate": "F3", "calls": ""]),
        ] {
            let console = try ConsoleDriver(as: member, keys: keys)
            for (window, key) in table {
                #expect(console.controller.context.keys.key(ofWindow: window) == key, "\(member) \(window)")
            }
        }
        #expect(KeyTable(reading: "gate.leave = F6").problems.map(\.name) == ["gate.leave"])
    }

    // MARK: Tabs

    @Test func theKeyOfTheFocusedWindowShowsTheNextTab() throws {
        let console = try ConsoleDriver(as: "王芳")
        console.press("F6")
        for tab in ["来访", "车辆", "交接", "巡逻", "应急", "登记簿", "练习", "来访"] {
            console.expect("╭─ F6 门岗", near: tab)
            let styles = console.styles(of: tab)
            #expect(styles.contains { $0.tone == .title }, "\(tab)")
            console.press("F6")
        }
        console.expect("浙A12345")
        console.press("F2", "F6")
        console.expect("浙A12345")
    }

    /// Counts in the title come before the names of the tabs.
    @Test func aNarrowFrameShortensTheTabs() throws {
        let console = try ConsoleDriver(as: "周主管", size: Size(width: 60, height: 20))
        console.press("F8", "Ctrl-S")
        console.expect("╭─ F2 巡检 检查·整改·记录 · 本周 0/2  已检 0/58")
        console.press("Ctrl-N")
        console.type("未记录")
        console.press("Ctrl-S")
        console.expect("╭─ F2 巡检 检查·… · 本周 0/2  已检 1/58  不合格 1")
    }

    /// A new console begins with the first tabs. Where another member had signed in meanwhile, all is as it was left.
    @Test func aConsoleBeginsWithTheFirstTabs() throws {
        let console = try ConsoleDriver(as: "王芳")
        console.press("F5", "F5")
        #expect(console.controller.session.focused.name == "records.bills")
        console.signIn("马门岗")
        console.signIn("王芳")
        #expect(console.controller.session.focused.name == "records.bills")
        let again = ConsoleController(console.store, as: console.store.estate.staff.member("王芳"), language: .chinese)
        again.send(.key(.function(5)))
        #expect(again.session.focused.name == "fees")
    }

    /// Only in the focused window the key changes the tab.
    @Test(arguments: keys) func theFirstPressOfAKeyKeepsTheTab(member: String, windows: [String]) throws {
        let console = try ConsoleDriver(as: member)
        for index in windows.indices {
            let (key, other) = ("F\(index + 2)", "F\((index + 1) % windows.count + 2)")
            console.press(other, key)
            let first = console.controller.session.focused.name
            console.press(other, key)
            #expect(console.controller.session.focused.name == first)
            console.press(key)
            let second = console.controller.session.focused.name
            #expect((second != first) == (console.controller.session.focusedWindow.tabs.count > 1))
            console.press(other, key)
            #expect(console.controller.session.focused.name == second)
        }
    }

    /// With a call under way its window's key always leads to it.
    @Test func duringACallItsKeyNeverLeavesIt() throws {
        let console = try ConsoleDriver(as: "王芳")
        console.press("F2")
        #expect(console.controller.session.focused.name == "records.calls")
        console.press("F2")
        console.takeCall()
        for keys in [["F2"], ["F2", "F2"], ["F6", "F2"], ["F3", "F2", "F2", "F2"]] {
            for key in keys { console.press(key) }
            #expect(console.controller.session.focused.name == "calls", "\(keys)")
        }
    }

    @Test func thePaletteReachesATab() throws {
        let console = try ConsoleDriver(as: "马门岗")
        console.press("F9")
        console.type("门岗车辆")
        console.press("Enter")
        #expect(console.controller.session.focused.name == "records.vehicles")
        console.expect("浙A12345", near: "3-2-501")
    }

    @Test func everyTabOpensAFormAndChangesTheShift() throws {
        let console = try ConsoleDriver(as: "马门岗")
        console.press("F2", "F8")
        #expect(console.controller.session.focused.name == "records.vehicles")
        console.expect("来访登记")
        console.press("Esc", "F2", "F2", "F8")
        #expect(console.controller.session.focused.name == "patrols")
        console.expect("开始巡逻")
        console.press("Esc", "Ctrl-G")
        console.expect("接班")
    }

    /// A call that rings while another tab of its window is shown is shown in the status bar, and one key shows the tab.
    @Test func aRingBringsItsTabUp() throws {
        let console = try ConsoleDriver(as: "王芳")
        console.press("F2")
        #expect(console.controller.session.focused.name == "records.calls")
        console.expectNot("响铃")
        try console.estate.do("call.ring", ["direction": "incoming", "phone": "13800001111"], by: "S02")
        _ = console.controller.catchUp()
        #expect(console.lines[0].contains("响铃 李四 F2"))
        console.press("F2")
        #expect(console.controller.session.focused.name == "calls")
        #expect(!console.lines[0].contains("响铃"))
        console.press("F2")
        #expect(console.controller.session.focused.name == "calls", "what rings stays in sight")
    }

    // MARK: Panes made from views

    private func payments() throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: "孙财务")
        for (unit, amount) in [("3-2-501", "100"), ("3-2-601", "20"), ("3-2-501", "3")] {
            console.estate.clock.pass(seconds: 60)
            try console.estate.do("payment.receive", ["unit": unit, "amount": amount], by: "S07")
        }
        _ = console.controller.catchUp()
        console.show("records.payments")
        return console
    }

    private func amounts(_ console: ConsoleDriver) -> [String] {
        let pane = console.controller.session.pane(ViewPane<PaymentsView>.self)
        let index = pane?.columns.firstIndex { $0.name == "amount" } ?? 0
        return pane?.shownRows(console.controller.context).map { $0.texts[index] } ?? []
    }

    @Test func aViewsRowsAreShownTheLatestFirst() throws {
        let console = try payments()
        #expect(amounts(console) == ["3.00", "20.00", "100.00"])
        console.expect("3-2-601", near: "20.00")
        // Internal ids are not for people.
        #expect(console.screen.firstMatch(of: /01[0-9A-Z]{24}/) == nil)
    }

    @Test func aViewsRowsAreFilteredAndSorted() throws {
        let console = try payments()
        console.press("Ctrl-F")
        console.type("601")
        console.press("Enter")
        #expect(amounts(console) == ["20.00"])
        console.press("Esc")
        #expect(amounts(console).count == 3)
        let pane = try #require(console.controller.session.pane(ViewPane<PaymentsView>.self))
        let place = try #require(pane.columns.firstIndex { $0.name == "amount" })
        console.press("Ctrl-K")
        console.press("Down", times: place)
        console.press("Right", "Esc")
        #expect(amounts(console) == ["3.00", "20.00", "100.00"], "numbers are sorted by size")
    }

    @Test func aViewsRowHasDetailsAHistoryAndCopies() throws {
        let console = try payments()
        console.press("Space")
        console.expect("金额", near: "3.00")
        console.press("Esc", "Ctrl-\\")
        console.controller.lookup?.work.wait()
        _ = console.controller.catchUp()
        console.expect("历史 · ")
        console.press("Esc", "Ctrl-C", "Enter")
        #expect(
            console.controller.terminalRequests.contains {
                if case .copy(let text) = $0 { text.contains("3.00") } else { false }
            })
    }

    /// Ids are hidden in lists as well, and the time stands first.
    @Test func aShiftsHandedVisitorsAreNotListedByIds() throws {
        let console = try ConsoleDriver(as: "王芳", size: Size(width: 120, height: 36))
        try console.estate.do("shift.open", ["post": "门岗", "staff": "S03"], by: "S03")
        let visit = try console.estate.do(
            "visitor.arrive", ["name": "张三", "host": "3-2-501", "purpose": "快递"], by: "S03")
        let shift = try #require(console.store.estate.shifts.open.first)
        try console.estate.do(
            "shift.close", ["shift": shift.id.id.text, "next": "S03", "handed": visit], by: "S03")
        _ = console.controller.catchUp()
        console.press("F6", "F6", "F6", "F12")
        #expect(console.controller.session.focused.columns.first?.name == ShiftsView.timeKey)
        console.expect("马门岗", near: "门岗")
        #expect(console.screen.firstMatch(of: /01[0-9A-Z]{20}/) == nil)
    }

    /// Rows of a tab that is not in sight are not worked out.
    @Test func aHiddenViewIsNotRead() throws {
        let console = try ConsoleDriver(as: "孙财务")
        try console.estate.do("payment.receive", ["unit": "3-2-501", "amount": "5"], by: "S07")
        _ = console.controller.catchUp()
        #expect(amounts(console) == [])
        console.show("records.payments")
        #expect(amounts(console) == ["5.00"])
        console.press("F2")
        try console.estate.do("payment.receive", ["unit": "3-2-501", "amount": "6"], by: "S07")
        _ = console.controller.catchUp()
        #expect(amounts(console) == ["5.00"])
        console.show("records.payments")
        #expect(amounts(console) == ["6.00", "5.00"])
    }
}
