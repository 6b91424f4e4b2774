import TestSupport
import Testing

@testable import Estate

@Suite("Meters (Rules, Collection rate: Meters)")
struct MeterTests {
    private let test: TestEstate

    init() throws {
        test = try TestEstate()
        try test.tariff("水费", "meter", "4.85")
        try test.do("meter.add", ["meter": "W-1", "unit": "3-2-501", "item": "水费"])
    }

    private func billing(_ period: String) throws -> [String] { try test.billing(period, of: "3-2-501") }

    @Test("what was used between two readings is billed in the month of the second")
    func usage() throws {
        try test.read("w-1", "101.2", at: "2026-02-28T18:00")
        #expect(try billing("2026-02") == [])
        try test.read("W-1", "123.4", at: "2026-03-31T18:00")
        #expect(try billing("2026-03") == ["107.67 22.2×4.85 (101.2→123.4) new"])
        #expect(try billing("2026-04") == [])
        // A month without a reading is in the next.
        try test.read("W-1", "150", at: "2026-05-31T18:00")
        #expect(try billing("2026-05") == ["129.01 26.6×4.85 (123.4→150) new"])
    }

    @Test("a reading that comes late, or is taken back, bills no unit of use twice")
    func lateReading() throws {
        try test.read("W-1", "5", at: "2026-07-31T18:00")
        try test.read("W-1", "50", at: "2026-09-30T18:00")
        try test.do("bill.generate", ["period": "2026-09"])
        try test.read("W-1", "20", at: "2026-08-31T18:00")
        #expect(try billing("2026-08") == ["72.75 15×4.85 (5→20) changed"])
        #expect(refusal { try test.do("bill.generate", ["period": "2026-08"]) } != nil)
        #expect(try test.only(BillsView.self).amount.text == "218.25")
    }

    @Test("a reading that was billed is not undone")
    func billedReading() throws {
        try test.read("W-1", "10", at: "2026-08-31T18:00")
        let entry = try test.do("meter.read", ["meter": "W-1", "reading": "30"], at: "2026-09-30T18:00")
        try test.do("bill.generate", ["period": "2026-09"])
        #expect(refusal { try test.do("action.undo", ["entry": entry]) }?.code == "undo.used")
    }

    @Test("two meters for one item are one bill")
    func twoMeters() throws {
        try test.do("meter.add", ["meter": "W-2", "unit": "3-2-501", "item": "水费"])
        for (meter, last) in [("W-1", "10"), ("W-2", "7")] {
            try test.read(meter, "0", at: "2026-02-28T18:00")
            try test.read(meter, last, at: "2026-03-31T18:00")
        }
        #expect(try billing("2026-03") == ["82.45 10×4.85 (0→10) + 7×4.85 (0→7) new"])
    }

    @Test("a reading below the last, or above the next, is refused with the reason")
    func order() throws {
        try test.read("W-1", "100", at: "2026-02-28T18:00")
        try test.read("W-1", "120", at: "2026-03-31T18:00")
        let below = refusal { try test.read("W-1", "119.9", at: "2026-04-30T18:00") }
        #expect(below?.code == "reading.below" && below?.field == "reading")
        #expect(below?.message.chinese.contains("120（2026-03-31）") == true)
        let above = refusal { try test.read("W-1", "130", at: "2026-03-15T18:00") }
        #expect(above?.code == "reading.above" && above?.message.chinese.contains("120") == true)
        try test.read("W-1", "110", at: "2026-03-15T18:00")
        #expect(refusal { try test.read("W-9", "1", at: "2026-03-15") }?.code == "meter.unknown")
        #expect(
            refusal { try test.do("meter.add", ["meter": "W-1", "unit": "3-2-502", "item": "水费"]) }?.code
                == "meter.exists")
    }

    @Test("a rollover is told")
    func rollover() throws {
        try test.read("W-1", "9987", at: "2026-02-28T18:00")
        #expect(refusal { try test.read("W-1", "12", at: "2026-03-31T18:00") }?.code == "reading.below")
        #expect(
            refusal { try test.read("W-1", "9990", at: "2026-03-31T18:00", ["rollover": "yes"]) }?.code
                == "reading.rollover")
        try test.read("W-1", "12", at: "2026-03-31T18:00", ["rollover": "yes"])
        #expect(try billing("2026-03") == ["121.25 25×4.85 (9987→12 +10000) new"])
        try test.read("W-1", "20", at: "2026-04-30T18:00")
        #expect(try billing("2026-04") == ["38.80 8×4.85 (12→20) new"])
    }

    @Test("a replacement is a closing and an opening reading")
    func replacement() throws {
        #expect(
            refusal { try test.do("meter.replace", ["meter": "W-1", "closing": "1", "opening": "0"]) }?.code
                == "meter.unread")
        try test.read("W-1", "100", at: "2026-02-28T18:00")
        #expect(
            refusal {
                try test.do(
                    "meter.replace", ["meter": "W-1", "closing": "99", "opening": "0"], at: "2026-03-10T09:00")
            }?.code == "reading.below")
        try test.do("meter.replace", ["meter": "W-1", "closing": "105", "opening": "3"], at: "2026-03-10T09:00")
        try test.read("W-1", "13", at: "2026-03-31T18:00")
        #expect(try billing("2026-03") == ["72.75 5×4.85 (100→105) + 10×4.85 (3→13) new"])
        #expect(
            try test.show(ReadingsView.self).map { "\($0.subject.reading.value.text) \($0.subject.reading.kind)" }
                == ["100 read", "105 closing", "3 opening", "13 read"])
    }

    @Test("an estimate is billed, and settled by the next reading")
    func estimate() throws {
        try test.read("W-1", "100", at: "2026-02-28T18:00")
        try test.read("W-1", "120", at: "2026-03-31T18:00", ["estimated": "yes"])
        #expect(try billing("2026-03") == ["97.00 20×4.85 (100→≈120) new"])
        // More than estimated.
        try test.read("W-1", "131", at: "2026-04-30T18:00")
        #expect(try billing("2026-04") == ["53.35 11×4.85 (120→131) new"])
        // Less than estimated: nothing is billed until the dial has caught up.
        try test.read("W-1", "160", at: "2026-05-31T18:00", ["estimated": "yes"])
        try test.read("W-1", "150", at: "2026-06-30T18:00")
        #expect(try billing("2026-05") == ["140.65 29×4.85 (131→≈160) new"])
        #expect(try billing("2026-06") == [])
        try test.read("W-1", "165", at: "2026-07-31T18:00")
        #expect(try billing("2026-07") == ["24.25 5×4.85 (150→165 −10) new"])
        // Settled in the same month.
        try test.read("W-1", "190", at: "2026-08-20T18:00", ["estimated": "yes"])
        try test.read("W-1", "175", at: "2026-08-31T18:00")
        #expect(try billing("2026-08") == ["48.50 10×4.85 (165→175) new"])
    }

    @Test("a rate that changes between two readings is charged by days; the day of a reading goes with those before")
    func rateChange() throws {
        try test.tariff("水费", "meter", "5", from: "2026-03-16")
        try test.read("W-1", "0", at: "2026-02-28T18:00")
        try test.read("W-1", "31", at: "2026-03-31T18:00")
        // 15 days at 4.85, 16 at 5.
        #expect(try billing("2026-03") == ["152.75 31×4.85×15/31 (0→31) + 31×5.00×16/31 (0→31) new"])
        try test.tariff("水费", "meter", "6", from: "2026-05-01")
        try test.read("W-1", "41", at: "2026-05-01T09:00")
        #expect(try billing("2026-05") == ["50.00 10×5.00 (31→41) new"])
    }

    @Test("readings are imported, and exported to the same values")
    func importing() throws {
        let rows = [
            ["水表号", "本次读数", "抄表日期", "估抄"], ["W-1", "100", "2026-02-28", ""], ["W-1", "118.5", "2026-03-31", "是"],
        ]
        #expect(try test.importRows("readings", rows).imported == 2)
        #expect(try billing("2026-03") == ["89.73 18.5×4.85 (100→≈118.5) new"])
        let kind = try Estate.importKind(named: "readings")
        let records = kind.records(test.estate)
        #expect(records.map { $0["reading"] } == ["100", "118.5"])
        #expect(records.last?["estimated"] == "true")
        #expect(
            try test.refusals("readings", [[.init("表号"), .init("读数")], [.init("W-1"), .init("3")]]) == [
                "2 reading.below"
            ])
    }
}
