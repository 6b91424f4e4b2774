import Journal

// How much of the history a store has: the facts of a checkpoint and all later ones, or all.

extension Store {
    /// Starts from the checkpoint without the undone facts; `false` when there is no valid checkpoint.
    func startAtCheckpoint(without undone: Undone = Undone()) throws -> Bool {
        guard let checkpoint = Checkpoint(of: folder, on: disk),
            let estate = checkpoint.estate(handbook, without: undone, now: now)
        else { return false }
        let journal = try Journal(at: folder, zone: estate.zone, clock: clock, disk: disk)
        guard journal.start(after: checkpoint.positions) else { return false }
        (self.journal, self.estate, zone) = (journal, estate, estate.zone)
        (hasFullHistory, covered) = (false, checkpoint.positions)
        unknownFacts = 0
        return true
    }

    // MARK: The whole history

    /// Reads the whole journal if the state does not come from all facts; waits for the background reading, if there is
    /// one. Throws ``JournalError``.
    public func readWhole() throws {
        if hasFullHistory { return }
        history?.wait()
        try takeHistory()
        if !hasFullHistory { try reopen() }
    }

    /// Starts reading the whole journal in the background, if the state lacks facts or a new checkpoint is due.
    public func readHistory() {
        keepState()
        guard !hasFullHistory || Checkpoint.isDue(journal.positions, since: nil) else { return }
        history = History(of: folder, handbook, zone, clock, disk, since: usableCheckpoint)
    }

    /// Starts reading the whole journal again in the background, after a repair.
    public func readAnew() {
        hasFullHistory = false
        readHistory()
    }

    /// Adopts the state that was read in the background, if it is complete.
    public func takeHistory() throws {
        guard let history, let replayed = history.take() else { return }
        self.history = nil
        if hasFullHistory { return }
        covered = usableCheckpoint
        (journal, estate, unknownFacts, hasFullHistory) = (
            replayed.journal, replayed.estate, replayed.unknownFacts, true
        )
        generation += 1
        keepState()
        try catchUp()
    }

    /// Writes a checkpoint for the next start, if one is due.
    public func leaveCheckpoint() {
        guard Checkpoint.isDue(journal.positions, since: usableCheckpoint) else { return }
        // A checkpoint only speeds up the next start, so a failure is ignored.
        guard (try? readWhole()) != nil else { return }
        let (set, reached) = (WorkingSet(of: estate, at: now), journal.positions)
        try? Checkpoint(of: folder, set, handbook, positions: reached, on: disk).save(in: folder, on: disk)
    }

    /// The positions of the checkpoint that the state began with; `nil` if a start from it lacks facts by now.
    private var usableCheckpoint: [Journal.Position]? { estate.partial?.isOutrun == true ? nil : covered }

    // MARK: Undone facts

    /// Keeps the present state, so that an undo of a fact from now on is cheap.
    private func keepState() {
        let positions = journal.positions
        kept =
            hasFullHistory && !isStale && !positions.isEmpty
            ? KeptState(estate: estate, positions: positions, unknownFacts: unknownFacts, day: present.today) : nil
    }

    /// Only facts of the same day can be undone, so each day has a kept state of its own.
    func renewKeptState() { if let kept, kept.day != present.today { keepState() } }

    /// The state without the undone facts, replayed from the kept state; `nil` if one of them is older than that.
    ///
    /// - Parameter more: delivers the lines that are not on the disk yet.
    private func rewound(and more: ((Line) -> Void) -> Void = { _ in }) throws -> ReplayedState? {
        guard hasFullHistory, let kept else { return nil }
        let journal = try Journal(at: folder, zone: zone, clock: clock, disk: disk)
        guard journal.start(after: kept.positions) else { return nil }
        var (estate, unknownFacts) = (kept.estate, kept.unknownFacts)
        var unread = self.estate.undone.entries.subtracting(estate.undone.entries)
        estate.undone = Undone(knowing: self.estate.undone)
        func take(_ line: Line) {
            unread.remove(line.id)
            if Estate.facts.apply(line, to: &estate) != .applied { unknownFacts += 1 }
        }
        try journal.catchUp(take)
        more(take)
        guard unread.isEmpty, !estate.undone.isLate else { return nil }
        return ReplayedState(journal: journal, estate: estate, unknownFacts: unknownFacts)
    }

    /// Replays the whole journal, skipping the facts that are known to be undone.
    func reopen(without undone: Undone = Undone()) throws {
        covered = usableCheckpoint
        let replayed = try ReplayedState(at: folder, handbook, zone, clock, disk, without: undone)
        (journal, estate, unknownFacts) = (replayed.journal, replayed.estate, replayed.unknownFacts)
        generation += 1
        (isStale, hasFullHistory) = (false, true)
        if kept != nil { keepState() }
    }

    /// Replays the state after a fact in it was undone: from the kept state or the checkpoint where that suffices, else
    /// from the whole journal.
    func replayWithoutUndone() throws {
        generation += 1
        if let replayed = try rewound() {
            (journal, estate, unknownFacts) = (replayed.journal, replayed.estate, replayed.unknownFacts)
            return
        }
        let undone = estate.undone
        let hadFullHistory = hasFullHistory
        if !hadFullHistory, try startAtCheckpoint(without: undone) {
            var unread = undone.entries
            try journal.catchUp { line in
                unread.remove(line.id)
                take(line)
            }
            // Undoing a fact that only the checkpoint covers may make facts necessary that it left out.
            if unread.isEmpty, !estate.undone.isLate { return }
            covered = nil
        }
        try reopen(without: estate.undone)
        if !hadFullHistory { leaveCheckpoint() }
    }

    /// The same within a write transaction, including its lines that are not on the disk yet.
    func replayWithoutUndone(in transaction: Journal.WriteTransaction) throws {
        let replayed =
            try rewound(and: transaction.replay)
            ?? ReplayedState(at: folder, handbook, zone, clock, disk, without: estate.undone, and: transaction.replay)
        (estate, unknownFacts) = (replayed.estate, replayed.unknownFacts)
        generation += 1
    }
}

/// A state of the whole history, kept while later facts are applied to the store's own.
struct KeptState {
    let estate: Estate
    /// The journal positions up to which it was read.
    let positions: [Journal.Position]
    let unknownFacts: Int
    let day: Day
}
