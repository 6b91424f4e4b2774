/// An entry to be appended. The journal adds the node, the sequence number, the time and the hashes.
public struct NewEntry: Sendable {
    /// The most bytes of all parts of an entry together, so that its line is not too long.
    public static let longest = Line.longest - 4096

    public let id: EntryID
    /// The person who records it; opaque to the journal.
    public let by: String
    /// The type of the entry, e.g. `visitor.arrived`; must need no JSON escapes.
    public let kind: String
    /// The idempotency key of its action: a JSON array of strings, or empty. Only the first entry of an action has one.
    public let idempotency: [UInt8]
    /// Sealed particulars: a flat JSON array of strings and integers, or empty.
    public let sealed: [UInt8]
    /// A JSON object on one line.
    public let data: [UInt8]

    public init(
        id: EntryID, by: String, kind: String, idempotency: [UInt8] = [], sealed: [UInt8] = [], data: [UInt8]
    ) {
        self.id = id
        self.by = by
        self.kind = kind
        self.idempotency = idempotency
        self.sealed = sealed
        self.data = data
    }

    /// The bytes of all parts of any length.
    public var size: Int { by.utf8.count + kind.utf8.count + idempotency.count + sealed.count + data.count }
}
