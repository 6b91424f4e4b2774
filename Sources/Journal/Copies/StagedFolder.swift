import Glibc

/// A folder that is written beside its destination, synced and proved, and then renamed: under the final name there is
/// all of it or nothing.
struct StagedFolder {
    /// The destination.
    let place: String
    /// Where it is written: `.NAME.partial-PID` in the destination's parent.
    let path: String
    private let parent: String
    private let disk: any Disk
    private var folders: [String] = []

    /// Creates the folder. Removes what processes that were killed have left of theirs.
    ///
    /// - Parameter group: The group that shares it; `nil`: it is this account's alone.
    /// - Throws: ``CopyError/notEmpty(folder:)``, ``DiskFailure``.
    init(for place: String, group: UserGroup? = nil, disk: any Disk) throws {
        var parts = place.split(separator: "/", omittingEmptySubsequences: true)
        guard let name = parts.popLast(), name != "..", name != "." else { throw CopyError.notEmpty(folder: place) }
        if try !disk.names(in: place).isEmpty { throw CopyError.notEmpty(folder: place) }
        let isThere = try disk.openIfThere(place).map { disk.close($0) } != nil
        // Not a folder, or the rename below could not replace it.
        if isThere, (try? disk.synchroniseFolder(place)) == nil { throw CopyError.notEmpty(folder: place) }
        let names = parts.joined(separator: "/")
        parent = place.hasPrefix("/") ? "/\(names)" : names.isEmpty ? "." : names
        self.place = place
        self.disk = disk
        let prefix = ".\(name).partial-"
        path = "\(parent == "/" ? "" : parent)/\(prefix)\(getpid())"
        var above = NewFolders(sharedBy: group?.id, disk: disk)
        try above.makePath(parent)
        for left in try disk.names(in: parent) where left.hasPrefix(prefix) {
            guard let process = Int32(left.dropFirst(prefix.count)) else { continue }
            if process == getpid() || kill(process, 0) != 0 && errno == ESRCH { disk.removeTree("\(parent)/\(left)") }
        }
        try disk.makeFolder(path, mode: 0o700)
        // Another account may have made it first, to be given what is written.
        if try disk.exposure(of: path, inside: parent) != nil {
            throw DiskFailure(call: "mkdir", path: path, number: EEXIST)
        }
        if let group { try disk.share(path, with: group.id) }
    }

    /// Refuses a destination that is in the folder which is copied.
    static func refuse(_ place: String, inside folder: String, disk: any Disk) throws {
        func parts(_ path: String) throws -> [Substring] {
            let path = path.hasPrefix("/") ? path : "\(try disk.realPath(of: "."))/\(path)"
            return path.split(separator: "/").filter { $0 != "." }
        }
        let real = (try? disk.realPath(of: folder)) ?? folder
        for source in [folder, real] where try parts(place).starts(with: parts(source)) {
            throw CopyError.inside(folder: place, source: folder)
        }
    }

    /// Writes a file durably and returns the SHA-256 of its content.
    @discardableResult
    mutating func write(_ file: CopiedFile) throws -> Digest {
        let parts = file.name.split(separator: "/")
        for count in 1..<max(1, parts.count) {
            let folder = parts[..<count].joined(separator: "/")
            if folders.contains(folder) { continue }
            try disk.makeFolder("\(path)/\(folder)", mode: 0o700)
            folders.append(folder)
        }
        let written = try disk.open("\(path)/\(file.name)", flags: O_RDWR | O_CREAT | O_TRUNC | O_NOFOLLOW, mode: 0o600)
        defer { disk.close(written) }
        var place = 0
        let digest = try file.read(from: disk) {
            try disk.write($0, to: written, at: place)
            place += $0.count
        }
        try disk.synchronise(written)
        return digest
    }

    /// Syncs the folders, and gives the folder its name.
    func putInPlace() throws {
        for folder in folders.sorted().reversed() { try disk.synchroniseFolder("\(path)/\(folder)") }
        try disk.synchroniseFolder(path)
        try disk.rename(path, to: place)
        try disk.synchroniseFolder(parent)
    }

    /// Removes what was written, after a failure.
    func discard() { disk.removeTree(path) }
}
