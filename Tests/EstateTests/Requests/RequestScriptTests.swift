import Testing

@testable import Estate

@Suite("Requests: names that scripts rely on")
struct RequestScriptTests {
    @Test(
        "actions have these fields; a question mark marks an optional one",
        arguments: [
            ("request.open", "class unit text from? to? call? demand? urgent?"),
            ("request.complete", "request workers?"),
            ("request.assign", "request to due?"),
            ("request.progress", "request note"),
            ("request.reopen", "request why"),
            ("event.attend", "request unit"),
        ])
    func fields(action: String, fields: String) throws { try expectFields(action, fields) }

    @Test(
        "views have these columns",
        arguments: [
            (
                "requests",
                "id class unit text opened completed assigned progress progressAt workers urgent responseDue due overdue"
            )
        ])
    func columns(view: String, keys: String) throws { try expectColumns(view, keys) }

    @Test(
        "columns have these values",
        arguments: [
            ("requests", "class", "complaint|repair.minor|repair.works|special|event|other")
        ])
    func values(view: String, key: String, values: String) throws { try expectValues(view, key, values) }
}
