import Journal
import Testing
import TestSupport

@testable import Estate

@Suite("Undo")
struct UndoTests {
    @Test("undo takes back the member's own actions, the latest first, and is not undone itself")
    func oneByOne() throws {
        let test = try TestEstate()
        for name in ["甲", "乙"] { try test.arrive(name, by: "S03") }
        try test.arrive("丙", by: "S02")
        try test.do("action.undo", by: "S03")
        #expect(try test.show(GateView.self).map(\.name) == ["甲", "丙"])
        try test.do("action.undo", ["why": "看错人"], by: "S03")
        #expect(try test.show(GateView.self).map(\.name) == ["丙"])
        #expect(refusal { try test.do("action.undo", by: "S03") }?.code == "undo.nothing")
        let row = try #require(try test.show(UndoView.self).first { $0.staff != "S01" })
        #expect(row.staff == "S02")
        #expect(row.what.chinese == "来访登记 · 丙 · 3-2-501 · 探亲")
        #expect(row.refused == nil)
    }

    @Test("only the author, or a manager who names the action, may undo it")
    func whose() throws {
        let test = try TestEstate()
        let visit = try test.arrive("甲", by: "S03")
        #expect(refusal { try test.do("action.undo", ["entry": visit], by: "S02") }?.code == "undo.notYours")
        #expect(try test.show(GateView.self).count == 1)
        try test.do("action.undo", ["entry": visit])
        #expect(try test.show(GateView.self).isEmpty)
        #expect(refusal { try test.do("action.undo", ["entry": visit]) }?.code == "undo.done")
        #expect(refusal { try test.do("visitor.leave", ["visit": visit]) }?.code == "visit.unknown")
    }

    @Test("only actions recorded today, in the estate's zone, are undone")
    func sameDay() throws {
        let test = try TestEstate(now: "2026-12-31T23:59")
        let visit = try test.arrive("甲")
        test.clock.set("2027-01-01T00:00")
        #expect(refusal { try test.do("action.undo") }?.code == "undo.nothing")
        #expect(refusal { try test.do("action.undo", ["entry": visit]) }?.code == "undo.notToday")
        // The time of recording counts, not the time of the event.
        try test.do("visitor.leave", ["visit": visit], at: "2026-12-31T23:59:30")
        try test.do("action.undo")
        #expect(try test.only(GateView.self).left == nil)
    }

    @Test("the description masks telephone numbers and names entities")
    func words() throws {
        let test = try TestEstate()
        try test.do("call.ring", ["phone": "13812345678"])
        let call = try #require(test.estate.calls.open.first).id.text
        let row = try #require(try test.show(UndoView.self).first { $0.staff == "S01" })
        #expect(row.what.chinese.contains("138****5678") && !row.what.chinese.contains("13812345678"))
        try test.do("call.answer", ["call": call, "rings": "2"])
        let demand = try test.do("call.demand", ["call": call, "text": "楼上太吵"])
        try test.do("call.settle", ["demand": demand, "outcome": "answered", "note": "已劝"])
        #expect(try #require(try test.show(UndoView.self).first { $0.staff == "S01" }).what.chinese.contains("楼上太吵"))
    }

    @Test("of two simultaneous undos of one action the second is refused")
    func twice() throws {
        let test = try TestEstate()
        let visit = try test.arrive("甲", by: "S01")
        let other = try test.secondStore()
        let action = try other.estate.nextUndo(of: "S01", at: other.now)
        #expect(action.entries.map(\.text) == [visit])
        try test.do("action.undo", ["entry": visit])
        #expect(refusal { try other.perform(UndoAction(action), by: "S01") }?.code == "undo.done")
        #expect(try test.allRows(of: other.estate) == test.allRows())
    }

    @Test("an undo counts for the next actions of its batch; joined actions are undone together")
    func batch() throws {
        let test = try TestEstate()
        let before = try test.allRows()
        try test.store.perform(by: "S01") { batch in
            let visit = try batch.perform(try ArriveVisitor.read(UndoTests.visitor, zone: .shanghai))
            try batch.perform(UndoAction())
            #expect(refusal { try batch.perform(LeaveVisitor(visit: Ref(visit.id))) }?.code == "visit.unknown")
        }
        #expect(try test.show(GateView.self).isEmpty)
        try test.store.perform(by: "S01") { batch in
            batch.joinActions()
            for room in ["9-9-901", "9-9-902"] { try batch.perform(AddUnit(unit: unit(room))) }
        }
        try test.do("action.undo")
        #expect(try test.allRows() == before)
    }

    static let visitor = ["name": "甲", "host": "3-2-501", "purpose": "探亲"].mapValues { JSONValue.string($0) }

    @Test("the words for an action are understood without field labels: no bare 是, no bare number")
    func phrases() throws {
        let test = try TestEstate()
        let call = try test.do("call.ring", ["phone": "13900004444"], by: "S02")
        func next() throws -> String? {
            try test.show(UndoView.self).first { $0.staff == "S02" }?.what.chinese
        }
        try test.do("call.answer", ["call": call, "rings": "6", "greeting": "yes"], by: "S02")
        #expect(try next()?.hasSuffix("铃声数 6 · 已问候") == true)
        try test.do("call.end", ["call": call, "closing": "yes", "hungUp": "no"], by: "S02")
        #expect(try next()?.hasSuffix("已道别 · 对方已先挂断：否") == true)
    }
}
