import Glibc

/// Compares a log with its mirror, for a verification, and names the lines that one of them lacks.
struct MirrorComparison {
    let node: String
    let disk: any Disk
    let source: String
    let mirror: String
    private(set) var damages: [Damage] = []

    /// A segment in both copies.
    private struct Pair {
        var sizes: (ours: Int, theirs: Int) = (0, 0)
        /// The copies are equal up to here.
        var equalEnd = 0
        var isEqual = false
        /// Whether the mirror is not only behind.
        var isBroken: Bool { equalEnd < sizes.theirs }
    }
    private var pairs: [String: Pair] = [:]

    /// The pauses of 100 ms without any progress after which a mirror that is behind counts as incomplete. On a busy
    /// machine a writer may stand still between its write to the log and that to the mirror.
    private static let patience = 10

    init(node: String, source: String, mirror: String, disk: any Disk) {
        (self.node, self.source, self.mirror, self.disk) = (node, source, mirror, disk)
    }

    /// Compares the bytes that both copies have while others write, and then the rest up to the log's end without a write
    /// in progress, which is looked up under the lock. The mirror follows outside the lock, so it is given a moment to
    /// reach that end. `found` is the damage of the log itself.
    mutating func run(found: [Damage], in journal: Journal, progress: (Int) -> Bool) throws {
        var isStopped = false
        for name in try names() where !isStopped {
            try compare(name, through: .max) {
                isStopped = !progress($0)
                return !isStopped
            }
        }
        if isStopped { return }
        var limits: [String: Int] = [:]
        try journal.whileLocked {
            for name in try disk.names(in: source) where LogReader.isSegment(name) {
                limits[name] = try size(of: "\(source)/\(name)")
            }
        }
        var (former, pauses) = (try pass(limits), 0)
        while pauses < Self.patience, !pairs.values.allSatisfy({ $0.isEqual || $0.isBroken }) {
            usleep(100_000)
            // Whoever copies makes progress meanwhile.
            let equal = try pass(limits)
            (former, pauses) = (equal, equal == former ? pauses + 1 : 0)
        }
        let differing = pairs.filter { !$0.value.isEqual }
        if differing.isEmpty {
            // Both copies have the same bytes, so the same damage but for that of HEAD.
            damages = found.filter { $0.node == node && ![.head, .noHead, .rewritten].contains($0.kind) }
            for index in damages.indices { damages[index].copy = .mirror }
        } else {
            var reader = LogReader(node: node, folder: mirror, disk: disk, copy: .mirror)
            defer { reader.close() }
            try reader.advance { _ in }
            damages = reader.damages
            try describe(differing)
        }
    }

    /// Compares all segments up to the log's ends; returns the bytes that are equal.
    private mutating func pass(_ limits: [String: Int]) throws -> Int {
        for name in try names() {
            // A segment that was begun since is left out.
            if limits[name] == nil, try disk.names(in: source).contains(name) {
                pairs[name] = nil
            } else {
                try compare(name, through: limits[name] ?? 0)
            }
        }
        return pairs.values.reduce(0) { $0 + $1.equalEnd }
    }

    private func size(of path: String) throws -> Int {
        guard let file = try disk.openIfThere(path) else { return 0 }
        defer { disk.close(file) }
        return try disk.size(of: file)
    }

    private func names() throws -> [String] {
        Set(try disk.names(in: source)).union(try disk.names(in: mirror)).filter(LogReader.isSegment).sorted()
    }

    private mutating func compare(
        _ name: String, through limit: Int, progress: (Int) -> Bool = { _ in true }
    ) throws {
        var pair = pairs[name] ?? Pair()
        defer { pairs[name] = pair }
        let ours = try disk.openIfThere("\(source)/\(name)")
        defer { if let ours { disk.close(ours) } }
        let theirs = try disk.openIfThere("\(mirror)/\(name)")
        defer { if let theirs { disk.close(theirs) } }
        // The mirror first: what it has is in the log before.
        let (copied, size) = (try theirs.map(disk.size) ?? 0, try ours.map(disk.size) ?? 0)
        pair.sizes = (min(size, limit), copied <= size ? min(copied, limit) : copied)
        let common = min(pair.sizes.ours, pair.sizes.theirs)
        if let ours, let theirs, pair.equalEnd < common {
            let range = pair.equalEnd..<common
            pair.equalEnd = try disk.firstDifference(of: ours, and: theirs, in: range) { progress(2 * $0) } ?? common
        }
        pair.isEqual = pair.equalEnd == pair.sizes.ours && pair.equalEnd == pair.sizes.theirs
    }

    /// Names the lines that only one copy has, and those that are intact but different.
    private mutating func describe(_ differing: [String: Pair]) throws {
        let ours = try LogScan(source, node: node, disk: disk, limits: differing.mapValues(\.sizes.ours))
        let theirs = try LogScan(mirror, node: node, disk: disk, limits: differing.mapValues(\.sizes.theirs))
        let (ourHashes, theirHashes) = (ours.hashes, theirs.hashes)
        for (name, pair) in differing.sorted(by: { $0.key < $1.key }) {
            var isExplained = false
            func report(_ kind: Damage.Kind, _ copy: Damage.Copy, _ sequences: [Int], _ offset: Int) {
                guard let first = sequences.min(), let last = sequences.max() else { return }
                isExplained = true
                damages.append(
                    Damage(kind: kind, node: node, segment: name, offset: offset, sequences: first...last, copy: copy))
            }
            func sequences(_ scan: LogScan, without others: [Int: Set<Digest>]) -> [Int] {
                scan.rawLines.filter { $0.segment == name }.compactMap(\.header?.sequence).filter { others[$0] == nil }
            }
            for line in ours.rawLines where line.segment == name {
                guard let sequence = line.header?.sequence, let others = theirHashes[sequence] else { continue }
                if others != [line.digest] { report(.conflict, .mirror, [sequence], line.offset) }
            }
            report(.mirror, .mirror, sequences(ours, without: theirHashes), pair.equalEnd)
            report(.mirror, .primary, sequences(theirs, without: ourHashes), pair.equalEnd)
            // A mirror that lacks only a torn tail is not damaged: the tail itself is reported.
            let isBehind = pair.equalEnd == pair.sizes.theirs
            if !isExplained, !isBehind {
                damages.append(
                    Damage(
                        kind: .mirror, node: node, segment: name, offset: pair.equalEnd, sequences: nil,
                        copy: .mirror))
            }
        }
    }
}
