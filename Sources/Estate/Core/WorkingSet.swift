import Journal

/// The entities that today's work needs: open cases, the last days, the months whose collection is watched.
///
/// A checkpoint keeps the facts about these and no others, so that a console starts at once however long its history
/// is; the rest is read in the background. Worked out from the full state, never from an earlier checkpoint.
struct WorkingSet {
    /// The ids that the features retain, of all kinds.
    let ids: Set<EntryID>
    /// Facts that were undone, which no checkpoint keeps.
    let undone: Undone
    let window: RetentionWindow
    let zone: Zone

    init(of estate: Estate, at moment: Moment) {
        let window = RetentionWindow(at: moment, in: estate.zone)
        ids = Estate.features.reduce(into: []) { $0.formUnion($1.retainedIDs(in: estate, window)) }
        (self.window, undone, zone) = (window, estate.undone, estate.zone)
    }
}

/// The time for which a checkpoint keeps facts even if their subjects are closed.
struct RetentionWindow {
    let today: Day
    /// 0:00 two days ago, so that the facts of the last night shift are included.
    let since: Moment

    init(at moment: Moment, in zone: Zone) {
        today = Day(moment, in: zone)
        since = today.adding(-2).start(in: zone)
    }
}

extension BidirectionalCollection {
    /// The elements near the end that match. Backdated entries lie among older ones, so the search ends only after
    /// 1,000 elements that do not.
    func latest(where matches: (Element) -> Bool) -> [Element] {
        var (matching, misses) = ([Element](), 0)
        for element in reversed() {
            if matches(element) {
                matching.append(element)
            } else {
                misses += 1
                if misses > 1000 { break }
            }
        }
        return matching
    }
}
