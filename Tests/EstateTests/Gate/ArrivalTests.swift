import Testing
import TestSupport

@testable import Estate

@Suite("7.9 Arrivals of visitors")
struct ArrivalTests {
    @Test("the host is a unit, or a resident with a unique name")
    func host() throws {
        let test = try TestEstate()
        for host in ["3-2-501", "３栋２单元５０１室", "李四"] {
            try test.arrive("张三", host: host)
            #expect(try test.show(GateView.self).last?.host.text == "3-2-501")
        }
        #expect(try test.show(GateView.self).map(\.resident) == [nil, nil, "李四"])
        try test.do("person.add", ["name": "李四", "unit": "3-2-502", "role": "tenant"])
        let refused = refusal { try test.arrive("张三", host: "李四") }
        #expect(refused?.code == "host.ambiguous" && refused?.field == "host")
        #expect(refused?.message.chinese.contains("3-2-501、3-2-502") == true)
    }

    @Test("visitor.arrive with count 0 is refused")
    func count() throws {
        let test = try TestEstate()
        let members = ["name": "张三", "host": "3-2-501", "purpose": "探亲"]
        #expect(
            refusal { try test.do("visitor.arrive", members.merging(["count": "0"]) { $1 }) }?.code == "visitor.count")
        try test.do("visitor.arrive", members.merging(["count": "３"]) { $1 })
        #expect(try test.only(GateView.self).count == 3)
    }

    @Test("telephone numbers are masked in lists")
    func masked() throws {
        let test = try TestEstate()
        try test.do(
            "visitor.arrive", ["name": "张三", "host": "3-2-501", "purpose": "探亲", "phone": "139 1234 5678"])
        #expect(try test.only(GateView.self).phone == "139****5678")
        #expect(try test.only(PeopleView.self).phone == "138****1111")
    }

    private static let guest = ["name": "张三", "host": "3-2-501", "purpose": "探亲"]

    private func warnings(_ test: TestEstate, _ members: [String: String]) throws -> [String] {
        let action = try ArriveVisitor.read(members.mapValues { .string($0) }, zone: test.estate.zone)
        return try test.store.perform(action, by: "S03").warnings
    }

    @Test("a recognised plate that is inside already is refused without again=yes, the same name only warns")
    func twice() throws {
        let test = try TestEstate()
        let car = Self.guest.merging(["plate": "浙A54321"]) { $1 }
        #expect(try warnings(test, car) == [])
        let other = ["name": "李雷", "host": "3-2-502", "purpose": "送货", "plate": "浙a·54321"]
        let refused = refusal { try test.do("visitor.arrive", other, by: "S03") }
        #expect(refused?.code == "visitor.inside" && refused?.field == "plate" && refused?.cause == .rule)
        #expect(try test.show(GateView.self).count == 1)
        #expect(try warnings(test, other.merging(["again": "yes"]) { $1 }) == [])
        #expect(try warnings(test, Self.guest) == ["visitor.doubled"])
        #expect(try warnings(test, Self.guest.merging(["again": "yes"]) { $1 }) == [])
        #expect(try test.show(GateView.self).count == 4)
    }

    @Test("who has left comes again, and what is no plate never blocks")
    func later() throws {
        let test = try TestEstate()
        let car = Self.guest.merging(["plate": "浙A54321"]) { $1 }
        let visit = try test.do("visitor.arrive", car, by: "S03")
        try test.do("visitor.leave", ["visit": visit], by: "S03")
        #expect(try warnings(test, car) == [])
        for _ in 1...2 {
            try test.do("visitor.arrive", ["name": "甲", "host": "3-2-502", "purpose": "送货", "plate": "看不清"])
        }
        #expect(try test.show(GateView.self).count == 4)
    }

    @Test("a unit and a resident's name keep the person where the name is not unique")
    func residentOfUnit() throws {
        let test = try TestEstate()
        try test.do("person.add", ["name": "李四", "unit": "3-2-502", "role": "tenant"])
        try test.arrive("张三", host: "3-2-502 李四")
        let row = try #require(try test.show(GateView.self).last)
        #expect(row.host.text == "3-2-502" && row.resident == "李四")
        // Nobody of this name lives there: the host is unknown, and the guard is not blocked.
        try test.arrive("张三", host: "3-2-501 王五")
        #expect(try test.show(GateView.self).last?.hostState == .unknown)
    }
}
