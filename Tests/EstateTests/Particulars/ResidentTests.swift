import TestSupport
import Testing

@testable import Estate

@Suite("Residents' particulars")
struct ResidentTests {
    private let test: TestEstate
    private let person: String

    init() throws {
        test = try TestEstate(now: "2026-11-23T12:00")
        person = try test.do(
            "person.add", ["name": "欧阳娜娜", "unit": "3-2-502", "role": "tenant", "phone": "13912345678"])
    }

    private func erase(_ record: String) -> String? {
        refusal { try test.do("particulars.erase", ["record": record, "why": "本人要求"]) }?.code
    }

    @Test("a resident's name and number end on request; the record stays, and nothing finds it any more")
    func resident() throws {
        #expect(erase(person) == nil)
        for estate in [test.estate, try test.secondStore().estate] {
            let known = try #require(estate.people.persons[ref(person)])
            #expect(known.name == "已到期删除" && known.phone == nil && known.unit == unit("3-2-502"))
            #expect(estate.people.persons(named: "欧阳娜娜").isEmpty)
            #expect(estate.people.persons(named: "已到期删除").isEmpty)
            #expect(estate.people.persons(with: phone("13912345678"), areaCode: nil).isEmpty)
            #expect(estate.people.search("ouyang", limit: 3).isEmpty)
            #expect(estate.people.persons(named: "李四").count == 1)
        }
        // Somebody of the name may come again.
        try test.do("person.add", ["name": "欧阳娜娜", "unit": "3-2-502", "role": "tenant"])
        #expect(test.estate.people.persons(named: "欧阳娜娜").count == 1)
    }

    @Test("a plate ends on request, and is a stranger's then")
    func vehicle() throws {
        let vehicle = try test.do("vehicle.add", ["plate": "浙A98765", "unit": "3-2-502"])
        #expect(test.estate.plateState(plate("浙A98765")) == .known)
        #expect(erase(vehicle) == nil)
        #expect(test.estate.plateState(plate("浙A98765")) == .visitor)
        #expect(try test.show(VehiclesView.self).map { $0.displayed(.chinese)[0] } == ["已到期删除"])
    }

    @Test("nobody ends who owes, or has an open case")
    func needed() throws {
        try test.do("bill.issue", test.bill(unit: "3-2-502", amount: "100"))
        #expect(erase(person) == "particulars.kept")
        try test.do("payment.receive", ["unit": "3-2-502", "amount": "100"])
        let request = try test.do("request.open", ["class": "repair.minor", "unit": "3-2-502", "text": "灯坏"])
        #expect(erase(person) == "particulars.kept")
        try test.do("request.complete", ["request": request])
        // Its return visit is due.
        #expect(erase(person) == "particulars.kept")
        let visit = try #require(test.estate.followUps.pending.first)
        try test.do(
            "followup.record",
            ["followup": visit.id.text, "result": "satisfied", "visitors": "S06", "signer": "欧阳"], by: "S06")
        #expect(erase(person) == nil)
    }

    @Test("residents are kept for as long as they are here: expiry does not touch them")
    func expiry() throws {
        test.clock.set("2036-01-01 12:00")
        #expect(refusal { try test.do("particulars.expire") }?.code == "particulars.nothing")
        #expect(try test.show(ParticularsView.self).allSatisfy { $0.subject.due == nil && $0.subject.state == .kept })
    }
}
