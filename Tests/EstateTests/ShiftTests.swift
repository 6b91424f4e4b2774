import Testing

@testable import Estate

@Suite("Shifts are handed over in full (7.3)")
struct ShiftTests {
    @Test("a shift with visitors inside cannot close without handing them over by name")
    func handover() throws {
        let desk = try Desk()
        let shift = try desk.do("shift.open", ["post": "东门", "staff": "S03"], by: "S03", at: "2026-03-02T08:00")
        let first = try desk.arrive("张三", at: "2026-03-02T09:00")
        let second = try desk.arrive("李雷", at: "2026-03-02T10:00")
        func close(_ handed: String) throws {
            try desk.do(
                "shift.close", ["shift": shift, "next": "S02", "handed": handed], by: "S03", at: "2026-03-02T16:00")
        }
        for handed in ["", first] {
            let refused = refusal { try close(handed) }
            #expect(refused?.code == "shift.visitorsInside")
            #expect(refused?.cause == .rule)
            #expect(refused?.message.chinese.contains("李雷") == true)
        }
        try close("\(first),\(second)")
        #expect(try desk.show(GateView.self).map(\.state) == [.handed, .handed])
        let row = try desk.only(ShiftsView.self)
        #expect(row.next == "陈接待")
        #expect(row.handed.count == 2)

        try desk.do("visitor.leave", ["visit": first], at: "2026-03-02T17:00")
        #expect(try desk.show(GateView.self).map(\.state) == [.left, .handed])
    }

    @Test("who was handed over once and is still inside is handed over again by the next shift")
    func again() throws {
        let desk = try Desk()
        let visit = try desk.arrive("张三", at: "2026-03-02T09:00")
        for (staff, next) in [("S03", "S02"), ("S02", "S03")] {
            let shift = try desk.do("shift.open", ["post": "东门", "staff": staff])
            #expect(
                refusal { try desk.do("shift.close", ["shift": shift, "next": next]) }?.code == "shift.visitorsInside")
            try desk.do("shift.close", ["shift": shift, "next": next, "handed": visit])
        }
        #expect(try desk.only(GateView.self).state == .handed)
    }

    @Test("who has left, or is on record as gone, cannot be handed over and need not be")
    func gone() throws {
        let desk = try Desk()
        let shift = try desk.do("shift.open", ["post": "东门", "staff": "赵门岗"])
        let (left, lost) = (try desk.arrive("张三"), try desk.arrive("李雷"))
        try desk.do("visitor.leave", ["visit": left])
        try desk.do("visitor.unknown", ["visit": lost, "why": "没看见"])
        for visit in [left, lost] {
            let refused = refusal { try desk.do("shift.close", ["shift": shift, "next": "S02", "handed": visit]) }
            #expect(refused?.code == "visit.left")
        }
        try desk.do("shift.close", ["shift": shift, "next": "S02", "notes": "钥匙已交"])
        #expect(try desk.only(ShiftsView.self).notes == "钥匙已交")
    }

    @Test("a post has one shift at a time, and a shift closes once")
    func oneAtATime() throws {
        let desk = try Desk()
        let shift = try desk.do("shift.open", ["post": "东门", "staff": "S03"])
        #expect(refusal { try desk.do("shift.open", ["post": "东门", "staff": "S02"]) }?.code == "shift.open")
        try desk.do("shift.open", ["post": "西门", "staff": "S02"])
        try desk.do("shift.close", ["shift": shift, "next": "S02"])
        #expect(refusal { try desk.do("shift.close", ["shift": shift, "next": "S02"]) }?.code == "shift.closed")
        try desk.do("shift.open", ["post": "东门", "staff": "S02"])
    }

    @Test("patrol points are kept in order (7.15)")
    func patrol() throws {
        let desk = try Desk()
        for point in ["1号楼顶层", "1号楼底层"] { try desk.do("patrol.check", ["route": "夜巡", "point": point], by: "S03") }
        #expect(try desk.show(PatrolsView.self).map(\.point) == ["1号楼顶层", "1号楼底层"])
        #expect(try desk.show(PatrolsView.self).first?.by == "赵门岗")
    }
}
