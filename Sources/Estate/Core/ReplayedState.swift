import Handbook
import Journal

/// What a state is replayed from: a data folder, and what its lines are read with.
struct ReplaySource: Sendable {
    let folder: String
    let handbook: Handbook
    let zone: Zone
    let clock: Clock
    let disk: any Disk
    let ring: KeyRing
    /// Whether the folder is left as it is.
    let isReadOnly: Bool

    /// The journal, of which nothing is read yet. Throws ``JournalError``.
    func journal(in zone: Zone? = nil) throws -> Journal {
        try Journal(at: folder, zone: zone ?? self.zone, clock: clock, disk: disk, readOnly: isReadOnly)
    }

    /// The estate before its first fact.
    func estate(without undone: Undone) -> Estate {
        Estate(handbook: handbook, without: undone, now: clock(), ring)
    }
}

/// The state after all facts that were not undone, and the journal at the end of the reading.
///
/// `@unchecked Sendable`: built by one thread, handed over once, never shared.
struct ReplayedState: @unchecked Sendable {
    let journal: Journal
    let estate: Estate
    /// The number of facts that this program cannot read.
    let unknownFacts: Int
    /// States kept on the way.
    let timeline: Timeline

    init(journal: Journal, estate: Estate, unknownFacts: Int, timeline: Timeline) {
        (self.journal, self.estate, self.unknownFacts, self.timeline) = (journal, estate, unknownFacts, timeline)
    }

    /// Replays a journal in the order of all nodes' facts. If it meets an undo of a fact that it has applied, it replays once more without that fact.
    ///
    /// - Parameters:
    ///   - known: the facts that are known to be undone; they are skipped at once.
    ///   - limit: the moment by which facts must hold to be applied.
    ///   - more: delivers the lines that are not on the disk yet.
    /// - Throws: ``JournalError``.
    init(
        _ source: ReplaySource, without known: Undone = Undone(), until limit: Moment = .distantFuture,
        and more: ((Line) -> Void) -> Void = { _ in }
    ) throws {
        var undone = known
        while true {
            let journal = try source.journal()
            var (estate, unknown) = (source.estate(without: undone), 0)
            let end = min(source.clock(), limit)
            var (timeline, midnights) = (Timeline(), Timeline.midnights(before: end, in: source.zone))
            func take(_ line: Line) {
                while let midnight = midnights.first, line.time.milliseconds >= midnight.milliseconds {
                    if midnights.removeFirst() <= limit { timeline.keep(estate, unknownFacts: unknown) }
                }
                if Estate.facts.apply(line, to: &estate, until: limit) != .applied { unknown += 1 }
            }
            try journal.catchUp(take)
            more(take)
            guard estate.undone.isLate else {
                (self.journal, self.estate, unknownFacts) = (journal, estate, unknown)
                self.timeline = timeline
                return
            }
            undone = estate.undone
        }
    }
}
