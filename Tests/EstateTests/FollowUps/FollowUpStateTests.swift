import Testing
import TestSupport

@testable import Estate

@Suite("3 The states of a return visit")
struct FollowUpStateTests {
    @Test(
        "a visit is open until 24:00 of its due day, then overdue",
        arguments: [
            ("2026-03-02", FollowUpState.open), ("2026-03-04", .open), ("2026-03-05T23:59:59", .open),
            ("2026-03-05", .overdue), ("2026-03-06T00:00:01", .overdue), ("2026-06-01", .overdue),
        ])
    func states(asOf: String, state: FollowUpState) throws {
        let test = try TestEstate()
        _ = try test.minorRepair(done: "2026-03-02T16:00")
        #expect(try test.only(FollowUpsView.self, asOf: asOf).state == state)
    }

    @Test("the tally matches visit states; due today counts as open")
    func tally() throws {
        let test = try TestEstate(now: "2026-03-01T12:00")
        for done in ["2026-02-10", "2026-02-26", "2026-02-27", "2026-03-01"] {
            _ = try test.minorRepair(done: "\(done)T09:00")
        }
        for (now, expected) in [
            ("2026-03-01T12:00", FollowUpTally(overdue: 1, today: 1, open: 3)),
            ("2026-03-01T23:59:59", FollowUpTally(overdue: 1, today: 1, open: 3)),
            ("2026-03-02T00:00", FollowUpTally(overdue: 2, today: 1, open: 2)),
            ("2026-03-09T08:00", FollowUpTally(overdue: 4, today: 0, open: 0)),
        ] {
            #expect(test.estate.followUps.tally(at: at(now), in: .shanghai) == expected, "\(now)")
        }
        let states = try test.show(FollowUpsView.self).map(\.state)
        let tally = test.estate.followUps.tally(at: test.store.now, in: .shanghai)
        #expect((tally.overdue, tally.open) == (states.count { $0 == .overdue }, states.count { $0 == .open }))
    }

    @Test("the deadline counts from the completion, not from the request")
    func clockStartsAtCompletion() throws {
        let test = try TestEstate()
        let request = try test.do(
            "request.open", ["class": "complaint", "unit": "3-2-501", "text": "噪声"], at: "2026-03-02T09:00")
        #expect(try test.show(FollowUpsView.self).isEmpty)
        try test.do("request.complete", ["request": request], at: "2026-03-20T09:00")
        #expect(try test.only(FollowUpsView.self).due == day("2026-03-23"))
    }

    @Test("nobody home and refused are attempts, not visits", arguments: [FollowUpResult.unreachable, .refused])
    func attempts(result: FollowUpResult) throws {
        let test = try TestEstate()
        let visit = try test.minorRepair(done: "2026-03-02T16:00")
        try test.visit(visit, result, at: "2026-03-03T10:00")
        try test.visit(visit, result, at: "2026-03-04T10:00")
        var row = try test.only(FollowUpsView.self, asOf: "2026-03-04")
        #expect(row.state == .open)
        #expect(row.attempts == 2)
        #expect(row.result == result)
        #expect(row.visitedAt == nil)
        try test.visit(visit, at: "2026-03-05T10:00")
        row = try test.only(FollowUpsView.self)
        #expect(row.state == .done)
        #expect(row.attempts == 2)
    }

    @Test("a second visit is refused")
    func once() throws {
        let test = try TestEstate()
        let visit = try test.minorRepair(done: "2026-03-02")
        try test.visit(visit, at: "2026-03-03")
        #expect(refusal { try test.visit(visit, at: "2026-03-04") }?.code == "followup.visited")
    }
}
