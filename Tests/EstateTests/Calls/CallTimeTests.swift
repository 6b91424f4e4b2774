import TestSupport
import Testing

@testable import Estate

/// Calls that are entered late, and the order of what happens in one.
@Suite("Calls and time")
struct CallTimeTests {
    private let test: TestEstate

    init() throws { test = try TestEstate() }

    @Test("a call entered late stands where it rang, and hides none that was entered before it")
    func enteredLate() throws {
        test.clock.set("2026-12-31 16:00")
        let first = try test.do("call.ring", ["phone": "13800001111"], by: "S02", at: "2026-12-31T09:00")
        let late = try test.do("call.ring", ["phone": "13800001111"], by: "S02", at: "2026-12-28T09:00")
        let missed = try test.do("call.ring", ["phone": "13800001111"], by: "S02", at: "2026-12-31T08:00")
        let calls = test.estate.calls
        let start = day("2026-12-31").start(in: .shanghai)
        #expect(calls.since(start).map(\.id) == [ref(missed), ref(first)])
        #expect(calls.since(.distantPast).map(\.id) == [ref(late), ref(missed), ref(first)])
        let unit = try #require(calls[ref(first)]?.unit)
        #expect(Array(calls.with(unit: unit)).map(\.id) == [ref(first), ref(missed), ref(late)])
        #expect(Array(calls.open) == [ref(late), ref(missed), ref(first)])
        for call in [first, missed] { try test.do("call.end", ["call": call], by: "S02") }
        #expect(Array(test.estate.calls.missed) == [ref(missed), ref(first)])
    }

    @Test("a call whose caller turns out to be from another unit leaves the first one's calls")
    func renamed() throws {
        let call = try test.ring("13800001111")
        let former = try #require(test.estate.calls[ref(call)]?.unit)
        try test.do("call.caller", ["call": call, "unit": "3-2-502"], by: "S02")
        #expect(Array(test.estate.calls.with(unit: former)).isEmpty)
        #expect(Array(test.estate.calls.with(unit: unit("3-2-502"))).map(\.id) == [ref(call)])
    }

    /// What happens in the tested call, a minute after one another, from 09:01 on.
    private static let members: [String: [String: String]] = [
        "call.answer": ["rings": "1"], "call.caller": ["unit": "3-2-501"], "call.demand": ["text": "灯"],
        "call.say": ["words": "putonghua"], "call.fetch": ["asked": "yes", "softly": "yes"], "call.back": [:],
        "call.hold": ["consent": "yes"], "call.resume": ["apology": "yes"], "call.end": ["closing": "yes"],
    ]

    @Test(
        "nothing in a call precedes what it builds on",
        arguments: [
            ["call.answer"], ["call.caller"], ["call.answer", "call.demand"], ["call.answer", "call.say"],
            ["call.answer", "call.fetch"], ["call.answer", "call.fetch", "call.back"], ["call.answer", "call.hold"],
            ["call.answer", "call.fetch", "call.back", "call.hold"], ["call.answer", "call.hold", "call.resume"],
            ["call.end"], ["call.answer", "call.end"], ["call.answer", "call.demand", "call.end"],
            ["call.answer", "call.hold", "call.end"], ["call.answer", "call.fetch", "call.back", "call.end"],
        ])
    func order(actions: [String]) throws {
        let call = try test.do("call.ring", by: "S02", at: "2026-12-30T09:01")
        func act(_ name: String, minute: Int) throws {
            let members = Self.members[name, default: [:]].merging(["call": call]) { $1 }
            try test.do(name, members, by: "S02", at: "2026-12-30T09:0\(minute)")
        }
        for (index, name) in actions.dropLast().enumerated() { try act(name, minute: 2 + index) }
        let last = actions[actions.count - 1]
        #expect(refusal { try act(last, minute: actions.count - 1) }?.code == "time.order")
        try act(last, minute: actions.count)
    }

    @Test("an outcome does not precede its demand")
    func outcome() throws {
        let call = try test.do("call.ring", by: "S02", at: "2026-12-30T09:01")
        try test.do("call.answer", ["call": call, "rings": "1"], by: "S02", at: "2026-12-30T09:01")
        let demand = try test.do("call.demand", ["call": call, "text": "灯"], by: "S02", at: "2026-12-30T09:02")
        let settle = ["demand": demand, "outcome": "answered", "note": "明天"]
        #expect(refusal { try test.do("call.settle", settle, at: "2026-12-30T09:01") }?.code == "time.order")
        let open = ["class": "other", "unit": "3-2-501", "text": "灯", "demand": demand]
        #expect(refusal { try test.do("request.open", open, at: "2026-12-30T09:01") }?.code == "time.order")
        try test.do("request.open", open, at: "2026-12-30T09:02")
    }
}
