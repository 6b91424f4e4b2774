import Testing

@testable import Estate

@Suite("Particulars: names that scripts rely on")
struct ParticularsScriptTests {
    @Test(
        "actions have these fields; a question mark marks an optional one",
        arguments: [
            ("particulars.expire", "until?"),
            ("particulars.erase", "record why"),
            ("particulars.hold", "record why until"),
        ])
    func fields(action: String, fields: String) throws { try expectFields(action, fields) }

    @Test("the view has these columns")
    func columns() throws {
        try expectColumns("particulars", "class period records state")
        try expectValues("particulars", "state", "kept|due|held|ended")
    }

    @Test("only managers end particulars")
    func roles() throws {
        for name in ["particulars.expire", "particulars.erase", "particulars.hold"] {
            #expect(try Estate.action(named: name).roles.isEmpty)
        }
    }
}
