/// Checks the sequence numbers and chain hashes of a log, line by line: which lines are missing, doubled or out of
/// order.
///
/// A number above the next expected opens a gap; a lower one closes a gap (the line is swapped) or is a duplicate.
struct ChainVerifier {
    let node: String
    private let copy: Damage.Copy
    /// Number and hash of the highest line so far.
    private(set) var last: (sequence: Int, hash: Digest) = (0, .zero)
    private var found: [Damage] = []
    /// Gaps, each at the line that revealed it.
    private var gaps: [Damage] = []

    init(node: String, copy: Damage.Copy) { (self.node, self.copy) = (node, copy) }

    /// Continues after a line that an earlier run checked.
    mutating func start(after sequence: Int, _ hash: Digest) { last = (sequence, hash) }

    /// Damage found so far, in log order.
    var damages: [Damage] { (found + gaps).sorted { ($0.segment, $0.offset) < ($1.segment, $1.offset) } }

    var isIntact: Bool { found.isEmpty && gaps.isEmpty }

    private func damage(
        _ kind: Damage.Kind, _ segment: String, _ offset: Int, _ sequences: ClosedRange<Int>?
    ) -> Damage {
        Damage(kind: kind, node: node, segment: segment, offset: offset, sequences: sequences, copy: copy)
    }

    /// The most damages that are kept, far more than anybody reads: a segment of anything has one in every few bytes.
    static let most = 100_000

    mutating func report(_ kind: Damage.Kind, segment: String, offset: Int, sequences: ClosedRange<Int>? = nil) {
        // The last one stays, however many there are before it.
        if found.count >= ChainVerifier.most { found.removeLast() }
        found.append(damage(kind, segment, offset, sequences))
    }

    /// Removes the damage that a torn tail's record covers. Of the gaps in it, only numbers from `first` on, the first
    /// of the torn action, are explained; `nil` explains none.
    mutating func resolve(_ setAside: SetAside, from first: Int?) {
        found.removeAll { [.hash, .torn].contains($0.kind) && setAside.covers(segment: $0.segment, offset: $0.offset) }
        guard let first else { return }
        gaps = gaps.compactMap { gap in
            guard let missing = gap.sequences, missing.upperBound >= first,
                setAside.covers(segment: gap.segment, offset: gap.offset)
            else { return gap }
            if missing.lowerBound >= first { return nil }
            return damage(.gap, gap.segment, gap.offset, missing.lowerBound...first - 1)
        }
    }

    /// Adds the next line of the log; `false` if its number came before.
    mutating func add(_ line: Line, segment: String, offset: Int) -> Bool {
        let sequence = line.sequence
        if sequence <= last.sequence {
            guard let gap = gaps.firstIndex(where: { $0.sequences?.contains(sequence) ?? false }) else {
                report(.duplicate, segment: segment, offset: offset, sequences: sequence...sequence)
                return false
            }
            split(gaps.remove(at: gap), at: sequence)
            report(.swapped, segment: segment, offset: offset, sequences: sequence...sequence)
            return true
        }
        if sequence > last.sequence + 1 {
            gaps.append(damage(.gap, segment, offset, last.sequence + 1...sequence - 1))
        } else if line.previous != last.hash {
            report(.gap, segment: segment, offset: offset, sequences: last.sequence...sequence)
        }
        last = (sequence, line.hash)
        return true
    }

    /// Keeps the parts of a gap before and after a line that was found.
    private mutating func split(_ gap: Damage, at sequence: Int) {
        guard let missing = gap.sequences else { return }
        for part in [missing.lowerBound..<sequence, sequence + 1..<missing.upperBound + 1] where !part.isEmpty {
            gaps.append(damage(.gap, gap.segment, gap.offset, ClosedRange(part)))
        }
    }
}
