import Journal

extension Estate {
    /// What the last survey with answers says of the service on the whole, its first question, against the target (4):
    /// `秋季满意度调查 94.2% 不能判定`.
    func lastSurvey(at moment: Moment) -> Label? {
        let answered = surveys.all.values.filter { !$0.answers.isEmpty }
        // One that goes on is no result yet, unless there is no other.
        let over = answered.filter { $0.closed != nil || $0.to.isOver(asOf: moment, in: zone) }
        let asked = over.isEmpty ? answered : over
        let running = over.isEmpty ? Label("（进行中）", en: " (under way)") : .none
        guard
            let survey = asked.enumerated().max(by: { ($0.element.from, $0.offset) < ($1.element.from, $1.offset) })
                .map(\.element)
        else { return nil }
        let satisfaction = SurveyResults(survey, in: self, at: moment).satisfaction(0)
        guard let share = Share(satisfaction.satisfied, of: satisfaction.answered) else { return nil }
        let verdict = satisfaction.verdict(target: handbook.staff.satisfaction.percent).label
        return Label(
            "\(survey.name)\(running.chinese) \(share.short)% \(verdict.chinese)",
            en: "survey \(survey.name)\(running.english): \(share.short)% \(verdict.english)")
    }
}
