import Handbook
import Journal

/// The whole history, read behind a console that works on what a checkpoint gave it.
///
/// When it is done it leaves a new checkpoint, if the old one had fallen far behind.
public final class History: Sendable {
    private let reading: Background<ReplayedState>

    /// How many lines a checkpoint may fall behind before it is written anew.
    static let lag = 20_000

    init(
        of folder: String, _ handbook: Handbook, _ zone: Zone, _ clock: @escaping Clock, _ disk: any Disk,
        since positions: [Journal.Position]?
    ) {
        reading = Background { reading in
            do {
                let (set, reached) = try History.read(
                    folder, handbook, zone, clock, disk, since: positions, for: reading)
                // That it cannot be written is no loss.
                if let set {
                    try? Checkpoint(of: folder, set, handbook, positions: reached, on: disk).save(in: folder, on: disk)
                }
            } catch {
                reading.finish(.failure(error))
            }
        }
    }

    /// In a function of its own, so that no copy of the state is left that would make every later change copy it.
    private static func read(
        _ folder: String, _ handbook: Handbook, _ zone: Zone, _ clock: @escaping Clock, _ disk: any Disk,
        since positions: [Journal.Position]?, for reading: Background<ReplayedState>
    ) throws -> (set: WorkingSet?, reached: [Journal.Position]) {
        let whole = try ReplayedState(at: folder, handbook, zone, clock, disk)
        let reached = whole.journal.positions
        let set = Checkpoint.isDue(reached, since: positions) ? WorkingSet(of: whole.estate, at: clock()) : nil
        reading.finish(.success(whole))
        return (set, reached)
    }

    /// Readable once the history is there.
    public var file: Int32 { reading.file }

    /// The history once it is there, for the one who asks first.
    func take() -> ReplayedState? {
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
