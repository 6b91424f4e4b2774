import Journal
import TestSupport
import Testing

@testable import Estate

@Suite("3.6 The regional manager sets the rate of all other services")
struct TargetTests {
    private let test: TestEstate

    init() throws { test = try TestEstate(now: "2026-06-30T12:00") }

    private func set(_ target: String, from: String, at time: String) throws {
        try test.do("target.set", ["class": "other", "target": target, "from": from], by: "S05", at: time)
    }

    @Test("未定 until it is set; from a day on, by whom; each month keeps what was in force on its last day")
    func history() throws {
        for month in ["02", "03", "04"] { _ = try test.request("other", done: "2026-\(month)-03T09:00") }
        #expect(try test.rate(.other, "2026-03", asOf: "2026-03-31").target == nil)
        try set("60", from: "2026-03-01", at: "2026-03-20T09:00")
        try set("80", from: "2026-04-15", at: "2026-04-01T09:00")
        let rows = try ["2026-02", "2026-03", "2026-04"].map { try test.rate(.other, $0, asOf: "2026-06-30") }
        #expect(rows.map(\.target) == [nil, 60, 80])
        #expect(rows.map(\.met) == [nil, false, false])
        #expect(rows[2].subject.set?.from == day("2026-04-15") && rows[2].texts.contains("吴区域"))
        // As of a moment before it was set it was not.
        #expect(try test.rate(.other, "2026-03", asOf: "2026-03-19").target == nil)
        #expect(try test.show(TargetsView.self).map(\.percent) == [60, 80])
        // Of two from one day the later counts.
        try set("75", from: "2026-04-15", at: "2026-05-01T09:00")
        #expect(try test.rate(.other, "2026-04", asOf: "2026-06-30").target == 75)
        // Its last day is a day of the month.
        try set("90", from: "2026-03-31", at: "2026-05-02T09:00")
        #expect(try test.rate(.other, "2026-03", asOf: "2026-06-30").target == 90)
        #expect(try test.rate(.other, "2026-02", asOf: "2026-06-30").target == nil)
    }

    @Test("what the standards prescribe is not set; only the regional manager sets it")
    func refusals() throws {
        func refused(_ requestClass: String, _ target: String, by member: String = "S05") -> String? {
            refusal {
                try test.do("target.set", ["class": requestClass, "target": target, "from": "2026-06-01"], by: member)
            }?.code
        }
        #expect(refused("complaint", "90") == "target.prescribed")
        #expect(refused("event", "60") == "target.prescribed")
        #expect(refused("other", "101") == "target.range")
        #expect(refused("other", "80", by: "S04") == "staff.notAllowed")
        #expect(refused("other", "80") == nil)
    }
}
