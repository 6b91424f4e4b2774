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
        /// The mirror is not the same as the log from here on; `copy` tells which of the two lacks the lines.
        case mirror
        /// The log and its mirror, or one of them alone, hold different lines for one place, each intact: a person must choose.
        case conflict
    }

    /// Which copy of a log.
    public enum Copy: String, Sendable, CaseIterable {
        /// The log itself.
        case primary
        /// Its mirror on another disk; see ``Journal/setMirror(of:to:disk:)``.
        case mirror
    }

    public let kind: Kind
    public let node: String
    /// The segment's file name, e.g. `2026-11.jsonl`.
    public let segment: String
    /// Where in the segment, in bytes from its start.
    public let offset: Int
    /// The sequence numbers concerned; empty when they cannot be told.
    public let sequences: ClosedRange<Int>?
    /// The copy that is damaged.
    public let copy: Copy

    public init(
        kind: Kind, node: String, segment: String, offset: Int, sequences: ClosedRange<Int>?, copy: Copy = .primary
    ) {
        self.copy = copy
        self.kind = kind
        self.node = node
        self.segment = segment
        self.offset = offset
        self.sequences = sequences
    }
}

extension Damage {
    /// The same in the other copy, which is the same byte for byte.
    var mirrored: Damage {
        Damage(kind: kind, node: node, segment: segment, offset: offset, sequences: sequences, copy: .mirror)
    }
}
