import Foundation
import Synchronization

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

    /// Files of the estate's folder that belong to no chapter of this handbook and have no effect, by name: those that end
    /// in `.json`, and those whose name is nearly that of a chapter's file.
    public let passedOver: [String]

    /// The names of the chapters' files, sorted.
    public let files: [String]

    /// The given chapters, with the `*.json` files of `folder` merged into them. Without a folder, or when it does not exist,
    /// they are as shipped.
    ///
    /// - Throws: ``HandbookError`` for the first file that cannot be read, decoded or merged, or whose values are invalid.
    public static func load(overriding folder: URL?, chapters: [any Chapter.Type]) throws(HandbookError) -> Handbook {
        guard let folder else { return try Handbook(chapters: chapters) }
        return try Handbook(overrides: contents(of: folder, chapters), chapters: chapters)
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
        files = chapters.map { $0.file }.sorted()
        passedOver = Set(overrides.keys).subtracting(files).sorted()
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

    /// The chapters as shipped, each decoded once.
    private static let shipped = Mutex<[ObjectIdentifier: any AnyEntry]>([:])

    private static func entry<C: Chapter>(_: C.Type, overriddenBy own: Data?) throws(HandbookError) -> any AnyEntry {
        let id = ObjectIdentifier(C.self)
        if own == nil, let entry = shipped.withLock({ $0[id] }) { return entry }
        let entry = Entry(try C.load(overriddenBy: own))
        if own == nil { shipped.withLock { $0[id] = entry } }
        return entry
    }

    /// The contents of a folder's `*.json` files by name; empty when the folder does not exist. Other files are there, and
    /// empty, if they seem to be meant for a chapter.
    private static func contents(
        of folder: URL, _ chapters: [any Chapter.Type]
    ) throws(HandbookError) -> [String: Data] {
        var name = folder.lastPathComponent
        var place = stat()
        guard lstat(folder.path, &place) == 0 else { return [:] }
        guard stat(folder.path, &place) == 0, place.st_mode & S_IFMT == S_IFDIR else {
            throw HandbookError(file: name, reason: .noFolder)
        }
        do {
            var files: [String: Data] = [:]
            for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
                name = file.lastPathComponent
                if name.hasSuffix(".json") {
                    // As it is after links.
                    var status = stat()
                    let kind = stat(file.path, &status) == 0 ? status.st_mode & S_IFMT : S_IFREG
                    if kind == S_IFDIR { throw HandbookError(file: name, reason: .folder) }
                    // Reading a pipe waits for ever, and a device may have no end.
                    if kind != S_IFREG { throw HandbookError(file: name, reason: .device) }
                }
                if file.pathExtension == "json" {
                    files[name] = try Data(contentsOf: file)
                } else if !name.hasPrefix("."), !name.hasSuffix("~"),
                    nearest(to: name, of: chapters.map { $0.file }) != nil
                {
                    files[name] = Data()
                }
            }
            return files
        } catch let error as HandbookError {
            throw error
        } catch {
            throw HandbookError(file: name, reason: .unreadable(error))
        }
    }
}

extension Handbook {
    /// The chapter's file whose name is nearly that of another file; `nil` if none is near.
    public func nearestFile(to name: String) -> String? { Self.nearest(to: name, of: files) }

    private static func nearest(to name: String, of files: [String]) -> String? {
        // The first part: `gate` of `Gate.json.txt`.
        func base(_ name: String) -> [Character] { Array(name.lowercased().prefix { $0 != "." }) }
        let typed = base(name)
        return files.map { (file: $0, distance: distance(typed, base($0))) }
            .filter { $0.distance <= max(1, base($0.file).count / 3) }
            .min { ($0.distance, $0.file) < ($1.distance, $1.file) }?.file
    }

    /// How many characters have to be added, left out or exchanged (Levenshtein).
    private static func distance(_ a: [Character], _ b: [Character]) -> Int {
        var row = Array(0...b.count)
        for (i, x) in a.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, y) in b.enumerated() {
                let least = min(row[j] + 1, row[j + 1] + 1, diagonal + (x == y ? 0 : 1))
                (diagonal, row[j + 1]) = (row[j + 1], least)
            }
        }
        return row[b.count]
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
