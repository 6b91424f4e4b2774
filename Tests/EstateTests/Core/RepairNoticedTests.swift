import Foundation
import Journal
import Testing
import TestSupport

@testable import Estate
@testable import TestDisks

@Suite("What happens to the journal under an open store")
struct RepairNoticedTests {
    private let test: TestEstate
    private let mirror = FileManager.default.temporaryDirectory.appendingPathComponent("mirror-\(UUID().uuidString)")
        .path

    init() throws { test = try TestEstate() }

    private func arrive(_ name: String, in store: Store) throws {
        try store.perform(ArriveVisitor(name: name, host: unit("3-2-501"), purpose: "探亲"), by: "S03")
    }

    private func names(_ store: Store) -> [String] { store.estate.gate.visits.values.map(\.name) }

    @Test("a store that only writes, as do --lines does, learns of a repair at its next write")
    func repairIsNoticedByAWriter() throws {
        defer { try? FileManager.default.removeItem(atPath: mirror) }
        try Journal.setMirror(of: test.folder, to: mirror)
        try arrive("甲方来客", in: test.store)
        let segment = URL(fileURLWithPath: "\(test.folder)/journal/desk/2026-12.jsonl")
        var bytes = try Data(contentsOf: segment)
        let place = try #require(bytes.range(of: Data("探亲".utf8))).lowerBound
        bytes[place] ^= 1
        try bytes.write(to: segment)
        let writer = try test.secondStore()
        #expect(names(writer) == [] && !writer.damages.isEmpty)
        #expect(try !Journal.repair(folder: test.folder).isEmpty)
        try arrive("乙方来客", in: writer)
        #expect(names(writer) == ["甲方来客", "乙方来客"] && writer.damages.isEmpty && writer.trouble == nil)
        #expect(try names(test.secondStore()) == ["甲方来客", "乙方来客"])
    }

    @Test("a folder exchanged under a reader is told once, and the present one is used")
    func exchangedFolderIsTold() throws {
        let store = try test.secondStore()
        try arrive("甲", in: store)
        let manager = FileManager.default
        try manager.copyItem(atPath: test.folder, toPath: "\(test.folder).copy")
        try arrive("乙", in: store)
        try manager.moveItem(atPath: test.folder, toPath: "\(test.folder).old")
        defer { try? manager.removeItem(atPath: "\(test.folder).old") }
        // Nothing is there for a while.
        #expect(throws: JournalError.self) { try store.catchUp() }
        try manager.moveItem(atPath: "\(test.folder).copy", toPath: test.folder)
        try? store.catchUp()
        #expect(throws: Never.self) { try store.catchUp() }
        #expect(names(store) == ["甲"])
        try arrive("丙", in: store)
        #expect(try names(test.secondStore()) == ["甲", "丙"])
        #expect(try Verification(of: test.folder).damages.isEmpty)
    }

    @Test("the error of a background reading is told once and kept; a later reading succeeds")
    func failedHistoryIsTold() throws {
        let clock = test.clock.clock
        let disk = FaultyDisk(SystemDisk(), failing: 0, lasting: false, in: "\(test.folder)/journal")
        let store = try Store(at: test.folder, clock: clock, disk: disk)
        disk.breakDown()
        store.readAnew()
        store.history?.wait()
        #expect(throws: JournalError.self) { try store.takeHistory() }
        #expect(store.historyTrouble != nil && store.history == nil && !store.hasFullHistory)
        #expect(throws: Never.self) { try store.takeHistory() }
        disk.breakDown(false)
        store.readHistory()
        #expect(store.historyTrouble == nil)
        store.history?.wait()
        try store.takeHistory()
        #expect(store.hasFullHistory && store.estate.people.units.count == 3)
    }

    @Test("an action too long for a line is refused, and the others of its batch are recorded")
    func tooLongIsRefused() throws {
        let long = String(repeating: "长", count: 400_000)
        try test.store.perform(by: "S03") { batch in
            let refused = refusal {
                try batch.perform(ArriveVisitor(name: "甲", host: unit("3-2-501"), purpose: long))
            }
            #expect(refused?.code == "text.tooLong")
            try batch.perform(ArriveVisitor(name: "乙", host: unit("3-2-501"), purpose: "探亲"))
        }
        #expect(try names(test.secondStore()) == ["乙"])
    }
}
