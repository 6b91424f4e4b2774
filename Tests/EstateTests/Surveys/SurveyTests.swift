import Journal
import TestSupport
import Testing

@testable import Estate

@Suite("Surveys (5.1, Rules, Surveys)")
struct SurveyTests {
    let test: TestEstate

    init() throws {
        test = try TestEstate(now: "2026-11-23T09:00")
        for unit in ["3-2-501", "3-2-502", "3-2-601", "4-1-101"] where test.estate.people.units[unit.unit] == nil {
            try test.do("unit.add", ["unit": unit])
        }
        for unit in ["3-2-502", "3-2-601", "4-1-101"] where !test.estate.isOccupied(unit.unit) {
            try test.do("person.add", ["unit": unit, "name": "住户\(unit.suffix(3))", "role": "owner"])
        }
    }

    private func plan(_ more: [String: String] = [:]) throws -> String {
        try test.do(
            "survey.plan",
            ["name": "季度调查", "questions": "总的来说；前台;保洁", "from": "2026-11-23", "to": "2026-11-30"]
                .merging(more) { $1 })
    }

    private func answer(_ survey: String, _ unit: String, _ answers: String, at time: String? = nil) throws -> [String]
    {
        try test.warnings(
            "survey.answer", ["survey": survey, "unit": unit, "answers": answers], by: "S02", at: time)
    }

    @Test("satisfied is 4 and 5; who cannot tell does not count for that question; one vote a household")
    func counting() throws {
        let survey = try plan()
        #expect(try answer(survey, "3-2-501", "5,4,-") == [])
        #expect(try answer(survey, "3-2-502", "353") == [])
        #expect(try answer(survey, "3-2-502", "4 5 3") == ["survey.replaced"])
        let rows = try test.show(SurveyResultsView.self)
        #expect(rows.map(\.question) == ["总的来说", "前台", "保洁"])
        #expect(rows.map(\.n) == [2, 2, 1])
        #expect(rows.map(\.satisfaction.satisfied) == [2, 2, 0])
        let households = try test.estate.occupiedResidences(at: test.estate.moment("2026-11-23T12:00")).count
        #expect(rows.allSatisfy { $0.satisfaction.population == households })
    }

    @Test("a survey does not end before its last answer: what was in time stays so; a late answer replaces none")
    func closing() throws {
        test.clock.set("2026-12-05T09:00")
        let survey = try test.do("survey.plan", planning(["from": "2026-11-20"]), at: "2026-11-20T09:00")
        #expect(try answer(survey, "3-2-501", "5", at: "2026-11-30T23:59") == [])
        #expect(try answer(survey, "3-2-501", "1", at: "2026-12-02T09:00").contains("survey.late"))
        #expect(
            refusal { try test.do("survey.close", ["survey": survey], at: "2026-11-29T09:00") }?.code == "time.order")
        try test.do("survey.close", ["survey": survey])
        let row = try #require(try test.show(SurveyResultsView.self).first)
        #expect(row.n == 1 && row.satisfaction.satisfied == 1)
    }

    @Test("a household that has answered is asked about before its answer is replaced")
    func replaced() throws {
        let survey = try plan()
        func question(_ unit: String) -> String? {
            AnswerSurvey(survey: ref(survey), unit: unit.unit, scores: [3, 3, 3])
                .confirmation(in: test.estate, at: test.store.now)?.question.chinese
        }
        #expect(question("3-2-501") == nil)
        #expect(try answer(survey, "3-2-501", "5,5,5") == [])
        #expect(question("3-2-501") == "3-2-501 11-23 已答过，改以这次为准？")
        test.clock.set("2026-12-01T09:00")
        #expect(question("3-2-501") == nil, "too late, it replaces nothing")
    }

    @Test("an answer after the last day, or after the end, is kept apart and does not count")
    func late() throws {
        let survey = try plan()
        test.clock.set("2026-12-01T09:00")
        let warnings = try answer(survey, "3-2-501", "5,5,5")
        #expect(warnings == ["clock.ahead", "survey.late"])
        #expect(try test.show(SurveysView.self).first?.tally[.late] == 1)
        #expect(try test.show(SurveyResultsView.self).first?.n == 0)
        #expect(try answer(survey, "3-2-502", "5,5,5", at: "2026-11-30T23:59") == [])
        #expect(try test.show(SurveyResultsView.self).first?.n == 1)
        try test.do("survey.close", ["survey": survey])
        #expect(try answer(survey, "3-2-601", "5,5,5") == ["survey.late"])
        #expect(try test.show(SurveyResultsView.self).first?.n == 1)
        #expect(refusal { try test.do("survey.close", ["survey": survey]) }?.code == "survey.closed")
        #expect(
            refusal { try test.do("survey.contact", ["survey": survey, "unit": "4-1-101", "outcome": "declined"]) }?
                .code
                == "survey.closed")
    }

    @Test("not reached, refused and partly answered are kept apart; an answer prevails")
    func contacts() throws {
        let survey = try plan()
        for (unit, outcome) in [("3-2-501", "noAnswer"), ("3-2-502", "declined"), ("3-2-601", "partial")] {
            try test.do("survey.contact", ["survey": survey, "unit": unit, "outcome": outcome])
        }
        var tally = try #require(try test.show(SurveysView.self).first).tally
        #expect([tally[.noAnswer], tally[.declined], tally[.partial], tally[.answered]] == [1, 1, 1, 0])
        // What was answered in part stays so, though nobody was reached later.
        try test.do("survey.contact", ["survey": survey, "unit": "3-2-601", "outcome": "noAnswer"])
        tally = try #require(try test.show(SurveysView.self).first).tally
        #expect([tally[.noAnswer], tally[.partial]] == [1, 1])
        #expect(try answer(survey, "3-2-501", "4,4,4") == [])
        tally = try #require(try test.show(SurveysView.self).first).tally
        #expect([tally[.noAnswer], tally[.answered]] == [0, 1])
    }

    @Test(
        "answers that are none are refused, with what is asked",
        arguments: ["5,4", "5,4,3,2", "6,1,1", "5,,4", "a,b,c", "-,-,-"])
    func refused(answers: String) throws {
        let survey = try plan()
        let code = refusal { try test.do("survey.answer", ["survey": survey, "unit": "3-2-501", "answers": answers]) }?
            .code
        #expect(code == "survey.answers")
        #expect(try test.show(SurveysView.self).first?.tally[.answered] == 0)
    }

    @Test("a low score without a reason is warned of")
    func low() throws {
        let survey = try plan()
        #expect(try answer(survey, "3-2-501", "2,4,4") == ["survey.low"])
    }

    @Test("only the households of the frame, and of these only those who were drawn")
    func frame() throws {
        let survey = try plan(["units": "3-2-501,3-2-502,3-2-501"])
        #expect(
            refusal { try test.do("survey.answer", ["survey": survey, "unit": "4-1-101", "answers": "5,5,5"]) }?.code
                == "survey.unit")
        #expect(try test.show(SurveysView.self).first?.population == 2)
        let drawn = try plan(["sample": "2", "name": "抽样"])
        let row = try #require(try test.show(SurveysView.self).last)
        #expect(row.id.id.text == drawn && row.tally.asked == 2)
        #expect(row.population == test.estate.occupiedResidences(at: row.context.moment).count)
        let other = try #require(row.estate.people.units.keys.first { !row.subject.drawn.contains($0) })
        #expect(
            refusal { try test.do("survey.answer", ["survey": drawn, "unit": other.text, "answers": "5,5,5"]) }?.code
                == "survey.unit")
        #expect(refusal { try test.do("survey.plan", planning(["sample": "0"])) }?.code == "survey.sample")
        #expect(refusal { try test.do("survey.plan", planning(["sample": "9999"])) }?.code == "survey.sample")
        #expect(refusal { try test.do("survey.plan", planning(["to": "2026-11-22"])) }?.code == "survey.period")
        #expect(refusal { try test.do("survey.plan", planning(["questions": " ；; "])) }?.code == "survey.questions")
    }

    private func planning(_ more: [String: String]) -> [String: String] {
        ["name": "调查", "questions": "总的来说", "from": "2026-11-23", "to": "2026-11-30"].merging(more) { $1 }
    }

    @Test("a household that moves out stays out of the denominator; the count is of the survey's last day")
    func population() throws {
        let survey = try plan()
        let before = try #require(try test.show(SurveysView.self).first).population
        let leaving = try #require(test.estate.people.residents(of: "4-1-101".unit).first)
        try test.do("person.leave", ["person": leaving.id.id.text])
        #expect(try test.show(SurveysView.self).first?.population == before - 1)
        #expect(test.estate.surveys[Ref(try #require(EntryID(survey)))]?.name == "季度调查")
    }

    @Test("where nobody lives there is no vote: never more answers than households")
    func unoccupied() throws {
        try test.do("unit.add", ["unit": "4-1-102"])
        let survey = try plan(["units": "3-2-501,4-1-101,4-1-102"])
        for action in ["survey.answer", "survey.contact"] {
            var fields = ["survey": survey, "unit": "4-1-102"]
            fields[action == "survey.answer" ? "answers" : "outcome"] = action == "survey.answer" ? "5,5,5" : "declined"
            #expect(refusal { try test.do(action, fields) }?.code == "survey.unit", "\(action)")
        }
        #expect(try answer(survey, "4-1-101", "5,5,5") == [] && answer(survey, "3-2-501", "5,5,5") == [])
        let leaving = try #require(test.estate.people.residents(of: "4-1-101".unit).first)
        try test.do("person.leave", ["person": leaving.id.id.text])
        let row = try #require(try test.show(SurveyResultsView.self).first)
        #expect(row.satisfaction.population == 1 && row.n == 1)
    }

    @Test("each building is drawn by its share", arguments: [7, 10, 33, 60])
    func shares(count: Int) {
        let households = (1...6).flatMap { building in
            (1...(building * 4)).map { UnitCode(text: "\(building)-1-\($0)") }
        }
        let drawn = SurveyDraw(households, seed: "秋").draw(count)
        #expect(drawn.count == count && Set(drawn).count == count)
        for building in 1...6 {
            let exact = Double(building * 4 * count) / Double(households.count)
            let share = drawn.count { $0.building == "\(building)" }
            #expect(abs(Double(share) - exact) < 1)
        }
        #expect(SurveyDraw(households, seed: "秋").draw(count) == drawn)
        #expect(count == 60 || SurveyDraw(households, seed: "冬").draw(count) != drawn)
    }
}

extension String {
    fileprivate var unit: UnitCode { UnitCode(text: self) }
}

extension Estate {
    fileprivate func isOccupied(_ unit: UnitCode) -> Bool { !people.residents(of: unit).isEmpty }
    fileprivate func moment(_ text: String) throws -> Moment { try Moment(text: text, zone: zone) }
}
