import Testing

@testable import Estate

@Suite("Inspections: names that scripts rely on")
struct InspectionScriptTests {
    @Test(
        "actions have these fields; a question mark marks an optional one",
        arguments: [
            ("inspection.open", "template"),
            ("inspection.mark", "inspection item result note?"),
            ("inspection.close", "inspection"),
            ("inspection.recheck", "inspection item result note?"),
        ])
    func fields(action: String, fields: String) throws { try expectFields(action, fields) }

    @Test(
        "views have these columns",
        arguments: [
            ("inspections", "id template opened closed passed failed unmarked")
        ])
    func columns(view: String, keys: String) throws { try expectColumns(view, keys) }
}
