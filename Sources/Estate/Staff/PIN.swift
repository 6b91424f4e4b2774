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

/// How much work it is to try a PIN: the parameters of scrypt.
struct PINWork {
    let rounds: Int
    let blockSize: Int
    let parallelism: Int

    /// 32 MB, about 0.1 s.
    static let full = PINWork(rounds: 1 << 15, blockSize: 8, parallelism: 2)
    /// 1 MB, the least that is accepted in a file.
    static let least = PINWork(rounds: 1 << 10, blockSize: 8, parallelism: 1)
    /// What a new PIN is stored with. A debug build, in which scrypt is not optimised, is for tests, which try many PINs.
    static var usual: PINWork {
        #if DEBUG
            least
        #else
            full
        #endif
    }
}

/// The stored form of a PIN, kept in a private file only: a salted scrypt hash. Files of earlier versions also hold the
/// number of wrong tries, which is ignored.
struct Secret: Codable, Equatable {
    /// The ``PINWork``, stored so that it can be raised.
    private let rounds: Int
    private let blockSize: Int
    private let parallelism: Int
    private let salt: Data
    private let hash: Data

    init(_ pin: PIN, _ work: PINWork) throws {
        (rounds, blockSize, parallelism) = (work.rounds, work.blockSize, work.parallelism)
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
    var isSound: Bool {
        (PINWork.least.rounds...1 << 17).contains(rounds) && (1...16).contains(blockSize)
            && (1...8).contains(parallelism) && salt.count >= 16 && hash.count == 32
    }
}
