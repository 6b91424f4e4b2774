import Journal

/// What 明天, 周五 and 14:30 are counted from: a moment, as clocks in the estate's zone show it.
///
/// Only what somebody types is read by it. Facts are read by the zone alone and hold whole dates.
public struct Present: Hashable, Sendable {
    public let now: Moment
    public let zone: Zone

    public init(_ now: Moment, in zone: Zone) { (self.now, self.zone) = (now, zone) }

    /// The present of a question as of a moment: 24:00 is still the day that ends (Rules, Time).
    public init(asOf moment: Moment, in zone: Zone) {
        self.init(Moment(milliseconds: moment.milliseconds - 1), in: zone)
    }

    var today: Day { Day(now, in: zone) }
}
