import Journal

/// The ways to the state in order, with the facts that arrived late and without those that were undone, the shortest first:
/// from the latest kept state, from an earlier one, from the first line on.
///
/// `@unchecked Sendable`: its states share only storage that is copied before a change.
struct Replay: @unchecked Sendable {
    let source: ReplaySource
    /// The kept states before the first late fact, the latest first, each with the place in the journal where it ends.
    let starts: [(kept: KeptState, positions: [Journal.Position])]
    let timeline: Timeline
    /// What is known to be undone.
    let undone: Undone

    /// The state at the journal's end. Throws ``JournalError``.
    ///
    /// - Parameter more: delivers the lines that are not on the disk yet.
    func run(and more: ((Line) -> Void) -> Void = { _ in }) throws -> ReplayedState {
        for start in starts {
            let journal = try source.journal()
            guard journal.start(after: start.positions) else { continue }
            var rewinding = Rewinding(to: start.kept, with: timeline, journal, undone: undone, at: source.clock())
            if let replayed = try rewinding.replay(and: more) { return replayed }
        }
        return try ReplayedState(source, without: undone, and: more)
    }
}

/// A replay from one kept state on.
private struct Rewinding {
    private let start: HybridTime
    private let journal: Journal
    private var estate: Estate
    private var unknownFacts: Int
    private var timeline: Timeline
    /// The undone facts that the kept state does not know as such. Each must come after it, else it is in that state.
    private var unread: Set<EntryID>
    /// Whether a fact has come that belongs before the kept state's last.
    private var isTooLate = false

    /// - Parameter journal: begins after the kept state.
    init(to kept: KeptState, with timeline: Timeline, _ journal: Journal, undone: Undone, at now: Moment) {
        (start, self.journal) = (kept.time, journal)
        (estate, unknownFacts, self.timeline) = (kept.estate, kept.unknownFacts, timeline)
        unread = undone.entries.subtracting(estate.undone.entries)
        estate.undone = Undone(knowing: undone)
        estate.undoWindow.filter(at: now)
        self.timeline.drop(after: start)
    }

    /// `nil` if the kept state has a fact that was undone, or lacks one.
    mutating func replay(and more: ((Line) -> Void) -> Void) throws -> ReplayedState? {
        try journal.catchUp { take($0) }
        more { take($0) }
        if isTooLate || !unread.isEmpty || estate.undone.isLate { return nil }
        return ReplayedState(journal: journal, estate: estate, unknownFacts: unknownFacts, timeline: timeline)
    }

    private mutating func take(_ line: Line) {
        if line.time <= start {
            // A node's lines come in order, so the state has all of them up to the last.
            if line.sequence > estate.nodes[line.node]?.sequence ?? 0 { isTooLate = true }
            return
        }
        unread.remove(line.id)
        if Estate.facts.apply(line, to: &estate) != .applied { unknownFacts += 1 }
    }
}

/// A ``Replay`` on a thread of its own.
final class BackgroundReplay: Sendable {
    private let work: Background<ReplayedState>

    init(_ replay: Replay) { work = Background { work in work.finish(Result { try replay.run() }) } }

    /// The file descriptor to poll: readable once the state is complete.
    var file: Int32 { work.file }

    /// Blocks until the state is complete.
    func wait() { work.wait() }

    /// The state once it is complete, or why there is none; returned once.
    func take() -> Result<ReplayedState, any Error>? {
        guard case .finished(let result) = work.news() else { return nil }
        return result
    }
}
