import Testing

@testable import Estate

@Suite("Telephone (section 1)")
struct CallTests {
    @Test("answered within three rings is in time (1.1)", arguments: [(1, true), (3, true), (4, false)])
    func rings(rings: Int, inTime: Bool) throws {
        let desk = try Desk()
        let call = try desk.ring()
        try desk.do("call.answer", ["call": call, "rings": "\(rings)"], by: "S02")
        let row = try desk.only(CallsView.self)
        #expect(row.inTime == inTime)
        #expect(row.omitted == (inTime ? [] : [.rings]))
    }

    @Test("demands are recorded one by one (1.3)")
    func demands() throws {
        let desk = try Desk()
        let call = try desk.answered()
        let demand = try desk.do("call.demand", ["call": call, "text": "楼道灯不亮"])
        try desk.do("call.demand", ["call": call, "text": "电梯异响"])
        #expect(try desk.only(CallsView.self).demands == 2)
        #expect(try desk.show(DemandsView.self, ["call": call]).map(\.text) == ["楼道灯不亮", "电梯异响"])

        // A demand becomes a request, and knows which.
        let request = try desk.do(
            "request.open",
            ["class": "repair.minor", "unit": "3-2-501", "text": "楼道灯不亮", "call": call, "demand": demand])
        #expect(try desk.show(DemandsView.self).map(\.request) == [ref(request), nil])
        #expect(try desk.only(RequestsView.self).call == ref(call))
    }

    @Test("a demand belongs to its call; one that is not there opens no request")
    func foreignDemand() throws {
        let desk = try Desk()
        let (call, other) = (try desk.answered(), try desk.answered())
        let demand = try desk.do("call.demand", ["call": call, "text": "楼道灯不亮"])
        let members = ["class": "repair.minor", "unit": "3-2-501", "text": "楼道灯不亮"]
        for more in [["demand": demand, "call": other], ["demand": call]] {
            let refused = refusal { try desk.do("request.open", members.merging(more) { $1 }) }
            #expect(refused?.code == "demand.unknown")
            #expect(refused?.field == "demand")
        }
        // Without its call, a demand tells which one it is.
        try desk.do("request.open", members.merging(["demand": demand]) { $1 })
        #expect(try desk.only(RequestsView.self).call == ref(call))
    }

    @Test(
        "steps left out are recorded, never blocked (1.2, 1.4, 1.6)",
        arguments: [
            ("yes", "yes", "yes", "yes", []), ("no", "yes", "yes", "yes", [CallOmission.greeting]),
            ("yes", "no", "yes", "yes", [.consent]), ("yes", "yes", "no", "yes", [.apology]),
            ("yes", "yes", "yes", "no", [.closing]), ("否", "否", "否", "否", [.greeting, .consent, .apology, .closing]),
        ])
    func omissions(
        greeting: String, consent: String, apology: String, closing: String, omitted: [CallOmission]
    ) throws {
        let desk = try Desk()
        let call = try desk.ring()
        try desk.do("call.answer", ["call": call, "rings": "2", "greeting": greeting])
        try desk.do("call.hold", ["call": call, "consent": consent])
        try desk.do("call.resume", ["call": call, "apology": apology])
        try desk.do("call.end", ["call": call, "closing": closing])
        #expect(try desk.only(CallsView.self).omitted == omitted)
    }

    @Test("a call that ends while it is held had no apology")
    func endedOnHold() throws {
        let desk = try Desk()
        let call = try desk.answered()
        try desk.do("call.hold", ["call": call, "consent": "yes"])
        #expect(try desk.only(CallsView.self).omitted.isEmpty)
        try desk.do("call.end", ["call": call])
        #expect(try desk.only(CallsView.self).omitted == [.apology])
    }

    @Test("several calls may be on hold at once, each for itself")
    func several() throws {
        let desk = try Desk()
        let calls = try (0..<3).map { _ in try desk.answered() }
        for call in calls { try desk.do("call.hold", ["call": call, "consent": "yes"]) }
        try desk.do("call.resume", ["call": calls[1], "apology": "yes"])
        #expect(desk.estate.calls.open.count == 3)
        #expect(calls.map { desk.estate.calls[ref($0)]?.isHeld } == [true, false, true])
        #expect(refusal { try desk.do("call.hold", ["call": calls[0], "consent": "yes"]) }?.code == "call.held")
        #expect(refusal { try desk.do("call.resume", ["call": calls[1], "apology": "yes"]) }?.code == "call.notHeld")
    }

    @Test("a call goes its way: rung, answered, ended")
    func order() throws {
        let desk = try Desk()
        let call = try desk.ring()
        #expect(refusal { try desk.do("call.demand", ["call": call, "text": "灯"]) }?.code == "call.notAnswered")
        #expect(refusal { try desk.do("call.hold", ["call": call, "consent": "yes"]) }?.code == "call.notAnswered")
        try desk.do("call.answer", ["call": call, "rings": "1"])
        #expect(refusal { try desk.do("call.answer", ["call": call, "rings": "1"]) }?.code == "call.answered")
        try desk.do("call.end", ["call": call, "closing": "yes"])
        #expect(refusal { try desk.do("call.end", ["call": call]) }?.code == "call.ended")
        #expect(refusal { try desk.do("call.demand", ["call": call, "text": "灯"]) }?.code == "call.ended")
        #expect(refusal { try desk.do("call.end", ["call": "01K00000000000000000000000"]) }?.code == "call.unknown")
    }

    @Test("a call that nobody answered is missed, and not late")
    func missed() throws {
        let desk = try Desk()
        let call = try desk.ring()
        try desk.do("call.end", ["call": call])
        #expect(desk.estate.calls[ref(call)]?.isMissed == true)
        #expect(try desk.only(CallsView.self).inTime == nil)
    }

    @Test("an outgoing call has no rings to keep to (1.8)")
    func outgoing() throws {
        let desk = try Desk()
        let call = try desk.do("call.ring", ["direction": "outgoing", "phone": "13800001111"], by: "S02")
        try desk.do("call.demand", ["call": call, "text": "约好周三上门"])
        try desk.do("call.end", ["call": call, "closing": "yes"])
        let row = try desk.only(CallsView.self)
        #expect(row.inTime == nil)
        #expect(row.direction == .outgoing)
    }

    @Test("a caller is known by the number, however it is written")
    func known() throws {
        let desk = try Desk()
        for typed in ["13800001111", "+86 138-0000-1111", "0086 138 0000 1111", "１３８００００１１１１"] {
            try desk.ring(typed)
            #expect(try desk.show(CallsView.self).last?.person == "李四")
            #expect(try desk.show(CallsView.self).last?.unit?.text == "3-2-501")
            #expect(try desk.show(CallsView.self).last?.phone == "138****1111")
        }
    }

    @Test("a caller without a number, or with one that nobody or several have, is unknown until named")
    func unknown() throws {
        let desk = try Desk()
        try desk.do("person.add", ["name": "韩梅", "unit": "3-2-502", "role": "owner", "phone": "13900002222"])
        try desk.do("person.add", ["name": "李雷", "unit": "3-2-503", "role": "owner", "phone": "139 0000 2222"])
        for typed in ["", "13012345678", "13900002222"] {
            let call = try desk.ring(typed)
            #expect(try desk.show(CallsView.self).last?.unit == nil)
            #expect(try desk.show(CallsView.self).last?.person == nil)
            try desk.do("call.caller", ["call": call, "unit": "3-2-502"])
            #expect(try desk.show(CallsView.self).last?.unit?.text == "3-2-502")
        }
    }
}

extension Desk {
    @discardableResult
    func ring(_ number: String = "") throws -> String { try self.do("call.ring", ["phone": number], by: "S02") }

    func answered() throws -> String {
        let call = try ring()
        return try self.do("call.answer", ["call": call, "rings": "2"], by: "S02")
    }
}
