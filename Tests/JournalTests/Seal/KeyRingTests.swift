import Crypto
import Foundation
import Testing

@testable import Journal
@testable import TestDisks

/// Sealing and opening of particulars, and the files in `keys/`.
@Suite struct KeyRingTests {
    static let place = KeyPlace("visitors", month: "2026-11", node: "desk")
    static let kind = "visitor.arrived"

    private let disk = MemoryDisk()
    private var ring: KeyRing { KeyRing(of: MemoryDisk.folder, disk: disk) }

    private func id(_ number: Int) -> EntryID { EntryID(high: 1, low: UInt64(number)) }

    private func sealed(_ text: String, _ number: Int, in ring: KeyRing, used: Int? = nil, ended: Int? = nil) throws
        -> SealedText
    {
        let bytes = try ring.seal(
            Array(text.utf8), as: KeyRingTests.place, used: used, ended: ended, id: id(number), kind: KeyRingTests.kind)
        return try #require(bytes.withUnsafeBytes { SealedText($0) })
    }

    private func opened(_ sealed: SealedText, _ number: Int, in ring: KeyRing) -> KeyRing.Opened {
        ring.open(sealed, node: "desk", id: id(number), kind: KeyRingTests.kind)
    }

    @Test func openedAgainByAnotherProgram() throws {
        let text = try sealed("张三", 1, in: ring)
        #expect(opened(text, 1, in: ring) == .plain(Array("张三".utf8)))
        #expect(text.keyName(of: "desk") == KeyName(KeyRingTests.place, generation: 0))
        #expect(disk.files.keys.sorted() == ["/estate/keys/visitors.2026-11.desk.0"])
        // The next uses the same key.
        _ = try sealed("李四", 2, in: ring, used: 0)
        #expect(disk.files.count == 1)
    }

    @Test func boundToItsLine() throws {
        let text = try sealed("张三", 1, in: ring)
        #expect(opened(text, 2, in: ring) == .wrong)
        #expect(ring.open(text, node: "desk", id: id(1), kind: "call.rang") == .wrong)
        #expect(ring.open(text, node: "gate", id: id(1), kind: KeyRingTests.kind) == .missing)
    }

    @Test func equalTextsHaveDifferentCiphertexts() throws {
        #expect(try sealed("张三", 1, in: ring).box != sealed("张三", 2, in: ring).box)
        #expect(try sealed("张三", 1, in: ring).box != sealed("张三", 1, in: ring).box)
    }

    @Test func endingAMonthDestroysItsKey() throws {
        let text = try sealed("张三", 1, in: ring)
        let key = try #require(disk.files.values.first)
        let name = KeyName(KeyRingTests.place, generation: 0)
        #expect(try ring.opens(name) { _ in true })
        try ring.end(name, keeping: [])
        #expect(opened(text, 1, in: ring) == .missing)
        #expect(disk.files.isEmpty && disk.synced.isEmpty)
        // The bytes themselves are overwritten.
        #expect(!disk.state.withLock { $0.inodes.contains(key) })
        #expect(try !ring.opens(name) { _ in true })
        try ring.end(name, keeping: [])
    }

    @Test func endingOneRecordKeepsTheOthers() throws {
        let texts = try (1...3).map { try sealed("\($0)", $0, in: ring) }
        let name = KeyName(KeyRingTests.place, generation: 0)
        let own = ring
        let revision = own.revision
        try own.end(name, keeping: [(id(1), KeyRingTests.kind), (id(3), KeyRingTests.kind)])
        #expect(own.revision != revision)
        for ring in [own, ring] {
            #expect(opened(texts[0], 1, in: ring) == .plain([UInt8(ascii: "1")]))
            #expect(opened(texts[1], 2, in: ring) == .missing)
            #expect(opened(texts[2], 3, in: ring) == .plain([UInt8(ascii: "3")]))
        }
        #expect(try !ring.opens(name) { $0 == id(2) })
        // A further one of those that are left.
        try ring.end(name, keeping: [(id(3), KeyRingTests.kind)])
        #expect(opened(texts[0], 1, in: ring) == .missing)
        #expect(opened(texts[2], 3, in: ring) == .plain([UInt8(ascii: "3")]))
    }

    @Test func aRecordsKeyIsDerivedByHKDF() {
        let key = SymmetricKey(data: [UInt8](0..<32))
        let record = KeyFile.Record(node: "desk", id: id(1), kind: KeyRingTests.kind)
        let derived = HKDF<SHA256>.deriveKey(inputKeyMaterial: key, info: record.context, outputByteCount: 32)
        #expect(MonthKey(key).derived(for: record) == derived)
    }

    @Test func laterRecordsHaveTheNextGeneration() throws {
        _ = try sealed("1", 1, in: ring)
        let name = KeyName(KeyRingTests.place, generation: 0)
        try ring.end(name, keeping: [(id(1), KeyRingTests.kind)])
        #expect(try sealed("2", 2, in: ring, used: 0, ended: 0).generation == 1)
        // Also if the journal did not say so: what is left seals nothing.
        #expect(try sealed("3", 3, in: ring, used: 0).generation == 1)
        // A lost key is not replaced by another of its name.
        try ring.end(KeyName(KeyRingTests.place, generation: 1), keeping: [])
        #expect(try sealed("4", 4, in: ring, used: 1).generation == 2)
    }

    @Test func keysThatComeLaterAreNoticed() throws {
        let text = try sealed("张三", 1, in: ring)
        let files = disk.files
        let name = KeyName(KeyRingTests.place, generation: 0)
        try ring.end(name, keeping: [])
        let other = ring
        #expect(opened(text, 1, in: other) == .missing)
        other.refresh()
        #expect(opened(text, 1, in: other) == .missing)
        for (path, bytes) in files {
            let file = try disk.open(path, flags: O_WRONLY | O_CREAT, mode: 0o600)
            try bytes.withUnsafeBytes { try disk.write($0, to: file, at: 0) }
            disk.close(file)
        }
        other.refresh()
        #expect(opened(text, 1, in: other) == .plain(Array("张三".utf8)))
    }

    @Test(arguments: ["", "{}\n", "{\"key\":\"AA==\"}\n", "visitors", "\u{0}\u{0}\u{0}"])
    func damagedFileOpensNothing(content: String) throws {
        let text = try sealed("张三", 1, in: ring)
        let disk = MemoryDisk(files: ["/estate/keys/visitors.2026-11.desk.0": Array(content.utf8)])
        #expect(opened(text, 1, in: KeyRing(of: MemoryDisk.folder, disk: disk)) == .missing)
    }

    @Test func namesOfFiles() {
        for name in [
            KeyName(KeyRingTests.place, generation: 12),
            KeyName(KeyPlace("a", month: "2026-12", node: "x_y-2"), generation: 0),
        ] {
            #expect(KeyName(file: name.file) == name)
        }
        for other in [
            "", "visitors", "visitors.2026-11.desk", "visitors.2026-11.desk.x", "visitors.2026-11.desk.0.new",
            "visitors.2026-11.de/sk.0", "visitors.2026-11..0", "../x.2026-11.desk.0", "visitors.11.desk.0",
            "visitors.2026-11.desk.00", "visitors.2026-11.desk.+1",
            String(repeating: "v", count: 200) + ".2026-11.desk.0",
        ] {
            #expect(KeyName(file: other) == nil)
        }
    }

    /// Anybody with a login to the hub may have put the key there.
    @Test func withAKeyThatCameBackNothingIsSealed() throws {
        let other = MemoryDisk()
        let foreign = KeyRing(of: MemoryDisk.folder, disk: other)
        let theirs = try sealed("张三", 1, in: foreign)
        let name = theirs.keyName(of: "desk").file
        let content = try #require(other.files["\(MemoryDisk.folder)/keys/\(name)"])
        let keys = CarriedKeys(of: MemoryDisk.folder, disk: disk)
        #expect(try keys.add(name, content, own: "desk"))
        #expect(try !keys.add(name, content, own: "desk"))
        #expect(opened(theirs, 1, in: ring) == .plain(Array("张三".utf8)))
        let ours = try sealed("李四", 2, in: ring)
        #expect(ours.generation == 1 && opened(ours, 2, in: ring) == .plain(Array("李四".utf8)))
        #expect(opened(ours, 2, in: foreign) == .missing)
        // Another node's is that node's.
        #expect(try keys.add("visitors.2026-11.gate.0", content, own: "desk"))
        let names = [name, "\(name).came-back", "visitors.2026-11.desk.1", "visitors.2026-11.gate.0"]
        #expect(try disk.names(in: "\(MemoryDisk.folder)/keys").sorted() == names)
        // What is no part of a key is not added to what is left of one.
        #expect(try !keys.add(name, rest: content) && !keys.add(name, rest: []))
    }
}
