import Journal
import Testing

@testable import Estate

@Suite("Lines that another program wrote")
struct ForeignLineTests {
    let desk: Desk

    init() throws { desk = try Desk() }

    /// Writes a line into the estate's journal behind its back, and lets the estate catch up.
    private func write(_ kind: String, _ data: String) throws -> EntryID {
        let id = EntryID(at: at("2026-12-31"))
        let journal = try Journal(at: desk.folder, clock: desk.clock.clock)
        _ = try journal.write(delivering: { _ in }) {
            $0.append([NewEntry(id: id, by: "S01", kind: kind, data: Array(data.utf8))])
        }
        try desk.store.catchUp()
        return id
    }

    @Test("of a kind that is not known are kept, passed over and counted")
    func unknownKind() throws {
        _ = try write("robot.arrived", #"{"name":"小智"}"#)
        #expect(desk.store.unknownFacts == 1)
        try desk.arrive("张三")
        #expect(try desk.secondStore().unknownFacts == 1)
        #expect(try desk.secondStore().estate.gate.visits.count == 1)
    }

    @Test("may have fields that are not known, and any order")
    func unknownFields() throws {
        _ = try write("visitor.arrived", #"{"colour":"red","purpose":"探亲","host":"3-2-501","name":"张三"}"#)
        #expect(desk.store.unknownFacts == 0)
        #expect(try desk.only(GateView.self).name == "张三")
    }

    @Test("tell when it happened wherever that stands", arguments: [#"{"at":AT,MORE}"#, #"{MORE,"at":AT}"#])
    func moment(shape: String) throws {
        let data =
            shape
            .replacing("AT", with: #""2026-03-02T10:00:00+08:00""#)
            .replacing("MORE", with: #""name":"张三","host":"3-2-501","purpose":"探亲""#)
        _ = try write("visitor.arrived", data)
        #expect(try desk.only(GateView.self).arrived == at("2026-03-02T10:00"))
    }

    @Test("that miss what is required are not taken, and counted")
    func missing() throws {
        _ = try write("visitor.arrived", #"{"name":"张三"}"#)
        _ = try write("visitor.arrived", #"{"at":"昨天","name":"张三","host":"3-2-501","purpose":"探亲"}"#)
        #expect(desk.store.unknownFacts == 2)
        #expect(try desk.show(GateView.self).isEmpty)
    }

    @Test("may write an amount without its decimals", arguments: [("\"1240\"", "1240.00"), ("1240.5", "1240.50")])
    func amounts(written: String, amount: String) throws {
        _ = try write(
            "bill.issued",
            #"{"unit":"3-2-501","period":"2026-03","item":"物业费","amount":\#(written),"due":"2026-03-31"}"#)
        #expect(try desk.only(BillsView.self).amount.text == amount)
    }

    @Test("may know more of a part than this program does")
    func parts() throws {
        let bill = try desk.do("bill.issue", desk.bill(amount: "100"))
        _ = try write(
            "payment.received",
            #"{"unit":"3-2-501","amount":"60.00","allocations":[{"bill":"\#(bill)","payment":"\#(bill)","amount":"60.00","why":"x"}]}"#
        )
        #expect(try desk.only(BillsView.self).paid == money("60"))
    }

    @Test("never give a payment more than it has")
    func overspent() throws {
        let bill = try desk.do("bill.issue", desk.bill(amount: "100"))
        _ = try write(
            "payment.received",
            #"{"unit":"3-2-501","amount":"60.00","allocations":[{"bill":"\#(bill)","payment":"\#(bill)","amount":"90.00"}]}"#
        )
        #expect(try desk.only(BillsView.self).paid == money("60"))
        #expect(try desk.only(PaymentsView.self).prepaid == .zero)
    }
}
