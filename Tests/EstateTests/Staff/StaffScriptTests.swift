import Testing

@testable import Estate

@Suite("Staff: names that scripts rely on")
struct StaffScriptTests {
    @Test(
        "actions have these fields; a question mark marks an optional one",
        arguments: [
            ("staff.add", "staff name role"), ("staff.change", "staff name? role?"), ("staff.leave", "staff"),
        ])
    func fields(action: String, fields: String) throws { try expectFields(action, fields) }
}
