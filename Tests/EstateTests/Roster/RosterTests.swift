import Journal
import Testing
import TestSupport

@testable import Estate

@Suite("The roster: who was to be on duty, and who was")
struct RosterTests {
    private let test: TestEstate

    init() throws {
        test = try TestEstate(now: "2026-11-23T08:00")
        try test.do("staff.add", ["staff": "S09", "name": "夏杰", "role": "guard"])
    }

    @discardableResult
    private func plan(
        _ staff: String, _ from: String, _ to: String, post: String = "门岗", at time: String? = "2026-11-20T10:00"
    ) throws -> String {
        try test.do("roster.set", ["staff": staff, "post": post, "from": from, "to": to], by: "S04", at: time)
    }

    private func rows(asOf time: String) throws -> [String] {
        try test.show(RosterView.self, asOf: time).map { row in
            [
                row.subject.planned.staff, row.state.rawValue, row.subject.attendance.minutesLate.map(String.init),
                row.by,
            ]
            .compactMap { $0 }.joined(separator: " ")
        }
    }

    @Test("compared with the shifts that were opened: in time, late by begun minutes, replaced, missing, absent")
    func compared() throws {
        test.clock.set("2026-11-27 08:00")
        for day in 23...26 { try plan("S03", "2026-11-\(day)T06:00", "2026-11-\(day)T14:00") }
        func hold(_ staff: String, _ from: String, _ to: String) throws {
            let shift = try test.do("shift.open", ["post": "门岗", "staff": staff], by: staff, at: from)
            try test.do("shift.close", ["shift": shift, "next": "S09"], by: staff, at: to)
        }
        try hold("S03", "2026-11-23T06:05", "2026-11-23T14:00")
        try hold("S03", "2026-11-24T06:05:01", "2026-11-24T14:00")
        try hold("S09", "2026-11-25T05:50", "2026-11-25T14:00")
        #expect(
            try rows(asOf: "2026-11-26T14:00") == [
                "S03 present", "S03 late 6", "S03 replaced 夏杰", "S03 absent",
            ])
        #expect(try rows(asOf: "2026-11-26T06:05").last == "S03 upcoming")
        #expect(try rows(asOf: "2026-11-26T13:59").last == "S03 missing")
    }

    @Test("who holds the post on beyond their shift is there for the next; who stayed before another's is not")
    func heldOn() throws {
        test.clock.set("2026-11-24 08:00")
        try plan("S03", "2026-11-23T06:00", "2026-11-23T14:00")
        try plan("S03", "2026-11-23T14:00", "2026-11-23T22:00")
        try plan("S09", "2026-11-23T22:00", "2026-11-24T06:00")
        let shift = try test.do("shift.open", ["post": "门岗", "staff": "S03"], by: "S03", at: "2026-11-23T05:55")
        try test.do("shift.close", ["shift": shift, "next": "S09"], by: "S03", at: "2026-11-24T06:00")
        #expect(try rows(asOf: "2026-11-24T07:00") == ["S03 present", "S03 present", "S09 absent"])
    }

    @Test("a shift belongs to one plan, the nearest; one that lies ahead is to come, whoever holds the post now")
    func ahead() throws {
        test.clock.set("2026-11-24 16:00")
        for day in 23...24 { try plan("S03", "2026-11-\(day)T14:00", "2026-11-\(day)T22:00") }
        try test.do("shift.open", ["post": "门岗", "staff": "S03"], by: "S03", at: "2026-11-23T14:00")
        #expect(try rows(asOf: "2026-11-23T19:38") == ["S03 present", "S03 upcoming"])
        // A shift that was never closed is none of the next day.
        #expect(try rows(asOf: "2026-11-24T15:00") == ["S03 present", "S03 missing"])
        #expect(RosterState.upcoming.label.chinese == "未到时间")
    }

    @Test("who opens the next shift early has not come in place of who was absent before")
    func nextOne() throws {
        test.clock.set("2026-11-24 08:00")
        try plan("S03", "2026-11-23T06:00", "2026-11-23T14:00")
        try plan("S09", "2026-11-23T14:00", "2026-11-23T22:00")
        try test.do("shift.open", ["post": "门岗", "staff": "S09"], by: "S09", at: "2026-11-23T13:40")
        #expect(try rows(asOf: "2026-11-23T15:00") == ["S03 absent", "S09 present"])
    }

    @Test("less than 11 hours (policy) between two shifts of a member is warned of, at whichever post; 11 are enough")
    func rest() throws {
        #expect(test.estate.handbook.roster.restHours == 11)
        try plan("S03", "2026-11-24T06:00", "2026-11-24T14:00")
        func warnings(_ staff: String, _ post: String, _ from: String, _ to: String) throws -> [String] {
            try test.store.perform(SetRoster(staff: staff, post: post, from: at(from), to: at(to)), by: "S04").warnings
        }
        #expect(try warnings("S03", "东门", "2026-11-25T00:59", "2026-11-25T02:00") == ["roster.rest"])
        #expect(try warnings("S03", "东门", "2026-11-23T12:00", "2026-11-23T19:00") == [])
        #expect(try warnings("S09", "门岗", "2026-11-24T14:00", "2026-11-24T22:00") == [])
        #expect(try warnings("S09", "门岗", "2026-11-24T06:00", "2026-11-24T14:00") == ["roster.rest"])
        // Given to another and back, a shift is not near to itself.
        #expect(try warnings("S02", "西门", "2026-11-24T06:00", "2026-11-24T14:00") == [])
        #expect(try warnings("S02", "西门", "2026-11-24T06:00", "2026-11-24T15:00") == [])
    }

    @Test("a store that starts at a checkpoint knows who came for the shifts of the last days")
    func checkpoint() throws {
        test.clock.set("2026-11-26 08:00")
        func hold(_ staff: String, _ from: String, _ to: String) throws {
            let shift = try test.do("shift.open", ["post": "门岗", "staff": staff], by: staff, at: from)
            try test.do("shift.close", ["shift": shift, "next": "S09"], by: staff, at: to)
        }
        try plan("S03", "2026-11-23T22:00", "2026-11-24T06:00")
        try plan("S09", "2026-11-25T06:00", "2026-11-25T14:00")
        try hold("S03", "2026-11-23T21:55", "2026-11-23T23:40")
        try hold("S09", "2026-11-25T05:55", "2026-11-25T14:00")
        try Checkpoint(
            of: test.folder, WorkingSet(of: test.estate, at: test.store.now), test.store.handbook,
            positions: test.store.journal.positions, on: test.store.disk
        ).save(in: test.folder, on: test.store.disk)
        let store = try Store(at: test.folder, fullHistory: false, clock: test.clock.clock)
        #expect(!store.hasFullHistory)
        let states = RosterView().subjects(in: ViewContext(store.estate, at: store.now)).map(\.attendance.state)
        #expect(states == [.present, .present])
    }

    @Test("an open shift at another post does not count")
    func otherPost() throws {
        try plan("S03", "2026-11-23T06:00", "2026-11-23T14:00")
        try test.do("shift.open", ["post": "东门", "staff": "S03"], by: "S03", at: "2026-11-23T06:00")
        #expect(try rows(asOf: "2026-11-23T07:00") == ["S03 missing"])
    }

    @Test("a plan of the same post and beginning replaces the former, until the shift begins")
    func replaced() throws {
        try plan("S03", "2026-11-24T06:00", "2026-11-24T14:00")
        try plan("S09", "2026-11-24T06:00", "2026-11-24T14:00", at: nil)
        #expect(try rows(asOf: "2026-11-23T12:00") == ["S09 upcoming"])
        test.clock.set("2026-11-24 06:00")
        #expect(refusal { try plan("S03", "2026-11-24T06:00", "2026-11-24T14:00", at: nil) }?.code == "roster.begun")
        let shift = try #require(try test.show(RosterView.self).first).id.id.text
        #expect(refusal { try test.do("roster.drop", ["shift": shift]) }?.code == "roster.begun")
    }

    @Test("a dropped shift is in no roster, and is dropped once")
    func dropped() throws {
        let shift = try plan("S03", "2026-11-24T06:00", "2026-11-24T14:00")
        try test.do("roster.drop", ["shift": shift, "why": "请假"], by: "S04")
        #expect(try rows(asOf: "2026-11-23T12:00").isEmpty)
        #expect(refusal { try test.do("roster.drop", ["shift": shift]) }?.code == "roster.dropped")
    }

    @Test(
        "what cannot be is refused",
        arguments: [
            ("S03", "门岗", "2026-11-24T06:00", "2026-11-24T14:00", "roster.unchanged"),
            ("S09", "门岗", "2026-11-24T13:00", "2026-11-24T20:00", "roster.overlap"),
            ("S03", "东门", "2026-11-24T13:59", "2026-11-24T20:00", "roster.busy"),
            ("S09", "门岗", "2026-11-25T06:00", "2026-11-25T06:00", "roster.order"),
            ("S09", "门岗", "2026-11-25T06:00", "2026-11-26T06:01", "roster.long"),
            ("S07", "门岗", "2026-11-25T06:00", "2026-11-25T14:00", "shift.role"),
            ("S77", "门岗", "2026-11-25T06:00", "2026-11-25T14:00", "staff.unknown"),
        ])
    func refused(staff: String, post: String, from: String, to: String, code: String) throws {
        try plan("S03", "2026-11-24T06:00", "2026-11-24T14:00")
        #expect(refusal { try plan(staff, from, to, post: post) }?.code == code)
    }

    @Test("shifts that touch do not overlap; one that has begun is planned with a warning")
    func touching() throws {
        try plan("S03", "2026-11-24T06:00", "2026-11-24T14:00")
        try plan("S09", "2026-11-24T14:00", "2026-11-24T22:00")
        let late = SetRoster(staff: "S03", post: "门岗", from: at("2026-11-23T06:00"), to: at("2026-11-23T14:00"))
        #expect(try test.store.perform(late, by: "S04").warnings == ["roster.past"])
    }

    @Test("the next guard: the earliest plan of the post that is not over, of another, and begins within hours")
    func next() throws {
        try plan("S03", "2026-11-23T06:00", "2026-11-23T14:00")
        try plan("S09", "2026-11-23T14:00", "2026-11-23T22:00")
        try plan("S03", "2026-11-23T22:00", "2026-11-24T06:00")
        func next(_ time: String, _ besides: String?) -> String? {
            test.estate.nextOnRoster(at: "门岗", at("2026-11-23T\(time)"), besides: besides)?.staff
        }
        #expect(next("13:50", "S03") == "S09" && next("14:20", "S03") == "S09")
        #expect(next("21:50", "S09") == "S03")
        #expect(next("09:00", "S03") == nil, "too early")
        #expect(next("06:30", nil) == "S03")
        let shift = try test.do("shift.open", ["post": "门岗", "staff": "S03"], by: "S03", at: "2026-11-23T06:00")
        let proposals = CloseShift.proposals(
            with: ["shift": shift], to: "S03", in: test.estate, at: at("2026-11-23T13:55"))
        #expect(proposals == ["next": "夏杰"])
    }

    @Test("a form goes on where the last shift of the post ends, for as long")
    func proposals() throws {
        func proposals(_ values: [String: String]) -> [String: String] {
            SetRoster.proposals(with: values, to: "S04", in: test.estate, at: test.store.now)
        }
        #expect(proposals([:]) == ["post": "门岗", "from": "2026-11-24 06:00", "to": "2026-11-24 14:00"])
        try plan("S03", "2026-11-24T07:00", "2026-11-24T19:00")
        #expect(proposals([:])["from"] == "2026-11-24 19:00" && proposals([:])["to"] == "2026-11-25 07:00")
        #expect(proposals(["post": "东门"])["from"] == "2026-11-24 06:00")
    }

    @Test("a week is copied: the same times, without who has left, and without what stands already")
    func nextWeek() throws {
        #expect(test.estate.nextRosterWeek(at: test.store.now) == nil)
        try plan("S03", "2026-11-24T06:00", "2026-11-24T14:00")
        try plan("S09", "2026-11-29T22:00", "2026-11-30T06:00")
        let next = try #require(test.estate.nextRosterWeek(at: test.store.now))
        #expect(next.week.monday == day("2026-11-30"))
        #expect(next.plans.map(\.from) == [at("2026-12-01T06:00"), at("2026-12-06T22:00")])
        for plan in next.plans { try test.store.perform(plan, by: "S04") }
        #expect(test.estate.rosters.standing.count == 4)
        try test.do("staff.leave", ["staff": "S09"])
        #expect(try #require(test.estate.nextRosterWeek(at: test.store.now)).plans.map(\.staff.text) == ["S03"])
    }

    @Test(
        "in a copied week another's shift at another post stands against nothing",
        arguments: [("东门", "S09", true), ("门岗", "S09", false), ("东门", "S03", false)])
    func besideAnother(post: String, staff: String, isCopied: Bool) throws {
        _ = try plan("S03", "2026-11-23T06:00", "2026-11-23T12:00")
        _ = try plan(staff, "2026-11-29T22:00", "2026-11-30T10:00", post: post)
        let plans = try #require(test.estate.nextRosterWeek(at: test.store.now)).plans
        #expect(plans.contains { $0.from == at("2026-11-30T06:00") } == isCopied)
    }

    @Test("two nodes that plan the same post at once: both stand, and it is told")
    func nodes() throws {
        let nodes = try TestNodes(2)
        nodes.pass(seconds: 1000)
        let shift = ["post": "门岗", "from": "2026-03-12T06:00", "to": "2026-03-12T14:00"]
        try nodes[0].do("roster.set", shift.merging(["staff": "S03"]) { $1 })
        try nodes[1].do("roster.set", shift.merging(["staff": "S02"]) { $1 })
        let estate = try nodes.expectAgreement()
        #expect(estate.rosters.standing.count == 2)
        #expect(estate.nodes.conflicts.contains { $0.reason.label.chinese.contains("排班时间重叠") })
    }
}
