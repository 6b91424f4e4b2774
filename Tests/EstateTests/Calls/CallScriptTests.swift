import Testing

@testable import Estate

@Suite("Calls: names that scripts rely on")
struct CallScriptTests {
    @Test(
        "actions have these fields; a question mark marks an optional one",
        arguments: [
            ("call.ring", "direction? phone?"),
            ("call.answer", "call rings"),
            ("call.demand", "call text"),
            ("call.settle", "demand outcome to? note?"),
            ("call.say", "call words"),
            ("call.fetch", "call who? asked softly"),
            ("call.back", "call"),
            ("call.end", "call closing? hungUp?"),
            ("call.hold", "call consent"),
            ("call.resume", "call apology"),
        ])
    func fields(action: String, fields: String) throws { try expectFields(action, fields) }

    @Test(
        "views have these columns",
        arguments: [
            ("calls", "id direction phone rings inTime demands started ended"),
            ("demands", "id call text at request outcome to note"),
            ("callquality", "day staff calls answered inTime share missed returned omitted wrong"),
        ])
    func columns(view: String, keys: String) throws { try expectColumns(view, keys) }

    @Test(
        "columns have these values",
        arguments: [
            ("calls", "direction", "incoming|outgoing")
        ])
    func values(view: String, key: String, values: String) throws { try expectValues(view, key, values) }
}
