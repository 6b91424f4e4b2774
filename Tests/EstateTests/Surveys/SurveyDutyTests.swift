import Testing
import TestSupport

@testable import Estate

@Suite("Rules, Duties: a survey every six months (policy), by the first answer that counts")
struct SurveyDutyTests {
    private let test: TestEstate

    init() throws {
        test = try TestEstate(now: "2026-01-10T08:00")
        try test.do("unit.add", ["unit": "9-9-901"])
        test.clock.set("2026-12-31T09:00")
    }

    private func plan(
        _ name: String, _ from: String, _ to: String, at time: String, units: String? = nil
    ) throws -> String {
        try test.do(
            "survey.plan",
            ["name": name, "questions": "总的来说", "from": from, "to": to].merging(units.map { ["units": $0] } ?? [:]) {
                $1
            }, at: time)
    }

    private func answer(_ survey: String, at time: String) throws {
        try test.do("survey.answer", ["survey": survey, "unit": "3-2-501", "answers": "5"], at: time)
    }

    private func duties(asOf time: String? = nil) throws -> [DutiesView.Row] {
        try test.show(DutiesView.self, asOf: time).filter { $0.rule.kind == "survey" }
    }

    private func states(asOf time: String? = nil) throws -> [String] {
        try duties(asOf: time).map { "\($0.id) \($0.due.text) \($0.state.rawValue)" }
    }

    @Test("a plan alone fulfils nothing; the first answer does, and the next survey is due six months after it")
    func held() throws {
        let first = try plan("夏季调查", "2026-07-08", "2026-07-22", at: "2026-07-07T09:00")
        #expect(try states(asOf: "2026-07-08") == ["survey-first 2026-07-10 open"])
        let waiting = try #require(try duties(asOf: "2026-07-08").first)
        #expect(waiting.subject.subject == "夏季调查" && waiting.note?.chinese == "收到答卷才算完成")
        #expect(try states() == ["survey-first 2026-07-10 late"])
        try answer(first, at: "2026-07-09T10:00")
        #expect(try states() == ["survey-first 2026-07-10 done", "survey-\(first) 2027-01-09 open"])
        let done = try #require(try duties().first)
        #expect(done.done?.at == at("2026-07-09T10:00") && done.note == nil)
        // Further answers change nothing.
        try answer(first, at: "2026-07-12T10:00")
        #expect(try duties().first?.done?.fact == done.done?.fact)
    }

    @Test("the first answer after the day makes it late, whenever it was planned")
    func late() throws {
        let first = try plan("夏季调查", "2026-07-08", "2026-07-22", at: "2026-07-07T09:00")
        try answer(first, at: "2026-07-11T00:00")
        #expect(try states().first == "survey-first 2026-07-10 late")
    }

    @Test("neither a survey of nobody, nor one that is long past, nor an answer that came too late")
    func none() throws {
        let nobody = try plan("无人", "2026-07-01", "2026-07-31", at: "2026-07-01T09:00", units: "9-9-901")
        _ = try plan("早", "2020-10-01", "2020-10-09", at: "2020-09-30T09:00")
        let missed = try plan("没人答", "2026-07-01", "2026-07-03", at: "2026-07-01T09:00")
        #expect(
            refusal {
                try test.do(
                    "survey.answer", ["survey": nobody, "unit": "9-9-901", "answers": "5"], at: "2026-07-02T09:00")
            }?.code == "survey.unit")
        try answer(missed, at: "2026-07-04T09:00")
        try test.do("survey.close", ["survey": nobody], at: "2026-08-01T09:00")
        #expect(try states() == ["survey-first 2026-07-10 late"])
    }

    @Test("whatever is planned and answered when, ids differ and each duty is told before its day")
    func order() throws {
        let surveys = try [
            plan("甲", "2026-07-01", "2026-12-31", at: "2026-06-30T09:00"),
            plan("乙", "2026-07-01", "2026-12-31", at: "2026-07-01T09:00"),
            plan("丙", "2026-03-01", "2026-12-31", at: "2026-02-28T09:00"),
            plan("无人", "2026-01-11", "2029-12-31", at: "2026-01-11T09:00", units: "9-9-901"),
        ]
        for (survey, time) in zip(surveys, ["2026-11-05T09:00", "2026-07-05T09:00", "2026-07-06T09:00"]) {
            try answer(survey, at: time)
        }
        test.clock.set("2027-05-01T09:00")
        let all = try duties()
        #expect(all.map(\.subject.subject) == ["乙", "丙", "甲", "无人"])
        #expect(all.map(\.due.text) == ["2026-07-10", "2027-01-05", "2027-01-06", "2027-05-05"])
        #expect(Set(all.map(\.id)).count == all.count)
        #expect(all.allSatisfy { $0.opens <= $0.due })
        #expect(all.map { $0.done == nil } == [false, false, false, true])
    }
}
