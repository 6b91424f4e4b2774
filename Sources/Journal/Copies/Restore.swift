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
                let head = try copy(source, former, parts, into: &staged, disk)
                try begin(name, after: former, head, in: &staged, place, disk)
                try staged.write(CopiedFile(name: "NODE", content: .bytes(Array("\(node)\n".utf8))))
                let found = try Verification(of: staged.path, readOnly: true, disk: disk).damages
                damages = found + damages.filter { !found.contains($0) }
                try staged.putInPlace()
            } catch {
                staged.discard()
                throw error
            }
        }
    }

    /// Copies the files, and returns the HEAD of the source's node.
    private mutating func copy(
        _ source: CopySource, _ former: String, _ parts: Set<CopyPart>, into staged: inout StagedFolder,
        _ disk: any Disk
    ) throws -> Head {
        var digests: [String: Digest] = [:]
        // J1: before the log, so that lines which a writer adds meanwhile do not seem lost.
        let head = try source.bytes(of: "journal/\(former)/HEAD").map { Head($0) } ?? Head()
        for name in ["journal/\(former)/HEAD", Instance.name, "NODE"] {
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
        for log in source.logs.keys.sorted() { try cut(log, log == former ? head : Head(), in: staged.path, disk) }
        let last = lines[former] ?? 0
        if head.sequence > last {
            damages.append(
                Damage(
                    kind: .head, node: former, segment: head.segment, offset: head.offset,
                    sequences: last + 1...head.sequence))
        }
        return head
    }

    /// Cuts off what follows the last complete action: it was never acknowledged, and nobody continues it. `head`: what
    /// the source's HEAD says.
    private mutating func cut(_ log: String, _ head: Head, in folder: String, _ disk: any Disk) throws {
        let path = "\(folder)/journal/\(log)"
        var reader = LogReader(node: log, folder: path, disk: disk)
        defer { reader.close() }
        try reader.advance { _ in }
        lines[log] = reader.resumePoint?.sequence ?? 0
        // The HEAD of a mirror has no hash.
        if head.hash != .zero, let damage = reader.damage(by: head), damage.kind == .rewritten {
            damages.append(damage)
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

    /// Creates this folder's own log, or gives the source's a HEAD, and the folder its identity.
    private mutating func begin(
        _ name: Name, after former: String, _ known: Head, in staged: inout StagedFolder, _ place: String,
        _ disk: any Disk
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
        var head = Head()
        if node == former {
            var reader = LogReader(node: node, folder: "\(logs)/\(node)", disk: disk)
            defer { reader.close() }
            try reader.advance { _ in }
            head = known
            // Lines that the source has lost stay named: their numbers are not given again.
            if let end = reader.resumePoint, end.sequence >= known.sequence {
                head.set(sequence: end.sequence, hash: end.hash, segment: end.segment, offset: end.offset)
            }
        }
        try staged.write(CopiedFile(name: "journal/\(node)/HEAD", content: .bytes(head.file)))
        let real = place.hasPrefix("/") ? place : "\(try disk.realPath(of: "."))/\(place)"
        let instance = try Instance(forFolder: staged.path, path: real, disk: disk)
        try staged.write(CopiedFile(name: Instance.name, content: .bytes(instance.text)))
    }
}
