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
            "tcp_keepalives_count = 3",
        ]
        let rows = try connection.run { send in
            for setting in settings { try send(.init(sql: "SET \(setting)")) }
            try send(.init(sql: "LISTEN frontdesk"))
            try send(.init(sql: "SELECT id FROM frontdesk.estate"))
        }
        guard let id = rows.last?.first?.first.flatMap({ $0 }) else { throw HubError(.schema) }
        if id != estate.bytes { throw HubError(.estate, String(decoding: id, as: UTF8.self)) }
    }

    /// Waits until another node has added something, one of the files becomes readable, or so many seconds. Returns
    /// whether a node has.
    public func wait(seconds: Double, orFor files: [Int32]) throws -> Bool {
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
            if let node = row.text(0), let last = row.integer(1) { heads[node] = last }
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

    /// One transaction at a time adds lines of a node, so that what it compares with stays the last line.
    private static func lock(_ node: String) -> PostgresConnection.Command {
        .init(
            sql: "SELECT pg_advisory_xact_lock(hashtextextended('frontdesk ' || $1, 0))", parameters: [.text(node)])
    }

    /// One command for all lines from number $2 on, which follow that with the hash $3: arrays are unnested on the server. It
    /// adds none unless the last line there, up to the last of these, is one of them or the one that they follow: two logs
    /// of one name never mix (H4). Below that line only what is missing is added.
    private static let insert = """
        INSERT INTO frontdesk.line (node, seq, hash, segment, place, body)
        SELECT $1, $2 + number - 1, hash, segment, place, body
        FROM unnest($4::bytea[], $5::text[], $6::bigint[], $7::bytea[]) WITH ORDINALITY
            AS given (hash, segment, place, body, number)
        WHERE COALESCE(
            (
                SELECT hash = COALESCE(($4::bytea[])[(seq - $2 + 1)::integer], $3) FROM frontdesk.line
                WHERE node = $1 AND seq < $2 + cardinality($4) ORDER BY seq DESC LIMIT 1
            ), $2 = 1
        ) AND (
            $2 + number - 1 > COALESCE(
                (SELECT max(seq) FROM frontdesk.line WHERE node = $1 AND seq < $2 + cardinality($4)), 0)
            OR NOT EXISTS (SELECT FROM frontdesk.line WHERE node = $1 AND seq = $2 + number - 1)
        )
        """
    private static let countBack = """
        SELECT count(*), (SELECT hash FROM frontdesk.line WHERE node = $1 AND seq = $3)
        FROM frontdesk.line WHERE node = $1 AND seq BETWEEN $2 AND $3
        """
    private static let readBack = "SELECT seq, hash FROM frontdesk.line WHERE node = $1 AND seq BETWEEN $2 AND $3"

    private func insertion(of lines: [CarriedLine]) -> PostgresConnection.Command {
        PostgresConnection.Command(
            sql: PostgresHub.insert,
            parameters: [
                .text(lines[0].node), .integer(lines[0].sequence), .bytes(lines[0].previous.bytes),
                .byteStrings(lines.map(\.hash.bytes)), .texts(lines.map(\.segment)), .integers(lines.map(\.offset)),
                .byteStrings(lines.map(\.bytes)),
            ])
    }

    public func push(_ next: () throws -> [CarriedLine]) throws -> [Digest?] {
        var (piece, lines): ([CarriedLine], [CarriedLine]) = (try next(), [])
        guard let first = piece.first else { return [] }
        var last = first
        // One transaction, so that no gap can come of a part.
        let rows = try connection.run { send in
            try send(PostgresHub.lock(first.node))
            while let end = piece.last {
                try send(insertion(of: piece))
                (lines, last) = (lines + piece, end)
                piece = try next()
            }
            try send(readBack(PostgresHub.countBack, first, through: last))
            try send(PostgresHub.added)
        }
        // Each hash covers all lines before it.
        let found = rows[rows.count - 2].first
        if found?.integer(0) == lines.count, found?[1] == last.hash.bytes { return lines.map(\.hash) }
        var hashes: [Int: Digest] = [:]
        for row in try connection.run(readBack(PostgresHub.readBack, first, through: last))[0] {
            if let sequence = row.integer(0), let hash = row[1].flatMap({ Digest(bytes: $0) }) {
                hashes[sequence] = hash
            }
        }
        return lines.map { hashes[$0.sequence] }
    }

    private func readBack(
        _ sql: String, _ first: CarriedLine, through last: CarriedLine
    ) -> PostgresConnection.Command {
        .init(sql: sql, parameters: [.text(first.node), .integer(first.sequence), .integer(last.sequence)])
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
            .init(
                sql: PostgresHub.select,
                parameters: [.text(node), .integer(sequence), .integer(limit.lines), .integer(limit.bytes)]))
        return try rows[0].map { row in
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
        try connection.run { send in try commands.forEach(send) }
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
