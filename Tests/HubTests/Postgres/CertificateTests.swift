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
        func kind(_ host: String, authority: String?) -> HubError.Kind? {
            // The name goes to this machine by `hostaddr`, as a name server would send it.
            var words =
                "host=\(host) hostaddr=127.0.0.1 port=\(server.port) dbname=estate user=gate sslmode=verify-full"
            words += " sslrootcert=\(authority ?? "/nowhere")"
            do {
                _ = try PostgresHub(at: HubAddress(words), node: "gate", estate: estate)
                return nil
            } catch { return (error as? HubError)?.kind }
        }
        #expect(kind("hub.test", authority: server.authority) == nil)
        #expect(kind("other.test", authority: server.authority) == .certificate)
        #expect(kind("hub.test", authority: nil) == .certificate)
        let other = try PostgresServer(withCertificate: true)
        #expect(kind("hub.test", authority: other.authority) == .certificate)
    }
}
