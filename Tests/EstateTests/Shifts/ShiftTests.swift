import Testing
import TestSupport

@testable import Estate

@Suite("7.3 Shifts are handed over in full")
struct ShiftTests {
    @Test("7.3 a shift closes only when all visitors inside are handed over by name")
    func handover() throws {
        let test = try TestEstate()
        let shift = try test.do("shift.open", ["post": "东门", "staff": "S03"], by: "S03", at: "2026-03-02T08:00")
        let first = try test.arrive("张三", at: "2026-03-02T09:00")
        let second = try test.arrive("李雷", at: "2026-03-02T10:00")
        func close(_ handed: String) throws {
            try test.do(
                "shift.close", ["shift": shift, "next": "S02", "handed": handed], by: "S03", at: "2026-03-02T16:00")
        }
        let refused = refusal { try close(first) }
        #expect(refused?.code == "shift.visitorsInside")
        #expect(refused?.cause == .rule)
        #expect(refused?.message.chinese.contains("李雷") == true)
        try close("\(first),\(second)")
        #expect(try test.show(GateView.self).map(\.isHandedOver) == [true, true])
        let row = try test.only(ShiftsView.self)
        #expect(row.next == "陈接待")
        #expect(row.handed.count == 2)

        try test.do("visitor.leave", ["visit": first], at: "2026-03-02T17:00")
        let rows = try test.show(GateView.self, asOf: "2026-03-02T17:30")
        #expect(rows.map(\.state) == [.left, .inside] && rows.map(\.isHandedOver) == [true, true])
    }

    @Test("7.3 nobody is handed over unless they are named")
    func nobodyNamed() throws {
        let test = try TestEstate()
        let shift = try test.do("shift.open", ["post": "东门", "staff": "S03"], by: "S03")
        _ = try test.arrive("张三")
        let refused = refusal { try test.do("shift.close", ["shift": shift, "next": "S02"], by: "S03") }
        #expect(refused?.code == "shift.visitorsInside")
        #expect(try test.only(ShiftsView.self).closed == nil)
    }

    @Test("a handed-over visitor still becomes 超时 (Rules, Gate)")
    func overstay() throws {
        let test = try TestEstate()
        let shift = try test.do("shift.open", ["post": "东门", "staff": "S03"], at: "2026-03-02T08:00")
        let visit = try test.arrive("张三", purpose: "快递", at: "2026-03-02T09:00")
        try test.do("shift.close", ["shift": shift, "next": "S02", "handed": visit], at: "2026-03-02T10:00")
        for (asOf, state) in [("2026-03-02T11:00", VisitState.inside), ("2026-03-02T11:00:01", .overstay)] {
            let row = try test.only(GateView.self, asOf: asOf)
            #expect(row.state == state && row.isHandedOver)
        }
    }

    @Test("a shift hands over the visitors of its own post; others are its registrant's, else the main one's")
    func posts() throws {
        let test = try TestEstate()
        let east = try test.do("shift.open", ["post": "东门", "staff": "S03"])
        let west = try test.do("shift.open", ["post": "西门", "staff": "S02"])
        let first = try test.arrive("张三", by: "S03")
        let second = try test.arrive("李雷", by: "S02")
        try test.arrive("韩梅", by: "S04")
        #expect(try test.show(GateView.self).map(\.post) == ["东门", "西门", "门岗"])
        #expect(
            refusal { try test.do("shift.close", ["shift": east, "next": "S02", "handed": "\(first),\(second)"]) }?.code
                == "shift.otherPost")
        try test.do("shift.close", ["shift": east, "next": "S02", "handed": first])
        try test.do("shift.close", ["shift": west, "next": "S03", "handed": second])
        #expect(try test.show(GateView.self).map(\.isHandedOver) == [true, true, false])
        let stored = try test.secondStore().estate.gate.visits.values.map(\.post)
        #expect(stored == ["东门", "西门", "门岗"])
    }

    @Test("a member holds one post at a time")
    func onePost() throws {
        let test = try TestEstate()
        let east = try test.do("shift.open", ["post": "东门", "staff": "S03"])
        let refused = refusal { try test.do("shift.open", ["post": "西门", "staff": "赵门岗"]) }
        #expect(refused?.code == "shift.onDuty" && refused?.field == "staff")
        try test.do("shift.close", ["shift": east, "next": "S02"])
        try test.do("shift.open", ["post": "西门", "staff": "S03"])
    }

    @Test("posts that look alike are one", arguments: ["Ａ门", " A门", "A\u{200D}门", "A门\u{FE0F}", "A\u{3164}门\u{7}"])
    func alike(post: String) throws {
        let test = try TestEstate()
        try test.do("shift.open", ["post": "A门", "staff": "S03"])
        #expect(refusal { try test.do("shift.open", ["post": post, "staff": "S02"]) }?.code == "shift.open")
    }

    @Test("7.3 the incoming member acknowledges a handover once, which begins the next shift")
    func acknowledged() throws {
        let test = try TestEstate()
        let shift = try test.do("shift.open", ["post": "东门", "staff": "S03"], at: "2026-03-02T08:00")
        func acknowledge(at time: String) throws {
            try test.do("shift.acknowledge", ["shift": shift], by: "S02", at: time)
        }
        #expect(refusal { try acknowledge(at: "2026-03-02T16:00") }?.code == "shift.notClosed")
        try test.do("shift.close", ["shift": shift, "next": "S02"], by: "S03", at: "2026-03-02T16:00")
        #expect(refusal { try acknowledge(at: "2026-03-02T15:59") }?.code == "time.order")
        try acknowledge(at: "2026-03-02T16:05")
        let rows = try test.show(ShiftsView.self)
        #expect(rows[0].acknowledged == at("2026-03-02T16:05") && rows[1].staff == "陈接待" && rows[1].post == "东门")
        #expect(refusal { try acknowledge(at: "2026-03-02T16:06") }?.code == "shift.acknowledged")
    }

    @Test("7.3 only the latest handover of a post is acknowledged")
    func superseded() throws {
        let test = try TestEstate()
        let shifts = try ["08", "09"].map { hour in
            let shift = try test.do("shift.open", ["post": "东门", "staff": "S03"], at: "2026-03-02T\(hour):00")
            try test.do("shift.close", ["shift": shift, "next": "S02"], by: "S03", at: "2026-03-02T\(hour):30")
            return shift
        }
        let refused = refusal { try test.do("shift.acknowledge", ["shift": shifts[0]], by: "S02") }
        #expect(refused?.code == "shift.superseded" && refused?.message.chinese.contains("最近一次") == true)
        try test.do("shift.acknowledge", ["shift": shifts[1]], by: "S02")
        #expect(refusal { try test.do("shift.acknowledge", ["shift": shifts[0]], by: "S04") }?.code == "shift.open")
    }

    @Test("a departure that a closed shift relied on is corrected, not undone: the shift cannot be")
    func undoRefusal() throws {
        let test = try TestEstate()
        let shift = try test.do("shift.open", ["post": "门岗", "staff": "S03"], by: "S03")
        let visit = try test.arrive("张三", by: "S03")
        try test.do("visitor.leave", ["visit": visit], by: "S03")
        try test.do("shift.close", ["shift": shift, "next": "S02"], by: "S02")
        let refused = refusal { try test.do("action.undo", by: "S03") }
        #expect(refused?.code == "undo.used")
        #expect(refused?.message.chinese.contains("先撤销") == false)
    }

    @Test("7.3 a visitor who was handed over before is handed over again")
    func again() throws {
        let test = try TestEstate()
        let visits = try [test.arrive("张三"), test.arrive("李雷")]
        for (staff, next) in [("S03", "S02"), ("S02", "S03")] {
            let shift = try test.do("shift.open", ["post": "门岗", "staff": staff])
            func close(_ handed: [String]) throws {
                try test.do(
                    "shift.close", ["shift": shift, "next": next, "handed": handed.joined(separator: ",")])
            }
            #expect(refusal { try close([visits[0]]) }?.code == "shift.visitorsInside")
            try close(visits)
        }
        #expect(try test.show(GateView.self).allSatisfy { $0.isHandedOver && $0.isInside })
    }

    @Test("7.3 a visitor who has left or is recorded as gone cannot be handed over")
    func gone() throws {
        let test = try TestEstate()
        let shift = try test.do("shift.open", ["post": "东门", "staff": "赵门岗"])
        let (left, lost) = (try test.arrive("张三"), try test.arrive("李雷"))
        try test.do("visitor.leave", ["visit": left])
        try test.do("visitor.unknown", ["visit": lost, "why": "没看见"])
        for visit in [left, lost] {
            let refused = refusal { try test.do("shift.close", ["shift": shift, "next": "S02", "handed": visit]) }
            #expect(refused?.code == "visit.left")
        }
        try test.do("shift.close", ["shift": shift, "next": "S02", "notes": "钥匙已交"])
        #expect(try test.only(ShiftsView.self).notes == "钥匙已交")
    }

    @Test("a post has one open shift, and a shift closes once")
    func oneAtATime() throws {
        let test = try TestEstate()
        let shift = try test.do("shift.open", ["post": "东门", "staff": "S03"])
        #expect(refusal { try test.do("shift.open", ["post": "东门", "staff": "S02"]) }?.code == "shift.open")
        try test.do("shift.open", ["post": "西门", "staff": "S02"])
        try test.do("shift.close", ["shift": shift, "next": "S04"])
        #expect(refusal { try test.do("shift.close", ["shift": shift, "next": "S04"]) }?.code == "shift.closed")
        try test.do("shift.open", ["post": "东门", "staff": "S04"])
    }

    @Test("which shifts are open, and those of the last days, are known without the whole history")
    func covered() throws {
        let test = try TestEstate(now: "2026-03-02T09:00")
        let window = RetentionWindow(at: test.store.now, in: .shanghai, test.estate.handbook)
        func isCovered(_ filters: [String: String]) -> Bool { ShiftsView.isCovered(filters, by: window) }
        #expect(isCovered(["closed": ""]) && isCovered(["from": "2026-02-28"]))
        #expect(!isCovered([:]) && !isCovered(["from": "2026-02-27"]) && !isCovered(["closed": "2026-03-01"]))
    }
}
