import Foundation
import Journal

/// The private files of the PINs, named by the id of the fact that set the PIN: `DATA/pins/ID.json`, its hash, and
/// `DATA/pins/ID.tries`, the wrong tries. Several processes share them, so a file is read before every use.
struct SecretFiles {
    private let data: String
    private let disk: any Disk
    private var folder: String { "\(data)/pins" }

    init(of data: String, _ disk: any Disk) { (self.data, self.disk) = (data, disk) }

    /// Who may write to the folder makes everybody's PIN. Throws ``Refusal`` `staff.pinFolder`.
    private func requireOwnFolder() throws {
        guard try disk.exposure(of: folder, inside: data) != nil else { return }
        throw Refusal.rule(
            "staff.pinFolder", "密码文件夹 \(folder) 不是本系统账户的，或任何人都能写：不认里面的密码，请找管理员",
            en: "the folder \(folder) is not this account's, or everybody may write to it: its PINs are not taken")
    }

    /// `nil` if the file is missing or damaged.
    func read(_ id: EntryID) throws -> Secret? {
        try requireOwnFolder()
        let bytes = try JournalError.wrap { try disk.start(of: "\(folder)/\(id.text).json", count: 4096) }
        guard let bytes, let secret = try? JSONDecoder().decode(Secret.self, from: Data(bytes)), secret.isSound
        else { return nil }
        return secret
    }

    /// Writes the files of a new PIN; creates the folder if necessary. Throws ``JournalError``.
    func add(_ secret: Secret, _ id: EntryID) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let bytes = try encoder.encode(secret)
        try JournalError.wrap {
            try disk.makeFolder(folder, mode: 0o700)
            try disk.synchroniseFolder(data)
        }
        // Under the lock, nobody takes the temporary file for one that was left.
        try locked {
            try replace("\(id.text).tries", Tries().bytes)
            try replace("\(id.text).json", Array(bytes))
        }
    }

    private func replace(_ name: String, _ bytes: [UInt8]) throws {
        try disk.replace(name, in: folder) { file in
            try bytes.withUnsafeBytes { try disk.write($0, to: file, at: 0) }
        }
    }

    /// Removes the files of a PIN. A failure is ignored: a file that no fact names is never read.
    func remove(_ id: EntryID) {
        for ending in ["json", "tries"] { try? disk.remove("\(folder)/\(id.text).\(ending)") }
    }

    private func locked<Result>(_ body: () throws -> Result) throws -> Result {
        try requireOwnFolder()
        return try Journal.locked(data, within: 2, disk: disk) { _ in try body() }
    }

    // MARK: Tries

    /// Counts a try before the PIN is compared, and locks with the last one that the limit permits, in one step under the
    /// lock: of any number of tries at once, no more than the limit are compared. `minutes`: how long it locks after so
    /// many locks. Throws ``JournalError``.
    func take(
        of id: EntryID, limit: Int, at now: Moment, minutes: (_ locks: Int) -> Int
    ) throws -> Tries.Outcome {
        try locked {
            let before = try tries(of: id, limit: limit)
            if let until = before.locked(at: now) { return .locked(until) }
            let after = before.counting(limit: limit, at: now, minutes: minutes)
            try write(after, of: id)
            return .counted(before: before, after: after)
        }
    }

    /// Resets the count after a right try, and takes back the lock that the try itself has set. Returns the end of a lock
    /// that other tries have set meanwhile: it stands, and the try does not count as right. Throws ``JournalError``.
    func forget(_ after: Tries, before: Tries, of id: EntryID, limit: Int, at now: Moment) throws -> Moment? {
        try locked {
            let tries = try tries(of: id, limit: limit)
            if tries.count != after.count, let until = tries.locked(at: now) { return until }
            let cleared = (tries.count == after.count ? before : tries).forgetting
            if cleared != tries { try write(cleared, of: id) }
            return nil
        }
    }

    /// The tries of a PIN; none if it has no file, as those of earlier versions.
    private func tries(of id: EntryID, limit: Int) throws -> Tries {
        guard let bytes = try disk.start(of: "\(folder)/\(id.text).tries", count: Tries.size + 1) else {
            return Tries()
        }
        // In a damaged file the next try is the last one.
        return Tries(bytes) ?? Tries(count: max(0, limit - 1))
    }

    /// Writes in place: the file keeps its size, so that a full disk does not keep a member out.
    private func write(_ tries: Tries, of id: EntryID) throws {
        let file = try disk.open("\(folder)/\(id.text).tries", flags: O_RDWR | O_CREAT, mode: 0o600)
        defer { disk.close(file) }
        try tries.bytes.withUnsafeBytes { try disk.write($0, to: file, at: 0) }
        try disk.synchronise(file)
    }
}
