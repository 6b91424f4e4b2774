/// A change that a repair made, or a conflict that it left.
public struct Repair: Equatable, Sendable {
    /// The raw values are part of `frontdesk verify --repair --json`.
    public enum Outcome: String, Sendable, CaseIterable {
        /// Damaged, missing or misplaced lines are again as they were written.
        case repaired = "mended"
        /// Different intact lines have these numbers; both copies were left as they are.
        case conflict
    }

    public let node: String
    /// The segment's file name.
    public let segment: String
    /// The lines affected; `nil` if only bytes that are no lines were removed.
    public let sequences: ClosedRange<Int>?
    /// The copy that was changed.
    public let copy: Damage.Copy
    public internal(set) var outcome = Outcome.repaired
}

extension Journal {
    /// Repairs this node's log and its mirror from each other. Lines that hashes prove are restored byte for byte;
    /// lines that are damaged in both copies, or in conflict, are left and stay reported. A mirror that belongs to
    /// another folder is left alone.
    ///
    /// A changed segment is kept as `2026-11.jsonl.damaged-1`, and so on. Other processes write while both copies are
    /// read, and wait only while segments are replaced; those that had read one find ``isOutdated`` set. After a crash,
    /// the next repair completes the work.
    ///
    /// - Throws: ``JournalError``.
    public static func repair(folder: String, disk: any Disk = SystemDisk()) throws -> [Repair] {
        try JournalError.wrap {
            guard let node = try nodeName(in: folder, disk: disk) else { throw JournalError.missing(folder: folder) }
            var run = try RepairRun(folder: folder, node: node, disk: disk)
            defer { run.close() }
            return try run.run()
        }
    }
}
