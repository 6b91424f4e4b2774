import Testing

@testable import Estate

@Suite("Collecting: names that scripts rely on")
struct CollectingScriptTests {
    @Test(
        "actions have these fields; a question mark marks an optional one",
        arguments: [
            ("letter.serve", "unit way number? taken? on?"), ("arrears.plan", "unit solution who next? reason?"),
            ("arrears.report", "period? note?"), ("report.approve", "report period instruction"),
        ])
    func fields(action: String, fields: String) throws { try expectFields(action, fields) }

    @Test(
        "views have these columns",
        arguments: [
            ("letters", "id unit at on way number renews by taken"),
            ("arrearsgroups", "group households owed rate due broken uncontacted"),
            ("promises", "unit promise state"),
        ])
    func columns(view: String, keys: String) throws { try expectColumns(view, keys) }

    @Test("reports have these names")
    func reports() {
        let names = Estate.reports.map { $0.name }
        #expect(["dunningletter", "arrears"].allSatisfy { names.contains($0) })
    }
}
