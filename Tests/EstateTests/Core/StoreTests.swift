import Journal
import Testing
import TestSupport

@testable import Estate

@Suite("The store")
struct StoreTests {
    @Test("two stores on one folder see each other's facts")
    func shared() throws {
        let test = try TestEstate()
        let other = try test.secondStore()
        try test.arrive("张三")
        #expect(other.estate.gate.visits.isEmpty)
        try other.catchUp()
        #expect(other.estate.gate.visits.values.map(\.name) == ["张三"])
        // Performing catches up first, and checks the action against the new facts.
        let visit = try #require(test.estate.gate.visits.values.first?.id)
        try other.perform(LeaveVisitor(visit: visit), by: "S03")
        #expect(refusal { try test.do("visitor.leave", ["visit": visit.id.text]) }?.code == "visit.left")
        #expect(test.estate.gate.inside.isEmpty)
    }

    @Test("a moment more than five minutes ahead of the clock is refused")
    func future() throws {
        let test = try TestEstate(now: "2026-03-02T16:00")
        for time in ["2026-03-02T15:00", "2026-03-02T16:04", "2026-03-02T16:05"] { try test.arrive("张三", at: time) }
        for time in ["2026-03-02T16:05:01", "2026-03-02T16:06", "2027-01-01"] {
            let refused = refusal { try test.arrive("张三", at: time) }
            #expect(refused?.code == "time.future")
            #expect(refused?.cause == .rule)
        }
        #expect(test.estate.gate.visits.count == 3)
    }

    @Test("a fact has the time of the event and the time of recording")
    func bothTimes() throws {
        let test = try TestEstate(now: "2026-03-02T16:00")
        let call = try test.do("call.ring", at: "2026-03-01T09:00")
        #expect(test.estate.calls[ref(call)]?.rang == at("2026-03-01T09:00"))
        var written: Moment?
        try Journal(at: test.folder).catchUp { line in if line.id.text == call { written = line.written } }
        #expect(written == at("2026-03-02T16:00"))
    }

    @Test("a refused action records nothing")
    func refused() throws {
        let test = try TestEstate()
        let (lines, size) = (test.store.revision, try test.bytes())
        let visit = EntryID(high: 0, low: 1).text
        #expect(refusal { try test.do("visitor.leave", ["visit": visit]) }?.code == "visit.unknown")
        #expect(refusal { try test.do("staff.add", ["staff": "S10", "name": "甲", "role": "guard"], by: "S02") } != nil)
        #expect(test.store.revision == lines)
        #expect(try test.bytes() == size)
        #expect(try test.secondStore().estate.gate.visits.isEmpty)
    }

    @Test("receipts have ascending sequence numbers")
    func receipts() throws {
        let test = try TestEstate()
        let ring = RingCall(direction: .incoming)
        let first = try test.store.perform(ring, by: "S02")
        let second = try test.store.perform(ring, by: "S02")
        #expect(first.node == "desk")
        #expect(second.sequence == first.sequence + 1)
        #expect(first.id != second.id)
    }

    @Test("local times and days follow the estate's zone in every store")
    func zone() throws {
        let test = try TestEstate(zone: #require(Zone("America/New_York")))
        let visit = try test.minorRepair(done: "2026-03-05T23:30")
        // The clocks go forward on 03-08: the deadline is still a civil day.
        #expect(try test.only(FollowUpsView.self).due == day("2026-03-08"))
        try test.visit(visit, at: "2026-03-08T23:59")
        #expect(try test.only(FollowUpsView.self).state == .done)
        let other = try test.secondStore()
        #expect(other.estate.zone.name == "America/New_York")
        #expect(try FollowUpsView().rows(of: other.estate, at: other.now).map(\.state) == [.done])
        try other.perform(RingCall(direction: .incoming), by: "S02")
        try test.store.catchUp()
        #expect(test.estate.calls.all.count == 1)
    }

    @Test("a second founding is refused")
    func foundedOnce() throws {
        let test = try TestEstate()
        #expect(throws: JournalError.self) {
            try Store.found(
                at: test.folder, name: "又一个", staff: [StaffMember(code: "S01", name: "甲", role: .manager)],
                clock: test.clock.clock)
        }
        #expect(test.estate.name == "翠湖花园")
    }

    @Test("a replay of the journal gives the same state")
    func replay() throws {
        let test = try TestEstate()
        try test.recordDay()
        let other = try test.secondStore()
        for view in Estate.views where !view.description.contains(where: \.isRequired) {
            let (mine, theirs) = (try test.rows(view, of: test.estate), try test.rows(view, of: other.estate))
            #expect(mine == theirs, "\(view.name)")
            // The lines of a history are read for it from the journal; one node has no conflicts; 违约金 is off; and no line
            // of a bank's statement is left over; the planned shift was dropped; and nothing is short.
            let without = [
                HistoryView.name, ConflictsView.name, LateFeesView.name, UnmatchedView.name, RosterView.name,
                ShortagesView.name,
            ]
            #expect(!mine.isEmpty || without.contains(view.name), "\(view.name) was not tried")
        }
        #expect(other.unknownFacts == 0)
        #expect(other.damages.isEmpty)
    }
}
