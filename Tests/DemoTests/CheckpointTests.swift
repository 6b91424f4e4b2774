import Estate
import Foundation
import Journal
import Testing

@testable import Demo

@Suite("A checkpoint")
struct CheckpointTests {
    private let now = at(monday)

    /// The folder of a copy of the shared estate, which has begun a log of its own: a mere copy has no checkpoint.
    private func filled() throws -> String {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("checkpoint-\(UUID().uuidString)")
            .path
        try FileManager.default.copyItem(atPath: shared.get().folder, toPath: folder)
        let store = try open(folder, fullHistory: true)
        try store.perform(AddUnit(unit: UnitCode(text: "9-9-900", zone: .shanghai)), by: "S01")
        return folder
    }

    private func open(_ folder: String, fullHistory: Bool) throws -> Store {
        let now = now
        return try Store(at: folder, fullHistory: fullHistory, clock: { now })
    }

    /// The rows of the console's panes, as texts.
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

    @Test("gives the same open work as the whole journal, and the rest of the state once that is read")
    func sameWork() throws {
        let folder = try filled()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let whole = try open(folder, fullHistory: true)
        whole.leaveCheckpoint()
        let kept = try open(folder, fullHistory: false)
        #expect(!kept.hasFullHistory)
        #expect(kept.estate.calls.all.count < whole.estate.calls.all.count)
        #expect(try work(kept) == work(whole))

        // Later lines are read from the journal; an action that the working set covers is decided on it.
        try whole.perform(AddUnit(unit: UnitCode(text: "9-9-901", zone: .shanghai)), by: "S01")
        try kept.catchUp()
        #expect(try work(kept) == work(whole))
        kept.readHistory()
        try kept.perform(AddUnit(unit: UnitCode(text: "9-9-902", zone: .shanghai)), by: "S01")
        #expect(!kept.hasFullHistory)
        try whole.catchUp()
        #expect(try work(kept) == work(whole))
        try kept.readWhole()
        #expect(kept.hasFullHistory)
        #expect(try work(kept) == work(whole))
        #expect(kept.estate.calls.all.count == whole.estate.calls.all.count)
    }

    @Test("omits undone facts, and is not used where an undo needs facts that it omits")
    func takenBack() throws {
        let folder = try filled()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let whole = try open(folder, fullHistory: true)
        func leave() throws {
            try? FileManager.default.removeItem(atPath: "\(folder)/checkpoint")
            whole.leaveCheckpoint()
        }
        func expectTheSame(wholly: Bool, _ sourceLocation: SourceLocation = #_sourceLocation) throws {
            let kept = try open(folder, fullHistory: false)
            #expect(kept.hasFullHistory == wholly, sourceLocation: sourceLocation)
            #expect(try work(kept) == work(whole), sourceLocation: sourceLocation)
        }
        // A completed return visit: a checkpoint omits it and its request.
        let before = try work(whole)
        let visit = try #require(
            whole.estate.followUps.pending.first { whole.estate.followUps[$0]?.class == .complaint })
        var record = RecordFollowUp()
        (record.followup, record.visitors, record.signer) = (visit, StaffNames(["S01"]), "李四")
        try whole.perform(record, by: "S01")
        #expect(try work(whole) != before)
        try leave()
        try expectTheSame(wholly: false)
        let live = try open(folder, fullHistory: false)
        try whole.perform(UndoAction(whole.estate.nextUndo(of: "S01", at: now)), by: "S01")
        #expect(try work(whole) == before)
        // The undo needs facts that the checkpoint omits: the whole journal is read, and a new checkpoint is written.
        try live.catchUp()
        #expect(try work(live) == before)
        try expectTheSame(wholly: false)
        // An action that was recorded and undone after the checkpoint leaves it valid.
        try whole.perform(record, by: "S01")
        let between = try open(folder, fullHistory: false)
        try whole.perform(UndoAction(whole.estate.nextUndo(of: "S01", at: now)), by: "S01")
        try expectTheSame(wholly: false)
        try between.catchUp()
        #expect(!between.hasFullHistory)
        #expect(try work(between) == before)
        between.readHistory()
        try between.perform(record, by: "S01")
        try whole.catchUp()
        #expect(try work(between) == work(whole))
    }

    @Test("that is damaged, or does not fit the journal, is not used")
    func passedOver() throws {
        let folder = try filled()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let whole = try open(folder, fullHistory: true)
        whole.leaveCheckpoint()
        let path = "\(folder)/checkpoint/working-set.jsonl"
        let sound = try Data(contentsOf: URL(fileURLWithPath: path))
        for place in [3, 40, 200, sound.count / 2, sound.count - 3] {
            var damaged = sound
            damaged[place] ^= 1
            try damaged.write(to: URL(fileURLWithPath: path))
            let store = try open(folder, fullHistory: false)
            #expect(try work(store) == work(whole), "\(place)")
        }
        try sound.dropLast(100).write(to: URL(fileURLWithPath: path))
        #expect(try open(folder, fullHistory: false).hasFullHistory)
        try sound.write(to: URL(fileURLWithPath: path))
        #expect(try !open(folder, fullHistory: false).hasFullHistory)
        // A journal from which a segment is missing.
        try FileManager.default.removeItem(atPath: "\(folder)/journal/desk/2026-11.jsonl")
        #expect(try open(folder, fullHistory: false).hasFullHistory)
    }
}
