import Foundation
import Journal
import TestSupport
import Testing

@testable import Estate
@testable import Journal

/// Every byte under the data folder and its mirror, after particulars of every class have ended.
@Suite("No byte is left of particulars that ended")
struct EveryByteTests {
    @Test("the sample has every field that the handbook seals")
    func wholeTable() throws {
        let kept = try PersonsKept()
        try kept.fill()
        let ring = KeyRing(of: kept.test.folder)
        var found: [String: Set<String>] = [:]
        for line in try kept.lines() {
            found[line.kind, default: []].formUnion(line.opened(by: ring)?.keys ?? [:].keys)
        }
        for sealed in kept.test.estate.handbook.particulars.sealed {
            #expect(found[sealed.kind] == Set(sealed.fields), "\(sealed.kind)")
        }
        // What was typed is what is sealed, and stands nowhere as it is.
        let opened = Set(try kept.lines().compactMap { $0.opened(by: ring) }.flatMap(\.values))
        for text in kept.texts { #expect(opened.contains { $0.hasSuffix(text) }, "\(text)") }
        #expect(try TextForms.files(under: kept.folders, holding: opened.union(kept.texts)) == [])
    }

    @Test("each form of a text is found, or the search would prove nothing")
    func search() throws {
        let folder = NSTemporaryDirectory() + "forms-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let text = "欧阳鸀鑫"
        let gb = try #require(text.data(using: String.Encoding(rawValue: 0x8000_0632)))
        let samples: [Data] = [
            Data("…\(text)…".utf8), Data([0x30]) + gb, Data(#""\u6b27\u9633\u9e00\u946b""#.utf8),
            Data(#""\u6B27\u9633\u9E00\u946B""#.utf8), Data("q=%E6%AC%A7%E9%98%B3%E9%B8%80%E9%91%AB".utf8),
            try #require(text.data(using: .utf16LittleEndian)), try #require(text.data(using: .utf16BigEndian)),
        ]
        let encoded = (0..<3).map { Data("\(String(repeating: "x", count: $0))\(text)yz".utf8).base64EncodedData() }
        for (number, data) in (samples + encoded).enumerated() {
            try data.write(to: URL(fileURLWithPath: "\(folder)/\(number)"))
        }
        #expect(try TextForms.files(under: [folder], holding: [text]).count == samples.count + encoded.count)
        #expect(try TextForms.files(under: [folder], holding: ["诸葛孔明"]) == [])
    }

    @Test("after expiry: of all classes nothing is left, in no copy, and the journal proves itself")
    func expiry() throws {
        let kept = try PersonsKept()
        try kept.fill()
        let test = kept.test
        let (lines, ring) = (try kept.lines(), KeyRing(of: test.folder))
        // Whoever stays: the owner who came with the estate.
        let stays = try #require(test.estate.people.owner(of: unit("3-2-501"))).id.id
        let ending = lines.filter { $0.record != stays }
        let opened = Set(ending.compactMap { $0.opened(by: ring) }.flatMap(\.values))
        let secrets = try kept.secrets(of: ending)
        #expect(opened.count > 20 && secrets.count == ending.count)
        let backup = try test.backup()
        defer { try? FileManager.default.removeItem(atPath: backup) }

        try kept.letAllLeave()
        try test.do("particulars.expire")
        test.store.leaveCheckpoint()
        test.store.awaitMirror()
        let after = KeyRing(of: test.folder)
        for line in ending { #expect(line.opened(by: after) == nil, "\(line.kind)") }
        let texts = opened.union(kept.texts).union(secrets.values.flatMap(\.self))
        #expect(try TextForms.files(under: kept.folders, holding: texts) == [])
        #expect(try test.store.unreadableParticulars().isEmpty)
        #expect(try Verification(of: test.folder).damages.isEmpty)
        for estate in [test.estate, try test.secondStore().estate] {
            #expect(estate.people.owner(of: unit("3-2-501"))?.name == "李四")
            #expect(try test.allRows(of: estate).allSatisfy { row in !opened.contains { row.contains($0) } })
        }

        // The keys of an older backup are destroyed again at the first opening.
        try test.putBackKeys(of: backup)
        let reopened = try test.secondStore()
        #expect(try test.allRows(of: reopened.estate).allSatisfy { row in !opened.contains { row.contains($0) } })
        #expect(try TextForms.files(under: kept.folders, holding: texts) == [])
        #expect(try reopened.unreadableParticulars().isEmpty)
    }

    @Test("after one erasure of each class: only that record's are gone, in no copy; what proves money stays")
    func erasure() throws {
        let kept = try PersonsKept()
        _ = try kept.fill()
        let test = kept.test
        let handbook = test.estate.handbook.particulars
        let (first, ring) = (Set(try kept.lines().map(\.record)), KeyRing(of: test.folder))
        _ = try kept.fill()
        // Nobody is expected or barred any more.
        test.clock.pass(seconds: 86_400)
        let lines = try kept.lines()
        let stays = try #require(test.estate.people.owner(of: unit("3-2-501"))).id.id
        var ended: Set<EntryID> = []
        for line in lines where first.contains(line.record) && line.record != stays && !ended.contains(line.record) {
            let refused = refusal {
                try test.do("particulars.erase", ["record": line.record.text, "why": "本人要求"])
            }
            if handbook[line.sealed.kind]?.readers == nil {
                #expect(refused == nil, "\(line.kind)")
                ended.insert(line.record)
            } else {
                #expect(refused?.code == "particulars.kept", "\(line.kind)")
            }
        }
        let gone = lines.filter { ended.contains($0.record) }
        let left = lines.filter { !ended.contains($0.record) }
        #expect(
            Set(gone.map(\.sealed.kind))
                == Set(handbook.classes.filter { $0.readers == nil && $0.id != "drafts" }.map(\.id)))
        let opened = Set(gone.compactMap { $0.opened(by: ring) }.flatMap(\.values))
        let after = KeyRing(of: test.folder)
        for line in gone { #expect(line.opened(by: after) == nil, "\(line.kind)") }
        for line in left { #expect(line.opened(by: after) != nil, "\(line.kind)") }
        test.store.awaitMirror()
        #expect(try TextForms.files(under: kept.folders, holding: opened.union(kept.texts)) == [])
        #expect(try test.allRows().allSatisfy { row in !opened.contains { row.contains($0) } })
        #expect(try test.store.unreadableParticulars().isEmpty)
        #expect(try Verification(of: test.folder).damages.isEmpty)
    }

    @Test("the key of the month and the record's own are in no file after an erasure; the next record has another key")
    func keys() throws {
        let kept = try PersonsKept()
        try kept.fill()
        let test = kept.test
        let lines = try kept.lines().filter { $0.sealed.kind == "visitors" }
        let line = try #require(lines.first)
        let secrets = try #require(try kept.secrets(of: [line])[line.id])
        #expect(secrets.count == 2)
        #expect(try TextForms.files(under: kept.folders, holding: [secrets[1]]).count == 1)
        try test.do("particulars.erase", ["record": line.record.text, "why": "本人要求"])
        #expect(try TextForms.files(under: kept.folders, holding: secrets) == [])
        try kept.fill()
        let later = try #require(try kept.lines().last { $0.sealed.kind == "visitors" })
        #expect(later.name.generation == line.name.generation + 1)
        #expect(later.opened(by: KeyRing(of: test.folder)) != nil)
    }

    @Test("a backup from before, restored and brought up to date by the mirror, ends them at its first opening")
    func oldBackup() throws {
        let kept = try PersonsKept()
        try kept.fill()
        let test = kept.test
        let (lines, ring) = (try kept.lines(), KeyRing(of: test.folder))
        let visit = try #require(lines.first { $0.kind == "visitor.arrived" })
        let texts = Array((visit.opened(by: ring) ?? [:]).values)
        let backup = try test.backup()
        let restored = test.folder + "-restored"
        defer { for path in [backup, restored] { try? FileManager.default.removeItem(atPath: path) } }
        try test.do("particulars.erase", ["record": visit.record.text, "why": "本人要求"])
        try Store(at: test.folder, clock: test.clock.clock).awaitMirror()
        test.store.awaitMirror()
        // The disk with the data folder is lost.
        try FileManager.default.removeItem(atPath: test.folder)
        _ = try Restore(from: backup, to: restored, as: .same)
        #expect(visit.opened(by: KeyRing(of: restored)) != nil)
        _ = try Journal.adopt(restored, mirror: kept.mirror)
        let store = try Store(at: restored, clock: test.clock.clock)
        #expect(store.estate.gate.visits.values.first?.name == "已到期删除")
        #expect(visit.opened(by: KeyRing(of: restored)) == nil)
        #expect(try store.unreadableParticulars().isEmpty)
        #expect(try TextForms.files(under: [restored, kept.mirror], holding: texts) == [])
    }
}

extension TestEstate {
    /// The path of a new backup of the folder.
    func backup() throws -> String {
        let place = folder + "-backup-\(UUID().uuidString)"
        _ = try Backup(of: folder, to: place)
        return place
    }

    /// Copies the keys of a backup over those of the folder.
    func putBackKeys(of backup: String) throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: "\(backup)/keys") {
            let path = "\(folder)/keys/\(name)"
            try? FileManager.default.removeItem(atPath: path)
            try FileManager.default.copyItem(atPath: "\(backup)/keys/\(name)", toPath: path)
        }
    }
}
