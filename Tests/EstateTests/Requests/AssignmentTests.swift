import Testing
import TestSupport

@testable import Estate

@Suite("Assignment and progress of requests")
struct AssignmentTests {
    private func opened(_ test: TestEstate, at time: String = "2026-03-02T09:00") throws -> String {
        try test.do("request.open", ["class": "repair.minor", "unit": "3-2-501", "text": "龙头滴水"], at: time)
    }

    @Test(
        "a worker is a staff member by number or name, or any other name",
        arguments: [
            ("S06", "S06", "郑管理"), ("郑管理", "S06", "郑管理"), ("维修班", "维修班", "维修班"), ("Otis 维保", "Otis 维保", "Otis 维保"),
        ])
    func named(to: String, kept: String, shown: String) throws {
        let test = try TestEstate()
        let request = try opened(test)
        try test.do("request.assign", ["request": request, "to": to, "due": "2026-03-05"], at: "2026-03-02T10:00")
        #expect(test.estate.requests[ref(request)]?.assignment?.to == Worker(kept))
        let row = try test.only(RequestsView.self)
        #expect(row.assigned == shown)
        #expect(row.assignedAt == at("2026-03-02T10:00"))
        #expect(row.due == day("2026-03-05"))
    }

    @Test(
        "unknown staff numbers and ambiguous names are refused", arguments: ["S99", "ｓ99", "1001"])
    func unknown(to: String) throws {
        let test = try TestEstate()
        let request = try opened(test)
        let stranger = refusal { try test.do("request.assign", ["request": request, "to": to]) }
        #expect(stranger?.code == "staff.unknown")
        #expect(stranger?.field == "to")
        try test.do("staff.add", ["staff": "S10", "name": "郑管理", "role": "administrator"])
        #expect(
            refusal { try test.do("request.assign", ["request": request, "to": "郑管理"]) }?.code == "staff.ambiguous")
        let workers = refusal { try test.do("request.complete", ["request": request, "workers": "维修班,\(to)"]) }
        #expect(workers?.code == "staff.unknown")
        #expect(workers?.field == "workers")
        #expect(try test.only(RequestsView.self).state == .open)
    }

    @Test("a completed request takes neither an assignment nor progress")
    func closed() throws {
        let test = try TestEstate()
        let request = try opened(test)
        try test.do("request.complete", ["request": request], at: "2026-03-02T12:00")
        #expect(
            refusal { try test.do("request.assign", ["request": request, "to": "维修班"]) }?.code == "request.completed")
        #expect(
            refusal { try test.do("request.progress", ["request": request, "note": "在办"]) }?.code
                == "request.completed")
    }

    @Test("an assignment before the opening, before the last assignment or after its due day is refused")
    func order() throws {
        let test = try TestEstate()
        let request = try opened(test)
        func assign(_ to: String, at time: String, _ more: [String: String] = [:]) -> Refusal? {
            refusal {
                try test.do("request.assign", ["request": request, "to": to].merging(more) { $1 }, at: time)
            }
        }
        #expect(assign("维修班", at: "2026-03-02T08:59")?.code == "time.order")
        let early = refusal {
            try test.do("request.progress", ["request": request, "note": "在办"], at: "2026-03-02T08:59")
        }
        #expect(early?.code == "time.order")
        #expect(assign("维修班", at: "2026-03-03T09:00", ["due": "2026-03-02"])?.field == "due")
        #expect(assign("维修班", at: "2026-03-03T09:00", ["due": "2026-03-03"]) == nil)
        #expect(assign("S06", at: "2026-03-03T08:00")?.code == "time.order")
        #expect(assign("维修班", at: "2026-03-03T10:00", ["due": "2026-03-03"])?.code == "request.assigned")
        // A later due day is a change.
        #expect(assign("维修班", at: "2026-03-03T10:00", ["due": "2026-03-04"]) == nil)
    }

    @Test("the assignee is the worker unless others are named; repeats count once")
    func workers() throws {
        for (workers, expected) in [
            ("", ["郑管理"]), ("维修班", ["维修班"]), ("郑管理、维修班，S06", ["郑管理", "维修班"]),
        ] {
            let test = try TestEstate()
            let request = try opened(test)
            try test.do("request.assign", ["request": request, "to": "S06"], at: "2026-03-02T10:00")
            try test.do("request.complete", ["request": request, "workers": workers], at: "2026-03-02T12:00")
            #expect(try test.only(RequestsView.self).workers == expected)
            #expect(try test.only(FollowUpsView.self).workers == expected)
        }
        let test = try TestEstate()
        try test.do("request.complete", ["request": opened(test)], at: "2026-03-02T12:00")
        #expect(try test.only(RequestsView.self).workers == [], "an unknown worker is not invented")
    }

    @Test("the progress that happened last is shown; all notes are kept")
    func progress() throws {
        let test = try TestEstate()
        let request = try opened(test)
        for (note, time) in [("已上门", "2026-03-02T11:00"), ("已修好一半", "2026-03-02T15:00"), ("已致电", "2026-03-02T10:00")] {
            try test.do("request.progress", ["request": request, "note": note], by: "S03", at: time)
        }
        let row = try test.only(RequestsView.self)
        #expect(row.progress == "已修好一半")
        #expect(row.progressAt == at("2026-03-02T15:00"))
        #expect(test.estate.requests[ref(request)]?.progress.map(\.by) == ["S03", "S03", "S03"])
        #expect(try test.only(RequestsView.self, asOf: "2026-03-02T14:00").progress == "已上门")
    }

    @Test("a reopening keeps the assignee, whose time starts again")
    func reopening() throws {
        let test = try TestEstate()
        let request = try opened(test)
        try test.do("request.assign", ["request": request, "to": "维修班"], at: "2026-03-02T10:00")
        try test.do("request.assign", ["request": request, "to": "S06"], at: "2026-03-02T11:00")
        try test.do("request.progress", ["request": request, "note": "已上门"], at: "2026-03-02T11:30")
        try test.do("request.complete", ["request": request, "workers": "维修班"], at: "2026-03-02T12:00")
        try test.do("request.reopen", ["request": request, "why": "又漏"], at: "2026-03-04T09:00")
        let known = try #require(test.estate.requests[ref(request)])
        #expect(known.assignments.map(\.to) == [Worker("维修班"), Worker("S06")])
        #expect(known.heldSince == at("2026-03-04T09:00"))
        #expect(known.assignedWorkers == [Worker("S06")])
        let row = try test.only(RequestsView.self)
        #expect(row.assigned == "郑管理")
        #expect(row.progress == "已上门")
        #expect(row.workers == [])
        try test.do("request.complete", ["request": request], at: "2026-03-05T09:00")
        #expect(try test.only(RequestsView.self).workers == ["郑管理"])
    }

    @Test("recent workers outside the staff are offered, the latest first")
    func candidates() throws {
        let test = try TestEstate()
        for to in ["维修班", "S06", "电梯维保", "维修班"] {
            try test.do("request.assign", ["request": opened(test), "to": to])
        }
        #expect(Worker.candidates(in: test.estate).map(\.text) == ["维修班", "电梯维保"])
    }

    @Test("progress can always be undone, an assignment only while no later fact depends on it")
    func undo() throws {
        let test = try TestEstate()
        let request = try opened(test)
        try test.do("request.progress", ["request": request, "note": "错"], by: "S06")
        try test.do("request.assign", ["request": request, "to": "维修班"], by: "S02")
        try test.do("request.complete", ["request": request])
        try test.do("action.undo", by: "S06")
        #expect(try test.only(RequestsView.self).progress == nil)
        #expect(refusal { try test.do("action.undo", by: "S02") }?.code == "undo.used")
        try test.do("action.undo")
        try test.do("action.undo", by: "S02")
        #expect(try test.only(RequestsView.self).assigned == nil)
    }
}
