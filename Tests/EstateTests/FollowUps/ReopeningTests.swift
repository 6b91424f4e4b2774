import Testing
import TestSupport

@testable import Estate

@Suite("3 Reopening starts a new cycle (Rules, Time)")
struct ReopeningTests {
    @Test("a pending visit becomes void, and the new cycle has its own")
    func void() throws {
        let test = try TestEstate()
        let (request, first) = try test.request("complaint", done: "2026-03-02")
        try test.do("request.reopen", ["request": request, "why": "又响了"], at: "2026-03-03")
        #expect(try test.only(FollowUpsView.self).state == .void)
        #expect(refusal { try test.visit(first, at: "2026-03-04") }?.code == "followup.void")
        try test.do("request.complete", ["request": request], at: "2026-03-10")
        let rows = try test.show(FollowUpsView.self, asOf: "2026-03-10")
        #expect(rows.map(\.state) == [.void, .open])
        #expect(rows.map(\.cycle) == [1, 2])
        #expect(rows.map(\.due) == [day("2026-03-05"), day("2026-03-13")])
    }

    @Test("a visit made before counts in its own cycle")
    func counted() throws {
        let test = try TestEstate()
        let (request, first) = try test.request("complaint", done: "2026-03-02")
        try test.visit(first, visitors: "S05,S06", at: "2026-03-03")
        try test.do("request.reopen", ["request": request, "why": "又响了"], at: "2026-03-04")
        try test.do("request.complete", ["request": request], at: "2026-03-10")
        #expect(try test.show(FollowUpsView.self, asOf: "2026-03-31").map(\.state) == [.done, .overdue])
        let rate = try #require(test.show(RatesView.self, ["period": "2026-03"], asOf: "2026-03-31").first)
        #expect(rate.matured == 2)
        #expect(rate.covered == 1)
        #expect(rate.onTime == 1)
        #expect(rate.met == false)
    }

    @Test("a visit that was void before its due day ended is not counted; an overdue one is")
    func spared() throws {
        for (reopened, matured) in [("2026-03-05T23:00", 0), ("2026-03-06T08:00", 1)] {
            let test = try TestEstate()
            let (request, _) = try test.request("complaint", done: "2026-03-02")
            try test.do("request.reopen", ["request": request, "why": "又响了"], at: reopened)
            #expect(try test.show(RatesView.self, ["period": "2026-03"], asOf: "2026-03-31").first?.matured == matured)
        }
    }

    @Test("a reopening replaces an outstanding rectification")
    func supersedesRectification() throws {
        let test = try TestEstate()
        let (request, first) = try test.request("complaint", done: "2026-03-02")
        try test.visit(first, .unsatisfied, visitors: "S05,S06", at: "2026-03-03")
        #expect(try test.only(FollowUpsView.self).awaitsRectification)
        try test.do("request.reopen", ["request": request, "why": "不满意"], at: "2026-03-04")
        let row = try test.only(FollowUpsView.self)
        #expect(!row.awaitsRectification)
        #expect(row.state == .done)
    }

    @Test("3.4 a special service that is reopened is visited once more after it is done")
    func special() throws {
        let test = try TestEstate()
        let request = try test.do(
            "request.open",
            ["class": "special", "unit": "3-2-501", "text": "保洁", "from": "2026-03-01", "to": "2026-03-10"],
            at: "2026-02-20")
        try test.do("request.complete", ["request": request], at: "2026-03-10T17:00")
        try test.do("request.reopen", ["request": request, "why": "未做完"], at: "2026-03-11")
        try test.do("request.complete", ["request": request], at: "2026-03-12T17:00")
        let rows = try test.show(FollowUpsView.self)
        #expect(rows.map(\.stage) == [.middle, .end, .end])
        #expect(rows.map(\.state) == [.void, .void, .overdue])
        #expect(rows.last?.due == day("2026-03-15"))
    }

    @Test("3.4 a special service reopened after its end visit gets another end visit")
    func specialAfterItsEnd() throws {
        let test = try TestEstate()
        let request = try test.do(
            "request.open",
            ["class": "special", "unit": "3-2-501", "text": "保洁", "from": "2026-03-01", "to": "2026-03-10"],
            at: "2026-02-20")
        let end = try #require(test.estate.followUps.of(ref(request)).last).id.id.text
        try test.visit(end, at: "2026-03-11T10:00")
        try test.do("request.complete", ["request": request], at: "2026-03-11T17:00")
        #expect(try test.show(FollowUpsView.self).map(\.stage) == [.middle, .end])
        try test.do("request.reopen", ["request": request, "why": "又脏了"], at: "2026-03-12")
        try test.do("request.complete", ["request": request], at: "2026-03-13T17:00")
        let rows = try test.show(FollowUpsView.self, asOf: "2026-03-13")
        #expect(rows.map(\.stage) == [.middle, .end, .end])
        #expect(rows.map(\.state) == [.void, .done, .open])
        #expect(rows.last?.due == day("2026-03-16"))
    }

    @Test("a visit made before the reopening and recorded after it counts in its own cycle")
    func writtenUpLate() throws {
        let test = try TestEstate()
        let (request, first) = try test.request("complaint", done: "2026-03-02")
        try test.do("request.reopen", ["request": request, "why": "又响了"], at: "2026-03-04T09:00")
        #expect(refusal { try test.visit(first, at: "2026-03-04T09:00") }?.code == "followup.void")
        try test.visit(first, .unsatisfied, visitors: "S05,S06", at: "2026-03-03T10:00")
        let row = try test.only(FollowUpsView.self)
        #expect((row.state, row.awaitsRectification) == (.done, false))
        #expect(try test.rate(.complaint, "2026-03", asOf: "2026-03-31").onTime == 1)
    }

    @Test("only completed requests are reopened, and only open ones completed")
    func order() throws {
        let test = try TestEstate()
        let (request, _) = try test.request("complaint", done: "2026-03-02T10:00")
        #expect(refusal { try test.do("request.complete", ["request": request]) }?.code == "request.completed")
        #expect(
            refusal { try test.do("request.reopen", ["request": request, "why": "早"], at: "2026-03-02T09:00") }?.code
                == "time.order")
        try test.do("request.reopen", ["request": request, "why": "又响了"], at: "2026-03-05T10:00")
        #expect(
            refusal { try test.do("request.complete", ["request": request], at: "2026-03-05T09:59") }?.code
                == "time.order")
        #expect(refusal { try test.do("request.reopen", ["request": request, "why": "再"]) }?.code == "request.open")
        #expect(try test.only(RequestsView.self).cycle == 2)
    }

    @Test("a completion before the opening is refused")
    func early() throws {
        let test = try TestEstate()
        let request = try test.do(
            "request.open", ["class": "other", "unit": "3-2-501", "text": "代收"], at: "2026-03-02T10:00")
        #expect(
            refusal { try test.do("request.complete", ["request": request], at: "2026-03-02T09:59") }?.code
                == "time.order")
    }
}
