import Journal
import TestSupport
import Testing

@testable import Estate

@Suite("Arrears in groups: all ways of counting come to the same")
struct ArrearsGroupsTests {
    private func groups(_ test: TestEstate, _ by: ArrearsGrouping, asOf time: String? = nil) throws -> [ArrearsGroup] {
        try test.show(ArrearsGroupsView.self, ["by": by.rawValue], asOf: time).map(\.subject)
    }

    /// Bills, payments, promises and a sale at random, and moments on due days: at 24:00 of them arrears have what the ages call
    /// 未到期.
    @Test("Σ groups = Σ arrears = Σ ageing beyond 未到期, at any moment", arguments: 1...6)
    func sums(seed: UInt64) throws {
        let test = try TestEstate(now: "2026-11-23T12:00")
        var random = SeededRandom(seed: seed)
        for room in ["4-1-101", "10-1-101", "4-2-202"] { try test.do("unit.add", ["unit": room], at: "2025-01-01") }
        let units = ["3-2-501", "3-2-502", "3-2-503", "4-1-101", "10-1-101", "4-2-202"]
        var days: [Day] = []
        for number in 0..<30 {
            let issued = day("2025-10-01").adding(random.below(400))
            let due = issued.adding(random.below(40))
            days.append(due)
            try test.do(
                "bill.issue",
                test.bill(
                    unit: units[random.below(6)], period: Period(issued).text, item: "费\(number)",
                    amount: "\(10 + random.below(400))", due: due.text), at: issued.text)
        }
        for _ in 0..<10 {
            let moment = day("2026-01-01").adding(random.below(320)).text
            try test.do(
                "payment.receive", ["unit": units[random.below(6)], "amount": "\(5 + random.below(300))"], at: moment)
            var dunning = ["unit": units[random.below(6)], "channel": "电话", "outcome": "未接通"]
            if random.below(2) == 0 { dunning["promise"] = day("2026-10-20").adding(random.below(60)).text }
            try test.do("dunning.record", dunning, by: random.below(2) == 0 ? "S02" : "S06", at: moment)
        }
        try test.do("unit.sell", ["unit": "3-2-501", "owner": "钱新"], at: "2026-06-15")
        var moments = (0..<6).map { _ in days[random.below(days.count)].text + "T12:00" }
        moments += ["2026-11-23T12:00", days[random.below(days.count)].text + "T23:59:59"]
        var compared = 0
        for moment in moments where moment.prefix(10) <= "2026-11-23" {
            let arrears = try test.show(ArrearsView.self, asOf: moment)
            let ageing = try test.show(AgeingView.self, asOf: moment)
            let owed = arrears.reduce(Money.zero) { $0 + $1.owed }
            #expect(owed == ageing.reduce(.zero) { $0 + $1.total - $1.buckets[0] }, "\(moment)")
            for by in ArrearsGrouping.allCases {
                let groups = try groups(test, by, asOf: moment)
                #expect(groups.reduce(.zero) { $0 + $1.owed } == owed, "\(by) \(moment)")
                for group in groups {
                    #expect(arrears.count { $0.groups.contains(group.id) } == group.households, "\(group.id) \(moment)")
                }
            }
            for group in try groups(test, .age, asOf: moment) {
                let place = try #require(Int(group.key))
                #expect(
                    group.owed == ageing.reduce(.zero) { $0 + $1.buckets[place] }, "\(group.label.chinese) \(moment)")
            }
            compared += owed > .zero ? 1 : 0
        }
        #expect(compared > 2)
    }

    @Test("by building, with the month's rate, promises and who was not reached")
    func buildings() throws {
        let test = try TestEstate(now: "2026-11-23T12:00")
        try test.do("unit.add", ["unit": "10-1-101"], at: "2025-01-01")
        for (room, amount) in [("10-1-101", "80"), ("3-2-501", "100"), ("3-2-502", "60"), ("3-2-503", "40")] {
            try test.do(
                "bill.issue", test.bill(unit: room, period: "2026-11", amount: amount, due: "2026-11-10"),
                at: "2026-11-01")
        }
        try test.do("payment.receive", ["unit": "3-2-503", "amount": "40"], at: "2026-11-05")
        func remind(_ room: String, _ outcome: String, _ promise: String? = nil) throws {
            var members = ["unit": room, "channel": "电话", "outcome": outcome]
            members["promise"] = promise
            try test.do("dunning.record", members, by: "S02", at: "2026-11-12")
        }
        try remind("3-2-501", "承诺付款", "2026-11-23")
        try remind("3-2-502", "未接通")
        let rows = try test.show(ArrearsGroupsView.self).map { $0.texts.joined(separator: " ") }
        #expect(rows == ["3 栋 2 160.00 20.00 1 0 1", "10 栋 1 80.00 0.00 0 0 1"])
        #expect(try groups(test, .collector).map(\.label.chinese) == ["陈接待", "还没有人催过"])
        #expect(try groups(test, .promise).map(\.label.chinese) == ["今日承诺", "没有承诺"])
        #expect(try groups(test, .promise, asOf: "2026-11-20").map(\.key) == ["open", "none"])
        test.clock.set("2026-11-24T09:00")
        #expect(try groups(test, .promise).map(\.key) == ["broken", "none"])
        try test.do("payment.receive", ["unit": "3-2-501", "amount": "100"])
        #expect(try groups(test, .promise).map(\.key) == ["none"], "a promise about paid bills is not broken")
    }

    @Test("before a call: the open request, then the debt read anew, then what speaks against calling")
    func beforeCalling() throws {
        let test = try TestEstate(now: "2026-11-23T12:00")
        for period in ["2026-09", "2026-10"] {
            try test.do("bill.issue", test.bill(period: period, amount: "100", due: "\(period)-20"), at: "\(period)-01")
        }
        try test.do("request.open", ["class": "repair.minor", "unit": "3-2-501", "text": "厨房漏水"])
        func outlook() -> [String] {
            RingCall.outlook(with: ["about": "3-2-501"], in: test.estate, at: test.store.now).map {
                $0.cells[0].chinese
            }
        }
        #expect(outlook() == ["未办结工单：零星维修 厨房漏水（11-23 受理）", "现欠 200.00（2 期，逾期 64 天）"])
        try test.do("payment.receive", ["unit": "3-2-501", "amount": "150"])
        for _ in 0..<2 {
            try test.do("dunning.record", ["unit": "3-2-501", "channel": "电话", "outcome": "未接通"])
        }
        test.clock.set("2026-11-23T20:00")
        #expect(
            outlook().dropFirst() == [
                "现欠 50.00（1 期，逾期 34 天）", "上次 11-23：未接通", "7 天内已催 2 次（不超过 2 次）", "现在不在 9:00–20:00",
            ])
        try test.do("payment.receive", ["unit": "3-2-501", "amount": "50"])
        #expect(outlook().isEmpty)
    }
}
