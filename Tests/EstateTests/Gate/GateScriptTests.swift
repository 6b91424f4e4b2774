import Testing

@testable import Estate

@Suite("Gate: names that scripts rely on")
struct GateScriptTests {
    @Test(
        "actions have these fields; a question mark marks an optional one",
        arguments: [
            ("visitor.arrive", "name host purpose plate? phone? count? document? again?"),
            ("visitor.leave", "visit"),
            ("visitor.unknown", "visit why"),
        ])
    func fields(action: String, fields: String) throws { try expectFields(action, fields) }

    @Test(
        "views have these columns",
        arguments: [
            ("gate", "id name host plate plateState arrived left state handed post")
        ])
    func columns(view: String, keys: String) throws { try expectColumns(view, keys) }

    @Test(
        "columns have these values",
        arguments: [
            ("gate", "plateState", "known|visitor|unrecognised|none"),
            ("gate", "state", "inside|overstay|left|unknown"),
        ])
    func values(view: String, key: String, values: String) throws { try expectValues(view, key, values) }
}
