import Journal
import TestSupport
import Testing

@testable import Estate

@Suite("Renovation: what a checkpoint keeps")
struct RenovationRetentionTests {
    private let test: TestEstate

    init() throws { test = try TestEstate(now: "2026-01-05T12:00") }

    /// A store that starts from a checkpoint of now.
    private func fromCheckpoint() throws -> Store {
        try Checkpoint(
            of: test.folder, WorkingSet(of: test.estate, at: test.store.now), test.store.handbook,
            positions: test.store.journal.positions, on: test.store.disk
        ).save(in: test.folder, on: test.store.disk)
        return try Store(at: test.folder, fullHistory: false, clock: test.clock.clock)
    }

    private func ids(_ estate: Estate) -> [String] { estate.renovations.all.values.map(\.id.id.text) }

    @Test("open cases, those with a violation to be reported, and the last number of each year; others are left out")
    func kept() throws {
        func over(at time: String) throws -> String {
            let id = try test.renovation(at: time)
            try test.do("renovation.withdraw", ["renovation": id, "why": "不装了"])
            return id
        }
        let first = try over(at: "2025-12-30T09:00")
        let second = try over(at: "2025-12-31T09:00")
        let third = try over(at: "2026-01-02T09:00")
        let violated = try test.renovation()
        try test.do("renovation.violation", ["renovation": violated, "what": "堆料"])
        try test.do("renovation.withdraw", ["renovation": violated, "why": "不装了"])
        let held = try test.permitted(unit: "3-2-502", at: "2026-01-04T09:00")
        try test.do("renovation.withdraw", ["renovation": held, "why": "不装了"])
        let last = try over(at: "2026-01-05T09:00")
        test.clock.set("2026-09-01 12:00")
        let store = try fromCheckpoint()
        #expect(!store.hasFullHistory)
        let kept = ids(store.estate)
        #expect(Set(kept) == [second, violated, held, last] && !kept.contains(first) && !kept.contains(third))
        #expect(store.estate.renovations.open.map(\.id.id.text) == [held])
    }

    @Test("an application is numbered and a refund recorded from it; works are permitted by the whole history")
    func covered() throws {
        let held = try test.permitted(at: "2026-01-04T09:00")
        try test.do("renovation.withdraw", ["renovation": held, "why": "不装了"])
        _ = try test.renovation(at: "2025-12-30T09:00")
        test.clock.set("2026-09-01 12:00")
        let store = try fromCheckpoint()
        func perform(_ name: String, _ members: [String: String], at time: String? = nil) throws -> EntryID {
            let action = try Estate.action(named: name).read(members.mapValues { .string($0) }, zone: .shanghai)
            return try store.perform(action, by: "S01", at: time.map { try Moment(text: $0, zone: .shanghai) }).id
        }
        let apply = ["unit": "3-2-502", "contractor": "乙", "works": "刷墙", "papers": "complete", "applicant": "owner"]
        let id = try perform("renovation.apply", apply)
        let old = try perform("renovation.apply", apply, at: "2025-12-31T09:00")
        _ = try perform("renovation.refund", ["renovation": held, "refund": "2000"])
        #expect(!store.hasFullHistory)
        let numbers = [id, old].compactMap { store.estate.renovations.all[Ref($0)] }.map(store.estate.number)
        #expect(numbers == ["装2026-0002", "装2025-0002"])
        _ = try perform(
            "renovation.permit",
            ["renovation": id.text, "deposit": "100", "fee": "0", "until": "2026-12-31", "method": "现金"])
        #expect(store.hasFullHistory)
        #expect(store.estate.deposits.movements.last?.receipt == 2)
    }
}
