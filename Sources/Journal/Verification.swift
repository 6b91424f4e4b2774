import Glibc

/// What reading a whole journal anew found.
public struct Verification: Sendable {
    public let lines: Int
    public let bytes: Int
    public let damages: [Damage]
    public let setAsides: [SetAside]
    /// Lines of a newer program, kept and passed over.
    public let newerLines: Int
    /// The folder of the mirror, if one is kept.
    public let mirror: String?
    /// What kept the mirror from being read.
    public let mirrorTrouble: DiskFailure?
    /// Whether all was read; `false` when it was stopped before.
    public let isComplete: Bool

    /// Reads every line of every node and checks its hash, its place and the head; and compares this machine's log with its
    /// mirror, if one is kept. Safe while others write: for a torn tail and for the mirror's end it makes sure that nobody
    /// does. A torn tail is told here although it is no loss, and settled by the next writer.
    ///
    /// It opens a journal of its own, so it may run in any thread. `progress` is told the part that is done, from 0 to 1,
    /// and stops it with `false`.
    public init(
        of folder: String, disk: any Disk = SystemDisk(), progress: (Double) -> Bool = { _ in true }
    ) throws {
        // A repair may replace what is being read: then what was found is about what is no more.
        var attempt = try Attempt(folder, disk, progress)
        for _ in 0..<3 where attempt.journal.isOutdated && attempt.isComplete {
            attempt = try Attempt(folder, disk, progress)
        }
        lines = attempt.journal.lines
        bytes = attempt.journal.bytes
        damages = attempt.damages
        setAsides = attempt.journal.setAsides
        newerLines = attempt.journal.newerLines
        mirror = attempt.mirror
        mirrorTrouble = attempt.mirrorTrouble
        isComplete = attempt.isComplete
    }

    /// One reading.
    private struct Attempt {
        let journal: Journal
        let mirror: String?
        var damages: [Damage]
        var mirrorTrouble: DiskFailure?
        var isComplete = true

        init(_ folder: String, _ disk: any Disk, _ progress: (Double) -> Bool) throws {
            journal = try Journal(at: folder, disk: disk)
            do {
                mirror = try Journal.mirrorFolder(of: folder, disk: disk)
                // The mirror is read once, and the log once more to compare them.
                let (all, own) = (try journal.size(), try journal.size(of: journal.node))
                let total = max(1, all + (mirror == nil ? 0 : 2 * own))
                var (done, isStopped) = (0, !progress(0))
                func goOn(_ more: Int) -> Bool {
                    done += more
                    if !isStopped { isStopped = !progress(min(1, Double(done) / Double(total))) }
                    return !isStopped
                }
                damages = []
                if !isStopped { try journal.catchUp({ _ in }, pausing: goOn) }
                damages = journal.damages
                if !isStopped { damages += try journal.tornTail() }
                if !isStopped, let mirror { try check(mirror, goOn) }
                if !isStopped, done < total { _ = progress(1) }
                isComplete = !isStopped
            } catch let failure as DiskFailure {
                throw JournalError.disk(failure)
            }
        }

        private mutating func check(_ mirror: String, _ goOn: (Int) -> Bool) throws {
            let reader = journal.readers[journal.own]
            var check = MirrorCheck(
                node: journal.node, source: reader.folder, mirror: "\(mirror)/\(journal.node)", disk: journal.disk)
            do {
                try check.run(
                    found: damages,
                    locked: { body in
                        try journal.disk.lock(journal.lockFile)
                        defer { journal.disk.unlock(journal.lockFile) }
                        try body()
                    }, pausing: goOn)
                damages += check.damages
                if reader.last.sequence > 0, try journal.disk.names(in: check.mirror).isEmpty {
                    mirrorTrouble = DiskFailure(call: "opendir", path: check.mirror, number: ENOENT)
                }
            } catch let failure as DiskFailure {
                // The log itself was read to its end: this is the other disk's.
                mirrorTrouble = failure
                damages.append(
                    Damage(
                        kind: .mirror, node: journal.node, segment: reader.segment, offset: 0,
                        sequences: reader.last.sequence > 0 ? 1...reader.last.sequence : nil, copy: .mirror))
            }
        }
    }
}

extension Journal {
    /// How many bytes of lines there are, of all nodes or of one.
    fileprivate func size(of node: String? = nil) throws -> Int {
        var size = 0
        for reader in readers where node == nil || reader.node == node {
            for name in try disk.names(in: reader.folder) where LogReader.isSegment(name) {
                guard let file = try disk.openIfThere("\(reader.folder)/\(name)") else { continue }
                defer { disk.close(file) }
                size += try disk.size(of: file)
            }
        }
        return size
    }
}
