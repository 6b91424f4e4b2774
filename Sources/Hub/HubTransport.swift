import Journal

/// What a hub does for a node. The protocol above it (``HubExchange``) is the same over PostgreSQL and in a simulation.
///
/// Each call is one or more round trips and throws ``HubError``; after that the transport is of no use, and whether the
/// call had an effect is unknown. Every call may be made again.
public protocol HubTransport: AnyObject {
    /// For each node, the highest number of a line that the hub has.
    func heads() throws -> [String: Int]
    /// For each of these nodes, the number up to which the hub has all lines: they are counted, so that one that is missing
    /// in the middle is found.
    func whole(_ heads: [String: Int]) throws -> [String: Int]
    /// Adds lines of one node that follow one another, at most so many. Returns, once they are durable, the hash that the hub
    /// has for each, `nil` if it has none; `nil` for all while another node adds lines of this log.
    ///
    /// `next` gives them in pieces, so that one is read while the hub takes those before; an empty one is the end. The hub
    /// takes all or none: it must have the line that they follow, and no other line in the place of one of them. Those that it
    /// has are not added again.
    func push(atMost count: Int, _ next: () throws -> [CarriedLine]) throws -> [Digest?]?
    /// Lines of a node after a number, in order, as the hub has them.
    func pull(_ node: String, after sequence: Int, _ limit: BatchLimit) throws -> [HubRow]
    /// Keeps a line whose number the hub has with another hash.
    func add(fork: CarriedLine) throws
    /// The lines that were added as forks.
    func forks() throws -> [HubFork]
    /// The keys of sealed particulars, by the names of their files, with the SHA-256 of the contents.
    func keys() throws -> [String: Digest]
    /// The contents of keys; those that are gone are left out.
    func contents(ofKeys names: [String]) throws -> [String: [UInt8]]
    /// Adds a key unless the hub has one of that name, or one that ended. Returns the SHA-256 of what the hub has then.
    func add(key name: String, _ content: [UInt8]) throws -> Digest?
    /// Destroys a key, or puts what is left of it in its place, and keeps nodes from adding the former again.
    func replace(key name: String, with left: [UInt8]?) throws
    /// Notes that a node has destroyed what it had of a key of which something has ended.
    func confirm(ending name: String, at node: String) throws
    /// For each key of which anything has ended, the nodes that have destroyed it.
    func endings() throws -> [String: Set<String>]
}

/// A line as a hub has it, not proved yet.
public struct HubRow: Equatable, Sendable {
    public let sequence: Int
    public let segment: String
    public let offset: Int
    public let bytes: [UInt8]

    public init(sequence: Int, segment: String, offset: Int, bytes: [UInt8]) {
        (self.sequence, self.segment, self.offset, self.bytes) = (sequence, segment, offset, bytes)
    }

    public init(_ line: CarriedLine) {
        self.init(sequence: line.sequence, segment: line.segment, offset: line.offset, bytes: line.bytes)
    }
}

/// Two lines of one number in the log of one node: the machine was cloned, or put back to an earlier state.
public struct HubFork: Hashable, Comparable, Sendable {
    public let node: String
    public let sequence: Int

    public init(node: String, sequence: Int) { (self.node, self.sequence) = (node, sequence) }

    public static func < (a: HubFork, b: HubFork) -> Bool { (a.node, a.sequence) < (b.node, b.sequence) }
}
