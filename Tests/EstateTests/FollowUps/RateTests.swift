import Testing
import TestSupport

@testable import Estate

@Suite("3 Return-visit rate (Rules, Return-visit rate)")
struct RateTests {
    @Test("only cases past their due day have matured")
    func matured() throws {
        let test = try TestEstate()
        _ = try test.minorRepair(done: "2026-03-02")
        for (asOf, matured) in [("2026-03-04", 0), ("2026-03-05T23:59:59", 0), ("2026-03-05", 1), ("2026-03-06", 1)] {
            #expect(try test.rate(.minorRepair, "2026-03", asOf: asOf).matured == matured)
        }
    }

    @Test("a case counts in the month of its due day, not of its completion")
    func month() throws {
        let test = try TestEstate()
        _ = try test.minorRepair(done: "2026-03-30")
        #expect(try test.rate(.minorRepair, "2026-03", asOf: "2026-04-30").matured == 0)
        #expect(try test.rate(.minorRepair, "2026-04", asOf: "2026-04-30").matured == 1)
    }

    @Test("a late visit is covered but not on time; an attempt is neither")
    func coveredAndOnTime() throws {
        let test = try TestEstate()
        let visits = try (0..<4).map { _ in try test.minorRepair(done: "2026-03-02") }
        try test.visit(visits[0], at: "2026-03-05T23:59:59")
        try test.visit(visits[1], at: "2026-03-06T00:00")
        try test.visit(visits[2], .refused, at: "2026-03-04")
        let rate = try test.rate(.minorRepair, "2026-03", asOf: "2026-03-31")
        #expect(rate.matured == 4)
        #expect(rate.covered == 2)
        #expect(rate.onTime == 1)
        #expect(rate.target == 100)
        #expect(rate.met == false)
    }

    @Test("as of an earlier moment, later visits do not count")
    func asOf() throws {
        let test = try TestEstate()
        let visit = try test.minorRepair(done: "2026-03-02")
        try test.visit(visit, at: "2026-03-20T10:00")
        #expect(try test.rate(.minorRepair, "2026-03", asOf: "2026-03-19").covered == 0)
        #expect(try test.rate(.minorRepair, "2026-03", asOf: "2026-03-20").covered == 1)
        #expect(try test.rate(.minorRepair, "2026-03", asOf: "2026-03-20T09:59").covered == 0)
        #expect(try test.rate(.minorRepair, "2026-03", asOf: "2026-03-20T10:00").covered == 1)
    }

    @Test("a visit without a required visitor counts as covered")
    func deviation() throws {
        let test = try TestEstate()
        try test.visit(test.request("complaint", done: "2026-03-02").visit, visitors: "S06", at: "2026-03-03")
        let rate = try test.rate(.complaint, "2026-03", asOf: "2026-03-31")
        #expect(rate.covered == 1)
        #expect(rate.onTime == 1)
    }

    @Test("3.4 a special service counts once for each stage")
    func stages() throws {
        let test = try TestEstate()
        try test.do(
            "request.open",
            ["class": "special", "unit": "3-2-501", "text": "保洁", "from": "2026-03-01", "to": "2026-03-10"],
            at: "2026-02-20")
        #expect(try test.rate(.special, "2026-03", asOf: "2026-03-31").matured == 2)
    }

    @Test("3.5 an event's cases are its households; 70 % suffice")
    func event() throws {
        let test = try TestEstate()
        let event = try test.do(
            "request.open", ["class": "event", "unit": "3-2-501", "text": "中秋晚会"], at: "2026-03-01")
        for room in ["3-2-501", "3-2-502"] {
            try test.do("event.attend", ["request": event, "unit": room], at: "2026-03-01")
        }
        #expect(
            refusal { try test.do("event.attend", ["request": event, "unit": "3-2-501"]) }?.code == "event.attended")
        try test.do("request.complete", ["request": event], at: "2026-03-02")
        // A household noted after the event is visited, too.
        try test.do("event.attend", ["request": event, "unit": "3-2-503"], at: "2026-03-03")
        let rows = try test.show(FollowUpsView.self)
        #expect(rows.map(\.unit.text) == ["3-2-501", "3-2-502", "3-2-503"])
        #expect(Set(rows.map(\.due)) == [day("2026-04-02")])
        for row in rows.prefix(2) { try test.visit(row.id.id.text, at: "2026-03-20") }
        #expect(try test.rate(.event, "2026-04", asOf: "2026-04-30").met == false)
        try test.visit(rows[2].id.id.text, at: "2026-03-20")
        #expect(try test.rate(.event, "2026-04", asOf: "2026-04-30").met == true)
    }

    @Test("3.5 only an event has households")
    func noEvent() throws {
        let test = try TestEstate()
        let request = try test.request("other", done: "2026-03-02").id
        #expect(
            refusal { try test.do("event.attend", ["request": request, "unit": "3-2-501"]) }?.code == "event.notEvent")
    }

    @Test("3.6 other services have no fixed target (未定), not 0")
    func undetermined() throws {
        let test = try TestEstate()
        try test.visit(test.request("other", done: "2026-03-02").visit, at: "2026-03-03")
        let rate = try test.rate(.other, "2026-03", asOf: "2026-03-31")
        #expect(rate.target == nil)
        #expect(rate.met == nil)
        #expect(rate.covered == 1)
    }

    @Test("without matured cases the target is neither met nor missed")
    func nothing() throws {
        let rate = try TestEstate().rate(.complaint, "2026-03", asOf: "2026-03-31")
        #expect(rate.matured == 0)
        #expect(rate.target == 100)
        #expect(rate.met == nil)
    }

    @Test("all classes are listed; the default period is the month of the moment, 24:00 included")
    func defaults() throws {
        let test = try TestEstate()
        _ = try test.minorRepair(done: "2026-03-02")
        let rows = try test.show(RatesView.self, asOf: "2026-03-31")
        #expect(rows.map(\.class) == RequestClass.allCases)
        #expect(rows.reduce(0) { $0 + $1.matured } == 1)
    }
}
