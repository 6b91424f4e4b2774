import Foundation
import Journal
import Testing

@testable import Estate

@Suite("The store")
struct StoreTests {
    @Test("two stores on one folder see each other's facts")
    func shared() throws {
        let desk = try Desk()
        let other = try desk.secondStore()
        try desk.arrive("张三")
        #expect(other.estate.gate.visits.isEmpty)
        try other.catchUp()
        #expect(other.estate.gate.visits.values.map(\.name) == ["张三"])
        // Performing catches up by itself, and checks against what it finds.
        let visit = try #require(desk.estate.gate.visits.values.first?.id)
        try other.perform(LeaveVisitor(visit: visit), by: "S03")
        #expect(refusal { try desk.do("visitor.leave", ["visit": visit.id.text]) }?.code == "visit.left")
        #expect(desk.estate.gate.inside.isEmpty)
    }

    @Test("a moment up to five minutes ahead of the clock is taken, a later one refused")
    func future() throws {
        let desk = try Desk(now: "2026-03-02T16:00")
        for time in ["2026-03-02T15:00", "2026-03-02T16:04", "2026-03-02T16:05"] { try desk.arrive("张三", at: time) }
        for time in ["2026-03-02T16:05:01", "2026-03-02T16:06", "2027-01-01"] {
            let refused = refusal { try desk.arrive("张三", at: time) }
            #expect(refused?.code == "time.future")
            #expect(refused?.cause == .rule)
        }
        #expect(desk.estate.gate.visits.count == 3)
    }

    @Test("a fact keeps both when it happened and when it was written")
    func bothTimes() throws {
        let desk = try Desk(now: "2026-03-02T16:00")
        let call = try desk.do("call.ring", at: "2026-03-01T09:00")
        #expect(desk.estate.calls[ref(call)]?.rang == at("2026-03-01T09:00"))
        var written: Moment?
        try Journal(at: desk.folder).catchUp { line in if line.id.text == call { written = line.written } }
        #expect(written == at("2026-03-02T16:00"))
    }

    @Test("a refused action leaves nothing")
    func refused() throws {
        let desk = try Desk()
        let (lines, size) = (desk.store.revision, try desk.bytes())
        #expect(refusal { try desk.arrive("张三", host: "9-9-999") }?.code == "unit.unknown")
        #expect(refusal { try desk.do("staff.add", ["staff": "S10", "name": "甲", "role": "guard"], by: "S02") } != nil)
        #expect(desk.store.revision == lines)
        #expect(try desk.bytes() == size)
        #expect(try desk.secondStore().estate.gate.visits.isEmpty)
    }

    @Test("the actions of a batch build on each other and are durable together")
    func batch() throws {
        let desk = try Desk()
        let host = unit("3-2-501")
        try desk.store.perform(by: "S03") { batch in
            let receipt = try batch.perform(ArriveVisitor(name: "张三", host: host, purpose: "探亲"))
            try batch.perform(LeaveVisitor(visit: Ref(receipt.id)))
            // One that is refused does not stop the rest.
            let again = refusal { try batch.perform(LeaveVisitor(visit: Ref(receipt.id))) }
            #expect(again?.code == "visit.left")
            try batch.perform(ArriveVisitor(name: "李雷", host: host, purpose: "探亲"), by: "S02")
        }
        for store in [desk.store, try desk.secondStore()] {
            #expect(store.estate.gate.visits.values.map(\.name) == ["张三", "李雷"])
            #expect(store.estate.gate.visits.values.map(\.by) == ["S03", "S02"])
            #expect(store.estate.gate.inside.count == 1)
        }
    }

    @Test("a batch that throws leaves nothing, neither on the disk nor in the state")
    func batchThrows() throws {
        let desk = try Desk()
        let size = try desk.bytes()
        let refused = refusal {
            try desk.store.perform(by: "S03") { batch in
                try batch.perform(ArriveVisitor(name: "张三", host: unit("3-2-501"), purpose: "探亲"))
                try batch.perform(ArriveVisitor(name: "李雷", host: unit("9-9-999"), purpose: "探亲"))
            }
        }
        #expect(refused?.code == "unit.unknown")
        #expect(desk.estate.gate.visits.isEmpty)
        #expect(try desk.bytes() == size)
        try desk.arrive("韩梅")
        #expect(try desk.secondStore().estate.gate.visits.values.map(\.name) == ["韩梅"])
    }

    @Test("receipts count on")
    func receipts() throws {
        let desk = try Desk()
        let ring = RingCall(direction: .incoming)
        let first = try desk.store.perform(ring, by: "S02")
        let second = try desk.store.perform(ring, by: "S02")
        #expect(first.node == "desk")
        #expect(second.sequence == first.sequence + 1)
        #expect(first.id != second.id)
    }

    @Test("the estate's zone decides what a local time and a day are, for whoever opens it")
    func zone() throws {
        let desk = try Desk(zone: #require(Zone("America/New_York")))
        let visit = try desk.minorRepair(done: "2026-03-05T23:30")
        // The clocks go forward on 03-08: the deadline is still a civil day.
        #expect(try desk.only(FollowUpsView.self).due == day("2026-03-08"))
        try desk.visit(visit, at: "2026-03-08T23:59")
        #expect(try desk.only(FollowUpsView.self).state == .done)
        let other = try desk.secondStore()
        #expect(other.estate.zone.name == "America/New_York")
        #expect(try FollowUpsView().rows(of: other.estate, at: other.now).map(\.state) == [.done])
        try other.perform(RingCall(direction: .incoming), by: "S02")
        try desk.store.catchUp()
        #expect(desk.estate.calls.all.count == 1)
    }

    @Test("an estate is founded once")
    func foundedOnce() throws {
        let desk = try Desk()
        #expect(throws: JournalError.self) {
            try Store.found(
                at: desk.folder, name: "又一个", staff: [StaffMember(code: "S01", name: "甲", role: .manager)],
                clock: desk.clock.clock)
        }
        #expect(desk.estate.name == "翠湖花园")
    }

    @Test("whoever reads the journal anew finds the same estate")
    func replay() throws {
        let desk = try Desk()
        try desk.liveADay()
        let other = try desk.secondStore()
        for view in Estate.views where !view.description.contains(where: \.isRequired) {
            let (mine, theirs) = (try desk.rows(view, of: desk.estate), try desk.rows(view, of: other.estate))
            #expect(mine == theirs, "\(view.name)")
            // The lines of a history are read for it from the journal.
            #expect(!mine.isEmpty || view == HistoryView.self, "\(view.name) was not tried")
        }
        #expect(other.unknownFacts == 0)
        #expect(other.damages.isEmpty)
    }
}

extension Desk {
    /// How much the journal has grown to.
    func bytes() throws -> Int {
        let log = "\(folder)/journal/desk"
        return try FileManager.default.contentsOfDirectory(atPath: log).filter { $0.hasSuffix(".jsonl") }
            .reduce(0) { $0 + (try Data(contentsOf: URL(fileURLWithPath: "\(log)/\($1)")).count) }
    }

    /// A view's rows, as scripts read them.
    func rows<V: View>(_: V.Type, of estate: Estate) throws -> [[String]] {
        try V(members: [:], zone: estate.zone).rows(of: estate, at: store.now).map { $0.texts }
    }

    /// Something of everything.
    func liveADay() throws {
        try self.do("vehicle.add", ["plate": "浙A12345", "unit": "3-2-501"])
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
        // What nobody has gone to see is on today's route.
        let forgotten = try self.do(
            "request.open", ["class": "other", "unit": "3-2-502", "text": "代收"], at: "2026-03-02")
        try self.do("request.complete", ["request": forgotten], at: "2026-03-02")
        let event = try self.do("request.open", ["class": "event", "unit": "3-2-501", "text": "晚会"])
        try self.do("event.attend", ["request": event, "unit": "3-2-502"])
        try self.do("request.complete", ["request": event])
        let bill = try self.do("bill.issue", bill(amount: "100"), at: "2026-03-01")
        let payment = try self.do("payment.receive", ["unit": "3-2-501", "amount": "70"])
        try self.do("bill.reduce", ["bill": bill, "amount": "40", "why": "停梯"])
        try self.do("payment.void", ["payment": payment, "why": "退票"])
        try self.do("payment.receive", ["unit": "3-2-501", "amount": "20"])
        try self.do("dunning.record", ["unit": "3-2-501", "channel": "上门", "outcome": "不在家"])
        let shift = try self.do("shift.open", ["post": "东门", "staff": "S03"])
        let visitors = try ["张三", "李雷", "韩梅"].map { try arrive($0) }
        try self.do("visitor.leave", ["visit": visitors[0]])
        try self.do("visitor.unknown", ["visit": visitors[1], "why": "没看见"])
        try self.do("shift.close", ["shift": shift, "next": "S02", "handed": visitors[2]])
        try self.do("patrol.check", ["route": "夜巡", "point": "1号楼顶层"])
        let inspection = try self.do("inspection.open", ["template": "gate"])
        try self.do("inspection.mark", ["inspection": inspection, "item": "7.1", "result": "fail", "note": "缺帽"])
        try self.do("inspection.close", ["inspection": inspection])
        try self.do("inspection.recheck", ["inspection": inspection, "item": "7.1", "result": "pass"])
    }
}
