import Foundation
import Handbook
import Journal
import TestSupport
import Testing

@testable import Estate

@Suite("Rules, Duties: dated instances that stay as they were")
struct DutyTests {
    private let test: TestEstate

    init() throws {
        test = try TestEstate(now: "2026-12-31T12:00")
        for (time, method) in [("2026-08-03", "微信"), ("2026-08-04", "现金"), ("2026-09-03", "微信"), ("2026-10-03", "微信")] {
            try test.do(
                "payment.receive", ["unit": "3-2-501", "amount": "10", "method": method], at: "\(time)T10:00")
        }
    }

    private func reconcile(_ period: String, _ method: String, at time: String) throws {
        try test.do(
            "finance.reconcile", ["period": period, "method": method, "counted": "10", "with": "S07"], by: "S04",
            at: time)
    }

    private func states(asOf time: String) throws -> [String] {
        try test.show(DutiesView.self, asOf: time).filter { $0.rule.kind == "reconcile" }
            .map { "\($0.id) \($0.due.text) \($0.state.rawValue)" }
    }

    @Test(
        "the 5th of each month after the first money; done by the last method's check, late after its day, missed later"
    )
    func states() throws {
        // The 5th of September 2026 is a Saturday; the 5th of October lies in the holidays.
        #expect(try states(asOf: "2026-08-20T10:00").contains("reconcile-2026-09 2026-09-07 open"))
        try reconcile("2026-08", "微信", at: "2026-09-05T10:00")
        #expect(try states(asOf: "2026-09-07").first == "reconcile-2026-09 2026-09-07 open")
        #expect(try states(asOf: "2026-09-08T00:01").first == "reconcile-2026-09 2026-09-07 late")
        try reconcile("2026-08", "现金", at: "2026-09-07T23:59")
        #expect(try states(asOf: "2026-09-08T00:01").first == "reconcile-2026-09 2026-09-07 done")
        try reconcile("2026-09", "微信", at: "2026-10-20T10:00")
        #expect(
            try states(asOf: "2026-12-31T12:00") == [
                "reconcile-2026-09 2026-09-07 done", "reconcile-2026-10 2026-10-08 late",
                "reconcile-2026-11 2026-11-05 missed", "reconcile-2026-12 2026-12-07 late",
                "reconcile-2027-01 2027-01-05 open",
            ])
        // A missed one stays missed, though it is done at last.
        try reconcile("2026-10", "微信", at: "2026-12-30T10:00")
        let row = try #require(try test.show(DutiesView.self).first { $0.id == "reconcile-2026-11" })
        #expect(row.state == .missed && row.done != nil)
        let done = try #require(try test.show(DutiesView.self).first { $0.id == "reconcile-2026-09" }?.done)
        #expect(done.fact.id == test.estate.reconciliations.of(month("2026-08"), "现金")?.id.id)
    }

    @Test("0:00 sharp belongs to the day that begins: for a duty as for a return visit")
    func midnight() throws {
        try test.do("matter.pass", ["to": "工程", "what": "灯", "due": "2026-11-12"], at: "2026-11-10T09:00")
        let matters = try test.show(MattersView.self).map(\.id.id.text)
        try test.do("matter.answer", ["matter": matters[0], "answer": "好了"], at: "2026-11-13T00:00")
        let duty = try #require(try test.show(DutiesView.self).first { $0.rule.kind == "matter" })
        #expect(duty.state == .late)
        let visit = try test.minorRepair(done: "2026-11-10T10:00")
        try test.visit(visit, .satisfied, at: "2026-11-14T00:00")
        #expect(try test.only(FollowUpsView.self).state == .late)
    }

    @Test("a holiday's or weekend's 5th moves to the next working day, and says so before; the policy may leave it")
    func holidays() throws {
        let row = try #require(
            try test.show(DutiesView.self, asOf: "2026-10-04T09:00").first { $0.id == "reconcile-2026-10" })
        #expect(row.opens == day("2026-10-04") && row.isWaiting)
        #expect(row.note?.chinese == "10-05 是国庆节，改在 10-08")
        func due(_ number: Int, _ period: String, _ policy: String) throws -> String {
            let own = Data(#"{"policy":{"dayOff":"\#(policy)"}}"#.utf8)
            let handbook = try Handbook(overrides: ["duties.json": own], chapters: Estate.chapters)
            return handbook.workingDay(number, of: month(period)).due.text
        }
        #expect(try due(5, "2026-09", "same") == "2026-09-05")
        #expect(try due(5, "2026-09", "before") == "2026-09-04")
        #expect(try due(5, "2026-09", "after") == "2026-09-07")
        // All days before it in the month are holidays: it stays.
        #expect(try due(5, "2026-10", "before") == "2026-10-05")
        #expect(try due(28, "2026-02", "after") == "2026-02-28", "a Saturday that is worked")
        #expect(try due(31, "2026-02", "same") == "2026-02-28")
    }

    @Test("of a year whose holidays are not published that is told; its weekends are known")
    func unpublished() throws {
        let handbook = try Handbook(chapters: Estate.chapters)
        // The 5th of October 2031 is a Sunday, that of November a Wednesday; the 28th of February 2027 a Sunday.
        let sunday = handbook.workingDay(5, of: month("2031-10"))
        #expect(sunday.due.text == "2031-10-06")
        #expect(sunday.note?.chinese == "10-05 是周日，改在 10-06；2031 年假期未公布")
        let plain = handbook.workingDay(5, of: month("2031-11"))
        #expect(plain.due.text == "2031-11-05" && plain.note?.chinese == "2031 年假期未公布")
        let last = handbook.workingDay(28, of: month("2027-02"))
        #expect(last.due.text == "2027-02-28" && last.note?.chinese == "2027 年假期未公布", "the month has no later day")
        #expect(handbook.workingDay(5, of: month("2026-11")).note == nil)
        let row = try #require(
            try test.show(DutiesView.self, asOf: "2026-12-30").first { $0.id == "reconcile-2027-01" })
        #expect(row.due.text == "2027-01-05" && row.note?.chinese == "2027 年假期未公布")
    }

    @Test("3 each return visit is a duty, done by its visit; one made impossible is missed; another list tells of them")
    func visits() throws {
        let visit = try test.minorRepair(done: "2026-03-02T10:00")
        let other = try test.minorRepair(done: "2026-03-03T10:00")
        for time in ["04", "05", "06"] { try test.visit(other, .unreachable, at: "2026-03-\(time)T10:00") }
        try test.visit(visit, at: "2026-03-06T10:00")
        try test.do("followup.close", ["followup": other, "why": "长期出差"], at: "2026-03-07T10:00")
        let duties = try test.show(DutiesView.self).filter { $0.rule.kind == "followup" }
        #expect(
            duties.map { "\($0.id) \($0.due.text) \($0.state.rawValue)" } == [
                "followup-\(visit) 2026-03-05 late", "followup-\(other) 2026-03-06 missed",
            ])
        let report = try #require(test.estate.followUps[ref(visit)]?.visit)
        #expect(duties[0].done?.fact.id == report.id && duties.allSatisfy { !$0.rule.isListed })
    }

    @Test("an entry of a register with a day is a duty until it is closed")
    func registers() throws {
        let key = try test.do(
            "register.add", ["register": "key", "what": "消防门", "who": "周工", "due": "2026-11-12"],
            at: "2026-11-10T10:00")
        func duties() throws -> [String] {
            try test.show(DutiesView.self).filter { $0.rule.kind == "register" }.map {
                "\($0.id) \($0.subject.subject ?? "") \($0.opens.text) \($0.due.text) \($0.state.rawValue)"
            }
        }
        #expect(try duties() == ["register-\(key) 钥匙 消防门 2026-11-10 2026-11-12 late"])
        try test.do("register.close", ["entry": key], at: "2026-11-12T20:00")
        #expect(try duties() == ["register-\(key) 钥匙 消防门 2026-11-10 2026-11-12 done"])
    }

    @Test("what is done keeps the day of its time when the rule changes")
    func rules() throws {
        try reconcile("2026-08", "微信", at: "2026-09-05T10:00")
        try reconcile("2026-08", "现金", at: "2026-09-06T10:00")
        let own = Data(#"{"policy":{"dayOff":"same"}}"#.utf8)
        let handbook = try Handbook(overrides: ["duties.json": own], chapters: Estate.chapters)
        let folder = URL(fileURLWithPath: test.folder).appendingPathComponent("handbook")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try own.write(to: folder.appendingPathComponent("duties.json"))
        let changed = try Store(at: test.folder, clock: test.clock.clock)
        changed.readHistory()
        #expect(changed.estate.handbook == handbook)
        let duties = changed.estate.duties(through: day("2026-12-31")).filter { $0.rule.kind == "reconcile" }
        let states = duties.map { "\($0.due.text) \($0.state(at: test.store.now, in: .shanghai).rawValue)" }
        // By the new rule the first would have been late.
        #expect(states.prefix(2) == ["2026-09-07 done", "2026-10-05 missed"])
    }

    @Test("scripts rely on these names")
    func names() throws {
        try expectColumns("duties", "id duty role opens due state fact")
        try expectValues("duties", "state", "open|done|late|missed")
    }

    @Test("from, to and role select")
    func filters() throws {
        func ids(_ members: [String: JSONValue]) throws -> Int {
            try DutiesView.select(of: test.estate, at: test.store.now, members: members).rows.count
        }
        #expect(try ids(["from": "2026-10-01", "to": "2026-11-30", "role": "supervisor"]) == 2)
        #expect(try ids(["role": "guard"]) == 0)
    }
}
