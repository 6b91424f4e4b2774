import Foundation

/// One chapter of the handbook, for one feature: a JSON file, decoded and validated.
protocol Chapter: Decodable, Equatable, Sendable {
    /// File name, the same for the shipped file and the estate's.
    static var file: String { get }

    /// Bytes of the shipped file.
    static var shipped: [UInt8] { get }

    /// Merges the estate's file into the shipped one. Throws if it changes anything prescribed.
    static func merged(_ shipped: JSONValue, with own: JSONValue) throws(HandbookError.Reason) -> JSONValue

    /// Validates the decoded values. Throws the first one that is not allowed.
    func check() throws(HandbookError.Reason)
}

extension Chapter {
    static func merged(_ shipped: JSONValue, with own: JSONValue) throws(HandbookError.Reason) -> JSONValue {
        try shipped.overridingPolicy(with: own)
    }

    func check() throws(HandbookError.Reason) {}
}

/// The estate's files by name. Opening a chapter removes its file, so that the unused files remain.
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

    /// Reads the `*.json` files of a folder; empty if the folder does not exist.
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
