import Crypto

/// The keys of sealed particulars in a folder, as nodes pass them on to one another; see ``KeyRing``.
///
///     FOLDER/keys/visitors.2026-11.desk.0        the key
///     FOLDER/hub/ended/visitors.2026-11.desk.0   the records of this key that have ended here and must not come
///                                                back: an id a line, or `*` for all
///
/// A key that came from the hub to the node whose name it has opens what it can, and seals nothing more; see
/// ``KeyName/cameBack``.
public struct CarriedKeys {
    /// What is left of a key in this folder.
    public enum Form: Equatable, Sendable {
        /// The key of a month, which opens all its records.
        case whole([UInt8])
        /// The keys of the records that have not ended.
        case reduced([UInt8])
        /// There is none.
        case none

        public var content: [UInt8]? {
            switch self {
            case .whole(let bytes), .reduced(let bytes): bytes
            case .none: nil
            }
        }
    }

    private let data: String
    private let disk: any Disk
    private var folder: String { "\(data)/keys" }
    private static let all = Array("*\n".utf8)
    /// The seconds to wait for another program; the key comes with a later exchange.
    private static let patience = 2.0

    public init(of folder: String, disk: any Disk = SystemDisk()) { (data, self.disk) = (folder, disk) }

    /// The names of the keys that are here, of nodes that have a log here: drafts have keys of their own, which stay.
    public func names() throws -> [String] {
        let nodes = Set(try Journal.nodes(in: data, disk: disk))
        return try JournalError.wrap {
            try names(in: folder).filter { CarriedKeys.node(of: $0).map(nodes.contains) ?? false }
        }
    }

    /// The names of the keys of which something has ended here.
    public func ended() throws -> Set<String> {
        try JournalError.wrap { Set(try names(in: "\(data)/\(HubFolder.ended)")) }
    }

    private func names(in folder: String) throws -> [String] {
        try disk.names(in: folder).filter { KeyName(file: $0) != nil }
    }

    /// The node that made a key; `nil` for another file's name.
    public static func node(of name: String) -> String? { KeyName(file: name)?.place.node }

    public func form(of name: String) throws -> Form {
        try JournalError.wrap {
            guard let bytes = try disk.contents(of: "\(folder)/\(name)") else { return .none }
            return CarriedKeys.form(bytes) ?? .none
        }
    }

    /// `nil` for bytes that are no key.
    public static func form(_ bytes: [UInt8]) -> Form? {
        switch KeyFile(bytes) {
        case .month: .whole(bytes)
        case .records: .reduced(bytes)
        case nil: nil
        }
    }

    /// Keeps a key that came from the hub, unless it is here or has ended. Returns once it is durable: whether it is new.
    ///
    /// - Parameter own: the node that this folder writes. Who put a key of its name there could open what it seals next.
    /// - Throws: ``JournalError``.
    @discardableResult
    public func add(_ name: String, _ content: [UInt8], own: String) throws -> Bool {
        guard CarriedKeys.form(content) != nil, let key = KeyName(file: name) else { return false }
        let isOwn = key.place.node == own
        func keep() throws -> Bool {
            guard try !ended().contains(name),
                try disk.openIfThere("\(folder)/\(name)").map({ disk.close($0) }) == nil
            else { return false }
            if isOwn { try put([], key.cameBack) }
            try put(content, name)
            return true
        }
        // A program here may be about to make a key of its own.
        return try isOwn ? withLock(keep) : JournalError.wrap(keep)
    }

    /// Keeps, of a key of which something has ended, what another node still has of it: the keys of records that were not
    /// known then here, or where this node has its own from. Returns once that is durable: whether there were any.
    ///
    /// - Throws: ``JournalError``.
    public func add(_ name: String, rest content: [UInt8]) throws -> Bool {
        guard case .records(let theirs)? = KeyFile(content) else { return false }
        return try withLock {
            guard let gone = try records(endedOf: name) else { return false }
            var ours: [EntryID: SymmetricKey] = [:]
            // One that is lost or damaged here is made whole from it.
            switch try disk.contents(of: "\(folder)/\(name)").flatMap({ KeyFile($0) }) {
            case .records(let kept): ours = kept
            case .month: return false
            case nil: break
            }
            let all = ours.merging(theirs.filter { !gone.contains($0.key) }) { ours, _ in ours }
            if all.count == ours.count { return false }
            try put(KeyFile.records(all).text, name)
            return true
        }
    }

    /// Writes a file of ``folder``. Returns once it is durable.
    private func put(_ content: [UInt8], _ name: String) throws {
        try disk.makeFolder(folder, mode: 0o700)
        try disk.synchroniseFolder(data)
        try disk.replace(name, in: folder, text: content)
        try disk.synchroniseFolder(folder)
    }

    /// Whether what another node has left of a key opens records that have not ended here.
    public func hasRest(_ name: String, _ content: [UInt8]) throws -> Bool {
        guard case .records(let theirs)? = KeyFile(content) else { return false }
        return try JournalError.wrap { try records(endedOf: name) }.map { !theirs.keys.allSatisfy($0.contains) }
            ?? false
    }

    private func withLock<Result>(_ body: () throws -> Result) throws -> Result {
        try JournalError.wrap {
            var lock = try FolderLock(data, node: nil, disk: disk)
            defer { lock.close() }
            try lock.lock(within: CarriedKeys.patience)
            defer { lock.unlock() }
            return try body()
        }
    }

    /// The records of a key that have ended here; `nil`: all.
    private func records(endedOf name: String) throws -> Set<EntryID>? {
        guard let text = try disk.contents(of: "\(data)/\(HubFolder.ended)/\(name)") else { return [] }
        if text == CarriedKeys.all { return nil }
        return Set(text.split(separator: 0x0A).compactMap { EntryID(String(decoding: $0, as: UTF8.self)) })
    }

    /// Notes that records of a key are about to end, `nil` for all, if the folder has a hub, which may have a copy of it.
    func noteEnding(of name: String, _ records: Set<EntryID>?) throws {
        guard try !disk.names(in: "\(data)/\(HubFolder.name)").isEmpty, let node = CarriedKeys.node(of: name),
            try !disk.names(in: "\(data)/journal/\(node)").isEmpty
        else { return }
        let text = records.map { Array($0.sorted().map { "\($0.text)\n" }.joined().utf8) } ?? CarriedKeys.all
        let notes = "\(data)/\(HubFolder.ended)"
        if try disk.makeFolder(notes, mode: 0o700) { try disk.synchroniseFolder("\(data)/\(HubFolder.name)") }
        if try disk.contents(of: "\(notes)/\(name)") == text { return }
        try disk.replace(name, in: notes, text: text)
        try disk.synchroniseFolder(notes)
    }
}
