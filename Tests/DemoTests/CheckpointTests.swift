import Estate
import Foundation
import Journal
import Testing

@testable import Demo

@Suite("A checkpoint")
struct CheckpointTests {
    private let now = at(monday)

    /// A copy of the estate that the other tests share.
    private func filled() throws -> String {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("checkpoint-\(UUID().uuidString)")
            .path
        try FileManager.default.copyItem(atPath: shared.get().folder, toPath: folder)
        return folder
    }

    private func open(_ folder: String, whole: Bool) throws -> Store {
        let now = now
        return try Store(at: folder, whole: whole, clock: { now })
    }

    /// What the panes of the console are made of.
    private func work(_ store: Store) throws -> [[String]] {
        let estate = store.estate
        func texts<V: View>(_ rows: [ViewRow<V>]) -> [String] {
            rows.map { $0.texts.joined(separator: "|") }.sorted()
        }
        return try [
            texts(ArrearsView().rows(of: estate, at: now)),
            texts(CollectionView(period: nil).rows(of: estate, at: now)),
            texts(FollowUpsView().rows(of: estate, at: now).filter { $0.state.isPending || $0.awaitsRectification }),
            texts(RequestsView().rows(of: estate, at: now).filter { $0.state == .open }),
            texts(GateView().rows(of: estate, at: now).filter { $0.state != .left && $0.state != .unknown }),
            texts(RectificationsView().rows(of: estate, at: now).filter { $0.state == .open }),
            texts(UnitsView().rows(of: estate, at: now)), texts(StaffView().rows(of: estate, at: now)),
        ]
    }

    @Test("gives today's work as the whole history does, and the rest comes behind it")
    func sameWork() throws {
        let folder = try filled()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let whole = try open(folder, whole: true)
        whole.leaveCheckpoint()
        let kept = try open(folder, whole: false)
        #expect(!kept.isWhole)
        #expect(kept.estate.calls.all.count < whole.estate.calls.all.count)
        #expect(try work(kept) == work(whole))

        // What came after it was made is read from the journal, and what is recorded is checked against everything.
        try whole.perform(AddUnit(unit: UnitCode(text: "9-9-901", zone: .shanghai)), by: "S01")
        try kept.catchUp()
        #expect(try work(kept) == work(whole))
        kept.readHistory()
        try kept.perform(AddUnit(unit: UnitCode(text: "9-9-902", zone: .shanghai)), by: "S01")
        #expect(kept.isWhole)
        try whole.catchUp()
        #expect(try work(kept) == work(whole))
        #expect(kept.estate.calls.all.count == whole.estate.calls.all.count)
    }

    @Test("leaves out what was taken back, and gives way where that needs what it left out")
    func takenBack() throws {
        let folder = try filled()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let whole = try open(folder, whole: true)
        func leave() throws {
            try? FileManager.default.removeItem(atPath: "\(folder)/checkpoint")
            whole.leaveCheckpoint()
        }
        func expectTheSame(wholly: Bool, _ sourceLocation: SourceLocation = #_sourceLocation) throws {
            let kept = try open(folder, whole: false)
            #expect(kept.isWhole == wholly, sourceLocation: sourceLocation)
            #expect(try work(kept) == work(whole), sourceLocation: sourceLocation)
        }
        // A return visit is done, so that a checkpoint needs neither it nor its request any more.
        let before = try work(whole)
        let visit = try #require(
            whole.estate.followUps.pending.first { whole.estate.followUps[$0]?.class == .complaint })
        var record = RecordFollowUp()
        (record.followup, record.visitors, record.signer) = (visit, StaffNames(["S01"]), "李四")
        try whole.perform(record, by: "S01")
        #expect(try work(whole) != before)
        try leave()
        try expectTheSame(wholly: false)
        let live = try open(folder, whole: false)
        try whole.perform(UndoAction(whole.estate.nextUndo(of: "S01", at: now)), by: "S01")
        #expect(try work(whole) == before)
        // What the checkpoint left out is needed again: all is read, and a new one is left.
        try live.catchUp()
        #expect(try work(live) == before)
        try expectTheSame(wholly: false)
        // Done and taken back since the checkpoint: it still serves.
        try whole.perform(record, by: "S01")
        let between = try open(folder, whole: false)
        try whole.perform(UndoAction(whole.estate.nextUndo(of: "S01", at: now)), by: "S01")
        try expectTheSame(wholly: false)
        try between.catchUp()
        #expect(!between.isWhole)
        #expect(try work(between) == before)
        between.readHistory()
        try between.perform(record, by: "S01")
        try whole.catchUp()
        #expect(try work(between) == work(whole))
    }

    @Test("that was damaged, or whose anchor does not hold, is passed over")
    func passedOver() throws {
        let folder = try filled()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let whole = try open(folder, whole: true)
        whole.leaveCheckpoint()
        let path = "\(folder)/checkpoint/working-set.jsonl"
        let sound = try Data(contentsOf: URL(fileURLWithPath: path))
        for place in [3, 40, 200, sound.count / 2, sound.count - 3] {
            var damaged = sound
            damaged[place] ^= 1
            try damaged.write(to: URL(fileURLWithPath: path))
            let store = try open(folder, whole: false)
            #expect(try work(store) == work(whole), "\(place)")
        }
        try sound.dropLast(100).write(to: URL(fileURLWithPath: path))
        #expect(try open(folder, whole: false).isWhole)
        try sound.write(to: URL(fileURLWithPath: path))
        #expect(try !open(folder, whole: false).isWhole)
        // Another journal than the one it was made of.
        try FileManager.default.removeItem(atPath: "\(folder)/journal/desk/2026-11.jsonl")
        #expect(try open(folder, whole: false).isWhole)
    }
}
