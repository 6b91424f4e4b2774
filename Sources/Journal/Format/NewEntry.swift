/// An entry to be appended. The journal adds the node, the sequence number, the time and the hashes.
public struct NewEntry: Sendable {
    public let id: EntryID
    /// The person who records it; opaque to the journal.
    public let by: String
    /// The type of the entry, e.g. `visitor.arrived`; must need no JSON escapes.
    public let kind: String
    /// A JSON object on one line.
    public let data: [UInt8]

    public init(id: EntryID, by: String, kind: String, data: [UInt8]) {
        self.id = id
        self.by = by
        self.kind = kind
        self.data = data
    }
}
