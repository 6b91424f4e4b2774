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
        let refused = [
            refusal { try test.arrive("张三", host: "李四") }, refusal { try test.arrive("张三", host: "王五") },
            refusal { try test.arrive("张三", host: "9-9-999") },
        ]
        #expect(refused.map { $0?.code } == ["host.ambiguous", "host.unknown", "unit.unknown"])
        #expect(refused.map { $0?.field } == ["host", "host", "host"])
        #expect(refused[0]?.message.chinese.contains("3-2-501、3-2-502") == true)
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

    @Test("a unit and a resident's name keep the person where the name is not unique")
    func residentOfUnit() throws {
        let test = try TestEstate()
        try test.do("person.add", ["name": "李四", "unit": "3-2-502", "role": "tenant"])
        try test.arrive("张三", host: "3-2-502 李四")
        let row = try #require(try test.show(GateView.self).last)
        #expect(row.host.text == "3-2-502" && row.resident == "李四")
        #expect(refusal { try test.arrive("张三", host: "3-2-501 王五") }?.code == "host.unknown")
    }
}
