import Estate
import Journal

/// A fictitious estate with a year of history, for trying out and presenting the console.
public struct Demo {
    /// The estate's name, as it is said on the telephone.
    public static let name = "翠湖花园"

    /// Founds an estate in an empty folder and simulates its history up to `now`.
    ///
    /// All data is fictitious. The same seed and moment give the same journal, but for ciphertexts and hashes. No fact
    /// lies after `now`; work that is under way at `now` stays open.
    ///
    /// - Parameter months: about so many has the history; figures have a trend of twelve.
    /// - Throws: ``Refusal`` when an action is refused, ``JournalError`` when the folder cannot be written.
    public static func fill(
        at folder: String, seed: UInt64, now: Moment, zone: Zone = .shanghai, months: Int = 12
    ) throws {
        let timeline = Timeline(now: now, zone: zone, months: months)
        try Simulation(at: folder, name: name, seed: seed, timeline: timeline).run()
    }
}
