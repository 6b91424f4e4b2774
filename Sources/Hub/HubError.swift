import Journal

/// Why there is no connection to a hub, or one ended. Nothing is lost by it: the journal is the outbox.
public struct HubError: Error, Equatable, Sendable {
    public let trouble: HubTrouble
    /// What the system or the server says; no secret is in it.
    public let detail: String

    public init(_ trouble: HubTrouble, _ detail: String = "") { (self.trouble, self.detail) = (trouble, detail) }

    /// By the SQLSTATE of a server's error (PostgreSQL, appendix A).
    init(state: String, message: String) {
        let trouble: HubTrouble =
            switch state.prefix(2) {
            case "28": .login
            case "42": state == "42501" ? .denied : state == "42P01" || state == "42703" ? .schema : .server
            case "3D", "3F": .schema
            case "53": state == "53100" ? .full : .unreachable
            case "57", "08": .unreachable
            default: .server
            }
        self.init(trouble, message)
    }

    /// Why an exchange ended, by any error.
    init(ending error: any Error) {
        switch error {
        case let error as HubError: self = error
        case JournalError.busy: self.init(.busy)
        case JournalError.disk(let failure): self.init(.journal, "\(failure.path): \(failure.reason)")
        case is JournalError: self.init(.journal)
        default: self.init(.server, "\(error)")
        }
    }

    /// Whether what was typed is wrong.
    public var isOfInput: Bool { [.address, .passwordInAddress, .passwordFile, .insecure].contains(trouble) }
}
