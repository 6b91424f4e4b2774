import Handbook
import Journal
import TestSupport
import Testing

@testable import Estate

@Suite("Rules, Renovation: passes, checks and violations")
struct SiteTests {
    private let test: TestEstate

    init() throws { test = try TestEstate(now: "2026-06-01T10:00") }

    /// What the gate is told of a visit for works.
    private func arrive(_ name: String, purpose: String = "装修", host: String = "3-2-501", at time: String) throws
        -> [String]
    {
        try test.warnings("visitor.arrive", ["name": name, "host": host, "purpose": purpose], by: "S03", at: time)
    }

    private func pass(_ id: String, _ name: String, at time: String) throws {
        try test.do("renovation.pass", ["renovation": id, "name": name], at: time)
    }

    @Test("a pass keeps only the kind of the document and its last four characters, sealed as a worker's")
    func document() throws {
        let id = try test.permitted(at: "2026-03-02T09:00")
        try test.do(
            "renovation.pass",
            ["renovation": id, "name": "刘师傅", "trade": "水电工", "document": "居民身份证 330102199001011234"])
        let pass = try test.only(PassesView.self)
        #expect(pass.subject.document.value == "居民身份证 1234")
        #expect(pass.number == "装2026-0001-01")
        let rule = test.estate.sealingRule(of: IssuePass())
        #expect(rule?.kind == "workers" && rule?.fields == ["name", "document"])
        #expect(
            Renovations.needsParticulars(of: try test.renovation(id).id.id, in: test.estate, on: day("2026-11-23"))
                != nil)
        try test.do("renovation.withdraw", ["renovation": id, "why": "不装了"])
        try test.do("renovation.refund", ["renovation": id, "refund": "2000"])
        #expect(
            Renovations.needsParticulars(of: try test.renovation(id).id.id, in: test.estate, on: day("2026-11-23"))
                == nil)
    }

    @Test("passes end with the works; an extension issues them anew")
    func validity() throws {
        let id = try test.permitted(until: "2026-03-31", at: "2026-03-02T09:00")
        try pass(id, "刘师傅", at: "2026-03-02T10:00")
        func state(_ time: String) throws -> PermitState? { try test.only(PassesView.self, asOf: time).state }
        #expect(try state("2026-03-31") == .valid)
        #expect(try state("2026-04-01T08:00") == .expired)
        try test.do(
            "renovation.extend", ["renovation": id, "until": "2026-06-30", "why": "材料"], at: "2026-04-01T09:00")
        #expect(try state("2026-04-01T10:00") == .valid)
        #expect(try test.only(PassesView.self).issue == 2)
        let permit = try test.only(PermitsView.self)
        #expect(permit.workers == ["刘师傅"] && permit.permitState == .valid && permit.until == day("2026-06-30"))
        try test.do("renovation.withdraw", ["renovation": id, "why": "不装了"])
        #expect(try test.only(PassesView.self).state == .ended)
    }

    @Test("the same name again and a pass after the last day are warned of")
    func warned() throws {
        let id = try test.permitted(until: "2026-03-31", at: "2026-03-02T09:00")
        try pass(id, "刘师傅", at: "2026-03-02T10:00")
        let members = ["renovation": id, "name": "刘师傅"]
        #expect(try test.warnings("renovation.pass", members, at: "2026-03-03T10:00") == ["pass.doubled"])
        #expect(try test.warnings("renovation.pass", members) == ["pass.doubled", "pass.expired"])
    }

    @Test("the gate is told of a pass that is missing, early, expired or withdrawn, and keeps nobody out")
    func gate() throws {
        #expect(try arrive("某师傅", at: "2026-03-02T09:00") == ["pass.none"])
        let id = try test.renovation(["papers": "complete", "applicant": "owner"], at: "2026-03-02T09:00")
        #expect(try arrive("甲", at: "2026-03-02T09:10") == ["pass.none"])
        try test.do(
            "renovation.agree", ["renovation": id, "from": "2026-03-05", "to": "2026-03-31", "hours": "8–12"],
            at: "2026-03-02T09:20")
        try test.do(
            "renovation.permit", ["renovation": id, "deposit": "0", "fee": "0", "until": "2026-03-31"],
            at: "2026-03-03T09:00")
        try pass(id, "刘师傅", at: "2026-03-03T10:00")
        #expect(try arrive("刘师傅", at: "2026-03-04T09:00") == ["pass.early"])
        #expect(try arrive("刘师傅", at: "2026-03-05T09:00") == ["visitor.doubled"], "with a valid pass")
        #expect(try arrive("王师傅", at: "2026-03-05T09:00") == ["pass.none"])
        #expect(try arrive("王小二", purpose: "探亲访友", at: "2026-03-05T09:00") == [])
        #expect(try arrive("刘工", purpose: "施工", host: "3-2-502", at: "2026-03-05T09:00") == ["pass.none"])
        #expect(try arrive("乙", at: "2026-04-01T09:00") == ["pass.expired"])
        try test.do("renovation.withdraw", ["renovation": id, "why": "不装了"], at: "2026-04-02T09:00")
        #expect(try arrive("丙", at: "2026-04-03T09:00") == ["pass.withdrawn"])
        // Long after its end it is not known any more.
        #expect(try arrive("丁", at: "2026-05-25T09:00") == ["pass.none"])
    }

    @Test("the form of the gate says so while it is filled in")
    func outlook() throws {
        _ = try test.permitted(at: "2026-03-02T09:00")
        func rows(_ name: String, _ purpose: String, _ time: String) -> [String] {
            ArriveVisitor.outlook(
                with: ["name": name, "host": "3-2-501", "purpose": purpose], in: test.estate, at: at(time)
            ).flatMap { $0.cells.map(\.chinese) }
        }
        #expect(rows("刘师傅", "装修", "2026-03-03T09:00") == ["刘师傅 没有 3-2-501 的出入证"])
        #expect(rows("刘师傅", "装修", "2026-03-07T09:00").last == "今天休息日，不准有噪声施工")
        #expect(rows("刘师傅", "探亲访友", "2026-03-07T09:00") == [])
    }

    @Test("several who come together are each looked at")
    func several() throws {
        let id = try test.permitted(at: "2026-03-02T09:00")
        try pass(id, "刘师傅", at: "2026-03-02T10:00")
        #expect(try arrive("刘师傅、王师傅", at: "2026-03-03T09:00") == ["pass.none"])
        try pass(id, "王师傅", at: "2026-03-03T10:00")
        #expect(try arrive("刘师傅、王师傅 ", at: "2026-03-04T09:00").contains("pass.none") == false)
    }

    @Test("not obeyed, or harm done: to be reported within the hours, shown until it is")
    func violations() throws {
        let id = try test.permitted(at: "2026-03-02T09:00")
        func violation(_ more: [String: String] = [:]) throws -> String {
            try test.do(
                "renovation.violation", ["renovation": id, "what": "堆料"].merging(more) { $1 }, at: "2026-03-03T09:00")
        }
        func row(_ violation: String) throws -> ViolationsView.Row {
            try #require(try test.show(ViolationsView.self).first { $0.subject.id.id.text == violation })
        }
        let (stubborn, obeyed, harmed) = try (violation(), violation(), violation(["harmed": "yes"]))
        for one in [obeyed, harmed] { try test.do("renovation.obeyed", ["violation": one], at: "2026-03-03T10:00") }
        #expect(try row(stubborn).reportDue == at("2026-03-04T09:00") && row(stubborn).state == .toReport)
        #expect(try row(obeyed).reportDue == nil && row(obeyed).state == .obeyed)
        #expect(try row(harmed).state == .toReport)
        #expect(try test.show(RenovationsView.self)[0].flags == [.violation])
        for one in [stubborn, harmed] {
            try test.do("renovation.reported", ["violation": one, "to": "城管", "number": "A1"])
        }
        #expect(try test.show(RenovationsView.self)[0].flags == [])
        #expect(try row(stubborn).state == .reported)
        func code(_ name: String, _ more: [String: String] = [:]) -> String? {
            refusal { try test.do("renovation.\(name)", ["violation": harmed].merging(more) { $1 }) }?.code
        }
        #expect(code("obeyed") == "violation.obeyed" && code("reported", ["to": "城管"]) == "violation.reported")
    }

    @Test("obeyed in the last second of the hours: nothing to report; later: to be reported, by the rule of its time")
    func obeyedLate() throws {
        let id = try test.permitted(at: "2026-03-02T09:00")
        let ids = try (0..<2).map { _ in
            try test.do("renovation.violation", ["renovation": id, "what": "堆料"], at: "2026-03-03T09:00")
        }
        try test.do("renovation.obeyed", ["violation": ids[0]], at: "2026-03-04T09:00")
        try test.do("renovation.obeyed", ["violation": ids[1]], at: "2026-03-04T09:00:01")
        func check(_ estate: Estate) throws {
            let rows = try ViolationsView().rows(of: estate, at: test.store.now)
            #expect(rows.map(\.state) == [.obeyed, .toReport])
            #expect(rows.map(\.reportDue) == [nil, at("2026-03-04T09:00")])
        }
        try check(test.estate)
        #expect(try test.show(RenovationsView.self)[0].flags == [.violation])
        try check(try TestEstate.reopened(test, handbook: ["renovation.json": #"{"policy":{"reportHours":48}}"#]))
    }

    @Test("a pass keeps its number, whatever other nodes issue; theirs have their names")
    func passNumbers() throws {
        let nodes = try TestNodes(2, skew: 0)
        let members = ["unit": "3-2-501", "contractor": "甲", "works": "刷墙", "papers": "complete", "applicant": "owner"]
        let id = try nodes[0].do("renovation.apply", members)
        let permit = ["renovation": id, "deposit": "0", "fee": "0", "until": "2026-08-31"]
        try nodes[0].do("renovation.permit", permit)
        nodes.pass(seconds: 60)
        try nodes.deliverAll()
        func pass(_ name: String, at node: Int) throws {
            try nodes[node].do("renovation.pass", ["renovation": id, "name": name])
            nodes.pass(seconds: 60)
        }
        try pass("甲", at: 1)
        try pass("乙", at: 0)
        let before = try PassesView().rows(of: nodes[0].store.estate, at: nodes[0].store.now).map(\.number)
        #expect(before == ["装2026-node0-0001-01"])
        try nodes.deliverAll()
        try pass("丙", at: 0)
        let state = try nodes.expectAgreement()
        #expect(
            state.renovations.passes.values.map { state.number(of: $0) } == [
                "装2026-node0-0001-node1-01", "装2026-node0-0001-01", "装2026-node0-0001-02",
            ])
    }

    @Test("a violation is undone as long as nothing came of it")
    func undo() throws {
        let id = try test.permitted(at: "2026-03-02T09:00")
        try test.do("renovation.violation", ["renovation": id, "what": "堆料"])
        try test.store.perform(UndoAction(try test.estate.nextUndo(of: "S01", at: test.store.now)), by: "S01")
        #expect(try test.show(ViolationsView.self).isEmpty)
        #expect(try test.renovation(id).violations.isEmpty)
    }

    @Test("accepted with open violations: warned of")
    func acceptedAnyhow() throws {
        let id = try test.permitted(at: "2026-03-02T09:00")
        try test.do("renovation.violation", ["renovation": id, "what": "堆料"])
        try test.do("renovation.finish", ["renovation": id])
        let members = ["renovation": id, "result": "passed"]
        #expect(try test.warnings("renovation.accept", members) == ["renovation.violations"])
    }

    @Test("what is due first comes first")
    func order() throws {
        let works = try test.permitted(until: "2026-06-20", at: "2026-05-20T09:00")
        let papers = try test.renovation(unit: "3-2-502", ["papers": "complete", "applicant": "owner"])
        let open = try test.renovation(unit: "3-2-503")
        let over = try test.renovation(unit: "3-2-503")
        try test.do("renovation.withdraw", ["renovation": over, "why": "不装了"])
        let rows = try test.show(RenovationsView.self)
        #expect(rows.map { $0.subject.id.id.text } == [papers, works, open, over])
        #expect(rows.map { $0.next?.chinese } == ["06-03 办手续", "06-20 施工期满", nil, nil])
    }
}
