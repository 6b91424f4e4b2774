/// What reading a whole journal anew found.
public struct Verification: Sendable {
    public let lines: Int
    public let bytes: Int
    public let damages: [Damage]
    public let setAsides: [SetAside]
    /// Lines of a newer program, kept and passed over.
    public let newerLines: Int

    /// Reads every line of every node and checks its hash, its place and the head. Safe while others write: for a torn
    /// tail it makes sure that nobody does. That is told here although it is no loss, and settled by the next writer.
    public init(of folder: String) throws {
        let journal = try Journal(at: folder)
        try journal.catchUp { _ in }
        let torn = try journal.tornTail()
        lines = journal.lines
        bytes = journal.bytes
        damages = journal.damages + torn
        setAsides = journal.setAsides
        newerLines = journal.newerLines
    }
}
