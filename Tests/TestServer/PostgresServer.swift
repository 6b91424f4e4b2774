import Foundation
import Glibc
import Hub
import Journal

/// A PostgreSQL server in a temporary folder, reached by a socket there; killed and removed with the object.
///
/// The server refuses to run as root, so it runs as `nobody` then.
package final class PostgresServer {
    struct Failed: Error { let words: [String]; let output: String }

    private let root: String
    private let isRoot = geteuid() == 0
    private var process: Process?
    /// The folder of the socket.
    package var socket: String { "\(root)/socket" }
    private var data: String { "\(root)/data" }

    /// The folder of the server's programs; `nil` where it is not installed.
    package static let programs: String? = {
        let versions = ((try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []).sorted()
        let places = versions.reversed().map { "/usr/lib/postgresql/\($0)/bin" } + ["/usr/local/bin", "/usr/bin"]
        return places.first { place in
            ["initdb", "postgres", "psql"].allSatisfy { FileManager.default.isExecutableFile(atPath: "\(place)/\($0)") }
        }
    }()

    /// What the tests say that are left out without it; CI looks for this text.
    package static let missing = "PostgreSQL is not installed: apt-get install postgresql"

    /// Also that of the socket. Listens on loopback only with a certificate.
    package let port: Int
    /// The certificate of the authority that has signed the server's, which is of the name `hub.test`.
    package var authority: String { "\(root)/authority.crt" }

    /// The network namespace that it runs in; `nil`: the one of the tests.
    private let network: String?

    /// A running server with an empty database for each name.
    package init(databases: [String] = ["estate"], withCertificate: Bool = false, in network: String? = nil) throws {
        self.network = network
        port = withCertificate ? .random(in: 20_000..<32_000) : 5432
        root = "/tmp/frontdesk-pg-\(UUID().uuidString.prefix(8))"
        for folder in [root, "\(root)/socket"] {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            if isRoot { chown(folder, 65_534, 65_534) }
        }
        try run(
            "initdb", ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "-N"], asServer: true)
        // A killed process loses nothing that it has given to the system.
        let settings = """
            listen_addresses = '\(network != nil ? "*" : withCertificate ? "127.0.0.1" : "")'
            port = \(port)
            ssl = \(withCertificate ? "on" : "off")
            unix_socket_directories = '\(root)/socket'
            fsync = off
            max_connections = 40

            """
        try append(settings, to: "postgresql.conf")
        // From other machines, too.
        if network != nil { try append("hostssl all all 0.0.0.0/0 trust\n", to: "pg_hba.conf") }
        if withCertificate { try makeCertificate() }
        try start()
        for name in databases { try sql("CREATE DATABASE \(name)", in: "postgres") }
    }

    private func append(_ text: String, to name: String) throws {
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: "\(data)/\(name)"))
        try file.seekToEnd()
        try file.write(contentsOf: Data(text.utf8))
        try file.close()
    }

    deinit {
        kill()
        try? FileManager.default.removeItem(atPath: root)
    }

    /// An authority, and a certificate for `hub.test` that it has signed, in the server's folder.
    private func makeCertificate() throws {
        let key = ["-newkey", "rsa:2048", "-nodes", "-days", "2"]
        try run(
            "/usr/bin/openssl",
            ["req", "-x509", "-subj", "/CN=authority", "-keyout", "\(root)/authority.key", "-out", authority] + key,
            asServer: false)
        try run(
            "/usr/bin/openssl",
            [
                "req", "-x509", "-subj", "/CN=hub.test", "-addext", "subjectAltName=DNS:hub.test", "-CA", authority,
                "-CAkey", "\(root)/authority.key", "-keyout", "\(data)/server.key", "-out", "\(data)/server.crt",
            ] + key, asServer: false)
        for name in ["server.key", "server.crt"] {
            if isRoot { chown("\(data)/\(name)", 65_534, 65_534) }
            chmod("\(data)/\(name)", 0o600)
        }
    }

    // MARK: Running

    package func start() throws {
        let server = Process()
        (server.executableURL, server.arguments) = command("postgres", ["-D", data], asServer: true)
        server.standardOutput = FileHandle.nullDevice
        server.standardError = FileHandle.nullDevice
        server.standardInput = FileHandle.nullDevice
        try server.run()
        process = server
        for _ in 0..<600 {
            if (try? sql("SELECT 1", in: "postgres")) != nil { return }
            usleep(50_000)
        }
        throw Failed(words: ["postgres"], output: "it does not answer")
    }

    /// Ends all processes of the server at once, by SIGKILL.
    package func kill() {
        guard let process else { return }
        // The server's processes notice within moments that the first is gone; a new one refuses until then.
        Glibc.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        self.process = nil
        try? FileManager.default.removeItem(atPath: "\(data)/postmaster.pid")
        usleep(300_000)
    }

    private func command(_ program: String, _ words: [String], asServer: Bool) -> (URL, [String]) {
        let path = program.hasPrefix("/") ? program : "\(PostgresServer.programs ?? "")/\(program)"
        guard asServer, isRoot else { return (URL(fileURLWithPath: path), words) }
        let identity = ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", path] + words
        let place = network.map { ["/sbin/ip", "netns", "exec", $0] } ?? []
        let all = place + identity
        return (URL(fileURLWithPath: all[0]), Array(all.dropFirst()))
    }

    @discardableResult
    private func run(_ program: String, _ words: [String], asServer: Bool, input: String = "") throws -> String {
        let process = Process()
        (process.executableURL, process.arguments) = command(program, words, asServer: asServer)
        let (out, into) = (Pipe(), Pipe())
        (process.standardOutput, process.standardError, process.standardInput) = (out, out, into)
        process.currentDirectoryURL = URL(fileURLWithPath: root)
        try process.run()
        into.fileHandleForWriting.write(Data(input.utf8))
        try into.fileHandleForWriting.close()
        let text = String(decoding: out.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        if process.terminationStatus != 0 { throw Failed(words: [program] + words, output: text) }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    // MARK: Databases

    /// Runs SQL as the administrator and returns what it prints.
    @discardableResult
    package func sql(_ text: String, in database: String = "estate") throws -> String {
        let words = [
            "-h", socket, "-p", "\(port)", "-U", "postgres", "-d", database, "-XqtA", "-v", "ON_ERROR_STOP=1", "-f",
            "-",
        ]
        return try run("psql", words, asServer: false, input: text)
    }

    /// A dump of a database, as `pg_dump` writes it.
    package func dump(_ database: String = "estate") throws -> String {
        try run("pg_dump", ["-h", socket, "-p", "\(port)", "-U", "postgres", database], asServer: false)
    }

    /// Makes the tables of an estate, and a login for each node.
    package func setUp(_ estate: EntryID, nodes: [String], in database: String = "estate") throws {
        try setUp(HubSchema.sql(estate: estate), nodes: nodes, in: database)
    }

    /// The same by the statements of `frontdesk hub --sql`.
    package func setUp(_ statements: String, nodes: [String], in database: String = "estate") throws {
        try sql(statements, in: database)
        for node in nodes {
            try sql("CREATE ROLE \"\(node)\" LOGIN IN ROLE frontdesk_\(database)", in: database)
        }
    }

    package func address(_ node: String, database: String = "estate") -> HubAddress {
        HubAddress("host=\(socket) port=\(port) dbname=\(database) user=\(node)")
    }
}
