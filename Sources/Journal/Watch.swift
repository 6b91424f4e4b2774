import Glibc

/// Tells when something in a journal's folders has changed, through a file descriptor that `poll` can wait for.
///
/// A hint only: what has come is found by reading on, and a reader looks once a second all the same.
public final class Watch {
    /// Readable when something has changed.
    public let file: Int32

    /// Watches every node's folder; `nil` when the system gives no more watches.
    public init?(of folder: String, disk: any Disk = SystemDisk()) {
        file = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
        guard file >= 0 else { return nil }
        let nodes = (try? disk.names(in: "\(folder)/journal")) ?? []
        // Another node's segments may be brought here by renaming.
        let events = UInt32(IN_MODIFY | IN_CREATE | IN_MOVED_TO)
        for node in nodes where inotify_add_watch(file, "\(folder)/journal/\(node)", events) < 0 { return nil }
    }

    deinit { if file >= 0 { close(file) } }

    /// Forgets what has been reported so far.
    public func drain() {
        withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 8) { buffer in
            while read(file, buffer.baseAddress, buffer.count) > 0 {}
        }
    }
}
