/// Why there is no connection to a hub, or one ended. Nothing is lost by it: the journal is the outbox.
public struct HubError: Error, Equatable, Sendable {
    public enum Kind: String, Sendable, CaseIterable {
        /// libpq is not installed, or older than 14.
        case library
        /// There is no answer, or the connection was cut.
        case unreachable
        /// The address cannot be understood.
        case address
        /// The address has a password, which every account of the machine could see.
        case passwordInAddress
        /// The password file cannot be read, or others may read it.
        case passwordFile
        /// The address asks for less than a verified connection, and the hub is on another machine.
        case insecure
        /// The hub refuses the name or the password.
        case login
        /// The hub's certificate cannot be verified.
        case certificate
        /// The database has not been set up.
        case schema
        /// The database belongs to another estate.
        case estate
        /// The rights of the login do not suffice.
        case denied
        /// The hub's disk is full.
        case full
        /// The hub has a line that is altered or misplaced.
        case damaged
        /// Anything else that the server says.
        case server
    }

    public let kind: Kind
    /// What the system or the server says; no secret is in it.
    public let detail: String

    public init(_ kind: Kind, _ detail: String = "") { (self.kind, self.detail) = (kind, detail) }

    /// A stable code for scripts, e.g. `hub.unreachable`.
    public var code: String { "hub.\(kind.rawValue)" }

    /// By the SQLSTATE of a server's error (PostgreSQL, appendix A).
    init(state: String, message: String) {
        let kind: Kind =
            switch state.prefix(2) {
            case "28": .login
            case "42": state == "42501" ? .denied : state == "42P01" || state == "42703" ? .schema : .server
            case "3D", "3F": .schema
            case "53": state == "53100" ? .full : .unreachable
            case "57", "08": .unreachable
            default: .server
            }
        self.init(kind, message)
    }

    /// Whether what was typed is wrong.
    public var isOfInput: Bool { [.address, .passwordInAddress, .passwordFile, .insecure].contains(kind) }

    /// Whether trying again soon may help without anybody doing anything.
    public var isPassing: Bool { [.unreachable, .full, .server].contains(kind) }
}
