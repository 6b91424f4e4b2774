import Glibc

/// A consistent copy of a data folder, made while others write to it.
///
/// It has the form of a data folder: this node's log up to its last acknowledged line, with a HEAD that names it; the
/// other nodes' logs up to their last complete action; NODE and INSTANCE; and the parts that were asked for. The file
/// BACKUP, written last, names each file with its size and SHA-256. A backup can be shown and verified where it lies;
/// who writes to it writes to a copy, under another node's name.
public struct Backup: Sendable {
    /// For each node, the number of the last line in the backup; 0 for none.
    public private(set) var lines: [String: Int] = [:]
    public private(set) var files = 0
    public private(set) var bytes = 0
    /// Damage of the original, which the backup has too.
    public private(set) var damages: [Damage] = []
    /// Logs of other nodes that could not be read and are not in the backup.
    public private(set) var failures: [String: DiskFailure] = [:]

    static let manifest = "BACKUP"

    /// Copies a data folder to `place`, which is there at the end with everything, proved, or not at all.
    ///
    /// - Throws: ``JournalError`` or ``CopyError``.
    public init(
        of folder: String, to place: String, parts: Set<CopyPart> = Set(CopyPart.allCases),
        disk: any Disk = SystemDisk()
    ) throws {
        try JournalError.wrap {
            try StagedFolder.refuse(place, inside: folder, disk: disk)
            let copied = try collect(folder, parts, disk)
            var staged = try StagedFolder(for: place, disk: disk)
            do {
                var entries: [ManifestEntry] = []
                for file in copied {
                    entries.append(ManifestEntry(file.name, size: file.size, try staged.write(file)))
                    count(file)
                }
                try staged.write(CopiedFile(name: Backup.manifest, content: .bytes(ManifestEntry.text(of: entries))))
                try prove(staged.path, entries, disk)
                try staged.putInPlace()
            } catch {
                staged.discard()
                throw error
            }
        }
    }

    /// Writes the same as a tar archive (ustar), in pieces. Its end, with the hashes of all files, proves itself when it
    /// is restored.
    ///
    /// - Throws: ``JournalError``, ``CopyError`` or the errors of `write`.
    public init(
        of folder: String, parts: Set<CopyPart> = Set(CopyPart.allCases), disk: any Disk = SystemDisk(),
        writingTar write: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        try JournalError.wrap {
            var entries: [ManifestEntry] = []
            func put(_ file: CopiedFile) throws -> Digest {
                try Tar.header(of: file.name, size: file.size).withUnsafeBytes(write)
                let digest = try file.read(from: disk, write)
                try Tar.padding(after: file.size).withUnsafeBytes(write)
                return digest
            }
            for file in try collect(folder, parts, disk) {
                entries.append(ManifestEntry(file.name, size: file.size, try put(file)))
                count(file)
            }
            _ = try put(CopiedFile(name: Backup.manifest, content: .bytes(ManifestEntry.text(of: entries))))
            try Tar.end.withUnsafeBytes(write)
        }
    }

    private mutating func count(_ file: CopiedFile) {
        files += 1
        bytes += file.size
    }

    /// Reads the journal, settles what was not acknowledged yet (J11), and chooses the files and their ends.
    private mutating func collect(_ folder: String, _ parts: Set<CopyPart>, _ disk: any Disk) throws -> [CopiedFile] {
        let journal = try Journal(at: folder, disk: disk)
        let heads = journal.headFiles()
        try journal.catchUp { _ in }
        let before = try journal.readHead()
        if journal.isWritable { try journal.settle { _ in } }
        let ofOthers = journal.damagesOfOthers(by: heads)
        let misfits = Set(ofOthers.map(\.node) + (journal.mustRecordHeadDamage ? [journal.node] : []))
        damages = journal.damages + ofOthers
        failures = Dictionary(uniqueKeysWithValues: journal.nodeFailures.map { ($0.node, $0.failure) })
        var copied: [CopiedFile] = []
        for reader in journal.readers where failures[reader.node] == nil {
            let (log, end) = ("journal/\(reader.node)", reader.resumePoint)
            lines[reader.node] = end?.sequence ?? 0
            var head = Head()
            if let end { head.set(sequence: end.sequence, hash: end.hash, segment: end.segment, offset: end.offset) }
            // Acknowledged lines that are lost or damaged stay named, and what is left of them is copied.
            if reader.node == journal.node, before.sequence > head.sequence { head = before }
            for name in try disk.names(in: reader.folder) where LogReader.isSegment(name) && name <= head.segment {
                let path = "\(reader.folder)/\(name)"
                guard let file = try disk.openIfThere(path) else { continue }
                defer { disk.close(file) }
                let size = try disk.size(of: file)
                let count = name == head.segment ? min(head.offset, size) : size
                copied.append(
                    CopiedFile(name: "\(log)/\(name)", content: .range(path: path, offset: 0, count: count)))
            }
            // A HEAD that does not fit is copied as it is: verifying the backup shall find it as well.
            let isKept = reader.node == journal.node || heads[reader.node] != nil
            let bytes = misfits.contains(reader.node) ? heads[reader.node] ?? [] : isKept ? head.file : nil
            if let bytes { copied.append(CopiedFile(name: "\(log)/HEAD", content: .bytes(bytes))) }
        }
        for part in parts.map(\.rawValue).sorted() {
            for name in try disk.files(in: "\(folder)/\(part)") {
                guard let bytes = try disk.contents(of: "\(folder)/\(part)/\(name)") else { continue }
                copied.append(CopiedFile(name: "\(part)/\(name)", content: .bytes(bytes)))
            }
        }
        if let bytes = try disk.contents(of: "\(folder)/\(Instance.name)") {
            copied.append(CopiedFile(name: Instance.name, content: .bytes(bytes)))
        }
        copied.append(CopiedFile(name: "NODE", content: .bytes(Array("\(journal.node)\n".utf8))))
        return copied
    }

    /// Reads the backup again: each file has to have its hash, and the journal no damage that the original has not.
    private func prove(_ folder: String, _ entries: [ManifestEntry], _ disk: any Disk) throws {
        if let wrong = try ManifestEntry.differing(entries, in: folder, disk: disk).first {
            throw CopyError.unproved(file: wrong)
        }
        let found = try Verification(of: folder, readOnly: true, disk: disk).damages
        if found.count > damages.filter({ $0.copy == .primary }).count {
            throw CopyError.unproved(file: "journal/\(found[0].node)/\(found[0].segment)")
        }
    }
}

/// A line of BACKUP: a file, its size and its SHA-256.
///
///     {"file":"journal/desk/2026-11.jsonl","bytes":18211,"sha256":"2d66…"}
struct ManifestEntry: Equatable {
    let name: String
    let size: Int
    let digest: Digest

    init(_ name: String, size: Int, _ digest: Digest) { (self.name, self.size, self.digest) = (name, size, digest) }

    private init?(_ line: UnsafeRawBufferPointer) {
        guard let json = try? JSONValue(parsing: String(decoding: line, as: UTF8.self)),
            case .object(let members) = json, case .string(let name)? = members["file"],
            case .number(let bytes)? = members["bytes"], let size = Int(bytes),
            case .string(let hash)? = members["sha256"], let digest = Digest(hash)
        else { return nil }
        self.init(name, size: size, digest)
    }

    /// The text of BACKUP; its last line says how many there are.
    static func text(of entries: [ManifestEntry]) -> [UInt8] {
        var text: [UInt8] = []
        for entry in entries {
            var json = JSONWriter()
            json.openObject()
            json.key("file")
            json.string(entry.name)
            json.key("bytes")
            json.integer(entry.size)
            json.key("sha256")
            json.string(entry.digest.text)
            json.closeObject()
            text += json.bytes + [UInt8(ascii: "\n")]
        }
        return text + Array("{\"files\":\(entries.count)}\n".utf8)
    }

    /// The entries of a BACKUP; `nil` if it is not whole.
    static func entries(of text: [UInt8]) -> [ManifestEntry]? {
        var (entries, lines): ([ManifestEntry], [[UInt8]]) = ([], [])
        let end = text.withUnsafeBytes { bytes in
            bytes.eachLine { line, _ in
                lines.append(Array(line))
                if let entry = ManifestEntry(line) { entries.append(entry) }
            }
        }
        guard end == text.count, lines.count == entries.count + 1,
            lines.last == Array("{\"files\":\(entries.count)}".utf8)
        else { return nil }
        return entries
    }

    /// The names of files in a folder that are missing or have another content.
    static func differing(_ entries: [ManifestEntry], in folder: String, disk: any Disk) throws -> [String] {
        try entries.filter { entry in
            let path = "\(folder)/\(entry.name)"
            guard let file = try disk.openIfThere(path) else { return true }
            defer { disk.close(file) }
            let size = try disk.size(of: file)
            let found = CopiedFile(name: entry.name, content: .range(path: path, offset: 0, count: size))
            return try size != entry.size || found.read(from: disk) != entry.digest
        }.map(\.name)
    }
}
