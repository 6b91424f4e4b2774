import Testing

@testable import Estate

@Suite("Gate: names that scripts rely on")
struct GateScriptTests {
    @Test(
        "actions have these fields; a question mark marks an optional one",
        arguments: [
            ("visitor.arrive", "name host purpose plate? phone? count? document? again? seen?"),
            ("visitor.leave", "visit count? plate?"),
            ("visitor.correct", "visit name? host? purpose? plate? phone? count? document?"),
            ("visitor.contact", "visit outcome"),
            ("visitor.expect", "name host from to plate?"),
            ("visitor.refuse", "name host? why"),
            ("visitor.bar", "name? plate? why until"),
            ("visitor.unknown", "visit why"),
        ])
    func fields(action: String, fields: String) throws { try expectFields(action, fields) }

    @Test(
        "views have these columns",
        arguments: [
            ("gate", "id name host plate plateState arrived left state handed post hostState contact exitPlate"),
            ("presence", "name host plate count since state"),
            ("expected", "name host plate from to state"),
            ("refusals", "at name host why"),
            ("bars", "name plate why until active"),
        ])
    func columns(view: String, keys: String) throws { try expectColumns(view, keys) }

    @Test(
        "columns have these values",
        arguments: [
            ("gate", "plateState", "known|visitor|unrecognised|none"),
            ("gate", "state", "inside|overstay|left|unknown"),
            ("gate", "hostState", "known|place|unknown"),
            ("gate", "contact", "reached|noAnswer|declined|patrol"),
        ])
    func values(view: String, key: String, values: String) throws { try expectValues(view, key, values) }
}
