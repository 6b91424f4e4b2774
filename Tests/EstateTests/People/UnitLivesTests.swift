import TestSupport
import Testing

@testable import Estate

@Suite("A unit is corrected, given another code, sold")
struct UnitLivesTests {
    private let test: TestEstate

    init() throws { test = try TestEstate(now: "2026-11-23T12:00") }

    private func code(_ body: () throws -> Void) -> String? { refusal(body)?.code }

    @Test("area and kind are corrected; what is not given stays")
    func corrected() throws {
        try test.do("unit.change", ["unit": "3-2-502", "area": "89.5"], by: "S02")
        try test.do("unit.change", ["unit": "3-2-502", "kind": "商铺"], by: "S02")
        let row = try #require(try test.show(UnitsView.self).first { $0.code == unit("3-2-502") })
        #expect(row.area?.text(zone: .shanghai) == "89.50" && row.kind == .shop)
        #expect(code { try test.do("unit.change", ["unit": "3-2-502", "area": "89.50"]) } == "unit.unchanged")
        #expect(code { try test.do("unit.change", ["unit": "3-2-502"]) } == "unit.unchanged")
        #expect(code { try test.do("unit.change", ["unit": "9-9-909", "area": "80"]) } == "unit.unknown")
    }

    @Test("a former code stands for the unit for ever, and everything that was recorded under it is found")
    func renamed() throws {
        try test.do("vehicle.add", ["plate": "浙A12345", "unit": "3-2-501"])
        let call = try test.ring("13800001111")
        try test.do("call.end", ["call": call], by: "S02")
        let request = try test.do("request.open", ["class": "complaint", "unit": "3-2-501", "text": "吵"])
        let visit = try test.arrive("张三")
        try test.do("bill.issue", test.bill(amount: "100"))
        try test.do("dunning.record", ["unit": "3-2-501", "channel": "电话", "outcome": "答应", "promise": "2026-12-01"])
        try test.do("unit.change", ["unit": "3-2-501", "newCode": "3-2-511"])

        for store in [test.store, try test.secondStore()] {
            let estate = store.estate
            let new = unit("3-2-511")
            #expect(estate.people.units.keys.map(\.text) == ["3-2-511", "3-2-502", "3-2-503"])
            #expect(estate.people.owner(of: new)?.name == "李四")
            #expect(estate.people.vehicles[plate("浙A12345")] == new)
            #expect(Array(estate.calls.with(unit: new)).map(\.id.id.text) == [call])
            #expect(estate.requests[ref(request)]?.unit == new && estate.requests.open(of: new).count == 1)
            #expect(estate.gate.visits[ref(visit)]?.host == new)
            #expect(estate.fees.bills(of: new).map(\.unit) == [new] && estate.fees.reminders(of: new).count == 1)
            for text in ["32501", "3-2-501", "3栋2单元501"] {
                #expect(estate.people.search(text, limit: 3).map(\.unit) == [new], "\(text)")
            }
        }
        // Whatever is typed or sent by another terminal in the old code is about the same unit.
        let later = try test.do("request.open", ["class": "complaint", "unit": "3-2-501", "text": "又吵"])
        #expect(test.estate.requests[ref(later)]?.unit == unit("3-2-511"))
        #expect(try test.arrive("王五", host: "3栋2单元501") != "")
        #expect(test.estate.gate.visits.values.last?.host == unit("3-2-511"))
        try test.do("payment.receive", ["unit": "3-2-501", "amount": "40"])
        #expect(test.estate.fees.unpaidBills(of: unit("3-2-511")).map(\.outstanding) == [money("60")])
        let rows = try UnitsView.select(of: test.estate, at: test.store.now, members: ["unit": .string("3-2-501")])
        #expect(rows.rows.map { $0.text(0) } == ["3-2-511"])
        let history = try HistoryView.select(
            of: test.estate, at: test.store.now, members: ["unit": .string("3-2-511")], reading: test.store.entries)
        #expect(history.rows.count > 8)
    }

    @Test("a former code is given to no other unit; the unit itself may have it back")
    func neverAgain() throws {
        try test.do("unit.change", ["unit": "3-2-501", "newCode": "3-2-511"])
        #expect(code { try test.do("unit.add", ["unit": "3-2-501"], by: "S04") } == "unit.exists")
        #expect(code { try test.do("unit.change", ["unit": "3-2-502", "newCode": "3-2-501"]) } == "unit.exists")
        #expect(code { try test.do("unit.change", ["unit": "3-2-502", "newCode": "3-2-511"]) } == "unit.exists")
        try test.do("unit.change", ["unit": "3-2-511", "newCode": "3-2-521"])
        #expect(test.estate.people.current(unit("3-2-501")) == unit("3-2-521"))
        try test.do("unit.change", ["unit": "3-2-521", "newCode": "3-2-501"])
        #expect(test.estate.people.units.keys.first == unit("3-2-501"))
        for former in ["3-2-511", "3-2-521"] {
            #expect(test.estate.people.current(unit(former)) == unit("3-2-501"))
        }
    }

    @Test("how it is occupied, from a day on; of the past, too")
    func occupied() throws {
        try test.do("unit.state", ["unit": "3-2-502", "state": "出租", "from": "2026-10-01"], by: "S04")
        try test.do("unit.state", ["unit": "3-2-502", "state": "undelivered", "from": "2026-03-01"], by: "S04")
        func state(asOf time: String) throws -> [String] {
            let row = try #require(try test.show(UnitsView.self, asOf: time).first { $0.code == unit("3-2-502") })
            return Array(row.texts.suffix(2))
        }
        #expect(try state(asOf: "2026-02-28") == ["", ""])
        #expect(try state(asOf: "2026-09-30") == ["undelivered", "2026-03-01"])
        #expect(try state(asOf: "2026-10-01") == ["rented", "2026-10-01"])
        #expect(code { try test.do("unit.state", ["unit": "3-2-502", "state": "rented"]) } == "unit.stated")
        #expect(
            code { try test.do("unit.state", ["unit": "3-2-502", "state": "空置"], by: "S02") } == "staff.notAllowed")
        try test.do("unit.state", ["unit": "3-2-502", "state": "空置"])
        #expect(try state(asOf: "2026-11-23") == ["vacant", "2026-11-23"])
    }

    private func household() throws {
        for (name, role) in [("李妻", "family"), ("赵租", "tenant")] {
            try test.do("person.add", ["name": name, "unit": "3-2-501", "role": role, "phone": "13912345678"])
        }
        try test.do("vehicle.add", ["plate": "浙A12345", "unit": "3-2-501"])
    }

    @Test("a sale: owner and family leave, tenants stay, and so do the cars of who lives there")
    func sold() throws {
        try household()
        let owner = try test.do(
            "unit.sell", ["unit": "3-2-501", "owner": "钱新", "phone": "13700001111"], by: "S04", at: "2026-11-20")
        for estate in [test.estate, try test.secondStore().estate] {
            #expect(estate.people.residents(of: unit("3-2-501")).map(\.name) == ["赵租", "钱新"])
            #expect(estate.people.owner(of: unit("3-2-501"))?.id == ref(owner))
            #expect(estate.people.vehicles[plate("浙A12345")] == unit("3-2-501"))
            #expect(estate.people.persons(named: "李四").isEmpty)
            #expect(estate.people.persons(with: phone("13800001111"), areaCode: nil).isEmpty)
            #expect(estate.people.persons.values.filter { !$0.isPresent }.map(\.name) == ["李四", "李妻"])
        }
        // Before the sale it was the other's.
        let before = try test.show(PeopleView.self, asOf: "2026-11-19").filter { $0.unit == unit("3-2-501") }
        #expect(before.map { $0.subject.name } == ["李四", "李妻", "赵租"])
        #expect(code { try test.do("unit.sell", ["unit": "3-2-501", "owner": "钱新"]) } == "unit.sold")
        #expect(
            code { try test.do("unit.sell", ["unit": "3-2-501", "owner": "孙新"], at: "2026-11-19") } == "time.order")
    }

    @Test("with nobody who stays, the cars end; a tenant who buys stays")
    func soldToTenant() throws {
        try test.do("vehicle.add", ["plate": "浙A12345", "unit": "3-2-501"])
        try test.do("unit.sell", ["unit": "3-2-501", "owner": "赵租"])
        #expect(test.estate.people.vehicles[plate("浙A12345")] == nil)
        #expect(test.estate.plateState(plate("浙A12345")) == .visitor)
        try test.do("vehicle.add", ["plate": "浙A12345", "unit": "3-2-502"])
        let tenant = try test.do("person.add", ["name": "周租", "unit": "3-2-502", "role": "tenant"])
        #expect(try test.do("unit.sell", ["unit": "3-2-502", "owner": "周租", "phone": "13700001111"]) == tenant)
        let known = try #require(test.estate.people.owner(of: unit("3-2-502")))
        #expect(known.id == ref(tenant) && known.phone == phone("13700001111"))
        #expect(test.estate.people.vehicles[plate("浙A12345")] == unit("3-2-502"))
    }

    @Test("a unit that its last tenant buys is let no more; with a tenant who stays it is; the question tells")
    func soldAndLet() throws {
        try household()
        try test.do("unit.state", ["unit": "3-2-501", "state": "rented"])
        func question(_ owner: String) -> [String] {
            SellUnit(unit: unit("3-2-501"), owner: owner).confirmation(in: test.estate, at: test.store.now)?.facts
                .map(\.chinese) ?? []
        }
        func state() -> Occupancy? {
            test.estate.people.units[unit("3-2-501")]?.occupancy(on: day("2026-11-23"))?.state
        }
        #expect(question("钱新").contains("房屋状态：出租（不变）"))
        #expect(question("赵租").contains("房屋状态：出租 → 自住"))
        test.clock.pass(seconds: 60)
        try test.do("unit.sell", ["unit": "3-2-501", "owner": "钱新"])
        #expect(state() == .rented)
        try test.do("action.undo")
        try test.do("unit.sell", ["unit": "3-2-501", "owner": "赵租"])
        #expect(state() == .owner)
    }

    @Test("a sale is undone as a whole")
    func undone() throws {
        try household()
        // At its founding an estate has no figures.
        test.clock.pass(seconds: 60)
        let before = try test.allRows()
        test.clock.pass(seconds: 60)
        try test.do("unit.sell", ["unit": "3-2-501", "owner": "钱新"])
        try test.do("action.undo")
        let after = try test.allRows()
        #expect(Set(after).symmetricDifference(before) == [])
        #expect(after == before)
    }

    @Test("the history tells what was before, and who left with a sale")
    func history() throws {
        try test.do("unit.change", ["unit": "3-2-501", "area": "80"])
        try test.do("unit.change", ["unit": "3-2-501", "area": "89.5", "newCode": "3-2-511"])
        try test.do("unit.state", ["unit": "3-2-511", "state": "owner"])
        try test.do("unit.state", ["unit": "3-2-511", "state": "rented"])
        try test.do("unit.sell", ["unit": "3-2-511", "owner": "钱新"])
        let rows = try HistoryView.select(
            of: test.estate, at: test.store.now, members: ["unit": .string("3-2-501")], reading: test.store.entries
        ).rows.map { $0.displayed(.chinese) }
        #expect(
            rows.suffix(6).map { $0[6] } == [
                "房号 3-2-501 · 面积 80.00 → 89.50 · 新房号 3-2-501 → 3-2-511",
                "房号 3-2-511 · 状态 自住 · 起始日 2026-11-23", "房号 3-2-511 · 状态 自住 → 出租 · 起始日 2026-11-23",
                "房号 3-2-511 · 新业主 钱新 · 原业主 李四", "住户 李四", "姓名 钱新 · 房号 3-2-511 · 身份 业主",
            ])
    }
}
