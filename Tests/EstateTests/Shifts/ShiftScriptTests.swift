import Testing

@testable import Estate

@Suite("Shifts: names that scripts rely on")
struct ShiftScriptTests {
    @Test(
        "actions have these fields; a question mark marks an optional one",
        arguments: [
            ("shift.open", "post staff"),
            ("shift.close", "shift next handed? notes?"),
            ("shift.acknowledge", "shift"),
        ])
    func fields(action: String, fields: String) throws { try expectFields(action, fields) }
}
