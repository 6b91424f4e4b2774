import Crypto
import CryptoExtras
import Foundation
import Journal

/// A PIN (密码) of 4 to 12 digits. It is compared by its hash and never shown or written.
public struct PIN: Equatable, Sendable, CustomStringConvertible {
    fileprivate let digits: [UInt8]

    /// ASCII or full-width digits. Throws ``Refusal`` `staff.pinMalformed`.
    public init(typed: String) throws {
        digits = Array(typed.halfwidth.utf8)
        guard (4...12).contains(digits.count), digits.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains)
        else { throw Refusal.input("staff.pinMalformed", "密码是 4 到 12 位数字", en: "a PIN is 4 to 12 digits") }
    }

    public var description: String { "PIN" }
}

/// The stored form of a PIN, kept in a private file only: a salted scrypt hash and the number of wrong tries.
struct Secret: Codable, Equatable {
    /// The scrypt parameters N, r and p, stored so that they can be raised. At present: 32 MB, about 0.1 s.
    private let rounds: Int
    private let blockSize: Int
    private let parallelism: Int
    private let salt: Data
    private let hash: Data
    /// Wrong tries since the last right one, including tries in progress.
    var tries = 0

    init(_ pin: PIN) throws {
        (rounds, blockSize, parallelism) = (1 << 15, 8, 2)
        salt = SymmetricKey(size: .bits128).withUnsafeBytes { Data($0) }
        hash = try Secret.key(of: pin, salt, rounds, blockSize, parallelism).withUnsafeBytes { Data($0) }
    }

    /// Whether the hash is that of a PIN. Compares in constant time.
    func fits(_ pin: PIN) -> Bool {
        guard let key = try? Secret.key(of: pin, salt, rounds, blockSize, parallelism) else { return false }
        return key == SymmetricKey(data: hash)
    }

    private static func key(
        of pin: PIN, _ salt: Data, _ rounds: Int, _ blockSize: Int, _ parallelism: Int
    ) throws -> SymmetricKey {
        try KDF.Scrypt.deriveKey(
            from: pin.digits, salt: salt, outputByteCount: 32, rounds: rounds, blockSize: blockSize,
            parallelism: parallelism)
    }

    /// Whether the values are in the ranges that this program writes: a damaged file must neither admit anybody nor
    /// exhaust the memory.
    fileprivate var isSound: Bool {
        (1 << 14...1 << 17).contains(rounds) && (1...16).contains(blockSize) && (1...8).contains(parallelism)
            && salt.count >= 16 && hash.count == 32 && tries >= 0
    }
}

/// The private files of the PINs, `DATA/pins/ID.json`, named by the id of the fact that set the PIN. Several processes
/// share them, so a file is read before every use.
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
        guard let bytes = try disk.start(of: "\(folder)/\(id.text).json", count: 4096),
            let secret = try? JSONDecoder().decode(Secret.self, from: Data(bytes)), secret.isSound
        else { return nil }
        return secret
    }

    func write(_ secret: Secret, _ id: EntryID) throws {
        try requireOwnFolder()
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let bytes = try encoder.encode(secret)
        try disk.replace("\(id.text).json", in: folder) { file in
            try bytes.withUnsafeBytes { try disk.write($0, to: file, at: 0) }
        }
    }

    /// Writes the file of a new PIN; creates the folder if necessary. Throws ``JournalError``.
    func add(_ secret: Secret, _ id: EntryID) throws {
        do {
            try disk.makeFolder(folder, mode: 0o700)
            try disk.synchroniseFolder(data)
            // Under the lock, nobody takes the temporary file for one that was left.
            try locked { try write(secret, id) }
        } catch let failure as DiskFailure {
            throw JournalError.disk(failure)
        }
    }

    /// Removes the file of a PIN. A failure is ignored: a file that no fact names is never read.
    func remove(_ id: EntryID) { try? disk.remove("\(folder)/\(id.text).json") }

    /// Counts a try before the PIN is compared, so that simultaneous tries at several terminals do not escape the
    /// limit.
    func takeTry(of id: EntryID) throws -> Secret? {
        try locked {
            guard var secret = try read(id) else { return nil }
            secret.tries += 1
            try write(secret, id)
            return secret
        }
    }

    private func locked<Result>(_ body: () throws -> Result) throws -> Result {
        try Journal.locked(data, within: 2, disk: disk) { _ in try body() }
    }

    /// Resets the number of tries.
    func forgetTries(of id: EntryID) throws {
        try locked {
            guard var secret = try read(id) else { return }
            secret.tries = 0
            try write(secret, id)
        }
    }
}
