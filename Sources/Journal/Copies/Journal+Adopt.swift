/// What ``Journal/adopt(_:mirror:disk:)`` found.
public struct Adoption: Equatable, Sendable {
    /// The mirror's path; `nil` if the folder has none.
    public var mirror: String?
    /// The node whose log the folder writes.
    public var node: String
    /// By node, the numbers of the lines that only the mirror had.
    public var missing: [String: ClosedRange<Int>] = [:]
    /// Changes to this node's log, which got its missing lines back before anything else is recorded in it.
    public var repairs: [Repair] = []
}

extension Journal {
    /// Makes a data folder that was moved to another disk, or restored, the one that it was: it keeps its node, and its
    /// mirror is its own again.
    ///
    /// For each node the mirror's lines have to be a beginning of the folder's or the reverse. Where this node's log is
    /// the shorter one, it gets the rest from the mirror.
    ///
    /// - Parameter mirror: The mirror; `nil` for the one that the folder has.
    /// - Throws: ``JournalError``; ``MirrorError/stands(original:)`` if the folder that it was copied from, or that the
    ///   mirror belongs to, still stands; ``MirrorError/foreign(mirror:)`` if the logs contradict each other.
    public static func adopt(
        _ folder: String, mirror: String? = nil, disk: any Disk = SystemDisk()
    ) throws -> Adoption {
        try locked(folder, disk: disk) { node in
            let former = try Instance(in: folder, disk: disk)
            var own = try Instance(forFolder: folder, disk: disk)
            if let former {
                if try former.isOf(folder, disk: disk) {
                    own = try former.renewed(for: folder, disk: disk)
                } else if try former.stands(disk: disk) {
                    throw MirrorError.stands(original: former.path)
                }
            }
            var adoption = Adoption(mirror: nil, node: node)
            guard let mirror = try mirror ?? mirrorFolder(of: folder, disk: disk) else {
                try own.save(in: folder, disk: disk)
                return adoption
            }
            var made = NewFolders(sharedBy: try disk.sharedGroup(of: folder), disk: disk)
            let path = try makeMirror(mirror, of: folder, making: &made, disk: disk)
            // J7, J11
            try settle(folder, node: node, disk: disk)
            for log in try disk.names(in: "\(folder)/journal") {
                let copy = "\(path)/\(log)"
                if let owner = try Instance(in: copy, disk: disk), ![own.id, former?.id].contains(owner.id),
                    try owner.stands(disk: disk), try mirrorFolder(of: owner.path, disk: disk) == path
                {
                    throw MirrorError.stands(original: owner.path)
                }
                if let missing = try linesMissing(in: "\(folder)/journal/\(log)", from: copy, node: log, disk: disk) {
                    adoption.missing[log] = missing
                }
            }
            adoption.mirror = path
            try disk.remove("\(folder)/\(Backup.manifest)")
            try own.save(in: folder, disk: disk)
            try keep(
                path, of: folder, node: node, own, follows: adoption.missing[node] == nil, making: &made, disk: disk)
            if adoption.missing[node] != nil {
                var run = try RepairRun(folder: folder, node: node, holdsLock: true, disk: disk)
                defer { run.close() }
                adoption.repairs = try run.run()
            }
            return adoption
        }
    }

    /// The numbers of the lines that a log lacks and its copy has, all after its own; `nil` if there are none. Throws
    /// ``MirrorError/foreign(mirror:)`` if an intact line of one contradicts the other.
    private static func linesMissing(
        in log: String, from copy: String, node: String, disk: any Disk
    ) throws -> ClosedRange<Int>? {
        let theirs = try LogScan(copy, node: node, disk: disk).hashes
        if theirs.isEmpty { return nil }
        let ours = try LogScan(log, node: node, disk: disk).hashes
        for (sequence, others) in theirs where !others.isSubset(of: ours[sequence] ?? others) {
            throw MirrorError.foreign(mirror: copy)
        }
        let missing = theirs.keys.filter { ours[$0] == nil }
        return missing.min().flatMap { first in missing.max().map { first...$0 } }
    }
}
