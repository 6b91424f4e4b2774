import Foundation
import Journal
import Testing
import TestSupport

@testable import Estate

/// What is recorded under a clock that is years ahead, or behind, must not bind anybody afterwards.
@Suite("A wrong clock")
struct WrongClockTests {
    private static let morning = "2026-11-28T10:00"
    /// The same day, once the clock is right again.
    private static let later = "2026-11-28T10:05"

    private func names(_ test: TestEstate) throws -> [String] { try test.show(GateView.self).map(\.name) }

    @Test(
        "a visit entered under a wrong clock can be ended, marked and undone",
        arguments: ["2099-05-01T09:00", "2026-11-28T10:30", "2020-01-01T09:00"])
    func visit(wrong: String) throws {
        for restarts in [false, true] {
            let test = try TestEstate(now: WrongClockTests.morning)
            let early = try test.arrive("甲", by: "S02")
            test.clock.set(wrong)
            let visits = try ["乙", "丙", "丁"].map { try test.arrive($0, by: "S03") }
            test.clock.set(WrongClockTests.later)
            let store = restarts ? try test.secondStore() : test.store
            func perform(_ name: String, _ members: [String: String], by: String) throws {
                let action = try Estate.action(named: name).read(members.mapValues { .string($0) }, zone: .shanghai)
                try store.perform(action, by: by)
            }
            try perform("visitor.leave", ["visit": visits[0]], by: "S03")
            try perform("visitor.unknown", ["visit": visits[1], "why": "查无此人"], by: "S03")
            // The last action of the day by order is what undo takes back; then the one before it.
            for _ in 0..<2 { try perform("action.undo", [:], by: "S03") }
            #expect(store.estate.gate.inside.count == 4)
            for _ in 0..<3 { try perform("action.undo", [:], by: "S03") }
            #expect(refusal { try perform("action.undo", [:], by: "S03") }?.code == "undo.nothing")
            #expect(store.estate.gate.inside == [ref(early)])
            try perform("action.undo", ["entry": early], by: "S02")
            #expect(store.estate.gate.inside.isEmpty)
            #expect(try Store(at: test.folder, clock: test.clock.clock).estate.gate.inside.isEmpty)
        }
    }

    @Test("undo goes on for everybody, day by day, after a fact of 2099")
    func undoGoesOn() throws {
        let test = try TestEstate(now: WrongClockTests.morning)
        test.clock.set("2099-05-01T09:00")
        let future = try test.arrive("未来", by: "S03")
        for day in 28...30 {
            test.clock.set("2026-11-\(day)T11:00")
            try test.arrive("甲", by: "S03")
            try test.arrive("乙", by: "S02")
            try test.do("action.undo", by: "S02")
            #expect(refusal { try test.do("action.undo", by: "S02") }?.code == "undo.nothing")
            let restarted = try test.secondStore()
            #expect(try restarted.estate.nextUndo(of: "S03", at: test.store.now).written == test.store.now)
        }
        // Days later it is not today's any more.
        #expect(refusal { try test.do("action.undo", ["entry": future]) }?.code == "undo.notToday")
        #expect(try names(test) == ["未来", "甲", "甲", "甲"])
    }

    @Test("a lock of a PIN from the far future ends when the clock is right")
    func lock() throws {
        let test = try TestEstate(now: WrongClockTests.morning)
        let member = try test.estate.staff.named("S02")
        try test.givePIN("4711", to: "S02")
        func lockOut(_ store: Store) throws {
            for _ in 0..<20 {
                let code = refusal { try store.signIn(member, pin: PIN(typed: "0000")) }?.code
                if code == "staff.locked" { return }
            }
            Issue.record("never locked")
        }
        test.clock.set("2099-05-01T09:00")
        let store = try test.secondStore()
        try lockOut(store)
        let future = try #require(store.estate.staff.pins["S02"]?.locked(at: test.store.now))
        test.clock.set(WrongClockTests.later)
        #expect(store.estate.staff.pins["S02"]?.locked(at: test.store.now) == nil)
        #expect(refusal { try store.signIn(member, pin: PIN(typed: "4711")) } == nil)
        // It does not count among the locks of these 24 hours either.
        try lockOut(try test.secondStore())
        try test.store.catchUp()
        let present = try #require(test.store.estate.staff.pins["S02"]?.locked(at: test.store.now))
        #expect(present.seconds(since: test.store.now) == future.seconds(since: at("2099-05-01T09:00")))
    }

    @Test("a clock behind the last record, or far ahead of it, is told in the receipt")
    func told() throws {
        let test = try TestEstate(now: WrongClockTests.morning)
        func warnings() throws -> [String] {
            try test.store.perform(CheckPatrol(route: "一号线", point: "东门"), by: "S03").warnings
                .filter { $0.hasPrefix("clock.") }
        }
        #expect(try warnings() == [])
        test.clock.set("2026-11-28T09:55")
        #expect(try warnings() == [])
        test.clock.set("2026-11-28T09:49:59")
        #expect(try warnings() == ["clock.behind"])
        test.clock.set("2026-11-29T09:40")
        #expect(try warnings() == [])
        test.clock.set("2026-11-30T10:00")
        #expect(try warnings() == ["clock.ahead"])
        #expect(try warnings() == [])
    }
}
