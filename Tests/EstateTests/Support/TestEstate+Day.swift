import TestSupport
import Testing

@testable import Estate

extension TestEstate {
    /// Records a day in which every feature has entries.
    func recordDay() throws {
        try self.do("vehicle.add", ["plate": "浙A12345", "unit": "3-2-501"])
        try recordCallAndRequest()
        try recordOtherRequests()
        try recordFees()
        try recordGate()
        try recordInspection()
    }

    private func recordCallAndRequest() throws {
        let call = try answered()
        let demand = try self.do("call.demand", ["call": call, "text": "灯不亮"])
        try self.do("call.hold", ["call": call, "consent": "yes"])
        try self.do("call.resume", ["call": call, "apology": "no"])
        let request = try self.do(
            "request.open", ["class": "complaint", "unit": "3-2-501", "text": "灯不亮", "call": call, "demand": demand])
        try self.do("call.end", ["call": call, "closing": "yes"])
        try self.do("request.assign", ["request": request, "to": "S06"])
        try self.do("request.progress", ["request": request, "note": "已上门查看"])
        try self.do("request.complete", ["request": request])
        let visit = try #require(estate.followUps.of(ref(request)).first).id.id.text
        try self.do(
            "followup.record",
            ["followup": visit, "result": "unsatisfied", "visitors": "S05,S06", "signer": "李四", "satisfaction": "2"])
        try self.do("followup.rectified", ["followup": visit])
        try self.do("request.reopen", ["request": request, "why": "又坏了"])
    }

    private func recordOtherRequests() throws {
        // An overdue visit, so that today's route has a stop.
        let overdue = try self.do(
            "request.open", ["class": "other", "unit": "3-2-502", "text": "代收"], at: "2026-03-02")
        try self.do("request.complete", ["request": overdue], at: "2026-03-02")
        let event = try self.do("request.open", ["class": "event", "unit": "3-2-501", "text": "晚会"])
        try self.do("event.attend", ["request": event, "unit": "3-2-502"])
        try self.do("request.complete", ["request": event])
    }

    private func recordFees() throws {
        let bill = try self.do("bill.issue", bill(amount: "100"), at: "2026-03-01")
        let payment = try self.do("payment.receive", ["unit": "3-2-501", "amount": "70"])
        try self.do("bill.reduce", ["bill": bill, "amount": "40", "why": "停梯"])
        try self.do("payment.void", ["payment": payment, "why": "退票"])
        try self.do("payment.receive", ["unit": "3-2-501", "amount": "20"])
        try self.do("dunning.record", ["unit": "3-2-501", "channel": "上门", "outcome": "不在家"])
    }

    private func recordGate() throws {
        let shift = try self.do("shift.open", ["post": "东门", "staff": "S03"])
        let visitors = try ["张三", "李雷", "韩梅"].map { try arrive($0) }
        try self.do("visitor.leave", ["visit": visitors[0]])
        try self.do("visitor.unknown", ["visit": visitors[1], "why": "没看见"])
        try self.do("shift.close", ["shift": shift, "next": "S02", "handed": visitors[2]])
        try self.do("patrol.check", ["route": "夜巡", "point": "1号楼顶层"])
    }

    private func recordInspection() throws {
        let inspection = try self.do("inspection.open", ["template": "gate"])
        try self.do("inspection.mark", ["inspection": inspection, "item": "7.1", "result": "fail", "note": "缺帽"])
        try self.do("inspection.close", ["inspection": inspection])
        try self.do("inspection.recheck", ["inspection": inspection, "item": "7.1", "result": "pass"])
    }
}
