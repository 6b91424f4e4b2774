import Foundation

/// One feature's part of the handbook: a JSON file, decoded and checked.
protocol Chapter: Decodable, Equatable, Sendable {
    /// The file's name, here and in the estate's folder.
    static var file: String { get }

    /// The file as shipped.
    static var shipped: [UInt8] { get }

    /// The shipped file with the estate's own laid over it.
    static func merged(_ shipped: JSONValue, with own: JSONValue) throws(HandbookError.Reason) -> JSONValue

    /// Throws the first thing that makes no sense although it decodes.
    func check() throws(HandbookError.Reason)
}

extension Chapter {
    static func merged(_ shipped: JSONValue, with own: JSONValue) throws(HandbookError.Reason) -> JSONValue {
        try shipped.overridingPolicy(with: own)
    }

    func check() throws(HandbookError.Reason) {}
}

/// The estate's files, taken away one by one as their chapters are opened.
struct Shelf {
    private(set) var files: [String: Data]

    mutating func open<C: Chapter>() throws(HandbookError) -> C {
        let own = files.removeValue(forKey: C.file)
        do {
            let chapter = try own.map { try Self.read(C.self, overriddenBy: $0) } ?? Self.read(C.self)
            try chapter.check()
            return chapter
        } catch let reason as HandbookError.Reason {
            throw HandbookError(file: C.file, reason: reason)
        } catch {
            throw HandbookError(file: C.file, reason: .malformed(error))
        }
    }

    private static func read<C: Chapter>(_: C.Type) throws -> C {
        try JSONDecoder().decode(C.self, from: Data(C.shipped))
    }

    private static func read<C: Chapter>(_: C.Type, overriddenBy own: Data) throws -> C {
        let decoder = JSONDecoder()
        let shipped = try decoder.decode(JSONValue.self, from: Data(C.shipped))
        let merged = try C.merged(shipped, with: decoder.decode(JSONValue.self, from: own))
        return try decoder.decode(C.self, from: JSONEncoder().encode(merged))
    }

    /// The `*.json` of a folder, by name; nothing when there is no such folder.
    static func contents(of folder: URL) throws(HandbookError) -> [String: Data] {
        guard FileManager.default.fileExists(atPath: folder.path) else { return [:] }
        var name = folder.lastPathComponent
        do {
            var files: [String: Data] = [:]
            for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            where file.pathExtension == "json" {
                name = file.lastPathComponent
                files[name] = try Data(contentsOf: file)
            }
            return files
        } catch {
            throw HandbookError(file: name, reason: .unreadable(error))
        }
    }
}
