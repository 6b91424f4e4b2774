import Testing

@testable import Estate

@Suite("Billing: names that scripts rely on")
struct BillingScriptTests {
    @Test(
        "actions have these fields; a question mark marks an optional one",
        arguments: [
            ("tariff.set", "item basis rate from kind? nature? payer?"), ("tariff.end", "item from"),
            ("meter.add", "meter unit item"), ("meter.read", "meter reading estimated?"),
            ("meter.replace", "meter closing opening"), ("bill.generate", "period item? unit?"),
        ])
    func fields(action: String, fields: String) throws { try expectFields(action, fields) }

    @Test(
        "views have these columns",
        arguments: [
            ("tariffs", "item basis rate from nature"), ("meters", "meter unit reading at"),
            ("billing", "unit item amount how state"), ("bills", "how"),
        ])
    func columns(view: String, keys: String) throws { try expectColumns(view, keys) }

    @Test("choices have these values")
    func values() throws {
        try expectValues("billing", "state", "new|exists|changed")
        try expectValues("tariffs", "basis", "area|fixed|parking|meter")
        let payer = try Estate.action(named: "tariff.set").description.first { $0.key == "payer" }
        #expect(payer?.type.name == "owner|occupant")
    }

    @Test("money's planners only: tariffs are of finance and supervisors")
    func roles() throws {
        for name in ["tariff.set", "tariff.end", "meter.add", "bill.generate"] {
            #expect(try Estate.action(named: name).roles == [.finance, .supervisor], "\(name)")
        }
        for name in ["meter.read", "meter.replace"] {
            #expect(try Estate.action(named: name).roles == [.operator, .finance, .supervisor], "\(name)")
        }
    }
}
