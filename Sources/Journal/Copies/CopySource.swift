import Glibc

/// What a restore copies from: a backup, its tar archive, a data folder, or a mirror, which has no NODE.
struct CopySource {
    let path: String
    /// The files, by their path in the source's root.
    private let files: [String: CopiedFile.Content]
    /// The segments by node and name.
    private(set) var logs: [String: [String: CopiedFile.Content]] = [:]
    /// The node whose log the folder wrote, as far as that is known.
    private(set) var node: String?
    /// The entries of BACKUP; `nil` if the source has none.
    private(set) var manifest: [ManifestEntry]?
    private let disk: any Disk

    /// - Throws: ``CopyError/missing(source:)``, ``CopyError/notTar(source:)``, ``CopyError/nothing(source:)`` or
    ///   ``DiskFailure``.
    init(_ path: String, disk: any Disk) throws {
        (self.path, self.disk) = (path, disk)
        var found: [String: CopiedFile.Content] = [:]
        if try disk.names(in: path).isEmpty {
            guard let file = try disk.openIfThere(path) else { throw CopyError.missing(source: path) }
            defer { disk.close(file) }
            let archived: [String: Range<Int>]?
            do { archived = try Tar.files(in: file, on: disk) } catch let failure as DiskFailure
                where failure.number == EISDIR
            { throw CopyError.nothing(source: path) }
            guard let archived else { throw CopyError.notTar(source: path) }
            for (name, range) in archived {
                found[name] = .range(path: path, offset: range.lowerBound, count: range.count)
            }
        } else {
            for name in try disk.files(in: path) {
                // The end of a file that is being written is taken when it is copied.
                found[name] = .range(path: "\(path)/\(name)", offset: 0, count: -1)
            }
        }
        var rooted: [String: CopiedFile.Content] = [:]
        let root = CopySource.root(of: found.keys)
        for (name, content) in found {
            let parts = name.split(separator: "/").filter { $0 != "." }
            guard parts.starts(with: root), !parts.contains("..") else { continue }
            rooted[parts.dropFirst(root.count).joined(separator: "/")] = content
        }
        files = rooted
        try findLogs()
        if logs.isEmpty { throw CopyError.nothing(source: path) }
        if let text = try bytes(of: Backup.manifest) { manifest = ManifestEntry.entries(of: text) ?? [] }
    }

    /// The folder in an archive that holds the data: that of NODE, or else that above the nodes' folders.
    private static func root(of names: some Collection<String>) -> [Substring] {
        let paths = names.sorted().map { $0.split(separator: "/").filter { $0 != "." } }
        let known = paths.filter { $0.last == "NODE" }.min { $0.count < $1.count }
        if let known { return Array(known.dropLast()) }
        let segment = paths.filter { LogReader.isSegment(String($0.last ?? "")) }.min { $0.count < $1.count } ?? []
        if segment.count > 2, segment[segment.count - 3] == "journal" { return Array(segment.dropLast(3)) }
        return Array(segment.dropLast(min(2, segment.count)))
    }

    /// Whether it is a data folder, or a backup of one, and no mirror, which has no HEAD of the log's.
    var isDataFolder: Bool { files["NODE"] != nil }

    private mutating func findLogs() throws {
        if let text = try bytes(of: "NODE"), let line = text.split(separator: 0x0A).first {
            let name = String(decoding: line.prefix { $0 > 0x20 }, as: UTF8.self)
            // A path there would lead out of the new folder.
            guard CopySource.isNodeName(name) else { throw CopyError.nodeName(name) }
            node = name
        }
        let hasJournal = node != nil || files.keys.contains { $0.hasPrefix("journal/") }
        for (name, content) in files {
            var parts = name.split(separator: "/").map(String.init)
            if hasJournal {
                guard parts.first == "journal" else { continue }
                parts.removeFirst()
            }
            // The folder of one node's log was named.
            if parts.count == 1 { parts.insert(path.split(separator: "/").last.map(String.init) ?? "", at: 0) }
            guard parts.count == 2, LogReader.isSegment(parts[1]), CopySource.isNodeName(parts[0]) else { continue }
            logs[parts[0], default: [:]][parts[1]] = content
        }
        // A mirror: the node that wrote last.
        node = node ?? logs.max { ($0.value.keys.max() ?? "", $0.key) < ($1.value.keys.max() ?? "", $1.key) }?.key
    }

    /// Whether a text may name a node: it is the name of a folder, and stands in paths.
    static func isNodeName(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count < 64
            && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) }
    }

    /// The content of a small file; `nil` if it is not there.
    func bytes(of name: String) throws -> [UInt8]? {
        guard let content = files[name] else { return nil }
        let file = CopiedFile(name: name, content: try ended(content))
        if file.size > 1 << 28 { throw DiskFailure(call: "read", path: name, number: EFBIG) }
        var bytes: [UInt8] = []
        _ = try file.read(from: disk) { bytes.append(contentsOf: $0) }
        return bytes
    }

    /// The names of the files of a part.
    func names(of part: CopyPart) -> [String] { files.keys.filter { CopyPart(of: $0) == part }.sorted() }

    /// A file as it is to be copied.
    func file(_ name: String, _ content: CopiedFile.Content? = nil) throws -> CopiedFile? {
        guard let content = content ?? files[name] else { return nil }
        return CopiedFile(name: name, content: try ended(content))
    }

    private func ended(_ content: CopiedFile.Content) throws -> CopiedFile.Content {
        guard case .range(let path, let offset, let count) = content, count < 0 else { return content }
        let file = try disk.open(path, flags: O_RDONLY, mode: 0)
        defer { disk.close(file) }
        return .range(path: path, offset: offset, count: try disk.size(of: file))
    }
}
