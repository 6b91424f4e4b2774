import Testing

@testable import Estate

@Suite("Return visits (section 3)")
struct FollowUpTests {
    @Test(
        "a visit is open until 24:00 of its due day, then overdue",
        arguments: [
            ("2026-03-02", FollowUpState.open), ("2026-03-04", .open), ("2026-03-05T23:59:59", .open),
            ("2026-03-05", .overdue), ("2026-03-06T00:00:01", .overdue), ("2026-06-01", .overdue),
        ])
    func states(asOf: String, state: FollowUpState) throws {
        let desk = try Desk()
        _ = try desk.minorRepair(done: "2026-03-02T16:00")
        #expect(try desk.only(FollowUpsView.self, asOf: asOf).state == state)
    }

    @Test("a tally counts them as their states do, today's among those in time")
    func tally() throws {
        let desk = try Desk(now: "2026-03-01T12:00")
        for done in ["2026-02-10", "2026-02-26", "2026-02-27", "2026-03-01"] {
            _ = try desk.minorRepair(done: "\(done)T09:00")
        }
        for (now, expected) in [
            ("2026-03-01T12:00", FollowUpTally(overdue: 1, today: 1, open: 3)),
            ("2026-03-01T23:59:59", FollowUpTally(overdue: 1, today: 1, open: 3)),
            ("2026-03-02T00:00", FollowUpTally(overdue: 2, today: 1, open: 2)),
            ("2026-03-09T08:00", FollowUpTally(overdue: 4, today: 0, open: 0)),
        ] {
            #expect(desk.estate.followUps.tally(at: at(now), in: .shanghai) == expected, "\(now)")
        }
        let states = try desk.show(FollowUpsView.self).map(\.state)
        let tally = desk.estate.followUps.tally(at: desk.store.now, in: .shanghai)
        #expect((tally.overdue, tally.open) == (states.count { $0 == .overdue }, states.count { $0 == .open }))
    }

    @Test("the clock starts when the work is finished, not when it was asked for")
    func clockStartsAtCompletion() throws {
        let desk = try Desk()
        let request = try desk.do(
            "request.open", ["class": "complaint", "unit": "3-2-501", "text": "噪声"], at: "2026-03-02T09:00")
        #expect(try desk.show(FollowUpsView.self).isEmpty)
        try desk.do("request.complete", ["request": request], at: "2026-03-20T09:00")
        #expect(try desk.only(FollowUpsView.self).due == day("2026-03-23"))
    }

    @Test(
        "who has to go is told by class",
        arguments: [
            ("complaint", "regional,administrator"), ("repair.minor", "administrator"), ("other", "administrator"),
        ])
    func visitors(requestClass: String, visitors: String) throws {
        let desk = try Desk()
        _ = try desk.request(requestClass, done: "2026-03-02")
        #expect(try desk.only(FollowUpsView.self).visitors == visitors)
    }

    @Test("nobody home and refused are attempts, not visits", arguments: [VisitResult.unreachable, .refused])
    func attempts(result: VisitResult) throws {
        let desk = try Desk()
        let visit = try desk.minorRepair(done: "2026-03-02T16:00")
        try desk.visit(visit, result, at: "2026-03-03T10:00")
        try desk.visit(visit, result, at: "2026-03-04T10:00")
        var row = try desk.only(FollowUpsView.self, asOf: "2026-03-04")
        #expect(row.state == .open)
        #expect(row.attempts == 2)
        #expect(row.result == result)
        #expect(row.visitedAt == nil)
        try desk.visit(visit, at: "2026-03-05T10:00")
        row = try desk.only(FollowUpsView.self)
        #expect(row.state == .done)
        #expect(row.attempts == 2)
    }

    @Test("what an owner says is signed by the owner; an attempt needs no signature")
    func signer() throws {
        let desk = try Desk()
        let visit = try desk.minorRepair(done: "2026-03-02")
        for result in ["satisfied", "unsatisfied"] {
            let refused = refusal {
                try desk.do("followup.record", ["followup": visit, "result": result, "visitors": "S06"])
            }
            #expect(refused?.code == "followup.unsigned")
            #expect(refused?.field == "signer")
        }
        try desk.do("followup.record", ["followup": visit, "result": "unreachable", "visitors": "S06"])
    }

    @Test(
        "a signature may stand on paper, or be refused for a reason, but not both",
        arguments: [
            (["signer": "李四"], "签名 李四"), (["paper": "0042"], "纸质签名 0042"),
            (["signer": "李四", "paper": "0042"], "签名 李四，纸质签名 0042"), (["unsigned": "不愿签字"], "拒签：不愿签字"),
        ])
    func signature(given: [String: String], told: String) throws {
        let desk = try Desk()
        let visit = try desk.minorRepair(done: "2026-03-02")
        let fields = ["followup": visit, "result": "satisfied", "visitors": "S06"]
        let both = refusal {
            try desk.do("followup.record", fields.merging(["signer": "李四", "unsigned": "不愿签字"]) { $1 })
        }
        #expect(both?.code == "followup.signature" && both?.field == "unsigned")
        try desk.do("followup.record", fields.merging(given) { $1 })
        let report = try #require(desk.estate.followUps[ref(visit)]?.visit)
        #expect(report.signature?.chinese == told)
        let sheet = try #require(try VisitSheet(followup: ref(visit)).rows(of: desk.estate, at: desk.store.now).first)
        #expect(
            [sheet.report?.signer, sheet.report?.paper, sheet.report?.unsigned] == [
                given["signer"], given["paper"], given["unsigned"],
            ])
    }

    @Test(
        "a visit without a required visitor is recorded all the same, and flagged 人员不符",
        arguments: [
            ("S06", [Role.regional]), ("S05", [.administrator]), ("S02", [.regional, .administrator]), ("S05,S06", []),
            ("吴区域、郑管理", []), ("S06，S05，S02", []),
        ])
    func absent(visitors: String, absent: [Role]) throws {
        let desk = try Desk()
        let visit = try desk.request("complaint", done: "2026-03-02").visit
        try desk.visit(visit, visitors: visitors, at: "2026-03-03")
        let row = try desk.only(FollowUpsView.self)
        #expect(row.absent == absent)
        #expect(row.state == .done)
    }

    @Test("a visitor who does not work here is refused, and so is a visit by nobody")
    func unknownVisitor() throws {
        let desk = try Desk()
        let visit = try desk.minorRepair(done: "2026-03-02")
        let stranger = refusal { try desk.visit(visit, visitors: "S06,S99", at: "2026-03-03") }
        #expect(stranger?.code == "staff.unknown")
        #expect(stranger?.field == "visitors")
        #expect(refusal { try desk.visit(visit, visitors: "", at: "2026-03-03") }?.field == "visitors")
    }

    @Test("satisfaction is 1 to 5", arguments: ["0", "6"])
    func satisfaction(value: String) throws {
        let desk = try Desk()
        let visit = try desk.minorRepair(done: "2026-03-02")
        #expect(
            refusal { try desk.visit(visit, at: "2026-03-03", ["satisfaction": value]) }?.code
                == "followup.satisfaction")
    }

    @Test("the five contents and the signature are kept")
    func contents() throws {
        let desk = try Desk()
        let visit = try desk.minorRepair(done: "2026-03-02")
        try desk.visit(
            visit, at: "2026-03-03",
            ["quality": "合格", "effect": "好", "satisfaction": "5", "shortcomings": "来得晚", "suggestions": "先来电话"])
        let report = try #require(desk.estate.followUps[ref(visit)]?.visit)
        #expect(report.quality == "合格")
        #expect(report.effect == "好")
        #expect(report.satisfaction == 5)
        #expect(report.shortcomings == "来得晚")
        #expect(report.suggestions == "先来电话")
        #expect(report.signer == "李四")
    }

    @Test("a visit is made once")
    func once() throws {
        let desk = try Desk()
        let visit = try desk.minorRepair(done: "2026-03-02")
        try desk.visit(visit, at: "2026-03-03")
        #expect(refusal { try desk.visit(visit, at: "2026-03-04") }?.code == "followup.visited")
    }
}
