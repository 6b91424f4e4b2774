import Testing

@testable import Estate

@Suite("Patrols: names that scripts rely on")
struct PatrolScriptTests {
    @Test(
        "actions have these fields; a question mark marks an optional one",
        arguments: [("patrol.check", "route point")])
    func fields(action: String, fields: String) throws { try expectFields(action, fields) }
}
