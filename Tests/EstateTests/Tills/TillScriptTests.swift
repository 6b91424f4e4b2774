import Testing

@testable import Estate

@Suite("Tills: names that scripts rely on")
struct TillScriptTests {
    @Test(
        "actions have these fields; a question mark marks an optional one",
        arguments: [
            ("till.open", "float"), ("till.count", "till method counted slip?"), ("till.close", "till receiver"),
            ("till.explain", "till method why"),
        ])
    func fields(action: String, fields: String) throws { try expectFields(action, fields) }

    @Test("the view has these columns, and the report is there")
    func columns() throws {
        try expectColumns("tills", "id opened closed method expected counted difference outside")
        #expect(try Estate.report(named: "daily").name == "daily")
    }
}
