import Journal

/// A replay from a kept state on, with the facts that arrived late and without those that were undone.
///
/// `@unchecked Sendable`: made by one thread, handed over once, never shared.
struct Rewinding: @unchecked Sendable {
    private let start: HybridTime
    private let journal: Journal
    private var estate: Estate
    private var unknownFacts: Int
    private var timeline: Timeline
    /// The undoing entries that the kept state lacks.
    private var unread: Set<EntryID>

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

    /// The state at the journal's end; `nil` if an undone fact is in the kept state.
    ///
    /// - Parameter more: delivers the lines that are not on the disk yet.
    mutating func replay(and more: ((Line) -> Void) -> Void = { _ in }) throws -> ReplayedState? {
        try journal.catchUp { take($0) }
        more { take($0) }
        guard unread.isEmpty, !estate.undone.isLate else { return nil }
        return ReplayedState(journal: journal, estate: estate, unknownFacts: unknownFacts, timeline: timeline)
    }

    private mutating func take(_ line: Line) {
        if line.time <= start { return }
        unread.remove(line.id)
        if Estate.facts.apply(line, to: &estate) != .applied { unknownFacts += 1 }
    }
}

/// A ``Rewinding`` on a thread of its own.
final class Reordering: Sendable {
    /// That of the store when it began: once the store has replayed its state, the result is of no use.
    let generation: Int
    private let work: Background<ReplayedState>

    private struct IsOutOfOrder: Error {}

    init(_ rewinding: Rewinding, _ generation: Int) {
        self.generation = generation
        work = Background { work in
            var rewinding = rewinding
            let result = Result {
                guard let replayed = try rewinding.replay() else { throw IsOutOfOrder() }
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
