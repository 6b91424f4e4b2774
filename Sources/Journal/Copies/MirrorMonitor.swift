import Glibc

/// Checks whether the mirror follows the log, for processes that only read: its folder exists, its
/// segment can be opened for writing, and it is not shorter than the log for more than `grace` seconds. Compares only
/// sizes; takes no lock and changes nothing.
struct MirrorMonitor {
    enum Status: Equatable {
        case follows
        /// Shorter than the log, but not for long: a writer may be copying.
        case isBehind
        case cannotFollow(DiskFailure)
    }

    /// The end that the mirror had not reached, and since when.
    private var lag: (segment: String, end: Int, since: Moment)?

    /// Seconds that a writer may take to copy its lines.
    static let grace = 5

    /// Compares the size of the node's folder in the mirror with the log of the data folder, which was read up to `end` in
    /// `segment`.
    mutating func check(
        _ mirror: String, of folder: String, readThrough segment: String, _ end: Int, now: Moment, disk: any Disk
    ) -> Status {
        do {
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
            return .cannotFollow(DiskFailure(call: "mirror", path: mirror, number: EIO))
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
