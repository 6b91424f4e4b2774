import Journal

extension FollowUps {
    /// Each return visit that is due (3). One that the owner made impossible is missed. The list of return visits tells of
    /// them.
    static let duty = DutyRule.perCase(
        "followup", FollowUp.label, .administrator, by: RecordFollowUp.self, field: "followup",
        parts: { [$0.$followUps, $0.$requests] }, tells: []
    ) { estate in
        estate.followUps.all.values.compactMap { visit in
            if visit.voided != nil, visit.visit == nil { return nil }
            return DutyCase(
                id: visit.id.id.text, subject: visit.words(in: estate), opens: visit.opens, due: visit.due,
                done: visit.visit.map { Duty.Fulfilment(fact: Ref($0.id), at: $0.at, due: nil) }, note: nil,
                closes: visit.closed.map { Day($0.at, in: estate.zone) })
        }
    }
}
