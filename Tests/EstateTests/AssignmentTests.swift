import Testing

@testable import Estate

@Suite("Who has a request, and how far it is")
struct AssignmentTests {
    private func opened(_ desk: Desk, at time: String = "2026-03-02T09:00") throws -> String {
        try desk.do("request.open", ["class": "repair.minor", "unit": "3-2-501", "text": "龙头滴水"], at: time)
    }

    @Test(
        "a staff member is named by number or name, anybody else by what they are called",
        arguments: [
            ("S06", "S06", "郑管理"), ("郑管理", "S06", "郑管理"), ("维修班", "维修班", "维修班"), ("Otis 维保", "Otis 维保", "Otis 维保"),
        ])
    func named(to: String, kept: String, shown: String) throws {
        let desk = try Desk()
        let request = try opened(desk)
        try desk.do("request.assign", ["request": request, "to": to, "due": "2026-03-05"], at: "2026-03-02T10:00")
        #expect(desk.estate.requests[ref(request)]?.assignment?.to == Worker(kept))
        let row = try desk.only(RequestsView.self)
        #expect(row.assigned == shown)
        #expect(row.assignedAt == at("2026-03-02T10:00"))
        #expect(row.due == day("2026-03-05"))
    }

    @Test(
        "a number that is nobody's is refused, and so is a name that several have", arguments: ["S99", "ｓ99", "1001"])
    func unknown(to: String) throws {
        let desk = try Desk()
        let request = try opened(desk)
        let stranger = refusal { try desk.do("request.assign", ["request": request, "to": to]) }
        #expect(stranger?.code == "staff.unknown")
        #expect(stranger?.field == "to")
        try desk.do("staff.add", ["staff": "S10", "name": "郑管理", "role": "administrator"])
        #expect(
            refusal { try desk.do("request.assign", ["request": request, "to": "郑管理"]) }?.code == "staff.ambiguous")
        let workers = refusal { try desk.do("request.complete", ["request": request, "workers": "维修班,\(to)"]) }
        #expect(workers?.code == "staff.unknown")
        #expect(workers?.field == "workers")
        #expect(try desk.only(RequestsView.self).state == .open)
    }

    @Test("what is done is given to nobody, and nothing is told of it any more")
    func closed() throws {
        let desk = try Desk()
        let request = try opened(desk)
        try desk.do("request.complete", ["request": request], at: "2026-03-02T12:00")
        #expect(
            refusal { try desk.do("request.assign", ["request": request, "to": "维修班"]) }?.code == "request.completed")
        #expect(
            refusal { try desk.do("request.progress", ["request": request, "note": "在办"]) }?.code
                == "request.completed")
    }

    @Test("neither before it was opened, nor given on before it was given, nor due before that day")
    func order() throws {
        let desk = try Desk()
        let request = try opened(desk)
        func assign(_ to: String, at time: String, _ more: [String: String] = [:]) -> Refusal? {
            refusal {
                try desk.do("request.assign", ["request": request, "to": to].merging(more) { $1 }, at: time)
            }
        }
        #expect(assign("维修班", at: "2026-03-02T08:59")?.code == "time.order")
        let early = refusal {
            try desk.do("request.progress", ["request": request, "note": "在办"], at: "2026-03-02T08:59")
        }
        #expect(early?.code == "time.order")
        #expect(assign("维修班", at: "2026-03-03T09:00", ["due": "2026-03-02"])?.field == "due")
        #expect(assign("维修班", at: "2026-03-03T09:00", ["due": "2026-03-03"]) == nil)
        #expect(assign("S06", at: "2026-03-03T08:00")?.code == "time.order")
        #expect(assign("维修班", at: "2026-03-03T10:00", ["due": "2026-03-03"])?.code == "request.assigned")
        // More time is something new.
        #expect(assign("维修班", at: "2026-03-03T10:00", ["due": "2026-03-04"]) == nil)
    }

    @Test("whoever has it did it, unless others are named; each is told of once")
    func workers() throws {
        for (workers, expected) in [
            ("", ["郑管理"]), ("维修班", ["维修班"]), ("郑管理、维修班，S06", ["郑管理", "维修班"]),
        ] {
            let desk = try Desk()
            let request = try opened(desk)
            try desk.do("request.assign", ["request": request, "to": "S06"], at: "2026-03-02T10:00")
            try desk.do("request.complete", ["request": request, "workers": workers], at: "2026-03-02T12:00")
            #expect(try desk.only(RequestsView.self).workers == expected)
            #expect(try desk.only(FollowUpsView.self).workers == expected)
        }
        let desk = try Desk()
        try desk.do("request.complete", ["request": opened(desk)], at: "2026-03-02T12:00")
        #expect(try desk.only(RequestsView.self).workers == [], "who did it is not known, and nobody is made up")
    }

    @Test("the last progress is the one that happened last; all of it is kept")
    func progress() throws {
        let desk = try Desk()
        let request = try opened(desk)
        for (note, time) in [("已上门", "2026-03-02T11:00"), ("已修好一半", "2026-03-02T15:00"), ("已致电", "2026-03-02T10:00")] {
            try desk.do("request.progress", ["request": request, "note": note], by: "S03", at: time)
        }
        let row = try desk.only(RequestsView.self)
        #expect(row.progress == "已修好一半")
        #expect(row.progressAt == at("2026-03-02T15:00"))
        #expect(desk.estate.requests[ref(request)]?.progress.map(\.by) == ["S03", "S03", "S03"])
        #expect(try desk.only(RequestsView.self, asOf: "2026-03-02T14:00").progress == "已上门")
    }

    @Test("a reopening keeps who had it, and their time begins anew")
    func reopening() throws {
        let desk = try Desk()
        let request = try opened(desk)
        try desk.do("request.assign", ["request": request, "to": "维修班"], at: "2026-03-02T10:00")
        try desk.do("request.assign", ["request": request, "to": "S06"], at: "2026-03-02T11:00")
        try desk.do("request.progress", ["request": request, "note": "已上门"], at: "2026-03-02T11:30")
        try desk.do("request.complete", ["request": request, "workers": "维修班"], at: "2026-03-02T12:00")
        try desk.do("request.reopen", ["request": request, "why": "又漏"], at: "2026-03-04T09:00")
        let known = try #require(desk.estate.requests[ref(request)])
        #expect(known.assignments.map(\.to) == [Worker("维修班"), Worker("S06")])
        #expect(known.heldSince == at("2026-03-04T09:00"))
        #expect(known.hands == [Worker("S06")])
        let row = try desk.only(RequestsView.self)
        #expect(row.assigned == "郑管理")
        #expect(row.progress == "已上门")
        #expect(row.workers == [])
        try desk.do("request.complete", ["request": request], at: "2026-03-05T09:00")
        #expect(try desk.only(RequestsView.self).workers == ["郑管理"])
    }

    @Test("those who were given something are offered again, the latest first and no staff among them")
    func candidates() throws {
        let desk = try Desk()
        for to in ["维修班", "S06", "电梯维保", "维修班"] {
            try desk.do("request.assign", ["request": opened(desk), "to": to])
        }
        #expect(Worker.candidates(in: desk.estate).map(\.text) == ["维修班", "电梯维保"])
    }

    @Test("a note is taken back whatever came after it; whom it was given to, only while nothing builds on that")
    func undo() throws {
        let desk = try Desk()
        let request = try opened(desk)
        try desk.do("request.progress", ["request": request, "note": "错"], by: "S06")
        try desk.do("request.assign", ["request": request, "to": "维修班"], by: "S02")
        try desk.do("request.complete", ["request": request])
        try desk.do("action.undo", by: "S06")
        #expect(try desk.only(RequestsView.self).progress == nil)
        #expect(refusal { try desk.do("action.undo", by: "S02") }?.code == "undo.used")
        try desk.do("action.undo")
        try desk.do("action.undo", by: "S02")
        #expect(try desk.only(RequestsView.self).assigned == nil)
    }
}
