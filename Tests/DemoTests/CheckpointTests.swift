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
        func texts(_ rows: [some Record]) -> [String] {
            rows.map { $0.texts(zone: estate.zone).joined(separator: "|") }.sorted()
        }
        return [
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
