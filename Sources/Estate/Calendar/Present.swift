import Journal

/// The reference of relative input such as 明天, 周五 and 14:30: a moment in the estate's zone.
///
/// Only typed input is read with it. Facts and files hold full dates and are read with the zone alone.
public struct Present: Hashable, Sendable {
    public let now: Moment
    public let zone: Zone
    /// How many days ahead a date without a year may be: the latest one within them is meant. `nil`: the nearest is.
    private(set) var daysAhead: Int?

    public init(_ now: Moment, in zone: Zone) { (self.now, self.zone) = (now, zone) }

    /// The reference of a query as of a moment: 0:00 counts as 24:00 of the day before (Rules, Time).
    public init(asOf moment: Moment, in zone: Zone) {
        self.init(Moment(milliseconds: moment.milliseconds - 1), in: zone)
    }

    var today: Day { Day(now, in: zone) }

    /// The same for dates of what has happened: 3月1日 is the last one, not the next.
    public var ofPast: Present { ofPast(ahead: 0) }

    /// The same for dates of the past or of the next days.
    func ofPast(ahead days: Int) -> Present {
        var present = self
        present.daysAhead = days
        return present
    }
}
