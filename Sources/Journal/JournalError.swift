/// What can keep the journal from being opened or written.
public enum JournalError: Error, Equatable, Sendable {
    /// There is no journal in the folder.
    case missing(folder: String)
    /// There is one already.
    case exists(folder: String)
    /// The folder lies on a file system whose locks or syncs cannot be trusted (NFS, CIFS, FUSE).
    case network(folder: String)
    /// A system call failed; nothing was acknowledged.
    case disk(DiskFailure)
    /// An earlier write failed: the journal takes nothing until it is opened anew.
    case readOnly(DiskFailure)
}
