import Testing

@testable import Estate

@Suite("Inspections: names that scripts rely on")
struct InspectionScriptTests {
    @Test(
        "actions have these fields; a question mark marks an optional one",
        arguments: [
            ("inspection.open", "template staff?"),
            ("inspection.mark", "inspection item result note? place? who? due? photo?"),
            ("inspection.close", "inspection"),
            ("inspection.recheck", "inspection item result note? place? who? due? photo?"),
            ("inspection.assign", "inspection item who due?"),
        ])
    func fields(action: String, fields: String) throws { try expectFields(action, fields) }

    @Test(
        "views have these columns",
        arguments: [
            ("inspections", "id template opened closed passed failed unmarked staff answered total score complete"),
            ("rectifications", "inspection followup item text note found state rechecks place who due overdue"),
            ("inspectiontrend", "section item passed failed rate trend"),
        ])
    func columns(view: String, keys: String) throws { try expectColumns(view, keys) }
}
