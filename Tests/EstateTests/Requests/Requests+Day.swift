import TestSupport
import Testing

@testable import Estate

extension Requests: RecordedDay {
    static func record(in test: TestEstate) throws {
        let call = try test.answered()
        let demand = try test.do("call.demand", ["call": call, "text": "灯不亮"])
        try test.do("call.hold", ["call": call, "consent": "yes"])
        try test.do("call.resume", ["call": call, "apology": "no"])
        let request = try test.do(
            "request.open", ["class": "complaint", "unit": "3-2-501", "text": "灯不亮", "call": call, "demand": demand])
        try test.do("call.end", ["call": call, "closing": "yes"])
        try test.do("request.assign", ["request": request, "to": "S06"])
        try test.do("request.progress", ["request": request, "note": "已上门查看"])
        try test.do("request.complete", ["request": request])
        let visit = try #require(test.estate.followUps.of(ref(request)).first).id.id.text
        try test.do(
            "followup.record",
            ["followup": visit, "result": "unsatisfied", "visitors": "S05,S06", "signer": "李四", "satisfaction": "2"])
        try test.do("followup.rectified", ["followup": visit])
        try test.do("request.reopen", ["request": request, "why": "又坏了"])
        // An overdue visit, so that today's route has a stop.
        let overdue = try test.do(
            "request.open", ["class": "other", "unit": "3-2-502", "text": "代收"], at: "2026-03-02")
        try test.do("request.complete", ["request": overdue], at: "2026-03-02")
        let planned = try #require(test.estate.followUps.of(ref(overdue)).first).id.id.text
        try test.do(
            "followup.appoint", ["followup": planned, "at": "2026-12-31T15:00", "visitors": "S06"])
        let closed = try test.do("request.open", ["class": "other", "unit": "3-2-503", "text": "代收"], at: "2026-03-02")
        try test.do("request.complete", ["request": closed], at: "2026-03-02")
        let awayVisit = try #require(test.estate.followUps.of(ref(closed)).first).id.id.text
        for _ in 1...3 { try test.visit(awayVisit, .unreachable, at: "2026-03-03") }
        try test.do("followup.close", ["followup": awayVisit, "why": "长期在外"])
        let event = try test.do("request.open", ["class": "event", "unit": "3-2-501", "text": "晚会"])
        try test.do("event.attend", ["request": event, "unit": "3-2-502"])
        try test.do("request.complete", ["request": event])
    }
}
