import Journal

// Whether a deadline is over (Rules, Time): it ends at 24:00 of its day, or at its minute. As of that very moment it is
// over: the figures of a month as of its end count what was due on its last day.

extension Moment {
    /// Whether this deadline is over as of a moment.
    public func isOver(asOf moment: Moment) -> Bool { self <= moment }
}

extension Day {
    /// Whether a deadline of this day is over as of a moment.
    public func isOver(asOf moment: Moment, in zone: Zone) -> Bool { end(in: zone).isOver(asOf: moment) }

    /// Whether what was done at a moment was done by this day: at 0:00 sharp the next one has begun.
    public func isMet(at moment: Moment, in zone: Zone) -> Bool { moment < end(in: zone) }
}
