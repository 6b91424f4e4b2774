import Journal

/// The households of a survey by where they stand, at a moment.
public struct SurveyTally: Sendable {
    /// The households that were to be asked, in the estate's order, with their states.
    public let households: [(unit: UnitCode, state: HouseholdState)]
    /// The households that the result stands for.
    public let population: Int
    fileprivate let standsFor: Set<UnitCode>
    private let counts: [HouseholdState: Int]

    /// - Parameter building: only this building's households.
    init(_ survey: Survey, in estate: Estate, at moment: Moment, building: String? = nil) {
        let population = estate.population(of: survey, at: moment)
        standsFor = Set(population)
        self.population = population.count { building == nil || $0.building == building }
        households = estate.asked(by: survey, of: population).filter { building == nil || $0.building == building }
            .map { ($0, survey.state(of: $0, in: estate.zone)) }
        counts = households.reduce(into: [:]) { $0[$1.state, default: 0] += 1 }
    }

    public var asked: Int { households.count }
    public subscript(state: HouseholdState) -> Int { counts[state] ?? 0 }
}

/// The results of a survey: each question's satisfaction.
struct SurveyResults {
    private let votes: [Survey.Answer]
    private let tally: SurveyTally
    var asked: Int { tally.asked }

    init(_ survey: Survey, in estate: Estate, at moment: Moment, building: String? = nil) {
        let tally = SurveyTally(survey, in: estate, at: moment, building: building)
        // Where nobody lives any more there is no vote: never more than the result stands for.
        let households = tally.households.filter { tally.standsFor.contains($0.unit) }
        (self.tally, votes) = (tally, households.compactMap { survey.vote(of: $0.unit, in: estate.zone) })
    }

    /// Of those who could judge the question; the households that did not answer stand behind them.
    func satisfaction(_ question: Int) -> SatisfiedShare {
        let scores = votes.compactMap { $0.scores.indices.contains(question) ? $0.scores[question] : nil }
        return SatisfiedShare(satisfied: scores.count { $0 >= 4 }, answered: scores.count, population: tally.population)
    }
}
