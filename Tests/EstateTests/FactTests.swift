import Journal
import Testing

@testable import Estate

/// A kind of fact under test.
struct FactCase: CustomTestStringConvertible, Sendable {
    let type: any Fact.Type
    var testDescription: String { type.kind.description }

    static let all: [FactCase] = [
        EstateFounded.self, StaffAdded.self, UnitAdded.self, PersonAdded.self, VehicleAdded.self, CallRang.self,
        CallAnswered.self, CallerNamed.self, DemandRecorded.self, CallHeld.self, CallResumed.self, CallEnded.self,
        RequestOpened.self, RequestCompleted.self, RequestReopened.self, EventAttended.self, FollowUpRecorded.self,
        FollowUpRectified.self, BillIssued.self, BillReduced.self, PaymentReceived.self, PaymentVoided.self,
        DunningRecorded.self, VisitorArrived.self, VisitorLeft.self, VisitorUnknown.self, ShiftOpened.self,
        ShiftClosed.self, PatrolChecked.self, InspectionOpened.self, ItemMarked.self, InspectionClosed.self,
        ItemRechecked.self,
    ].map { FactCase(type: $0) }
}

@Suite("Facts")
struct FactTests {
    private func canonical<Kind: Fact>(_: Kind.Type, _ data: [UInt8]) throws -> Kind {
        try data.withUnsafeBytes { bytes in
            var (fact, scanner) = (Kind(), JSONScanner(bytes))
            #expect(scanner.take("{"))
            var reader = CanonicalReader(scanner, isFirst: true, zone: .shanghai)
            try fact.fields(&reader)
            try reader.finish()
            return fact
        }
    }

    private func byMembers<Kind: Fact>(_: Kind.Type, _ data: [UInt8], adding more: [String: JSONValue] = [:]) throws -> Kind {
        guard case .object(let members) = try JSONValue(parsing: String(decoding: data, as: UTF8.self)) else {
            throw Refusal.input("test", "不是对象", en: "no object")
        }
        var (fact, reader) = (Kind(), MemberReader(members.merging(more) { $1 }, zone: .shanghai))
        try fact.fields(&reader)
        return fact
    }

    private func roundTrip<Kind: Fact>(_ kind: Kind.Type) throws {
        let full = try Kind.sample().data(at: nil, zone: .shanghai)
        #expect(!full.contains(0x0A))
        #expect(try canonical(kind, full).data(at: nil, zone: .shanghai) == full)
        #expect(try byMembers(kind, full).data(at: nil, zone: .shanghai) == full)
        #expect(try byMembers(kind, full, adding: ["colour": "red"]).data(at: nil, zone: .shanghai) == full)
    }

    @Test("every kind comes back from its line as it was, by both readers", arguments: FactCase.all)
    func readBack(one: FactCase) throws { try roundTrip(one.type) }

    @Test("every kind that a feature names is under test, each with a name of its own")
    func complete() {
        let kinds = Estate.features.flatMap { $0.facts }.map(\.kind.description)
        #expect(Set(kinds).count == kinds.count)
        #expect(Set(kinds) == Set(FactCase.all.map(\.testDescription)))
    }

    @Test("a fact passes over what it cannot place", arguments: FactCase.all)
    func nothingToPlace(one: FactCase) throws {
        func apply<Kind: Fact>(_: Kind.Type) throws {
            let desk = try Desk()
            var estate = desk.estate
            let stamp = Stamp(
                id: EntryID(at: at("2026-03-01")), at: at("2026-03-01"), written: at("2026-03-01"), by: "S99",
                node: "desk", sequence: 1)
            try Kind.sample().apply(to: &estate, stamp)
        }
        try apply(one.type)
    }
}

@Suite("Lines that another program wrote")
struct ForeignLineTests {
    let desk: Desk

    init() throws { desk = try Desk() }

    /// Writes a line into the estate's journal behind its back, and lets the estate catch up.
    private func write(_ kind: String, _ data: String) throws -> EntryID {
        let id = EntryID(at: at("2026-12-31"))
        let journal = try Journal(at: desk.folder, clock: desk.clock.clock)
        _ = try journal.write(delivering: { _ in }) {
            $0.append([Draft(id: id, by: "S01", kind: kind, data: Array(data.utf8))])
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
            #"{"unit":"3-2-501","amount":"60.00","allocations":[{"bill":"\#(bill)","payment":"\#(bill)","amount":"90.00"}]}"#)
        #expect(try desk.only(BillsView.self).paid == money("60"))
        #expect(try desk.only(PaymentsView.self).prepaid == .zero)
    }
}

extension JSONValue: @retroactive ExpressibleByStringLiteral {
    public init(stringLiteral value: String) { self = .string(value) }
}
