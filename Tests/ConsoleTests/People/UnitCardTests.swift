import Screen
import Testing

@testable import Console
@testable import Estate

@Suite("The card of a unit as a working place") struct UnitCardTests {
    private func card(
        of query: String = "李四", as member: String = "王芳", size: Size = Size(width: 120, height: 36),
        _ prepare: (TestEstate) throws -> Void = { _ in }
    ) throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: member, size: size)
        try prepare(console.estate)
        _ = console.controller.catchUp()
        console.press("F9")
        console.type(query)
        console.press("Enter")
        _ = try layer(console)
        return console
    }

    private func layer(_ console: ConsoleDriver) throws -> UnitCardLayer {
        try #require(console.controller.session.layers.last as? UnitCardLayer)
    }

    private var people: (ConsoleDriver) -> People { { $0.store.estate.people } }

    @Test func itHasTheUnitItsPeopleCarsAndWhatIsOpen() throws {
        let console = try card { estate in
            try estate.do("request.open", ["class": "complaint", "unit": "3-2-501", "text": "楼上太吵"])
            try estate.do("visitor.arrive", ["name": "张三", "host": "3-2-501", "purpose": "探亲"])
        }
        for words in ["房屋", "住宅", "业主  李四  138****1111", "家属  李小四", "浙A12345", "楼上太吵", "张三", "欠费"] {
            console.expect(words)
        }
    }

    @Test func theArrowsChooseAmongLinesThatCanBeWorkedOn() throws {
        let console = try card()
        #expect(try layer(console).subject.person == console.person("李四"))
        console.press("Down")
        #expect(try layer(console).subject.person == console.person("李小四"))
        console.press("Home")
        #expect(try layer(console).subject == .unit)
        for _ in 0..<30 {
            #expect(try layer(console).subject != .text)
            console.press("Down")
        }
    }

    @Test(arguments: ["Enter", "Ctrl-O"]) func aCallGoesToThePersonOfTheLine(key: String) throws {
        let console = try card()
        console.press("Down", key)
        console.expect("致电 · 李小四 3-2-501 138****3333")
        console.press("Ctrl-S")
        #expect(console.store.estate.calls.all.values.last?.phone?.text == "13800003333")
        #expect(console.store.estate.calls.all.values.last?.person == console.person("李小四"))
    }

    /// Of several numbers the first one is called from the line of the person.
    @Test func aPersonIsCalledByTheFirstNumber() throws {
        let console = try card { estate in
            let person = try #require(estate.store.estate.people.persons.values.first { $0.name == "李小四" })
            try estate.do("phone.add", ["person": person.id.id.text, "phone": "13900009999"])
        }
        console.press("Down", "Enter")
        console.press("Ctrl-S")
        #expect(console.store.estate.calls.all.values.last?.phone?.text == "13800003333")
    }

    @Test func aFaultIsReportedAndTheCardShowsIt() throws {
        let console = try card()
        console.press("F8")
        console.expect("报事 · 3-2-501")
        console.type("厨房漏水")
        console.press("Ctrl-S")
        #expect(console.store.estate.requests.all.values.last?.text == "厨房漏水")
        #expect(console.store.estate.requests.all.values.last?.class == .minorRepair)
        _ = try layer(console)
        console.expect("厨房漏水")
    }

    @Test func anOpenCaseLeadsToItsPane() throws {
        let console = try card { try $0.do("request.open", ["class": "complaint", "unit": "3-2-501", "text": "太吵"]) }
        while try layer(console).subject.person != nil || layer(console).subject == .unit { console.press("Down") }
        while true {
            if case .record(_, let pane) = try layer(console).subject, pane == "requests" { break }
            console.press("Down")
        }
        console.expect("Enter 查看")
        console.press("Enter")
        #expect(console.controller.session.layers.isEmpty && console.controller.session.focus == "requests")
    }

    @Test func aResidentIsCorrected() throws {
        let console = try card()
        console.press("Ctrl-E")
        console.expect("更正住户 · 3-2-501 李四")
        console.press("End", "Ctrl-U")
        console.type("李思")
        console.press("Ctrl-S")
        #expect(people(console).owner(of: console.unit("3-2-501"))?.name == "李思")
        #expect(people(console).owner(of: console.unit("3-2-501"))?.phone?.text == "13800001111")
        console.expect("李思")
    }

    @Test func aCorrectionBeginsWithTheNameAndTellsWhatBecomesOfTheNumber() throws {
        let console = try card()
        console.press("Ctrl-E")
        console.expect("更正住户 · 3-2-501 李四 138****1111")
        #expect(console.lineOfCaret.contains("李四"))
        console.go(to: "电话")
        console.type("无")
        console.expect("138****1111 不会因此删除")
        console.press("Backspace")
        console.type("8012")
        console.expect("将替换 138****1111")
        console.expectNothingRecorded { console.press("Ctrl-S") }
        console.expect("只有 4 位")
        console.press("Ctrl-U")
        console.type("13700001111")
        console.press("Ctrl-S")
        #expect(people(console).owner(of: console.unit("3-2-501"))?.numbers.map(\.phone.text) == ["13700001111"])
    }

    @Test func aNoteIsCalledOne() throws {
        let console = try card { estate in
            let person = estate.store.estate.people.persons(named: "李四").first?.id.id.text ?? ""
            try estate.do("phone.add", ["person": person, "phone": "13800009999"])
        }
        console.press("Down", "Ctrl-E")
        console.type("老婆")
        console.press("Ctrl-S")
        #expect(console.lines[0].contains("号码备注"), "\(console.screen)")
        console.expect("138****1111  老婆")
    }

    @Test func aPlateLeadsToItsCar() throws {
        let console = try card(of: "8765") { estate in
            for plate in ["浙A98765", "浙A98766"] {
                try estate.do("vehicle.add", ["plate": plate, "unit": "3-2-502"])
            }
        }
        #expect(try layer(console).subject == .vehicle(console.plate("浙A98765")))
        console.press("Esc", "F9")
        console.type("8766")
        console.press("Enter")
        #expect(try layer(console).subject == .vehicle(console.plate("浙A98766")))
    }

    @Test func bothCarsOfAHouseholdAreFound() throws {
        let console = try ConsoleDriver(as: "王芳")
        for plate in ["浙A98765", "浙B98765"] {
            try console.estate.do("vehicle.add", ["plate": plate, "unit": "3-2-502"])
        }
        _ = console.controller.catchUp()
        console.press("F9")
        console.type("98765")
        console.expect("浙A98765")
        console.expect("浙B98765")
    }

    @Test func whatIsGoneLeavesTheSelectionWithItsKind() throws {
        let console = try card(of: "A98765") { estate in
            for plate in ["浙A98764", "浙A98765", "浙A98766"] {
                try estate.do("vehicle.add", ["plate": plate, "unit": "3-2-502"])
            }
            try estate.do("request.open", ["class": "complaint", "unit": "3-2-502", "text": "太吵"])
        }
        func move(_ plate: String) throws {
            try console.estate.do("vehicle.change", ["plate": plate, "unit": "3-2-601"])
            _ = console.controller.catchUp()
        }
        // What comes and goes elsewhere moves no selection.
        try move("浙A98764")
        #expect(try layer(console).subject == .vehicle(console.plate("浙A98765")))
        console.press("Enter")
        console.expect("更正车辆 · 浙A98765（现在 3-2-502）")
        console.type("3-2-601")
        console.press("Ctrl-S")
        #expect(people(console).vehicles[try console.plate("浙A98765")] == console.unit("3-2-601"))
        #expect(try layer(console).subject == .vehicle(console.plate("浙A98766")))
        // Enter on another kind of line would do something else.
        try move("浙A98766")
        #expect(try layer(console).subject == .unit)
    }

    @Test func aNumberThatIsGoneLeavesItsPersonSelected() throws {
        let console = try card { estate in
            let person = estate.store.estate.people.persons(named: "李四").first?.id.id.text ?? ""
            try estate.do("phone.add", ["person": person, "phone": "13800009999"])
        }
        console.press("Down", "Down", "Ctrl-R")
        console.agree()
        #expect(try layer(console).subject == .person(#require(console.person("李四"))))
    }

    @Test func undoAndDraftsWorkOverIt() throws {
        let console = try card()
        console.press("Home", "Ctrl-E")
        console.type("88.5")
        console.press("Ctrl-S")
        console.press("Ctrl-_")
        console.expect("更正房号 · 3-2-501")
        console.expect("撤销")
        console.agree()
        #expect(people(console).units[console.unit("3-2-501")]?.area == nil)
        _ = try layer(console)
        console.expectNot("88.50㎡")
        console.press("Ctrl-]")
        console.expect("没有未提交的表单")
        _ = try layer(console)
        console.press("F1")
        console.expect("Ctrl-_", near: "撤销")
    }

    @Test func aUnitThatIsLetToNobodySaysSo() throws {
        let console = try card(of: "单国强") { try $0.do("unit.state", ["unit": "3-2-502", "state": "rented"]) }
        console.expect("出租（2026-11-23 起，没有登记租户）")
    }

    @Test func whatHappensToTheStateIsAskedWithTheLastTenant() throws {
        let console = try card(of: "孙七") { try $0.do("unit.state", ["unit": "5-1-1201", "state": "rented"]) }
        console.press("Ctrl-R")
        console.expect("房屋状态：出租 → 空置")
        console.agree()
        console.expect("空置（2026-11-23 起）")
    }

    @Test(arguments: ["王芳", "周主管", "赵经理"]) func theMainKeysFitASmallScreen(member: String) throws {
        let console = try card(as: member, size: Size(width: 80, height: 24))
        for hint in ["Enter", "F8 报事", "Ctrl-E 更正", "Ctrl-R 搬离", "F1 更多", "Esc 返回"] {
            #expect(console.lines[23].contains(hint), "\(console.lines[23])")
        }
        console.press("Home")
        for hint in ["F8 报事", "F1 更多", "Esc 返回"] { #expect(console.lines[23].contains(hint), "\(console.lines[23])") }
    }

    @Test func furtherNumbersHaveLinesOfTheirOwn() throws {
        let console = try card()
        console.press("Ctrl-N")
        console.type("13800009999")
        console.press("Tab")
        console.type("老婆")
        console.press("Ctrl-S")
        console.expect("138****9999  老婆")
        console.press("Down", "Down")
        console.press("Ctrl-R")
        console.expect("删除 李四 的电话 138****9999？")
        console.agree()
        #expect(people(console).owner(of: console.unit("3-2-501"))?.numbers.count == 1)
    }

    @Test func whoLeavesIsAskedAboutAndGone() throws {
        let console = try card()
        console.press("Down", "Ctrl-R")
        console.expect("3-2-501 李小四 已搬离？")
        console.agree()
        #expect(people(console).residents(of: console.unit("3-2-501")).map(\.name) == ["李四"])
        console.expectNot("李小四  138")
    }

    @Test func aUnitIsSold() throws {
        let console = try card(as: "周主管")
        console.press("Ctrl-G")
        console.type("钱新")
        console.press("Ctrl-S")
        console.expect("3-2-501 过户给 钱新？")
        console.expect("李四、李小四")
        console.expect("浙A12345")
        console.agree()
        #expect(people(console).residents(of: console.unit("3-2-501")).map(\.name) == ["钱新"])
        console.expect("业主  钱新")
        console.expect("原业主")
    }

    @Test func carsAndUnitsAreCorrected() throws {
        let console = try card()
        console.press("Home", "Ctrl-E")
        console.expect("更正房号 · 3-2-501")
        console.type("88.5")
        console.press("Ctrl-S")
        #expect(people(console).units[console.unit("3-2-501")]?.area?.text(zone: .shanghai) == "88.50")
        while try layer(console).subject != .vehicle(console.plate("浙A12345")) { console.press("Down") }
        console.press("Ctrl-R")
        console.agree()
        #expect(people(console).vehicles.isEmpty)
    }

    @Test func aWholeNumberIsShownAndWhoLookedIsRecorded() throws {
        let console = try card()
        console.expectNot("13800001111")
        console.press("Ctrl-F")
        console.expect("13800001111")
        console.press("Esc")
        console.expectNot("13800001111")
        let entries = try console.store.entries(naming: [console.person("李四")?.id.text ?? ""])
        #expect(entries.last?.kind == "phone.revealed" && entries.last?.by == "S02")
    }

    @Test func aManagerSeesWholeNumbers() throws { try card(as: "赵经理").expect("业主  李四  13800001111") }

    @Test func aGuardSeesNoDebtAndNoKeyThatIsRefused() throws {
        let console = try card(as: "马门岗")
        for words in ["欠费", "物业费", "致电", "过户", "完整号码"] { console.expectNot(words) }
        console.press("Ctrl-G")
        console.expect("门岗不能“过户”")
    }

    @Test func aPlaceHasACardForReports() throws {
        let console = try card(of: "物业办公室") { try $0.do("place.add", ["place": "物业办公室"]) }
        console.press("F8")
        console.type("门锁坏")
        console.press("Ctrl-S")
        #expect(console.store.estate.requests.all.values.last?.unit.text == "物业办公室")
        console.expect("门锁坏")
        console.press("Ctrl-G")
        console.expect("这是地点，不是房屋")
    }

    @Test func aPlacesCardBeginsAtItsFirstLine() throws {
        let console = try card(of: "物业办公室") {
            try $0.do("place.add", ["place": "物业办公室"])
            for text in ["门锁坏", "灯不亮"] {
                try $0.do("request.open", ["class": "repair.minor", "unit": "物业办公室", "text": text])
            }
        }
        let first = try layer(console).subject
        console.press("Up")
        #expect(try layer(console).subject == first)
        console.press("Down")
        #expect(try layer(console).subject != first)
    }

    @Test func itFollowsWhatOthersRecord() throws {
        let console = try card()
        try console.estate.do("unit.change", ["unit": "3-2-501", "newCode": "3-2-511"])
        try console.estate.do("person.add", ["name": "新人", "unit": "3-2-511", "role": "tenant"])
        _ = console.controller.catchUp()
        console.expect("3-2-511")
        console.expect("新人")
        #expect(try layer(console).subject.person == console.person("李四"))
    }

    @Test func itFitsASmallScreen() throws {
        let console = try card(size: Size(width: 80, height: 24))
        console.expect("业主  李四")
        console.press("End")
        #expect(console.lines.count == 24)
        #expect(try layer(console).subject != .text)
    }

    @Test func everyActionIsInThePaletteToo() throws {
        let console = try ConsoleDriver(as: "赵经理")
        for words in ["更正住户", "登记搬离", "添加电话", "过户", "更正房号", "房屋状态", "注销车辆", "登记地点", "登记离职", "更正员工"] {
            console.press("F9")
            console.type(words)
            console.expect(words)
            console.press("Esc")
        }
    }

    @Test func itsKeysDoNotDependOnWhereItIsOpened() throws {
        let keys = UnitCardCommand.all.flatMap(\.keys)
        #expect(Set(keys).count == keys.count)
        let overLayers = Set(Command.global.filter(\.worksOverLayers).flatMap(\.keys))
        #expect(overLayers.isDisjoint(with: keys))
        for command in UnitCardCommand.commands { #expect(command.label.chinese.hasChinese, "\(command.name)") }
        // Without a card they say so.
        let console = try ConsoleDriver(as: "王芳")
        let (session, context) = (console.controller.session, console.controller.context)
        #expect(UnitCardCommand.commands.allSatisfy { $0.disabledReason(session, context) != nil })
    }
}

extension ConsoleDriver {
    fileprivate func person(_ name: String) -> Ref<Person>? { store.estate.people.persons(named: name).first?.id }
    fileprivate func plate(_ text: String) throws -> Plate { try Plate(text: text, zone: .shanghai) }
}
