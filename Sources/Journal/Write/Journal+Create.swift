import Glibc

extension Journal {
    /// Whether a folder holds a journal. `true` also if that cannot be read: opening it then reports the reason.
    public static func exists(at folder: String, disk: any Disk = SystemDisk()) -> Bool {
        do { return try nodeName(in: folder, disk: disk) != nil } catch { return true }
    }

    /// Creates the folders and files of an empty journal. After a crash it can be called again.
    ///
    /// - Parameter group: The group whose members share the folder; `nil`: it is this account's alone.
    /// - Throws: ``JournalError/exists(folder:)``, ``JournalError/network(folder:fileSystem:)`` or ``JournalError/disk(_:)``.
    public static func create(
        at folder: String, node: String, group: UserGroup? = nil, disk: any Disk = SystemDisk()
    ) throws {
        try JournalError.wrap {
            try requireText(of: folder, disk: disk)
            var folders = NewFolders(sharedBy: group?.id, disk: disk)
            try folders.makePath(folder)
            try requireSafeFolder(folder, disk: disk)
            if let group, try nodeName(in: folder, disk: disk) == nil { try disk.share(folder, with: group.id) }
            try withLock(folder, node: nil, disk: disk) { try createFiles(in: folder, node: node, disk: disk) }
        }
    }

    private static func createFiles(in folder: String, node: String, disk: any Disk) throws {
        if try nodeName(in: folder, disk: disk) != nil { throw JournalError.exists(folder: folder) }
        if try hasLines(folder, disk: disk) { throw JournalError.exists(folder: folder) }
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

    /// - Throws: ``JournalError/network(folder:fileSystem:)`` for a file system whose locks and syncs do not guarantee what
    ///   J1 to J9 need; ``DiskFailure`` for a path that is not UTF-8, of which only a repaired text could be kept.
    static func requireLocalDisk(_ folder: String, disk: any Disk) throws {
        try requireText(of: folder, disk: disk)
        if let name = try disk.fileSystem(of: folder).untrusted {
            throw JournalError.network(folder: folder, fileSystem: name)
        }
    }

    /// The same for a data folder and what this node writes in it, which links and mounts may have elsewhere. Throws
    /// ``JournalError/exposed(folder:)`` if everybody may write to the folder.
    static func requireSafeFolder(_ folder: String, node: String? = nil, disk: any Disk) throws {
        try requireLocalDisk(folder, disk: disk)
        if try disk.exposure(of: folder, inside: nil) != nil { throw JournalError.exposed(folder: folder) }
        var places = ["LOCK", "NODE", Instance.name, CopyPart.keys.rawValue, CopyPart.pins.rawValue, "journal"]
        if let node {
            let log = "journal/\(node)"
            places += [log] + ((try? disk.names(in: "\(folder)/\(log)")) ?? []).map { "\(log)/\($0)" }
        }
        for place in places {
            // What is missing is made in a folder that was looked at; what cannot be read fails when it is needed.
            guard let name = try? disk.fileSystem(of: "\(folder)/\(place)").untrusted else { continue }
            throw JournalError.network(folder: "\(folder)/\(place)", fileSystem: name)
        }
    }

    /// Throws for a relative path in a working folder whose name is not UTF-8.
    private static func requireText(of folder: String, disk: any Disk) throws {
        if !folder.hasPrefix("/") { _ = try disk.realPath(of: ".") }
    }

    /// Whether logs are there, also of a folder that has lost NODE.
    static func hasLines(_ folder: String, disk: any Disk) throws -> Bool {
        try disk.names(in: "\(folder)/journal").contains { node in
            try disk.names(in: "\(folder)/journal/\(node)").contains(where: LogReader.isSegment)
        }
    }

    /// The first word of the NODE file; `nil` if there is none, or its line is not complete. Throws
    /// ``JournalError/nodeName(folder:name:)`` for another text than a name, such as a path: a log would be sought there.
    static func nodeName(in folder: String, disk: any Disk) throws -> String? {
        guard let text = try disk.start(of: "\(folder)/NODE", count: 256) else { return nil }
        guard let end = text.firstIndex(of: UInt8(ascii: "\n")), end > text.startIndex else { return nil }
        let name = String(decoding: text[..<end].prefix { $0 > 0x20 }, as: UTF8.self)
        if name.isEmpty { return nil }
        guard CopySource.isNodeName(name) else { throw JournalError.nodeName(folder: folder, name: name) }
        return name
    }
}
