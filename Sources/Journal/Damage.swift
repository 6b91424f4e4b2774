/// Something in the journal that is not as it was written, and where.
public struct Damage: Equatable, Sendable {
    public enum Kind: String, Sendable, CaseIterable {
        /// A line without its end, not (yet) set aside by a later writer.
        case torn
        /// A line that does not prove itself.
        case hash
        /// Lines are missing before this one.
        case gap
        /// A line that stands in the log a second time.
        case duplicate
        /// A line that stands behind one that should follow it.
        case swapped
        /// The head tells of lines that are no longer there: acknowledged facts are gone.
        case head
        /// An action's lines are not all there.
        case group
    }

    public let kind: Kind
    public let node: String
    /// The segment's file name, e.g. `2026-11.jsonl`.
    public let segment: String
    /// Where in the segment, in bytes from its start.
    public let offset: Int
    /// The sequence numbers concerned; empty when they cannot be told.
    public let sequences: ClosedRange<Int>?

    public init(kind: Kind, node: String, segment: String, offset: Int, sequences: ClosedRange<Int>?) {
        self.kind = kind
        self.node = node
        self.segment = segment
        self.offset = offset
        self.sequences = sequences
    }
}
