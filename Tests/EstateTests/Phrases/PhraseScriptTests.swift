import Testing

@testable import Estate

@Suite("Phrases: names that scripts rely on")
struct PhraseScriptTests {
    @Test(
        "views have these columns",
        arguments: [
            ("phrases", "class text")
        ])
    func columns(view: String, keys: String) throws { try expectColumns(view, keys) }
}
