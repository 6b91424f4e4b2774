import Glibc

/// The result of reading a whole journal and comparing it with its mirror.
public struct Verification: Sendable {
    /// Complete lines read.
    public let lines: Int
    public let bytes: Int
    public let damages: [Damage]
    public let setAsides: [SetAside]
    /// Lines of a newer format version; kept, not understood.
    public let newerLines: Int
    /// The entries of `journal/` that are no node's log and were not read.
    public let strangers: [String]
    /// The logs of other nodes that could not be read.
    public let nodeFailures: [(node: String, failure: DiskFailure)]
    /// The folder of the mirror; `nil` if none is kept.
    public let mirror: String?
    /// The failure to read the mirror.
    public let mirrorFailure: DiskFailure?
    /// Whether the folder is a copy of another, whose mirror was left alone.
    public let isCopy: Bool
    /// The seals that it was asked about, and whether each fits.
    public let seals: [(seal: HeadSeal, fits: Bool)]
    /// `false` if `progress` stopped it.
    public let isComplete: Bool

    /// Reads the logs of all nodes, checks each line's hash, the chain and HEAD, where there is one, and compares this
    /// node's log with its mirror. Others may write meanwhile: the lock is taken only for a torn tail and the mirror's end. A torn tail
    /// that is not on record yet is reported, although it is no loss.
    ///
    /// Opens a journal of its own, so it may run in any thread.
    ///
    /// - Parameter readOnly: Changes nothing, not even the file of the lock.
    /// - Parameter against: Lines that were seen before: written on paper, or read by an open console. Where one is no
    ///   longer there, the damage names the lines after the last that is, up to it.
    /// - Parameter progress: Gets the part that is done, from 0 to 1, and stops by returning `false`.
    /// - Throws: ``JournalError``; a failure to read the mirror is reported in ``mirrorFailure`` instead.
    public init(
        of folder: String, readOnly: Bool = false, against seals: [HeadSeal] = [], disk: any Disk = SystemDisk(),
        progress: (Double) -> Bool = { _ in true }
    ) throws {
        // A repair may have replaced segments during the read; then the findings are outdated.
        var attempt = try Attempt(folder, readOnly, seals, disk, progress)
        for _ in 0..<3 where attempt.journal.isOutdated && attempt.isComplete {
            attempt = try Attempt(folder, readOnly, seals, disk, progress)
        }
        lines = attempt.journal.lines
        bytes = attempt.journal.bytes
        damages = attempt.damages
        setAsides = attempt.journal.setAsides
        newerLines = attempt.journal.newerLines
        strangers = attempt.journal.strangers
        nodeFailures = attempt.journal.nodeFailures
        mirror = attempt.mirror
        mirrorFailure = attempt.mirrorFailure
        isCopy = attempt.journal.isCopy
        self.seals = attempt.isComplete ? seals.map { ($0, attempt.fitting.contains($0)) } : []
        isComplete = attempt.isComplete
    }

    /// One read of everything.
    private struct Attempt {
        let journal: Journal
        let mirror: String?
        var damages: [Damage]
        var mirrorFailure: DiskFailure?
        var isComplete = true
        /// The seals that fit.
        var fitting: Set<HeadSeal> = []

        init(
            _ folder: String, _ readOnly: Bool, _ seals: [HeadSeal], _ disk: any Disk, _ progress: (Double) -> Bool
        ) throws {
            journal = try Journal(at: folder, disk: disk, readOnly: readOnly)
            if !seals.isEmpty {
                for index in journal.readers.indices {
                    journal.readers[index].sealCheck = SealCheck(seals, of: journal.readers[index].node)
                }
            }
            do {
                mirror = journal.isCopy ? nil : try Journal.mirrorFolder(of: folder, disk: disk)
                // The comparison reads the mirror, and the log a second time.
                let (all, own) = (try journal.size(), try journal.size(of: journal.node))
                let total = max(1, all + (mirror == nil ? 0 : 2 * own))
                var (done, isStopped) = (0, !progress(0))
                func report(_ more: Int) -> Bool {
                    done += more
                    if !isStopped { isStopped = !progress(min(1, Double(done) / Double(total))) }
                    return !isStopped
                }
                damages = []
                let heads = journal.headFiles()
                if !isStopped { try journal.catchUp({ _ in }, progress: report) }
                let found = journal.damages + (isStopped ? [] : journal.damagesOfOthers(by: heads))
                damages = found + journal.recordedAlarms.filter { !found.contains($0) }
                if !isStopped { compare(with: seals) }
                if !isStopped { damages += try journal.tornTail() }
                if !isStopped, let mirror { try check(mirror, report) }
                if !isStopped, done < total { _ = progress(1) }
                isComplete = !isStopped
            } catch let failure as DiskFailure {
                throw JournalError.disk(failure)
            }
        }

        /// Adds the seals that do not fit, as damage: of each log the first.
        private mutating func compare(with seals: [HeadSeal]) {
            fitting = journal.readers.reduce(into: []) { $0.formUnion($1.sealCheck?.fitting ?? []) }
            let misfits = Set(seals).subtracting(fitting)
            for (node, ours) in Dictionary(grouping: misfits, by: { [journal] in $0.node ?? journal.node }).sorted(
                by: { $0.key < $1.key })
            {
                let reader = journal.readers.first { $0.node == node }
                let check = reader?.sealCheck ?? SealCheck(seals, of: node)
                let end = (reader?.last.sequence ?? 0, reader?.segment ?? "", reader?.offset ?? 0)
                // HEAD may have told of the same lines.
                if let damage = check.damage(of: Set(ours), node: node, end: end), !damages.contains(damage) {
                    damages.append(damage)
                }
            }
        }

        private mutating func check(_ mirror: String, _ progress: (Int) -> Bool) throws {
            let reader = journal.readers[journal.own]
            var check = MirrorComparison(
                node: journal.node, source: reader.folder, mirror: "\(mirror)/\(journal.node)", disk: journal.disk)
            do {
                try Journal.requireOwner(ofMirror: check.mirror, folder: journal.folder, disk: journal.disk)
                try check.run(found: damages, in: journal, progress: progress)
                damages += check.damages
                if reader.last.sequence > 0, try journal.disk.names(in: check.mirror).isEmpty {
                    mirrorFailure = DiskFailure(call: "opendir", path: check.mirror, number: ENOENT)
                }
            } catch let failure as DiskFailure {
                // The log was read to its end, so the failure is the mirror's.
                mirrorFailure = failure
                damages.append(
                    Damage(
                        kind: .mirror, node: journal.node, segment: reader.segment, offset: 0,
                        sequences: reader.last.sequence > 0 ? 1...reader.last.sequence : nil, copy: .mirror))
            }
        }
    }
}

extension Journal {
    /// The size of all segments in bytes, of all nodes or of one.
    fileprivate func size(of node: String? = nil) throws -> Int {
        var size = 0
        for reader in readers where node == nil || reader.node == node {
            // A log of another node that cannot be read has a failure of its own.
            let names =
                reader.node == self.node ? try disk.names(in: reader.folder) : (try? disk.names(in: reader.folder))
            for name in names ?? [] where LogReader.isSegment(name) {
                guard let file = try disk.openIfThere("\(reader.folder)/\(name)") else { continue }
                defer { disk.close(file) }
                size += try disk.size(of: file)
            }
        }
        return size
    }
}
