import Journal
import Testing
import TestSupport

@testable import Estate

@Suite("Trainings and certificates (4, 7.7)")
struct TrainingTests {
    private let test: TestEstate

    init() throws { test = try TestEstate(now: "2026-11-23T09:00") }

    @discardableResult
    private func train(
        _ topic: String, _ staff: String, at time: String? = nil, _ more: [String: String] = [:]
    ) throws -> String {
        try test.do(
            "training.record",
            ["topic": topic, "hours": "1.5", "trainer": "S04", "staff": staff].merging(more) { $1 }, by: "S04", at: time
        )
    }

    private func certificates(asOf time: String) throws -> [String] {
        try test.show(DutiesView.self, asOf: time).filter { $0.rule.kind == "certificate" }
            .map { "\($0.subject.subject ?? "") \($0.due.text) \($0.state.rawValue)" }
    }

    @Test("the names that scripts rely on")
    func names() throws {
        try expectFields("training.record", "topic hours trainer staff result? until?")
        #expect(try Estate.action(named: "training.record").roles == [.supervisor])
        try expectColumns(
            "trainings", "id day staff name topic hours trainer result until state source answers good")
        try expectValues("trainings", "result", "passed|failed")
    }

    @Test("one row for each member, named once; the trainer may be of outside")
    func rows() throws {
        try train("交接班", "S03,赵门岗,S02", ["trainer": "消防救援站", "result": "passed"])
        let rows = try test.show(TrainingsView.self)
        #expect(rows.map(\.name) == ["陈接待", "赵门岗"])
        #expect(rows[0].trainer == "消防救援站" && rows[0].training?.hours.text == "1.5")
    }

    @Test(
        "what cannot be is refused",
        arguments: [
            (["hours": "0"], "training.hours"), (["hours": "1.255"], "number.malformed"),
            (["staff": "S77"], "staff.unknown"), (["until": "2026-11-22"], "training.until"),
            (["trainer": "S77"], "staff.unknown"),
        ])
    func refused(more: [String: String], code: String) {
        #expect(refusal { try train("消防", "S03", more) }?.code == code)
    }

    @Test("who has left is trained no more")
    func left() throws {
        try test.do("staff.leave", ["staff": "S03"])
        #expect(refusal { try train("消防", "S03") }?.code == "staff.left")
    }

    @Test("7.7 the drill of plates counts as training: a row for each day, with what was known")
    func drill() throws {
        try test.do("vehicle.add", ["plate": "浙A77777", "unit": "3-2-502"])
        for (time, result) in [("22T10:00", "again"), ("22T10:01", "good"), ("23T08:00", "good")] {
            try test.do(
                "drill.answer", ["plate": "浙A77777", "result": result], by: "S03", at: "2026-11-\(time)")
        }
        let rows = try test.show(TrainingsView.self)
        #expect(
            rows.map { "\($0.day.text) \($0.source.rawValue) \($0.answers ?? 0) \($0.good ?? 0)" } == [
                "2026-11-22 drill 2 1", "2026-11-23 drill 1 1",
            ])
    }

    @Test(
        "a certificate that ends is a duty from 30 days before, until another training on its topic; a failed one is none"
    )
    func certificate() throws {
        try train("保安员证", "S02,S03", at: "2026-01-10T10:00", ["until": "2026-12-20", "result": "passed"])
        #expect(try certificates(asOf: "2026-10-01").isEmpty)
        #expect(
            try certificates(asOf: "2026-11-23T09:00") == [
                "陈接待 保安员证 2026-12-20 open", "赵门岗 保安员证 2026-12-20 open",
            ])
        try train("保安员证", "S03", ["result": "failed", "until": "2028-01-01"])
        #expect(try certificates(asOf: "2026-11-23T09:00").last == "赵门岗 保安员证 2026-12-20 open")
        try train("保安员证", "S03", ["until": "2028-12-20"])
        #expect(try certificates(asOf: "2026-11-23T09:00").contains("赵门岗 保安员证 2026-12-20 done"))
        #expect(try certificates(asOf: "2026-11-23T09:00").count == 2, "the next one is told in 2028")
        test.clock.set("2026-12-21 00:01")
        #expect(try certificates(asOf: "2026-12-21T00:01").contains("陈接待 保安员证 2026-12-20 late"))
        try test.do("staff.leave", ["staff": "S02"])
        #expect(try certificates(asOf: "2026-12-21T00:01").allSatisfy { !$0.contains("陈接待") })
    }

    @Test("the duty's form has the topic and the member")
    func prefill() throws {
        try train("保安员证", "S03", at: "2026-01-10T10:00", ["until": "2026-12-20"])
        let duty = try #require(test.estate.duties(through: day("2026-12-31")).first { $0.rule.kind == "certificate" })
        let prefill = duty.rule.prefill(duty, test.estate)
        #expect(prefill["topic"] == "保安员证" && prefill["staff"] == "S03")
    }

    @Test("a certificate is valid, expiring, expired or renewed")
    func states() throws {
        try train("甲", "S03", ["until": "2026-12-31"])
        try train("乙", "S03", ["until": "2026-12-23"])
        try train("丙", "S03", at: "2026-01-01T09:00", ["until": "2026-11-22"])
        try train("丁", "S03", at: "2026-01-01T09:00", ["until": "2026-11-22"])
        try train("丁", "S03")
        let states = try test.show(TrainingsView.self).reduce(into: [String: [CertificateState?]]()) {
            $0[$1.topic, default: []].append($1.state)
        }
        #expect(states == ["甲": [.valid], "乙": [.expiring], "丙": [.expired], "丁": [.renewed, nil]])
    }

    @Test("results are each member's own and their superiors', in the view and in histories")
    func results() throws {
        try train("消防", "S02,S03", ["result": "passed"])
        func shown(_ role: Role, _ member: String) throws -> [String] {
            let rows = try TrainingsView.select(
                of: test.estate, at: test.store.now, members: [:], for: role, member: member)
            let (staff, result) = (
                rows.columns.firstIndex { $0.key == "staff" }, rows.columns.firstIndex { $0.key == "result" }
            )
            return rows.rows.map { "\($0.texts[staff ?? 0]) \($0.texts[result ?? 0])" }
        }
        #expect(try shown(.guard, "S03") == ["S02 ", "S03 passed"])
        #expect(try shown(.supervisor, "S04") == ["S02 passed", "S03 passed"])
        #expect(try shown(.finance, "S07") == ["S02 ", "S03 "])
        func entries(_ role: Role) throws -> Int {
            try HistoryView.select(
                of: test.estate, at: test.store.now, members: ["staff": "S04"], for: role, reading: test.store.entries
            ).rows.count
        }
        #expect(try entries(.manager) == entries(.operator) + 1)
    }
}
