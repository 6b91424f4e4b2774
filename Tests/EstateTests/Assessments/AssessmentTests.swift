import Journal
import Testing
import TestSupport

@testable import Estate

/// A member's month: three answered calls, two visits, an inspection that names them, a complaint, a shift, a drill.
@Suite("4 Assessments, drawn from facts only")
struct AssessmentTests {
    private let test: TestEstate

    init() throws { test = try TestEstate(now: "2026-11-23T09:00") }

    private func figures(_ staff: String, _ period: String = "2026-11", asOf time: String? = nil) throws -> [String] {
        try test.show(AssessmentsView.self, ["staff": staff, "period": period], asOf: time).map {
            "\($0.measure.rawValue) \($0.good.map { "\($0)/" } ?? "")\($0.count)"
        }
    }

    private func row(_ staff: String, _ measure: AssessmentMeasure) throws -> AssessmentsView.Row {
        try #require(try test.show(AssessmentsView.self, ["staff": staff]).first { $0.measure == measure })
    }

    @discardableResult
    private func call(rings: Int, greeting: String = "yes", at time: String) throws -> String {
        let call = try test.do("call.ring", ["phone": ""], by: "S02", at: time)
        try test.do("call.answer", ["call": call, "rings": "\(rings)", "greeting": greeting], by: "S02", at: time)
        try test.do("call.end", ["call": call, "closing": "yes"], by: "S02", at: time)
        return call
    }

    @Test("the names that scripts rely on; the view and the report are restricted")
    func names() throws {
        try expectFields("complaint.link", "request staff")
        try expectColumns("assessments", "staff name role period measure count good share last facts")
        try expectValues(
            "assessments", "measure", "rings|steps|visits|inspections|complaints|shifts|drill|training")
        #expect(AssessmentsView.isRestricted && AssessmentReport.isRestricted)
    }

    @Test("1.1 rings and 1.2 steps of answered calls, each with its facts; a missed call is nobody's")
    func calls() throws {
        let late = try call(rings: 4, at: "2026-11-10T09:00")
        let rude = try call(rings: 2, greeting: "no", at: "2026-11-11T09:00")
        let good = try call(rings: 1, at: "2026-11-12T09:00")
        try call(rings: 1, at: "2026-10-31T23:59")
        let missed = try test.ring("13800001111")
        try test.do("call.end", ["call": missed], by: "S02")
        #expect(try figures("S02") == ["rings 2/3", "steps 2/3", "inspections 0", "complaints 0"])
        let (rings, steps) = (try row("S02", .rings), try row("S02", .steps))
        #expect(rings.cases.map(\.id.text) == [late, rude, good] && rings.cases.map(\.isGood) == [false, true, true])
        #expect(steps.cases.filter { !$0.isGood }.map(\.id.text) == [rude], "rings are a measure of their own")
        #expect(rings.share?.text == "66.66" && rings.last == "100.00%")
        #expect(test.estate.words(of: rings.cases[0], .rings, .chinese).hasSuffix(" 4 声"))
        #expect(test.estate.words(of: rings.cases[0], .rings, .english).hasSuffix(" 4 rings"))
    }

    @Test("3 visits in time of each visitor")
    func visits() throws {
        let (one, other) = (
            try test.request("complaint", opened: "2026-11-01T09:00", done: "2026-11-10T10:00").visit,
            try test.request("repair.minor", opened: "2026-11-01T09:00", done: "2026-11-10T10:00").visit
        )
        try test.visit(one, visitors: "S05,S06", at: "2026-11-13T23:00")
        try test.visit(other, visitors: "S06", at: "2026-11-14T00:01")
        #expect(try figures("S06").first == "visits 1/2" && figures("S05").first == "visits 1/1")
        #expect(Set(try row("S06", .visits).cases.map(\.id.text)) == [one, other])
    }

    @Test("5.1 failed items whose note names the member, and no others")
    func inspections() throws {
        let inspection = try test.do("inspection.open", ["template": "gate"], by: "S04")
        let items = try #require(test.estate.inspections[ref(inspection)]).items
        for (item, note) in zip(items, ["赵门岗没戴帽", "地面有垃圾"]) {
            try test.do(
                "inspection.mark", ["inspection": inspection, "item": item, "result": "fail", "note": note], by: "S04")
        }
        try test.do(
            "inspection.mark", ["inspection": inspection, "item": items[2], "result": "pass", "note": "赵门岗好"], by: "S04"
        )
        #expect(try figures("S03") == ["inspections 1", "complaints 0"])
        #expect(try row("S03", .inspections).cases.map(\.id.text) == [inspection])
    }

    @Test("complaints that were linked to the member; once each, and not by the member about themselves")
    func complaints() throws {
        let complaint = try test.do("request.open", ["class": "complaint", "unit": "3-2-501", "text": "门岗态度不好"])
        let repair = try test.do("request.open", ["class": "repair.minor", "unit": "3-2-501", "text": "灯不亮"])
        func link(_ request: String, _ staff: String, by: String = "S04") throws {
            try test.do("complaint.link", ["request": request, "staff": staff], by: by)
        }
        try link(complaint, "S03")
        #expect(refusal { try link(complaint, "S03") }?.code == "complaint.linked")
        #expect(refusal { try link(repair, "S03") }?.code == "complaint.class")
        #expect(refusal { try link(complaint, "S04") }?.code == "complaint.self")
        #expect(refusal { try link(complaint, "S03", by: "S02") }?.code == "staff.notAllowed")
        #expect(try figures("S03") == ["inspections 0", "complaints 1"])
        #expect(try row("S03", .complaints).cases.map(\.id.text) == [complaint])
    }

    @Test("7.3 planned shifts that have begun, 7.7 drills and trainings")
    func gate() throws {
        for (from, to) in [("22T06:00", "22T14:00"), ("23T06:00", "23T14:00"), ("24T06:00", "24T14:00")] {
            try test.do(
                "roster.set", ["staff": "S03", "post": "门岗", "from": "2026-11-\(from)", "to": "2026-11-\(to)"],
                by: "S04",
                at: "2026-11-20T10:00")
        }
        try test.do("shift.open", ["post": "门岗", "staff": "S03"], by: "S03", at: "2026-11-23T06:00")
        try test.do("vehicle.add", ["plate": "浙A77777", "unit": "3-2-502"])
        for result in ["again", "good"] {
            try test.do("drill.answer", ["plate": "浙A77777", "result": result], by: "S03")
        }
        try test.do(
            "training.record", ["topic": "消防", "hours": "2", "trainer": "S04", "staff": "S03", "result": "failed"])
        // Without a result nothing was passed.
        try test.do("training.record", ["topic": "礼仪", "hours": "1", "trainer": "S04", "staff": "S03"])
        #expect(
            try figures("S03") == ["inspections 0", "complaints 0", "shifts 1/2", "drill 1/2", "training 0/1"])
        #expect(try row("S03", .shifts).cases.map(\.isGood) == [false, true])
    }

    @Test("as of a moment nothing later counts; a month without facts has none")
    func asOf() throws {
        try call(rings: 1, at: "2026-11-10T09:00")
        try call(rings: 5, at: "2026-11-20T09:00")
        #expect(try figures("S02", asOf: "2026-11-15").first == "rings 1/1")
        #expect(try figures("S02", "2026-09") == ["inspections 0", "complaints 0"])
    }

    // MARK: Who sees whose

    private func visible(to role: Role, _ member: String) throws -> Set<String> {
        Set(
            try AssessmentsView().rows(of: test.estate, at: test.store.now, for: role, member: member)
                .map(\.subject.staff))
    }

    @Test("a member sees their own, a supervisor those below, a manager all")
    func whoSeesWhose() throws {
        for (role, member) in [
            (Role.operator, "S02"), (.guard, "S03"), (.administrator, "S06"), (.finance, "S07"), (.keeper, "S08"),
        ] {
            #expect(try visible(to: role, member) == [member])
        }
        #expect(try visible(to: .supervisor, "S04") == ["S02", "S03", "S04", "S06"])
        #expect(try visible(to: .regional, "S05") == ["S05", "S06"])
        #expect(try visible(to: .manager, "S01") == Set((1...8).map { "S0\($0)" }))
    }

    @Test("to ask for another's is refused, in the view and in the report")
    func refused() throws {
        func ask(_ staff: String, _ role: Role, _ member: String) -> String? {
            let members: [String: JSONValue] = ["staff": .string(staff)]
            let (estate, now) = (test.estate, test.store.now)
            let view = refusal {
                try AssessmentsView.select(of: estate, at: now, members: members, for: role, member: member)
            }
            let report = refusal {
                try AssessmentReport.make(of: estate, at: now, members: members, for: role, member: member, .chinese)
            }
            #expect(view?.code == report?.code)
            return view?.code
        }
        #expect(ask("S02", .guard, "S03") == "view.notAllowed")
        #expect(ask("S01", .supervisor, "S04") == "view.notAllowed")
        #expect(ask("S03", .guard, "S03") == nil && ask("S03", .supervisor, "S04") == nil)
        #expect(ask("S77", .manager, "S01") == "staff.unknown")
    }

    @Test("the estate says who is below whom")
    func policy() throws {
        let own = try TestEstate(handbook: ["assessments.json": #"{"policy":{"sees":{"supervisor":["guard"]}}}"#])
        let rows = try AssessmentsView().rows(of: own.estate, at: own.store.now, for: .supervisor, member: "S04")
        #expect(Set(rows.map(\.subject.staff)) == ["S03", "S04"])
    }

    @Test("who has left without a case is on no page")
    func left() throws {
        try test.do("staff.leave", ["staff": "S03"])
        let (estate, now) = (test.estate, test.store.now)
        let report = try AssessmentReport.make(
            of: estate, at: now, members: [:], for: .manager, member: "S01", .chinese)
        #expect(report.document.sheets.count == 7)
        #expect(try visible(to: .manager, "S01").contains("S03"))
    }

    @Test("a link is read by superiors only: one about a supervisor by the manager")
    func hidden() throws {
        let complaint = try test.do("request.open", ["class": "complaint", "unit": "3-2-501", "text": "没人管"])
        func entries(_ role: Role) throws -> Int {
            try HistoryView.select(
                of: test.estate, at: test.store.now, members: ["id": .string(complaint)], for: role,
                reading: test.store.entries
            ).rows.count
        }
        try test.do("complaint.link", ["request": complaint, "staff": "S03"])
        try test.do("complaint.link", ["request": complaint, "staff": "S04"])
        #expect(try entries(.operator) == 1 && entries(.guard) == 1)
        #expect(try entries(.supervisor) == 2 && entries(.manager) == 3)
    }

    @Test("the report has a page for each member, with the figures and each fact that counts against them")
    func report() throws {
        try call(rings: 4, greeting: "no", at: "2026-11-10T09:00")
        let (rows, document) = try AssessmentReport.make(
            of: test.estate, at: test.store.now, members: ["period": "2026-11"], for: .manager, member: "S01", .chinese)
        #expect(document.sheets.count == 8 && document.name == "assessment-2026-11")
        let sheet = try #require(document.sheets.first { $0.values["员工"] == "陈接待" })
        #expect(sheet.tables[0].first == ["三声内接听", "1", "0", "0.00", "—"])
        #expect(sheet.tables[1].map { $0[1] } == ["三声内接听", "接听步骤齐全"])
        #expect(sheet.tables[1][1][2].contains("未问候"))
        #expect(rows.rows.count == 8 * 2 + 2)
    }
}
