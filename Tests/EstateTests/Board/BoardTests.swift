import Testing
import TestSupport

@testable import Estate

@Suite("The desk's board of today, and questions that are asked often")
struct BoardTests {
    private let test: TestEstate

    init() throws { test = try TestEstate(now: "2026-03-10T12:00") }

    private func shown(_ date: String) -> [String] { test.estate.board.shown(on: day(date)).map(\.text) }

    @Test("a notice is shown through its last day, the latest first, unless it is taken down")
    func notices() throws {
        let water = try test.do("notice.post", ["text": "东区停水", "until": "2026-03-11"], by: "S02")
        try test.do("notice.post", ["text": "2 号梯维保", "until": "2026-03-10"], by: "S04")
        #expect(shown("2026-03-10") == ["2 号梯维保", "东区停水"])
        #expect(shown("2026-03-11") == ["东区停水"])
        #expect(shown("2026-03-12") == [])
        try test.do("notice.end", ["notice": water], by: "S02")
        #expect(shown("2026-03-10") == ["2 号梯维保"])
        #expect(refusal { try test.do("notice.end", ["notice": water]) }?.code == "notice.ended")
        #expect(
            refusal { try test.do("notice.post", ["text": "旧", "until": "2026-03-09"]) }?.field == "until")
    }

    @Test("the form proposes today")
    func proposal() {
        #expect(
            PostNotice.proposals(with: [:], to: "S02", in: test.estate, at: test.store.now) == ["until": "2026-03-10"])
    }

    @Test("what is due today, or was left, is counted by each feature")
    func due() throws {
        #expect(test.estate.dueToday(day("2026-03-10"), at: test.store.now).isEmpty)
        _ = try test.minorRepair(done: "2026-03-07")
        try test.do(
            "request.open", ["class": "other", "unit": "3-2-501", "text": "事"], at: "2026-03-08T09:00")
        try test.do("matter.pass", ["to": "工程", "what": "灯"], at: "2026-03-08T09:00")
        try test.do("matter.pass", ["to": "保洁", "what": "水"], at: "2026-03-09T09:00")
        let words = test.estate.dueToday(day("2026-03-10"), at: test.store.now).map(\.chinese)
        #expect(Set(words) == ["回访 1", "工单 1", "部门回话 1"])
    }

    @Test("permits to be issued and promises to pay stand on it until they are, and no debt where a guard reads")
    func permitsAndPromises() throws {
        func words(_ reader: Role = .operator, on date: String = "2026-03-10") -> Set<String> {
            Set(test.estate.dueToday(day(date), at: test.store.now, for: reader).map(\.chinese))
        }
        // Two working days: due on the 10th.
        let renovation = try test.renovation(["papers": "complete", "applicant": "owner"], at: "2026-03-06T09:00")
        try test.do("bill.issue", test.bill(period: "2026-02", amount: "100"), at: "2026-02-01T09:00")
        try test.do(
            "dunning.record", ["unit": "3-2-501", "channel": "电话", "outcome": "承诺付款", "promise": "2026-03-10"],
            at: "2026-03-05T09:00")
        #expect(words(on: "2026-03-09") == [])
        #expect(words() == ["装修手续 1", "付款承诺 1"])
        #expect(words(on: "2026-03-12") == ["装修手续 1", "付款承诺 1"], "not done, they stay")
        #expect(words(.guard) == ["装修手续 1"])
        try test.do(
            "renovation.permit", ["renovation": renovation, "deposit": "0", "fee": "0", "until": "2026-06-30"])
        #expect(words() == ["付款承诺 1"])
        try test.do("payment.receive", ["unit": "3-2-501", "amount": "100"])
        #expect(words() == [])
    }

    @Test("answers that were given stand before the handbook's, which the longest word finds")
    func answers() throws {
        #expect(test.estate.offeredAnswers(to: "我想问月卡怎么弄", limit: 3).map(\.question) == ["月卡怎么办"])
        #expect(test.estate.offeredAnswers(to: "您好", limit: 3).isEmpty)
        let call = try test.answered()
        let demand = try test.do("call.demand", ["call": call, "text": "月卡怎么办理"])
        try test.do("call.settle", ["demand": demand, "outcome": "answered", "note": "带行驶证来"])
        let offered = test.estate.offeredAnswers(to: "月卡怎么办理", limit: 3)
        #expect(offered.map(\.at) == [test.store.now, nil])
        #expect(offered.first?.note == "带行驶证来")
        #expect(test.estate.offeredAnswers(to: "月卡怎么办理", limit: 1).count == 1)
    }

    @Test("an estate has answers of its own")
    func own() throws {
        let answers = #"{"policy":{"answers":[{"question":"泳池几点开","words":["泳池"],"answer":"六月到九月，十点开"}]}}"#
        let own = try TestEstate(handbook: ["board.json": answers])
        #expect(own.estate.offeredAnswers(to: "泳池开吗", limit: 2).map(\.note) == ["六月到九月，十点开"])
    }
}

@Suite("Board: names that scripts rely on")
struct BoardScriptTests {
    @Test(
        "actions have these fields; a question mark marks an optional one",
        arguments: [("notice.post", "text until"), ("notice.end", "notice")])
    func fields(action: String, fields: String) throws { try expectFields(action, fields) }

    @Test("views have these columns", arguments: [("notices", "id text posted until shown")])
    func columns(view: String, keys: String) throws { try expectColumns(view, keys) }
}
