import Journal
import TestSupport
import Testing

@testable import Estate

@Suite("Rules, Duties: particulars are ended on the day after the last on which they are kept")
struct ParticularsDutyTests {
    private let test: TestEstate

    init() throws { test = try TestEstate(now: "2026-10-05T12:00") }

    @discardableResult
    private func visit(_ name: String, _ day: String) throws -> String {
        let visit = try test.arrive(name, at: "\(day)T10:00")
        try test.do("visitor.leave", ["visit": visit], at: "\(day)T11:00")
        return visit
    }

    private func duties(asOf time: String? = nil) throws -> [String] {
        let rows = try time.map { try test.show(DutiesView.self, asOf: $0) } ?? test.show(DutiesView.self)
        return rows.filter { $0.rule.kind == "particulars" }.map { "\($0.id) \($0.due.text) \($0.state.rawValue)" }
    }

    @Test("it is the manager's, opens and is due on that day, is late after it, and done by the expiry")
    func states() throws {
        try visit("甲", "2026-09-10")
        let coming = "particulars-visitors-2026-09 2026-10-31"
        #expect(try duties() == ["\(coming) open"])
        let row = try #require(try test.show(DutiesView.self).first { $0.rule.kind == "particulars" })
        #expect(row.subject.subject == "访客 2026-09" && row.rule.role == .manager && !row.isWaiting)
        #expect(row.rule.prefill(row.subject, test.estate).isEmpty)
        test.clock.set("2026-10-31 09:00")
        #expect(try test.show(DutiesView.self).filter { $0.rule.kind == "particulars" }.map(\.isWaiting) == [true])
        try test.do("particulars.expire")
        #expect(try duties() == ["\(coming) done"])
        let done = try #require(try test.show(DutiesView.self).first { $0.rule.kind == "particulars" }?.done)
        #expect(done.at == test.store.now && done.due == day("2026-10-31"))
        #expect(
            try test.secondStore().estate.duties(through: day("2026-11-30")).contains { $0.done?.fact == done.fact })
    }

    @Test("late if it is done on a later day")
    func late() throws {
        try visit("甲", "2026-09-10")
        test.clock.set("2026-11-01 09:00")
        #expect(try duties() == ["particulars-visitors-2026-09 2026-10-31 late"])
        try test.do("particulars.expire")
        #expect(try duties() == ["particulars-visitors-2026-09 2026-10-31 late"])
    }

    @Test("what is held is due on the day after the hold; what is still needed is not due")
    func kept() throws {
        let held = try visit("甲", "2026-09-10")
        try visit("乙", "2026-09-10")
        try test.arrive("丙", at: "2026-08-12T10:00")
        try test.do("particulars.hold", ["record": held, "why": "事故", "until": "2026-11-10"])
        test.clock.set("2026-10-31 09:00")
        try test.do("particulars.expire")
        #expect(
            try duties() == [
                "particulars-visitors-2026-09 2026-10-31 done", "particulars-visitors-2026-09-rest 2026-11-11 open",
            ])
        test.clock.set("2026-11-11 09:00")
        try test.do("particulars.expire")
        #expect(try duties() == ["particulars-visitors-2026-09 2026-10-31 done"])
    }

    @Test(
        "nothing is to be done of what was erased on request, nor of who lives here; of one who left after their time")
    func others() throws {
        let erased = try visit("甲", "2026-09-10")
        try test.do("particulars.erase", ["record": erased, "why": "本人要求"])
        #expect(try duties() == [])
        let person = try test.do("person.add", ["name": "欧阳娜娜", "unit": "3-2-502", "role": "tenant"])
        try test.do("person.leave", ["person": person])
        test.clock.set("2027-10-01 09:00")
        #expect(try duties() == ["particulars-residents-2026-10 2027-10-06 open"])
        test.clock.set("2027-10-06 09:00")
        try test.do("particulars.expire")
        #expect(try duties() == [])
    }
}
