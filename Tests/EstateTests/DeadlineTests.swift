import Handbook
import Journal
import Testing

@testable import Estate

@Suite("Deadlines (Rules, Time)")
struct DeadlineTests {
    let handbook: Handbook

    init() throws { handbook = try Handbook(chapters: Estate.chapters) }

    @Test(
        "the starting day is excluded, and calendar days do not roll over holidays",
        arguments: [
            (RequestClass.complaint, "2026-03-02", "2026-03-05"),
            (.minorRepair, "2026-03-02", "2026-03-05"),
            (.minorRepair, "2026-09-30", "2026-10-03"),
            (.complaint, "2026-02-27", "2026-03-02"),
            (.complaint, "2026-12-30", "2027-01-02"),
            (.other, "2026-03-02", "2026-03-09"),
            (.other, "2026-02-14", "2026-02-21"),
            (.repairWorks, "2026-03-15", "2026-04-15"),
            (.repairWorks, "2026-01-31", "2026-02-28"),
            (.repairWorks, "2028-01-31", "2028-02-29"),
            (.repairWorks, "2026-11-30", "2026-12-30"),
            (.event, "2026-12-31", "2027-01-31"),
            (.event, "2026-05-31", "2026-06-30"),
            (.special, "2026-03-10", "2026-03-13"),
        ])
    func due(requestClass: RequestClass, done: String, due: String) {
        #expect(handbook.due(requestClass, done: day(done)).text == due)
    }

    @Test("three days after work done on 03-02 at 16:00 end on 03-05")
    func threeDaysAfterAnAfternoon() throws {
        let desk = try Desk()
        let request = try desk.do(
            "request.open", ["class": "repair.minor", "unit": "3-2-501", "text": "水龙头漏水"], at: "2026-02-20T09:00")
        try desk.do("request.complete", ["request": request], at: "2026-03-02T16:00")
        let row = try desk.only(FollowUpsView.self)
        #expect(row.opens == day("2026-03-02"))
        #expect(row.due == day("2026-03-05"))
    }

    @Test("one month on is the same day, or that month's last", arguments: [1, 2, 11, 12, 13, 25])
    func monthsAreAddedFromTheFirstDay(months: Int) {
        for start in ["2026-01-31", "2027-12-30", "2028-02-29"] {
            let (from, to) = (day(start).civil, day(start).adding(months: months).civil)
            #expect(to.year * 12 + to.month == from.year * 12 + from.month + months)
            #expect(to.day == min(from.day, Period(day(start)).adding(months).length))
        }
    }

    @Test(
        "a deadline ends at 24:00 of its day",
        arguments: [
            ("2026-03-05T23:59:59", FollowUpState.done), ("2026-03-05T23:59:59.999+08:00", .done),
            ("2026-03-06T00:00", .late), ("2026-03-06", .late),
        ])
    func midnight(visited: String, state: FollowUpState) throws {
        let desk = try Desk()
        let visit = try desk.minorRepair(done: "2026-03-02T16:00")
        try desk.visit(visit, at: visited)
        #expect(try desk.only(FollowUpsView.self).state == state)
    }

    @Test("24:00 in the estate's own zone is what counts")
    func otherZone() throws {
        let desk = try Desk(zone: #require(Zone("Asia/Tokyo")))
        let visit = try desk.minorRepair(done: "2026-03-02T16:00")
        try desk.visit(visit, at: "2026-03-05T23:30+08:00")
        #expect(try desk.only(FollowUpsView.self).state == .late)
    }
}

extension Desk {
    /// A minor repair of 3-2-501, done at a time; the id of its return visit.
    func minorRepair(done: String) throws -> String { try request("repair.minor", done: done).visit }

    /// A request of a class, done at a time, and its return visit.
    func request(
        _ requestClass: String, unit: String = "3-2-501", opened: String = "2026-01-02T09:00", done: String
    ) throws -> (id: String, visit: String) {
        let request = try self.do("request.open", ["class": requestClass, "unit": unit, "text": "诉求"], at: opened)
        try self.do("request.complete", ["request": request], at: done)
        return (request, try #require(estate.followUps.of(ref(request)).last).id.id.text)
    }

    /// A visit, or an attempt at one, by the manager's hand.
    @discardableResult
    func visit(
        _ visit: String, _ result: VisitResult = .satisfied, visitors: String = "S06", at time: String,
        _ more: [String: String] = [:]
    ) throws -> String {
        var members = ["followup": visit, "result": result.rawValue, "visitors": visitors]
        if result.isVisit { members["signer"] = "李四" }
        return try self.do("followup.record", members.merging(more) { $1 }, at: time)
    }
}
