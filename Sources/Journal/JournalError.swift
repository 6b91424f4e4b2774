/// A failure to open a journal or to write to it.
public enum JournalError: Error, Equatable, Sendable {
    /// The folder holds no journal.
    case missing(folder: String)
    /// The folder already holds a journal.
    case exists(folder: String)
    /// The folder is on a network file system, a share of a virtual machine's host or FUSE, whose locks and syncs cannot
    /// be trusted.
    case network(folder: String, fileSystem: String)
    /// Everybody may write to the folder: nothing in it could be relied on.
    case exposed(folder: String)
    /// NODE holds no name of a node, so that there is no log of its own to go on with.
    case nodeName(folder: String, name: String)
    /// The folder at the path is not the one that was opened: it was moved, replaced or restored. Nothing of the write
    /// is in either; open the journal again.
    case replaced(folder: String)
    /// Another process holds the lock for longer than this one waits. Nothing of the write is in the log; try again.
    case busy(LockHolder?)
    /// A repair has replaced what was read. Nothing of the write is in the log; open the journal again.
    case outdated
    /// The log has lines of a newer program. Nothing is recorded by a program that does not understand all of it.
    case newer(lines: Int)
    /// A system call failed, and nothing of the write is in the log.
    case disk(DiskFailure)
    /// A system call failed after bytes had reached the log. All, some or none of the actions may be there, each
    /// complete; open the journal again to see which.
    case unconfirmed(DiskFailure)
    /// As `unconfirmed`, and opening the journal again showed that all actions are there.
    case recorded(DiskFailure)
    /// An earlier write failed; open the journal again before the next write (J5).
    case readOnly(DiskFailure)

    /// Runs `body`; throws its ``DiskFailure`` as ``disk(_:)``.
    public static func wrap<Result>(_ body: () throws -> Result) throws -> Result {
        do { return try body() } catch let failure as DiskFailure { throw JournalError.disk(failure) }
    }
}
