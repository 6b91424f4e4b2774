import Handbook
import TestSupport
import Testing

@testable import Estate

@Suite("Tariffs (Rules, Collection rate: Tariffs)")
struct TariffTests {
    private let test: TestEstate

    init() throws {
        test = try TestEstate()
        try test.addUnit("1-1-101", area: "89.43")
    }

    @Test("area by rate, rounded half up once")
    func area() throws {
        try test.tariff("物业费", "area", "2.80")
        #expect(try test.billing("2026-03", of: "1-1-101") == ["250.40 89.43㎡×2.80 new"])
        // 0.5 fen is rounded up, less is not.
        try test.addUnit("1-1-102", area: "0.01")
        try test.tariff("半分", "area", "0.5")
        try test.tariff("更少", "area", "0.4999")
        #expect(try test.billing("2026-03", of: "1-1-102") == ["0.03 0.01㎡×2.80 new", "0.01 0.01㎡×0.50 new"])
    }

    @Test("rates have up to four places, and more than nothing")
    func rates() throws {
        try test.tariff("物业费", "area", "2.8005")
        #expect(try test.billing("2026-03", of: "1-1-101") == ["250.45 89.43㎡×2.8005 new"])
        for (rate, code) in [("2.80051", "number.malformed"), ("0", "rate.zero"), ("-1", "number.malformed")] {
            #expect(refusal { try test.tariff("电梯费", "fixed", rate) }?.code == code)
        }
        #expect(try Rate(text: "￥2.80元/㎡", zone: .shanghai).text == "2.80")
        #expect(try Rate(text: "1,200", zone: .shanghai).text == "1200.00")
    }

    @Test("a version holds from its first day on; a month with two rates has a part of each")
    func versions() throws {
        try test.tariff("物业费", "area", "2.80")
        try test.tariff("物业费", "area", "3.00", from: "2026-02-10")
        #expect(try test.billing("2026-01", of: "1-1-101") == ["250.40 89.43㎡×2.80 new"])
        #expect(
            try test.billing("2026-02", of: "1-1-101") == ["262.54 89.43㎡×2.80×9/28 + 89.43㎡×3.00×19/28 new"])
        #expect(try test.billing("2026-03", of: "1-1-101") == ["268.29 89.43㎡×3.00 new"])
        // The same day, recorded later.
        try test.tariff("物业费", "area", "2.90", from: "2026-02-10")
        #expect(try test.billing("2026-03", of: "1-1-101") == ["259.35 89.43㎡×2.90 new"])
        #expect(refusal { try test.tariff("物业费", "area", "2.90", from: "2026-02-10") }?.code == "tariff.unchanged")
        let rows = try test.show(TariffsView.self)
        #expect(rows.map { $0.to?.text } == ["2026-02-09", "2026-02-09", nil])
    }

    @Test("an item ends on a day: the days before are billed")
    func end() throws {
        try test.tariff("物业费", "area", "2.80")
        try test.do("tariff.end", ["item": "物业费", "from": "2026-02-10"])
        #expect(try test.billing("2026-02", of: "1-1-101") == ["80.49 89.43㎡×2.80×9/28 new"])
        #expect(try test.billing("2026-03", of: "1-1-101") == [])
        #expect(refusal { try test.do("tariff.end", ["item": "物业费", "from": "2026-05-01"]) }?.code == "tariff.ended")
        #expect(refusal { try test.do("tariff.end", ["item": "水费", "from": "2026-05-01"]) }?.code == "tariff.unknown")
    }

    @Test("start on the 31st, months of different lengths, a leap February")
    func lengths() throws {
        try test.tariff("物业费", "area", "2.80", from: "2026-01-31")
        #expect(try test.billing("2026-01", of: "1-1-101") == ["8.08 89.43㎡×2.80×1/31 new"])
        #expect(try test.billing("2026-02", of: "1-1-101") == ["250.40 89.43㎡×2.80 new"])
        try test.tariff("垃圾费", "fixed", "30", from: "2024-02-10")
        #expect(try test.billing("2024-02", of: "1-1-101") == ["20.69 1×30.00×20/29 new"])
        try test.tariff("电梯费", "fixed", "30", from: "2025-02-10")
        #expect(try test.billing("2025-02", of: "1-1-101").contains("20.36 1×30.00×19/28 new"))
        try test.tariff("绿化费", "fixed", "30", from: "2026-04-16")
        #expect(try test.billing("2026-04", of: "1-1-101").contains("15.00 1×30.00×15/30 new"))
    }

    @Test("kinds of units have tariffs of their own; parking spaces and storerooms only such")
    func kinds() throws {
        try test.addUnit("商铺-108", area: "50", ["kind": "shop"])
        try test.addUnit("车位-12", area: "12", ["kind": "parking"])
        try test.tariff("物业费", "area", "2.80")
        try test.tariff("物业费", "area", "5", ["kind": "shop"])
        try test.tariff("车位费", "parking", "60")
        #expect(try test.billing("2026-03", of: "商铺-108") == ["250.00 50.00㎡×5.00 new"])
        #expect(try test.billing("2026-03", of: "车位-12") == ["60.00 1×60.00 new"])
        #expect(try test.billing("2026-03", of: "1-1-101") == ["250.40 89.43㎡×2.80 new"])
        #expect(refusal { try test.tariff("车位费", "parking", "60", ["kind": "shop"]) }?.code == "tariff.parking")
        try test.do("tariff.end", ["item": "物业费", "from": "2026-03-01"])
        #expect(try test.billing("2026-03", of: "商铺-108") == [])
    }

    @Test("an item's nature is as given, else by its name; the handbook says which count in rates")
    func natures() throws {
        try test.tariff("物业费", "area", "2.80")
        try test.tariff("水费", "meter", "4.85")
        try test.tariff("电梯广告", "fixed", "1", ["nature": "other"])
        #expect(try test.show(TariffsView.self).map { "\($0.texts[6])" } == ["passThrough", "service", "other"])
        let handbook = test.estate.handbook.billing
        #expect(Set(handbook.natures.map(\.id)) == Set(BillNature.allCases.map(\.rawValue)))
        for nature in BillNature.allCases { #expect(handbook.nature(nature.rawValue)?.name == nature.label.chinese) }
        #expect(handbook.natures.filter { !$0.inRates }.map(\.id) == ["income", "deposit"])
    }
}
