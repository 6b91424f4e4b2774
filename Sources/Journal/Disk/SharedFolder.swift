import Glibc

// Data folders that several accounts share. A shared folder belongs to a group (mode 02770); the set-group-ID bit gives
// its group to whatever is made in it, and ``SystemDisk`` sets the modes. Therefore `keys/`, `pins/`, `drafts/` and all
// later files are shared, too. A folder to which an administrator gave these modes is shared in the same way.

/// A group of accounts.
public struct UserGroup: Equatable, Sendable {
    public let id: UInt32

    /// The group of a name; `nil` if there is none.
    public init?(named name: String) {
        guard let entry = getgrnam(name) else { return nil }
        id = entry.pointee.gr_gid
    }

    /// Whether this account may give folders to the group: it is a member, or root.
    public var includesThisProcess: Bool {
        if geteuid() == 0 || getegid() == id { return true }
        var groups = [gid_t](repeating: 0, count: max(0, Int(getgroups(0, nil))))
        let count = getgroups(Int32(groups.count), &groups)
        return groups.prefix(max(0, Int(count))).contains(id)
    }

    /// The first folder above `path` that the group's members cannot go through; `nil` if there is none.
    public func obstacle(above path: String) -> String? {
        var partial = ""
        let absolute = path.hasPrefix("/") ? path : "\((try? SystemDisk().realPath(of: ".")) ?? "")/\(path)"
        for part in absolute.split(separator: "/").dropLast() {
            partial += "/\(part)"
            var status = stat()
            guard stat(partial, &status) == 0 else { return nil }
            let isOpen = status.st_mode & 0o001 != 0 || status.st_gid == id && status.st_mode & 0o010 != 0
            if !isOpen { return partial }
        }
        return nil
    }
}

extension stat {
    /// Whether it is a folder of a group, and of nobody else.
    var isShared: Bool { st_mode & S_IFMT == S_IFDIR && st_mode & 0o2077 == 0o2070 }
}

extension SystemDisk {
    public func sharedGroup(of folder: String) throws -> UInt32? {
        var status = stat()
        if stat(folder, &status) != 0 { throw DiskFailure(call: "stat", path: folder, number: errno) }
        return status.isShared ? status.st_gid : nil
    }

    public func share(_ folder: String, with group: UInt32) throws {
        if try sharedGroup(of: folder) == group { return }
        if chown(folder, uid_t.max, group) != 0 { throw DiskFailure(call: "chown", path: folder, number: errno) }
        if chmod(folder, 0o2770) != 0 { throw DiskFailure(call: "chmod", path: folder, number: errno) }
        // Of an account that is not in the group, the system drops the bit without a word; some disks have no modes.
        if try sharedGroup(of: folder) != group { throw DiskFailure(call: "chmod", path: folder, number: EPERM) }
    }

    /// Gives a new folder in a shared one to its group.
    func shareLikeParent(folder path: String) throws {
        guard let group = groupOfParent(of: path) else { return }
        try share(path, with: group)
    }

    /// Gives a file in a shared folder to its group, if it is this account's own and is not yet.
    func shareLikeParent(_ file: Int32, at path: String) throws {
        guard let group = groupOfParent(of: path) else { return }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_uid == geteuid() else { return }
        if status.st_gid != group, fchown(file, uid_t.max, group) != 0 {
            throw DiskFailure(call: "fchown", path: path, number: errno)
        }
        if status.st_mode & 0o777 != 0o660, fchmod(file, 0o660) != 0 {
            throw DiskFailure(call: "fchmod", path: path, number: errno)
        }
    }

    private func groupOfParent(of path: String) -> UInt32? {
        let end = path.lastIndex { $0 != "/" } ?? path.startIndex
        let parent = path[...end].lastIndex(of: "/").map { $0 == path.startIndex ? "/" : path[..<$0] } ?? "."
        var status = stat()
        return stat(String(parent), &status) == 0 && status.isShared ? status.st_gid : nil
    }
}

/// Folders that are made, private or for a group, and can be taken back when something later fails.
struct NewFolders {
    /// The number of the group that shares them; `nil` for private ones.
    var group: UInt32?
    private var made: [String] = []
    private let disk: any Disk

    init(sharedBy group: UInt32? = nil, disk: any Disk) { (self.group, self.disk) = (group, disk) }

    /// Creates a folder unless it is there; says whether it did.
    @discardableResult
    mutating func make(_ path: String) throws -> Bool {
        guard try disk.makeFolder(path, mode: 0o700) else { return false }
        made.append(path)
        if let group { try disk.share(path, with: group) }
        return true
    }

    /// Creates a folder and its missing parents, and makes their names durable.
    mutating func makePath(_ path: String) throws {
        var partial = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/") {
            let parent = partial.isEmpty ? "/" : partial
            partial += "/\(part)"
            let isNew = try make(partial)
            // A parent that this user may not read cannot be synced.
            do { try disk.synchroniseFolder(parent) } catch let failure as DiskFailure
                where !isNew || failure.number == EACCES
            {}
        }
    }

    /// Removes the folders that were made, with all that is in them.
    func discard() { for path in made.reversed() { disk.removeTree(path) } }
}

/// What a folder holds before something is made in it, so that all of that can be taken back.
public struct FolderBefore {
    private let folder: String
    /// The first folder of the path that was missing.
    private var missing: String?
    private let names: Set<String>

    /// Throws ``DiskFailure``.
    public init(_ folder: String) throws {
        self.folder = folder
        let disk = SystemDisk()
        names = Set(try disk.names(in: folder))
        var partial = folder.hasPrefix("/") ? "" : "."
        for part in folder.split(separator: "/") where missing == nil {
            partial += "/\(part)"
            var status = stat()
            if stat(partial, &status) != 0, errno == ENOENT { missing = partial }
        }
    }

    /// Removes what has come since.
    public func restore() {
        let disk = SystemDisk()
        if let missing { return disk.removeTree(missing) }
        for name in (try? disk.names(in: folder)) ?? [] where !names.contains(name) {
            if (try? disk.remove("\(folder)/\(name)")) == nil { disk.removeTree("\(folder)/\(name)") }
        }
    }
}
