import Crypto
import Foundation
import Glibc

/// The key that signs seals (Ed25519), in a file outside the data folder: `{"ed25519":"BASE64"}`, 32 bytes.
public struct SealKey: Sendable {
    private let key: Curve25519.Signing.PrivateKey

    public var publicKey: SealPublicKey { SealPublicKey(key.publicKey) }

    /// Throws the errors of Crypto.
    public func sign(_ seal: HeadSeal) throws -> SignedSeal {
        SignedSeal(seal, signature: [UInt8](try key.signature(for: SignedSeal.message(of: seal))))
    }

    // MARK: Files

    /// Makes a key in a new file with mode 0600, and returns once it is durable.
    ///
    /// - Parameter folder: A data folder; the file has to lie outside of it and its mirror.
    /// - Throws: ``SealKeyError`` or ``JournalError``.
    public static func create(at path: String, outside folder: String, disk: any Disk = SystemDisk()) throws -> SealKey
    {
        let (place, new) = (URL(fileURLWithPath: path), SealKey(key: Curve25519.Signing.PrivateKey()))
        try JournalError.wrap {
            let parent = place.deletingLastPathComponent().path
            try refuse(path, in: parent, inside: folder, disk)
            let file = try newFile(place.path, disk)
            defer { disk.close(file) }
            do {
                try new.text.withUnsafeBytes { try disk.write($0, to: file, at: 0) }
                try disk.synchronise(file)
                try disk.synchroniseFolder(parent)
            } catch {
                try? disk.remove(place.path)
                throw error
            }
        }
        return new
    }

    private static func newFile(_ path: String, _ disk: any Disk) throws -> Int32 {
        do { return try disk.create(path) } catch let failure as DiskFailure where failure.number == EEXIST {
            throw SealKeyError.exists(path: path)
        }
    }

    private var text: [UInt8] {
        var json = JSONWriter()
        json.openObject()
        json.key("ed25519")
        json.plain(key.rawRepresentation.base64EncodedString())
        json.closeObject()
        return json.bytes + [UInt8(ascii: "\n")]
    }

    /// Reads a key. One that others may read, or that lies beside what it signs, is refused: it proves nothing.
    ///
    /// - Throws: ``SealKeyError`` or ``JournalError``.
    public init(at path: String, outside folder: String, disk: any Disk = SystemDisk()) throws {
        self = try JournalError.wrap {
            guard let file = try disk.openIfThere(path) else { throw SealKeyError.missing(path: path) }
            defer { disk.close(file) }
            let real = URL(fileURLWithPath: try disk.realPath(of: path))
            try SealKey.refuse(path, in: real.deletingLastPathComponent().path, inside: folder, disk)
            if SealKey.isOpenToOthers(file) { throw SealKeyError.exposed(path: path) }
            let text = String(decoding: try disk.bytes(of: file, from: 0, count: 1 << 12), as: UTF8.self)
            guard case .object(let members)? = try? JSONValue(parsing: text),
                case .string(let digits)? = members["ed25519"], let bytes = Data(base64Encoded: digits),
                let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: bytes)
            else { throw SealKeyError.malformed(path: path) }
            return SealKey(key: key)
        }
    }

    private static func isOpenToOthers(_ file: Int32) -> Bool {
        var status = stat()
        return fstat(file, &status) != 0 || status.st_mode & 0o077 != 0
    }

    private init(key: Curve25519.Signing.PrivateKey) { self.key = key }

    /// Refuses a place in a data folder or its mirror, also by another name of it. `parent`: the folder of the file.
    private static func refuse(_ path: String, in parent: String, inside folder: String, _ disk: any Disk) throws {
        let mirror = (try? Journal.mirrorFolder(of: folder, disk: disk)).flatMap { $0 }
        for source in [folder, mirror].compactMap({ $0 }) {
            guard let kept = try? disk.identity(of: source) else { continue }
            var place = try disk.realPath(of: parent)
            while true {
                if try disk.identity(of: place) == kept { throw SealKeyError.inside(path: path, folder: source) }
                if place == "/" || place.isEmpty { break }
                place = URL(fileURLWithPath: place).deletingLastPathComponent().path
            }
        }
    }
}

/// What signed seals are checked with. Anybody may know it: 64 hexadecimal digits.
public struct SealPublicKey: Sendable {
    private let key: Curve25519.Signing.PublicKey

    fileprivate init(_ key: Curve25519.Signing.PublicKey) { self.key = key }

    /// Reads ``text``; `nil` for anything else.
    public init?(_ text: String) {
        guard let bytes = [UInt8](hexadecimal: text[...]),
            let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)
        else { return nil }
        self.key = key
    }

    public var text: String { [UInt8](key.rawRepresentation).hexadecimal }

    func fits(_ signature: [UInt8], of message: [UInt8]) -> Bool { key.isValidSignature(signature, for: message) }
}

/// Why a file is no key for seals.
public enum SealKeyError: Error, Equatable, Sendable {
    /// There is something of that name.
    case exists(path: String)
    case missing(path: String)
    /// It is not what ``SealKey/create(at:outside:disk:)`` wrote, or not all of it.
    case malformed(path: String)
    /// It lies in the data folder or its mirror, whose writers it is to tell of.
    case inside(path: String, folder: String)
    /// Other accounts may read or change it.
    case exposed(path: String)
}
