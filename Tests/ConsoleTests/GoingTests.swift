import Screen
import Testing

@testable import Console
@testable import Estate

/// The palette as a way to go somewhere.
@Suite struct GoingTests {
    private func desk(as member: String = "赵经理", _ language: Language = .chinese) throws -> Script {
        let desk = try Script(as: member, language: language)
        let complaint = try desk.estate.do(
            "request.open", ["class": "complaint", "unit": "3-2-601", "text": "楼道堆物"])
        try desk.estate.do("request.complete", ["request": complaint])
        for text in ["厨房龙头滴水", "电梯夜间异响", "路灯不亮"] {
            try desk.estate.do("request.open", ["class": "repair.minor", "unit": "3-2-502", "text": text])
        }
        try desk.estate.do("visitor.arrive", ["name": "欧阳锋", "host": "3-2-501", "purpose": "看房", "plate": "沪B66666"])
        _ = desk.desk.catchUp()
        return desk
    }

    private func go(_ query: String, _ desk: Script) {
        desk.press("F9")
        desk.type(query)
        desk.press("Enter")
    }

    @Test(arguments: ["3-2-501", "32501", "李四", "lisi", "ls", "12345", "13800001111"])
    func aUnitAResidentAPlateOrATelephoneLeadToTheCard(query: String) throws {
        let desk = try desk()
        desk.expectNothingRecorded { go(query, desk) }
        desk.expect("李四", near: "138****1111")
        desk.expect("欠费 373.00（2 期）", near: "浙A12345")
        desk.expect("李小四", near: "138****3333")
        desk.expect("欧阳锋", near: "看房")
        desk.press("Esc")
        desk.expectNot("138****3333")
    }

    @Test(arguments: ["电梯夜间", "dianti", "dtyj", "异响"])
    func aRequestsWordsLeadToIt(query: String) throws {
        let desk = try desk()
        desk.press("F6")
        go(query, desk)
        desk.press("Enter")
        desk.expect("3-2-502“电梯夜间异响”已办完？")
    }

    @Test func aReturnVisitAndAVisitorAreGoneToAsWell() throws {
        let desk = try desk()
        go("楼道堆物", desk)
        desk.press("Enter")
        desk.expect("登记回访 · 3-2-601 楼道堆物")
        desk.press("Esc")
        go("66666", desk)
        desk.press("Enter")
        desk.expect("欧阳锋（3-2-501）现在离场？")
    }

    /// A filter does not hide what was asked for.
    @Test func whatAFilterHidesIsShown() throws {
        let desk = try desk()
        desk.press("F3", "Ctrl-F")
        desk.type("路灯")
        desk.press("Enter")
        go("厨房龙头", desk)
        desk.press("Enter")
        desk.expect("3-2-502“厨房龙头滴水”已办完？")
    }

    @Test func whatIsGoneMeanwhileIsNotActedOn() throws {
        let desk = try desk()
        desk.press("F9")
        desk.type("电梯夜间")
        let open = desk.store.estate.requests.open.compactMap { desk.store.estate.requests[$0] }
        let request = try #require(open.first { $0.text == "电梯夜间异响" })
        try desk.estate.do("request.complete", ["request": request.id.id.text])
        _ = desk.desk.catchUp()
        desk.press("Enter")
        desk.expectNot("已办完？")
    }

    @Test func whereToGoComesBeforeWhatToDoUnlessThatAnswersBetter() throws {
        let desk = try desk()
        try desk.estate.do("person.add", ["name": "方达", "unit": "3-2-502", "role": "family"])
        _ = desk.desk.catchUp()
        desk.press("F9")
        desk.type("fangda")
        let lines = desk.lines
        let person = try #require(lines.firstIndex { $0.contains("方达") && $0.contains("家属") })
        let command = try #require(lines.firstIndex { $0.contains("放大") && $0.contains("F12") && $0.contains("还原") })
        #expect(person + 1 == command)
        desk.press("Ctrl-U")
        desk.type("zoom")
        desk.press("Enter")
        desk.expectNot("上上月")
    }

    @Test func aCommandOfAnotherPaneIsDoneThere() throws {
        let desk = try desk()
        desk.press("F3")
        desk.press("F9")
        desk.type("gate.leave")
        desk.expect("门岗 · 离场")
        desk.press("Enter")
        desk.expect("欧阳锋（3-2-501）现在离场？")
    }

    @Test func helpTellsHowToMoveAndDoesIt() throws {
        let desk = try desk()
        desk.press("F3", "Down", "F1")
        desk.type("第一条")
        desk.expect("第一条", near: "Home g")
        desk.press("Enter", "Enter")
        desk.expect("“厨房龙头滴水”已办完？")
    }

    @Test func aGuardGoesThereTooAndIsToldWhatMayNotBeDone() throws {
        let desk = try desk(as: "马门岗")
        go("电梯夜间", desk)
        desk.press("Enter")
        desk.expect("门岗不能“工单完成”")
    }
}
