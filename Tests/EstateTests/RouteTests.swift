import Testing

@testable import Estate

@Suite("Today's route")
struct RouteTests {
    /// As of 2026-03-05 12:00.
    private func desk() throws -> Desk {
        let desk = try Desk(now: "2026-03-05T12:00")
        for room in ["10-1-101", "2-1-1201", "2-1-302", "2-2-101"] { try desk.do("unit.add", ["unit": room]) }
        for (unit, requestClass, done) in [
            ("10-1-101", "repair.minor", "2026-03-02"), ("2-2-101", "repair.minor", "2026-02-26"),
            ("2-1-1201", "complaint", "2026-03-02"), ("2-1-302", "repair.minor", "2026-03-01"),
            ("2-1-302", "complaint", "2026-03-02"),
            // Due tomorrow, or made already.
            ("2-1-302", "repair.minor", "2026-03-03"), ("3-2-501", "repair.minor", "2026-03-02"),
        ] {
            let request = try desk.do(
                "request.open", ["class": requestClass, "unit": unit, "text": done], at: "2026-02-20")
            try desk.do("request.complete", ["request": request], at: done)
        }
        let made = try #require(desk.show(FollowUpsView.self).first { $0.unit == unit("3-2-501") })
        try desk.visit(made.id.id.text, at: "2026-03-03T10:00")
        return desk
    }

    @Test("goes from building to building, up the floors, to what is due today or overdue, and counts each building's")
    func order() throws {
        let rows = try desk().show(RouteView.self)
        #expect(rows.map(\.unit.text) == ["2-1-302", "2-1-302", "2-1-1201", "2-2-101", "10-1-101"])
        #expect(rows.map(\.stop) == [1, 2, 3, 4, 5])
        #expect(rows.map(\.building) == ["2", "2", "2", "2", "10"])
        #expect(rows.map(\.stops) == [4, 4, 4, 4, 1])
        #expect(rows.map(\.due.text) == ["2026-03-04", "2026-03-05", "2026-03-05", "2026-03-01", "2026-03-05"])
        #expect(rows.map(\.visit.state) == [.overdue, .open, .open, .overdue, .open])
    }

    @Test("of somebody whose post visits for some classes only has no others; of anybody else it has all")
    func whose() throws {
        let desk = try desk()
        #expect(try desk.show(RouteView.self, ["staff": "S05"]).map(\.class) == [.complaint, .complaint])
        #expect(try desk.show(RouteView.self, ["staff": "郑管理"]).count == 5)
        #expect(try desk.show(RouteView.self, ["staff": "S02"]).count == 5)
        #expect(refusal { try desk.show(RouteView.self, ["staff": "S99"]) }?.code == "staff.unknown")
    }

    @Test("is as of a moment")
    func asOf() throws {
        let desk = try desk()
        #expect(try desk.show(RouteView.self, asOf: "2026-03-04T12:00").map(\.unit.text) == ["2-1-302", "2-2-101"])
        #expect(try desk.show(RouteView.self, asOf: "2026-03-01T12:00").map(\.unit.text) == ["2-2-101"])
    }
}
