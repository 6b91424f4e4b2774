import Journal

extension Estate {
    /// The week that was planned last, moved on by a week: the plans that nothing stands against. `nil`: there are none.
    ///
    /// A shift keeps its times of day. Members who have left are left out.
    public func nextRosterWeek(at moment: Moment) -> (week: Week, plans: [SetRoster])? {
        guard let last = rosters.standing.map(\.from).max() else { return nil }
        let source = Week(Day(last, in: zone))
        let plans = rosters.standing.filter { Week(Day($0.from, in: zone)) == source }
            .sorted { ($0.from, $0.post) < ($1.from, $1.post) }
            .compactMap { former -> SetRoster? in
                let (from, to) = (weekLater(former.from), weekLater(former.to))
                let isTaken = rosters.overlapping(from, to).contains {
                    $0.post == former.post || $0.staff == former.staff
                }
                guard !isTaken, from > moment, staff.members[former.staff]?.isPresent ?? false else { return nil }
                return SetRoster(staff: former.staff, post: former.post, from: from, to: to)
            }
        return plans.isEmpty ? nil : (Week(source.sunday.adding(1)), plans)
    }

    private func weekLater(_ moment: Moment) -> Moment {
        let day = Day(moment, in: zone)
        return day.adding(7).start(in: zone).adding(seconds: moment.seconds(since: day.start(in: zone)))
    }
}
