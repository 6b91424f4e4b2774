import Glibc

/// Writes the mirror: a copy of this node's segments, byte for byte, in a folder on another disk. Several processes may
/// do so at once: each copies up to a goal of its own under the lock of the mirror's HEAD.
///
/// Only bytes that are durable in the log are copied, in order and without gaps (J7), so after any failure the mirror
/// is a prefix of the log. If it differs from the log, it is left for a repair. Folders are never created here: a
/// missing one means the other disk is not mounted, and a new one would be on this disk.
struct Mirror {
    /// The folder named by MIRROR.
    let path: String
    /// This node's folder in it.
    let folder: String
    /// The data folder.
    private let data: String
    private let source: String
    private let node: String
    private let disk: any Disk
    private var open: (segment: String, file: Int32)?
    /// The mirror's own HEAD: bytes after it may be lost although they can be read (J11).
    private var headFile: Int32?
    /// Whether temporary files that were left were removed.
    private var hasTidied = false
    /// The open segment equals the log's up to here.
    private var comparedEnd = 0
    /// A difference from the log, found by the last `follow`; nothing is copied until it is repaired.
    private(set) var damage: Damage?

    init(_ mirror: String, of folder: String, node: String, disk: any Disk) {
        path = mirror
        self.folder = "\(mirror)/\(node)"
        data = folder
        source = "\(folder)/journal/\(node)"
        self.node = node
        self.disk = disk
    }

    mutating func close() {
        for file in [open?.file, headFile].compactMap({ $0 }) { disk.close(file) }
        (open, headFile) = (nil, nil)
    }

    /// The seconds that a process waits for another one that writes the mirror.
    private static let patience = 10.0

    /// Opens HEAD and takes its lock.
    static func lock(_ folder: String, _ headFile: Int32?, disk: any Disk) throws -> Int32 {
        let file = try headFile ?? disk.open("\(folder)/HEAD", flags: O_RDWR | O_CREAT, mode: 0o600)
        do {
            if try disk.lock(file, until: .now + .seconds(patience)) { return file }
            throw DiskFailure(call: "flock", path: folder, number: EWOULDBLOCK)
        } catch {
            if headFile == nil { disk.close(file) }
            throw error
        }
    }

    /// Writes whose mirror it is, while no process writes into it.
    static func mark(_ folder: String, as owner: Instance, disk: any Disk) throws {
        let file = try lock(folder, nil, disk: disk)
        // Closing releases the lock.
        defer { disk.close(file) }
        try owner.save(in: folder, disk: disk)
    }

    private mutating func whileLocked(_ body: (inout Mirror) throws -> Void) throws {
        do {
            if let headFile, try !disk.isCurrent(headFile, at: "\(folder)/HEAD") { close() }
            let file = try Mirror.lock(folder, headFile, disk: disk)
            headFile = file
            defer { disk.unlock(file) }
            // Another folder may have taken the mirror over.
            try Journal.requireOwner(ofMirror: folder, folder: data, disk: disk)?.save(in: folder, disk: disk)
            if !hasTidied {
                try disk.removeLeftovers(in: folder)
                hasTidied = true
            }
            try body(&self)
        } catch {
            // The state of an open file after a failure is unknown.
            close()
            throw error
        }
    }

    /// Copies and syncs all missing bytes up to `end` in `segment`, which must be durable in the log. `appended` holds
    /// the last bytes before `end`, so they need not be read again.
    mutating func follow(to segment: String, _ end: Int, appended: [UInt8] = []) throws {
        damage = nil
        try whileLocked { mirror in
            let disk = mirror.disk
            let latest =
                try mirror.open?.segment ?? disk.names(in: mirror.folder).last(where: LogReader.isSegment) ?? ""
            if latest > segment {
                // Another process may have gone on to the next segment.
                if try !disk.names(in: mirror.source).contains(latest) { mirror.report(latest, 0) }
                return
            }
            if latest < segment {
                for older in try disk.names(in: mirror.source)
                where LogReader.isSegment(older) && older < segment && older >= latest {
                    try mirror.follow(entire: older)
                    if mirror.damage != nil { return }
                }
            }
            try mirror.copy(segment, end, appended: appended)
        }
    }

    /// Copies all missing bytes of all segments; those that differ from the log are left as they are.
    mutating func followAll() throws {
        defer { close() }
        try whileLocked { mirror in
            for segment in try mirror.disk.names(in: mirror.source) where LogReader.isSegment(segment) {
                try mirror.follow(entire: segment)
            }
        }
    }

    private mutating func follow(entire segment: String) throws {
        let file = try disk.open("\(source)/\(segment)", flags: O_RDONLY, mode: 0)
        defer { disk.close(file) }
        // J7
        try disk.synchronise(file)
        try copy(segment, try disk.size(of: file), appended: [])
        // J2, also where the sync of another process failed.
        if let open { try disk.synchronise(open.file) }
    }

    private mutating func report(_ segment: String, _ offset: Int) {
        damage = Damage(
            kind: .mirror, node: node, segment: segment, offset: offset, sequences: nil, copy: .mirror)
    }

    private mutating func copy(_ segment: String, _ end: Int, appended: [UInt8]) throws {
        let file = try file(of: segment)
        let size = try disk.size(of: file)
        guard let headFile else { return }
        var head = try Head(reading: headFile, from: disk)
        let synced = segment == head.segment ? head.offset : segment < head.segment ? size : 0
        let start = min(size, synced)
        guard try isPrefix(file, start, size, segment, end: end, appended: appended.count) else {
            return report(segment, min(size, end))
        }
        if start < end {
            // A mirror that has lost bytes ends before its HEAD.
            if (segment, start) < (head.segment, head.offset) { try set(&head, headFile, to: segment, start) }
            if end - start == appended.count {
                try appended.withUnsafeBytes { try disk.write($0, to: file, at: start) }
            } else {
                let original = try disk.open("\(source)/\(segment)", flags: O_RDONLY, mode: 0)
                defer { disk.close(original) }
                try disk.copy(start..<end, of: original, to: file, at: start)
            }
            try disk.synchronise(file)
        }
        if (segment, end) > (head.segment, head.offset) { try set(&head, headFile, to: segment, end) }
        comparedEnd = max(size, end)
    }

    private func set(_ head: inout Head, _ file: Int32, to segment: String, _ offset: Int) throws {
        try head.write(
            sequence: head.sequence + 1, hash: .zero, segment: segment, offset: offset, to: file, on: disk)
    }

    /// Whether the mirror's segment is a prefix of the log's. It may go beyond `end`, where another process has copied
    /// what was appended since.
    ///
    /// Bytes that this process compared before are skipped. If only the bytes just appended are missing, the last 64
    /// KiB are enough: the chain hash of the last line covers all lines before it.
    private func isPrefix(
        _ file: Int32, _ start: Int, _ size: Int, _ segment: String, end: Int, appended: Int
    ) throws -> Bool {
        if size == comparedEnd { return true }
        let original = try disk.open("\(source)/\(segment)", flags: O_RDONLY, mode: 0)
        defer { disk.close(original) }
        let first = size + appended >= end ? max(0, size - 64 << 10) : min(comparedEnd, size)
        // What is written again has to be equal.
        return try disk.firstDifference(of: file, and: original, in: min(first, start)..<size) == nil
    }

    private mutating func file(of segment: String) throws -> Int32 {
        let path = "\(folder)/\(segment)"
        if let open {
            if open.segment == segment, try disk.isCurrent(open.file, at: path) { return open.file }
            disk.close(open.file)
            self.open = nil
        }
        comparedEnd = 0
        let file = try disk.open(path, flags: O_RDWR | O_CREAT, mode: 0o600)
        open = (segment, file)
        if try disk.size(of: file) == 0 { try disk.synchroniseFolder(folder) }
        return file
    }
}
