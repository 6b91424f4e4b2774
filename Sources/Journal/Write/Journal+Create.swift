import Glibc

extension Journal {
    /// Whether a folder holds a journal. `true` also if that cannot be read: opening it then reports the reason.
    public static func exists(at folder: String, disk: any Disk = SystemDisk()) -> Bool {
        do { return try nodeName(in: folder, disk: disk) != nil } catch { return true }
    }

    /// Creates the folders and files of an empty journal. After a crash it can be called again.
    ///
    /// - Throws: ``JournalError/exists(folder:)``, ``JournalError/network(folder:)`` or ``JournalError/disk(_:)``.
    public static func create(at folder: String, node: String, disk: any Disk = SystemDisk()) throws {
        try JournalError.wrap {
            try makePath(folder, disk: disk)
            try requireLocalDisk(folder, disk: disk)
            try withLock(folder, node: nil, disk: disk) { try createFiles(in: folder, node: node, disk: disk) }
        }
    }

    private static func createFiles(in folder: String, node: String, disk: any Disk) throws {
        if try nodeName(in: folder, disk: disk) != nil { throw JournalError.exists(folder: folder) }
        // NODE was lost, but there is data.
        for other in try disk.names(in: "\(folder)/journal")
        where try disk.names(in: "\(folder)/journal/\(other)").contains(where: LogReader.isSegment) {
            throw JournalError.exists(folder: folder)
        }
        try makeLog(node, in: folder, disk: disk)
        try Instance(forFolder: folder, disk: disk).save(in: folder, disk: disk)
        // NODE comes last: it makes the folder a journal.
        try disk.replace("NODE", in: folder, line: node)
    }

    /// Runs `body` with the lock held; creates LOCK if it is missing. Throws in a folder that cannot be written to.
    static func withLock<Result>(
        _ folder: String, node: String?, within seconds: Double = 10, disk: any Disk, _ body: () throws -> Result
    ) throws -> Result {
        var lock = try FolderLock(folder, node: node, disk: disk)
        defer { lock.close() }
        if let failure = lock.readOnly { throw failure }
        try lock.lock(within: seconds)
        defer { lock.unlock() }
        return try body()
    }

    /// Creates a folder and its missing parents.
    static func makePath(_ path: String, disk: any Disk) throws {
        var partial = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/") {
            let parent = partial.isEmpty ? "/" : partial
            partial += "/\(part)"
            try disk.makeFolder(partial, mode: 0o700)
            // Fails for a parent that this user may not read; such a folder is seldom new.
            try? disk.synchroniseFolder(parent)
        }
    }

    /// - Throws: ``JournalError/network(folder:)`` for NFS, SMB, CIFS, SMB2 and FUSE, whose locks and syncs do not
    ///   guarantee what J1 to J9 need.
    static func requireLocalDisk(_ folder: String, disk: any Disk) throws {
        let untrusted = [0x6969, 0x517B, 0xFF53_4D42, 0xFE53_4D42, 0x6573_5546]
        if untrusted.contains(try disk.fileSystem(of: folder) & 0xFFFF_FFFF) {
            throw JournalError.network(folder: folder)
        }
    }

    /// The first word of the NODE file; `nil` if there is none, or its line is not complete.
    static func nodeName(in folder: String, disk: any Disk) throws -> String? {
        guard let text = try disk.start(of: "\(folder)/NODE", count: 256) else { return nil }
        guard let end = text.firstIndex(of: UInt8(ascii: "\n")), end > text.startIndex else { return nil }
        return String(decoding: text[..<end].prefix { $0 > 0x20 }, as: UTF8.self)
    }
}
