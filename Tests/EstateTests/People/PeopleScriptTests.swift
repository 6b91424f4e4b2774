import Testing

@testable import Estate

@Suite("People: names that scripts rely on")
struct PeopleScriptTests {
    @Test(
        "actions have these fields; a question mark marks an optional one",
        arguments: [
            ("unit.add", "unit area? kind?"),
            ("person.add", "name unit role phone?"),
            ("vehicle.add", "plate unit"),
        ])
    func fields(action: String, fields: String) throws { try expectFields(action, fields) }

    @Test(
        "views have these columns",
        arguments: [
            ("units", "unit area owner people vehicles kind"),
            ("vehicles", "plate unit owner"),
        ])
    func columns(view: String, keys: String) throws { try expectColumns(view, keys) }
}
