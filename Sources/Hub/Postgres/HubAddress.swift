import Glibc
import Journal

/// Where a hub is: a URL or a conninfo string of libpq, and the file that holds the password.
///
/// `postgresql://gate@hub.example/cuihu`, `host=/run/postgresql dbname=cuihu user=gate`
public struct HubAddress: Equatable, Sendable {
    public let text: String
    /// The first line is the password; `nil` where the hub asks for none.
    public let passwordFile: String?

    public init(_ text: String, passwordFile: String? = nil) { (self.text, self.passwordFile) = (text, passwordFile) }

    /// What is shown of it: host and database.
    public var name: String {
        guard let values = try? values() else { return text }
        let host = values["host"] ?? values["hostaddr"] ?? HubAddress.ofEnvironment("PGHOST") ?? "localhost"
        return "\(host)/\(values["dbname"] ?? values["user"] ?? "")"
    }

    /// What libpq reads in it. Throws ``HubError``: `library`, `address`.
    private func values() throws -> [String: String] {
        guard let libpq = LibPQ.shared else { throw HubError(.library) }
        var message: UnsafeMutablePointer<CChar>?
        defer { if let message { libpq.freeMemory(message) } }
        guard let options = text.withCString({ libpq.parse($0, &message) }) else {
            throw HubError(.address, message.map { String(cString: $0).trimmed } ?? "")
        }
        defer { libpq.freeOptions(options) }
        // An array of PQconninfoOption, which begins with the keyword, has its value as the fourth pointer of six, and an
        // integer at its end.
        let (stride, value) = (7 * MemoryLayout<UnsafeRawPointer>.size, 3 * MemoryLayout<UnsafeRawPointer>.size)
        var (values, place): ([String: String], Int) = ([:], 0)
        while let keyword = options.load(fromByteOffset: place, as: UnsafePointer<CChar>?.self) {
            // An empty value is one that is not given.
            if let text = options.load(fromByteOffset: place + value, as: UnsafePointer<CChar>?.self), text.pointee != 0
            {
                values[String(cString: keyword)] = String(cString: text)
            }
            place += stride
        }
        return values
    }

    /// The parameters of a connection: verified, with time limits, and without a password.
    ///
    /// - Throws: ``HubError``: `library`, `address`, `passwordInAddress`, `insecure`.
    func parameters(program: String) throws -> [String: String] {
        var values = try values()
        if values["password"] != nil || values["sslpassword"] != nil { throw HubError(.passwordInAddress) }
        // Without anything libpq would take whatever its environment says.
        if text.trimmed.isEmpty { throw HubError(.address) }
        // libpq looks for the rest in its service file, where it may be told any host.
        if let service = values["service"] ?? HubAddress.ofEnvironment("PGSERVICE") {
            throw HubError(.address, "service=\(service)")
        }
        values["host"] = values["host"] ?? HubAddress.ofEnvironment("PGHOST")
        values["hostaddr"] = values["hostaddr"] ?? HubAddress.ofEnvironment("PGHOSTADDR")
        // Of several, an empty address is that of its host, and an empty host may be told elsewhere.
        func parts(_ key: String) -> [String] {
            values[key]?.split(separator: ",", omittingEmptySubsequences: false).map(String.init) ?? []
        }
        let (names, addresses) = (parts("host"), parts("hostaddr"))
        let hosts = (0..<max(names.count, addresses.count)).map { index -> String in
            let address = addresses.indices.contains(index) ? addresses[index] : ""
            return address.isEmpty && names.indices.contains(index) ? names[index] : address
        }
        if !hosts.allSatisfy(HubAddress.isOfThisMachine) {
            guard values["sslmode"].map({ $0 == "verify-full" }) ?? true else {
                throw HubError(.insecure, "sslmode=\(values["sslmode"] ?? "")")
            }
            values["sslmode"] = "verify-full"
        }
        let usual = [
            "application_name": program, "client_encoding": "UTF8", "keepalives_idle": "15",
            "keepalives_interval": "5", "keepalives_count": "3", "tcp_user_timeout": "30000",
        ]
        return values.merging(usual) { given, _ in given }
    }

    /// Whether it can be understood and is safe, and the password can be read. Connects to nothing.
    ///
    /// - Throws: ``HubError``.
    public func check() throws {
        _ = try parameters(program: "frontdesk")
        _ = try password()
    }

    /// A variable in which libpq looks for what an address does not say; `nil` if it is not set, or empty.
    private static func ofEnvironment(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// A socket's folder, or an address that no other machine has.
    private static func isOfThisMachine(_ host: String) -> Bool {
        host.hasPrefix("/") || host.hasPrefix("@") || ["localhost", "::1"].contains(host) || isLoopback(host)
    }

    /// `127.0.0.0/8`, as four numbers; a name that begins so may be anywhere.
    private static func isLoopback(_ host: String) -> Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        return parts.count == 4 && parts[0] == 127 && !parts.contains(nil)
    }

    /// The password; `nil` without a file. Throws ``HubError`` `passwordFile`.
    func password() throws -> String? {
        guard let passwordFile else { return nil }
        var status = stat()
        guard stat(passwordFile, &status) == 0 else {
            throw HubError(.passwordFile, "\(passwordFile): \(String(cString: strerror(errno)))")
        }
        if status.st_mode & 0o007 != 0 { throw HubError(.passwordFile, "\(passwordFile): mode 0600") }
        do {
            let bytes = try SystemDisk().start(of: passwordFile, count: 4096) ?? []
            return String(decoding: bytes.prefix { $0 != 0x0A && $0 != 0x0D }, as: UTF8.self)
        } catch let failure as DiskFailure {
            throw HubError(.passwordFile, "\(passwordFile): \(failure.reason)")
        }
    }
}

extension String {
    /// Without blanks and newlines at both ends, on one line.
    var trimmed: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
