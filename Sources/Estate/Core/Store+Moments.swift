import Journal

extension Store {
    /// The states as of several moments, as ``estate(asOf:)`` gives each: from one reading of the journal. Moments share a
    /// state until a fact holds by some of them only. What a state holds beside the estate's own, receipts of actions and
    /// the positions of nodes, may be that of an earlier line.
    ///
    /// Throws ``JournalError``.
    public func estates(asOf moments: [Moment]) throws -> [Estate] {
        let limits = moments.map { $0.limit(in: zone) }
        var undone = estate.undone
        while true {
            var replay = BranchedReplay(source.estate(without: undone), limits)
            try source.journal().catchUp { replay.take($0) }
            guard let late = replay.lateUndone else { return limits.compactMap { replay[$0] } }
            undone = late
        }
    }
}

extension Moment {
    /// The last moment that counts as of this one: 0:00 means 24:00 of the day before.
    func limit(in zone: Zone) -> Moment {
        Day(self, in: zone).start(in: zone) == self ? Moment(milliseconds: milliseconds - 1) : self
    }
}

/// The states as of several moments while the journal is read.
private struct BranchedReplay {
    /// A state, and the moments as of which it is the state so far, in order.
    private struct Branch {
        var estate: Estate
        var limits: [Moment]
    }

    /// In the order of their moments, never empty.
    private var branches: [Branch]

    init(_ estate: Estate, _ limits: [Moment]) { branches = [Branch(estate: estate, limits: Set(limits).sorted())] }

    subscript(limit: Moment) -> Estate? { branches.first { $0.limits.contains(limit) }?.estate }

    /// What is undone, if a fact may have been applied before that was known.
    var lateUndone: Undone? { branches.last.flatMap { $0.estate.undone.isLate ? $0.estate.undone : nil } }

    mutating func take(_ line: Line) {
        let last = branches.count - 1
        let since = Estate.facts.holdingTime(of: line, in: &branches[last].estate)
        split(at: since)
        for index in branches.indices where branches[index].limits[0] >= since {
            _ = Estate.facts.apply(line, to: &branches[index].estate, until: branches[index].limits[0])
        }
    }

    /// Divides the branch by some of whose moments a fact holds that holds since then.
    private mutating func split(at since: Moment) {
        guard
            let index = branches.firstIndex(where: { $0.limits[0] < since && since <= $0.limits[$0.limits.count - 1] })
        else { return }
        let earlier = branches[index].limits.prefix { $0 < since }
        branches.insert(Branch(estate: branches[index].estate, limits: Array(earlier)), at: index)
        branches[index + 1].limits.removeFirst(earlier.count)
    }
}
