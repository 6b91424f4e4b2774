import Foundation
import Journal
import TestSupport
import Testing

@testable import Estate

@Suite("Particulars end")
struct EndingTests {
    private let test: TestEstate

    init() throws { test = try TestEstate(now: "2026-11-23T12:00") }

    /// A visitor who has left.
    @discardableResult
    private func visit(_ name: String, _ day: String) throws -> String {
        let visit = try test.arrive(name, at: "\(day)T10:00")
        try test.do("visitor.leave", ["visit": visit], at: "\(day)T11:00")
        return visit
    }

    private func names(_ estate: Estate? = nil) -> [String] {
        (estate ?? test.estate).gate.visits.values.map(\.name)
    }

    static let boundaries: [(kind: String, happened: String, last: String, first: String)] = [
        // A month's last day, and so many days after it; the last ends at 24:00.
        ("visitors", "2026-09-01T00:00", "2026-10-30T23:59:59", "2026-10-31T00:00:01"),
        ("visitors", "2026-09-30T23:59:59", "2026-10-30T23:59:59", "2026-10-31T00:00:01"),
        ("visitors", "2026-10-01T00:00", "2026-11-30T23:59:59", "2026-12-01T00:00:01"),
        ("visitors", "2026-02-10T12:00", "2026-03-30T23:59:59", "2026-03-31T00:00:01"),
        ("callers", "2026-02-10T12:00", "2026-08-27T23:59:59", "2026-08-28T00:00:01"),
    ]

    @Test(
        "after the days of its class, counted from the month's end, at the end of a day in the estate's zone",
        arguments: boundaries)
    func retention(kind: String, happened: String, last: String, first: String) throws {
        if kind == "visitors" {
            try test.do("visitor.leave", ["visit": try test.arrive("张三", at: happened)], at: "2026-10-01T00:00")
        } else {
            let call = try test.do("call.ring", ["phone": "13912345678"], by: "S02", at: happened)
            try test.do("call.answer", ["call": call, "rings": "1"], by: "S02", at: happened)
            try test.do("call.end", ["call": call], by: "S02", at: happened)
        }
        for (time, isDue) in [(last, false), (first, true)] {
            test.clock.set(time.replacing("T", with: " "))
            let row = try #require(try test.show(ParticularsView.self).first { $0.subject.kind == kind })
            #expect(row.subject.state == (isDue ? .due : .kept))
            let refused = refusal { try test.do("particulars.expire") }
            #expect(refused?.code == (isDue ? nil : "particulars.nothing"), "\(time)")
        }
        #expect(try test.show(ParticularsView.self).first { $0.subject.kind == kind }?.subject.state == .ended)
    }

    @Test("a month's key is destroyed, the others stay, and all terminals show it")
    func month() throws {
        try visit("甲", "2026-09-10")
        try visit("乙", "2026-11-10")
        let other = try test.secondStore()
        #expect(names(other.estate) == ["甲", "乙"])
        try test.do("particulars.expire")
        try other.catchUp()
        for estate in [test.estate, other.estate, try test.secondStore().estate] {
            #expect(names(estate) == ["已到期删除", "乙"])
            #expect(estate.gate.visits.values.first?.plate == nil)
        }
        #expect(try test.keys().filter { $0.hasPrefix("visitors") } == ["visitors.2026-11.desk.0"])
        let row = try test.show(GateView.self)[0]
        #expect(row.displayed(.chinese)[1] == "已到期删除" && row.displayed(.english)[1] == "erased")
        #expect(row.displayed(.chinese)[3] == "3-2-501")
        #expect(test.estate.endings.asked.isEmpty)
        #expect(try test.files(holding: "甲") == [])
    }

    @Test("until: only what was due before a day, and no day that is to come")
    func until() throws {
        try visit("甲", "2026-08-10")
        try visit("乙", "2026-09-10")
        #expect(refusal { try test.do("particulars.expire", ["until": "2026-11-24"]) }?.code == "particulars.early")
        #expect(refusal { try test.do("particulars.expire", ["until": "2026-09-30"]) }?.code == "particulars.nothing")
        try test.do("particulars.expire", ["until": "2026-10-01"])
        #expect(names() == ["已到期删除", "乙"])
    }

    @Test("a visitor who is inside is kept, and so is what is held, until the hold is over")
    func kept() throws {
        try visit("甲", "2026-09-10")
        let held = try visit("乙", "2026-09-11")
        let inside = try test.arrive("丙", at: "2026-09-12T10:00")
        try test.do("particulars.hold", ["record": held, "why": "事故", "until": "2026-11-30"])
        try test.do("particulars.expire")
        #expect(names() == ["已到期删除", "乙", "丙"])
        #expect(
            try test.show(ParticularsView.self).filter { $0.subject.kind == "visitors" }.map(\.subject.state) == [.held]
        )
        #expect(refusal { try test.do("particulars.expire") }?.code == "particulars.nothing")
        #expect(
            refusal { try test.do("particulars.erase", ["record": held, "why": "要求"]) }?.code == "particulars.kept")
        #expect(
            refusal { try test.do("particulars.erase", ["record": inside, "why": "要求"]) }?.code == "particulars.kept")
        test.clock.set("2026-11-30 23:59:59")
        #expect(refusal { try test.do("particulars.expire") }?.code == "particulars.nothing")
        test.clock.set("2026-12-01 00:00")
        try test.do("visitor.leave", ["visit": inside])
        #expect(
            try test.show(ParticularsView.self).filter { $0.subject.kind == "visitors" }.map(\.subject.state) == [.due])
        try test.do("particulars.expire")
        #expect(names(try test.secondStore().estate) == Array(repeating: "已到期删除", count: 3))
        #expect(try test.keys().filter { $0.hasPrefix("visitors") } == [])
    }

    @Test("one record on request, with its corrections; what is recorded then has the next key")
    func erase() throws {
        let first = try visit("甲", "2026-11-10")
        try visit("乙", "2026-11-10")
        try test.do("particulars.erase", ["record": first, "why": "本人要求"])
        try visit("丙", "2026-11-11")
        for estate in [test.estate, try test.secondStore().estate] { #expect(names(estate) == ["已到期删除", "乙", "丙"]) }
        #expect(
            try test.keys().filter { $0.hasPrefix("visitors") } == [
                "visitors.2026-11.desk.0", "visitors.2026-11.desk.1",
            ])
        #expect(
            refusal { try test.do("particulars.erase", ["record": first, "why": "又"]) }?.code == "particulars.ended")
        #expect(
            refusal { try test.do("particulars.hold", ["record": first, "why": "又", "until": "2026-12-01"]) }?.code
                == "particulars.ended")
        let unknown = "01K0123456789ABCDEFGHJKMNP"
        #expect(
            refusal { try test.do("particulars.erase", ["record": unknown, "why": "又"]) }?.code == "particulars.unknown"
        )
    }

    @Test("particulars of what was undone end with the others")
    func undone() throws {
        let undone = try test.arrive("甲")
        try test.do("action.undo", ["entry": undone])
        try visit("乙", "2026-11-10")
        #expect(
            try test.show(ParticularsView.self).filter { $0.subject.kind == "visitors" }.map(\.subject.records) == [1])
        test.clock.set("2026-12-31 00:00")
        try test.do("particulars.expire")
        #expect(try test.keys().filter { $0.hasPrefix("visitors") } == [])
    }

    @Test("keys that a backup brings back are destroyed again at the next opening")
    func restoredKeys() throws {
        let first = try visit("甲", "2026-11-10")
        try visit("乙", "2026-11-10")
        try visit("丙", "2026-09-10")
        let backup = try test.files().filter { $0.key.hasPrefix("keys/visitors") }
        #expect(backup.count == 2)
        try test.do("particulars.erase", ["record": first, "why": "要求"])
        try test.do("particulars.expire")
        let ended = try test.files().filter { $0.key.hasPrefix("keys/visitors") }
        for (name, data) in backup { try data.write(to: URL(fileURLWithPath: "\(test.folder)/\(name)")) }
        #expect(names(try test.secondStore().estate) == ["已到期删除", "乙", "已到期删除"])
        #expect(try test.files().filter { $0.key.hasPrefix("keys/visitors") } == ended)
    }

    @Test("a key that is missing without a fact that ended it is told apart")
    func missingKey() throws {
        try visit("甲", "2026-11-10")
        try FileManager.default.removeItem(atPath: "\(test.folder)/keys/visitors.2026-11.desk.0")
        let other = try test.secondStore()
        #expect(names(other.estate) == ["无法读取"])
        #expect(try other.unreadableParticulars().map(\.records) == [1])
        #expect(try test.store.unreadableParticulars().map(\.key.generation) == [0])
        // What is recorded now does not take the lost key's name.
        try other.perform(ArriveVisitor(name: "乙", host: unit("3-2-501"), purpose: "探亲"), by: "S03")
        #expect(names(other.estate) == ["无法读取", "乙"])
        #expect(try test.keys().contains("visitors.2026-11.desk.1"))
    }
}
