import Testing

@testable import Estate

@Suite("Incidents: names that scripts rely on")
struct IncidentScriptTests {
    @Test(
        "actions have these fields; a question mark marks an optional one",
        arguments: [
            ("incident.open", "kind drill?"),
            ("incident.step", "incident step"),
            ("incident.told", "incident who"),
            ("incident.seen", "incident visit"),
            ("incident.close", "incident note"),
            ("incident.debrief", "incident note"),
        ])
    func fields(action: String, fields: String) throws { try expectFields(action, fields) }

    @Test("views have these columns", arguments: [("incidents", "id kind drill steps unaccounted closed")])
    func columns(view: String, keys: String) throws { try expectColumns(view, keys) }

    @Test("columns have these values", arguments: [("incidents", "state", "open|closed|debriefed")])
    func values(view: String, key: String, values: String) throws { try expectValues(view, key, values) }

    @Test("guard, operator and supervisor keep the log; the debrief is the supervisor's")
    func roles() throws {
        for action in Incidents.actions {
            let expected: Set<Role> = action == DebriefIncident.self ? [.supervisor] : [.guard, .operator, .supervisor]
            #expect(action.roles == expected, "\(action.name)")
        }
    }
}
