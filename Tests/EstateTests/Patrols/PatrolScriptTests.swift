import Testing

@testable import Estate

@Suite("Patrols: names that scripts rely on")
struct PatrolScriptTests {
    @Test(
        "actions have these fields; a question mark marks an optional one",
        arguments: [("patrol.start", "route"), ("patrol.check", "route point"), ("patrol.finish", "patrol")])
    func fields(action: String, fields: String) throws { try expectFields(action, fields) }

    @Test(
        "views have these columns",
        arguments: [
            ("patrols", "id route state missed outOfOrder tooFast"), ("patrolchecks", "route point at by"),
        ])
    func columns(view: String, keys: String) throws { try expectColumns(view, keys) }

    @Test("columns have these values", arguments: [("patrols", "state", "underway|finished|abandoned")])
    func values(view: String, key: String, values: String) throws { try expectValues(view, key, values) }
}
