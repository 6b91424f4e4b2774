/// The byte sequences of a terminal's keys, as its terminfo entry gives them: a trie.
public struct KeySequences: Equatable, Sendable {
    private struct Node: Equatable, Sendable {
        var key: Key?
        /// The node behind each next byte, as a place in ``nodes``.
        var next: [UInt8: Int] = [:]
    }

    private var nodes = [Node()]

    /// - Parameter sequences: Of two keys with the same sequence the first counts. Empty sequences, a lone Esc and
    ///   sequences that begin with a printable byte are left out, as they would make typing impossible.
    public init(_ sequences: [(bytes: [UInt8], key: Key)] = []) {
        for (bytes, key) in sequences where bytes != [0x1B] && (bytes.first ?? 0x20).isControl {
            let end = bytes.reduce(into: 0) { node, byte in node = child(of: node, byte) }
            nodes[end].key = nodes[end].key ?? key
        }
    }

    private mutating func child(of node: Int, _ byte: UInt8) -> Int {
        if let child = nodes[node].next[byte] { return child }
        nodes.append(Node())
        nodes[node].next[byte] = nodes.count - 1
        return nodes.count - 1
    }

    /// The longest key sequence at a place in `bytes`, and whether the bytes end within a longer one.
    func match(_ bytes: [UInt8], at start: Int) -> (key: Key?, length: Int, mayContinue: Bool) {
        var (node, key, length) = (0, Key?.none, 0)
        for place in start..<bytes.count {
            guard let next = nodes[node].next[bytes[place]] else { return (key, length, false) }
            node = next
            if let found = nodes[node].key { (key, length) = (found, place + 1 - start) }
        }
        return (key, length, !nodes[node].next.isEmpty)
    }
}

extension UInt8 {
    /// Whether this is a C0 control character or DEL.
    var isControl: Bool { self < 0x20 || self == 0x7F }
    /// Whether this is a printable ASCII character, including space.
    var isPrintable: Bool { (0x20..<0x7F).contains(self) }
}
