import Journal

/// A hub in a PostgreSQL database; see ``HubSchema``.
public final class PostgresHub: HubTransport {
    private let connection: PostgresConnection

    /// Connects, and compares the estate.
    ///
    /// - Throws: ``HubError``, among them `schema` and `estate`.
    public init(at address: HubAddress, node: String, estate: EntryID) throws {
        connection = try PostgresConnection(to: address, program: "frontdesk \(node)")
        // A session whose node is gone must not keep its lock for hours.
        let settings = [
            "statement_timeout = 60000", "tcp_keepalives_idle = 15", "tcp_keepalives_interval = 5",
            "tcp_keepalives_count = 3", "idle_in_transaction_session_timeout = 60000",
        ]
        let commands =
            settings.map { "SET \($0)" } + ["LISTEN frontdesk", "SELECT id, format::bigint FROM frontdesk.estate"]
        let rows = try connection.run(commands.map { .init(sql: $0) })
        guard let row = rows.last?.first, let id = row[0], let format = row.integer(1) else { throw HubError(.schema) }
        if format > HubSchema.format { throw HubError(.newer, "\(format) > \(HubSchema.format)") }
        if id != estate.bytes { throw HubError(.estate, String(decoding: id, as: UTF8.self)) }
    }

    /// Waits until another node has added something, one of the files becomes readable, or so many seconds.
    public func wait(seconds: Double, orFor files: [Int32]) throws {
        try connection.wait(seconds: seconds, orFor: files)
    }

    private static let added = PostgresConnection.Command(sql: "SELECT pg_notify('frontdesk', '')")

    // MARK: Lines

    /// Steps from each node's name to the next by the index, however many lines there are.
    private static let highest = """
        WITH RECURSIVE node AS (
            (SELECT node FROM frontdesk.line ORDER BY node LIMIT 1)
            UNION ALL
            SELECT (SELECT l.node FROM frontdesk.line l WHERE l.node > n.node ORDER BY l.node LIMIT 1)
            FROM node n WHERE n.node IS NOT NULL
        )
        SELECT n.node, (SELECT max(l.seq) FROM frontdesk.line l WHERE l.node = n.node)
        FROM node n WHERE n.node IS NOT NULL
        """

    public func heads() throws -> [String: Int] {
        var heads: [String: Int] = [:]
        for row in try connection.run(.init(sql: PostgresHub.highest))[0] {
            // Whoever has a login may have written rows that are none of a log.
            guard let node = row.text(0), let last = row.integer(1), Journal.isNodeName(node),
                CarriedLine.numbers.contains(last)
            else { continue }
            heads[node] = last
        }
        return heads
    }

    public func whole(_ heads: [String: Int]) throws -> [String: Int] {
        var heads = heads
        for (node, last) in heads { heads[node] = try whole(node, last) }
        return heads
    }

    /// The last number up to which no line is missing.
    private func whole(_ node: String, _ last: Int) throws -> Int {
        let count = try connection.run(
            .init(
                sql: "SELECT count(*) FROM frontdesk.line WHERE node = $1 AND seq <= $2",
                parameters: [.text(node), .integer(last)]))
        if count[0].first?.integer(0) == last { return last }
        let gap = try connection.run(
            .init(
                sql: """
                    SELECT count(*) FROM (
                        SELECT seq, row_number() OVER (ORDER BY seq) AS place FROM frontdesk.line WHERE node = $1
                    ) AS numbered WHERE seq = place
                    """, parameters: [.text(node)]))
        return gap[0].first?.integer(0) ?? 0
    }

    /// Only one transaction at a time adds lines of a node: nothing is added between its comparison and its end.
    private static let lock = "SELECT pg_try_advisory_xact_lock(hashtextextended('frontdesk ' || $1, 0))"
    private static let hashes = "SELECT seq, hash FROM frontdesk.line WHERE node = $1 AND seq BETWEEN $2 AND $3"
    /// On a slow line a batch is on its way for minutes. A session whose node is gone ends by its keepalives.
    private static let noLimit = PostgresConnection.Command(sql: "SET LOCAL statement_timeout = 0")
    private static let begin = PostgresConnection.Command(sql: "BEGIN")
    private static let commit = PostgresConnection.Command(sql: "COMMIT")
    private static let rollback = PostgresConnection.Command(sql: "ROLLBACK")

    public func push(atMost count: Int, _ next: () throws -> [CarriedLine]) throws -> [Digest?]? {
        var piece = try next()
        guard let first = piece.first else { return [] }
        guard let there = try begin(first, count) else { return nil }
        var lines: [CarriedLine] = []
        var isTaken = first.sequence == 1 || there[first.sequence - 1] == first.previous
        var isCopying = false
        while !piece.isEmpty {
            lines += piece
            isTaken = isTaken && piece.allSatisfy { there[$0.sequence, default: $0.hash] == $0.hash }
            if !isTaken { break }
            let missing = piece.filter { there[$0.sequence] == nil }
            // The server still takes those before.
            piece = try next()
            if missing.isEmpty { continue }
            if !isCopying { try connection.beginCopy(CopiedRows.command) }
            isCopying = true
            try connection.put(CopiedRows(of: missing).bytes)
        }
        if isCopying { try connection.endCopy() }
        try connection.run(isTaken && isCopying ? [PostgresHub.added, PostgresHub.commit] : [PostgresHub.rollback])
        return lines.map { isTaken ? $0.hash : there[$0.sequence] }
    }

    /// Begins the transaction that adds lines, and returns the hashes that are there from the line before the first on; `nil`,
    /// and no transaction, while another node adds lines of this log.
    private func begin(_ first: CarriedLine, _ count: Int) throws -> [Int: Digest]? {
        let (node, before) = (Parameter.text(first.node), first.sequence - 1)
        let rows = try connection.run(
            PostgresHub.begin, PostgresHub.noLimit, .init(sql: PostgresHub.lock, parameters: [node]),
            .init(sql: PostgresHub.hashes, parameters: [node, .integer(before), .integer(before + count)]))
        guard rows[2].first?[0] == [1] else {
            try connection.run(PostgresHub.rollback)
            return nil
        }
        var hashes: [Int: Digest] = [:]
        for row in rows[3] {
            if let sequence = row.integer(0) { hashes[sequence] = row[1].flatMap { Digest(bytes: $0) } }
        }
        return hashes
    }

    /// The lines of the next $3 numbers after $2, up to the one that makes $4 bytes of them. There is always the first.
    private static let select = """
        SELECT seq, segment, place, body FROM (
            SELECT *, sum(octet_length(body)) OVER (ORDER BY seq) - octet_length(body) AS before
            FROM frontdesk.line WHERE node = $1 AND seq > $2 AND seq <= $2 + $3
        ) AS line WHERE before < $4 ORDER BY seq
        """

    public func pull(_ node: String, after sequence: Int, _ limit: BatchLimit) throws -> [HubRow] {
        let rows = try connection.run(
            PostgresHub.begin, PostgresHub.noLimit,
            .init(
                sql: PostgresHub.select,
                parameters: [.text(node), .integer(sequence), .integer(limit.lines), .integer(limit.bytes)]),
            PostgresHub.commit)
        return try rows[2].map { row in
            guard let sequence = row.integer(0), let segment = row.text(1), let place = row.integer(2),
                let body = row[3]
            else { throw HubError(.damaged, node) }
            return HubRow(sequence: sequence, segment: segment, offset: place, bytes: body)
        }
    }

    // MARK: Forks

    public func add(fork line: CarriedLine) throws {
        try connection.run(
            .init(
                sql: """
                    INSERT INTO frontdesk.fork (node, seq, hash, segment, place, body)
                    VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING
                    """,
                parameters: [
                    .text(line.node), .integer(line.sequence), .bytes(line.hash.bytes), .text(line.segment),
                    .integer(line.offset), .bytes(line.bytes),
                ]), PostgresHub.added)
    }

    public func forks() throws -> [HubFork] {
        try connection.run(.init(sql: "SELECT DISTINCT node, seq FROM frontdesk.fork"))[0].compactMap { row in
            guard let node = row.text(0), let sequence = row.integer(1) else { return nil }
            return HubFork(node: node, sequence: sequence)
        }.sorted()
    }

    // MARK: Keys

    public func keys() throws -> [String: Digest] {
        var keys: [String: Digest] = [:]
        for row in try connection.run(.init(sql: "SELECT name, sha256(content) FROM frontdesk.key"))[0] {
            if let name = row.text(0), let digest = row[1].flatMap({ Digest(bytes: $0) }) { keys[name] = digest }
        }
        return keys
    }

    public func contents(ofKeys names: [String]) throws -> [String: [UInt8]] {
        if names.isEmpty { return [:] }
        let rows = try connection.run(
            .init(
                sql: "SELECT name, content FROM frontdesk.key WHERE name = ANY ($1)",
                parameters: [.texts(names)]))
        return Dictionary(
            rows[0].compactMap { row in row.text(0).flatMap { name in row[1].map { (name, $0) } } },
            uniquingKeysWith: { $1 })
    }

    public func add(key name: String, _ content: [UInt8]) throws -> Digest? {
        let rows = try connection.run(
            .init(
                sql: """
                    INSERT INTO frontdesk.key (name, content)
                    SELECT $1, $2 WHERE NOT EXISTS (SELECT FROM frontdesk.key_end WHERE name = $1)
                    ON CONFLICT DO NOTHING
                    """, parameters: [.text(name), .bytes(content)]),
            .init(sql: "SELECT sha256(content) FROM frontdesk.key WHERE name = $1", parameters: [.text(name)]),
            PostgresHub.added)
        return rows[1].first?[0].flatMap { Digest(bytes: $0) }
    }

    public func replace(key name: String, with left: [UInt8]?) throws {
        var commands: [PostgresConnection.Command] = [
            .init(sql: "DELETE FROM frontdesk.key WHERE name = $1", parameters: [.text(name)])
        ]
        if let left {
            commands.append(
                .init(
                    sql: "INSERT INTO frontdesk.key (name, content) VALUES ($1, $2)",
                    parameters: [.text(name), .bytes(left)]))
        }
        try connection.run(commands)
    }

    public func confirm(ending name: String, at node: String) throws {
        try connection.run(
            .init(
                sql: "INSERT INTO frontdesk.key_end (name, node) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                parameters: [.text(name), .text(node)]), PostgresHub.added)
    }

    public func endings() throws -> [String: Set<String>] {
        var endings: [String: Set<String>] = [:]
        for row in try connection.run(.init(sql: "SELECT name, node FROM frontdesk.key_end"))[0] {
            if let name = row.text(0), let node = row.text(1) { endings[name, default: []].insert(node) }
        }
        return endings
    }
}

extension [[UInt8]?] {
    fileprivate func text(_ column: Int) -> String? {
        self[column].map { String(decoding: $0, as: UTF8.self) }
    }

    fileprivate func integer(_ column: Int) -> Int? {
        self[column].flatMap { Int64(bigEndian: $0) }.map { Int($0) }
    }
}
