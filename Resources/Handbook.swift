import Foundation

/// The written job standards (岗位标准) as data, one chapter per feature, with the estate's own policy merged into them.
///
/// A chapter names the clause it restates: `"1.4"` is the fourth numbered rule of section 1, `"2.3"` and `"3.3"` the third
/// row of a table, `"7"` the unnumbered text of section 7, and `"rules.gate"` the paragraph **Gate** of the rules.
/// `"1.8"` is calling out, which follows the seven rules of answering.
///
/// The values that the standards prescribe are fixed. Where the standards are silent, a default stands in a `policy` object,
/// and the estate's folder may hold a file of the same name and shape with other values there.
public struct Handbook: Sendable {
    private let entries: [ObjectIdentifier: any AnyEntry]

    /// Files of the estate's folder that belong to no chapter of this handbook and have no effect, by name.
    public let passedOver: [String]

    /// The given chapters, with the `*.json` files of `folder` merged into them. Without a folder, or when it does not exist,
    /// they are as shipped.
    ///
    /// - Throws: ``HandbookError`` for the first file that cannot be read, decoded or merged, or whose values are invalid.
    public static func load(overriding folder: URL?, chapters: [any Chapter.Type]) throws(HandbookError) -> Handbook {
        try Handbook(overrides: folder.map(files) ?? [:], chapters: chapters)
    }

    /// The given chapters, with the estate's files merged into them.
    ///
    /// - Parameter overrides: The contents of the files by name, such as `"gate.json"`; none: the chapters are as shipped.
    /// - Throws: ``HandbookError`` for the first file that cannot be decoded or merged, or whose values are invalid.
    public init(overrides: [String: Data] = [:], chapters: [any Chapter.Type]) throws(HandbookError) {
        var entries: [ObjectIdentifier: any AnyEntry] = [:]
        for chapter in chapters {
            entries[ObjectIdentifier(chapter)] = try Self.entry(chapter, overriddenBy: overrides[chapter.file])
        }
        self.entries = entries
        passedOver = Set(overrides.keys).subtracting(chapters.map { $0.file }).sorted()
    }

    /// The chapter of a type.
    ///
    /// - Precondition: The handbook was loaded with this chapter.
    public subscript<C: Chapter>(_: C.Type) -> C {
        guard let entry = entries[ObjectIdentifier(C.self)] as? Entry<C> else {
            preconditionFailure("the handbook was loaded without \(C.file)")
        }
        return entry.chapter
    }

    private static func entry<C: Chapter>(_: C.Type, overriddenBy own: Data?) throws(HandbookError) -> any AnyEntry {
        Entry(try C.load(overriddenBy: own))
    }

    /// The contents of a folder's `*.json` files by name; empty when the folder does not exist.
    private static func files(of folder: URL) throws(HandbookError) -> [String: Data] {
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

extension Handbook: Equatable {
    public static func == (left: Handbook, right: Handbook) -> Bool {
        left.passedOver == right.passedOver && left.entries.count == right.entries.count
            && left.entries.allSatisfy { type, entry in entry.isEqual(to: right.entries[type]) }
    }
}

private protocol AnyEntry: AnyObject, Sendable {
    func isEqual(to other: (any AnyEntry)?) -> Bool
}

/// A chapter held by reference: to find it costs a cast of a class, much less than a cast of a struct.
private final class Entry<C: Chapter>: AnyEntry {
    let chapter: C

    init(_ chapter: C) { self.chapter = chapter }

    func isEqual(to other: (any AnyEntry)?) -> Bool { chapter == (other as? Entry<C>)?.chapter }
}
