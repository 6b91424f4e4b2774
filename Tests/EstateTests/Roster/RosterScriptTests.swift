import Testing

@testable import Estate

@Suite("Roster: names that scripts rely on")
struct RosterScriptTests {
    @Test(
        "the actions have these fields; the supervisor does them",
        arguments: [
            ("roster.set", "staff post from to"), ("roster.drop", "shift why?"),
        ])
    func fields(action: String, fields: String) throws {
        try expectFields(action, fields)
        #expect(try Estate.action(named: action).roles == [.supervisor])
    }

    @Test("the view has these columns")
    func columns() throws {
        try expectColumns("roster", "id post staff name from to state arrived late by shift")
        try expectValues("roster", "state", "upcoming|missing|present|late|replaced|absent")
    }
}
