import Foundation
import Testing
import TestServer

/// The desk and the gate of an estate, each with a data folder of its own, and their hub.
struct TwoMachines {
    let desk: TestHome
    let gate: TestHome
    let server: PostgresServer

    /// - Parameter network: the machines `desk` and `gate` reach the hub by their cables; `nil`: by its socket.
    init(_ network: TestNetwork? = nil) throws {
        desk = try TestHome()
        gate = try TestHome(empty: true)
        server = try PostgresServer(withCertificate: network != nil, in: network?.hub)
        try server.setUp(desk.run("hub --sql").out, nodes: ["desk", "gate"])
        let backup = try desk.file("backup")
        for words in [["backup", backup], ["restore", backup, gate.data, "--node", "gate"]] {
            let outcome = try desk.run(words)
            try #require(outcome.code == 0, "\(outcome)")
        }
        if let network {
            (desk.machine, gate.machine) = (network.running(on: "desk"), network.running(on: "gate"))
        }
        for (home, node) in [(desk, "desk"), (gate, "gate")] {
            var address = server.address(node).text
            if let network {
                address = "host=hub.test hostaddr=\(network.hubAddress(of: node)) port=\(server.port) dbname=estate"
                address += " user=\(node) sslmode=verify-full sslrootcert=\(server.authority)"
            }
            let outcome = try home.run(["hub", address])
            try #require(outcome.code == 0, "\(outcome)")
        }
    }

    /// Expects the same logs, byte by byte, and the same rows at both, and that nothing is damaged.
    func expectAgreement(_ location: SourceLocation = #_sourceLocation) throws {
        #expect(try logs(desk) == logs(gate), sourceLocation: location)
        for view in ["gate", "shifts", "requests", "conflicts"] {
            #expect(try desk.run("show \(view) --json").out == gate.run("show \(view) --json").out, "\(view)")
        }
        for home in [desk, gate] { #expect(try home.run("verify").code == 0, sourceLocation: location) }
    }

    private func logs(_ home: TestHome) throws -> [String: Data] {
        let folder = URL(fileURLWithPath: "\(home.data)/journal")
        var logs: [String: Data] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path) where name.hasSuffix(".jsonl") {
            logs[name] = try Data(contentsOf: folder.appendingPathComponent(name))
        }
        return logs
    }

    /// Whether the gate's log shows a visitor at a machine.
    static func shows(_ visitor: String, at home: TestHome) throws -> Bool {
        try home.show("gate").contains { $0["name"].text == visitor }
    }
}
