import Handbook
import Journal
import Testing
import TestSupport

@testable import Estate

@Suite("3 Deadlines of return visits (Rules, Time)")
struct DeadlineTests {
    let handbook: Handbook

    init() throws { handbook = try Handbook(chapters: Estate.chapters) }

    @Test(
        "the starting day is excluded, and calendar days include holidays",
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

    @Test("3.2 a repair done on 03-02 at 16:00 is due on 03-05")
    func threeDaysAfterAnAfternoon() throws {
        let test = try TestEstate()
        let request = try test.do(
            "request.open", ["class": "repair.minor", "unit": "3-2-501", "text": "水龙头漏水"], at: "2026-02-20T09:00")
        try test.do("request.complete", ["request": request], at: "2026-03-02T16:00")
        let row = try test.only(FollowUpsView.self)
        #expect(row.opens == day("2026-03-02"))
        #expect(row.due == day("2026-03-05"))
    }

    @Test("no visit, nor an attempt, before the work was finished, the minutes included; after a rectification neither")
    func notBeforeTheWork() throws {
        let test = try TestEstate()
        let visit = try test.minorRepair(done: "2026-03-02T11:00")
        for result in [FollowUpResult.unsatisfied, .unreachable] {
            #expect(refusal { try test.visit(visit, result, at: "2026-03-02T10:59") }?.code == "time.order")
        }
        try test.visit(visit, .unsatisfied, at: "2026-03-02T11:00", ["shortcomings": "还滴水"])
        try test.do("followup.rectified", ["followup": visit], at: "2026-03-03T15:00")
        #expect(refusal { try test.visit(visit, at: "2026-03-03T14:59") }?.code == "time.order")
        #expect(refusal { try test.visit(visit, at: "2026-03-02T18:00") }?.code == "followup.early")
        try test.visit(visit, at: "2026-03-03T15:00")
        #expect(try test.show(FollowUpsView.self).map(\.state) == [.done, .done])
    }

    @Test("3.4 the visits of a special service follow from its period, not from when the work was finished")
    func specialService() throws {
        let test = try TestEstate()
        let request = try test.do(
            "request.open",
            ["class": "special", "unit": "3-2-501", "text": "保洁", "from": "2026-03-01", "to": "2026-03-10"],
            at: "2026-02-20T09:00")
        let end = try #require(test.estate.followUps.of(ref(request)).last).id.id.text
        try test.do("request.complete", ["request": request], at: "2026-03-10T17:00")
        try test.visit(end, at: "2026-03-10T16:00")
        #expect(try test.show(FollowUpsView.self).last?.state == .done)
    }

    @Test("a month later is the same day, or the last day of the month", arguments: [1, 2, 11, 12, 13, 25])
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
        let test = try TestEstate()
        let visit = try test.minorRepair(done: "2026-03-02T16:00")
        try test.visit(visit, at: visited)
        #expect(try test.only(FollowUpsView.self).state == state)
    }

    @Test("24:00 is that of the estate's zone")
    func otherZone() throws {
        let test = try TestEstate(zone: #require(Zone("Asia/Tokyo")))
        let visit = try test.minorRepair(done: "2026-03-02T16:00")
        try test.visit(visit, at: "2026-03-05T23:30+08:00")
        #expect(try test.only(FollowUpsView.self).state == .late)
    }
}
