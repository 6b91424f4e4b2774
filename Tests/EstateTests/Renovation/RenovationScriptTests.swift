import Testing

@testable import Estate

@Suite("Renovation: names that scripts rely on")
struct RenovationScriptTests {
    @Test(
        "actions have these fields; a question mark marks an optional one",
        arguments: [
            ("renovation.apply", "unit contractor works papers? consent? kinds? applicant?"),
            ("renovation.consent", "renovation signer withdrawn?"), ("renovation.paper", "renovation paper"),
            ("renovation.papers", "renovation"), ("renovation.notice", "renovation decorator contractor"),
            ("renovation.neighbours", "renovation"), ("renovation.agree", "renovation from to hours"),
            ("renovation.permit", "renovation deposit fee until method?"),
            ("renovation.extend", "renovation until why"), ("renovation.pass", "renovation name trade? document?"),
            ("renovation.check", "renovation note stage?"),
            ("renovation.violation", "renovation what evidence? harmed? ordered?"),
            ("renovation.obeyed", "violation"), ("renovation.reported", "violation to number?"),
            ("renovation.deduct", "renovation amount why evidence? signer?"), ("renovation.finish", "renovation"),
            ("renovation.accept", "renovation result"), ("renovation.refund", "renovation refund method?"),
            ("renovation.withdraw", "renovation why"), ("renovation.takeover", "renovation why"),
        ])
    func fields(action: String, fields: String) throws { try expectFields(action, fields) }

    @Test("the views have these columns, and the reports are there")
    func columns() throws {
        try expectColumns(
            "renovations",
            "id unit state papers due permitted inTime held refunded deducted refundDue missing clock flags")
        try expectValues(
            "renovations", "state", "applied|papers|permitted|finished|rectifying|accepted|refunded|withdrawn")
        try expectColumns("violations", "id renovation what obeyed reported reportDue")
        try expectColumns("permits", "id renovation unit until workers state")
        for name in ["permit", "pass", "renovation"] { #expect(try Estate.report(named: name).name == name) }
    }

    @Test("who may: the desk only what comes before the works")
    func roles() throws {
        for name in ["apply", "consent", "paper", "papers", "notice", "neighbours"] {
            #expect(try Estate.action(named: "renovation.\(name)").roles == [.operator, .supervisor, .administrator])
        }
        for action in Renovations.actions.dropFirst(6).dropLast() {
            #expect(action.roles == [.supervisor, .administrator])
        }
        #expect(TakeOverDeposit.roles == [])
    }
}
