import Testing
import TestSupport

@testable import Estate

@Suite("3 Attempts, appointments and the manner of a visit (Rules, Return-visit rate)")
struct FollowUpPlanningTests {
    private let test: TestEstate
    private let visit: String

    /// A minor repair that is due on 03-05, as of 03-04 12:00.
    init() throws {
        test = try TestEstate(now: "2026-03-04T12:00")
        visit = try test.minorRepair(done: "2026-03-02T16:00")
    }

    private func appoint(_ time: String, visitors: String = "S06", by: String = "S06", at now: String? = nil) throws {
        try test.do("followup.appoint", ["followup": visit, "at": time, "visitors": visitors], by: by, at: now)
    }

    private func close(by: String = "S04") throws {
        try test.do("followup.close", ["followup": visit, "why": "长期在外"], by: by)
    }

    private func attempts(_ count: Int) throws {
        for index in 0..<count {
            try test.visit(visit, index % 2 == 0 ? .unreachable : .refused, at: "2026-03-03T1\(index):00")
        }
    }

    // MARK: Closing

    @Test("a case is closed after three documented attempts, by a supervisor, and not before")
    func closing() throws {
        try attempts(2)
        #expect(refusal { try close() }?.code == "followup.attempts")
        try test.visit(visit, .unreachable, at: "2026-03-04T09:00")
        #expect(refusal { try close(by: "S06") }?.code == "staff.notAllowed")
        #expect(refusal { try test.do("followup.close", ["followup": visit], by: "S04") }?.field == "why")
        try close()
        let row = try test.only(FollowUpsView.self)
        #expect(row.state == .closed && row.closed?.why == "长期在外" && row.attempts == 3)
        #expect(refusal { try close() }?.code == "followup.closed")
    }

    @Test("a closed case is out of the queue and the route, and still uncovered")
    func closedIsUncovered() throws {
        try attempts(3)
        try close()
        test.clock.set("2026-03-20 12:00")
        #expect(test.estate.followUps.tally(at: test.store.now, in: .shanghai) == FollowUpTally())
        #expect(try test.show(RouteView.self).isEmpty)
        let rate = try test.rate(.minorRepair, "2026-03", asOf: "2026-03-31")
        #expect((rate.matured, rate.covered, rate.met) == (1, 0, false))
    }

    @Test("a visit to a closed case is recorded, and then covers it")
    func visitAfterAll() throws {
        try attempts(3)
        try close()
        try test.visit(visit, at: "2026-03-04T11:00")
        #expect(try test.only(FollowUpsView.self).state == .done)
        #expect(try test.rate(.minorRepair, "2026-03", asOf: "2026-03-31").covered == 1)
    }

    @Test("reopening the request voids a closed case: the new cycle has a visit of its own")
    func reopened() throws {
        try attempts(3)
        try close()
        let request = try test.only(FollowUpsView.self).request.id.text
        try test.do("request.reopen", ["request": request, "why": "又漏"])
        #expect(try test.only(FollowUpsView.self).state == .void)
    }

    // MARK: Appointments

    @Test("an appointment names who goes and when; a later one replaces it")
    func appointment() throws {
        try appoint("2026-03-05T10:00")
        try appoint("2026-03-05T15:30", visitors: "郑管理,S05")
        let row = try test.only(FollowUpsView.self)
        #expect(row.appointed == at("2026-03-05T15:30") && row.appointees == ["郑管理", "吴区域"])
    }

    @Test(
        "an appointment lies ahead, has a time of day, and is not before the window opens",
        arguments: [
            ("2026-03-04T11:00", "followup.appointedPast"), ("2026-03-06", "followup.appointedHour"),
            ("2026-03-01T10:00", "followup.early"),
        ])
    func refused(time: String, code: String) throws {
        let now = code == "followup.early" ? "2026-02-20T09:00" : nil
        let refused = refusal { try appoint(time, at: now) }
        #expect(refused?.code == code && refused?.field == "at")
    }

    @Test("a visit that was made or closed takes no appointment")
    func settled() throws {
        try attempts(3)
        try close()
        #expect(refusal { try appoint("2026-03-05T10:00") }?.code == "followup.closed")
        try test.visit(visit, at: "2026-03-04T11:00")
        #expect(refusal { try appoint("2026-03-05T10:00") }?.code == "followup.visited")
    }

    @Test("the route of a day has its appointments, for those who go, and leaves out those of later days")
    func route() throws {
        try appoint("2026-03-06T10:00", visitors: "S05,S06")
        test.clock.set("2026-03-05 09:00")
        #expect(try test.show(RouteView.self).isEmpty)
        test.clock.set("2026-03-06 09:00")
        for staff in ["S05", "S06", "S02"] { #expect(try test.show(RouteView.self, ["staff": staff]).count == 1) }
        #expect(try test.only(RouteView.self).visit.appointed == at("2026-03-06T10:00"))
        // An appointment that was missed leaves an overdue visit.
        test.clock.set("2026-03-07 09:00")
        #expect(try test.show(RouteView.self, ["staff": "S06"]).count == 1)
        #expect(try test.show(RouteView.self, ["staff": "S05"]).isEmpty)
    }

    @Test("an attempt on the appointed day uses the appointment up; the route shows the day's attempt")
    func attempted() throws {
        try appoint("2026-03-05T10:00")
        try test.visit(visit, .unreachable, at: "2026-03-04T11:00")
        #expect(try test.only(FollowUpsView.self).appointed == at("2026-03-05T10:00"))
        test.clock.set("2026-03-05 12:00")
        #expect(try test.only(RouteView.self).tried == nil)
        try test.visit(visit, .unreachable, at: "2026-03-05T10:05")
        #expect(try test.only(FollowUpsView.self).appointed == nil)
        #expect(try test.only(RouteView.self).tried == at("2026-03-05T10:05"))
    }

    // MARK: The manner

    @Test("a visit by telephone is covered, and listed as a deviation", arguments: FollowUpWay.allCases)
    func way(_ way: FollowUpWay) throws {
        try test.visit(visit, at: "2026-03-04T10:00", ["way": way.rawValue])
        let row = try test.only(FollowUpsView.self)
        #expect(row.way == way && row.deviations == (way == .phone ? [.phone] : []))
        let rate = try test.rate(.minorRepair, "2026-03", asOf: "2026-03-31")
        #expect((rate.covered, rate.deviations) == (1, way == .phone ? 1 : 0))
    }

    @Test("a form warns of a visit by telephone")
    func caution() {
        let values = ["followup": visit, "result": "satisfied", "visitors": "S06", "way": "phone"]
        #expect(RecordFollowUp.cautions(with: values, by: "S06", in: test.estate).keys.sorted() == ["way"])
    }
}
