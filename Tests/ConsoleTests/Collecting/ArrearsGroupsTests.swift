import Screen
import Testing

@testable import Console
@testable import Estate

/// The arrears in groups, what is shown of a group, and marked rows.
@Suite struct ArrearsGroupsTests {
    private func console(as member: String = "孙财务") throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: member)
        for (unit, amount) in [("5-1-1201", "100"), ("3-2-502", "50")] {
            try console.estate.do(
                "bill.issue", ["unit": unit, "period": "2026-08", "item": "物业费", "amount": amount, "due": "2026-08-20"])
        }
        try console.estate.do(
            "dunning.record",
            ["unit": "3-2-501", "channel": "电话", "outcome": "承诺付款", "promise": "2026-11-23"], by: "S02")
        _ = console.controller.catchUp()
        console.open("fees")
        console.press("F12")
        return console
    }

    private func shown(_ console: ConsoleDriver) -> [String] {
        let session = console.controller.session
        return session.pane(ListPane<FeeList>.self)?.shownRows(console.controller.context).map(\.unit.text) ?? []
    }

    @Test func oneKeyChangesTheGrouping() throws {
        let console = try console()
        console.expect("合计 896.00", near: "今日承诺 1")
        console.press("Ctrl-B")
        console.expect("欠费汇总 · 楼栋", near: "合计 896.00")
        console.expect("3 栋", near: "796.00")
        console.press("Ctrl-B")
        console.expect("欠费汇总 · 账龄", near: "合计 896.00")
        console.expect("31–60 天", near: "373.00")
        console.press("Ctrl-B")
        console.expect("王芳", near: "373.00")
        console.expect("还没有人催过", near: "523.00")
        console.press("Ctrl-B")
        console.expect("今日承诺", near: "373.00")
        console.press("Ctrl-B")
        console.expectNot("欠费汇总")
    }

    @Test func enterGoesIntoAGroupAndEscComesBack() throws {
        let console = try console()
        console.press("Ctrl-B", "Down", "Enter")
        #expect(shown(console) == ["5-1-1201"])
        console.expect("5 栋", near: "合计 100.00 1 户")
        // A filter holds within the group.
        console.press("Ctrl-F")
        console.type("李四")
        #expect(shown(console).isEmpty)
        console.press("Esc")
        #expect(shown(console) == ["5-1-1201"])
        // What comes of it meanwhile is in the group or not.
        try console.estate.do(
            "bill.issue", ["unit": "5-1-1201", "period": "2026-07", "item": "物业费", "amount": "7", "due": "2026-07-20"])
        _ = console.controller.catchUp()
        console.expect("合计 107.00 1 户")
        console.press("Esc")
        #expect(shown(console).count == 4)
        console.expect("合计 903.00")
    }

    @Test func theSumsOfTheGroupsAreThoseOfTheList() throws {
        let console = try console()
        for by in ArrearsGrouping.allCases where by != .age {
            for group in ArrearsGroupsView(by: by).subjects(in: console.controller.context.view) {
                var settings = ListSettings()
                settings.group = ListGroup(id: group.id, label: group.label)
                var pane = try #require(console.controller.session.pane(ListPane<FeeList>.self))
                pane.apply(settings, console.controller.context)
                let rows = pane.shownRows(console.controller.context)
                #expect(
                    rows.count == group.households && rows.reduce(.zero) { $0 + $1.owed } == group.owed, "\(group.id)")
            }
        }
    }

    @Test func aFilterFindsPromisesAndCollectors() throws {
        let console = try console()
        console.press("Ctrl-F")
        console.type("今日承诺")
        #expect(shown(console) == ["3-2-501"])
        console.press("Esc", "Ctrl-F")
        console.type("王芳")
        #expect(shown(console) == ["3-2-501"])
    }

    @Test func rowsAreMarkedAndLettersPrintedForThem() throws {
        let console = try console()
        console.press("Home", "Ctrl-G", "Ctrl-G")
        console.expect("已选 2")
        console.press("Ctrl-E")
        console.expect("催缴函 · 2 户")
        console.press("Enter")
        // The shipped letter has blanks: which is said before it is printed.
        console.expect("函里还空着：合同条款、交费方式、联系人")
        console.agree()
        console.expect("已写好 2 张")
        console.press("Esc")
        console.expect("已选 2")
        console.press("Esc")
        console.expectNot("已选")
    }

    @Test func openRequestsAreToldBeforeLettersArePrinted() throws {
        let console = try console()
        try console.estate.do("request.open", ["class": "repair.minor", "unit": "3-2-501", "text": "厨房漏水"])
        _ = console.controller.catchUp()
        console.press("Home", "Ctrl-G", "Ctrl-G", "Ctrl-E", "Enter")
        console.expect("1 户有未办结的工单，先处理：3-2-501")
        console.press("Esc")
        console.expectNot("已写好")
    }

    @Test func deliveriesAreRecordedOneAfterTheOther() throws {
        let console = try console(as: "周主管")
        console.press("Home", "Ctrl-G", "Ctrl-G", "Ctrl-E", "Down", "Enter")
        console.expect("登记送达 1/2 · 3-2-501 李四")
        console.type("EMS 签收")
        console.press("Enter")
        console.type("EX1")
        console.press("Ctrl-S")
        console.expect("登记送达 2/2 · 3-2-601 冯六")
        console.expect("已选 1")
        // The way stays; only the number is typed.
        console.expect("EMS 签收", near: "送达方式")
        console.fill("函号或单号", "EX2")
        console.press("Ctrl-S")
        #expect(
            console.rows(LettersView.self).map { "\($0.unit.text) \($0.way) \($0.number ?? "") \($0.renews)" }.sorted()
                == ["3-2-501 EMS 签收 EX1 true", "3-2-601 EMS 签收 EX2 true"])
        console.expectNot("已选")
        #expect(console.controller.session.layers.isEmpty)
    }

    @Test func aPaperOnTheDoorIsWarnedOf() throws {
        let console = try console(as: "周主管")
        console.press("Home", "Ctrl-E", "Down", "Enter")
        console.type("贴在门上")
        console.expect("诉讼时效不重新起算")
        console.press("Ctrl-S")
        console.expectRow(LettersView.self) { !$0.renews }
    }
}
