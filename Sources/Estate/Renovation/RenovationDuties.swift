import Handbook
import Journal

/// The duties of the renovations (Rules, Duties): the formalities, the refunds, the reports of violations.
enum RenovationDuties {
    private static let parts: @Sendable (Estate) -> [Int] = { [$0.$renovations] }

    /// 5.3: within two working days of the last paper. Withdrawn before, there is nothing to be done.
    static let permit = DutyRule.perCase(
        "permit", Label("装修手续", en: "Renovation formalities"), .supervisor, by: PermitRenovation.self,
        field: "renovation",
        parts: parts
    ) { estate in
        estate.renovations.all.values.compactMap { renovation in
            guard let completed = renovation.completed, let due = estate.due(of: renovation),
                renovation.permit != nil || renovation.state == .papers
            else { return nil }
            return DutyCase(
                id: renovation.id.id.text, subject: renovation.words(in: estate),
                opens: Day(completed, in: estate.zone),
                due: due,
                done: renovation.permit.map { Duty.Fulfilment(fact: $0.id, at: $0.at, due: $0.due) },
                note: estate.chargesForbidden)
        }
    }

    /// The deposit goes back some days after the observation, or after a withdrawal.
    static let refund = DutyRule.perCase(
        "refund", Label("退装修押金", en: "Refund of a deposit"), .supervisor, by: RefundDeposit.self, field: "renovation",
        parts: parts
    ) { estate in
        estate.renovations.all.values.compactMap { renovation in
            guard let over = renovation.withdrawn?.at ?? renovation.accepted ?? renovation.strays.first?.at,
                renovation.held > .zero
            else { return nil }
            let done = renovation.state == .refunded ? renovation.settlement : nil
            guard let due = done?.due ?? estate.refundDue(of: renovation) else { return nil }
            return DutyCase(
                id: renovation.id.id.text, subject: renovation.words(in: estate), opens: Day(over, in: estate.zone),
                due: due,
                done: done, note: nil)
        }
    }

    /// A violation that is not obeyed, or whose harm is done, is reported.
    static let report = DutyRule.perCase(
        "report", Label("违规报告", en: "Report of a violation"), .supervisor, by: ReportViolation.self, field: "violation",
        parts: parts
    ) { estate in
        estate.renovations.violations.values.compactMap { violation in
            guard let due = estate.reportDue(of: violation) else { return nil }
            return DutyCase(
                id: violation.id.id.text, subject: violation.words(in: estate),
                opens: Day(violation.at, in: estate.zone),
                due: Day(due, in: estate.zone),
                done: violation.report.map { report in
                    Duty.Fulfilment(
                        fact: report.id, at: report.at, due: report.due.map { Day($0, in: estate.zone) })
                }, note: nil)
        }
    }
}

extension RenovationCase {
    /// The fact by which nothing was held any more.
    fileprivate var settlement: Duty.Fulfilment? {
        let facts =
            refunds.map { Duty.Fulfilment(fact: $0.id, at: $0.at, due: $0.due) }
            + deductions.map { Duty.Fulfilment(fact: $0.id, at: $0.at, due: $0.due) }
        return facts.max { $0.at < $1.at }
    }
}
