import Testing

@testable import Estate

@Suite("Reconciliation: names that scripts rely on")
struct ReconciliationScriptTests {
    @Test(
        "actions have these fields; a question mark marks an optional one",
        arguments: [
            ("finance.reconcile", "period? method counted with"), ("finance.explain", "period method why"),
            ("bankline.record", "account amount? direction? references? note? payer?"),
        ])
    func fields(action: String, fields: String) throws { try expectFields(action, fields) }

    @Test(
        "views have these columns",
        arguments: [
            ("reconciliation", "method booked counted difference why unexplained"),
            ("banklines", "id account at amount references payment refund"),
            ("unmatched", "side at account amount reference"),
        ])
    func columns(view: String, keys: String) throws { try expectColumns(view, keys) }

    @Test("the report and the file are there")
    func names() throws {
        #expect(try Estate.report(named: "reconciliation").name == "reconciliation")
        #expect(try Estate.importKind(named: "banklines").name == "banklines")
    }
}
