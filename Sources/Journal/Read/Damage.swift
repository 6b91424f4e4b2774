/// A difference between a log and the lines that were written to it, with its place.
public struct Damage: Equatable, Sendable {
    /// The raw values are part of `frontdesk verify --json`.
    public enum Kind: String, Sendable, CaseIterable {
        /// A segment ends in an incomplete line that is not on record as a torn tail.
        case torn
        /// The line's hash is wrong, or the bytes are no line.
        case hash
        /// Lines are missing before this one, or its `p` is not the hash of the line before.
        case gap
        /// The line is in the log a second time.
        case duplicate
        /// The line stands after one with a higher number.
        case swapped
        /// Acknowledged lines, named by HEAD or read before, are no longer there.
        case head
        /// Some lines of an action are missing.
        case group
        /// Log and mirror differ from here on; `copy` is the one that lacks the lines.
        case mirror
        /// Two different intact lines have the same number; a person must choose.
        case conflict
        /// An intact line stands in the place of another that HEAD or a seal names: lines up to it were changed,
        /// inserted or removed, and all hashes made anew.
        case rewritten
        /// HEAD is missing or damaged, so the log does not show whether its last lines were removed.
        case noHead
    }

    /// A copy of a log.
    public enum Copy: String, Sendable, CaseIterable {
        /// The log itself.
        case primary
        /// The copy on another disk; see ``Journal/setMirror(of:to:disk:)``.
        case mirror
    }

    public let kind: Kind
    public let node: String
    /// The segment's file name, e.g. `2026-11.jsonl`.
    public let segment: String
    /// In bytes from the segment's start.
    public let offset: Int
    /// The sequence numbers affected; `nil` if unknown.
    public let sequences: ClosedRange<Int>?
    /// The copy that is damaged.
    public internal(set) var copy = Copy.primary
}
