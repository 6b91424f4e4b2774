import Glibc

/// An inotify watch on a journal's node folders, as a file descriptor for `poll`.
///
/// Only a hint that ``Journal/catchUp(_:)`` may find new lines: events can be lost, so readers also look once a second.
public final class Watch {
    /// Readable after a change, until ``drain()``.
    public let file: Int32

    /// Watches each node's folder; `nil` if the system's limit of watches is reached.
    public init?(of folder: String, disk: any Disk = SystemDisk()) {
        file = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
        guard file >= 0 else { return nil }
        let nodes = (try? disk.names(in: "\(folder)/journal")) ?? []
        // Segments of other nodes may be copied here and renamed.
        let events = UInt32(IN_MODIFY | IN_CREATE | IN_MOVED_TO)
        for node in nodes where inotify_add_watch(file, "\(folder)/journal/\(node)", events) < 0 { return nil }
    }

    deinit { if file >= 0 { close(file) } }

    /// Discards the events so far.
    public func drain() {
        withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 8) { buffer in
            while read(file, buffer.baseAddress, buffer.count) > 0 {}
        }
    }
}
