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
        for handed in ["", first] {
            let refused = refusal { try close(handed) }
            #expect(refused?.code == "shift.visitorsInside")
            #expect(refused?.cause == .rule)
            #expect(refused?.message.chinese.contains("李雷") == true)
        }
        try close("\(first),\(second)")
        #expect(try test.show(GateView.self).map(\.state) == [.handed, .handed])
        let row = try test.only(ShiftsView.self)
        #expect(row.next == "陈接待")
        #expect(row.handed.count == 2)

        try test.do("visitor.leave", ["visit": first], at: "2026-03-02T17:00")
        #expect(try test.show(GateView.self).map(\.state) == [.left, .handed])
    }

    @Test("7.3 a visitor who was handed over before is handed over again")
    func again() throws {
        let test = try TestEstate()
        let visit = try test.arrive("张三", at: "2026-03-02T09:00")
        for (staff, next) in [("S03", "S02"), ("S02", "S03")] {
            let shift = try test.do("shift.open", ["post": "东门", "staff": staff])
            #expect(
                refusal { try test.do("shift.close", ["shift": shift, "next": next]) }?.code == "shift.visitorsInside")
            try test.do("shift.close", ["shift": shift, "next": next, "handed": visit])
        }
        #expect(try test.only(GateView.self).state == .handed)
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
        try test.do("shift.close", ["shift": shift, "next": "S02"])
        #expect(refusal { try test.do("shift.close", ["shift": shift, "next": "S02"]) }?.code == "shift.closed")
        try test.do("shift.open", ["post": "东门", "staff": "S02"])
    }
}
