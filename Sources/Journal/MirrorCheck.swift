import Glibc

/// Compares a log with its mirror.
struct MirrorCheck {
    let node: String
    let disk: any Disk
    let source: String
    let mirror: String
    private(set) var damages: [Damage] = []

    /// A segment in both copies.
    private struct Pair {
        var sizes: (ours: Int, theirs: Int) = (0, 0)
        /// Up to where they are known to be the same.
        var same = 0
        var isEqual = false
    }
    private var pairs: [String: Pair] = [:]

    init(node: String, source: String, mirror: String, disk: any Disk) {
        (self.node, self.source, self.mirror, self.disk) = (node, source, mirror, disk)
    }

    /// Compares byte by byte what both have, at full speed while others write, and then, with nobody writing, what has come
    /// since: only then must the mirror have all. `found` is what is wrong with the log itself.
    mutating func run(
        found: [Damage], locked: (() throws -> Void) throws -> Void, pausing goOn: (Int) -> Bool
    ) throws {
        var isStopped = false
        for name in try names() where !isStopped {
            try compare(name) {
                isStopped = !goOn($0)
                return !isStopped
            }
        }
        if isStopped { return }
        try locked { for name in try names() { try compare(name) } }
        let differing = pairs.filter { !$0.value.isEqual }
        if differing.isEmpty {
            damages = found.filter { $0.node == node && $0.kind != .head }.map(\.mirrored)
        } else {
            var reader = LogReader(node: node, folder: mirror, disk: disk, copy: .mirror)
            defer { reader.close() }
            try reader.advance { _ in }
            damages = reader.damages
            try describe(differing)
        }
    }

    private func names() throws -> [String] {
        Set(try disk.names(in: source)).union(try disk.names(in: mirror)).filter(LogReader.isSegment).sorted()
    }

    private mutating func compare(_ name: String, pausing goOn: (Int) -> Bool = { _ in true }) throws {
        var pair = pairs[name] ?? Pair()
        defer { pairs[name] = pair }
        let (ours, theirs) = (try disk.openIfThere("\(source)/\(name)"), try disk.openIfThere("\(mirror)/\(name)"))
        defer { for file in [ours, theirs].compactMap({ $0 }) { disk.close(file) } }
        pair.sizes = (try ours.map(disk.size) ?? 0, try theirs.map(disk.size) ?? 0)
        let common = min(pair.sizes.ours, pair.sizes.theirs)
        if let ours, let theirs, pair.same < common {
            let difference = try disk.firstDifference(of: ours, and: theirs, in: pair.same..<common) { goOn(2 * $0) }
            pair.same = difference ?? common
        }
        pair.isEqual = pair.same == pair.sizes.ours && pair.same == pair.sizes.theirs
    }

    /// Names the lines that one copy has and the other has not.
    private mutating func describe(_ differing: [String: Pair]) throws {
        let ours = try Survey(source, node: node, disk: disk, limits: differing.mapValues(\.sizes.ours))
        let theirs = try Survey(mirror, node: node, disk: disk, limits: differing.mapValues(\.sizes.theirs))
        let (ourHashes, theirHashes) = (ours.hashes, theirs.hashes)
        for (name, pair) in differing.sorted(by: { $0.key < $1.key }) {
            var isExplained = false
            func report(_ kind: Damage.Kind, _ copy: Damage.Copy, _ sequences: [Int], _ offset: Int) {
                guard let first = sequences.min(), let last = sequences.max() else { return }
                isExplained = true
                damages.append(
                    Damage(kind: kind, node: node, segment: name, offset: offset, sequences: first...last, copy: copy))
            }
            func sequences(_ survey: Survey, without others: [Int: Set<Digest>]) -> [Int] {
                survey.pieces.filter { $0.segment == name }.compactMap(\.proof?.sequence).filter { others[$0] == nil }
            }
            for piece in ours.pieces where piece.segment == name {
                guard let sequence = piece.proof?.sequence, let others = theirHashes[sequence] else { continue }
                if others != [piece.digest] { report(.conflict, .mirror, [sequence], piece.offset) }
            }
            report(.mirror, .mirror, sequences(ours, without: theirHashes), pair.same)
            report(.mirror, .primary, sequences(theirs, without: ourHashes), pair.same)
            // A torn tail that no writer has settled yet is reported as that, and the mirror need not have it.
            let isBehind = pair.same == pair.sizes.theirs
            if !isExplained, !isBehind {
                damages.append(
                    Damage(
                        kind: .mirror, node: node, segment: name, offset: pair.same, sequences: nil, copy: .mirror))
            }
        }
    }
}
