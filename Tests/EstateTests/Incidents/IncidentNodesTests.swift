import TestSupport

@testable import Estate

extension TwoNodes {
    private static let fire = Step("incident.open", ["kind": "火灾"], by: "S03", as: "incident")
    private static func close(_ note: String) -> Step {
        Step("incident.close", ["incident": "$incident", "note": note], by: "S03")
    }
    private static func debrief(_ note: String) -> Step {
        Step("incident.debrief", ["incident": "$incident", "note": note], by: "S04")
    }

    static let incidents: [TwoNodes] = [
        TwoNodes(
            what: "both do the same step: both are kept", before: [fire],
            first: [Step("incident.step", ["incident": "$incident", "step": "1"], by: "S03")],
            second: [Step("incident.step", ["incident": "$incident", "step": "1"], by: "S02")], conflicts: [],
            expect: { estate, ids in estate.incidents[ref(ids["incident"] ?? "")]?.steps.map(\.by) == ["S03", "S02"] }),
        TwoNodes(
            what: "both close an incident", before: [fire], first: [close("一")], second: [close("二")],
            conflicts: ["incident.closed"],
            expect: { estate, ids in estate.incidents[ref(ids["incident"] ?? "")]?.closing?.note == "一" }),
        TwoNodes(
            what: "one closes an incident, the other goes on with it", before: [fire], first: [close("一")],
            second: [Step("incident.step", ["incident": "$incident", "step": "2"], by: "S03")], conflicts: [],
            expect: { estate, ids in
                let incident = estate.incidents[ref(ids["incident"] ?? "")]
                return incident?.isOpen == false && incident?.steps.count == 1
            }),
        TwoNodes(
            what: "both go through an incident", before: [fire, close("完")], first: [debrief("一")],
            second: [debrief("二")], conflicts: ["incident.debriefed"],
            expect: { estate, ids in estate.incidents[ref(ids["incident"] ?? "")]?.debrief?.note == "一" }),
        TwoNodes(
            what: "an incident that the other node undid", before: [fire],
            first: [Step("action.undo", ["entry": "$incident"], by: "S03")],
            second: [Step("incident.step", ["incident": "$incident", "step": "1"], by: "S02")],
            conflicts: ["incident.stepped"], expect: { estate, _ in estate.incidents.all.isEmpty }),
    ]
}
