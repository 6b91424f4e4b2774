import Glibc

extension Journal {
    /// Whether a folder holds a journal. One that cannot be looked into counts: opening it tells why.
    public static func exists(at folder: String, disk: any Disk = SystemDisk()) -> Bool {
        do { return try ownNode(in: folder, disk: disk) != nil } catch { return true }
    }

    /// Makes the folders and files of a new journal. One that a crash kept from being finished is made anew.
    public static func create(at folder: String, node: String, disk: any Disk = SystemDisk()) throws {
        do {
            try makePath(folder, disk: disk)
            try refuseNetwork(folder, disk: disk)
            let lock = try disk.open("\(folder)/LOCK", flags: O_RDWR | O_CREAT, mode: 0o600)
            defer { disk.close(lock) }
            try disk.lock(lock)
            defer { disk.unlock(lock) }
            if try ownNode(in: folder, disk: disk) != nil { throw JournalError.exists(folder: folder) }
            for other in try disk.names(in: "\(folder)/journal")
            where try disk.names(in: "\(folder)/journal/\(other)").contains(where: LogReader.isSegment) {
                throw JournalError.exists(folder: folder)
            }
            try disk.makeFolder("\(folder)/journal", mode: 0o700)
            try disk.makeFolder("\(folder)/journal/\(node)", mode: 0o700)
            let head = try disk.open("\(folder)/journal/\(node)/HEAD", flags: O_WRONLY | O_CREAT | O_TRUNC, mode: 0o600)
            disk.close(head)
            try disk.synchroniseFolder("\(folder)/journal/\(node)")
            try disk.synchroniseFolder("\(folder)/journal")
            // The name comes last: it is what makes the folder a journal.
            try disk.replace("NODE", in: folder) { file in
                try Array("\(node)\n".utf8).withUnsafeBytes { try disk.write($0, to: file, at: 0) }
            }
            // A parent that may not be read cannot be synced by us; it is seldom new.
            try? disk.synchroniseFolder("\(folder)/..")
        } catch let failure as DiskFailure {
            throw JournalError.disk(failure)
        }
    }

    static func makePath(_ path: String, disk: any Disk) throws {
        var partial = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/") {
            partial += "/\(part)"
            try disk.makeFolder(partial, mode: 0o700)
        }
    }

    static func refuseNetwork(_ folder: String, disk: any Disk) throws {
        // NFS, SMB, CIFS, SMB2, FUSE: their locks and syncs do not promise what the journal needs.
        let untrusted = [0x6969, 0x517B, 0xFF53_4D42, 0xFE53_4D42, 0x6573_5546]
        if untrusted.contains(try disk.fileSystem(of: folder) & 0xFFFF_FFFF) {
            throw JournalError.network(folder: folder)
        }
    }

    /// The node's name; `nil` when there is none, or when its writing was not finished.
    static func ownNode(in folder: String, disk: any Disk) throws -> String? {
        guard let text = try disk.start(of: "\(folder)/NODE", count: 256) else { return nil }
        guard let end = text.firstIndex(of: UInt8(ascii: "\n")), end > text.startIndex else { return nil }
        return String(decoding: text[..<end].prefix { $0 > 0x20 }, as: UTF8.self)
    }
}
