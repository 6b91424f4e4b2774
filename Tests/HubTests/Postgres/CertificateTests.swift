import Journal
import TestServer
import Testing

@testable import Hub

@Suite(
    "A hub with a certificate", .serialized,
    .enabled(if: PostgresServer.programs != nil, "\(PostgresServer.missing)"))
struct CertificateTests {
    @Test("a connection is made only to the name of the certificate, signed by the authority that is trusted")
    func verified() throws {
        let (server, estate) = (try PostgresServer(withCertificate: true), EntryID(high: 1, low: 2))
        try server.setUp(estate, nodes: ["gate"])
        func trouble(_ host: String, authority: String?) -> HubTrouble? {
            // The name goes to this machine by `hostaddr`, as a name server would send it.
            var words =
                "host=\(host) hostaddr=127.0.0.1 port=\(server.port) dbname=estate user=gate sslmode=verify-full"
            words += " sslrootcert=\(authority ?? "/nowhere")"
            do {
                _ = try PostgresHub(at: HubAddress(words), node: "gate", estate: estate)
                return nil
            } catch { return (error as? HubError)?.trouble }
        }
        #expect(trouble("hub.test", authority: server.authority) == nil)
        #expect(trouble("other.test", authority: server.authority) == .certificate)
        #expect(trouble("hub.test", authority: nil) == .certificate)
        let other = try PostgresServer(withCertificate: true)
        #expect(trouble("hub.test", authority: other.authority) == .certificate)
    }
}
