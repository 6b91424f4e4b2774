import Testing

@testable import Estate

@Suite("Imports: names that scripts rely on")
struct ImportScriptTests {
    @Test("the action has these fields")
    func fields() throws { try expectFields("import.void", "import why") }

    @Test("the view has these columns")
    func columns() throws { try expectColumns("imports", "id kind rows voided") }

    @Test("the kinds of files, in the order in which they build on one another")
    func kinds() {
        #expect(
            Estate.imports.map(\.name) == [
                "units", "people", "vehicles", "places", "bills", "payments", "readings", "banklines", "stock",
                "stockcounts",
            ])
    }
}
