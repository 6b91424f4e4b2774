import Foundation

/// One feature's part of the handbook: a JSON file in `Resources/chapters`, decoded and checked.
///
/// The chapter's own file also adds its accessor to ``Handbook``, such as `handbook.gate`; the feature names the chapter in
/// its list of chapters.
public protocol Chapter: Decodable, Equatable, Sendable {
    /// The name of the file, in `Resources/chapters` and in the estate's folder.
    static var file: String { get }

    /// The contents of the file as shipped.
    static var shipped: [UInt8] { get }

    /// Merges the estate's own file into the shipped one. By default only values under `policy` keys may differ.
    ///
    /// - Throws: The first reason why `own` cannot be accepted.
    static func merged(_ shipped: JSONTree, with own: JSONTree) throws(HandbookError.Reason) -> JSONTree

    /// Checks values that decode but may be invalid, such as a negative number of days.
    ///
    /// - Throws: The first invalid value.
    func check() throws(HandbookError.Reason)
}

extension Chapter {
    public static func merged(_ shipped: JSONTree, with own: JSONTree) throws(HandbookError.Reason) -> JSONTree {
        try shipped.overridingPolicy(with: own)
    }

    public func check() throws(HandbookError.Reason) {}

    /// Decodes and checks the shipped file, with the estate's `own` merged into it where there is one.
    static func load(overriddenBy own: Data?) throws(HandbookError) -> Self {
        var tree: JSONTree?
        do {
            var file = Data(shipped)
            if let own {
                if own.contains(0) { throw HandbookError.Reason.encoding }
                let decoder = JSONDecoder()
                let (base, changes) = try (
                    decoder.decode(JSONTree.self, from: file), decoder.decode(JSONTree.self, from: own)
                )
                if let path = own.repeatedKey { throw HandbookError.Reason.repeated(path) }
                if let path = changes.unboundedNumber() { throw HandbookError.Reason.tooLarge(path) }
                let whole = try merged(base, with: changes)
                tree = whole
                file = try JSONEncoder().encode(whole)
            }
            let chapter = try JSONDecoder().decode(Self.self, from: file)
            try chapter.check()
            return chapter
        } catch let reason as HandbookError.Reason {
            throw HandbookError(file: file, reason: reason.showing(valueIn: tree))
        } catch {
            throw HandbookError(file: file, reason: tree == nil ? .malformed(error) : .wrongValue(error))
        }
    }
}
