import Crypto
import Glibc

/// What a backup may hold besides the journal.
public enum CopyPart: String, Sendable, CaseIterable {
    /// The hashes of the PINs.
    case pins
    /// The estate's own handbook.
    case handbook
    /// The keys of sealed particulars.
    case keys

    /// The part that a file in a data folder belongs to.
    init?(of name: String) {
        guard let folder = name.split(separator: "/").first, name.contains("/") else { return nil }
        self.init(rawValue: String(folder))
    }
}

/// A backup or restore that could not be made. Nothing is at its destination.
public enum CopyError: Error, Equatable, Sendable {
    /// The destination exists and is not empty.
    case notEmpty(folder: String)
    /// The destination is in the folder that is copied.
    case inside(folder: String, source: String)
    /// There is no file or folder of the source's name.
    case missing(source: String)
    /// There is no journal in the source.
    case nothing(source: String)
    /// The file is no tar archive, or it ends too early.
    case notTar(source: String)
    /// The copy, read again, is not what was copied: the disk failed, or the source was repaired meanwhile. Try again.
    case unproved(file: String)
    /// The node's name is taken, or has other signs than letters, digits, `-` and `_`.
    case nodeName(String)
}

/// A file of a backup.
struct CopiedFile {
    enum Content {
        case bytes([UInt8])
        /// A range of a file on the disk.
        case range(path: String, offset: Int, count: Int)
    }

    /// Its path in the data folder.
    let name: String
    let content: Content

    var size: Int {
        switch content {
        case .bytes(let bytes): bytes.count
        case .range(_, _, let count): count
        }
    }

    /// Calls `body` with the content in pieces, and returns its SHA-256.
    func read(from disk: any Disk, _ body: (UnsafeRawBufferPointer) throws -> Void = { _ in }) throws -> Digest {
        var hash = SHA256()
        func take(_ bytes: [UInt8]) throws {
            try bytes.withUnsafeBytes {
                hash.update(bufferPointer: $0)
                try body($0)
            }
        }
        switch content {
        case .bytes(let bytes): try take(bytes)
        case .range(let path, let offset, let count):
            let file = try disk.open(path, flags: O_RDONLY, mode: 0)
            defer { disk.close(file) }
            var done = 0
            while done < count {
                let piece = try disk.bytes(of: file, from: offset + done, count: min(count - done, 1 << 20))
                if piece.isEmpty { throw DiskFailure(call: "read", path: path, number: ESTALE) }
                try take(piece)
                done += piece.count
            }
        }
        return hash.finalize().withUnsafeBytes { Digest(raw: $0) }
    }
}

extension Disk {
    /// The paths of all files in a folder, without the unfinished ones of a process that was killed.
    func files(in folder: String, under prefix: String = "", depth: Int = 0) throws -> [String] {
        // A link may lead into itself.
        if depth > 8 { return [] }
        var files: [String] = []
        for name in try names(in: folder) where !name.hasPrefix(".") && !name.hasSuffix(".new") {
            let inner = try self.files(in: "\(folder)/\(name)", under: "\(prefix)\(name)/", depth: depth + 1)
            if !inner.isEmpty {
                files += inner
            } else if try isFile("\(folder)/\(name)") {
                files.append(prefix + name)
            }
        }
        return files
    }

    private func isFile(_ path: String) throws -> Bool {
        do {
            guard let file = try openIfThere(path) else { return false }
            defer { close(file) }
            _ = try bytes(of: file, from: 0, count: 1)
            return true
        } catch let failure as DiskFailure where failure.number == EISDIR || failure.isOfOtherKind {
            return false
        }
    }

    /// Removes a folder and all in it. Failures are ignored: what stays is named as unfinished.
    func removeTree(_ folder: String, depth: Int = 0) {
        // A link goes, and not what it leads to.
        if (try? remove(folder)) != nil { return }
        for name in (try? names(in: folder)) ?? [] where depth < 16 {
            let path = "\(folder)/\(name)"
            if (try? remove(path)) == nil { removeTree(path, depth: depth + 1) }
        }
        try? removeFolder(folder)
    }
}
