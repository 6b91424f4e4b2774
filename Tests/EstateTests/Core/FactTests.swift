import Journal
import Testing
import TestSupport

@testable import Estate

/// A kind of fact under test.
struct FactCase: CustomTestStringConvertible, Sendable {
    let type: any Fact.Type
    var testDescription: String { type.kind.description }

    static let all = Estate.factTypes.map { FactCase(type: $0) }
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
        var (fact, reader) = (Kind(), MemberReader(members.merging(more) { $1 }, .stored, zone: .shanghai))
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

    @Test("every kind is read back unchanged by both readers", arguments: FactCase.all)
    func readBack(one: FactCase) throws { try roundTrip(one.type) }

    @Test("kinds have unique names")
    func unique() {
        #expect(Set(FactCase.all.map(\.testDescription)).count == FactCase.all.count)
        #expect(FactCase.all.count > 40)
    }

    @Test("every kind has labels in both languages", arguments: FactCase.all)
    func words(one: FactCase) {
        #expect(!one.type.label.chinese.isEmpty)
        #expect(!one.type.label.english.isEmpty)
    }

    @Test("a fact about an unknown entity changes nothing", arguments: FactCase.all)
    func unknownSubject(one: FactCase) throws {
        let test = try TestEstate()
        func apply<Kind: Fact>(_: Kind.Type) throws -> (before: [String], after: [String], isAboutUnknown: Bool) {
            var estate = test.estate
            let metadata = Metadata(id: EntryID(at: at("2026-03-01")), at: at("2026-03-01"), by: "S99")
            let fact = try Kind.sample()
            let before = try test.allRows(of: estate)
            fact.apply(to: &estate, metadata)
            return (before, try test.allRows(of: estate), fact.subject != nil)
        }
        let (before, after, isAboutUnknown) = try apply(one.type)
        // The cash of a permit counts, also where another node undid the application.
        if isAboutUnknown, one.type != RenovationPermitted.self { #expect(after == before) }
        // No row is lost.
        #expect(after.count >= before.count)
    }
}
