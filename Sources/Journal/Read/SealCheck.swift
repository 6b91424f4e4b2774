/// Compares the lines of one log, as they are read, with the seals that name them.
struct SealCheck {
    /// The seals of the log, in the order of their numbers.
    let seals: [HeadSeal]
    private let numbers: Set<Int>
    private(set) var fitting: Set<HeadSeal> = []
    /// Where the lines stand that have another hash than the seals of their numbers.
    private var places: [Int: (segment: String, offset: Int)] = [:]

    /// Of the seals, those that may be of a log of the node.
    init(_ seals: [HeadSeal], of node: String) {
        self.seals = seals.filter { $0.node == nil || $0.node == node }.sorted { $0.sequence < $1.sequence }
        numbers = Set(self.seals.map(\.sequence))
    }

    mutating func add(_ line: Line, segment: String, offset: Int) {
        guard numbers.contains(line.sequence) else { return }
        for seal in seals where seal.sequence == line.sequence {
            if seal.fits(line.hash) {
                fitting.insert(seal)
            } else {
                places[line.sequence] = (segment, offset)
            }
        }
    }

    /// The first seal of some that does not fit, as damage: the lines after the last seal before it that fits. A line that is
    /// damaged or missing before the end is told by the chain. `end`: the log's last line and the place after it.
    func damage(
        of misfits: Set<HeadSeal>, node: String, end: (sequence: Int, segment: String, offset: Int)
    ) -> Damage? {
        let first = seals.first {
            misfits.contains($0) && ($0.sequence > end.sequence || places[$0.sequence] != nil)
        }
        guard let first else { return nil }
        let before = seals.last { $0.sequence < first.sequence && fitting.contains($0) }?.sequence ?? 0
        let (kind, start): (Damage.Kind, Int) =
            first.sequence > end.sequence ? (.head, max(before, end.sequence)) : (.rewritten, before)
        let place = places[first.sequence] ?? (end.segment, end.offset)
        return Damage(
            kind: kind, node: node, segment: place.segment, offset: place.offset,
            sequences: start + 1...first.sequence)
    }
}
