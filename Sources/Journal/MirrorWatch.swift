import Glibc

/// Looks now and then whether the mirror can follow the log: that it is there, that it can be written, and that it has what
/// the log has. Cheap, and it changes nothing: no lock, no write, no sync, and nothing is compared but sizes.
struct MirrorWatch {
    enum Finding: Equatable {
        case notKept
        case follows
        /// It lacks what may be under way to it.
        case isBehind
        case cannotFollow(DiskFailure)
    }

    private var lastLook: Moment?
    /// What the mirror was found to lack, and when.
    private var lag: (segment: String, end: Int, since: Moment)?

    /// How many seconds a writer may take to copy what it has just written.
    static let patience = 5

    /// Whether the last look was so long ago, a second, that another is worth it.
    mutating func isDue(at now: Moment) -> Bool {
        if let lastLook, (lastLook..<lastLook.adding(seconds: 1)).contains(now) { return false }
        lastLook = now
        return true
    }

    /// Compares the mirror of a node's log with what has been read of that.
    mutating func look(
        at folder: String, node: String, readThrough segment: String, _ end: Int, now: Moment, disk: any Disk
    ) -> Finding {
        do {
            guard let path = try Journal.mirrorFolder(of: folder, disk: disk) else {
                lag = nil
                return .notKept
            }
            let mirror = "\(path)/\(node)"
            if try size(of: segment, in: mirror, disk) >= end {
                lag = nil
                return .follows
            }
            guard let lag, try size(of: lag.segment, in: mirror, disk) < lag.end else {
                self.lag = (segment, end, now)
                return .isBehind
            }
            // It has had its time, and lacks still what it lacked then.
            let isLate = lag.since.adding(seconds: MirrorWatch.patience) <= now
            return isLate ? .cannotFollow(DiskFailure(call: "mirror", path: mirror, number: ENODATA)) : .isBehind
        } catch let failure as DiskFailure {
            return .cannotFollow(failure)
        } catch {
            return .cannotFollow(DiskFailure(call: "mirror", path: folder, number: EIO))
        }
    }

    /// How much of a segment the mirror has. Throws when its folder is not there, or the segment cannot be written.
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
