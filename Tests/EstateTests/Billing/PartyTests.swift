import TestSupport
import Testing

@testable import Estate

@Suite("A month shared by several parties (Rules, Collection rate: Tariffs, natures)")
struct PartyTests {
    private let test: TestEstate

    init() throws {
        test = try TestEstate()
        try test.addUnit("1-1-101", area: "89.43")
        try test.do("person.add", ["name": "钱一", "unit": "1-1-101", "role": "owner"], at: "2025-01-01")
    }

    private func billing(_ period: String) throws -> [String] { try test.billing(period, of: "1-1-101") }

    @Test("sold on the 10th of February: 80.49 and the rest of 250.40, which is 169.91")
    func sale() throws {
        try test.tariff("物业费", "area", "2.80")
        try test.do("unit.sell", ["unit": "1-1-101", "owner": "孙二"], at: "2026-02-10T14:30")
        #expect(
            try billing("2026-02") == [
                "80.49 89.43㎡×2.80×9/28 new", "169.91 89.43㎡×2.80×19/28 (250.40−80.49) new",
            ])
        try test.do("bill.generate", ["period": "2026-02", "unit": "1-1-101"])
        let fees = test.estate.fees
        let bills = fees.bills(of: unit("1-1-101"))
        #expect(bills.map(\.amount.text) == ["80.49", "169.91"])
        #expect(bills.map { fees.account(of: $0).isPresent } == [false, true])
        #expect(bills.map { $0.origin.days?.lowerBound.text } == ["2026-02-01", "2026-02-10"])
        #expect(try billing("2026-02").allSatisfy { $0.hasSuffix("exists") })
        #expect(refusal { try test.do("bill.generate", ["period": "2026-02"]) }?.code == "billing.none")
    }

    @Test("who buys on the first day owes the whole month, whenever on that day, and before and after is as it was")
    func firstDay() throws {
        try test.tariff("物业费", "area", "2.80")
        try test.do("unit.sell", ["unit": "1-1-101", "owner": "孙二"], at: "2026-02-01T18:00")
        for period in ["2026-01", "2026-02"] { try test.do("bill.generate", ["period": period, "unit": "1-1-101"]) }
        let fees = test.estate.fees
        let bills = fees.bills(of: unit("1-1-101"))
        #expect(bills.map(\.amount.text) == ["250.40", "250.40"])
        #expect(bills.map { fees.account(of: $0).isPresent } == [false, true])
    }

    @Test("a unit that is sold after its month was billed differs from its bill, and nothing is billed twice")
    func soldLater() throws {
        try test.tariff("物业费", "area", "2.80")
        try test.do("bill.generate", ["period": "2026-02", "unit": "1-1-101"])
        try test.do("unit.sell", ["unit": "1-1-101", "owner": "孙二"], at: "2026-02-10T14:30")
        #expect(try billing("2026-02").allSatisfy { $0.hasSuffix("changed") })
        #expect(refusal { try test.do("bill.generate", ["period": "2026-02"]) }?.code == "billing.none")
    }

    @Test("not delivered: the developer owes, until the day of delivery")
    func delivery() throws {
        try test.tariff("物业费", "area", "2.80")
        try test.do("unit.state", ["unit": "1-1-101", "state": "undelivered", "from": "2025-01-01"])
        try test.do("unit.state", ["unit": "1-1-101", "state": "owner", "from": "2026-02-10"])
        #expect(try billing("2026-01") == ["250.40 89.43㎡×2.80 new developer"])
        #expect(
            try billing("2026-02") == [
                "80.49 89.43㎡×2.80×9/28 new developer", "169.91 89.43㎡×2.80×19/28 (250.40−80.49) new",
            ])
        try test.do("bill.generate", ["period": "2026-02", "unit": "1-1-101"])
        #expect(try test.show(BillsView.self).map { $0.origin.debtor } == [.developer, .owner])
    }

    @Test("what the occupant pays is shared when a tenant moves in and out; what the owner pays is not")
    func tenants() throws {
        try test.tariff("物业费", "area", "2.80")
        try test.tariff("垃圾费", "fixed", "30", ["payer": "occupant"])
        let tenant = try test.do(
            "person.add", ["name": "周三", "unit": "1-1-101", "role": "tenant"], at: "2026-04-11T10:00")
        try test.do("person.leave", ["person": tenant], at: "2026-04-21T10:00")
        #expect(
            try billing("2026-04") == [
                "250.40 89.43㎡×2.80 new", "10.00 1×30.00×10/30 new", "10.00 1×30.00×10/30 new occupant",
                "10.00 1×30.00×10/30 (30.00−20.00) new",
            ])
        // 自住 says that whoever else is registered owes nothing.
        try test.do("unit.state", ["unit": "1-1-101", "state": "owner", "from": "2026-04-01"])
        #expect(try billing("2026-04").last == "30.00 1×30.00 new")
        try test.do("unit.state", ["unit": "1-1-101", "state": "rented", "from": "2026-05-01"])
        #expect(try billing("2026-05").last == "30.00 1×30.00 new occupant")
    }

    @Test("a meter that is read at the sale shares by its readings, else by days")
    func meter() throws {
        try test.tariff("水费", "meter", "4.85")
        try test.do("meter.add", ["meter": "W-1", "unit": "1-1-101", "item": "水费"])
        try test.do("unit.sell", ["unit": "1-1-101", "owner": "孙二"], at: "2026-02-10T10:30")
        try test.read("W-1", "0", at: "2026-01-31T18:00")
        try test.read("W-1", "28", at: "2026-02-28T18:00")
        #expect(
            try billing("2026-02") == [
                "43.65 28×4.85×9/28 (0→28) new", "92.15 28×4.85×19/28 (0→28) (135.80−43.65) new",
            ])
        // Read on the day, whether before or after the sale was recorded.
        try test.read("W-1", "20", at: "2026-02-10T11:00")
        #expect(
            try billing("2026-02") == ["97.00 20×4.85 (0→20) new", "38.80 8×4.85 (20→28) (135.80−97.00) new"])
        try test.do("bill.generate", ["period": "2026-02"])
        let fees = test.estate.fees
        #expect(fees.bills(of: unit("1-1-101")).map { fees.account(of: $0).isPresent } == [false, true])
    }
}
