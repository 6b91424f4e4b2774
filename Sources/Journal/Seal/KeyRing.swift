import Crypto
import Foundation
import Synchronization

/// The keys of sealed particulars, in `FOLDER/keys/`: a file for each class, month, node and generation.
///
/// Lines keep particulars as ciphertext (ChaCha20-Poly1305), so that they can end in a log that never changes: with
/// their key. Each record has a key of its own, derived from the month's. The state of whoever reads the journal must
/// not depend on the ring; it serves decisions and what is shown.
///
/// One ring may serve several threads. Functions that change files are called under the journal's lock, or for a key that
/// no other process uses, as that of a draft.
public final class KeyRing: Sendable {
    /// What opening gave.
    public enum Opened: Equatable, Sendable {
        case plain([UInt8])
        /// The key is not there.
        case missing
        /// The key is there and does not fit the ciphertext.
        case wrong
    }

    private struct State {
        /// The files that were read; `nil` for one that is not there.
        var files: [KeyName: KeyFile?] = [:]
        /// The keys that lines were sealed with last, and the files that they were read from.
        var used: [KeyPlace: UsedKey] = [:]
        /// What was sealed last, which is often opened next.
        var latest: (id: EntryID, box: [UInt8], plain: [UInt8])?
        /// The keys that did not open what they should have.
        var missed: Set<KeyName> = []
        var isEnded: @Sendable (KeyName, EntryID) -> Bool = { _, _ in false }
    }

    private struct UsedKey {
        let name: KeyName
        let key: MonthKey
        let file: FileIdentity
    }

    private let data: String
    private let disk: any Disk
    private let state = Mutex(State())
    private let changes = Atomic(0)
    private var folder: String { "\(data)/keys" }
    private func path(of name: KeyName) -> String { "\(folder)/\(name.file)" }

    /// The keys of a data folder. Reads nothing yet.
    public init(of folder: String, disk: any Disk = SystemDisk()) { (data, self.disk) = (folder, disk) }

    /// A ring without keys, for states that no journal follows.
    public static let empty = KeyRing(of: "", disk: SystemDisk())

    /// Changes whenever what was opened has to be opened again.
    public var revision: Int { changes.load(ordering: .acquiring) }

    // MARK: Opening

    /// Opens what a line has sealed.
    public func open(_ sealed: SealedText, node: String, id: EntryID, kind: String) -> Opened {
        if let latest = state.withLock({ $0.latest }), latest.id == id, latest.box == sealed.box {
            return .plain(latest.plain)
        }
        let (record, name) = (KeyFile.Record(node: node, id: id, kind: kind), sealed.keyName(of: node))
        guard let key = file(name)?.key(of: record) ?? changedFile(name)?.key(of: record) else { return .missing }
        guard let bytes = Data(base64Encoded: Data(sealed.box)), let box = try? ChaChaPoly.SealedBox(combined: bytes),
            let plain = try? ChaChaPoly.open(box, using: key, authenticating: record.context)
        else { return .wrong }
        return .plain([UInt8](plain))
    }

    /// Whether the journal says that a record under a key was ended; see ``forget(ended:)``.
    public func isEnded(_ name: KeyName, _ id: EntryID) -> Bool {
        let isEnded = state.withLock { $0.isEnded }
        return isEnded(name, id)
    }

    private func file(_ name: KeyName) -> KeyFile? {
        if data.isEmpty { return nil }
        return state.withLock { state in
            if let known = state.files[name] { return known }
            let file = stored(name)
            state.files[name] = .some(file)
            return file
        }
    }

    /// The file of a key that did not open something for the first time: another node's may have come or changed since
    /// it was read. From then on ``refresh()`` looks after it.
    private func changedFile(_ name: KeyName) -> KeyFile? {
        guard state.withLock({ $0.missed.insert(name).inserted }), let file = stored(name) else { return nil }
        note(name, file)
        return file
    }

    /// The file as it is now; `nil` if there is none, or it cannot be read.
    private func stored(_ name: KeyName) -> KeyFile? {
        (try? disk.contents(of: path(of: name))).flatMap { $0 }.flatMap { KeyFile($0) }
    }

    /// Reads all keys again when they are used next: some were ended. `ended`: what the journal says of that.
    public func forget(ended: @escaping @Sendable (KeyName, EntryID) -> Bool) {
        state.withLock { $0 = State(isEnded: ended) }
        changes.wrappingAdd(1, ordering: .acquiringAndReleasing)
    }

    /// Notices keys that came since one was missing, such as those of another node. Returns whether there are any.
    @discardableResult
    public func refresh() -> Bool {
        let missed = state.withLock { state in state.missed.map { ($0, state.files[$0] ?? nil) } }
        guard missed.contains(where: { stored($0) != $1 }) else { return false }
        forget(ended: state.withLock { $0.isEnded })
        return true
    }

    // MARK: Sealing

    /// Seals the particulars of a line that this node is about to append, and returns the line's `x`. Returns once the key
    /// is durable (J13).
    ///
    /// - Parameters:
    ///   - used: the latest generation of which lines are known.
    ///   - ended: the latest generation of which anything was ended; none of these is used again.
    /// - Throws: ``DiskFailure``.
    public func seal(
        _ plain: [UInt8], as place: KeyPlace, used: Int?, ended: Int?, id: EntryID, kind: String
    ) throws -> [UInt8] {
        let (name, key) = try current(place, used: used, ended: ended)
        let record = KeyFile.Record(node: place.node, id: id, kind: kind)
        let box = try ChaChaPoly.seal(plain, using: key.derived(for: record), authenticating: record.context)
        let sealed = SealedText(name, box.combined)
        state.withLock { $0.latest = (id, sealed.box, plain) }
        return sealed.text
    }

    /// The key of a place by its file, which another process may have changed; a new one if there is none to go on with.
    private func current(_ place: KeyPlace, used: Int?, ended: Int?) throws -> (KeyName, MonthKey) {
        let first = max(used ?? 0, ended.map { $0 + 1 } ?? 0)
        // A file is never written to: each change of it is another one.
        if let known = state.withLock({ $0.used[place] }), known.name.generation >= first,
            (try? disk.identity(of: path(of: known.name))) == known.file
        {
            return (known.name, known.key)
        }
        var generation = first
        while true {
            let name = KeyName(place, generation: generation)
            if let bytes = try disk.contents(of: path(of: name)) {
                if case .month(let key)? = KeyFile(bytes), try !cameBack(name) {
                    try use(key, name)
                    return (name, key)
                }
            } else if generation != used {
                let key = MonthKey(SymmetricKey(size: .bits256))
                try disk.makeFolder(folder, mode: 0o700)
                try disk.synchroniseFolder(data)
                try put(.month(key), name)
                try use(key, name)
                return (name, key)
            }
            generation += 1
        }
    }

    private func cameBack(_ name: KeyName) throws -> Bool {
        try disk.openIfThere("\(folder)/\(name.cameBack)").map { disk.close($0) } != nil
    }

    private func use(_ key: MonthKey, _ name: KeyName) throws {
        note(name, .month(key))
        let used = UsedKey(name: name, key: key, file: try disk.identity(of: path(of: name)))
        state.withLock { $0.used[name.place] = used }
    }

    private func note(_ name: KeyName, _ file: KeyFile?) { state.withLock { $0.files[name] = .some(file) } }

    private func put(_ file: KeyFile, _ name: KeyName) throws {
        try disk.replace(name.file, in: folder, text: file.text)
        try disk.synchroniseFolder(folder)
        note(name, file)
    }

    // MARK: Ending

    /// The names of the keys that are there. Throws ``DiskFailure``.
    public func names() throws -> [KeyName] {
        data.isEmpty ? [] : try disk.names(in: folder).compactMap { KeyName(file: $0) }.sorted()
    }

    /// Whether a key still opens anything that is ended. `isWhole`: whether its month's key must not be there any more.
    public func opens(_ name: KeyName, _ isEnded: (EntryID) -> Bool) throws -> Bool {
        guard let bytes = try disk.contents(of: path(of: name)) else { return false }
        guard case .records(let keys)? = KeyFile(bytes) else { return true }
        return keys.keys.contains(where: isEnded)
    }

    /// Ends what a key opens, but for some records: destroys it, or leaves the keys derived for these. Returns once that
    /// is durable; can be called again after a crash. Throws ``DiskFailure``.
    ///
    /// `ended`: the records that have ended; `nil`: all but `kept`, also those that are not known yet.
    public func end(
        _ name: KeyName, keeping kept: [(id: EntryID, kind: String)], ended: Set<EntryID>? = nil
    ) throws {
        let path = path(of: name)
        guard let bytes = try disk.contents(of: path) else { return }
        // A hub may have a copy, which must not come back.
        try CarriedKeys(of: data, disk: disk).noteEnding(of: name.file, ended)
        var left: [EntryID: SymmetricKey] = [:]
        if case .records(let keys)? = KeyFile(bytes), let ended {
            // Also of lines that are still to come from another node.
            left = keys.filter { !ended.contains($0.key) }
        } else if let file = KeyFile(bytes) {
            for (id, kind) in kept {
                left[id] = file.key(of: KeyFile.Record(node: name.place.node, id: id, kind: kind))
            }
        }
        if left.isEmpty {
            // The name is gone first: half a key must not be taken for a damaged one.
            try overwrite(path, bytes.count) { try disk.remove(path) }
            if try cameBack(name) { try disk.remove("\(folder)/\(name.cameBack)") }
            try disk.synchroniseFolder(folder)
            note(name, nil)
        } else if KeyFile(bytes) != .records(left) {
            try overwrite(path, bytes.count) { try put(.records(left), name) }
        }
        changes.wrappingAdd(1, ordering: .acquiringAndReleasing)
    }

    /// Removes a file's name by `unlink`, then overwrites its bytes, which an undelete could bring back.
    private func overwrite(_ path: String, _ count: Int, _ unlink: () throws -> Void) throws {
        let file = try disk.open(path, flags: O_WRONLY, mode: 0)
        defer { disk.close(file) }
        try unlink()
        try [UInt8](repeating: 0, count: count).withUnsafeBytes { try disk.write($0, to: file, at: 0) }
        try disk.synchronise(file)
    }
}
