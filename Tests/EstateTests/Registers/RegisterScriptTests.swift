import Testing

@testable import Estate

@Suite("Registers: names that scripts rely on")
struct RegisterScriptTests {
    @Test(
        "actions have these fields; a question mark marks an optional one",
        arguments: [
            ("register.add", "register what who unit? count? due? witness? phone?"),
            ("register.close", "entry who? note? outcome? count?"),
        ])
    func fields(action: String, fields: String) throws { try expectFields(action, fields) }

    @Test("views have these columns", arguments: [("registers", "id register what who due closed")])
    func columns(view: String, keys: String) throws { try expectColumns(view, keys) }

    @Test(
        "columns have these values",
        arguments: [
            ("registers", "register", "goods|key|parcel|lost|other"),
            ("registers", "outcome", "returned|claimed|police|discarded|left"),
        ])
    func values(view: String, key: String, values: String) throws { try expectValues(view, key, values) }

    @Test("guard, operator and supervisor keep the registers")
    func roles() {
        for action in Registers.actions { #expect(action.roles == [.guard, .operator, .supervisor], "\(action.name)") }
    }
}
