import Handbook
import Journal

/// Reads the whole journal in the background, for a console that started from a checkpoint. Writes a new checkpoint if
/// one is due.
public final class History: Sendable {
    private let reading: Background<ReplayedState>

    /// The number of lines by which a checkpoint may lag behind the journal before a new one is due.
    static let lag = 20_000

    init(of source: ReplaySource, since positions: [Journal.Position]?) {
        reading = Background { reading in
            do {
                let (set, reached) = try History.read(source, since: positions, for: reading)
                // A checkpoint only speeds up the next start, so a failed write is ignored.
                if let set {
                    try? Checkpoint(of: source.folder, set, source.handbook, positions: reached, on: source.disk)
                        .save(in: source.folder, on: source.disk)
                }
            } catch {
                reading.finish(.failure(error))
            }
        }
    }

    /// A separate function: its reference to the state ends on return, so that the next change does not copy the state.
    private static func read(
        _ source: ReplaySource, since positions: [Journal.Position]?, for reading: Background<ReplayedState>
    ) throws -> (set: WorkingSet?, reached: [Journal.Position]) {
        let replayed = try ReplayedState(source)
        let reached = replayed.journal.positions
        let set =
            Checkpoint.isDue(reached, since: positions) ? WorkingSet(of: replayed.estate, at: source.clock()) : nil
        reading.finish(.success(replayed))
        return (set, reached)
    }

    /// The file descriptor to poll: readable once the state is complete.
    public var file: Int32 { reading.file }

    /// The state once it is complete, or the error that ended the reading; returned or thrown once.
    func take() throws -> ReplayedState? {
        guard case .finished(let result) = reading.news() else { return nil }
        return try result.get()
    }

    /// Blocks until the reading has finished.
    func wait() { reading.wait() }
}

extension Checkpoint {
    /// Whether more than ``History/lag`` lines were written since the last checkpoint.
    static func isDue(_ reached: [Journal.Position], since positions: [Journal.Position]?) -> Bool {
        let covered = positions?.reduce(0) { $0 + $1.sequence } ?? 0
        return reached.reduce(0) { $0 + $1.sequence } - covered > History.lag
    }
}
