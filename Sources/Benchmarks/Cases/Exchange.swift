import Foundation
import Hub
import Journal
import Synchronization
import TestServer

/// Sending a node's log to a hub and hearing it from there, compared with `COPY` of the same rows into a table and with a
/// `SELECT` of them. The server does not sync; both sides have the same rows, indexes and socket.
enum Exchange: Benchmark {
    static let name = "hub"

    private static let rounds = 3
    private static let facts = 100_000
    /// The estates that send at once, each to a database of its own.
    private static let estates = 20

    static func run(_ options: Options) throws -> BenchmarkResult {
        var result = BenchmarkResult(name)
        guard PostgresServer.programs != nil else {
            result.markUnavailable("PostgreSQL")
            return result
        }
        let folder = try Workload.estate(facts: facts, options)
        guard let estate = try Journal.origin(of: folder.path) else { return result }
        let server = try PostgresServer(databases: ["estate", "floor"])
        try server.setUp(estate, nodes: ["desk", "gate"])
        try server.setUp(HubSchema.sql(estate: estate), nodes: [], in: "floor")
        let rows = "\(options.work)/rows"
        defer { try? FileManager.default.removeItem(atPath: rows) }
        var (sent, heard, copiedIn, selected, copiedOut) = (Samples(), Samples(), Samples(), Samples(), Samples())
        for _ in 0..<rounds {
            for database in ["estate", "floor"] { try server.sql("TRUNCATE frontdesk.line", in: database) }
            sent.add(try time { try exchange(folder.path, server.address("desk"), "desk", estate) })
            selected.add(
                try time { try server.sql("\\o \(rows)\nSELECT * FROM frontdesk.line ORDER BY seq") })
            copiedOut.add(
                try time { try server.sql("\\copy (SELECT * FROM frontdesk.line ORDER BY seq) TO '\(rows)' BINARY") })
            copiedIn.add(try time { try server.sql("\\copy frontdesk.line FROM '\(rows)' BINARY", in: "floor") })
            let other = "\(options.work)/gate-\(UUID().uuidString)"
            defer { try? FileManager.default.removeItem(atPath: other) }
            try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: true)
            try "gate\n".write(toFile: "\(other)/NODE", atomically: false, encoding: .utf8)
            heard.add(try time { try exchange(other, server.address("gate"), "gate", estate) })
        }
        let lines = Double(facts)
        result.figure("sent", lines / sent.median, "facts/s")
        result.figure("COPY in", lines / copiedIn.median, "facts/s")
        result.figure("heard", lines / heard.median, "facts/s")
        result.figure("SELECT", lines / selected.median, "facts/s")
        result.figure("COPY out", lines / copiedOut.median, "facts/s")
        result.ratio("sent to COPY in", copiedIn.median / sent.median, atLeast: 0.5)
        result.ratio("heard to SELECT", selected.median / heard.median, atLeast: 0.5)
        let size = Double(try server.sql("SELECT pg_total_relation_size('frontdesk.line')")) ?? 0
        result.figure("a fact on the hub's disk", size / lines, "bytes")
        let idle = try idleRounds(folder.path, server.address("desk"), estate)
        result.figure("rounds without anything to do", idle, "1/s")
        result.figure("sent by \(estates) estates at once", try sentAtOnce(server, options), "facts/s")
        return result
    }

    /// As many rounds a second as one node makes that is in step.
    private static func idleRounds(_ folder: String, _ address: HubAddress, _ estate: EntryID) throws -> Double {
        let (exchange, count) = (HubExchange(of: folder), 500)
        let hub = try PostgresHub(at: address, node: "desk", estate: estate)
        exchange.begin()
        while try exchange.round(hub) == .hasMore {}
        return Double(count) / (try time { for _ in 0..<count { _ = try exchange.round(hub) } })
    }

    /// As many facts a second as many estates send together, each with two weeks of work that the hub has not.
    private static func sentAtOnce(_ server: PostgresServer, _ options: Options) throws -> Double {
        let folder = try Workload.estate(facts: Options.smallEstate, options).path
        guard let estate = try Journal.origin(of: folder) else { return 0 }
        let names = (0..<estates).map { "estate\($0)" }
        for name in names {
            try server.sql("CREATE DATABASE \(name)", in: "postgres")
            try server.sql(HubSchema.sql(estate: estate), in: name)
            try server.sql("GRANT frontdesk_\(name) TO desk", in: name)
        }
        let addresses = names.map { server.address("desk", database: $0) }
        let failures = Mutex<[any Error]>([])
        let seconds = time {
            DispatchQueue.concurrentPerform(iterations: estates) { index in
                do { try exchange(folder, addresses[index], "desk", estate) } catch {
                    failures.withLock { $0.append(error) }
                }
            }
        }
        if let failure = failures.withLock({ $0.first }) { throw failure }
        return Double(estates * Options.smallEstate) / seconds
    }

    /// Exchanges on a new connection until both are in step.
    private static func exchange(
        _ folder: String, _ address: HubAddress, _ node: String, _ estate: EntryID
    ) throws {
        let exchange = HubExchange(of: folder)
        let hub = try PostgresHub(at: address, node: node, estate: estate)
        exchange.begin()
        while try exchange.round(hub) == .hasMore {}
    }
}
