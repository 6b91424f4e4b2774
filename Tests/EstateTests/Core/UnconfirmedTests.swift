import Journal
import Testing
import TestSupport

@testable import Estate
@testable import TestDisks

@Suite("Writes of which it is unknown whether they reached the disk")
struct UnconfirmedTests {
    /// A store whose disk failed once, at a call of the given name during an arrival, and the error.
    private func failing(_ call: String, key: IdempotencyKey? = nil) throws -> (Store, JournalError) {
        let clock = TestClock("2026-12-31T12:00").clock
        for place in 1...200 {
            let disk = MemoryDisk()
            let founded = try Store.found(
                at: "/estate", name: "翠湖花园", staff: [StaffMember(code: "S01", name: "王经理", role: .manager)],
                clock: clock,
                disk: disk)
            try founded.perform(AddUnit(unit: unit("3-2-501")), by: "S01")
            let faulty = FaultyDisk(disk, failing: place, lasting: false, in: "/estate/journal")
            guard let store = try? Store(at: "/estate", clock: clock, disk: faulty) else { continue }
            do {
                try store.perform(
                    ArriveVisitor(name: "张三", host: unit("3-2-501"), purpose: "探亲"), by: "S01", key: key)
            } catch let error as JournalError where faulty.failed == [call] { return (store, error) } catch {}
        }
        throw Missing(call: call)
    }

    private struct Missing: Error { let call: String }

    @Test(
        "a write found in the journal is reported as recorded, and its facts count", arguments: ["fdatasync", "pwrite"])
    func unconfirmed(call: String) throws {
        let (store, error) = try failing(call)
        #expect(error.code == "disk.recorded" && store.trouble == error)
        #expect(error.label.chinese.contains("不要重做") && error.label.english.contains("do not do it again"))
        #expect(store.estate.gate.visits.values.map(\.name) == ["张三"])
        // The action need not be repeated, and the next one ends the alarm.
        let visit = try #require(store.estate.gate.inside.first)
        try store.perform(LeaveVisitor(visit: visit), by: "S01")
        #expect(store.trouble == nil && store.alarm(found: []) == nil && store.estate.gate.inside.isEmpty)
    }

    @Test("sent again with its key, it is answered with the receipt", arguments: ["fdatasync", "pwrite", "write"])
    func again(call: String) throws {
        let key = try IdempotencyKey("k", of: ArriveVisitor.name, [["name": .string("张三")]])
        let (store, _) = try failing(call, key: key)
        let action = ArriveVisitor(name: "张三", host: unit("3-2-501"), purpose: "探亲")
        let receipt = try store.perform(action, by: "S01", key: key)
        #expect(store.estate.gate.visits.values.map(\.id.id) == [receipt.id])
        #expect(try store.perform(action, by: "S01", key: key) == receipt)
        #expect(store.estate.gate.visits.count == 1)
    }

    @Test("a write that did not begin is reported as failed")
    func refused() throws {
        let (store, error) = try failing("write")
        #expect(error.code == "disk.failed" && store.estate.gate.visits.isEmpty)
    }
}
