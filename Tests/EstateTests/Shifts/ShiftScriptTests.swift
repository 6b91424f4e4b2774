import Testing

@testable import Estate

@Suite("Shifts: names that scripts rely on")
struct ShiftScriptTests {
    @Test(
        "actions have these fields; a question mark marks an optional one",
        arguments: [
            ("shift.open", "post staff"),
            ("shift.close", "shift next handed? notes? items? equipment? keys? ritual?"),
            ("shift.acknowledge", "shift confirmed? reservation? ritual?"),
        ])
    func fields(action: String, fields: String) throws { try expectFields(action, fields) }

    @Test(
        "views have these columns",
        arguments: [
            (
                "shifts",
                "id post staff opened closed next handed notes acknowledged equipment keys differences signatures"
            )
        ])
    func columns(view: String, keys: String) throws { try expectColumns(view, keys) }
}
