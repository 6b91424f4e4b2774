import Foundation
import Journal
import Synchronization

/// `DATA/drafts`: the unsent forms of consoles, each in a file of its own that only its owner reads.
///
/// A console holds a lock beside each member's draft for as long as it lives, so that a draft whose lock is free has been left behind.
/// Drafts are written behind the keys, and not more than a few times a second; that one cannot be written is no reason to
/// stop anybody's work.
final class DraftFolder: Sendable {
    /// A draft that its console has left behind.
    struct Left: Equatable, Sendable {
        /// The name of its file, without the ending.
        let id: String
        let draft: Draft
        /// When it was last written.
        let at: Moment
    }

    private struct State {
        /// What the file should hold, and what it does.
        var wanted: Draft?
        var written: Draft?
        /// The lock, once it is held.
        var lock: Int32?
        var isWaiting = false
    }

    private let folder: String
    private let id: String
    private let disk = SystemDisk()
    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "drafts")
    /// Milliseconds in which what changes is written once.
    private static let pause = 250

    /// The drafts of a data folder, with a place for one member's own at a console that opens at `now`.
    init(of data: String, now: Moment) {
        folder = "\(data)/drafts"
        id = EntryID(at: now).text
    }

    deinit {
        guard let lock = state.withLock({ $0.lock }) else { return }
        if state.withLock({ $0.written }) == nil { try? disk.remove(path(id, "lock")) }
        disk.close(lock)
    }

    private func path(_ id: String, _ ending: String) -> String { "\(folder)/\(id).\(ending)" }

    // MARK: This console's draft

    /// Sees to it that `draft` is kept, or that none is; does not wait for the disk.
    func keep(_ draft: Draft?) {
        let mustWait = state.withLock { state in
            state.wanted = draft
            defer { state.isWaiting = draft != nil }
            return draft != nil && state.isWaiting
        }
        if mustWait { return }
        // One that was sent must not be offered again, so it goes at once.
        let pause = draft == nil ? 0 : DraftFolder.pause
        queue.asyncAfter(deadline: .now() + .milliseconds(pause)) { [weak self] in self?.write() }
    }

    /// Waits until everything is as it was last wished.
    func flush() { queue.sync { write() } }

    private func write() {
        state.withLock { state in
            state.isWaiting = false
            if state.wanted == state.written { return }
            do {
                if let draft = state.wanted {
                    try hold(&state)
                    try disk.replace("\(id).json", in: folder) { file in
                        try draft.json.withUnsafeBytes { try disk.write($0, to: file, at: 0) }
                    }
                } else {
                    try disk.remove(path(id, "json"))
                }
                state.written = state.wanted
            } catch {}
        }
    }

    /// Takes this console's own lock, which nobody else asks for before there is a draft beside it.
    private func hold(_ state: inout State) throws {
        if state.lock != nil { return }
        try disk.makeFolder(folder, mode: 0o700)
        let file = try disk.open(path(id, "lock"), flags: O_RDWR | O_CREAT, mode: 0o600)
        if flock(file, LOCK_EX | LOCK_NB) != 0 { return disk.close(file) }
        state.lock = file
    }

    // MARK: What others have left

    /// The drafts of a staff member whose consoles are gone, newest first.
    func left(by staff: String) -> [Left] {
        let names = (try? disk.names(in: folder)) ?? []
        let left: [Left] = names.filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.compactMap { other in
            // A draft that cannot be read, or that another console is at work on, is none of this one's.
            alone(with: other) {
                guard let bytes = contents(of: other) else { return nil }
                guard let draft = Draft(json: bytes) else {
                    try? disk.rename(path(other, "json"), to: path(other, "damaged"))
                    return nil
                }
                return draft.staff == staff ? Left(id: other, draft: draft, at: age(of: other)) : nil
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

    /// Makes a draft that was left behind this console's own; `nil` when another one was quicker.
    func take(_ other: String) -> Draft? {
        alone(with: other) {
            guard let draft = contents(of: other).flatMap(Draft.init(json:)) else { return nil }
            return state.withLock { state in
                guard (try? hold(&state)) != nil,
                    (try? disk.rename(path(other, "json"), to: path(id, "json"))) != nil
                else { return nil }
                try? disk.remove(path(other, "lock"))
                (state.wanted, state.written) = (draft, draft)
                return draft
            }
        }
    }

    /// Removes a draft that was left behind.
    func discard(_ other: String) {
        _ = alone(with: other) { () -> Bool? in
            try? disk.remove(path(other, "json"))
            try? disk.remove(path(other, "lock"))
            return true
        }
    }

    /// Does something with a draft while no other console may; `nil` when one does.
    private func alone<Value>(with other: String, _ body: () -> Value?) -> Value? {
        guard other != id, let file = try? disk.open(path(other, "lock"), flags: O_RDWR | O_CREAT, mode: 0o600) else {
            return nil
        }
        defer { disk.close(file) }
        return flock(file, LOCK_EX | LOCK_NB) == 0 ? body() : nil
    }
}
