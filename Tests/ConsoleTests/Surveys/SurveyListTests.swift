import Journal
import Screen
import Testing

@testable import Console
@testable import Estate

/// 满意度: a survey planned, asked and closed from the keyboard.
@Suite struct SurveyListTests {
    private func desk(as member: String = "周主管", size: Size = Size(width: 80, height: 24)) throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: member, size: size, now: "2026-11-23 09:00")
        console.show("surveys")
        return console
    }

    private func planned(as member: String = "周主管", size: Size = Size(width: 80, height: 24)) throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: member, size: size, now: "2026-11-23 09:00")
        try console.estate.do(
            "survey.plan",
            ["name": "季度调查", "questions": "总的来说；前台；保洁", "from": "2026-11-23", "to": "2026-11-30"], by: "S01")
        _ = console.controller.catchUp()
        console.show("surveyhouseholds")
        return console
    }

    private func survey(_ console: ConsoleDriver) throws -> Survey {
        try #require(console.store.estate.surveys.latest)
    }

    @Test func theFormHasTheHandbooksQuestionsAndTwoWeeks() throws {
        let console = try desk()
        console.expect("还没有调查")
        console.press("F8")
        console.fill("名称", "冬季调查")
        console.press("Ctrl-S")
        let survey = try survey(console)
        #expect(survey.questions.count == 9 && survey.questions.first == "总的来说，您对物业服务满意吗？")
        #expect(survey.from.text == "2026-11-23" && survey.to.text == "2026-12-07")
        console.expect("冬季调查", near: "0/4")
    }

    /// Enter, a digit for each question, Ctrl-S.
    @Test func aHouseholdIsAskedByDigits() throws {
        let console = try planned()
        let unit = try #require(
            console.lines.first { $0.contains("未问") }?.split(separator: " ").first { $0.contains("-") })
        console.press("Enter")
        console.expect("1. 总的来说")
        console.type("54-")
        console.expect("5 非常满意")
        console.expect("- 不了解")
        console.press("Ctrl-S")
        let code = UnitCode(text: String(unit.filter { $0.isNumber || $0 == "-" }))
        #expect(try survey(console).answers[code]?.first?.scores == [5, 4, nil])
        console.expect("已答 1/")
        console.expect("5 4 -")
    }

    /// The status bar names the household.
    @Test func theHouseholdIsNamedOnceItHasAnswered() throws {
        let console = try planned()
        func selected() throws -> SurveyHouseholdsView.Row {
            let session = console.controller.session
            return try #require(
                session.pane(ListPane<SurveyHouseholdList>.self)?.selected(console.controller.context))
        }
        let first = try selected().unit
        console.press("Enter")
        console.type("555")
        console.press("Ctrl-S")
        console.expect("\(first.text) 的答卷已记录")
        let row = try #require(
            try SurveyHouseholdsView().subjects(in: console.controller.context.view).first { $0.unit == first })
        #expect(row.state == .answered)
    }

    /// Whom to call stands in the row; the key that calls elsewhere calls here.
    @Test func aHouseholdIsCalled() throws {
        let console = try planned()
        let unit = try #require(
            console.store.estate.people.units.keys.first {
                console.store.estate.people.reachable(at: $0) != nil
            })
        let person = try #require(console.store.estate.people.reachable(at: unit))
        let phone = try #require(person.phone?.each.first)
        console.expect(unit.text, near: "\(person.name) \(phone.masked)")
        console.press("/")
        console.type(unit.text)
        console.press("Enter", "Ctrl-O")
        console.expect("致电 · \(person.name)")
        console.expect("事由", near: "季度调查")
        console.press("Ctrl-S")
        #expect(console.store.estate.calls.all.values.last?.unit == unit)
    }

    @Test func aLowScoreAsksForTheReason() throws {
        let console = try planned()
        console.press("Enter")
        console.type("2")
        console.expect("有 1、2 分：当场问一句原因")
        console.type("55")
        console.fill("原因", "报修太慢")
        console.press("Ctrl-S")
        #expect(try survey(console).answers.values.first?.first?.why == "报修太慢")
    }

    @Test(arguments: [("Ctrl-N", "未接触到"), ("Ctrl-U", "拒访"), ("Ctrl-E", "只答一部分")])
    func anAttemptIsOneKey(key: String, word: String) throws {
        let console = try planned()
        console.press(key)
        #expect(try survey(console).contacts.count == 1)
        console.expect("\(word) ×1")
        #expect(try survey(console).answers.isEmpty)
    }

    @Test func theResultSaysWhetherTheTargetIsMet() throws {
        let console = try planned()
        let survey = try survey(console)
        for unit in console.store.estate.asked(by: survey, at: console.store.estate.now) {
            try console.estate.do(
                "survey.answer", ["survey": survey.id.id.text, "unit": unit.text, "answers": "5,4,3"], by: "S02")
        }
        _ = console.controller.catchUp()
        console.show("surveyresults")
        console.expect("总的来说", near: "达标")
        console.expect("保洁", near: "未达标")
        console.expect("目标 95%")
    }

    @Test func closingAsksFirst() throws {
        let console = try planned()
        console.show("surveys")
        console.expectNothingRecorded { console.press("Ctrl-N") }
        console.expect("结束“季度调查”？之后的答卷不再计入")
        console.agree()
        #expect(try survey(console).closed != nil)
        console.press("Ctrl-N")
        console.expect("这次调查已结束")
    }

    @Test func aGuardCannotAnswerForAHousehold() throws {
        let console = try planned(as: "马门岗")
        console.expectNothingRecorded { console.press("Enter") }
    }
}

extension Estate {
    fileprivate var now: Moment { Moment(milliseconds: latest.milliseconds) }
}
