/// Why there is no connection to a hub, one ended, or nothing is exchanged over it.
public enum HubTrouble: String, Sendable, CaseIterable {
    /// libpq is not installed, or older than 14.
    case library
    /// There is no answer, or the connection was cut.
    case unreachable
    /// The address cannot be understood.
    case address
    /// The file that says which hub there is, is damaged.
    case setting
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
    /// The database was set up by a newer program.
    case newer
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
    /// The folder is a copy of another that has not recorded anything yet.
    case copy
    /// Another program of this machine holds the data.
    case busy
    /// The data folder cannot be read or written.
    case journal

    /// A stable code for scripts, e.g. `hub.unreachable`.
    public var code: String { "hub.\(rawValue)" }

    /// That of a code; of one that only another version knows, ``server``.
    init(code: String) { self = HubTrouble(rawValue: String(code.dropFirst("hub.".count))) ?? .server }

    /// Whether trying again soon may help without anybody doing anything.
    public var isPassing: Bool { [.unreachable, .full, .server, .busy, .journal].contains(self) }
}
