import Hub
import Journal

/// A hub in memory: what a database would hold, without any way that its calls could fail.
final class MemoryHub {
    /// The lines by node and number.
    var lines: [String: [Int: HubRow]] = [:]
    var forked: [CarriedLine] = []
    var keys: [String: [UInt8]] = [:]
    var endings: [String: Set<String>] = [:]
    /// The calls of `push`, by the numbers of lines.
    private(set) var pushes: [Int] = []

    var heads: [String: Int] { lines.compactMapValues { $0.keys.max() } }

    func whole(_ heads: [String: Int]) -> [String: Int] {
        Dictionary(
            uniqueKeysWithValues: heads.keys.map { node in
                var last = 0
                while lines[node]?[last + 1] != nil { last += 1 }
                return (node, last)
            })
    }

    func push(_ pushed: [CarriedLine]) -> [Digest?] {
        pushes.append(pushed.count)
        let there = pushed.map { hash($0.sequence, $0.node) }
        let isTaken = follows(pushed) && zip(pushed, there).allSatisfy { $1 == nil || $1 == $0.hash }
        if !isTaken { return there }
        for line in pushed { lines[line.node, default: [:]][line.sequence] = HubRow(line) }
        return pushed.map(\.hash)
    }

    private func follows(_ pushed: [CarriedLine]) -> Bool {
        guard let first = pushed.first else { return false }
        return first.sequence == 1 || hash(first.sequence - 1, first.node) == first.previous
    }

    private func hash(_ sequence: Int, _ node: String) -> Digest? {
        lines[node]?[sequence].flatMap { MemoryHub.hash(of: $0, node: node) }
    }

    private static func hash(of row: HubRow, node: String) -> Digest? {
        CarriedLine(node: node, sequence: row.sequence, segment: row.segment, offset: row.offset, bytes: row.bytes)?
            .hash
    }

    func pull(_ node: String, after sequence: Int, _ limit: BatchLimit) -> [HubRow] {
        let log = lines[node] ?? [:]
        var (rows, bytes): ([HubRow], Int) = ([], 0)
        for number in log.keys.filter({ $0 > sequence }).sorted() where rows.count < limit.lines {
            guard rows.isEmpty || bytes < limit.bytes, let row = log[number] else { break }
            rows.append(row)
            bytes += row.bytes.count
        }
        return rows
    }

    func add(fork: CarriedLine) { if !forked.contains(fork) { forked.append(fork) } }
    var forks: [HubFork] { Set(forked.map { HubFork(node: $0.node, sequence: $0.sequence) }).sorted() }

    func add(key name: String, _ content: [UInt8]) -> Digest? {
        if keys[name] == nil, endings[name] == nil { keys[name] = content }
        return keys[name].map(MemoryHub.digest)
    }

    static func digest(_ bytes: [UInt8]) -> Digest { bytes.withUnsafeBytes { Digest(of: $0) } }

    func confirm(ending name: String, at node: String) { endings[name, default: []].insert(node) }

    /// Loses the lines of a node from a number on, as a database does that was put back.
    func lose(_ node: String, from sequence: Int) { lines[node] = lines[node]?.filter { $0.key < sequence } }
}

/// A connection to a hub in memory. Tests replace ``network`` to lose and to repeat calls.
final class MemoryConnection: HubTransport {
    let hub: MemoryHub
    /// Called with each call, which it makes none, one or several times; throws when its answer is lost.
    var network: (() -> Void) throws -> Void = { $0() }

    init(_ hub: MemoryHub) { self.hub = hub }

    private func call<Answer>(_ body: () -> Answer) throws -> Answer {
        var answer: Answer?
        try withoutActuallyEscaping(body) { body in try network { answer = body() } }
        guard let answer else { throw HubError(.unreachable, "lost") }
        return answer
    }

    func heads() throws -> [String: Int] { try call { hub.heads } }
    func whole(_ heads: [String: Int]) throws -> [String: Int] { try call { hub.whole(heads) } }
    func push(atMost count: Int, _ next: () throws -> [CarriedLine]) throws -> [Digest?]? {
        var lines: [CarriedLine] = []
        while case let piece = try next(), !piece.isEmpty { lines += piece }
        return try lines.isEmpty ? [] : call { hub.push(lines) }
    }
    func pull(_ node: String, after sequence: Int, _ limit: BatchLimit) throws -> [HubRow] {
        try call { hub.pull(node, after: sequence, limit) }
    }
    func add(fork: CarriedLine) throws { try call { hub.add(fork: fork) } }
    func forks() throws -> [HubFork] { try call { hub.forks } }
    func keys() throws -> [String: Digest] {
        try call { hub.keys.mapValues(MemoryHub.digest) }
    }
    func contents(ofKeys names: [String]) throws -> [String: [UInt8]] {
        try call { hub.keys.filter { names.contains($0.key) } }
    }
    func add(key name: String, _ content: [UInt8]) throws -> Digest? { try call { hub.add(key: name, content) } }
    func replace(key name: String, with left: [UInt8]?) throws { try call { hub.keys[name] = left } }
    func confirm(ending name: String, at node: String) throws { try call { hub.confirm(ending: name, at: node) } }
    func endings() throws -> [String: Set<String>] { try call { hub.endings } }
}

extension HubTransport {
    /// Lines in one piece.
    func push(_ lines: [CarriedLine]) throws -> [Digest?]? {
        var pieces = [lines]
        return try push(atMost: lines.count) { pieces.popLast() ?? [] }
    }
}
