import Journal
import Testing
import TestSupport

@testable import Estate

@Suite("Undo of every action")
struct UndoEveryActionTests {
    /// The actions that cannot be undone.
    static let final: Set<String> = [
        "staff.add", "staff.clearPin", "shift.close", "payment.receive", "payment.refund", "action.undo",
        "prepayment.receive",
        "particulars.expire",
        "particulars.erase", "drill.answer", "import.void", "phone.reveal", "receipt.print", "payment.invoice",
        "till.count",
        "till.close", "renovation.permit", "renovation.deduct", "renovation.refund",
        "renovation.takeover", "stock.takeover",
    ]

    @Test("undo restores the former state, in this store, in others, and after a replay")
    func everyAction() throws {
        let test = try TestEstate(handbook: TestEstate.lateFees)
        let other = try test.secondStore()
        var undone: Set<String> = []
        test.beforeEach = { [unowned test] action in
            let name = type(of: action).name
            let before = try test.allRows()
            // Actions that cannot be undone are performed once, by the caller.
            if UndoEveryActionTests.final.contains(name) { return }
            try test.store.perform(action, by: "S01")
            #expect(try test.allRows() != before, "\(name) changes no row")
            let recorded = try test.estate.nextUndo(of: "S01", at: test.store.now)
            #expect(recorded.written == test.store.now)
            try test.store.perform(UndoAction(recorded), by: "S01")
            #expect(try test.allRows() == before, "\(name)")
            undone.insert(name)
        }
        try test.do("unit.add", ["unit": "9-9-901"])
        try test.do("person.add", ["name": "新来", "unit": "3-2-502", "role": "tenant"])
        let call = try test.answered()
        try test.do("call.caller", ["call": call, "unit": "3-2-502"])
        try test.do("call.say", ["call": call, "words": "putonghua"])
        let demand = try test.do("call.demand", ["call": call, "text": "几点开门"])
        try test.do("call.settle", ["demand": demand, "outcome": "answered", "note": "八点"])
        try test.do("call.fetch", ["call": call, "asked": "yes", "softly": "yes"])
        try test.do("call.back", ["call": call])
        try test.recordDay()
        let known = Set(Estate.actions.map { $0.name })
        let missing = known.subtracting(undone).subtracting(UndoEveryActionTests.final)
        #expect(missing == [], "not tried")

        #expect(try test.allRows() == test.allRows(of: Store(at: test.folder, clock: test.clock.clock).estate))
        try other.catchUp()
        #expect(try test.allRows() == test.allRows(of: other.estate))
        let end = try Moment(text: "2026-12-31T23:00", zone: .shanghai)
        #expect(try test.allRows() == test.allRows(of: test.store.estate(asOf: end)))
    }
}
