import Foundation
import Glibc
import Testing

@testable import Journal
@testable import TestDisks

/// Seals signed with a key that lies outside the data folder.
@Suite struct SignedSealTests {
    private static let segment = "\(MemoryDisk.log)/2026-11.jsonl"
    private static let headFile = "\(MemoryDisk.log)/HEAD"
    private let folder = ScratchFolder()

    init() throws { try folder.make("data") }

    private func key(_ name: String = "key") throws -> SealKey {
        try SealKey.create(at: "\(folder.path)/\(name)", outside: "\(folder.path)/data")
    }

    private func error(_ body: () throws -> Void) -> SealKeyError? {
        do { try body() } catch { return error as? SealKeyError }
        return nil
    }

    @Test("a forged log with hashes and HEAD made anew is named from the first line after the last seal that fits")
    func forgedLog() throws {
        let (disk, key) = (try MemoryDisk.withJournal(), try key())
        var signed: [SignedSeal] = []
        for number in 1...6 {
            try disk.journal().record(number)
            signed.append(try key.sign(try #require(try disk.journal().acknowledgedSeal())))
        }
        #expect(signed.map(\.seal.sequence) == Array(1...6))
        let seals = signed.map(\.seal)
        #expect(try Verification(of: MemoryDisk.folder, against: seals, disk: disk).seals.allSatisfy(\.fits))
        var files = disk.files
        var forgery = Forgery(files[Self.segment] ?? [])
        forgery.lines[3] = forgery.lines[3].replacing("\"number\":4", with: "\"number\":9")
        let bytes = forgery.bytes
        var head = Head()
        let hash = try #require(Digest(String(decoding: bytes.suffix(67).prefix(64), as: UTF8.self)))
        head.set(sequence: 6, hash: hash, segment: "2026-11.jsonl", offset: bytes.count)
        (files[Self.segment], files[Self.headFile]) = (bytes, head.encoded + head.encoded)
        let forged = MemoryDisk(files: files)
        #expect(try forged.verification().damages.isEmpty, "by itself it is flawless")
        let found = try Verification(of: MemoryDisk.folder, against: [seals[1], seals[5]], disk: forged)
        #expect(found.seals.map(\.fits) == [true, false])
        #expect(found.damages.map(\.kind) == [.rewritten] && found.damages.first?.sequences == 3...6)
        // All digits of the hash count, not only those on paper.
        let resigned = try key.sign(try #require(try forged.journal().acknowledgedSeal()))
        #expect(resigned.seal.sequence == 6 && resigned != signed[5])
    }

    @Test("a line that HEAD does not name yet is not signed, nor a log that does not fit HEAD")
    func onlyAcknowledged() throws {
        let disk = try MemoryDisk.withJournal()
        #expect(try disk.journal().acknowledgedSeal() == nil)
        try disk.journal().record(1)
        let head = disk.files[Self.headFile]
        try disk.journal().record(2)
        var files = disk.files
        files[Self.headFile] = head
        #expect(try MemoryDisk(files: files).journal().acknowledgedSeal()?.sequence == 1)
        files[Self.headFile] = disk.files[Self.headFile]
        files[Self.segment]?.removeLast(200)
        let short = try MemoryDisk(files: files).journal()
        #expect(try short.acknowledgedSeal() == nil && !short.damages.isEmpty)
    }

    @Test("another key, and any other digit of number, hash or signature, is told")
    func signatures() throws {
        let (disk, key) = (try MemoryDisk.withJournal(), try key())
        try disk.journal().record(1)
        let signed = try key.sign(try #require(try disk.journal().acknowledgedSeal()))
        let read = try #require(SignedSeal(signed.text))
        #expect(read == signed && read.isSigned(by: key.publicKey))
        #expect(read.isSigned(by: try #require(SealPublicKey(key.publicKey.text))))
        #expect(!read.isSigned(by: try self.key("other").publicKey))
        #expect(SignedSeal("gate:" + signed.text)?.isSigned(by: key.publicKey) == false, "of another node")
        for place in signed.text.indices where signed.text[place] != ":" {
            var text = signed.text
            text.replaceSubrange(place...place, with: text[place] == "7" ? "8" : "7")
            #expect(SignedSeal(text).map { $0.isSigned(by: key.publicKey) } != true, "\(text)")
        }
        for count in 0..<signed.text.count { #expect(SignedSeal(String(signed.text.prefix(count))) == nil) }
        #expect(SignedSeal("1:e3b0-c442-98fc-1c14:" + String(repeating: "0", count: 128)) == nil, "not the whole hash")
        for text in ["", "1234", String(key.publicKey.text.dropLast()), "é" + key.publicKey.text.dropLast()] {
            #expect(SealPublicKey(text) == nil)
        }
    }

    @Test("a key is a new file of mode 0600 outside of the data; it signs as what made it")
    func keyFile() throws {
        let made = try key()
        let path = "\(folder.path)/key"
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let read = try SealKey(at: path, outside: "\(folder.path)/data")
        #expect(read.publicKey.text == made.publicKey.text)
        #expect(error { _ = try key() } == .exists(path: path), "it is never written over")
        let link = "\(folder.path)/link"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "\(folder.path)/elsewhere")
        #expect(error { _ = try key("link") } == .exists(path: link), "nor is a link followed")
        #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/elsewhere"))
    }

    @Test("a key in the data folder is refused, also by another name of the folder, to make and to use")
    func insideData() throws {
        let data = "\(folder.path)/data"
        try folder.make("data/keys")
        try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/alias", withDestinationPath: data)
        for name in ["data/key", "data/keys/key", "alias/keys/key", "data/../data/key"] {
            let path = "\(folder.path)/\(name)"
            #expect(error { _ = try SealKey.create(at: path, outside: data) } == .inside(path: path, folder: data))
        }
        _ = try key()
        try FileManager.default.moveItem(atPath: "\(folder.path)/key", toPath: "\(data)/key")
        let link = "\(folder.path)/key"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "\(data)/key")
        #expect(error { _ = try SealKey(at: link, outside: data) } == .inside(path: link, folder: data))
    }

    @Test("a key that is missing, cut off anywhere, or open to others is no key")
    func badKeys() throws {
        let (data, path) = ("\(folder.path)/data", "\(folder.path)/key")
        #expect(error { _ = try SealKey(at: path, outside: data) } == .missing(path: path))
        _ = try key()
        let bytes = try folder.bytes("key")
        for count in 0..<bytes.count - 1 {
            try folder.put(Array(bytes.prefix(count)), "cut")
            chmod("\(folder.path)/cut", 0o600)
            let cut = "\(folder.path)/cut"
            #expect(error { _ = try SealKey(at: cut, outside: data) } == .malformed(path: cut), "\(count) bytes")
        }
        for mode: mode_t in [0o640, 0o604, 0o660, 0o602] {
            chmod(path, mode)
            #expect(error { _ = try SealKey(at: path, outside: data) } == .exposed(path: path))
        }
    }
}
