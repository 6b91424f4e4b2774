import Handbook
import Journal

/// The state that follows from everything that was recorded and not taken back, and the journal as far as it was read.
///
/// Unchecked, since it changes hands once: the thread that read it gives it up, and who takes it takes it out.
struct ReplayedState: @unchecked Sendable {
    let journal: Journal
    let estate: Estate
    /// Facts that this program cannot read.
    let unknownFacts: Int

    /// Reads a journal from front to back, and once more where it shows only later that something was taken back: what is
    /// known to be is passed over the first time.
    ///
    /// `more` delivers what is not on the disk yet.
    init(
        at folder: String, _ handbook: Handbook, _ zone: Zone, _ clock: @escaping Clock,
        _ disk: any Disk = SystemDisk(), without known: Undone = Undone(), until limit: Moment = .distantFuture,
        and more: ((Line) -> Void) -> Void = { _ in }
    ) throws {
        var undone = known
        while true {
            let journal = try Journal(at: folder, zone: zone, clock: clock, disk: disk)
            var (estate, unknown) = (Estate(handbook: handbook, without: undone, now: clock()), 0)
            func take(_ line: Line) {
                if Estate.facts.apply(line, to: &estate, until: limit) != .applied { unknown += 1 }
            }
            try journal.catchUp(take)
            more(take)
            guard estate.undone.isLate else {
                (self.journal, self.estate, unknownFacts) = (journal, estate, unknown)
                return
            }
            undone = estate.undone
        }
    }
}
