import Testing
import TestSupport

@testable import Estate

@Suite("Undo is refused while later facts depend on the action")
struct UndoRefusalTests {
    @Test("an action that cannot be undone is refused with undo.never", arguments: ["staff.add", "shift.close"])
    func final(name: String) throws {
        let test = try TestEstate()
        if name == "staff.add" {
            try test.do("staff.add", ["staff": "S09", "name": "新人", "role": "guard"])
        } else {
            let shift = try test.do("shift.open", ["post": "东门", "staff": "S03"])
            try test.do("shift.close", ["shift": shift, "next": "S02"])
        }
        #expect(refusal { try test.do("action.undo") }?.code == "undo.never")
    }

    @Test("the refusal names the later action")
    func used() throws {
        let test = try TestEstate()
        func expect(_ code: String?, _ entry: String, _ sourceLocation: SourceLocation = #_sourceLocation) {
            let refused = refusal { try test.do("action.undo", ["entry": entry]) }
            #expect(refused?.code == code, sourceLocation: sourceLocation)
            if code != nil {
                #expect(refused?.message.chinese.contains("12:00") == true, sourceLocation: sourceLocation)
            }
        }
        let visit = try test.arrive("甲")
        try test.do("visitor.leave", ["visit": visit], by: "S03")
        expect("undo.used", visit)
        try test.do("action.undo", by: "S03")
        expect(nil, visit)

        // The return visits that a completion made.
        let request = try test.do("request.open", ["class": "complaint", "unit": "3-2-501", "text": "吵"])
        try test.do("request.complete", ["request": request], by: "S02")
        let completion = try #require(try test.show(UndoView.self).first { $0.staff == "S02" }).entry.id.text
        let followUp = try #require(test.estate.followUps.of(ref(request)).first).id.id.text
        try test.do(
            "followup.record", ["followup": followUp, "result": "unreachable", "visitors": "S06"], by: "S06")
        expect("undo.used", completion)
        expect("undo.used", request)
        try test.do("action.undo", by: "S06")
        expect(nil, completion)

        // A unit, which is named by its number.
        try test.do("unit.add", ["unit": "9-9-901"])
        let unit = try #require(try test.show(UndoView.self).first { $0.staff == "S01" }).entry.id.text
        try test.do("person.add", ["name": "王五", "unit": "9-9-901", "role": "owner"], by: "S01")
        expect("undo.used", unit)
    }

    @Test("no bill is paid twice, or from money that is gone")
    func money() throws {
        let test = try TestEstate()
        try test.do("bill.issue", test.bill(amount: "100"))
        let payment = try test.do("payment.receive", ["unit": "3-2-501", "amount": "100"])
        try test.do("payment.void", ["payment": payment, "why": "退票"], by: "S07")
        try test.do("payment.receive", ["unit": "3-2-501", "amount": "100"], by: "S02")
        #expect(refusal { try test.do("action.undo", by: "S07") }?.code == "undo.used")
        // A payment is never undone; it is voided by a fact of its own.
        #expect(refusal { try test.do("action.undo", by: "S02") }?.code == "undo.never")
        let second = try #require(try test.show(PaymentsView.self).last).id.id.text
        try test.do("payment.void", ["payment": second, "why": "退票"], by: "S07")
        try test.do("action.undo", by: "S07")
        #expect(try test.only(BillsView.self).paid.text(zone: .shanghai) == "100.00")

        // A reduction frees money, and another bill takes it up.
        let bill = try #require(try test.show(BillsView.self).first).id.id.text
        try test.do("bill.reduce", ["bill": bill, "amount": "40", "why": "停梯"])
        try test.do("bill.issue", test.bill(item: "停车费", amount: "40"), by: "S07")
        #expect(refusal { try test.do("action.undo") }?.code == "undo.used")
    }

    @Test("a departure cannot be undone after a handover that omitted the visitor")
    func handover() throws {
        let test = try TestEstate()
        let shift = try test.do("shift.open", ["post": "东门", "staff": "S03"])
        let visit = try test.arrive("甲")
        try test.do("visitor.leave", ["visit": visit], by: "S03")
        try test.do("shift.close", ["shift": shift, "next": "S02"], by: "S02")
        #expect(refusal { try test.do("action.undo", by: "S03") }?.code == "undo.used")
    }

    @Test("a departure can be undone after a shift that was opened later")
    func takingOver() throws {
        let test = try TestEstate()
        let shift = try test.do("shift.open", ["post": "东门", "staff": "S03"])
        try test.do("shift.close", ["shift": shift, "next": "S02"], by: "S03")
        test.clock.set("2026-12-31T12:05")
        let visit = try test.arrive("甲")
        try test.do("visitor.leave", ["visit": visit], by: "S03")
        try test.do("shift.open", ["post": "西门", "staff": "S02"], by: "S02")
        try test.do("action.undo", by: "S03")
        #expect(test.estate.gate.inside.count == 1)
    }
}
