import Foundation
import Glibc
import Journal
import TestServer
import Testing

@testable import Hub

@Suite("The address of a hub", .enabled(if: LibPQ.shared != nil, "\(PostgresServer.missing)"))
struct HubAddressTests {
    private func parameters(_ text: String) throws -> [String: String] {
        try HubAddress(text).parameters(program: "frontdesk gate")
    }

    private func trouble(_ text: String) -> HubTrouble? {
        do {
            _ = try parameters(text)
            return nil
        } catch { return (error as? HubError)?.trouble }
    }

    @Test(
        "a hub on another machine is verified by its certificate and name",
        arguments: [
            "postgresql://gate@hub.example/cuihu", "host=10.0.0.5 dbname=cuihu",
            "postgresql://h1.example,localhost/cuihu",
            "host=localhost.example dbname=cuihu", "host=127.0.0.1.example dbname=cuihu",
            "hostaddr=10.0.0.5 host=localhost dbname=cuihu", "hostaddr='' host=hub.example dbname=cuihu",
            // libpq takes the host where an address of several is empty.
            "host=10.0.0.5,10.0.0.5 hostaddr=, dbname=cuihu",
            "host=localhost,10.0.0.5 hostaddr=127.0.0.1, dbname=cuihu",
        ])
    func verified(text: String) throws {
        #expect(try parameters(text)["sslmode"] == "verify-full")
        for mode in ["disable", "prefer", "require", "verify-ca"] {
            let more = text.contains("://") ? "\(text)?sslmode=\(mode)" : "\(text) sslmode=\(mode)"
            #expect(trouble(more) == .insecure, "\(more)")
        }
    }

    @Test(
        "a hub on this machine needs no certificate",
        arguments: [
            "postgresql:///cuihu", "host=/run/postgresql dbname=cuihu", "host=127.0.0.1", "postgresql://[::1]/c",
        ])
    func local(text: String) throws { #expect(try parameters(text)["sslmode"] == nil) }

    @Test("what stands in libpq's service file may be of any host, and is refused")
    func service() {
        #expect(trouble("service=cuihu") == .address)
        #expect(trouble("postgresql:///?service=cuihu") == .address)
    }

    @Test(
        "a refused connection is told by the server's SQLSTATE, in whichever language its words are",
        arguments: [
            ("FATAL:  28P01: password authentication failed for user \"gate\"", HubTrouble.login),
            ("致命错误:  28P01: 用户 \"gate\" Password 认证失败\n位置:  auth_failed", .login),
            ("FATAL:  3D000: database \"cuihu\" does not exist", .schema),
            ("FATAL:  42501: permission denied for database", .denied),
            ("FATAL:  57P03: the database system is starting up", .unreachable),
            ("SSL error: certificate verify failed", .certificate), ("SSL SYSCALL error: EOF detected", .unreachable),
            ("server does not support SSL, but SSL was required", .certificate), ("", .unreachable),
        ])
    func refusal(message: String, trouble: HubTrouble) {
        let error = HubError(refusal: "connection to server at \"10.0.0.5\", port 5432 failed: \(message)")
        #expect(error.trouble == trouble, "\(error)")
        #expect(!error.detail.contains("28P01") && !error.detail.contains("\n"))
    }

    @Test("a password in the address is refused: every account sees the arguments of a program")
    func passwordInAddress() {
        #expect(trouble("postgresql://gate:geheim@hub.example/cuihu") == .passwordInAddress)
        #expect(trouble("host=hub.example password=geheim") == .passwordInAddress)
    }

    @Test("what is no address is told")
    func malformed() {
        #expect(trouble("host=") != .address)
        #expect(trouble("postgresql://[hub") == .address)
        #expect(trouble("hots=hub.example") == .address)
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
