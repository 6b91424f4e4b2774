/// What can keep the journal from being opened or written.
public enum JournalError: Error, Equatable, Sendable {
    /// There is no journal in the folder.
    case missing(folder: String)
    /// There is one already.
    case exists(folder: String)
    /// The folder lies on a file system whose locks or syncs cannot be trusted (NFS, CIFS, FUSE).
    case network(folder: String)
    /// A system call failed; nothing of what was to be written is there, or will be.
    case disk(DiskFailure)
    /// A system call failed after what was to be written had come to the log: it may be there, or a part of its actions, each
    /// whole, or nothing. Only who opens the journal anew can tell.
    case unconfirmed(DiskFailure)
    /// The same, and who opened the journal anew has found it there.
    case recorded(DiskFailure)
    /// An earlier write failed: the journal takes nothing until it is opened anew.
    case readOnly(DiskFailure)
}
