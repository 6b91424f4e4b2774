import Testing

@testable import Estate

@Suite("Reopening starts a new cycle (Rules, Time)")
struct ReopeningTests {
    @Test("a visit not yet made becomes void, and the new cycle has its own")
    func void() throws {
        let desk = try Desk()
        let (request, first) = try desk.request("complaint", done: "2026-03-02")
        try desk.do("request.reopen", ["request": request, "why": "又响了"], at: "2026-03-03")
        #expect(try desk.only(FollowUpsView.self).state == .void)
        #expect(refusal { try desk.visit(first, at: "2026-03-04") }?.code == "followup.void")
        try desk.do("request.complete", ["request": request], at: "2026-03-10")
        let rows = try desk.show(FollowUpsView.self, asOf: "2026-03-10")
        #expect(rows.map(\.state) == [.void, .open])
        #expect(rows.map(\.cycle) == [1, 2])
        #expect(rows.map(\.due) == [day("2026-03-05"), day("2026-03-13")])
    }

    @Test("a visit already made stays counted in its own cycle")
    func counted() throws {
        let desk = try Desk()
        let (request, first) = try desk.request("complaint", done: "2026-03-02")
        try desk.visit(first, visitors: "S05,S06", at: "2026-03-03")
        try desk.do("request.reopen", ["request": request, "why": "又响了"], at: "2026-03-04")
        try desk.do("request.complete", ["request": request], at: "2026-03-10")
        #expect(try desk.show(FollowUpsView.self, asOf: "2026-03-31").map(\.state) == [.done, .overdue])
        let rate = try #require(desk.show(RatesView.self, ["period": "2026-03"], asOf: "2026-03-31").first)
        #expect(rate.matured == 2)
        #expect(rate.covered == 1)
        #expect(rate.onTime == 1)
        #expect(rate.met == false)
    }

    @Test("a visit that was void before it was due is no missed one; one that was overdue by then is")
    func spared() throws {
        for (reopened, matured) in [("2026-03-05T23:00", 0), ("2026-03-06T08:00", 1)] {
            let desk = try Desk()
            let (request, _) = try desk.request("complaint", done: "2026-03-02")
            try desk.do("request.reopen", ["request": request, "why": "又响了"], at: reopened)
            #expect(try desk.show(RatesView.self, ["period": "2026-03"], asOf: "2026-03-31").first?.matured == matured)
        }
    }

    @Test("what an owner was not satisfied with no longer waits for a rectification of its own")
    func supersedesRectification() throws {
        let desk = try Desk()
        let (request, first) = try desk.request("complaint", done: "2026-03-02")
        try desk.visit(first, .unsatisfied, visitors: "S05,S06", at: "2026-03-03")
        #expect(try desk.only(FollowUpsView.self).awaitsRectification)
        try desk.do("request.reopen", ["request": request, "why": "不满意"], at: "2026-03-04")
        let row = try desk.only(FollowUpsView.self)
        #expect(!row.awaitsRectification)
        #expect(row.state == .done)
    }

    @Test("a special service that is reopened is visited once more, after it is done")
    func special() throws {
        let desk = try Desk()
        let request = try desk.do(
            "request.open",
            ["class": "special", "unit": "3-2-501", "text": "保洁", "from": "2026-03-01", "to": "2026-03-10"],
            at: "2026-02-20")
        try desk.do("request.complete", ["request": request], at: "2026-03-10T17:00")
        try desk.do("request.reopen", ["request": request, "why": "未做完"], at: "2026-03-11")
        try desk.do("request.complete", ["request": request], at: "2026-03-12T17:00")
        let rows = try desk.show(FollowUpsView.self)
        #expect(rows.map(\.stage) == [.middle, .end, .end])
        #expect(rows.map(\.state) == [.void, .void, .overdue])
        #expect(rows.last?.due == day("2026-03-15"))
    }

    @Test("a special service reopened after its end visit is visited once more after its new end")
    func specialAfterItsEnd() throws {
        let desk = try Desk()
        let request = try desk.do(
            "request.open",
            ["class": "special", "unit": "3-2-501", "text": "保洁", "from": "2026-03-01", "to": "2026-03-10"],
            at: "2026-02-20")
        let end = try #require(desk.estate.followUps.of(ref(request)).last).id.id.text
        try desk.visit(end, at: "2026-03-11T10:00")
        try desk.do("request.complete", ["request": request], at: "2026-03-11T17:00")
        #expect(try desk.show(FollowUpsView.self).map(\.stage) == [.middle, .end])
        try desk.do("request.reopen", ["request": request, "why": "又脏了"], at: "2026-03-12")
        try desk.do("request.complete", ["request": request], at: "2026-03-13T17:00")
        let rows = try desk.show(FollowUpsView.self, asOf: "2026-03-13")
        #expect(rows.map(\.stage) == [.middle, .end, .end])
        #expect(rows.map(\.state) == [.void, .done, .open])
        #expect(rows.last?.due == day("2026-03-16"))
    }

    @Test("a visit made before the reopening and written up after it stays counted in its own cycle")
    func writtenUpLate() throws {
        let desk = try Desk()
        let (request, first) = try desk.request("complaint", done: "2026-03-02")
        try desk.do("request.reopen", ["request": request, "why": "又响了"], at: "2026-03-04T09:00")
        #expect(refusal { try desk.visit(first, at: "2026-03-04T09:00") }?.code == "followup.void")
        try desk.visit(first, .unsatisfied, visitors: "S05,S06", at: "2026-03-03T10:00")
        let row = try desk.only(FollowUpsView.self)
        #expect((row.state, row.awaitsRectification) == (.done, false))
        #expect(try desk.rate(.complaint, "2026-03", asOf: "2026-03-31").onTime == 1)
    }

    @Test("only what is done is reopened, and only what is open is completed")
    func order() throws {
        let desk = try Desk()
        let (request, _) = try desk.request("complaint", done: "2026-03-02T10:00")
        #expect(refusal { try desk.do("request.complete", ["request": request]) }?.code == "request.completed")
        #expect(
            refusal { try desk.do("request.reopen", ["request": request, "why": "早"], at: "2026-03-02T09:00") }?.code
                == "time.order")
        try desk.do("request.reopen", ["request": request, "why": "又响了"], at: "2026-03-05T10:00")
        #expect(
            refusal { try desk.do("request.complete", ["request": request], at: "2026-03-05T09:59") }?.code
                == "time.order")
        #expect(refusal { try desk.do("request.reopen", ["request": request, "why": "再"]) }?.code == "request.open")
        #expect(try desk.only(RequestsView.self).cycle == 2)
    }

    @Test("work cannot be done before it was asked for")
    func early() throws {
        let desk = try Desk()
        let request = try desk.do(
            "request.open", ["class": "other", "unit": "3-2-501", "text": "代收"], at: "2026-03-02T10:00")
        #expect(
            refusal { try desk.do("request.complete", ["request": request], at: "2026-03-02T09:59") }?.code
                == "time.order")
    }
}
