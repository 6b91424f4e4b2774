import Journal
import Testing
import TestSupport

@testable import Estate

@Suite("The cases of a rate are the rows that its filters list")
struct RateCasesTests {
    /// Visits of two months: in time, late, never made, attempted, repeated after a rectification, and void before and
    /// after their due day.
    private func prepared() throws -> TestEstate {
        let test = try TestEstate(now: "2026-05-31T12:00")
        for requestClass in ["complaint", "repair.minor"] {
            for (done, visited) in [
                ("2026-03-02", "2026-03-05"), ("2026-03-03", "2026-03-08"), ("2026-03-04", nil),
                ("2026-03-30", "2026-04-01"),
                ("2026-04-05", nil), ("2026-05-30", nil),
            ] as [(String, String?)] {
                let visit = try test.request(requestClass, done: done).visit
                if let visited { try test.visit(visit, at: "\(visited)T10:00") }
            }
            let unsatisfied = try test.request(requestClass, done: "2026-03-10").visit
            try test.visit(unsatisfied, .unsatisfied, at: "2026-03-11")
            try test.do("followup.rectified", ["followup": unsatisfied], at: "2026-03-12")
            let tried = try test.request(requestClass, done: "2026-03-12").visit
            try test.visit(tried, .unreachable, at: "2026-03-13")
            for reopened in ["2026-03-15", "2026-03-25"] {
                let request = try test.request(requestClass, done: "2026-03-14").id
                try test.do("request.reopen", ["request": request, "why": "又来"], at: reopened)
            }
        }
        return test
    }

    @Test(
        "filters and rates agree for every class and month, as of several moments",
        arguments: ["2026-03-08", "2026-03-31", "2026-04-30", "2026-05-31"])
    func agree(asOf: String) throws {
        let test = try prepared()
        let moment = try Moment(typed: asOf, zone: .shanghai, dateMeansEnd: true)
        let estate = try test.store.estate(asOf: moment)
        var matured = 0
        for period in ["2026-03", "2026-04", "2026-05"] {
            for rate in try test.show(RatesView.self, ["period": period], asOf: asOf) {
                func count(_ filters: [String: String]) throws -> Int {
                    let own = ["class": rate.class.rawValue, "period": period].merging(filters) { $1 }
                    return try FollowUpsView.select(of: estate, at: moment, members: own.mapValues { .string($0) })
                        .rows.count
                }
                #expect(try count([:]) == rate.matured)
                #expect(try count(["covered": "yes"]) == rate.covered)
                #expect(try count(["covered": "no"]) == rate.matured - rate.covered)
                #expect(try count(["onTime": "yes"]) == rate.onTime)
                #expect(try count(["onTime": "no"]) == rate.matured - rate.onTime)
                matured += rate.matured
            }
        }
        #expect(matured > 0)
    }
}
