import Journal
import Testing
import TestSupport

@testable import Estate

@Suite("Lines that another program wrote")
struct ForeignLineTests {
    let test: TestEstate

    init() throws { test = try TestEstate() }

    /// Appends a line to the journal without the store, and lets the store catch up.
    private func write(_ kind: String, _ data: String) throws -> EntryID {
        let id = EntryID(at: at("2026-12-31"))
        let journal = try Journal(at: test.folder, clock: test.clock.clock)
        _ = try journal.write(delivering: { _ in }) {
            $0.append([NewEntry(id: id, by: "S01", kind: kind, data: Array(data.utf8))])
        }
        try test.store.catchUp()
        return id
    }

    @Test("a line of an unknown kind is kept, skipped and counted")
    func unknownKind() throws {
        _ = try write("robot.arrived", #"{"name":"小智"}"#)
        #expect(test.store.unknownFacts == 1)
        try test.arrive("张三")
        #expect(try test.secondStore().unknownFacts == 1)
        #expect(try test.secondStore().estate.gate.visits.count == 1)
    }

    @Test("unknown fields and any order of fields are accepted")
    func unknownFields() throws {
        _ = try write("visitor.arrived", #"{"colour":"red","purpose":"探亲","host":"3-2-501","name":"张三"}"#)
        #expect(test.store.unknownFacts == 0)
        #expect(try test.only(GateView.self).name == "张三")
    }

    @Test("an arrival without a post is the main one's, whoever is on duty elsewhere")
    func withoutPost() throws {
        try test.do("shift.open", ["post": "东门", "staff": "S01"], by: "S01")
        _ = try write("visitor.arrived", #"{"name":"张三","host":"3-2-501","purpose":"探亲"}"#)
        #expect(test.store.estate.gate.visits.values.map(\.post) == [Gate.mainPost])
    }

    @Test("the time of the event may stand anywhere in the data", arguments: [#"{"at":AT,MORE}"#, #"{MORE,"at":AT}"#])
    func moment(shape: String) throws {
        let data =
            shape
            .replacing("AT", with: #""2026-03-02T10:00:00+08:00""#)
            .replacing("MORE", with: #""name":"张三","host":"3-2-501","purpose":"探亲""#)
        _ = try write("visitor.arrived", data)
        #expect(try test.only(GateView.self).arrived == at("2026-03-02T10:00"))
    }

    @Test("a line without a required field is skipped and counted")
    func missing() throws {
        _ = try write("visitor.arrived", #"{"name":"张三"}"#)
        _ = try write("visitor.arrived", #"{"at":"昨天","name":"张三","host":"3-2-501","purpose":"探亲"}"#)
        #expect(test.store.unknownFacts == 2)
        #expect(try test.show(GateView.self).isEmpty)
    }

    @Test("an amount without both decimals is accepted", arguments: [("\"1240\"", "1240.00"), ("1240.5", "1240.50")])
    func amounts(written: String, amount: String) throws {
        _ = try write(
            "bill.issued",
            #"{"unit":"3-2-501","period":"2026-03","item":"物业费","amount":\#(written),"due":"2026-03-31"}"#)
        #expect(try test.only(BillsView.self).amount.text == amount)
    }

    @Test("unknown fields of a nested part are ignored")
    func parts() throws {
        let bill = try test.do("bill.issue", test.bill(amount: "100"))
        _ = try write(
            "payment.received",
            #"{"unit":"3-2-501","amount":"60.00","allocations":[{"bill":"\#(bill)","payment":"\#(bill)","amount":"60.00","why":"x"}]}"#
        )
        #expect(try test.only(BillsView.self).paid == money("60"))
    }

    @Test("what was recorded is read, though it would be refused today")
    func recorded() throws {
        _ = try write("person.added", #"{"unit":"3-2-501","name":"张三、李四","role":"family","phone":"75512345678"}"#)
        #expect(test.store.unknownFacts == 0)
        #expect(test.estate.people.persons(named: "张三、李四").map(\.phone?.text) == ["75512345678"])
    }

    @Test("what a payment pays is derived: allocations in its line only show what was posted")
    func overspent() throws {
        let bill = try test.do("bill.issue", test.bill(amount: "100"))
        _ = try write(
            "payment.received",
            #"{"unit":"3-2-501","amount":"60.00","allocations":[{"bill":"\#(bill)","payment":"\#(bill)","amount":"90.00"}]}"#
        )
        #expect(try test.only(BillsView.self).paid == money("60"))
        #expect(try test.only(PaymentsView.self).prepaid == .zero)
    }
}
