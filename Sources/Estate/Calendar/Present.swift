import Journal

/// The reference of relative input such as 明天, 周五 and 14:30: a moment in the estate's zone.
///
/// Only typed input is read with it. Facts hold full dates and are read with the zone alone.
public struct Present: Hashable, Sendable {
    public let now: Moment
    public let zone: Zone

    public init(_ now: Moment, in zone: Zone) { (self.now, self.zone) = (now, zone) }

    /// The reference of a query as of a moment: 0:00 counts as 24:00 of the day before (Rules, Time).
    public init(asOf moment: Moment, in zone: Zone) {
        self.init(Moment(milliseconds: moment.milliseconds - 1), in: zone)
    }

    var today: Day { Day(now, in: zone) }
}
