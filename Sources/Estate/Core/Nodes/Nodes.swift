import Journal

/// A machine with a log of its own (节点), as far as its records are here.
public struct Node: Sendable {
    public let name: String
    /// The number of its last record that is here.
    public fileprivate(set) var sequence = 0
    /// When that was written, by its own clock; `nil` of a node of which only the hub tells.
    public fileprivate(set) var heard: Moment?
    /// The name as lines state it.
    fileprivate let text: [UInt8]

    init(name: String, text: [UInt8] = []) { (self.name, self.text) = (name, text) }
}

/// The nodes whose records make up the state, and what does not go together among these.
public struct Nodes: Sendable {
    /// In the order of their first records.
    public private(set) var all: [Node] = []
    /// In the order of the facts that came second.
    public private(set) var conflicts: [Conflict] = []
    /// How far this folder and its hub are in step; `nil` without a hub, and in a state as of an earlier moment.
    var hub: HubStatus?
    /// The node of the last record, as an index.
    private(set) var latest = 0

    /// When the last record of all nodes was written, by its node's clock; `nil` if there is none.
    private(set) var lastWritten: Moment?

    subscript(name: String) -> Node? { all.first { $0.name == name } }

    mutating func note(_ line: Line) {
        if all.isEmpty || !line.isOf(all[latest].text) { find(line) }
        all[latest].sequence = max(all[latest].sequence, line.sequence)
        all[latest].heard = line.written
        lastWritten = all[latest].heard
    }

    /// Notes when the last of records was written that the state lacks, unless that time is of a wrong clock.
    mutating func note(lastWritten time: Moment, at now: Moment) {
        if time <= now.adding(seconds: Store.tolerance) { lastWritten = max(lastWritten ?? time, time) }
    }

    private mutating func find(_ line: Line) {
        latest = all.firstIndex { line.isOf($0.text) } ?? all.count
        guard latest == all.count else { return }
        all.append(Node(name: line.node, text: Array(line.nodeText)))
    }

    /// The name of a node, by its index.
    func name(of node: Int) -> String { all.indices.contains(node) ? all[node].name : "" }

    mutating func add(_ conflict: Conflict) { conflicts.append(conflict) }
}

extension Nodes: Feature {
    static let views: [any View.Type] = [NodesView.self, ConflictsView.self]
}
