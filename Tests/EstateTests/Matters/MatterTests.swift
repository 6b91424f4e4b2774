import Testing
import TestSupport

@testable import Estate

@Suite("Matters that are passed to other departments")
struct MatterTests {
    private let test: TestEstate

    init() throws { test = try TestEstate(now: "2026-03-20T12:00") }

    private func pass(_ more: [String: String] = [:], at time: String = "2026-03-02T09:00") throws -> String {
        try test.do(
            "matter.pass", ["to": "工程", "what": "地库灯不亮"].merging(more) { $1 }, by: "S02", at: time)
    }

    @Test("it is to be answered within two days, unless another day is said")
    func due() throws {
        _ = try pass()
        _ = try pass(["due": "2026-03-02"])
        let rows = try test.show(MattersView.self)
        #expect(rows.map(\.due) == [day("2026-03-04"), day("2026-03-02")])
        #expect(refusal { try pass(["due": "2026-03-01"]) }?.field == "due")
    }

    @Test("a day without its year is one to come: matters look ahead")
    func shortDays() throws {
        _ = try pass(["due": "2026-03-25"])
        #expect(try test.store.rows(of: MattersView.self, ["due": .string("03-25")], for: .operator).rows.count == 1)
    }

    @Test("open until it is answered, late after its day; any member may answer, once")
    func states() throws {
        let matter = try pass()
        #expect(try test.only(MattersView.self, asOf: "2026-03-04").state == .open)
        #expect(try test.only(MattersView.self, asOf: "2026-03-05").state == .late)
        try test.do("matter.answer", ["matter": matter, "answer": "已换灯"], by: "S03", at: "2026-03-05T10:00")
        let row = try test.only(MattersView.self)
        #expect(row.state == .answered && row.answer?.text == "已换灯" && row.answeredBy == "赵门岗")
        #expect(row.answer?.at == at("2026-03-05T10:00"))
        let again = refusal { try test.do("matter.answer", ["matter": matter, "answer": "再答"]) }
        #expect(again?.code == "matter.answered")
        #expect(refusal { try pass(at: "2026-03-02T09:00") } == nil)
        let early = try pass()
        #expect(
            refusal { try test.do("matter.answer", ["matter": early, "answer": "早"], at: "2026-03-01T09:00") }?.code
                == "time.order")
    }

    @Test("of a request it has the unit, and is a part of its history")
    func request() throws {
        let request = try test.do(
            "request.open", ["class": "complaint", "unit": "3-2-501", "text": "太脏"], at: "2026-03-02T08:00")
        let matter = try pass(["request": request])
        let row = try test.only(MattersView.self)
        #expect(row.unit?.text == "3-2-501" && row.request?.id.text == request)
        #expect(Matters.relatedIDs(of: try #require(row.request).id, in: test.estate).map(\.text) == [matter])
        try test.do("request.complete", ["request": request], at: "2026-03-03T08:00")
        #expect(refusal { try pass(["request": request], at: "2026-03-04T09:00") }?.code == "request.completed")
    }

    @Test("a dispute between owner and tenant is a kind of its own")
    func dispute() throws {
        _ = try pass(["kind": "dispute", "unit": "3-2-502"])
        _ = try pass(["kind": "纠纷"])
        _ = try pass()
        #expect(try test.show(MattersView.self).map(\.kind) == [.dispute, .dispute, .general])
        #expect(refusal { try pass(["unit": "9-9-999"]) }?.field == "unit")
    }

    @Test("what is not answered by its day stands with the supervisor's duties, and nobody else is told")
    func duty() throws {
        let matter = try pass()
        func duties(_ time: String) throws -> [String] {
            try test.show(DutiesView.self, asOf: time).filter { $0.rule.kind == "matter" }
                .map { "\($0.state.rawValue) \($0.isWaiting)" }
        }
        #expect(try duties("2026-03-03T12:00") == ["open false"])
        #expect(try duties("2026-03-04T09:00") == ["open true"])
        #expect(try duties("2026-03-05T09:00") == ["late true"])
        let rule = try #require(Estate.duties.first { $0.kind == "matter" })
        #expect(rule.role == .supervisor && rule.tells == [.supervisor, .manager])
        try test.do("matter.answer", ["matter": matter, "answer": "好"], at: "2026-03-06T09:00")
        #expect(try duties("2026-03-07T09:00") == ["late false"])
        #expect(try test.show(DutiesView.self).first { $0.rule.kind == "matter" }?.subject.subject == "工程 地库灯不亮")
    }

    @Test("the departments are the handbook's, then those that were named")
    func departments() throws {
        _ = try pass(["to": "电梯公司"])
        #expect(Departments.words(in: test.estate).map(\.value) == ["工程", "保洁", "保安", "财务", "电梯公司"])
        let own = try TestEstate(handbook: ["matters.json": #"{"policy":{"departments":["维保"],"days":5}}"#])
        try own.do("matter.pass", ["to": "维保", "what": "梯"], at: "2026-03-02T09:00")
        #expect(try own.only(MattersView.self).due == day("2026-03-07"))
    }

    @Test("a unit that gets another code keeps its matters")
    func renamed() throws {
        _ = try pass(["unit": "3-2-502"])
        try test.do("unit.change", ["unit": "3-2-502", "newCode": "3-2-999"])
        #expect(try test.only(MattersView.self).unit?.text == "3-2-999")
    }
}

@Suite("Matters: names that scripts rely on")
struct MatterScriptTests {
    @Test(
        "actions have these fields; a question mark marks an optional one",
        arguments: [("matter.pass", "to what due? request? unit? kind?"), ("matter.answer", "matter answer")])
    func fields(action: String, fields: String) throws { try expectFields(action, fields) }

    @Test("views have these columns", arguments: [("matters", "id to what due answered state")])
    func columns(view: String, keys: String) throws { try expectColumns(view, keys) }

    @Test("columns have these values")
    func values() throws {
        try expectValues("matters", "state", "open|late|answered")
        try expectValues("matters", "kind", "general|dispute")
    }
}
