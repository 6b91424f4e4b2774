import Testing
import TestSupport

@testable import Estate

@Suite("3 Unsatisfactory visits are rectified and repeated")
struct RectificationTests {
    @Test("visits repeat until the owner is satisfied; the first id names the current visit")
    func untilSatisfied() throws {
        let test = try TestEstate()
        let first = try test.minorRepair(done: "2026-03-02")
        try test.visit(first, .unsatisfied, at: "2026-03-03")
        #expect(try test.only(FollowUpsView.self).awaitsRectification)
        #expect(refusal { try test.visit(first, at: "2026-03-04") }?.code == "followup.visited")

        let second = try test.do("followup.rectified", ["followup": first], at: "2026-03-10T11:00")
        #expect(try test.show(FollowUpsView.self).last?.due == day("2026-03-13"))
        try test.visit(second, .unsatisfied, at: "2026-03-11")
        try test.do("followup.rectified", ["followup": second], at: "2026-03-20")

        // The first id serves throughout: it stands for the visit that is to be made now.
        let third = try test.visit(first, .satisfied, at: "2026-03-21")
        #expect(third != first)
        #expect(third != second)
        let rows = try test.show(FollowUpsView.self)
        #expect(rows.map(\.cycle) == [1, 2, 3])
        #expect(rows.map(\.result) == [.unsatisfied, .unsatisfied, .satisfied])
        #expect(!rows.contains { $0.awaitsRectification })
    }

    @Test("the first id also rectifies the current visit")
    func forwarded() throws {
        let test = try TestEstate()
        let first = try test.minorRepair(done: "2026-03-02")
        for date in ["2026-03-03", "2026-03-10"] {
            try test.visit(first, .unsatisfied, at: date)
            try test.do("followup.rectified", ["followup": first], at: date)
        }
        try test.visit(first, at: "2026-03-11")
        #expect(try test.show(FollowUpsView.self).count == 3)
        #expect(refusal { try test.visit(first, at: "2026-03-12") }?.code == "followup.visited")
    }

    @Test("a rectification needs an unsatisfactory visit and happens once")
    func nothingToRectify() throws {
        let test = try TestEstate()
        let visit = try test.minorRepair(done: "2026-03-02")
        func rectify() -> Refusal? {
            refusal { try test.do("followup.rectified", ["followup": visit], at: "2026-03-05") }
        }
        #expect(rectify()?.code == "followup.nothingToRectify")
        try test.visit(visit, .unreachable, at: "2026-03-03")
        #expect(rectify()?.code == "followup.nothingToRectify")
        try test.visit(visit, .unsatisfied, at: "2026-03-03")
        #expect(rectify() == nil)
        #expect(rectify()?.code == "followup.nothingToRectify")
    }

    @Test("a repeated visit belongs to the case of the first: the rate counts one")
    func oneCase() throws {
        let test = try TestEstate()
        let visit = try test.minorRepair(done: "2026-03-02")
        try test.visit(visit, .unsatisfied, at: "2026-03-03")
        try test.do("followup.rectified", ["followup": visit], at: "2026-03-04")
        let rate = try test.rate(.minorRepair, "2026-03", asOf: "2026-03-31")
        #expect(rate.matured == 1)
        #expect(rate.covered == 1)
    }
}
