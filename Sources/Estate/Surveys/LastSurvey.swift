import Journal

extension Estate {
    /// What the last survey that is over says of the service on the whole, its first question, against the target (4):
    /// `秋季满意度调查 94.2% 不能判定`. One that runs has no result yet: it is told only where none is over.
    ///
    /// - Parameter year: only of those that began in it.
    func lastSurvey(at moment: Moment, of year: Int? = nil) -> Label? {
        let asked = surveys.all.values.filter { survey in
            !survey.answers.isEmpty && (year.map { survey.from.civil.year == $0 } ?? true)
        }
        let over = asked.filter { [.closed, .over].contains($0.state(at: moment, in: zone)) }
        guard let survey = latest(of: over) else { return latest(of: asked).map { underWay($0, at: moment) } }
        let satisfaction = SurveyResults(survey, in: self, at: moment).satisfaction(0)
        guard let share = Share(satisfaction.satisfied, of: satisfaction.answered) else { return nil }
        let verdict = satisfaction.verdict(target: handbook.staff.satisfaction.percent).label
        return Label(
            "\(survey.name) \(share.short)% \(verdict.chinese)",
            en: "survey \(survey.name): \(share.short)% \(verdict.english)")
    }

    /// The one that began last; of several, that which was planned last.
    private func latest(of surveys: [Survey]) -> Survey? {
        surveys.enumerated().max { ($0.element.from, $0.offset) < ($1.element.from, $1.offset) }?.element
    }

    private func underWay(_ survey: Survey, at moment: Moment) -> Label {
        let tally = SurveyTally(survey, in: self, at: moment)
        let (answered, all) = (tally.households.count { $0.state == .answered }, tally.households.count)
        return Label(
            "\(survey.name)进行中，已答 \(answered)/\(all) 户",
            en: "survey \(survey.name) under way, \(answered) of \(all) have answered")
    }
}
