import Testing

@testable import Estate

@Suite("The return-visit rate (Rules, Return-visit rate)")
struct RateTests {
    @Test("only cases whose due date is past have matured")
    func matured() throws {
        let desk = try Desk()
        _ = try desk.minorRepair(done: "2026-03-02")
        for (asOf, matured) in [("2026-03-04", 0), ("2026-03-05T23:59:59", 0), ("2026-03-05", 1), ("2026-03-06", 1)] {
            #expect(try desk.rate(.minorRepair, "2026-03", asOf: asOf).matured == matured)
        }
    }

    @Test("a case belongs to the month in which it is due, not to that in which the work was done")
    func month() throws {
        let desk = try Desk()
        _ = try desk.minorRepair(done: "2026-03-30")
        #expect(try desk.rate(.minorRepair, "2026-03", asOf: "2026-04-30").matured == 0)
        #expect(try desk.rate(.minorRepair, "2026-04", asOf: "2026-04-30").matured == 1)
    }

    @Test("a late visit is covered and not on time; an attempt is neither")
    func coveredAndOnTime() throws {
        let desk = try Desk()
        let visits = try (0..<4).map { _ in try desk.minorRepair(done: "2026-03-02") }
        try desk.visit(visits[0], at: "2026-03-05T23:59:59")
        try desk.visit(visits[1], at: "2026-03-06T00:00")
        try desk.visit(visits[2], .refused, at: "2026-03-04")
        let rate = try desk.rate(.minorRepair, "2026-03", asOf: "2026-03-31")
        #expect(rate.matured == 4)
        #expect(rate.covered == 2)
        #expect(rate.onTime == 1)
        #expect(rate.target == 100)
        #expect(rate.met == false)
    }

    @Test("as of an earlier moment a later visit is not made yet")
    func asOf() throws {
        let desk = try Desk()
        let visit = try desk.minorRepair(done: "2026-03-02")
        try desk.visit(visit, at: "2026-03-20T10:00")
        #expect(try desk.rate(.minorRepair, "2026-03", asOf: "2026-03-19").covered == 0)
        #expect(try desk.rate(.minorRepair, "2026-03", asOf: "2026-03-20").covered == 1)
        #expect(try desk.rate(.minorRepair, "2026-03", asOf: "2026-03-20T09:59").covered == 0)
        #expect(try desk.rate(.minorRepair, "2026-03", asOf: "2026-03-20T10:00").covered == 1)
    }

    @Test("a visit without a required visitor is covered all the same")
    func deviation() throws {
        let desk = try Desk()
        try desk.visit(desk.request("complaint", done: "2026-03-02").visit, visitors: "S06", at: "2026-03-03")
        let rate = try desk.rate(.complaint, "2026-03", asOf: "2026-03-31")
        #expect(rate.covered == 1)
        #expect(rate.onTime == 1)
    }

    @Test("a special service counts each stage")
    func stages() throws {
        let desk = try Desk()
        try desk.do(
            "request.open",
            ["class": "special", "unit": "3-2-501", "text": "保洁", "from": "2026-03-01", "to": "2026-03-10"],
            at: "2026-02-20")
        #expect(try desk.rate(.special, "2026-03", asOf: "2026-03-31").matured == 2)
    }

    @Test("an event's cases are its households; 70 percent of them are enough (3.5)")
    func event() throws {
        let desk = try Desk()
        let event = try desk.do(
            "request.open", ["class": "event", "unit": "3-2-501", "text": "中秋晚会"], at: "2026-03-01")
        for room in ["3-2-501", "3-2-502"] {
            try desk.do("event.attend", ["request": event, "unit": room], at: "2026-03-01")
        }
        #expect(
            refusal { try desk.do("event.attend", ["request": event, "unit": "3-2-501"]) }?.code == "event.attended")
        try desk.do("request.complete", ["request": event], at: "2026-03-02")
        // A household noted after the event is visited all the same.
        try desk.do("event.attend", ["request": event, "unit": "3-2-503"], at: "2026-03-03")
        let rows = try desk.show(FollowUpsView.self)
        #expect(rows.map(\.unit.text) == ["3-2-501", "3-2-502", "3-2-503"])
        #expect(Set(rows.map(\.due)) == [day("2026-04-02")])
        for row in rows.prefix(2) { try desk.visit(row.id.id.text, at: "2026-03-20") }
        #expect(try desk.rate(.event, "2026-04", asOf: "2026-04-30").met == false)
        try desk.visit(rows[2].id.id.text, at: "2026-03-20")
        #expect(try desk.rate(.event, "2026-04", asOf: "2026-04-30").met == true)
    }

    @Test("only an event has households")
    func noEvent() throws {
        let desk = try Desk()
        let request = try desk.request("other", done: "2026-03-02").id
        #expect(
            refusal { try desk.do("event.attend", ["request": request, "unit": "3-2-501"]) }?.code == "event.notEvent")
    }

    @Test("other services have no fixed target: 未定, never 0 (3.6)")
    func undetermined() throws {
        let desk = try Desk()
        try desk.visit(desk.request("other", done: "2026-03-02").visit, at: "2026-03-03")
        let rate = try desk.rate(.other, "2026-03", asOf: "2026-03-31")
        #expect(rate.target == nil)
        #expect(rate.met == nil)
        #expect(rate.covered == 1)
    }

    @Test("where nothing has matured the target is neither met nor missed")
    func nothing() throws {
        let rate = try Desk().rate(.complaint, "2026-03", asOf: "2026-03-31")
        #expect(rate.matured == 0)
        #expect(rate.target == 100)
        #expect(rate.met == nil)
    }

    @Test("all six classes are told of; without a period, the month of the moment, of which 24:00 is still part")
    func defaults() throws {
        let desk = try Desk()
        _ = try desk.minorRepair(done: "2026-03-02")
        let rows = try desk.show(RatesView.self, asOf: "2026-03-31")
        #expect(rows.map(\.class) == RequestClass.allCases)
        #expect(rows.reduce(0) { $0 + $1.matured } == 1)
    }
}
