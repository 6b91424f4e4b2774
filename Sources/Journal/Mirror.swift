import Glibc

/// The second copy of this node's log, in a folder on another disk: the same segments, byte for byte.
///
/// It follows the log and never leads: only what is on the log's own disk already is copied, in order and without gaps, so
/// whatever stops it leaves the beginning of a log. It makes no folders either: where its own is gone, the other disk is not
/// there, and what it would make would lie on this one.
struct Mirror {
    /// The folder that MIRROR names.
    let path: String
    /// In it, the folder for this node.
    let folder: String
    private let source: String
    private let node: String
    private let disk: any Disk
    private var open: (segment: String, file: Int32)?
    /// Up to where the open segment was found to be the same, or was made so.
    private var same = 0
    /// From where on the disk may not have what the system says it has: a sync failed.
    private var doubtful: (segment: String, offset: Int)?
    /// Where it differs from the log: then nothing is added until it is repaired.
    private(set) var damage: Damage?

    init(_ mirror: String, of folder: String, node: String, disk: any Disk) {
        path = mirror
        self.folder = "\(mirror)/\(node)"
        source = "\(folder)/journal/\(node)"
        self.node = node
        self.disk = disk
    }

    mutating func close() {
        if let open { disk.close(open.file) }
        open = nil
    }

    /// Copies what is missing, up to a place in the log that is on its disk, and syncs it. What was written there last
    /// need not be read again.
    mutating func follow(to segment: String, _ end: Int, fresh: [UInt8] = []) throws {
        damage = nil
        do {
            let latest = try open?.segment ?? disk.names(in: folder).last(where: LogReader.isSegment) ?? ""
            if latest > segment { return report(latest, 0) }
            if latest < segment {
                for older in try disk.names(in: source)
                where LogReader.isSegment(older) && older < segment && older >= latest {
                    try follow(whole: older)
                    if damage != nil { return }
                }
            }
            try follow(segment, end, fresh: fresh)
        } catch {
            // What an open file says after a failure is not to be relied on.
            close()
            throw error
        }
    }

    /// Copies what is missing anywhere. Segments that differ are left as they are.
    mutating func followAll() throws {
        defer { close() }
        for segment in try disk.names(in: source) where LogReader.isSegment(segment) { try follow(whole: segment) }
    }

    private mutating func follow(whole segment: String) throws {
        let file = try disk.open("\(source)/\(segment)", flags: O_RDONLY, mode: 0)
        defer { disk.close(file) }
        // The mirror must not have what a power cut could take from the log.
        try disk.synchronise(file)
        try follow(segment, try disk.size(of: file), fresh: [])
        // A segment is on the disk before it has a successor: another process may have failed to sync what it wrote.
        if let open { try disk.synchronise(open.file) }
    }

    private mutating func report(_ segment: String, _ offset: Int) {
        damage = Damage(
            kind: .mirror, node: node, segment: segment, offset: offset, sequences: nil, copy: .mirror)
    }

    private mutating func follow(_ segment: String, _ end: Int, fresh: [UInt8]) throws {
        let file = try file(of: segment)
        let size = try disk.size(of: file)
        var start = size
        if let doubtful, doubtful.segment == segment { start = min(start, doubtful.offset) }
        guard try isSame(file, size, segment, end: end, fresh: fresh.count) else {
            return report(segment, min(size, end))
        }
        if start < end {
            if end - start == fresh.count {
                try fresh.withUnsafeBytes { try disk.write($0, to: file, at: start) }
            } else {
                let original = try disk.open("\(source)/\(segment)", flags: O_RDONLY, mode: 0)
                defer { disk.close(original) }
                try disk.copy(start..<end, of: original, to: file, at: start)
            }
            do {
                try disk.synchronise(file)
            } catch {
                doubtful = (segment, start)
                throw error
            }
            if doubtful?.segment == segment { doubtful = nil }
        }
        same = end
    }

    /// Whether the mirror's segment is the beginning of the log's.
    ///
    /// What this process has found once, it does not look at again. A mirror that lacks no more than what was written just
    /// now is looked at near its end only: the last line there holds the hashes of all before it.
    private func isSame(_ file: Int32, _ size: Int, _ segment: String, end: Int, fresh: Int) throws -> Bool {
        if size > end { return false }
        if size == same { return true }
        let original = try disk.open("\(source)/\(segment)", flags: O_RDONLY, mode: 0)
        defer { disk.close(original) }
        let first = size + fresh >= end ? max(0, size - 64 << 10) : min(same, size)
        return try disk.firstDifference(of: file, and: original, in: first..<size) == nil
    }

    private mutating func file(of segment: String) throws -> Int32 {
        let path = "\(folder)/\(segment)"
        if let open {
            if open.segment == segment, try disk.isCurrent(open.file, at: path) { return open.file }
            close()
        }
        same = 0
        let file = try disk.open(path, flags: O_RDWR | O_CREAT, mode: 0o600)
        open = (segment, file)
        if try disk.size(of: file) == 0 { try disk.synchroniseFolder(folder) }
        return file
    }
}
