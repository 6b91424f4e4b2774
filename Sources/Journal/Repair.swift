/// What a repair did, or could not decide.
public struct Repair: Equatable, Sendable {
    public enum Outcome: String, Sendable, CaseIterable {
        /// Lines that were damaged, missing or out of place are as they were written.
        case mended
        /// Different lines, each intact, claim these numbers; both were left as they are.
        case conflict
    }

    public let node: String
    /// The segment's file name.
    public let segment: String
    /// The lines concerned; `nil` when only bytes that were no lines were taken out.
    public let sequences: ClosedRange<Int>?
    /// The copy that was mended.
    public let copy: Damage.Copy
    public let outcome: Outcome

    public init(
        node: String, segment: String, sequences: ClosedRange<Int>?, copy: Damage.Copy, outcome: Outcome = .mended
    ) {
        self.node = node
        self.segment = segment
        self.sequences = sequences
        self.copy = copy
        self.outcome = outcome
    }
}

extension Journal {
    /// Mends this machine's log and its mirror from one another, and tells what it did. What can be proved is restored
    /// byte for byte; what is damaged in both copies, or contradicts itself, stays as it is and keeps being reported.
    ///
    /// A segment that is changed is kept beside it as `2026-11.jsonl.damaged-1`, and so on. All processes wait meanwhile;
    /// those that had read what was changed find their journal outdated, see ``isOutdated``. Whatever stops a repair, the
    /// next one finishes it.
    public static func repair(folder: String, disk: any Disk = SystemDisk()) throws -> [Repair] {
        try locked(folder, disk: disk) { node in
            var work = try RepairWork(folder: folder, node: node, disk: disk)
            defer { work.close() }
            return try work.run()
        }
    }
}
