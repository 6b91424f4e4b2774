import Testing

@testable import Estate

@Suite("Drills: names that scripts rely on")
struct DrillScriptTests {
    @Test("the action has these fields, and who stands at the gate may do it")
    func fields() throws {
        try expectFields("drill.answer", "plate result")
        #expect(try Estate.action(named: "drill.answer").roles == [.guard, .operator, .supervisor])
    }

    @Test("the view has these columns")
    func columns() throws {
        try expectColumns("drills", "plate due stability staff unit reps lapses state")
        try expectValues("drills", "state", "new|learning|review")
    }
}
