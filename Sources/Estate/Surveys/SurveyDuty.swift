import Handbook
import Journal

extension Surveys {
    /// A survey every so many months (policy). It is held with the first answer that counts: a plan alone fulfils nothing,
    /// and a survey of nobody gets no answer.
    static let duty = DutyRule.perCase(
        "survey", Label("满意度调查", en: "Survey"), .supervisor, by: PlanSurvey.self, field: nil,
        parts: { [$0.$surveys] }
    ) { estate in
        let held = estate.heldSurveys
        let formers: [HeldSurvey?] = [nil] + held
        return formers.enumerated().compactMap { index, former in
            guard let usual = estate.nextSurveyDue(after: former) else { return nil }
            let next = held.indices.contains(index) ? held[index] : nil
            // The day that its plan kept, unless another survey was held since.
            let isKept = next.map { next in former.map { $0.answer.at <= next.survey.planned } ?? true } ?? false
            let due = (isKept ? next?.survey.due : nil) ?? usual
            let planned = next == nil ? estate.plannedSurvey(besides: held) : nil
            return DutyCase(
                id: former?.survey.id.id.text ?? "first", subject: next?.survey.name ?? planned?.name ?? "",
                opens: due.adding(-estate.handbook.surveys.days), due: due,
                done: next.map { Duty.Fulfilment(fact: Ref($0.answer.id), at: $0.answer.at, due: due) },
                note: planned.map { _ in Label("收到答卷才算完成", en: "done with its first answer") })
        }
    }
}

/// A survey with the first answer that counts, by which it was held.
private struct HeldSurvey {
    let survey: Survey
    let answer: Survey.Answer
    let day: Day

    /// `nil` for a survey without an answer that counts since a moment.
    init?(_ survey: Survey, since founded: Moment, in zone: Zone) {
        let answers = survey.answers.values.joined().filter { $0.at >= founded && !survey.isLate($0.at, in: zone) }
        guard let first = answers.min(by: { ($0.at, $0.id) < ($1.at, $1.id) }) else { return nil }
        (self.survey, answer, day) = (survey, first, Day(first.at, in: zone))
    }
}

extension Estate {
    /// The surveys that were held since the founding, in the order of their first answers.
    fileprivate var heldSurveys: [HeldSurvey] {
        guard let founded else { return [] }
        return surveys.all.values.compactMap { HeldSurvey($0, since: founded, in: zone) }.sorted {
            ($0.answer.at, $0.answer.id) < ($1.answer.at, $1.answer.id)
        }
    }

    /// The last survey that waits for its first answer: it is not closed, and was not over before another was held.
    fileprivate func plannedSurvey(besides held: [HeldSurvey]) -> Survey? {
        guard let start = held.last?.day ?? founded.map({ Day($0, in: zone) }) else { return nil }
        return surveys.all.values.last { survey in
            survey.closed == nil && survey.to >= start && !held.contains { $0.survey.id == survey.id }
        }
    }

    /// The day by which the next survey is to be held.
    var nextSurveyDue: Day? { nextSurveyDue(after: heldSurveys.last) }

    /// Some months (policy) after the survey before it was held or, for the first, after the founding.
    fileprivate func nextSurveyDue(after former: HeldSurvey?) -> Day? {
        (former?.day ?? founded.map { Day($0, in: zone) })?.adding(months: handbook.surveys.monthsBetween)
    }
}
