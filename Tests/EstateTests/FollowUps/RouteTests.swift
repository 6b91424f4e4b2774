import Testing
import TestSupport

@testable import Estate

@Suite("Today's route")
struct RouteTests {
    /// As of 2026-03-05 12:00.
    private func prepared() throws -> TestEstate {
        let test = try TestEstate(now: "2026-03-05T12:00")
        for room in ["10-1-101", "2-1-1201", "2-1-302", "2-2-101"] { try test.do("unit.add", ["unit": room]) }
        for (unit, requestClass, done) in [
            ("10-1-101", "repair.minor", "2026-03-02"), ("2-2-101", "repair.minor", "2026-02-26"),
            ("2-1-1201", "complaint", "2026-03-02"), ("2-1-302", "repair.minor", "2026-03-01"),
            ("2-1-302", "complaint", "2026-03-02"),
            // Due tomorrow, or made already.
            ("2-1-302", "repair.minor", "2026-03-03"), ("3-2-501", "repair.minor", "2026-03-02"),
        ] {
            let request = try test.do(
                "request.open", ["class": requestClass, "unit": unit, "text": done], at: "2026-02-20")
            try test.do("request.complete", ["request": request], at: done)
        }
        let made = try #require(test.show(FollowUpsView.self).first { $0.unit == unit("3-2-501") })
        try test.visit(made.id.id.text, at: "2026-03-03T10:00")
        return test
    }

    @Test("the stops are visits due today or overdue, in walking order, counted for each building")
    func order() throws {
        let rows = try prepared().show(RouteView.self)
        #expect(rows.map(\.unit.text) == ["2-1-302", "2-1-302", "2-1-1201", "2-2-101", "10-1-101"])
        #expect(rows.map(\.stop) == [1, 2, 3, 4, 5])
        #expect(rows.map(\.building) == ["2", "2", "2", "2", "10"])
        #expect(rows.map(\.stops) == [4, 4, 4, 4, 1])
        #expect(rows.map(\.due.text) == ["2026-03-04", "2026-03-05", "2026-03-05", "2026-03-01", "2026-03-05"])
        #expect(rows.map(\.visit.state) == [.overdue, .open, .open, .overdue, .open])
    }

    @Test("a role that some classes require sees only these; other roles see all")
    func whose() throws {
        let test = try prepared()
        #expect(try test.show(RouteView.self, ["staff": "S05"]).map(\.class) == [.complaint, .complaint])
        #expect(try test.show(RouteView.self, ["staff": "郑管理"]).count == 5)
        #expect(try test.show(RouteView.self, ["staff": "S02"]).count == 5)
        #expect(refusal { try test.show(RouteView.self, ["staff": "S99"]) }?.code == "staff.unknown")
    }

    @Test("the route is as of a moment")
    func asOf() throws {
        let test = try prepared()
        #expect(try test.show(RouteView.self, asOf: "2026-03-04T12:00").map(\.unit.text) == ["2-1-302", "2-2-101"])
        #expect(try test.show(RouteView.self, asOf: "2026-03-01T12:00").map(\.unit.text) == ["2-2-101"])
    }
}
