import Handbook
import Journal

extension Surveys {
    /// A survey every so many months (policy): the planning of the next one fulfils it.
    static let duty = DutyRule.perCase(
        "survey", Label("满意度调查", en: "Survey"), .supervisor, by: PlanSurvey.self, field: nil,
        parts: { [$0.$surveys] }
    ) { estate in
        let surveys = estate.surveysInOrder
        let former: [Survey?] = [nil] + surveys
        return former.enumerated().compactMap { index, survey in
            guard let due = estate.nextSurveyDue(after: survey) else { return nil }
            let next = surveys.indices.contains(index) ? surveys[index] : nil
            return DutyCase(
                id: survey?.id.id.text ?? "first", subject: next?.name ?? "",
                opens: due.adding(-estate.handbook.surveys.days), due: due,
                done: next.map { Duty.Fulfilment(fact: Ref($0.id.id), at: $0.planned, due: $0.due) }, note: nil)
        }
    }
}

extension Estate {
    fileprivate var surveysInOrder: [Survey] {
        surveys.all.values.sorted { ($0.planned, $0.id.id) < ($1.planned, $1.id.id) }
    }

    /// The day by which the next survey is to be planned.
    var nextSurveyDue: Day? { nextSurveyDue(after: surveysInOrder.last) }

    /// Some months (policy) after the survey before it or, for the first, after the founding.
    fileprivate func nextSurveyDue(after former: Survey?) -> Day? {
        (former?.from ?? founded.map { Day($0, in: zone) })?.adding(months: handbook.surveys.monthsBetween)
    }
}
