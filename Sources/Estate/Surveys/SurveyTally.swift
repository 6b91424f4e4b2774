import Journal

/// The households of a survey by where they stand, at a moment.
public struct SurveyTally: Sendable {
    /// The households that were to be asked, in the estate's order, with their states.
    public let households: [(unit: UnitCode, state: HouseholdState)]
    private let counts: [HouseholdState: Int]

    /// - Parameter building: only this building's households.
    init(_ survey: Survey, in estate: Estate, at moment: Moment, building: String? = nil) {
        households = estate.asked(by: survey, at: moment).filter { building == nil || $0.building == building }
            .map { ($0, survey.state(of: $0, in: estate.zone)) }
        counts = households.reduce(into: [:]) { $0[$1.state, default: 0] += 1 }
    }

    public var asked: Int { households.count }
    public subscript(state: HouseholdState) -> Int { counts[state] ?? 0 }
}

/// The results of a survey: each question's satisfaction.
struct SurveyResults {
    private let votes: [Survey.Answer]
    private let population: Int
    let asked: Int

    init(_ survey: Survey, in estate: Estate, at moment: Moment, building: String? = nil) {
        let tally = SurveyTally(survey, in: estate, at: moment, building: building)
        asked = tally.asked
        votes = tally.households.compactMap { survey.vote(of: $0.unit, in: estate.zone) }
        population = estate.population(of: survey, at: moment).count { building == nil || $0.building == building }
    }

    /// Of those who could judge the question; the households that did not answer stand behind them.
    func satisfaction(_ question: Int) -> SatisfiedShare {
        let scores = votes.compactMap { $0.scores.indices.contains(question) ? $0.scores[question] : nil }
        return SatisfiedShare(satisfied: scores.count { $0 >= 4 }, answered: scores.count, population: population)
    }
}
