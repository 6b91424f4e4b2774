import TestSupport
import Testing

@testable import Estate

@Suite("Residents' particulars end after they left")
struct DepartureTests {
    private let test: TestEstate
    private let person: String

    init() throws {
        test = try TestEstate(now: "2026-01-10T12:00")
        person = try test.do(
            "person.add", ["name": "欧阳娜娜", "unit": "3-2-502", "role": "tenant", "phone": "13912345678"])
        try test.do("phone.add", ["person": person, "phone": "13712345678", "note": "老公"])
        try test.do("vehicle.add", ["plate": "浙A98765", "unit": "3-2-502"])
        test.clock.set("2026-02-01 12:00")
        try test.do("person.change", ["person": person, "name": "欧阳娜"])
    }

    private func expire() -> String? { refusal { try test.do("particulars.expire") }?.code }

    private var states: [ParticularsState] {
        get throws {
            try test.show(ParticularsView.self).filter { $0.subject.kind == "residents" }.map(\.subject.state)
        }
    }

    @Test("365 days after the day on which they left, with what was recorded of them in any month; others stay")
    func expiry() throws {
        try test.do("person.leave", ["person": person])
        test.clock.set("2027-02-01 23:59:59")
        #expect(try states.allSatisfy { $0 == .kept })
        #expect(expire() == "particulars.nothing")
        test.clock.set("2027-02-02 00:00:01")
        #expect(try states == [.kept, .due, .due])
        #expect(expire() == nil)
        for estate in [test.estate, try test.secondStore().estate] {
            let known = try #require(estate.people.persons[ref(person)])
            #expect(known.name == "已到期删除" && known.phone == nil && known.numbers.isEmpty)
            #expect(estate.people.persons(named: "李四").count == 1)
            #expect(estate.people.owner(of: unit("3-2-501"))?.phone == phone("13800001111"))
        }
        #expect(try states == [.kept, .ended, .ended])
        for text in ["欧阳", "13912345678", "13712345678", "98765"] { #expect(try test.files(holding: text) == []) }
        #expect(expire() == "particulars.nothing")
        #expect(try test.store.unreadableParticulars().isEmpty)
    }

    @Test("not while they owe, are held, or one of their cases is open")
    func needed() throws {
        let owner = try test.do("person.add", ["name": "旧主", "unit": "3-2-502", "role": "owner"])
        try test.do("bill.issue", test.bill(unit: "3-2-502", period: "2026-01", amount: "100", due: "2026-01-31"))
        try test.do("particulars.hold", ["record": person, "why": "事故", "until": "2027-06-01"])
        try test.do("unit.sell", ["unit": "3-2-502", "owner": "新主"])
        try test.do("person.leave", ["person": person])
        test.clock.set("2027-03-01 12:00")
        // The vehicle ended with the last resident of the former household only after the sale: it is due by itself.
        _ = expire()
        #expect(test.estate.people.persons[ref(owner)]?.name == "旧主")
        #expect(test.estate.people.persons[ref(person)]?.name == "欧阳娜")
        try test.do("payment.receive", ["unit": "3-2-502", "amount": "100", "period": "2026-01"])
        #expect(expire() == nil)
        #expect(test.estate.people.persons[ref(owner)]?.name == "已到期删除")
        #expect(test.estate.people.persons[ref(person)]?.name == "欧阳娜")
        test.clock.set("2027-06-02 12:00")
        #expect(expire() == nil)
        #expect(test.estate.people.persons[ref(person)]?.name == "已到期删除")
        #expect(test.estate.people.owner(of: unit("3-2-502"))?.name == "新主")
    }

    @Test("one resident's are erased with all corrections and numbers")
    func erased() throws {
        try test.do("particulars.erase", ["record": person, "why": "本人要求"])
        let known = try #require(test.estate.people.persons[ref(person)])
        #expect(known.name == "已到期删除" && known.numbers.isEmpty)
        #expect(try test.files(holding: "13712345678") == [])
    }
}
