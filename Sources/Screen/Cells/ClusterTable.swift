import Synchronization

/// The characters of several scalars (grapheme clusters) that cells show, each once, by number.
///
/// A number is never used for another cluster, so equal numbers mean equal characters in all grids of the process.
/// Hostile text cannot make the table grow without limit: it holds a fixed number of clusters of at most ``longest``
/// scalars. A longer cluster is cut; when the table is full, new clusters are shown as their first visible scalar.
struct ClusterTable {
    static let longest = 16
    /// The table of all grids: at most about 3 MB.
    private static let shared = Mutex(ClusterTable(capacity: 16_384))

    private let capacity: Int
    private var clusters: [[Unicode.Scalar]] = []
    private var numbers: [[Unicode.Scalar]: Int] = [:]

    init(capacity: Int) {
        self.capacity = capacity
    }

    /// The glyph of a cell that shows `character`.
    static func glyph(of character: Character) -> UInt32 { shared.withLock { $0.glyph(of: character) } }

    /// The scalars of a glyph with ``Cell/clusterFlag``.
    static func scalars(of glyph: UInt32) -> [Unicode.Scalar] { shared.withLock { $0.scalars(of: glyph) } }

    mutating func glyph(of character: Character) -> UInt32 {
        let cluster = Array(character.unicodeScalars.prefix(ClusterTable.longest))
        if cluster.count == 1 { return cluster[0].value }
        if let number = numbers[cluster] { return Cell.clusterFlag | UInt32(number) }
        guard clusters.count < capacity else {
            return (cluster.first { TextWidth().width(of: $0) > 0 } ?? "\u{FFFD}").value
        }
        numbers[cluster] = clusters.count
        clusters.append(cluster)
        return Cell.clusterFlag | UInt32(clusters.count - 1)
    }

    func scalars(of glyph: UInt32) -> [Unicode.Scalar] { clusters[Int(glyph & ~Cell.clusterFlag)] }
}
