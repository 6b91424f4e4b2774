import Glibc

/// Checks once a second whether the mirror follows the log, for processes that only read: its folder exists, its
/// segment can be opened for writing, and it is not shorter than the log for more than `grace` seconds. Compares only
/// sizes; takes no lock and changes nothing.
struct MirrorMonitor {
    enum Status: Equatable {
        /// No mirror is set.
        case none
        case follows
        /// Shorter than the log, but not for long: a writer may be copying.
        case isBehind
        case cannotFollow(DiskFailure)
    }

    private var lastCheck: Moment?
    /// The end that the mirror had not reached, and since when.
    private var lag: (segment: String, end: Int, since: Moment)?

    /// Seconds that a writer may take to copy its lines.
    static let grace = 5

    /// Whether the last check is at least a second ago, or the clock went back; notes that a check is made now.
    mutating func isDue(at now: Moment) -> Bool {
        if let lastCheck, (lastCheck..<lastCheck.adding(seconds: 1)).contains(now) { return false }
        lastCheck = now
        return true
    }

    /// Compares the mirror's size with the log, which was read up to `end` in `segment`.
    mutating func check(
        _ folder: String, node: String, readThrough segment: String, _ end: Int, now: Moment, disk: any Disk
    ) -> Status {
        do {
            guard let path = try Journal.mirrorFolder(of: folder, disk: disk) else {
                lag = nil
                return .none
            }
            let mirror = "\(path)/\(node)"
            try Journal.requireOwner(ofMirror: mirror, folder: folder, disk: disk)
            if try size(of: segment, in: mirror, disk) >= end {
                lag = nil
                return .follows
            }
            guard let lag, try size(of: lag.segment, in: mirror, disk) < lag.end else {
                self.lag = (segment, end, now)
                return .isBehind
            }
            let isLate = lag.since.adding(seconds: MirrorMonitor.grace) <= now
            return isLate ? .cannotFollow(DiskFailure(call: "mirror", path: mirror, number: ENODATA)) : .isBehind
        } catch let failure as DiskFailure {
            return .cannotFollow(failure)
        } catch {
            return .cannotFollow(DiskFailure(call: "mirror", path: folder, number: EIO))
        }
    }

    /// The size of the mirror's segment; 0 if it does not exist yet. Throws if the folder is missing or the segment
    /// cannot be opened for writing.
    private func size(of segment: String, in mirror: String, _ disk: any Disk) throws -> Int {
        if !segment.isEmpty {
            do {
                let file = try disk.open("\(mirror)/\(segment)", flags: O_WRONLY, mode: 0)
                defer { disk.close(file) }
                return try disk.size(of: file)
            } catch let failure as DiskFailure where failure.number == ENOENT {}
        }
        disk.close(try disk.open(mirror, flags: O_RDONLY | O_DIRECTORY, mode: 0))
        return 0
    }
}
