import Handbook
import Testing

@testable import Estate

@Suite("Visitors (7.9 and Rules, Gate)")
struct VisitTests {
    @Test(
        "a stay is overtime once it is longer than its purpose allows",
        arguments: [
            ("探亲访友", "2026-03-02T18:00", VisitState.inside), ("探亲访友", "2026-03-02T18:00:01", .overstay),
            ("快递", "2026-03-02T12:00", .inside), ("快递", "2026-03-02T12:01", .overstay),
            ("送快递", "2026-03-02T12:01", .overstay),
            ("看房", "2026-03-02T14:00", .inside), ("装修", "2026-03-02T22:00", .inside),
            ("装修", "2026-03-02T22:00:01", .overstay),
        ])
    func overstay(purpose: String, asOf: String, state: VisitState) throws {
        let desk = try Desk()
        try desk.arrive("张三", purpose: purpose, at: "2026-03-02T10:00")
        #expect(try desk.only(GateView.self, asOf: asOf).state == state)
    }

    @Test("a visitor leaves once, and not before arriving")
    func leaves() throws {
        let desk = try Desk()
        let visit = try desk.arrive("张三", at: "2026-03-02T10:00")
        #expect(
            refusal { try desk.do("visitor.leave", ["visit": visit], at: "2026-03-02T09:59") }?.code == "time.order")
        try desk.do("visitor.leave", ["visit": visit], by: "S03", at: "2026-03-02T11:00")
        let row = try desk.only(GateView.self)
        #expect(row.state == .left)
        #expect(row.left == at("2026-03-02T11:00"))
        #expect(refusal { try desk.do("visitor.leave", ["visit": visit]) }?.code == "visit.left")
        #expect(refusal { try desk.do("visitor.unknown", ["visit": visit, "why": "查无此人"]) }?.code == "visit.left")
    }

    @Test("a leaving time that nobody saw is said to be unknown, never invented")
    func unknown() throws {
        let desk = try Desk()
        let visit = try desk.arrive("张三", at: "2026-03-02T10:00")
        #expect(refusal { try desk.do("visitor.unknown", ["visit": visit]) }?.field == "why")
        try desk.do("visitor.unknown", ["visit": visit, "why": "交班时已不在"], at: "2026-03-03T08:00")
        let row = try desk.only(GateView.self)
        #expect(row.state == .unknown)
        #expect(row.left == nil)
    }

    @Test("the host is a unit, or a resident whose name is unique")
    func host() throws {
        let desk = try Desk()
        for host in ["3-2-501", "３栋２单元５０１室", "李四"] {
            try desk.arrive("张三", host: host)
            #expect(try desk.show(GateView.self).last?.host.text == "3-2-501")
        }
        #expect(try desk.show(GateView.self).map(\.resident) == [nil, nil, "李四"])
        try desk.do("person.add", ["name": "李四", "unit": "3-2-502", "role": "tenant"])
        let refused = [
            refusal { try desk.arrive("张三", host: "李四") }, refusal { try desk.arrive("张三", host: "王五") },
            refusal { try desk.arrive("张三", host: "9-9-999") },
        ]
        #expect(refused.map { $0?.code } == ["host.ambiguous", "host.unknown", "unit.unknown"])
        #expect(refused.map { $0?.field } == ["host", "host", "host"])
        #expect(refused[0]?.message.chinese.contains("3-2-501、3-2-502") == true)
    }

    @Test(
        "of a document its type and last four characters are kept, and no more",
        arguments: [
            ("身份证 330102199001011234", "身份证 1234"), ("居民身份证33010219900101123X", "居民身份证 123X"),
            ("身份证：3301 0219 9001 0112 34", "身份证 1234"), ("身份证 330102.19900101.1234", "身份证 1234"),
            ("护照 E12345678", "护照 5678"), ("passport E12345678", "passport 5678"), ("330102199001011234", "1234"),
            ("身份证330102199001011234 电话13800001111", "身份证 1234"), ("身份证 ３３０１０２１９９００１０１１２３４", "身份证 1234"),
            ("电话13800001111 身份证330102199001011234", "电话 身份证 1234"), ("居民身份证 1234", "居民身份证 1234"),
            ("已核验", "已核验"), ("passport", "passport"), ("身份证 330102199001011234（已核验）", "身份证 1234"),
            ("第2代身份证 330102199001011234", "第2代身份证 1234"),
        ])
    func document(typed: String, kept: String) throws {
        let desk = try Desk()
        try desk.do(
            "visitor.arrive", ["name": "张三", "host": "3-2-501", "purpose": "探亲", "document": typed])
        #expect(try desk.only(GateView.self).document == kept)
    }

    @Test("telephones are masked in lists")
    func masked() throws {
        let desk = try Desk()
        try desk.do(
            "visitor.arrive", ["name": "张三", "host": "3-2-501", "purpose": "探亲", "phone": "139 1234 5678"])
        #expect(try desk.only(GateView.self).phone == "139****5678")
        #expect(try desk.only(PeopleView.self).phone == "138****1111")
    }

    @Test("at least one comes")
    func count() throws {
        let desk = try Desk()
        let members = ["name": "张三", "host": "3-2-501", "purpose": "探亲"]
        #expect(
            refusal { try desk.do("visitor.arrive", members.merging(["count": "0"]) { $1 }) }?.code == "visitor.count")
        try desk.do("visitor.arrive", members.merging(["count": "３"]) { $1 })
        #expect(try desk.only(GateView.self).count == 3)
    }
}

extension Desk {
    @discardableResult
    func arrive(
        _ name: String, host: String = "3-2-501", purpose: String = "探亲", at time: String? = nil
    ) throws -> String {
        try self.do("visitor.arrive", ["name": name, "host": host, "purpose": purpose], by: "S03", at: time)
    }
}
