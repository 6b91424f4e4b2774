import Handbook
import Journal

/// The whole history, read behind a console that works on what a checkpoint gave it.
///
/// When it is done it leaves a new checkpoint, if the old one had fallen far behind.
public final class History: Sendable {
    /// The journal as far as it was read, and the state that follows from it.
    ///
    /// Unchecked, since it changes hands once: the reading thread gives it up as it puts it here, and who takes it takes it
    /// out.
    struct Whole: @unchecked Sendable {
        let journal: Journal
        let estate: Estate
        let unknownFacts: Int
    }

    private let reading: Background<Whole>

    /// How many lines a checkpoint may fall behind before it is written anew.
    static let lag = 20_000

    init(
        of folder: String, _ handbook: Handbook, _ zone: Zone, _ clock: @escaping Clock, _ disk: any Disk,
        since positions: [Journal.Position]?
    ) {
        reading = Background { reading in
            do {
                let journal = try Journal(at: folder, zone: zone, clock: clock, disk: disk)
                var estate = Estate(handbook: handbook)
                var unknown = 0
                try journal.catchUp { if Estate.facts.apply($0, to: &estate) != .applied { unknown += 1 } }
                let reached = journal.positions
                // Before it is handed over: a copy of the state kept here would make every later change copy it.
                let set = Checkpoint.isDue(reached, since: positions) ? WorkingSet(of: estate, at: clock()) : nil
                reading.finish(.success(Whole(journal: journal, estate: estate, unknownFacts: unknown)))
                // That it cannot be written is no loss.
                if let set {
                    try? Checkpoint(of: folder, set, handbook, positions: reached, on: disk).save(in: folder, on: disk)
                }
            } catch {
                reading.finish(.failure(error))
            }
        }
    }

    /// Readable once the history is there.
    public var file: Int32 { reading.file }

    /// The history once it is there, for the one who asks first.
    func take() -> Whole? {
        guard case .finished(.success(let whole)) = reading.news() else { return nil }
        return whole
    }

    /// Waits until it is there.
    func wait() { reading.wait() }
}

extension Checkpoint {
    /// Whether there is so much that the last checkpoint does not cover that a new one is worth writing.
    static func isDue(_ reached: [Journal.Position], since positions: [Journal.Position]?) -> Bool {
        let covered = positions?.reduce(0) { $0 + $1.sequence } ?? 0
        return reached.reduce(0) { $0 + $1.sequence } - covered > History.lag
    }
}
