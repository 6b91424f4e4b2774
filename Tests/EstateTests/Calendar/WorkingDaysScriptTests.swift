import Testing

@testable import Estate

@Suite("Working days: names that scripts rely on")
struct WorkingDaysScriptTests {
    @Test(
        "views have these columns",
        arguments: [
            ("workdays", "due skipped")
        ])
    func columns(view: String, keys: String) throws { try expectColumns(view, keys) }
}
