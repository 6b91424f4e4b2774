import Journal

/// A replay from a kept state on, with the facts that arrived late and without those that were undone.
///
/// `@unchecked Sendable`: its state shares only storage that is copied before a change, and its journal is handed over with
/// it.
struct Rewinding: @unchecked Sendable {
    private let start: HybridTime
    private let journal: Journal
    private var estate: Estate
    private var unknownFacts: Int
    private var timeline: Timeline
    /// The undone facts that the kept state does not know as such. Each must come after it, else it is in that state.
    private var unread: Set<EntryID>
    /// Whether a fact has come that belongs before the kept state's last.
    private var isTooLate = false

    /// - Parameters:
    ///   - journal: begins after the kept state.
    ///   - undone: what is known to be undone.
    init(to kept: KeptState, with timeline: Timeline, _ journal: Journal, undone: Undone, at now: Moment) {
        (start, self.journal) = (kept.time, journal)
        (estate, unknownFacts, self.timeline) = (kept.estate, kept.unknownFacts, timeline)
        unread = undone.entries.subtracting(estate.undone.entries)
        estate.undone = Undone(knowing: undone)
        estate.undoWindow.filter(at: now)
        self.timeline.drop(after: start)
    }

    /// The state at the journal's end; `nil` if the kept state has a fact that was undone, or lacks one.
    ///
    /// - Parameter more: delivers the lines that are not on the disk yet.
    mutating func replay(and more: ((Line) -> Void) -> Void = { _ in }) throws -> ReplayedState? {
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

/// A ``Rewinding`` on a thread of its own.
final class Reordering: Sendable {
    private let work: Background<ReplayedState>

    private struct Failed: Error {}

    init(_ rewinding: Rewinding) {
        work = Background { work in
            var rewinding = rewinding
            let result = Result {
                guard let replayed = try rewinding.replay() else { throw Failed() }
                return replayed
            }
            work.finish(result)
        }
    }

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
