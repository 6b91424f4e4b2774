import TestSupport
import Testing

@testable import Estate

@Suite("Residents are corrected, have several numbers, and leave")
struct PersonLivesTests {
    private let test: TestEstate
    private let person: String

    init() throws {
        test = try TestEstate(now: "2026-11-23T12:00")
        person = try test.do(
            "person.add", ["name": "欧阳娜", "unit": "3-2-502", "role": "tenant", "phone": "13912345678"])
    }

    private var known: Person? { test.estate.people.persons[ref(person)] }
    private func code(_ body: () throws -> Void) -> String? { refusal(body)?.code }

    private func change(_ members: [String: String]) throws {
        try test.do("person.change", members.merging(["person": person]) { $1 })
    }

    @Test("name, number and relation are corrected; what is not given stays, and all terminals find it so")
    func corrected() throws {
        let other = try test.secondStore()
        try change(["name": "欧阳娜娜"])
        try change(["role": "业主"])
        try change(["phone": "13812345678"])
        try other.catchUp()
        for estate in [test.estate, other.estate, try test.secondStore().estate] {
            let known = try #require(estate.people.persons[ref(person)])
            #expect(known.name == "欧阳娜娜" && known.role == .owner && known.phone == phone("13812345678"))
            #expect(estate.people.persons(named: "欧阳娜").isEmpty)
            #expect(estate.people.search("oynn", limit: 3).first?.person == ref(person))
            #expect(estate.people.persons(with: phone("13912345678"), areaCode: nil).isEmpty)
            #expect(estate.people.persons(with: phone("13812345678"), areaCode: nil).map(\.id) == [ref(person)])
        }
        #expect(code { try change(["name": "欧阳娜娜", "role": "owner"]) } == "person.unchanged")
        try test.do("person.add", ["name": "王五", "unit": "3-2-502", "role": "family"])
        #expect(code { try change(["name": "王五"]) } == "person.exists")
    }

    @Test("no byte of old or new particulars is readable in the journal")
    func sealed() throws {
        try change(["name": "欧阳娜娜", "phone": "13812345678"])
        try test.do("phone.add", ["person": person, "phone": "13712345678", "note": "老公的"])
        try test.do("phone.remove", ["person": person, "phone": "13812345678"])
        for text in ["欧阳", "13912345678", "13812345678", "13712345678", "老公的"] {
            #expect(try test.files(holding: text) == [], "\(text)")
        }
    }

    @Test("several numbers, each with a note; callers are known by each")
    func numbers() throws {
        try test.do("phone.add", ["person": person, "phone": "0571-88887777", "note": "公司，上班时间"])
        try test.do("phone.add", ["person": person, "phone": "13712345678"])
        #expect(code { try test.do("phone.add", ["person": person, "phone": "+86 137 1234 5678"]) } == "phone.exists")
        try test.do("phone.add", ["person": person, "phone": "13712345678", "note": "老婆"])
        #expect(known?.numbers.map(\.phone.text) == ["13912345678", "057188887777", "13712345678"])
        #expect(known?.numbers.map(\.note) == [nil, "公司，上班时间", "老婆"])
        for number in ["13912345678", "88887777", "8613712345678"] {
            #expect(test.estate.people.persons(with: phone(number), areaCode: nil).map(\.id) == [ref(person)])
        }
        #expect(try test.show(PeopleView.self).last?.phone == "139****5678 057*****7777 137****5678")
        // A change of the first number leaves the others.
        try change(["phone": "13612345678"])
        #expect(known?.numbers.map(\.phone.text) == ["13612345678", "057188887777", "13712345678"])
        try test.do("phone.remove", ["person": person, "phone": "(0571) 8888 7777"])
        try test.do("phone.remove", ["person": person, "phone": "13612345678"])
        #expect(known?.numbers.map(\.phone.text) == ["13712345678"])
        #expect(code { try test.do("phone.remove", ["person": person, "phone": "13612345678"]) } == "phone.unknown")
        try test.do("phone.remove", ["person": person, "phone": "13712345678"])
        #expect(known?.phone == nil)
        try test.do("phone.add", ["person": person, "phone": "13612345678/13712345678"])
        #expect(known?.numbers.count == 2)
    }

    @Test("the numbers are whole for a manager, masked for others; looking at them is recorded and never undone")
    func revealed() throws {
        func shown(_ reader: Role?) throws -> [String] {
            try PhonesView().rows(of: test.estate, at: test.store.now, for: reader).map { $0.texts[3] }
        }
        #expect(try shown(.manager) == ["13800001111", "13912345678"])
        for reader in [Role.operator, .supervisor, .guard, nil] {
            #expect(try shown(reader) == ["138****1111", "139****5678"])
        }
        #expect(code { try test.do("phone.reveal", ["person": person], by: "S03") } == "staff.notAllowed")
        try test.do("phone.reveal", ["person": person], by: "S02")
        let rows = try HistoryView.select(
            of: test.estate, at: test.store.now, members: ["id": .string(person)], reading: test.store.entries)
        #expect(rows.rows.last.map { Array($0.displayed(.chinese)[3...5]) } == ["陈接待", "phone.revealed", "查看完整号码"])
        #expect(code { try test.do("action.undo", by: "S02") } == "undo.never")
        let silent = try test.do("person.add", ["name": "无号", "unit": "3-2-502", "role": "family"])
        #expect(code { try test.do("phone.reveal", ["person": silent]) } == "phone.none")
    }

    @Test("who leaves is found no more and stays on record; with the last of a unit its cars end")
    func left() throws {
        try test.do("person.add", ["name": "王五", "unit": "3-2-502", "role": "family"])
        try test.do("vehicle.add", ["plate": "浙A98765", "unit": "3-2-502"])
        // A mistyped year would end their particulars at once.
        #expect(code { try test.do("person.leave", ["person": person], at: "2020-11-20") } == "person.leftLong")
        try test.do("person.leave", ["person": person], at: "2026-11-20")
        #expect(known?.left == at("2026-11-20"))
        #expect(test.estate.people.residents(of: unit("3-2-502")).map(\.name) == ["王五"])
        #expect(test.estate.people.vehicles.keys.contains(plate("浙A98765")))
        #expect(try test.show(PeopleView.self).count == 2)
        #expect(try test.show(PeopleView.self, asOf: "2026-11-19").count == 3)
        for (action, members) in [
            ("person.leave", [:]), ("person.change", ["name": "张"]), ("phone.add", ["phone": "13712345678"]),
            ("phone.remove", ["phone": "13912345678"]),
        ] {
            #expect(
                code { try test.do(action, members.merging(["person": person]) { $1 }) } == "person.left", "\(action)")
        }
        let last = try #require(test.estate.people.persons(named: "王五").first)
        try test.do("person.leave", ["person": last.id.id.text])
        #expect(!test.estate.people.vehicles.keys.contains(plate("浙A98765")))
        #expect(try test.show(VehiclesView.self).isEmpty)
        try test.do("action.undo")
        #expect(test.estate.people.vehicles.keys.contains(plate("浙A98765")))
        // Who has left may come again.
        try test.do("person.add", ["name": "欧阳娜", "unit": "3-2-502", "role": "owner"])
    }

    @Test("the history of a number's note says that it is one, with the note before")
    func noteHistory() throws {
        for note in ["老公", "老婆"] {
            test.clock.pass(seconds: 60)
            try test.do("phone.add", ["person": person, "phone": "13912345678", "note": note])
        }
        try test.do("phone.add", ["person": person, "phone": "13712345678"])
        let rows = try HistoryView.select(
            of: test.estate, at: test.store.now, members: ["id": .string(person)], reading: test.store.entries
        ).rows.map { $0.displayed(.chinese) }
        #expect(rows.suffix(3).map { $0[5] } == ["号码备注", "号码备注", "添加电话"])
        #expect(
            rows.suffix(3).map { $0[6] } == [
                "住户 欧阳娜 · 电话 139****5678 · 说明 老公", "住户 欧阳娜 · 电话 139****5678 · 说明 老公 → 老婆",
                "住户 欧阳娜 · 电话 137****5678",
            ])
        #expect(try test.files(holding: "老公") == [])
    }

    @Test("the history has the values before and after")
    func history() throws {
        try change(["name": "欧阳娜娜", "role": "owner", "phone": "13812345678"])
        let rows = try HistoryView.select(
            of: test.estate, at: test.store.now, members: ["id": .string(person)], reading: test.store.entries)
        #expect(
            rows.rows.last?.displayed(.chinese)[6]
                == "住户 欧阳娜娜 · 姓名 欧阳娜 → 欧阳娜娜 · 电话 139****5678 → 138****5678 · 身份 租户 → 业主")
    }

    @Test("a short number is refused wherever a person's is given; a call out may go to one")
    func short() throws {
        for (action, members) in [
            ("person.add", ["name": "短", "unit": "3-2-501", "role": "family", "phone": "8012"]),
            ("person.change", ["person": person, "phone": "110"]),
            ("phone.add", ["person": person, "phone": "661234"]),
            ("unit.sell", ["unit": "3-2-501", "owner": "短", "phone": "8012"]),
            ("visitor.arrive", ["name": "短", "host": "3-2-501", "purpose": "探亲", "phone": "8012"]),
        ] {
            #expect(code { try test.do(action, members) } == "phone.short", "\(action)")
        }
        #expect(
            try test.refusals(
                "people",
                [["姓名", "房号", "身份", "电话"], ["短", "3-2-501", "家属", "8012"]].map {
                    $0.map { .init($0) }
                }) == ["2 phone.short"])
        let call = try test.do("call.ring", ["direction": "outgoing", "phone": "110"])
        #expect(test.estate.calls.all[ref(call)]?.phone?.text == "110")
        #expect(known?.numbers.map(\.phone.text) == ["13912345678"])
    }

    @Test("no number in a correction leaves the one that is known")
    func kept() throws {
        for typed in ["", " ", "无", "-"] {
            try change(["name": "欧阳\(typed.utf8.count)", "phone": typed])
            #expect(known?.numbers.map(\.phone.text) == ["13912345678"], "“\(typed)”")
        }
        #expect(code { try change(["phone": "无"]) } == "person.unchanged")
    }

    @Test(
        "a unit whose last tenant leaves is let no more, from that day; the question tells so, and undo takes it back")
    func letting() throws {
        try test.do("unit.state", ["unit": "3-2-502", "state": "rented", "from": "2026-09-01"])
        let other = try test.do("person.add", ["name": "王五", "unit": "3-2-502", "role": "tenant"])
        func state(_ day: String) -> String? {
            test.estate.people.units[unit("3-2-502")]?.occupancy(on: TestSupport.day(day))?.state.rawValue
        }
        func question(_ id: String) -> [String] {
            LeavePerson(person: ref(id)).confirmation(in: test.estate, at: test.store.now)?.facts.map(\.chinese) ?? []
        }
        #expect(!question(person).contains { $0.hasPrefix("房屋状态") })
        try test.do("person.leave", ["person": person], by: "S02", at: "2026-11-20")
        #expect(state("2026-11-23") == "rented")
        #expect(question(other).contains("房屋状态：出租 → 空置"))
        test.clock.pass(seconds: 60)
        try test.do("person.leave", ["person": other], by: "S02", at: "2026-11-21")
        #expect(state("2026-11-20") == "rented" && state("2026-11-21") == "vacant" && state("2026-11-23") == "vacant")
        try test.do("action.undo", by: "S02")
        #expect(state("2026-11-23") == "rented")
        // Who becomes the owner lives there.
        try test.do("person.change", ["person": other, "role": "owner"], by: "S02")
        #expect(state("2026-11-23") == "owner")
        let history = try HistoryView.select(
            of: test.estate, at: test.store.now, members: ["unit": .string("3-2-502")], reading: test.store.entries)
        #expect(history.rows.last?.displayed(.chinese)[6] == "房号 3-2-502 · 状态 出租 → 自住 · 起始日 2026-11-23")
    }

    @Test("a vehicle is moved to another unit, and removed; its plate may come again")
    func vehicles() throws {
        let vehicle = try test.do("vehicle.add", ["plate": "浙A98765", "unit": "3-2-502"])
        #expect(try test.do("vehicle.change", ["plate": "浙A·98765", "unit": "3-2-501"]) == vehicle)
        #expect(test.estate.people.vehicles[plate("浙A98765")] == unit("3-2-501"))
        #expect(test.estate.people.vehicles(of: unit("3-2-502")).isEmpty)
        #expect(code { try test.do("vehicle.change", ["plate": "浙A98765", "unit": "3-2-501"]) } == "vehicle.unchanged")
        try test.do("vehicle.remove", ["plate": "浙A98765"])
        #expect(test.estate.plateState(plate("浙A98765")) == .visitor)
        #expect(code { try test.do("vehicle.remove", ["plate": "浙A98765"]) } == "vehicle.unknown")
        #expect(code { try test.do("vehicle.change", ["plate": "浙A98765", "unit": "3-2-501"]) } == "vehicle.unknown")
        try test.do("vehicle.add", ["plate": "浙A98765", "unit": "3-2-503"])
        #expect(test.estate.people.vehicles[plate("浙A98765")] == unit("3-2-503"))
        #expect(try test.files(holding: "98765") == [])
    }

    @Test("a correction is undone, and so is a removal")
    func undone() throws {
        for (action, members) in [
            ("person.change", ["person": person, "name": "甲", "phone": "13712345678"]),
            ("phone.add", ["person": person, "phone": "13712345678"]),
            ("phone.remove", ["person": person, "phone": "13912345678"]), ("person.leave", ["person": person]),
        ] {
            test.clock.pass(seconds: 60)
            let before = try test.allRows()
            test.clock.pass(seconds: 60)
            try test.do(action, members)
            #expect(try test.allRows() != before, "\(action)")
            try test.do("action.undo")
            let after = try test.allRows()
            #expect(Set(after).symmetricDifference(before) == [], "\(action)")
            #expect(after == before, "\(action)")
            #expect(test.estate.people.persons(named: "欧阳娜").count == 1)
        }
    }
}
