import Journal

// How much of the history a store has: the facts of a checkpoint and all later ones, or all.

extension Store {
    /// Starts from the checkpoint without the undone facts; `false` when there is no valid checkpoint.
    func startAtCheckpoint(without undone: Undone = Undone()) throws -> Bool {
        guard let checkpoint = Checkpoint(of: folder, vouchedFor: self.journal, on: disk),
            let estate = checkpoint.estate(handbook, without: undone, now: now, ring)
        else { return false }
        let journal = try source.journal(in: estate.zone)
        guard journal.start(after: checkpoint.positions) else { return false }
        (self.journal, self.estate, zone) = (journal, estate, estate.zone)
        (hasFullHistory, covered) = (false, checkpoint.positions)
        (unknownFacts, late) = (0, nil)
        // A fact before this time that comes now would be out of order, also if the working set lacks those after it.
        self.estate.latest = max(estate.latest, journal.latest)
        self.estate.nodes.note(lastWritten: Moment(milliseconds: journal.latest.milliseconds), at: now)
        return true
    }

    // MARK: The whole history

    /// Reads the whole journal if the state does not come from all facts; waits for the background reading, if there is
    /// one. Throws ``JournalError``.
    public func readWhole() throws {
        if hasFullHistory { return }
        history?.wait()
        // If that failed, the reading below fails as well, or is better.
        try? takeHistory()
        if !hasFullHistory { try reopen() }
    }

    /// Starts reading the whole journal in the background, if the state lacks facts or a new checkpoint is due.
    public func readHistory() {
        (keepsTimeline, historyTrouble) = (true, nil)
        guard !hasFullHistory || Checkpoint.isDue(journal.positions, since: nil) else { return }
        history = History(of: source, since: usableCheckpoint)
    }

    /// Starts reading the whole journal again in the background, after a repair.
    public func readAnew() {
        hasFullHistory = false
        readHistory()
    }

    /// Adopts the state that was read in the background, if it is complete. Throws the error that ended the reading, once;
    /// ``historyTrouble`` keeps it.
    public func takeHistory() throws {
        guard let history else { return }
        let replayed: ReplayedState
        do {
            guard let taken = try history.take() else { return }
            replayed = taken
        } catch {
            (self.history, historyTrouble) = (nil, error)
            throw error
        }
        self.history = nil
        if hasFullHistory { return }
        covered = usableCheckpoint
        adopt(replayed)
        (hasFullHistory, timeline) = (true, replayed.timeline)
        try catchUp()
    }

    private func adopt(_ replayed: ReplayedState) {
        replaying = nil
        replayed.journal.adoptPoints(of: journal)
        (journal, estate, unknownFacts) = (replayed.journal, replayed.estate, replayed.unknownFacts)
        generation += 1
        late = nil
    }

    /// Has the next start read the whole journal, in which damage was found.
    public func removeCheckpoint() { Checkpoint.remove(from: folder, on: disk) }

    /// Writes a checkpoint for the next start, if one is due; removes it where the journal is damaged, so that every start
    /// sees the damage until it is repaired.
    public func leaveCheckpoint() {
        if isDamaged { return removeCheckpoint() }
        guard Checkpoint.isDue(journal.positions, since: usableCheckpoint) else { return }
        // A checkpoint only speeds up the next start, so a failure is ignored.
        guard (try? readWhole()) != nil else { return }
        let (set, reached) = (WorkingSet(of: estate, at: now), journal.positions)
        try? Checkpoint(of: folder, set, handbook, positions: reached, on: disk).save(in: folder, on: disk)
    }

    /// The positions of the checkpoint that the state began with; `nil` if a start from it lacks facts by now.
    private var usableCheckpoint: [Journal.Position]? { estate.partial?.isInsufficient == true ? nil : covered }

    // MARK: Undone and late facts

    /// Whether the state has a fact that was undone, or lacks one that arrived late.
    var isOutOfOrder: Bool { estate.undone.isLate || late != nil }

    /// Keeps the present state, if one is due, so that an undo or a late fact from now on is cheap.
    func keepState() {
        guard keepsTimeline, hasFullHistory, !isStale, !isOutOfOrder else { return }
        let isNewDay =
            timeline.states.last.map { Day(Moment(milliseconds: $0.time.milliseconds), in: zone) < present.today }
            ?? true
        guard timeline.isDue || isNewDay else { return }
        timeline.keep(estate, unknownFacts: unknownFacts, positions: journal.positions)
    }

    /// The ways to the state in order, from what is kept.
    private var replay: Replay {
        let kept = (hasFullHistory ? timeline.states.reversed() : []).filter { kept in
            late.map { kept.time < $0 } ?? true
        }
        return Replay(
            source: source, starts: kept.map { ($0, $0.positions ?? journal.positions(notAfter: $0.time)) },
            timeline: timeline, undone: estate.undone)
    }

    /// As ``replayInOrder()``; a store that stays open replays on another thread, so that no key waits for it. The state is out
    /// of order until then. What is recorded waits for it.
    func putInOrder() throws {
        // The whole journal, once it is read, is in order.
        if replaying != nil || history != nil && !hasFullHistory { return }
        guard keepsTimeline, hasFullHistory else { return try replayInOrder() }
        replaying = BackgroundReplay(replay)
    }

    /// Adopts the state that was put in order, if it is complete.
    func takeReplayed() throws {
        guard let result = replaying?.take() else { return }
        replaying = nil
        guard let replayed = try? result.get() else { return try replayInOrder() }
        timeline = replayed.timeline
        adopt(replayed)
    }

    /// Waits for the replay on another thread, if there is one, so that the lock, which is taken next, is free for others
    /// meanwhile.
    func awaitReplayed() throws {
        guard let replaying else { return }
        replaying.wait()
        try catchUp()
    }

    /// Replays the whole journal, skipping the facts that are known to be undone.
    func reopen(without undone: Undone = Undone()) throws {
        covered = usableCheckpoint
        let replayed = try ReplayedState(source, without: undone)
        adopt(replayed)
        (isStale, hasFullHistory, timeline) = (false, true, replayed.timeline)
    }

    /// Replays the state after a fact in it was undone or others arrived late: from a kept state or the checkpoint where
    /// that suffices, else from the whole journal.
    func replayInOrder() throws {
        if hasFullHistory {
            let replayed = try replay.run()
            timeline = replayed.timeline
            return adopt(replayed)
        }
        generation += 1
        let undone = estate.undone
        if try startAtCheckpoint(without: undone) {
            var unread = undone.entries
            try journal.catchUp { line in
                unread.remove(line.id)
                take(line)
            }
            // Undoing a fact that only the checkpoint covers may make facts necessary that it left out, and a late fact
            // may belong before facts that it covers.
            if unread.isEmpty, !isOutOfOrder { return }
            covered = nil
        }
        try reopen(without: estate.undone)
        leaveCheckpoint()
    }

    /// The same within a write transaction, including its lines that are not on the disk yet.
    func replayInOrder(in transaction: Journal.WriteTransaction) throws {
        let replayed = try replay.run(and: transaction.replay)
        (estate, unknownFacts, timeline) = (replayed.estate, replayed.unknownFacts, replayed.timeline)
        (late, replaying) = (nil, nil)
        generation += 1
    }
}
