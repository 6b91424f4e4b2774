import Foundation
import Journal
import Synchronization

/// `DATA/drafts`: the drafts of consoles, one file each, readable by the owner, or by the group that shares the data folder.
///
/// A draft holds what was typed about persons, so its file is sealed, under a key of its own in `DATA/keys`: removing a
/// draft destroys the key, and so does the end of what is kept of its class, `drafts`.
///
/// While a console runs it holds a lock file beside each of its drafts; a draft whose lock is free belongs to a console
/// that has ended.
/// Drafts are written in the background, at most every 250 ms. A draft that cannot be written is dropped silently: it
/// only guards against a crash.
final class DraftFolder: Sendable {
    /// A draft whose console has ended.
    struct Leftover: Equatable, Sendable {
        /// The file's name without its extension.
        let id: String
        let draft: Draft
        /// The time of the last write.
        let at: Moment
    }

    private struct State {
        /// The name of the file.
        var id: String
        /// When the draft was changed.
        var now: Moment
        /// The draft that the file should contain, and the one that it contains.
        var target: Draft?
        var written: Draft?
        /// The file descriptor of the lock; `nil` until it is taken.
        var lock: Int32?
        var isWaiting = false
    }

    private let folder: String
    private let data: String
    private let disk = SystemDisk()
    private let state: Mutex<State>
    private var id: String { state.withLock { $0.id } }
    private let queue = DispatchQueue(label: "drafts")
    /// The shortest time between two writes, in milliseconds.
    private static let pause = 250

    /// A draft of this console in a data folder; `now` makes its file name.
    init(of data: String, now: Moment) {
        (self.data, folder) = (data, "\(data)/drafts")
        state = Mutex(State(id: EntryID(at: now).text, now: now))
    }

    deinit {
        guard let lock = state.withLock({ $0.lock }) else { return }
        if state.withLock({ $0.written }) == nil { try? disk.remove(path(id, "lock")) }
        disk.close(lock)
    }

    private func path(_ id: String, _ ending: String) -> String { "\(folder)/\(id).\(ending)" }

    // MARK: This console's draft

    /// Stores a draft, or with `nil` removes the stored one. Does not wait for the disk.
    func keep(_ draft: Draft?, at now: Moment) {
        let mustWait = state.withLock { state in
            (state.target, state.now) = (draft, now)
            defer { state.isWaiting = draft != nil }
            return draft != nil && state.isWaiting
        }
        if mustWait { return }
        // A draft that was sent must not be offered again, so it is removed at once.
        let pause = draft == nil ? 0 : DraftFolder.pause
        queue.asyncAfter(deadline: .now() + .milliseconds(pause)) { [weak self] in self?.write() }
    }

    /// Waits until the file is up to date.
    func flush() { queue.sync { write() } }

    /// Runs on the queue only. The state is locked for moments, so that a key never waits for the disk.
    private func write() {
        let (target, isWritten) = state.withLock { state in
            state.isWaiting = false
            return (state.target, state.target == state.written)
        }
        if isWritten { return }
        do {
            if let target {
                renew()
                try hold()
                try disk.replace("\(id).json", in: folder, text: try sealed(target))
            } else {
                try disk.remove(path(id, "json"))
                endKey(of: id)
            }
            state.withLock { $0.written = target }
        } catch {}
    }

    /// A draft that is begun in a later month than the last gets the name, and so the key, of its month: for how long it is
    /// kept counts from there. Runs on the queue only.
    private func renew() {
        let former = state.withLock { $0 }
        let new = EntryID(at: former.now).text
        let isOfMonth = DraftFolder.keyPlace(of: former.id).month == DraftFolder.keyPlace(of: new).month
        if former.written != nil || isOfMonth { return }
        if let lock = former.lock {
            try? disk.remove(path(former.id, "lock"))
            disk.close(lock)
        }
        state.withLock { ($0.id, $0.lock) = (new, nil) }
    }

    /// Takes this console's lock. Other consoles look only at locks with a draft beside them. Runs on the queue only.
    private func hold() throws {
        if state.withLock({ $0.lock }) != nil { return }
        try disk.makeFolder(folder, mode: 0o700)
        let file = try disk.open(path(id, "lock"), flags: O_RDWR | O_CREAT, mode: 0o600)
        if flock(file, LOCK_EX | LOCK_NB) != 0 { return disk.close(file) }
        state.withLock { $0.lock = file }
    }

    // MARK: Sealing

    private static let kind = "drafts"
    /// Apart from the store's, which a key that ends would make open everything again; and each time another, since a key
    /// may be out of reach only for a moment.
    private var ring: KeyRing { KeyRing(of: data, disk: disk) }

    /// The place of a draft's key: its month is that of the id.
    private static func keyPlace(of id: String) -> KeyPlace {
        let start = EntryID(id).map { Moment(milliseconds: Int64($0.high >> 16)) } ?? .distantPast
        return KeyPlace(kind, month: String(start.text(in: .utc).prefix(7)), node: id)
    }

    /// The file of a draft: `["drafts","2026-11",0,"…"]`, as in a line of the journal. Runs on the queue only.
    private func sealed(_ draft: Draft) throws -> [UInt8] {
        guard let entry = EntryID(id) else { return [] }
        let place = DraftFolder.keyPlace(of: id)
        // Not under the journal's lock, which would keep a form that is sent in that moment waiting. While this console holds
        // the draft's own, nobody else makes its key.
        let text = try ring.seal(draft.json, as: place, used: nil, ended: nil, id: entry, kind: DraftFolder.kind)
        return text + [0x0A]
    }

    /// The draft of a file; `nil` if it is damaged, or its key has ended. Drafts that are not sealed are older.
    func opened(_ text: [UInt8], of other: String) -> Draft? {
        guard let sealed = text.dropLast().withUnsafeBytes({ SealedText($0) }), let entry = EntryID(other) else {
            return Draft(json: text)
        }
        guard case .plain(let json) = ring.open(sealed, node: other, id: entry, kind: DraftFolder.kind) else {
            return nil
        }
        return Draft(json: json)
    }

    /// Whether the key of a draft is gone, and not only out of reach at the moment.
    private func isKeyGone(of other: String) -> Bool {
        guard (try? disk.identity(of: "\(data)/keys")) != nil, let names = try? ring.names() else { return false }
        return !names.contains { $0.place == DraftFolder.keyPlace(of: other) }
    }

    /// Destroys the key of a draft that is no longer there. A failure is left to the end of its class.
    private func endKey(of other: String) {
        try? ring.end(KeyName(DraftFolder.keyPlace(of: other), generation: 0), keeping: [])
    }

    // MARK: Drafts of other consoles

    /// The drafts that a member's ended consoles have left, newest first.
    func left(by staff: String) -> [Leftover] {
        let names = (try? disk.names(in: folder)) ?? []
        let left: [Leftover] = names.filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.compactMap {
            other in
            // Drafts that are locked by another console or unreadable are skipped.
            alone(with: other) {
                guard let bytes = contents(of: other) else { return nil }
                guard let draft = opened(bytes, of: other) else {
                    // A sealed draft without its key cannot be read again. A plain one that is damaged may be, by a person.
                    if bytes.first == UInt8(ascii: "[") {
                        if isKeyGone(of: other) { try? disk.remove(path(other, "json")) }
                    } else {
                        try? disk.rename(path(other, "json"), to: path(other, "damaged"))
                    }
                    return nil
                }
                return draft.staff == staff ? Leftover(id: other, draft: draft, at: age(of: other)) : nil
            }
        }
        return left.sorted { ($0.at, $0.id) > ($1.at, $1.id) }
    }

    private func contents(of other: String) -> [UInt8]? { try? disk.contents(of: path(other, "json")) }

    private func age(of other: String) -> Moment {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path(other, "json"))
        let date = attributes?[.modificationDate] as? Date ?? .distantPast
        return Moment(milliseconds: Int64(max(0, date.timeIntervalSince1970) * 1000))
    }

    /// Takes over a draft that was left; `nil` if another console has taken it.
    func take(_ other: String) -> Draft? {
        alone(with: other) {
            guard let draft = contents(of: other).flatMap({ opened($0, of: other) }) else { return nil }
            return queue.sync {
                // Written anew, since the key of each draft is its own.
                guard (try? hold()) != nil, let text = try? sealed(draft),
                    (try? disk.replace("\(id).json", in: folder, text: text)) != nil
                else { return nil }
                try? disk.remove(path(other, "json"))
                endKey(of: other)
                try? disk.remove(path(other, "lock"))
                state.withLock { ($0.target, $0.written) = (draft, draft) }
                return draft
            }
        }
    }

    /// Deletes a draft that was left.
    func discard(_ other: String) {
        _ = alone(with: other) { () -> Bool? in
            try? disk.remove(path(other, "json"))
            endKey(of: other)
            try? disk.remove(path(other, "lock"))
            return true
        }
    }

    /// Calls `body` while holding the lock of a draft; `nil` if another console holds it.
    private func alone<Value>(with other: String, _ body: () -> Value?) -> Value? {
        guard other != id, let file = try? disk.open(path(other, "lock"), flags: O_RDWR | O_CREAT, mode: 0o600) else {
            return nil
        }
        defer { disk.close(file) }
        return flock(file, LOCK_EX | LOCK_NB) == 0 ? body() : nil
    }
}
