import Journal
import Testing

@testable import Estate

/// A kind of fact under test.
struct FactCase: CustomTestStringConvertible, Sendable {
    let type: any Fact.Type
    var testDescription: String { type.kind.description }

    static let all: [FactCase] = [
        EstateFounded.self, StaffAdded.self, PINSet.self, PINRemoved.self, StaffLocked.self, UnitAdded.self,
        PersonAdded.self, VehicleAdded.self, CallRang.self, CallAnswered.self, CallerNamed.self, DemandRecorded.self,
        DemandSettled.self, WordsSaid.self, SomebodyFetched.self, FetchEnded.self, CallHeld.self, CallResumed.self,
        CallEnded.self,
        RequestOpened.self, RequestAssigned.self, RequestProgressed.self, RequestCompleted.self, RequestReopened.self,
        EventAttended.self, FollowUpRecorded.self,
        FollowUpRectified.self, BillIssued.self, BillReduced.self, PaymentReceived.self, PaymentVoided.self,
        DunningRecorded.self, VisitorArrived.self, VisitorLeft.self, VisitorUnknown.self, ShiftOpened.self,
        ShiftClosed.self, PatrolChecked.self, InspectionOpened.self, ItemMarked.self, InspectionClosed.self,
        ItemRechecked.self, ActionUndone.self,
    ].map { FactCase(type: $0) }
}

@Suite("Facts")
struct FactTests {
    private func canonical<Kind: Fact>(_: Kind.Type, _ data: [UInt8]) throws -> Kind {
        try data.withUnsafeBytes { bytes in
            var (fact, scanner) = (Kind(), JSONScanner(bytes))
            guard scanner.take("{") else { throw scanner.malformed() }
            var reader = CanonicalReader(scanner, isFirst: true, zone: .shanghai)
            try fact.fields(&reader)
            try reader.finish()
            return fact
        }
    }

    private func byMembers<Kind: Fact>(_: Kind.Type, _ data: [UInt8], adding more: [String: JSONValue] = [:]) throws
        -> Kind
    {
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

    @Test("every kind has words in both languages", arguments: FactCase.all)
    func words(one: FactCase) {
        #expect(!one.type.label.chinese.isEmpty)
        #expect(!one.type.label.english.isEmpty)
    }

    @Test("a fact passes over what it cannot place", arguments: FactCase.all)
    func nothingToPlace(one: FactCase) throws {
        func apply<Kind: Fact>(_: Kind.Type) throws {
            let desk = try Desk()
            var estate = desk.estate
            let stamp = Stamp(
                id: EntryID(at: at("2026-03-01")), at: at("2026-03-01"), by: "S99")
            try Kind.sample().apply(to: &estate, stamp)
        }
        try apply(one.type)
    }
}
