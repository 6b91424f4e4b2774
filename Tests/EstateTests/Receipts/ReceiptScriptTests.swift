import Testing

@testable import Estate

@Suite("Receipts: names that scripts rely on")
struct ReceiptScriptTests {
    @Test(
        "actions have these fields; a question mark marks an optional one",
        arguments: [("receipt.print", "payment"), ("payment.invoice", "payment number red?")])
    func fields(action: String, fields: String) throws { try expectFields(action, fields) }

    @Test(
        "views have these columns",
        arguments: [("receipts", "number unit amount capitals bills at voided printed"), ("capitals", "text")])
    func columns(view: String, keys: String) throws { try expectColumns(view, keys) }
}
