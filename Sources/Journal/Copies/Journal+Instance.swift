import Glibc

// Which folder this is. Two folders must never continue one log, and a copy of a folder must never write into the
// mirror of its original: its path was copied along.

extension Journal {
    /// Whether the folder is a copy of another, or a restored one, that has not been written to. Its mirror is off, and
    /// the first write begins a log of another name, after which the folder is one like any other.
    public var isCopy: Bool { mark == .copied }

    /// Sees before a write that INSTANCE belongs to this folder; a copy goes on under another node's name.
    func markFolder() throws {
        // A folder that cannot be written to stays as it is.
        if let failure = lock.readOnly { throw failure }
        if mark == .own { return }
        let current = try Journal.locked(folder, within: patience, disk: disk) { _ in
            try Journal.markFolder(folder, disk: disk)
        }
        mark = .own
        if current != node { try begin(current) }
    }

    /// Goes on with the log of another node in this folder.
    private func begin(_ name: String) throws {
        let former = lock
        lock = try FolderLock(folder, node: name, disk: disk)
        former.close()
        if let segmentFile { disk.close(segmentFile.file) }
        follower?.close()
        (segmentFile, follower, mirrorSettingFailure) = (nil, nil, nil)
        (formerNode, node) = (node, name)
        try noticeNodes()
        // Without a line yet, the log is not noticed.
        if !readers.contains(where: { $0.node == name }) { follow(name) }
    }

    /// The same for a process that holds the lock. Returns the node whose log the folder writes from now on.
    static func markFolder(_ folder: String, disk: any Disk) throws -> String {
        // Another process may have done it while this one waited.
        guard let node = try nodeName(in: folder, disk: disk) else { throw JournalError.missing(folder: folder) }
        let instance = try Instance(in: folder, disk: disk)
        switch try FolderMark(of: folder, disk: disk) {
        case .own: return node
        case .outdated:
            guard let renewed = try instance?.renewed(for: folder, disk: disk) else { return node }
            try renewed.save(in: folder, disk: disk)
            try markMirror(of: folder, node: node, renewed, disk: disk)
            return node
        case .missing:
            let new = try Instance(forFolder: folder, disk: disk)
            try new.save(in: folder, disk: disk)
            try markMirror(of: folder, node: node, new, disk: disk)
            return node
        case .copied:
            let name = try freeName(after: node, in: "\(folder)/journal", disk: disk)
            try makeLog(name, in: folder, disk: disk)
            // What is tried out in a copy must not reach other machines.
            for file in ["MIRROR", Backup.manifest, HubFolder.setting, HubFolder.status] {
                try disk.remove("\(folder)/\(file)")
            }
            try disk.replace("NODE", in: folder, line: name)
            // Last: until then the folder is a copy, and the log of its original is not written to.
            try Instance(forFolder: folder, disk: disk).save(in: folder, disk: disk)
            return name
        }
    }

    /// Tells a mirror that is this folder's, or nobody's yet, where the folder stands. A failure is no matter here: the
    /// mirror reports it when it is written to.
    private static func markMirror(of folder: String, node: String, _ instance: Instance, disk: any Disk) throws {
        guard let mirror = try mirrorFolder(of: folder, disk: disk) else { return }
        let log = "\(mirror)/\(node)"
        guard let owner = try? Instance(in: log, disk: disk).map(\.id) ?? instance.id, owner == instance.id,
            (try? disk.names(in: log).isEmpty) == false
        else { return }
        try? Mirror.mark(log, as: instance, disk: disk)
    }

    /// `desk-2` after `desk`, or the next number that no log of the folder has.
    static func freeName(after node: String, in logs: String, disk: any Disk) throws -> String {
        let names = Set(try disk.names(in: logs))
        let parts = node.split(separator: "-")
        let base =
            parts.count > 1 && Int(parts[parts.count - 1]) != nil ? parts.dropLast().joined(separator: "-") : node
        var number = 2
        while names.contains("\(base)-\(number)") { number += 1 }
        return "\(base)-\(number)"
    }

    /// Creates the folder and HEAD of an empty log, durably.
    static func makeLog(_ node: String, in folder: String, disk: any Disk) throws {
        try disk.makeFolder("\(folder)/journal", mode: 0o700)
        try disk.makeFolder("\(folder)/journal/\(node)", mode: 0o700)
        let head = try disk.open("\(folder)/journal/\(node)/HEAD", flags: O_WRONLY | O_CREAT | O_TRUNC, mode: 0o600)
        defer { disk.close(head) }
        try Head().file.withUnsafeBytes { try disk.write($0, to: head, at: 0) }
        try disk.synchronise(head)
        try disk.synchroniseFolder("\(folder)/journal/\(node)")
        try disk.synchroniseFolder("\(folder)/journal")
    }

    // MARK: The mirror's owner

    /// Throws if the mirror of a log belongs to another data folder, or if this folder is a copy: a ``DiskFailure`` for
    /// which ``DiskFailure/isOfForeignMirror`` holds. Returns the identity that an empty mirror, which is nobody's yet,
    /// has to be given.
    @discardableResult
    static func requireOwner(ofMirror log: String, folder: String, disk: any Disk) throws -> Instance? {
        let foreign = DiskFailure(call: DiskFailure.foreignMirror, path: log, number: EPERM)
        let owner = try Instance(in: log, disk: disk)
        guard let own = try Instance(in: folder, disk: disk) else {
            if owner != nil { throw foreign }
            return nil
        }
        if let owner, owner.id != own.id { throw foreign }
        if try !own.isOf(folder, disk: disk) { throw foreign }
        if owner != nil { return nil }
        if try disk.names(in: log).contains(where: LogReader.isSegment) { throw foreign }
        return own
    }
}

extension DiskFailure {
    static let foreignMirror = "owner"
    /// Whether the mirror was left alone because it belongs to another data folder.
    public var isOfForeignMirror: Bool { call == DiskFailure.foreignMirror }
}
