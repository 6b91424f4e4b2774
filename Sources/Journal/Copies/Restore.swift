import Glibc

/// A data folder made from a backup, its tar archive, a mirror or a copied folder.
public struct Restore: Sendable {
    /// The node whose log the new folder writes.
    public private(set) var node = ""
    /// For each node, the number of its last line; 0 for none.
    public private(set) var lines: [String: Int] = [:]
    /// Damage of the source, which the new folder has too.
    public private(set) var damages: [Damage] = []
    /// Files that BACKUP names and that are missing or not as they were written.
    public private(set) var differing: [String] = []

    /// The name of the log that the new folder goes on with.
    public enum Name: Sendable {
        /// The next free one after that of the source: `desk-2` after `desk`.
        case next
        case named(String)
        /// That of the source. Only if the source is never written to again: two folders that continue one log make
        /// two histories of it.
        case same
    }

    /// Copies the journal, cut after the last complete action of each node, and the parts that were asked for, and
    /// proves them. `place` is there at the end with everything, or not at all. It has no mirror.
    ///
    /// - Parameter group: The group whose members share the new folder; `nil`: it is this account's alone.
    /// - Throws: ``JournalError`` or ``CopyError``.
    public init(
        from source: String, to place: String, as name: Name = .next, parts: Set<CopyPart> = Set(CopyPart.allCases),
        group: UserGroup? = nil, disk: any Disk = SystemDisk()
    ) throws {
        try JournalError.wrap {
            try StagedFolder.refuse(place, inside: source, disk: disk)
            let source = try CopySource(source, disk: disk)
            guard let former = source.node else { throw CopyError.nothing(source: source.path) }
            var staged = try StagedFolder(for: place, group: group, disk: disk)
            do {
                try Journal.requireLocalDisk(staged.path, disk: disk)
                try copy(source, former, parts, into: &staged, disk)
                try begin(name, after: former, in: &staged, place, disk)
                try staged.write(CopiedFile(name: "NODE", content: .bytes(Array("\(node)\n".utf8))))
                damages = try Verification(of: staged.path, readOnly: true, disk: disk).damages
                try staged.putInPlace()
            } catch {
                staged.discard()
                throw error
            }
        }
    }

    private mutating func copy(
        _ source: CopySource, _ former: String, _ parts: Set<CopyPart>, into staged: inout StagedFolder,
        _ disk: any Disk
    ) throws {
        var digests: [String: Digest] = [:]
        // J1: before the logs, so that lines which a writer adds meanwhile do not seem lost.
        var heads = [former: source.isDataFolder ? [] : Head().file]
        let logs = Set(source.logs.keys).union([former]).sorted()
        for log in logs {
            if let bytes = try source.bytes(of: "journal/\(log)/HEAD") {
                heads[log] = bytes
                digests["journal/\(log)/HEAD"] = bytes.withUnsafeBytes { Digest(of: $0) }
            }
        }
        for name in [Instance.name, "NODE"] {
            digests[name] = try source.bytes(of: name)?.withUnsafeBytes { Digest(of: $0) }
        }
        for (log, segments) in source.logs {
            for (segment, content) in segments {
                let name = "journal/\(log)/\(segment)"
                guard let file = try source.file(name, content) else { continue }
                digests[name] = try staged.write(file)
            }
        }
        for part in parts {
            for name in source.names(of: part) {
                guard let file = try source.file(name) else { continue }
                digests[name] = try staged.write(file)
            }
        }
        if let manifest = source.manifest {
            if manifest.isEmpty { differing = [Backup.manifest] }
            for entry in manifest where digests[entry.name] != entry.digest {
                if let part = CopyPart(of: entry.name), !parts.contains(part) { continue }
                differing.append(entry.name)
            }
        }
        for log in logs { try finish(log, heads[log], in: &staged, disk) }
    }

    /// Gives a log its HEAD, and cuts off what follows the last complete action: it was never acknowledged, and nobody
    /// continues it. `head`: that of the source. One that does not fit the log is copied as it is: verifying the new folder
    /// shall find it as well.
    private mutating func finish(
        _ log: String, _ head: [UInt8]?, in staged: inout StagedFolder, _ disk: any Disk
    ) throws {
        let path = "\(staged.path)/journal/\(log)"
        var reader = LogReader(node: log, folder: path, disk: disk)
        defer { reader.close() }
        try reader.advance { _ in }
        lines[log] = reader.resumePoint?.sequence ?? 0
        if var head {
            var known = Head(head)
            if reader.damage(by: known) == nil {
                if let end = reader.resumePoint {
                    known.set(sequence: end.sequence, hash: end.hash, segment: end.segment, offset: end.offset)
                }
                head = known.file
            }
            try staged.write(CopiedFile(name: "journal/\(log)/HEAD", content: .bytes(head)))
        }
        // Damage stays as it is found.
        guard reader.damages.isEmpty, let end = reader.resumePoint, !reader.unresolvedTails.isEmpty else { return }
        for name in try disk.names(in: path) where LogReader.isSegment(name) && name >= end.segment {
            guard name == end.segment else {
                try disk.remove("\(path)/\(name)")
                continue
            }
            let file = try disk.open("\(path)/\(name)", flags: O_RDONLY, mode: 0)
            defer { disk.close(file) }
            try disk.replace(name, in: path) { try disk.copy(0..<end.offset, of: file, to: $0, at: 0) }
        }
    }

    /// Creates the log that this folder writes, if that is a new one, and gives the folder its identity.
    private mutating func begin(
        _ name: Name, after former: String, in staged: inout StagedFolder, _ place: String, _ disk: any Disk
    ) throws {
        let logs = "\(staged.path)/journal"
        switch name {
        case .next: node = try Journal.freeName(after: former, in: logs, disk: disk)
        case .same: node = former
        case .named(let chosen):
            guard CopySource.isNodeName(chosen), try !disk.names(in: logs).contains(chosen) else {
                throw CopyError.nodeName(chosen)
            }
            node = chosen
        }
        if node != former {
            try staged.write(CopiedFile(name: "journal/\(node)/HEAD", content: .bytes(Head().file)))
        }
        let real = place.hasPrefix("/") ? place : "\(try disk.realPath(of: "."))/\(place)"
        let instance = try Instance(forFolder: staged.path, path: real, disk: disk)
        try staged.write(CopiedFile(name: Instance.name, content: .bytes(instance.text)))
    }
}
