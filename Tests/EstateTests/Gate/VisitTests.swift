import Journal
import Testing
import TestSupport

@testable import Estate

@Suite("Gate: hosts, corrections, contacts, groups that leave")
struct GateVisitTests {
    private static let guest = ["name": "张三", "host": "3-2-501", "purpose": "探亲", "plate": "浙A54321"]

    private func warnings(_ test: TestEstate, _ name: String, _ members: [String: String]) throws -> [String] {
        let action = try Estate.action(named: name).read(members.mapValues { .string($0) }, zone: .shanghai)
        return try test.store.perform(action, by: "S03").warnings
    }

    @Test(
        "a host is a unit, a place, or recorded as unknown: a guard is never blocked",
        arguments: [
            ("3-2-501", HostState.known), ("李四", .known), ("物业办公室", .place), ("王阿姨家", .unknown), ("9-9-999", .unknown),
            ("3-2-501 王五", .unknown), ("？", .unknown),
        ])
    func hostState(typed: String, state: HostState) throws {
        let test = try TestEstate()
        try test.arrive("张三", host: typed)
        #expect(try test.only(GateView.self).hostState == state)
        #expect(try test.secondStore().estate.gate.inside.count == 1)
    }

    @Test("what was said of an unknown host is shown, corrected, and sealed: it may name a person")
    func hostWords() throws {
        let test = try TestEstate()
        let visit = try test.arrive("张三", host: "王阿姨家")
        #expect(try test.only(GateView.self).hostName == "王阿姨家")
        try test.do("visitor.correct", ["visit": visit, "host": "王奶奶家"])
        #expect(try test.secondStore().estate.gate.visits.values.map(\.hostName) == ["王奶奶家"])
        #expect(
            refusal { try test.do("visitor.correct", ["visit": visit, "host": "王奶奶家"]) }?.code == "visitor.unchanged")
        let today = Day(test.store.now, in: .shanghai).text
        try test.do("visitor.expect", ["name": "李雷", "host": "李大爷", "from": today, "to": today])
        try test.do("visitor.refuse", ["name": "韩梅", "host": "赵叔叔", "why": "推销"])
        #expect(try test.only(ExpectedView.self).hostName == "李大爷")
        #expect(try test.only(RefusalsView.self).host.value??.text == "赵叔叔")
        let journal = try test.journalText()
        for words in ["王阿姨家", "王奶奶家", "李大爷", "赵叔叔"] { #expect(!journal.contains(words)) }
        try test.do("visitor.correct", ["visit": visit, "host": "3-2-501"])
        #expect(try test.only(GateView.self).hostState == .known)
    }

    @Test("a time that was seen is when the visitor came; one to come is refused")
    func seen() throws {
        let test = try TestEstate()
        let before = test.store.estate.gate.visits.count
        #expect(
            refusal { try test.do("visitor.arrive", Self.guest.merging(["seen": "2099-01-01T10:00"]) { $1 }) }?.code
                == "time.future")
        #expect(test.store.estate.gate.visits.count == before)
        try test.do("visitor.arrive", Self.guest.merging(["seen": "2026-03-02T08:30"]) { $1 })
        #expect(try test.only(GateView.self).arrived == at("2026-03-02T08:30"))
    }

    @Test("any field is corrected; the plate counts as inside at once, the former no more")
    func corrected() throws {
        let test = try TestEstate()
        let visit = try test.do("visitor.arrive", Self.guest)
        try test.do(
            "visitor.correct",
            ["visit": visit, "name": "张山", "host": "3-2-502", "plate": "浙A54322", "purpose": "快递", "count": "2"])
        let row = try test.only(GateView.self)
        #expect(row.name == "张山" && row.host.text == "3-2-502" && row.plate?.text == "浙A54322")
        #expect(row.purpose == "快递" && row.subject.total == 2 && row.isCorrected)
        #expect(test.estate.inside(with: plate("浙A54321")) == nil)
        #expect(test.estate.inside(with: plate("浙A54322"))?.id == row.id)
        #expect(test.estate.inside(named: "张三") == nil)
        #expect(try test.secondStore().estate.gate.visits.values.map(\.name) == ["张山"])
    }

    @Test("a correction that changes nothing is refused; one of an unknown visit too")
    func unchanged() throws {
        let test = try TestEstate()
        let visit = try test.do("visitor.arrive", Self.guest)
        #expect(
            refusal { try test.do("visitor.correct", ["visit": visit, "name": "张三"]) }?.code == "visitor.unchanged")
        #expect(refusal { try test.do("visitor.correct", ["visit": visit]) }?.code == "visitor.unchanged")
    }

    @Test("a correction that begins with the present values records the changed ones only, and refuses none")
    func prefilled() throws {
        let test = try TestEstate()
        for host in ["李四", "3-2-501", "物业办公室", "王阿姨家", "9-9-999"] {
            let visit = try test.do(
                "visitor.arrive",
                Self.guest.merging(["host": host, "count": "2", "document": "身份证 33010012345678"]) { $1 })
            let present = try #require(test.estate.gate.visits[ref(visit)]).correctable(in: test.estate)
            #expect(Set(present.keys) == ["name", "host", "purpose", "plate", "count", "document"])
            let form = present.merging(["visit": visit]) { $1 }
            #expect(refusal { try test.do("visitor.correct", form) }?.code == "visitor.unchanged", "\(host)")
            let before = try #require(test.estate.gate.visits[ref(visit)])
            try test.do("visitor.correct", form.merging(["purpose": "快递"]) { $1 })
            let after = try #require(test.estate.gate.visits[ref(visit)])
            #expect(after.purpose == "快递" && after.host == before.host && after.resident == before.resident)
            #expect(after.recordedHostState == before.recordedHostState)
            try test.do("visitor.leave", ["visit": visit])
        }
    }

    @Test("a plate is corrected to none; left empty it stays", arguments: ["无", "没有车牌"])
    func noPlate(typed: String) throws {
        let test = try TestEstate()
        let visit = try test.do("visitor.arrive", Self.guest)
        try test.do("visitor.correct", ["visit": visit, "plate": "", "purpose": "快递"])
        #expect(try test.only(GateView.self).plate?.text == "浙A54321")
        try test.do("visitor.correct", ["visit": visit, "plate": typed])
        #expect(try test.only(GateView.self).plate == nil)
        #expect(test.estate.inside(with: plate("浙A54321")) == nil)
        #expect(try test.secondStore().estate.gate.visits.values.allSatisfy { $0.plate == nil })
        #expect(
            refusal { try test.do("visitor.correct", ["visit": visit, "plate": typed]) }?.code == "visitor.unchanged")
    }

    @Test("an emptied field of a correction says that it stays; a plate how it becomes none")
    func cautions() throws {
        let test = try TestEstate()
        let visit = try test.do("visitor.arrive", Self.guest)
        let form = ["visit": visit, "name": " ", "host": "3-2-501", "purpose": "探亲", "plate": "", "phone": ""]
        let cautions = CorrectVisit.cautions(with: form, by: "S03", in: test.estate)
        #expect(cautions.mapValues(\.chinese) == ["name": "空着：不改", "plate": "空着：不改；没有车牌填“无”"])
    }

    @Test("who is expected today stands first, with host and plate; who has come, or comes another day, does not")
    func due() throws {
        let test = try TestEstate()
        let today = Day(test.clock.clock(), in: .shanghai)
        func expect(_ name: String, _ from: Day, _ to: Day) throws {
            try test.do(
                "visitor.expect",
                ["name": name, "host": "3-2-502", "plate": "浙A77777", "from": from.text, "to": to.text])
        }
        try test.arrive("李雷", host: "3-2-502")
        try expect("李雷", today, today)
        try expect("韩梅", today.adding(1), today.adding(2))
        let due = ArriveVisitor.due("name", in: test.estate, at: test.store.now)
        #expect(due.map(\.text) == ["李雷"])
        #expect(due.first?.others == ["host": "3-2-502", "plate": "浙A77777"])
        // Not once more among those who came before.
        #expect(!ArriveVisitor.earlier("name", in: test.estate, at: test.store.now).contains { $0.text == "李雷" })
        try test.arrive("李雷", host: "3-2-502")
        #expect(ArriveVisitor.due("name", in: test.estate, at: test.store.now).isEmpty)
        #expect(ArriveVisitor.earlier("name", in: test.estate, at: test.store.now).contains { $0.text == "李雷" })
    }

    @Test("whom to call of a visit: who was named, else the owner, and nobody without a number")
    func hostToCall() throws {
        let test = try TestEstate()
        func host(_ typed: String) throws -> String? {
            let visit = try test.arrive("张三", host: typed)
            return test.estate.gate.visits[ref(visit)]?.hostToCall(in: test.estate)?.name
        }
        try test.do("person.add", ["name": "王小二", "unit": "3-2-501", "role": "family", "phone": "13800005555"])
        #expect(try host("王小二") == "王小二")
        #expect(try host("3-2-501") == "李四")
        #expect(try host("物业办公室") == nil)
        #expect(try host("王阿姨家") == nil)
    }

    @Test("a visitor who has left is corrected too, and stays gone")
    func correctedLate() throws {
        let test = try TestEstate()
        let visit = try test.do("visitor.arrive", Self.guest)
        try test.do("visitor.leave", ["visit": visit])
        try test.do("visitor.correct", ["visit": visit, "plate": "浙A11111"])
        #expect(try test.only(GateView.self).state == .left)
        #expect(test.estate.inside(with: plate("浙A11111")) == nil)
    }

    @Test("contacts are several over time; the latest is shown")
    func contacts() throws {
        let test = try TestEstate()
        let visit = try test.do("visitor.arrive", Self.guest)
        for outcome in ["noAnswer", "patrol", "reached"] {
            try test.do("visitor.contact", ["visit": visit, "outcome": outcome])
        }
        #expect(try test.only(GateView.self).contact?.outcome == .reached)
    }

    @Test("of a group some leave and the rest stay; presence counts people")
    func parts() throws {
        let test = try TestEstate()
        let visit = try test.do("visitor.arrive", Self.guest.merging(["count": "5"]) { $1 })
        try test.do("visitor.leave", ["visit": visit, "count": "2"])
        #expect(try test.only(PresenceView.self).subject.count == 3)
        #expect(try test.only(GateView.self).subject.total == 5)
        for count in ["0", "4"] {
            #expect(
                refusal { try test.do("visitor.leave", ["visit": visit, "count": count]) }?.code == "visitor.count")
        }
        try test.do("visitor.leave", ["visit": visit, "count": "3"])
        #expect(try test.show(PresenceView.self).isEmpty)
        #expect(try test.only(GateView.self).state == .left)
        #expect(try test.secondStore().estate.gate.inside.isEmpty)
    }

    @Test("several leave together, all or none")
    func several() throws {
        let test = try TestEstate()
        let visits = try ["甲", "乙", "丙"].map { try test.arrive($0) }
        try test.do("visitor.leave", ["visit": visits[2]])
        #expect(
            refusal { try test.do("visitor.leave", ["visit": visits.joined(separator: ",")]) }?.code == "visit.left")
        #expect(try test.show(PresenceView.self).count == 2)
        try test.do("visitor.leave", ["visit": "\(visits[0]),\(visits[1]),\(visits[0])"])
        #expect(try test.show(PresenceView.self).isEmpty)
        let more = try ["甲", "乙"].map { try test.arrive($0) }.joined(separator: ",")
        #expect(refusal { try test.do("visitor.leave", ["visit": more, "count": "1"]) }?.code == "visitor.several")
        #expect(refusal { try test.do("visitor.leave") }?.code == "field.missing")
    }

    @Test("another plate at the exit is told and recorded")
    func exitPlate() throws {
        let test = try TestEstate()
        let visit = try test.do("visitor.arrive", Self.guest)
        #expect(try warnings(test, "visitor.leave", ["visit": visit, "plate": "浙A99999"]) == ["visitor.plate"])
        #expect((try test.only(GateView.self).subject.exitPlate.value ?? nil)?.text == "浙A99999")
        let again = try test.do("visitor.arrive", Self.guest)
        #expect(try warnings(test, "visitor.leave", ["visit": again, "plate": "浙a·54321"]) == [])
    }

    @Test("who is expected is marked as arrived by name and host, or by plate")
    func expected() throws {
        let test = try TestEstate()
        let day = Day(test.clock.clock(), in: .shanghai).text
        let dates = ["from": day, "to": day]
        try test.do("visitor.expect", ["name": "李雷", "host": "3-2-501"].merging(dates) { $1 })
        try test.do("visitor.expect", ["name": "韩梅", "host": "3-2-502", "plate": "浙A77777"].merging(dates) { $1 })
        #expect(try test.show(ExpectedView.self).map(\.state) == [.expected, .expected])
        try test.arrive("李雷", host: "3-2-502")
        #expect(try test.show(ExpectedView.self).map(\.state) == [.expected, .expected])
        try test.arrive("李雷", host: "3-2-501")
        try test.do("visitor.arrive", Self.guest.merging(["plate": "浙A77777"]) { $1 })
        #expect(try test.show(ExpectedView.self).map(\.state) == [.arrived, .arrived])
        #expect(try test.secondStore().estate.gate.lists.expected.allSatisfy { $0.visit != nil })
    }

    @Test("who is turned away is never inside")
    func refused() throws {
        let test = try TestEstate()
        try test.do("visitor.refuse", ["name": "某某", "host": "3-2-501", "why": "推销"])
        #expect(try test.only(RefusalsView.self).subject.why == "推销")
        #expect(try test.show(PresenceView.self).isEmpty)
        #expect(try test.show(GateView.self).isEmpty)
    }

    @Test("who is barred is told by name or plate, until the last day, and never blocked")
    func barred() throws {
        let test = try TestEstate()
        let until = Day(test.clock.clock(), in: .shanghai).adding(3)
        #expect(
            refusal { try test.do("visitor.bar", ["why": "闹事", "until": until.text]) }?.code == "visitor.nobody")
        try test.do("visitor.bar", ["name": "张三", "why": "闹事", "until": until.text])
        try test.do("visitor.bar", ["plate": "浙A66666", "why": "堵门", "until": until.text])
        #expect(try warnings(test, "visitor.arrive", Self.guest) == ["visitor.barred"])
        #expect(
            try warnings(test, "visitor.arrive", ["name": "李", "host": "3-2-501", "purpose": "探亲", "plate": "浙A66666"])
                == ["visitor.barred"])
        #expect(try test.show(PresenceView.self).count == 2)
        #expect(try test.show(BarsView.self).allSatisfy(\.isActive))
    }

    @Test(
        "a plate is told: a resident's, a visitor's, one sign short, one sign off, none",
        arguments: [
            ("浙A12345", GateVerdict.Kind.resident), ("浙A1245", .short), ("浙A1234", .short), ("A12345", .short),
            ("浙A12346", .near), ("浙B12345", .near), ("沪C98765", nil), ("看不清", nil),
        ] as [(String, GateVerdict.Kind?)])
    func verdicts(typed: String, kind: GateVerdict.Kind?) throws {
        let test = try TestEstate()
        try test.do("vehicle.add", ["plate": "浙A12345", "unit": "3-2-501"])
        let verdicts = test.estate.verdicts(name: "", plate: plate(typed), at: test.clock.clock())
        if let kind {
            #expect(verdicts.map(\.kind).contains(kind))
        } else {
            #expect(Set(verdicts.map(\.kind)).isDisjoint(with: [.resident, .short, .near]))
        }
    }

    @Test("a plate and a name that are inside are told, since when")
    func inside() throws {
        let test = try TestEstate()
        try test.do("visitor.arrive", Self.guest)
        test.clock.pass(seconds: 720)
        let verdicts = test.estate.verdicts(name: "张三", plate: plate("浙A54321"), at: test.clock.clock())
        #expect(Set(verdicts.map(\.kind)).isSuperset(of: [.inside, .named]))
        #expect(verdicts.first { $0.kind == .inside }?.label.chinese.contains("0:12") == true)
    }
}
