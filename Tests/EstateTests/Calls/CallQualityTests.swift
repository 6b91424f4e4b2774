import Testing
import TestSupport

@testable import Estate

@Suite("Call quality by day and member (1.1)")
struct CallQualityTests {
    private let test: TestEstate

    init() throws { test = try TestEstate() }

    private func miss(_ number: String) throws -> String {
        let call = try test.ring(number)
        try test.do("call.end", ["call": call], by: "S02")
        return call
    }

    @Test("shares are truncated to two decimals, and omissions are counted by kind")
    func quality() throws {
        for rings in [1, 3, 5] {
            let call = try test.ring()
            try test.do(
                "call.answer", ["call": call, "rings": "\(rings)", "greeting": rings == 1 ? "no" : "yes"], by: "S02")
            try test.do("call.end", ["call": call, "closing": "no"], by: "S02")
        }
        let missed = try miss("13800001111")
        let back = try test.do("call.ring", ["direction": "outgoing", "about": missed], by: "S04")
        for words in ["greet", "introduce", "purpose"] {
            try test.do("call.say", ["call": back, "words": words], by: "S04")
        }
        let rows = try test.show(CallQualityView.self)
        #expect(rows.map(\.staff) == ["S02", "S04"])
        #expect(rows[0].day == day("2026-12-31"))
        #expect((rows[0].calls, rows[0].answered, rows[0].inTime, rows[0].share) == (4, 3, 2, "66.66"))
        #expect((rows[0].missed, rows[0].returned) == (1, 1))
        #expect(rows[0].omitted == [OmissionCount(.rings, 1), OmissionCount(.greeting, 1), OmissionCount(.closing, 3)])
        #expect((rows[1].calls, rows[1].answered, rows[1].share) == (1, 0, nil))
        #expect(rows[1].omitted.isEmpty)
    }

    @Test("the days are filtered by from and to")
    func days() throws {
        for (at, rings) in [("2026-12-29T09:00", "1"), ("2026-12-30T09:00", "4")] {
            let call = try test.do("call.ring", by: "S02", at: at)
            try test.do("call.answer", ["call": call, "rings": rings], by: "S02", at: at)
        }
        let rows = try CallQualityView.select(
            of: test.estate, at: test.store.now, members: ["from": .string("2026-12-30"), "to": .string("2026-12-30")])
        #expect(rows.rows.map { Array($0.texts.prefix(2)) } == [["2026-12-30", "S02"]])
    }

    @Test("wrong numbers are counted apart")
    func wrong() throws {
        for wrong in ["yes", "no", "no"] {
            let call = try test.ring("13800001111")
            try test.do("call.answer", ["call": call, "rings": "1", "greeting": "yes"], by: "S02")
            try test.do("call.end", ["call": call, "closing": "yes", "wrong": wrong], by: "S02")
        }
        let row = try test.only(CallQualityView.self)
        #expect((row.calls, row.answered, row.subject.wrong) == (3, 3, 1))
    }
}
