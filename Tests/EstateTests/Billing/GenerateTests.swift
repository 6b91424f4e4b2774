import TestSupport
import Testing

@testable import Estate

@Suite("bill.generate")
struct GenerateTests {
    private let test: TestEstate

    init() throws {
        test = try TestEstate()
        try test.addUnit("1-1-101", area: "89.43")
        try test.addUnit("1-1-102", area: "100")
        try test.tariff("物业费", "area", "2.80")
        try test.tariff("垃圾费", "fixed", "12")
    }

    private func states(_ period: String) throws -> [String: Int] {
        Dictionary(grouping: try test.show(BillingView.self, ["period": period]), by: { "\($0.state)" })
            .mapValues(\.count)
    }

    @Test("issues all bills of a period in one action, due on its last day, and none of them twice")
    func once() throws {
        try test.do("bill.generate", ["period": "2026-02"], by: "S07")
        let bills = try test.show(BillsView.self)
        // Three units have no area.
        #expect(bills.count == 7)
        #expect(bills.allSatisfy { $0.due == day("2026-02-28") && $0.origin.how != nil })
        #expect(try states("2026-02") == ["exists": 7])
        let again = refusal { try test.do("bill.generate", ["period": "2026-02"], by: "S07") }
        #expect(again?.code == "billing.none" && again?.cause == .rule)
        #expect(try test.show(BillsView.self).count == 7)
        // A unit that comes later is billed later.
        try test.addUnit("1-1-103", area: "10")
        #expect(try states("2026-02") == ["exists": 7, "new": 2])
        try test.do("bill.generate", ["period": "2026-02"], by: "S07")
        #expect(try test.show(BillsView.self).count == 9)
    }

    @Test("one item, one unit")
    func some() throws {
        try test.do("bill.generate", ["period": "2026-02", "item": "垃圾费", "unit": "1-1-101"])
        #expect(try test.show(BillsView.self).map { "\($0.unit.text) \($0.item)" } == ["1-1-101 垃圾费"])
        try test.do("bill.generate", ["period": "2026-02", "unit": "1-1-101"])
        #expect(try test.show(BillsView.self).map(\.item) == ["垃圾费", "物业费"])
        for (members, code) in [
            (["item": "水费"], "tariff.unknown"), (["unit": "8-8-801"], "unit.unknown"),
            (["unit": "1-1-101"], "billing.none"), (["period": "2027-02"], "billing.early"),
        ] {
            let members = ["period": "2026-02"].merging(members) { $1 }
            #expect(refusal { try test.do("bill.generate", members) }?.code == code)
        }
        // The month after this one may be billed: it is December.
        try test.do("bill.generate", ["period": "2027-01"])
        #expect(refusal { try test.do("bill.generate", ["period": "2025-12"]) }?.code == "billing.none")
    }

    @Test("a bill that was typed is taken for the item's, and shown where its amount is another")
    func typed() throws {
        try test.do("bill.issue", test.bill(unit: "1-1-101", period: "2026-02", amount: "250.40"))
        try test.do("bill.issue", test.bill(unit: "1-1-102", period: "2026-02", amount: "279.00"))
        #expect(try test.billing("2026-02", of: "1-1-101").first == "250.40 89.43㎡×2.80 exists")
        #expect(try test.billing("2026-02", of: "1-1-102").first == "280.00 100.00㎡×2.80 changed")
        let changed = try test.show(BillingView.self, ["period": "2026-02"]).first { $0.state == .changed }
        #expect(changed?.billed == money("279.00"))
        try test.do("bill.generate", ["period": "2026-02", "item": "垃圾费"])
        #expect(try test.show(BillsView.self).count { $0.item == "物业费" } == 2)
    }

    @Test("what was generated and would be no more is shown, and stays")
    func gone() throws {
        try test.do("bill.generate", ["period": "2026-02", "item": "垃圾费"])
        try test.do("tariff.end", ["item": "垃圾费", "from": "2026-01-01"])
        #expect(try test.billing("2026-02", of: "1-1-101").last == "0.00 1×12.00 changed")
        #expect(try test.show(BillsView.self).count == 5)
    }

    @Test("the receipt warns of units without an area and of bills that differ")
    func warnings() throws {
        try test.do("bill.issue", test.bill(unit: "1-1-102", period: "2026-02", amount: "279.00"))
        let receipt = try test.store.perform(GenerateBills(period: month("2026-02")), by: "S07")
        #expect(receipt.warnings == ["billing.changed", "billing.area"])
        #expect(try test.store.perform(GenerateBills(period: month("2026-03"), item: "垃圾费"), by: "S07").warnings == [])
    }

    @Test(
        "an item of the month before without a tariff now is warned of; deposits, fees of a single case and what has one are not"
    )
    func withoutTariff() throws {
        for (item, unit) in [("车位费", "1-1-101"), ("车位费", "1-1-102"), ("装修押金", "1-1-101"), ("装修管理费", "1-1-102")] {
            try test.do("bill.issue", test.bill(unit: unit, period: "2026-01", item: item, amount: "100"))
        }
        try test.do("bill.generate", ["period": "2026-01"])
        let action = GenerateBills(period: month("2026-02"))
        let facts = try #require(action.confirmation(in: test.estate, at: test.store.now)).facts.map(\.chinese)
        #expect(facts.last == "车位费 上期出过账，现在没有收费标准，没有算")
        #expect(try test.store.perform(action, by: "S07").warnings.contains("billing.noTariff"))
        // It was billed in January only.
        let next = try test.store.perform(GenerateBills(period: month("2026-03")), by: "S07")
        #expect(!next.warnings.contains("billing.noTariff"))
        #expect(test.estate.itemsWithoutTariff(in: month("2026-02"), unit("1-1-103")).isEmpty)
        try test.do(
            "tariff.set", ["item": "车位费", "basis": "parking", "rate": "100", "from": "2026-02-15", "kind": "parking"])
        #expect(test.estate.itemsWithoutTariff(in: month("2026-02")).isEmpty)
        #expect(test.estate.itemsWithoutTariff(in: month("2026-01")).isEmpty)
    }

    @Test("prepaid money pays the generated bills, no more of it than there is")
    func prepaid() throws {
        try test.do("payment.receive", ["unit": "1-1-101", "amount": "255"], at: "2026-01-15")
        try test.do("bill.generate", ["period": "2026-02"])
        let bills = test.estate.fees.bills(of: unit("1-1-101"))
        #expect(bills.map(\.paid.text) == ["250.40", "4.60"])
        #expect(test.estate.fees.prepaid(of: unit("1-1-101")) == .zero)
    }

    @Test("is undone as a whole")
    func undo() throws {
        try test.do("bill.generate", ["period": "2026-02"], by: "S07")
        try test.store.perform(UndoAction(test.estate.nextUndo(of: "S07", at: test.store.now)), by: "S07")
        #expect(try test.show(BillsView.self).isEmpty)
        #expect(try states("2026-02") == ["new": 7])
    }

    @Test("the question states the totals; there is none if nothing is new")
    func question() throws {
        let action = GenerateBills(period: month("2026-02"))
        let question = try #require(action.confirmation(in: test.estate, at: test.store.now))
        #expect(question.question.chinese == "出 2026-02 的账单 7 笔，共 590.40 元？")
        #expect(question.facts.map(\.chinese) == ["垃圾费：5 笔 60.00", "物业费：2 笔 530.40", "到期日：2026-02-28", "3 户没有面积，没有算"])
        try test.store.perform(action, by: "S07")
        #expect(action.confirmation(in: test.estate, at: test.store.now) == nil)
    }

    @Test("bills for some days of a period stand beside one another, and not twice for a day")
    func days() throws {
        func issue(_ from: String?, _ to: String?) throws {
            var members = test.bill(unit: "1-1-101", period: "2026-02", amount: "10")
            (members["from"], members["to"]) = (from, to)
            try test.do("bill.issue", members)
        }
        try issue("2026-02-01", "2026-02-09")
        try issue("2026-02-10", "2026-02-28")
        #expect(refusal { try issue("2026-02-28", "2026-02-28") }?.code == "bill.exists")
        #expect(refusal { try issue(nil, nil) }?.code == "bill.exists")
        #expect(refusal { try issue("2026-02-09", nil) }?.code == "bill.days")
        #expect(refusal { try issue("2026-02-09", "2026-02-01") }?.code == "bill.days")
    }

    @Test("readings after the bill show that it would be another")
    func lateReading() throws {
        try test.tariff("水费", "meter", "4.85")
        try test.do("meter.add", ["meter": "W-1", "unit": "1-1-101", "item": "水费"])
        try test.read("W-1", "0", at: "2026-01-31T18:00")
        try test.read("W-1", "10", at: "2026-02-20T18:00")
        try test.do("bill.generate", ["period": "2026-02", "item": "水费"])
        #expect(try test.billing("2026-02", of: "1-1-101").last == "48.50 10×4.85 (0→10) exists")
        try test.read("W-1", "14", at: "2026-02-28T18:00")
        #expect(try test.billing("2026-02", of: "1-1-101").last?.hasSuffix("changed") == true)
        #expect(refusal { try test.do("bill.generate", ["period": "2026-02", "item": "水费"]) }?.code == "billing.none")
    }

    @Test("two nodes that generate the same period bill it once")
    func twoNodes() throws {
        let nodes = try TestNodes(2)
        try nodes[0].do("tariff.set", ["item": "垃圾费", "basis": "fixed", "rate": "12", "from": "2026-01-01"])
        try nodes.deliverAll()
        for index in 0..<2 { try nodes[index].do("bill.generate", ["period": "2026-02"]) }
        let estate = try nodes.expectAgreement()
        #expect(estate.fees.bills.count == 3)
    }
}
