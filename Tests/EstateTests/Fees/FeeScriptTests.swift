import Testing

@testable import Estate

@Suite("Fees: names that scripts rely on")
struct FeeScriptTests {
    @Test(
        "actions have these fields; a question mark marks an optional one",
        arguments: [
            ("bill.issue", "unit period item amount due"),
            ("bill.reduce", "bill amount why"),
            ("payment.receive", "unit amount period? method? bills? slip? item?"),
            ("payment.void", "payment why"),
            ("dunning.record", "unit channel outcome promise?"),
            ("prepayment.receive", "unit months from? item? discount? method? slip?"),
            ("latefee.waive", "bill amount why"),
        ])
    func fields(action: String, fields: String) throws { try expectFields(action, fields) }

    @Test(
        "views have these columns",
        arguments: [
            ("bills", "id unit period item amount reduced paid due"),
            ("arrears", "unit owed oldest periods days"),
            ("collection", "period age billed reduced received rate target met"),
            ("ageing", "unit notDue d30 d60 d90 d180 d365 y2 y3 older prepaid total limitation"),
            ("statement", "at what charge credit balance"),
            ("latefees", "bill principal days amount"),
            ("prepayments", "unit payment from to discount"),
            ("collectionby", "by group period billed received rate target met missing fewest"),
        ])
    func columns(view: String, keys: String) throws { try expectColumns(view, keys) }
}
