import Journal
import Testing
import TestSupport

@testable import Estate

@Suite("Members of actions and queries are read by name")
struct MemberTests {
    @Test(
        "a refusal names the missing, unknown or malformed field",
        arguments: [
            ("visitor.arrive", ["name": "张三", "purpose": "探亲"], "field.missing", "host"),
            ("visitor.arrive", ["name": "", "host": "3-2-501", "purpose": "探亲"], "field.missing", "name"),
            ("visitor.arrive", ["name": "  ", "host": "3-2-501", "purpose": "探亲"], "field.empty", "name"),
            ("visitor.arrive", ["name": "张三", "host": "3-2-501", "purpose": "探亲", "nam": "x"], "field.unknown", "nam"),
            ("visitor.leave", ["visit": "17"], "id.malformed", "visit"),
            ("unit.add", ["unit": "501"], "unit.malformed", "unit"),
            ("call.answer", ["call": "01K00000000000000000000000", "rings": "两声"], "number.malformed", "rings"),
            ("call.answer", ["call": "01K00000000000000000000000", "rings": "-1"], "number.malformed", "rings"),
            ("call.hold", ["call": "01K00000000000000000000000", "consent": "也许"], "flag.malformed", "consent"),
            ("call.ring", ["phone": "abc"], "phone.malformed", "phone"),
            ("call.ring", ["direction": "sideways"], "choice.unknown", "direction"),
            ("payment.receive", ["unit": "3-2-501", "amount": "-1"], "amount.negative", "amount"),
            ("payment.receive", ["unit": "3-2-501", "amount": "1", "period": "三月"], "period.malformed", "period"),
            (
                "bill.issue", ["unit": "3-2-501", "period": "2026-03", "item": "x", "amount": "1", "due": "31"],
                "date.malformed", "due"
            ),
        ] as [(String, [String: String], String, String)])
    func refused(action: String, members: [String: String], code: String, field: String) throws {
        let type = try Estate.action(named: action)
        let refused = refusal { try type.read(members.mapValues { .string($0) }, zone: .shanghai) }
        #expect(refused?.code == code)
        #expect(refused?.field == field)
        #expect(refused?.cause == .input)
    }

    @Test("numbers, flags and lists may be JSON values")
    func json() throws {
        let members: [String: JSONValue] = [
            "unit": "3-2-501", "period": "2026-03", "item": "物业费", "amount": .number("1240.5"), "due": "2026-03-31",
        ]
        #expect(try IssueBill(members: members, zone: .shanghai).amount == money("1240.50"))
        let id = "01K00000000000000000000000"
        #expect(try HoldCall(members: ["call": .string(id), "consent": .bool(true)], zone: .shanghai).consent)
        let listed = try CloseShift(
            members: ["shift": .string(id), "next": "S02", "handed": .array([.string(id)])], zone: .shanghai)
        let written = try CloseShift(
            members: ["shift": .string(id), "next": "S02", "handed": .string(id)], zone: .shanghai)
        #expect(listed.handed == written.handed)
        #expect(listed.notes == nil)
    }

    @Test("null and an empty text are absent values")
    func nothing() throws {
        let ring = try RingCall(members: ["phone": .null, "direction": ""], zone: .shanghai)
        #expect(ring.number.value == .some(nil))
        #expect(ring.direction == nil)
    }

    @Test(
        "a choice is read by its value, its label in either language or a usual word",
        arguments: ["owner", "业主", "ｏｗｎｅｒ", "OWNER", "户主", " 产权人 ", "业主（本人）"])
    func choices(typed: String) throws { #expect(try Tenure(text: typed, zone: .shanghai) == .owner) }

    @Test("an unknown action or view is refused")
    func unknown() {
        #expect(refusal { try Estate.action(named: "visitor.fly") }?.code == "action.unknown")
        #expect(refusal { try Estate.view(named: "weather") }?.code == "view.unknown")
    }

    @Test("a row has every key; absent values are null")
    func rows() throws {
        let test = try TestEstate()
        try test.arrive("张三", at: "2026-03-02T10:00")
        let rows = try GateView.select(of: test.estate, at: test.store.now, members: [:])
        guard case .object(let members) = try JSONValue(parsing: rows.rows[0].json) else {
            Issue.record("no object")
            return
        }
        #expect(Set(members.keys) == Set(GateView.columnDescriptions.map(\.key)))
        #expect(members["left"] == .null)
        #expect(members["arrived"] == "2026-03-02T10:00:00+08:00")
        #expect(members["state"] == "overstay")
    }
}
