import Glibc

/// When the names in a folder changed last.
public struct FolderChange: Equatable, Sendable {
    let identity: [UInt64]
    let seconds: Int
    let nanoseconds: Int
}

/// The names in a folder, which are listed again only after a change.
struct FolderNames {
    private var last: (change: FolderChange?, names: [String]) = (nil, [])

    /// Throws ``DiskFailure``.
    mutating func list(_ folder: String, on disk: any Disk) throws -> [String] {
        // Before the names: what changes in between shows at the next look.
        let change = disk.settledChange(of: folder)
        if change == nil || change != last.change { last = (change, try disk.names(in: folder)) }
        return last.names
    }
}
