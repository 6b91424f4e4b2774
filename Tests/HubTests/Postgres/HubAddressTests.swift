import Foundation
import Glibc
import TestServer
import Testing

@testable import Hub

@Suite("The address of a hub", .enabled(if: LibPQ.shared != nil, "\(PostgresServer.missing)"))
struct HubAddressTests {
    private func parameters(_ text: String) throws -> [String: String] {
        try HubAddress(text).parameters(program: "frontdesk gate")
    }

    private func kind(_ text: String) -> HubError.Kind? {
        do {
            _ = try parameters(text)
            return nil
        } catch { return (error as? HubError)?.kind }
    }

    @Test(
        "a hub on another machine is verified by its certificate and name",
        arguments: [
            "postgresql://gate@hub.example/cuihu", "host=10.0.0.5 dbname=cuihu",
            "postgresql://h1.example,localhost/cuihu",
            "host=localhost.example dbname=cuihu", "host=127.0.0.1.example dbname=cuihu",
            "hostaddr=10.0.0.5 host=localhost dbname=cuihu",
        ])
    func verified(text: String) throws {
        #expect(try parameters(text)["sslmode"] == "verify-full")
        for mode in ["disable", "prefer", "require", "verify-ca"] {
            let more = text.contains("://") ? "\(text)?sslmode=\(mode)" : "\(text) sslmode=\(mode)"
            #expect(kind(more) == .insecure, "\(more)")
        }
    }

    @Test(
        "a hub on this machine needs no certificate",
        arguments: [
            "postgresql:///cuihu", "host=/run/postgresql dbname=cuihu", "host=127.0.0.1", "postgresql://[::1]/c",
        ])
    func local(text: String) throws { #expect(try parameters(text)["sslmode"] == nil) }

    @Test("a password in the address is refused: every account sees the arguments of a program")
    func passwordInAddress() {
        #expect(kind("postgresql://gate:geheim@hub.example/cuihu") == .passwordInAddress)
        #expect(kind("host=hub.example password=geheim") == .passwordInAddress)
    }

    @Test("what is no address is told")
    func malformed() {
        #expect(kind("host=") != .address)
        #expect(kind("postgresql://[hub") == .address)
        #expect(kind("hots=hub.example") == .address)
    }

    @Test("a password file is its first line, and nobody else may read it")
    func passwordFile() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("password-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data("geheim\nmore\n".utf8).write(to: URL(fileURLWithPath: path))
        chmod(path, 0o600)
        #expect(try HubAddress("", passwordFile: path).password() == "geheim")
        chmod(path, 0o644)
        #expect(throws: HubError.self) { try HubAddress("", passwordFile: path).password() }
        #expect(throws: HubError.self) { try HubAddress("", passwordFile: path + ".none").password() }
        #expect(try HubAddress("").password() == nil)
    }

    @Test("host and database are shown, and no user or password")
    func name() {
        #expect(HubAddress("postgresql://gate@hub.example/cuihu").name == "hub.example/cuihu")
    }
}
