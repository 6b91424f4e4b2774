import Journal
import TestSupport
import Testing

@testable import Estate

@Suite("The drill of plates (7.7)")
struct DrillTests {
    private let test: TestEstate

    init() throws {
        test = try TestEstate(now: "2026-03-02T07:50")
        for (plate, unit) in [("浙A12345", "3-2-501"), ("浙B12345", "3-2-502"), ("浙A77777", "3-2-501")] {
            try test.do("vehicle.add", ["plate": plate, "unit": unit])
        }
        try test.do("person.add", ["name": "王五", "unit": "3-2-502", "role": "tenant"])
    }

    private func answer(_ plate: String, _ result: String = "good", by member: String = "S03") throws {
        try test.do("drill.answer", ["plate": plate, "result": result], by: member)
    }

    /// Takes a plate through its two first steps.
    private func learn(_ plate: String, by member: String = "S03") throws {
        try answer(plate, by: member)
        test.clock.pass(seconds: 600)
        try answer(plate, by: member)
    }

    private func session(of member: String = "S03") -> DrillSession {
        test.estate.drill(of: member, at: test.store.now)
    }

    private func row(_ plate: String) throws -> DrillsView.Row {
        try #require(try test.show(DrillsView.self).first { $0.plate.value??.text == plate })
    }

    @Test("plates with the same last four characters are one card")
    func together() throws {
        #expect(Set(session().new.map(\.ending)) == ["2345", "7777"])
        #expect(session().new.first { $0.ending == "2345" }?.vehicles.count == 2)
        try answer("浙B12345")
        #expect(try test.show(DrillsView.self).count == 2)
        #expect(session().new.map(\.ending) == ["7777"] && session().soon.map(\.ending) == ["2345"])
    }

    @Test("each member has cards of their own")
    func members() throws {
        try learn("浙A77777")
        #expect(session(of: "S02").new.count == 2)
        #expect(try test.show(DrillsView.self).map(\.staff) == ["赵门岗"])
    }

    @Test("a member is shown their own cards, who supervises those of all; as is whoever does not say who they are")
    func ownCards() throws {
        try learn("浙A77777")
        try learn("浙B12345", by: "S02")
        func shown(_ role: Role?, _ member: String?) throws -> Set<String> {
            let rows = try DrillsView.select(
                of: test.estate, at: test.store.now, members: [:], for: role, member: member)
            return Set(rows.rows.compactMap(\.texts.last))
        }
        let names = Set(["S02", "S03"].map { test.estate.staff.name(of: $0) })
        #expect(try shown(.guard, "S03") == [test.estate.staff.name(of: "S03")])
        #expect(try shown(.operator, "S02") == [test.estate.staff.name(of: "S02")])
        #expect(try shown(.guard, "S99").isEmpty && shown(.guard, nil).isEmpty)
        for role in [Role.supervisor, .manager, .regional] { #expect(try shown(role, "S01") == names) }
        #expect(try shown(nil, nil) == names)
    }

    @Test("the next day is a calendar day of the estate, whatever the hour of the answer")
    func calendarDays() throws {
        test.clock.set("2026-03-02 23:40")
        try learn("浙A77777")
        #expect(try row("浙A77777").due == day("2026-03-04"))
        test.clock.set("2026-03-03 23:59:59")
        #expect(session().due.isEmpty)
        test.clock.set("2026-03-04 00:00")
        #expect(session().due.map(\.ending) == ["7777"])
    }

    @Test("intervals are as published and then capped at 60 days")
    func cap() throws {
        try learn("浙A77777")
        var days: [Int] = []
        for _ in 0..<5 {
            let (due, today) = (try row("浙A77777").due, Day(test.store.now, in: .shanghai))
            days.append(due.days(since: today))
            test.clock.set("\(due.text) 08:00")
            try answer("浙A77777")
        }
        #expect(days.prefix(3) == [2, 11, 46] && days.dropFirst(3).allSatisfy { $0 == 60 })
    }

    @Test("20 new plates a day; those that were begun today count")
    func newPerDay() throws {
        for number in 0..<30 { try test.do("vehicle.add", ["plate": "浙C\(20_000 + number)", "unit": "3-2-503"]) }
        #expect(session().new.count == 20)
        for number in 0..<5 { try answer("浙C\(20_000 + number)") }
        #expect(session().new.count == 15)
        #expect(session(of: "S02").new.count == 20)
        test.clock.set("2026-03-03 08:00")
        #expect(session().new.count == 20)
        let own = try TestEstate(
            now: "2026-03-02T08:00", handbook: ["drills.json": #"{"policy":{"newPerDay":1,"maximumDays":3}}"#])
        for plate in ["浙A11111", "浙A22222"] { try own.do("vehicle.add", ["plate": plate, "unit": "3-2-501"]) }
        #expect(own.estate.drill(of: "S03", at: own.store.now).new.count == 1)
    }

    static let changes: [(String, [(String, [String: String])])] = [
        ("another vehicle with the ending", [("vehicle.add", ["plate": "沪A12345", "unit": "3-2-503"])]),
        ("one of them is removed", [("vehicle.remove", ["plate": "浙B12345"])]),
        ("one of them is another unit's", [("vehicle.change", ["plate": "浙B12345", "unit": "3-2-503"])]),
        ("the unit is sold", [("unit.sell", ["unit": "3-2-501", "owner": "新主"])]),
        ("a tenant comes", [("person.add", ["name": "租客", "unit": "3-2-501", "role": "tenant"])]),
    ]

    @Test("a card begins anew when plate or occupant changes", arguments: changes)
    func reset(_ change: (name: String, actions: [(String, [String: String])])) throws {
        try learn("浙A12345")
        let before = try row("浙A12345")
        #expect(before.state == .review && before.card.recall.answers == 2)
        for (action, members) in change.actions { try test.do(action, members) }
        test.clock.set("2026-03-20 08:00")
        #expect(session().due.isEmpty && session().new.contains { $0.ending == "2345" }, "\(change.name)")
        // The one that is still there: a vehicle goes with who sells.
        let left = try #require(["浙A12345", "浙B12345"].first { test.estate.people.vehicles[plate($0)] != nil })
        #expect(try row(left).state == .new)
        try answer(left)
        #expect(try row(left).card.recall.answers == 1 && row(left).state == .learning)
    }

    @Test("a corrected name, another code of the unit and a child's birth leave it")
    func kept() throws {
        try learn("浙A77777")
        let owner = try #require(test.estate.people.owner(of: unit("3-2-501")))
        try test.do("person.change", ["person": owner.id.id.text, "name": "李斯"])
        try test.do("unit.change", ["unit": "3-2-501", "newCode": "3-2-511"])
        try test.do("person.add", ["name": "李小四", "unit": "3-2-511", "role": "family"])
        #expect(try row("浙A77777").state == .review)
        #expect(try row("浙A77777").unit == unit("3-2-511"))
    }

    @Test("an unknown plate is refused")
    func unknown() throws {
        #expect(refusal { try answer("浙Z99999") }?.code == "vehicle.unknown")
    }

    @Test("an answer from before, entered late, counts in its place; another terminal shows the same")
    func late() throws {
        try learn("浙A77777")
        let estate = try test.secondStore().estate
        let other = estate.drillCard(of: [try #require(estate.people.found.vehicleIDs[plate("浙A77777")])], for: "S03")
        #expect(other?.recall == (try row("浙A77777").card.recall))
        #expect(other?.first == at("2026-03-02 07:50"))
    }

    @Test("the fact names vehicles and no plate; a plate that has ended is asked no more")
    func sealed() throws {
        try learn("浙A77777")
        #expect(try test.files(holding: "77777") == [])
        let vehicle = try #require(test.estate.people.found.vehicleIDs[plate("浙A77777")])
        try test.do("particulars.erase", ["record": vehicle.id.text, "why": "本人要求"])
        test.clock.set("2026-03-20 08:00")
        #expect(session().due.isEmpty && session().new.allSatisfy { $0.ending != "7777" })
        let row = try #require(try test.show(DrillsView.self).first { $0.vehicle == vehicle })
        #expect(row.displayed(.chinese)[0] == "已到期删除")
    }

    @Test("2,000 vehicles: a session asks for what the day allows, and only answered cards are kept")
    func size() throws {
        try test.store.perform(by: "S01") { batch in
            for number in 0..<2000 {
                try batch.perform(AddVehicle(plate: plate("浙D\(10_000 + number)"), unit: unit("3-2-503")))
            }
        }
        try answer("浙D10007")
        #expect(session().new.count == 19)
        #expect(test.estate.drills.cards(of: "S03").count == 1)
    }
}
