import Journal
import Testing
import TestSupport

@testable import Estate

@Suite("Emergencies and drills (7.10 and Rules, Gate)")
struct IncidentTests {
    private let test: TestEstate

    init() throws { test = try TestEstate(now: "2026-11-23T09:00") }

    private func open(_ kind: String = "电梯困人", drill: String? = nil) throws -> String {
        try test.do("incident.open", drill.map { ["kind": kind, "drill": $0] } ?? ["kind": kind], by: "S03")
    }

    private func warnings(_ name: String, _ members: [String: String]) throws -> [String] {
        let action = try Estate.action(named: name).read(members.mapValues { .string($0) }, zone: .shanghai)
        return try test.store.perform(action, by: "S03").warnings
    }

    private func log(_ incident: String) throws -> [IncidentReport.Row] {
        try test.show(IncidentReport.self, ["incident": incident])
    }

    @Test("every kind of the handbook opens, by its name or its English one; other words open too, without a card")
    func kinds() throws {
        for kind in test.estate.handbook.incidents.kinds { _ = try open(kind) }
        #expect(try test.show(IncidentsView.self).map { $0.kind } == test.estate.handbook.incidents.kinds)
        #expect(try warnings("incident.open", ["kind": "fire"]) == [])
        #expect(try test.show(IncidentsView.self).last?.kind == "火灾")
        #expect(try warnings("incident.open", ["kind": "可疑包裹"]) == ["incident.card"])
        #expect(try test.show(IncidentsView.self).last?.kind == "可疑包裹")
    }

    @Test("drill or real: real unless said")
    func drill() throws {
        _ = try open()
        _ = try open(drill: "yes")
        #expect(try test.show(IncidentsView.self).map(\.isDrill) == [false, true])
    }

    @Test("steps carry the clock and who did them")
    func clock() throws {
        let incident = try open()
        test.clock.set("09:03")
        try test.do("incident.step", ["incident": incident, "step": "1"], by: "S03")
        test.clock.set("09:07")
        try test.do("incident.step", ["incident": incident, "step": "物业微信群已通知"], by: "S02")
        let rows = try log(incident)
        #expect(rows.map(\.what) == [.opened, .step, .step])
        #expect(rows.map(\.minute) == [0, 3, 7])
        #expect(rows.map(\.by) == ["S03", "S03", "S02"])
        #expect(rows[1].text.hasPrefix("1. 先安抚") && rows[2].text == "物业微信群已通知")
        #expect(try test.only(IncidentsView.self).doneCount == 1)
    }

    @Test("a step that is repeated, out of order or not on the card is kept, with a flag")
    func flags() throws {
        let incident = try open()
        func step(_ number: String) throws -> [String] {
            test.clock.pass(seconds: 30)
            return try warnings("incident.step", ["incident": incident, "step": number])
        }
        #expect(try step("1") == [])
        #expect(try step("３") == ["incident.order"])
        #expect(try step("1") == ["incident.repeated"])
        #expect(try step("99") == ["incident.unlisted", "incident.order"])
        #expect(try log(incident).dropFirst().map(\.flag) == [nil, .early, .repeated, .early])
        #expect(try log(incident).last?.text == "99. 第 99 步")
    }

    @Test("a step that is added later stands where it happened, and its flag follows from that")
    func backdated() throws {
        let incident = try open()
        test.clock.set("09:10")
        try test.do("incident.step", ["incident": incident, "step": "2"])
        try test.do("incident.step", ["incident": incident, "step": "1"], at: "2026-11-23T09:02")
        #expect(try log(incident).map(\.minute) == [0, 2, 10])
        #expect(try log(incident).allSatisfy { $0.flag == nil })
        let early = refusal {
            try test.do("incident.step", ["incident": incident, "step": "3"], at: "2026-11-23T08:59")
        }
        #expect(early?.code == "time.order")
    }

    @Test("who was told: a member by number or name, anybody else in free words; a telephone number is warned of")
    func told() throws {
        let incident = try open()
        #expect(try warnings("incident.told", ["incident": incident, "who": "S04"]) == [])
        #expect(try warnings("incident.told", ["incident": incident, "who": "王经理"]) == [])
        #expect(try warnings("incident.told", ["incident": incident, "who": "119"]) == [])
        #expect(try warnings("incident.told", ["incident": incident, "who": "业主13812345678"]) == ["text.phone"])
        #expect(try test.only(IncidentsView.self).told == ["周主管", "王经理", "119", "业主13812345678"])
        let (action, values) = (TellIncident.self, ["incident": incident, "who": "13812345678"])
        #expect(action.allCautions(with: values, by: "S03", in: test.estate) == ["who": .phoneInText])
        let offered = Informed.candidates(in: test.estate).map(\.text)
        #expect(offered.first == "值班经理" && offered.contains("周主管"))
    }

    @Test("the roll call: unaccounted is who was inside at the opening, not seen and not left")
    func rollCall() throws {
        let visits = try ["甲", "乙", "丙"].map { try test.arrive($0) }
        let incident = try open("火灾")
        let late = try test.arrive("晚到")
        func missing() throws -> [String] {
            try test.show(IncidentsView.self).first?.unaccounted.map(\.id.text) ?? []
        }
        #expect(try missing() == visits)
        test.clock.set("09:05")
        try test.do("incident.seen", ["incident": incident, "visit": visits[0]], by: "S03")
        #expect(try missing() == [visits[1], visits[2]])
        try test.do("visitor.leave", ["visit": visits[1]])
        #expect(try missing() == [visits[2]])
        // A record that they are gone at an unknown time is no sighting.
        try test.do("visitor.unknown", ["visit": visits[2], "why": "找不到"])
        #expect(try missing() == [visits[2]])
        // Seeing who came later, or twice, is kept.
        try test.do("incident.seen", ["incident": incident, "visit": late])
        #expect(try warnings("incident.seen", ["incident": incident, "visit": visits[0]]) == ["incident.repeated"])
        #expect(try warnings("incident.close", ["incident": incident, "note": "扑灭"]) == ["incident.unaccounted"])
        #expect(try missing() == [visits[2]])
        // Found after the end.
        try test.do("incident.seen", ["incident": incident, "visit": visits[2]])
        #expect(try missing() == [])
    }

    @Test("a group counts as its persons")
    func people() throws {
        let group = try test.do(
            "visitor.arrive", ["name": "旅行团", "host": "3-2-501", "purpose": "看房", "count": "3"], by: "S03")
        _ = try test.arrive("甲")
        let incident = try open("火灾")
        func people() throws -> Int {
            test.estate.people(in: try test.show(IncidentsView.self).first?.unaccounted ?? [])
        }
        #expect(try people() == 4)
        try test.do("incident.seen", ["incident": incident, "visit": group], by: "S03")
        #expect(try people() == 1)
    }

    @Test("a departure after the end does not account for who was missing then; before it, it does")
    func missingAtTheEnd() throws {
        let visit = try test.arrive("甲")
        let incident = try open("火灾")
        try test.do("incident.close", ["incident": incident, "note": "扑灭"])
        test.clock.set("18:00")
        try test.do("visitor.leave", ["visit": visit])
        #expect(try test.only(IncidentsView.self).unaccounted.map(\.id.text) == [visit])
    }

    @Test("who had left before the opening is on no roll, and cannot be seen")
    func gone() throws {
        let visit = try test.arrive("甲")
        try test.do("visitor.leave", ["visit": visit])
        let incident = try open()
        #expect(
            refusal { try test.do("incident.seen", ["incident": incident, "visit": visit]) }?.code == "incident.visit")
        let none = "01J00000000000000000000000"
        #expect(
            refusal { try test.do("incident.seen", ["incident": incident, "visit": none]) }?.code == "visit.unknown")
        #expect(refusal { try test.do("incident.step", ["incident": none, "step": "1"]) }?.code == "incident.unknown")
    }

    @Test("a closed incident takes what was done before its end, reports and sightings, and is closed once")
    func closed() throws {
        let incident = try open()
        test.clock.set("09:30")
        try test.do("incident.close", ["incident": incident, "note": "救出两人"])
        test.clock.set("10:00")
        #expect(
            refusal { try test.do("incident.step", ["incident": incident, "step": "9"]) }?.code == "incident.closed")
        try test.do("incident.step", ["incident": incident, "step": "9"], at: "2026-11-23T09:29")
        try test.do("incident.told", ["incident": incident, "who": "社区"])
        let again = refusal { try test.do("incident.close", ["incident": incident, "note": "再次"]) }
        #expect(again?.code == "incident.closed")
        #expect(try test.only(IncidentsView.self).closing?.note == "救出两人")
    }

    @Test("it is asked about who is unaccounted for before it is closed")
    func confirmation() throws {
        try test.arrive("甲")
        let incident = try open()
        let close = CloseIncident(incident: Ref(try #require(EntryID(incident))), note: "完")
        let question = close.confirmation(in: test.estate, at: test.store.now)
        #expect(question?.question.chinese == "还有 1 人没有见到，就此结束？")
        #expect(question?.facts.map(\.chinese) == ["未见到：甲 3-2-501"])
    }

    @Test("the debrief is due three days after the end, by policy, and stays late if it came late")
    func debrief() throws {
        let incident = try open(drill: "yes")
        #expect(
            refusal { try test.do("incident.debrief", ["incident": incident, "note": "好"]) }?.code == "incident.open")
        try test.do("incident.close", ["incident": incident, "note": "演练结束"])
        func duty() throws -> DutiesView.Row? { try test.show(DutiesView.self).first { $0.rule.kind == "debrief" } }
        #expect(try duty()?.due.text == "2026-11-26")
        #expect(try duty()?.state == .open)
        test.clock.set("2026-11-27 09:00")
        #expect(try duty()?.state == .late)
        try test.do("incident.debrief", ["incident": incident, "note": "集合点要加灯"], by: "S04")
        #expect(try duty()?.state == .late)
        #expect(try duty()?.done != nil)
        #expect(try test.only(IncidentsView.self).state == .debriefed)
        let again = refusal { try test.do("incident.debrief", ["incident": incident, "note": "好"], by: "S04") }
        #expect(again?.code == "incident.debriefed")
    }

    @Test("the estate may give more days")
    func policy() throws {
        let own = try TestEstate(
            now: "2026-11-23T09:00", handbook: ["incidents.json": #"{"policy":{"debriefDays":7}}"#])
        let incident = try own.do("incident.open", ["kind": "停电"])
        try own.do("incident.close", ["incident": incident, "note": "来电"])
        #expect(try own.only(IncidentsView.self).due?.text == "2026-11-30")
    }

    @Test("the particulars of who is on a roll are held until the debrief")
    func held() throws {
        let visit = try test.arrive("甲")
        let incident = try open()
        try test.do("visitor.leave", ["visit": visit])
        let id = try #require(EntryID(visit))
        #expect(Incidents.needsParticulars(of: id, in: test.estate, on: day("2026-11-23")) != nil)
        try test.do("incident.close", ["incident": incident, "note": "完"])
        try test.do("incident.debrief", ["incident": incident, "note": "好"])
        #expect(Incidents.needsParticulars(of: id, in: test.estate, on: day("2026-11-23")) == nil)
    }

    @Test("another terminal, and a restart, have the same log")
    func durable() throws {
        let incident = try open()
        try test.do("incident.step", ["incident": incident, "step": "1"])
        let other = try test.secondStore().estate
        #expect(other.incidents.all.values.map(\.doneCount) == [1])
        #expect(other.log(of: try #require(other.incidents.all.values.first)).count == 2)
    }
}
