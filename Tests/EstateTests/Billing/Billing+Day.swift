import TestSupport
import Testing

@testable import Estate

extension Billing: RecordedDay {
    static func record(in test: TestEstate) throws {
        try test.tariff("垃圾费", "fixed", "12", from: "2026-01-01")
        try test.tariff("水费", "meter", "4.85", from: "2026-01-01", ["payer": "occupant"])
        try test.do("meter.add", ["meter": "W-1", "unit": "3-2-502", "item": "水费"])
        try test.read("W-1", "100", at: "2026-11-30T09:00")
        try test.read("W-1", "120", at: "2026-12-20T09:00", ["estimated": "yes"])
        try test.do("meter.replace", ["meter": "W-1", "closing": "118.5", "opening": "0"], at: "2026-12-30T10:00")
        try test.do("bill.generate", ["period": "2026-12", "unit": "3-2-502"], by: "S07")
        try test.do("tariff.end", ["item": "垃圾费", "from": "2027-01-01"])
    }
}

extension TestEstate {
    func tariff(
        _ item: String, _ basis: String, _ rate: String, from: String = "2026-01-01", _ more: [String: String] = [:]
    ) throws {
        let members = ["item": item, "basis": basis, "rate": rate, "from": from].merging(more) { $1 }
        try self.do("tariff.set", members, by: "S07")
    }

    func read(_ meter: String, _ reading: String, at time: String, _ more: [String: String] = [:]) throws {
        try self.do("meter.read", ["meter": meter, "reading": reading].merging(more) { $1 }, by: "S02", at: time)
    }

    /// A unit with an area, in square metres.
    func addUnit(_ code: String, area: String? = nil, _ more: [String: String] = [:]) throws {
        let members = ["unit": code].merging(area.map { ["area": $0] } ?? [:]) { $1 }.merging(more) { $1 }
        try self.do("unit.add", members, at: "2025-01-01")
    }

    /// What is to be billed: amount, calculation, state and, if it is not the owner, who owes.
    func billing(_ period: String, of code: String) throws -> [String] {
        try show(BillingView.self, ["period": period]).filter { $0.unit == unit(code) }.map { row in
            let debtor = row.debtor == .owner ? "" : " \(row.debtor)"
            return "\(row.amount.text) \(row.how) \(row.state)\(debtor)"
        }
    }
}
