/// Where each line of a log stands among its neighbours, and what is missing, doubled or out of place.
struct Chain {
    let node: String
    private let copy: Damage.Copy
    /// The highest line placed so far.
    private(set) var last: (sequence: Int, hash: Digest) = (0, .zero)
    private var found: [Damage] = []
    /// Sequence numbers not seen although later ones were, by where that showed.
    private var missing: [Damage] = []

    init(node: String, copy: Damage.Copy) { (self.node, self.copy) = (node, copy) }

    /// Goes on behind a line that was read, and found sound, in another run.
    mutating func start(after sequence: Int, _ hash: Digest) { last = (sequence, hash) }

    /// Damage found so far, in the order of its places.
    var damages: [Damage] { (found + missing).sorted { ($0.segment, $0.offset) < ($1.segment, $1.offset) } }

    var isSound: Bool { found.isEmpty && missing.isEmpty }

    private func damage(
        _ kind: Damage.Kind, _ segment: String, _ offset: Int, _ sequences: ClosedRange<Int>?
    ) -> Damage {
        Damage(kind: kind, node: node, segment: segment, offset: offset, sequences: sequences, copy: copy)
    }

    mutating func report(_ kind: Damage.Kind, segment: String, offset: Int, sequences: ClosedRange<Int>? = nil) {
        found.append(damage(kind, segment, offset, sequences))
    }

    /// What a writer has put on record as a torn tail is explained, and that lines of its action are missing in it, from the
    /// action's first on, if it holds any; a gap before or behind it would not be.
    mutating func settle(_ aside: SetAside, from first: Int?) {
        found.removeAll { [.hash, .torn].contains($0.kind) && aside.covers(segment: $0.segment, offset: $0.offset) }
        guard let first else { return }
        missing = missing.compactMap { gap in
            guard let lost = gap.sequences, lost.upperBound >= first,
                aside.covers(segment: gap.segment, offset: gap.offset)
            else { return gap }
            return lost.lowerBound < first ? damage(.gap, gap.segment, gap.offset, lost.lowerBound...first - 1) : nil
        }
    }

    /// Checks a line's place in the sequence; `false` for one that was placed before.
    mutating func place(_ line: Line, segment: String, offset: Int) -> Bool {
        let sequence = line.sequence
        if sequence <= last.sequence {
            guard let gap = missing.firstIndex(where: { $0.sequences?.contains(sequence) ?? false }) else {
                report(.duplicate, segment: segment, offset: offset, sequences: sequence...sequence)
                return false
            }
            split(missing.remove(at: gap), at: sequence)
            report(.swapped, segment: segment, offset: offset, sequences: sequence...sequence)
            return true
        }
        if sequence > last.sequence + 1 {
            missing.append(damage(.gap, segment, offset, last.sequence + 1...sequence - 1))
        } else if line.previous != last.hash {
            report(.gap, segment: segment, offset: offset, sequences: last.sequence...sequence)
        }
        last = (sequence, line.hash)
        return true
    }

    /// A missing line has turned up: what remains of its gap is the part before and the part behind it.
    private mutating func split(_ gap: Damage, at sequence: Int) {
        guard let whole = gap.sequences else { return }
        for part in [whole.lowerBound..<sequence, sequence + 1..<whole.upperBound + 1] where !part.isEmpty {
            missing.append(damage(.gap, gap.segment, gap.offset, ClosedRange(part)))
        }
    }
}
