import Testing

@testable import Estate

@Suite("Return visits: names that scripts rely on")
struct FollowUpScriptTests {
    @Test(
        "actions have these fields; a question mark marks an optional one",
        arguments: [
            (
                "followup.record",
                "followup result visitors way? signer? quality? effect? satisfaction? shortcomings? suggestions?"
            ),
            ("followup.rectified", "followup"),
            ("followup.appoint", "followup at visitors"),
            ("followup.close", "followup why"), ("target.set", "class target from?"),
        ])
    func fields(action: String, fields: String) throws { try expectFields(action, fields) }

    @Test(
        "views have these columns",
        arguments: [
            ("route", "stop building stops id unit due state"),
            (
                "followups",
                "id request class stage unit opens due state cycle visitors result ownWork period covered onTime way closed"
            ),
            ("rates", "class target matured covered onTime met"),
        ])
    func columns(view: String, keys: String) throws { try expectColumns(view, keys) }

    @Test(
        "columns have these values",
        arguments: [
            ("followups", "stage", "single|middle|end"),
            ("followups", "state", "upcoming|open|overdue|done|late|void|closed"),
        ])
    func values(view: String, key: String, values: String) throws { try expectValues(view, key, values) }
}
