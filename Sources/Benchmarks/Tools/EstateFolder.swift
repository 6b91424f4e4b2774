import Foundation

/// The data folder of an estate.
struct EstateFolder {
    let path: String

    /// The journal's segments, oldest first.
    var segments: [String] {
        get throws {
            let manager = FileManager.default
            return try manager.contentsOfDirectory(atPath: "\(path)/journal").sorted().flatMap { node in
                try manager.contentsOfDirectory(atPath: "\(path)/journal/\(node)").sorted()
                    .filter { $0.hasSuffix(".jsonl") }.map { "\(path)/journal/\(node)/\($0)" }
            }
        }
    }

    var journalBytes: Int {
        get throws {
            try segments.reduce(0) {
                $0 + (try FileManager.default.attributesOfItem(atPath: $1)[.size] as? Int ?? 0)
            }
        }
    }

    /// Makes the folders an hour old, as they are in daily use: one that has just changed is listed at each write.
    func settle() throws {
        let hourAgo = Date(timeIntervalSinceNow: -3600)
        let logs = try segments.map { String($0.prefix(upTo: $0.lastIndex(of: "/") ?? $0.endIndex)) }
        for path in ["\(path)/journal"] + Set(logs) {
            try FileManager.default.setAttributes([.modificationDate: hourAgo], ofItemAtPath: path)
        }
    }

    /// Calls `body` with a copy of the journal that it may write to.
    func withCopy<Value>(_ body: (EstateFolder) throws -> Value) throws -> Value {
        try withFolder { folder in
            for part in ["NODE", "journal"] {
                try FileManager.default.copyItem(atPath: "\(path)/\(part)", toPath: "\(folder)/\(part)")
            }
            return try body(EstateFolder(path: folder))
        }
    }

    /// Calls `body` with a folder that has the same segments (hard links), but no checkpoint: every line has to be read.
    func withNothingButJournal<Value>(_ body: (EstateFolder) throws -> Value) throws -> Value {
        try withFolder { folder in
            let manager = FileManager.default
            try manager.copyItem(atPath: "\(path)/NODE", toPath: "\(folder)/NODE")
            for segment in try segments {
                let target = folder + segment.dropFirst(path.count)
                let node = (target as NSString).deletingLastPathComponent
                try manager.createDirectory(atPath: node, withIntermediateDirectories: true)
                try manager.linkItem(atPath: segment, toPath: target)
            }
            return try body(EstateFolder(path: folder))
        }
    }

    /// Calls `body` with a temporary folder next to this one.
    func withFolder<Value>(_ body: (String) throws -> Value) throws -> Value {
        let folder = "\(path)-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return try body(folder)
    }
}

/// Reads the bytes appended to a journal, so that the baselines write the same ones.
struct SegmentTail {
    private let folder: EstateFolder
    private var path = ""
    private var end: UInt64 = 0

    init(of folder: EstateFolder) throws {
        self.folder = folder
        _ = try next()
    }

    /// The bytes of the newest segment appended since the last call.
    mutating func next() throws -> [UInt8] {
        guard let last = try folder.segments.last else { return [] }
        if last != path { (path, end) = (last, 0) }
        let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        defer { try? handle.close() }
        try handle.seek(toOffset: end)
        let bytes = try handle.readToEnd() ?? Data()
        end += UInt64(bytes.count)
        return Array(bytes)
    }
}
