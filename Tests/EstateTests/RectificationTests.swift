import Testing

@testable import Estate

@Suite("Visited again until the owner is satisfied (section 3)")
struct RectificationTests {
    @Test("unsatisfied, rectified, visited again, and again")
    func untilSatisfied() throws {
        let desk = try Desk()
        let first = try desk.minorRepair(done: "2026-03-02")
        try desk.visit(first, .unsatisfied, at: "2026-03-03")
        #expect(try desk.only(FollowUpsView.self).awaitsRectification)
        #expect(refusal { try desk.visit(first, at: "2026-03-04") }?.code == "followup.visited")

        let second = try desk.do("followup.rectified", ["followup": first], at: "2026-03-10T11:00")
        #expect(try desk.show(FollowUpsView.self).last?.due == day("2026-03-13"))
        try desk.visit(second, .unsatisfied, at: "2026-03-11")
        try desk.do("followup.rectified", ["followup": second], at: "2026-03-20")

        // The first id serves throughout: it stands for the visit that is to be made now.
        let third = try desk.visit(first, .satisfied, at: "2026-03-21")
        #expect(third != first)
        #expect(third != second)
        let rows = try desk.show(FollowUpsView.self)
        #expect(rows.map(\.cycle) == [1, 2, 3])
        #expect(rows.map(\.result) == [.unsatisfied, .unsatisfied, .satisfied])
        #expect(!rows.contains { $0.awaitsRectification })
    }

    @Test("the first id rectifies the current visit as well")
    func forwarded() throws {
        let desk = try Desk()
        let first = try desk.minorRepair(done: "2026-03-02")
        for date in ["2026-03-03", "2026-03-10"] {
            try desk.visit(first, .unsatisfied, at: date)
            try desk.do("followup.rectified", ["followup": first], at: date)
        }
        try desk.visit(first, at: "2026-03-11")
        #expect(try desk.show(FollowUpsView.self).count == 3)
        #expect(refusal { try desk.visit(first, at: "2026-03-12") }?.code == "followup.visited")
    }

    @Test("there is nothing to rectify before a visit, after a satisfied one, or twice")
    func nothingToRectify() throws {
        let desk = try Desk()
        let visit = try desk.minorRepair(done: "2026-03-02")
        func rectify() -> Refusal? {
            refusal { try desk.do("followup.rectified", ["followup": visit], at: "2026-03-05") }
        }
        #expect(rectify()?.code == "followup.nothingToRectify")
        try desk.visit(visit, .unreachable, at: "2026-03-03")
        #expect(rectify()?.code == "followup.nothingToRectify")
        try desk.visit(visit, .unsatisfied, at: "2026-03-03")
        #expect(rectify() == nil)
        #expect(rectify()?.code == "followup.nothingToRectify")
    }

    @Test("a second visit belongs to the case of the first: the rate counts one")
    func oneCase() throws {
        let desk = try Desk()
        let visit = try desk.minorRepair(done: "2026-03-02")
        try desk.visit(visit, .unsatisfied, at: "2026-03-03")
        try desk.do("followup.rectified", ["followup": visit], at: "2026-03-04")
        let rate = try desk.rate(.minorRepair, "2026-03", asOf: "2026-03-31")
        #expect(rate.matured == 1)
        #expect(rate.covered == 1)
    }
}

extension Desk {
    func rate(_ requestClass: RequestClass, _ period: String, asOf time: String) throws -> RatesView.Row {
        try #require(show(RatesView.self, ["period": period], asOf: time).first { $0.class == requestClass })
    }
}
