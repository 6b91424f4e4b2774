import Journal
import Testing
import TestSupport

@testable import Estate

@Suite("Community events: plan, tasks, costs, visits (3.5, 5)")
struct EventTests {
    private let test: TestEstate
    private let event: String

    init() throws {
        test = try TestEstate(now: "2026-11-23T09:00")
        event = try test.do(
            "request.open", ["class": "event", "unit": "3-2-501", "text": "重阳敬老活动"], at: "2026-11-01T09:00")
    }

    private func plan(_ budget: String, _ date: String, at time: String? = nil) throws {
        try test.do("event.plan", ["request": event, "budget": budget, "date": date], by: "S04", at: time)
    }

    @discardableResult
    private func task(_ task: String, _ who: String, _ due: String? = nil, at time: String? = nil) throws -> String {
        try test.do(
            "event.task", ["request": event, "task": task, "who": who].merging(due.map { ["due": $0] } ?? [:]) { $1 },
            by: "S04", at: time)
    }

    private func spend(_ amount: String) throws -> [String] {
        let cost = RecordEventCost(
            request: ref(event), amount: try SignedAmount(text: amount, zone: .shanghai), what: "奖品")
        return try test.store.perform(cost, by: "S04").warnings
    }

    private var row: EventsView.Row { get throws { try test.only(EventsView.self) } }

    @Test(
        "the names that scripts rely on",
        arguments: [
            ("event.open", "text place date? budget?"), ("event.plan", "request budget date"),
            ("event.task", "request task who due?"),
            ("event.cost", "request amount what"), ("task.done", "task"),
        ])
    func fields(action: String, fields: String) throws {
        try expectFields(action, fields)
        #expect(try Estate.action(named: action).roles == [.supervisor])
    }

    @Test("the views have these columns")
    func columns() throws {
        try expectColumns(
            "events", "id unit text state date budget cost left tasks done late households visited rate met")
        try expectColumns("eventtasks", "id request event task who department due state done")
        try expectColumns("eventcosts", "id request event what amount at by")
        try expectValues("events", "state", "unplanned|planned|over")
        try expectValues("eventtasks", "state", "open|late|done|doneLate")
    }

    @Test("an event is opened with its place, day and budget; a new place is added with it; all is undone together")
    func opening() throws {
        func open(_ more: [String: String]) throws -> String {
            try test.do(
                "event.open",
                ["text": "元旦联欢会", "place": "中心花园", "date": "2026-12-31", "budget": "800"].merging(more) { $1 },
                by: "S04")
        }
        let id = try open([:])
        let row = try #require(try test.show(EventsView.self).first { $0.id.id.text == id })
        #expect(row.text == "元旦联欢会" && row.unit.text == "中心花园" && row.state == .planned)
        #expect(row.date == day("2026-12-31") && row.subject.plan?.budget == money("800"))
        #expect(test.estate.people.places.map(\.text) == ["中心花园"])
        try test.do("action.undo", [:], by: "S04")
        #expect(test.estate.people.places.isEmpty && test.estate.events.plans.isEmpty)
        #expect(try test.show(EventsView.self).map(\.id.id.text) == [event])
        // A place that is known is taken as it is.
        try test.do("place.add", ["place": "中心花园"])
        _ = try open(["place": "中心 花园"])
        #expect(test.estate.people.places.map(\.text) == ["中心花园"])
    }

    @Test("an event may be opened without a plan, but not with half of one, in a flat, or in the past")
    func openingRefused() throws {
        func open(_ values: [String: String]) -> String? {
            refusal {
                try test.do("event.open", ["text": "义诊", "place": "大堂"].merging(values) { $1 }, by: "S04")
            }.map { "\($0.code) \($0.field ?? "")" }
        }
        #expect(open(["date": "2026-12-01"]) == "event.planPart budget")
        #expect(open(["budget": "100"]) == "event.planPart date")
        #expect(open(["date": "2026-11-22", "budget": "100"]) == "event.early date")
        #expect(open(["place": "3-2-501"]) == "place.malformed place")
        #expect(test.estate.people.places.isEmpty)
        #expect(open([:]) == nil)
        #expect(try test.show(EventsView.self).last?.state == .unplanned)
    }

    @Test("budget against cost: the last plan counts, costs add up, what exceeds the budget is warned of")
    func budget() throws {
        #expect(try row.state == .unplanned && spend("10") == ["event.unplanned"])
        try plan("100", "2026-11-28")
        #expect(try spend("80") == [])
        #expect(try row.left == money("10") && row.state == .planned)
        #expect(try spend("10.01") == ["event.overBudget"])
        #expect(try row.left?.text == "-0.01")
        try plan("200", "2026-11-29")
        #expect(try row.left?.text == "99.99" && row.date == day("2026-11-29"))
        #expect(try spend("-100") == [])
        #expect(try row.spent == money("0.01"))
        #expect(refusal { try spend("-0.02") }?.code == "event.amount")
        #expect(refusal { try spend("0") }?.code == "event.amount")
    }

    @Test("only events have plans, tasks and costs")
    func notEvent() throws {
        let other = try test.do("request.open", ["class": "other", "unit": "3-2-501", "text": "证明"])
        for (action, more) in [
            ("event.plan", ["budget": "1", "date": "2026-12-01"]), ("event.task", ["task": "布置", "who": "工程"]),
            ("event.cost", ["amount": "1", "what": "奖品"]),
        ] {
            #expect(refusal { try test.do(action, more.merging(["request": other]) { $1 }) }?.code == "event.notEvent")
        }
    }

    @Test("a plan is neither before its request nor changed after the event, nor the same twice")
    func plans() throws {
        #expect(refusal { try plan("100", "2026-10-31") }?.code == "event.early")
        try plan("100", "2026-11-28")
        #expect(refusal { try plan("100", "2026-11-28") }?.code == "event.unchanged")
        try test.do("request.complete", ["request": event])
        #expect(refusal { try plan("200", "2026-11-28") }?.code == "event.over")
        #expect(try row.state == .over)
    }

    @Test("tasks by department: a member counts in that of their post; late after their day, done late when done later")
    func tasks() throws {
        try task("布置", "工程", "2026-11-25", at: "2026-11-10T09:00")
        let guarded = try task("秩序", "S03", "2026-11-20", at: "2026-11-10T09:00")
        try task("拍照", "孙财务", at: "2026-11-10T09:00")
        func states(_ time: String? = nil) throws -> [String] {
            try test.show(EventTasksView.self, ["request": event], asOf: time).map {
                "\($0.department) \($0.state.rawValue)"
            }
        }
        #expect(try states("2026-11-20") == ["工程 open", "秩序 open", "财务 open"])
        #expect(try states() == ["工程 open", "秩序 late", "财务 open"] && row.late == 1)
        try test.do("task.done", ["task": guarded], by: "S04")
        #expect(try states() == ["工程 open", "秩序 doneLate", "财务 open"] && row.done == 1)
        #expect(refusal { try test.do("task.done", ["task": guarded]) }?.code == "task.done")
        #expect(refusal { try task("保洁", "保洁", "2026-11-22") }?.code == "event.dueEarly")
        #expect(refusal { try task("保洁", "S77") }?.code == "staff.unknown")
    }

    @Test("a task with a day is a duty until it is done")
    func duty() throws {
        let id = try task("布置", "工程", "2026-11-25", at: "2026-11-10T09:00")
        try task("拍照", "工程", at: "2026-11-10T09:00")
        func duties() throws -> [String] {
            try test.show(DutiesView.self).filter { $0.rule.kind == "eventtask" }
                .map { "\($0.subject.subject ?? "") \($0.due.text) \($0.state.rawValue)" }
        }
        #expect(try duties() == ["布置 工程 · 重阳敬老活动 2026-11-25 open"])
        try test.do("task.done", ["task": id], by: "S04")
        #expect(try duties() == ["布置 工程 · 重阳敬老活动 2026-11-25 done"])
    }

    @Test("3.5 the visits of the households at 70 %, once their time is past", arguments: [(7, true), (6, false)])
    func visits(visited: Int, met: Bool) throws {
        test.clock.set("2026-12-31 09:00")
        for number in 1...10 {
            try test.do("unit.add", ["unit": "4-1-\(100 + number)"])
            try test.do("event.attend", ["request": event, "unit": "4-1-\(100 + number)"], at: "2026-11-28T10:00")
        }
        try test.do("request.complete", ["request": event], at: "2026-11-28T17:00")
        for visit in test.estate.followUps.of(ref(event)).prefix(visited) {
            try test.visit(visit.id.id.text, at: "2026-12-05T10:00")
        }
        let early = try test.only(EventsView.self, asOf: "2026-12-10")
        #expect(early.households.count == 10 && early.visited == visited && early.met == nil)
        #expect(try row.met == met && row.rate?.text == "\(visited)0.00")
    }

    @Test("the page: plan, costs with their sum, tasks by department, households and visits")
    func report() throws {
        try plan("100", "2026-11-28")
        _ = try spend("80")
        try task("拍照", "孙财务")
        try task("布置", "工程")
        try test.do("event.attend", ["request": event, "unit": "3-2-502"])
        let (rows, document) = try EventReport.make(
            of: test.estate, at: test.store.now, members: ["request": .string(event)], .chinese)
        let sheet = try #require(document.sheets.first)
        #expect(sheet.values["预算"] == "100.00" && sheet.values["余额"] == "20.00")
        #expect(sheet.tables[0].last == ["合计", "", "80.00"])
        #expect(sheet.tables[1].map { $0[0] } == ["工程", "财务"], "in the order of the departments")
        #expect(sheet.values["参与住户"] == "3-2-502" && rows.rows.count == 2)
        let repair = try test.do("request.open", ["class": "repair.minor", "unit": "3-2-501", "text": "灯"])
        let other = refusal {
            try EventReport.make(
                of: test.estate, at: test.store.now, members: ["request": .string(repair)], .chinese)
        }
        #expect(other?.code == "event.notEvent")
    }
}
