import Foundation
import Handbook
import Journal
import TestSupport
import Testing

@testable import Estate

extension TestEstate {
    /// The bytes of all files in the data folder, by name.
    func files() throws -> [String: Data] {
        var files: [String: Data] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
            if let data = FileManager.default.contents(atPath: "\(folder)/\(name)") { files[name] = data }
        }
        return files
    }

    /// The names of files that hold a text, in UTF-8 or in JSON escapes.
    func files(holding text: String) throws -> [String] {
        let escaped = text.utf16.map { unit in
            let digits = String(unit, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }.joined()
        let texts = [text, escaped, escaped.uppercased().replacing("\\U", with: "\\u")].map { Data($0.utf8) }
        return try files().filter { file in texts.contains { file.value.range(of: $0) != nil } }.keys.sorted()
    }

    /// The names of the key files.
    func keys() throws -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/keys")) ?? []).sorted()
    }
}

@Suite("Particulars are sealed where they are recorded")
struct SealingTests {
    private let test: TestEstate

    init() throws { test = try TestEstate(now: "2026-11-23T12:00") }

    @Test("a visitor's name, plate, phone and document stand nowhere on the disk, and are shown all the same")
    func visitor() throws {
        try test.do(
            "visitor.arrive",
            [
                "name": "欧阳娜娜", "host": "3-2-501", "purpose": "探亲", "plate": "浙A98765", "phone": "13912345678",
                "document": "护照 E1234",
            ], by: "S03")
        for text in ["欧阳娜娜", "浙A98765", "13912345678", "护照"] { #expect(try test.files(holding: text) == []) }
        let other = try test.secondStore()
        for estate in [test.estate, other.estate] {
            let visit = try #require(estate.gate.visits.values.first)
            #expect(visit.name == "欧阳娜娜" && visit.plate?.text == "浙A98765")
            #expect(visit.phone?.text == "13912345678" && visit.document == "护照 1234")
            #expect(visit.host == unit("3-2-501") && visit.purpose == "探亲")
        }
        let row = try test.only(GateView.self)
        #expect(Array(row.texts[1...8]) == ["欧阳娜娜", "1", "3-2-501", "", "探亲", "浙A98765", "visitor", "139****5678"])
        #expect(try test.keys().contains("visitors.2026-11.desk.0"))
    }

    @Test("a caller's number, and a resident's name, number and plate")
    func others() throws {
        try test.ring("13912345678")
        try test.do("person.add", ["name": "欧阳娜娜", "unit": "3-2-502", "role": "owner", "phone": "13687654321"])
        try test.do("vehicle.add", ["plate": "浙A98765", "unit": "3-2-502"])
        for text in ["13912345678", "欧阳娜娜", "13687654321", "浙A98765", "李四", "13800001111"] {
            #expect(try test.files(holding: text) == [], "\(text)")
        }
        for estate in [test.estate, try test.secondStore().estate] {
            #expect(estate.calls.all.values.first?.phone?.text == "13912345678")
            #expect(estate.people.persons(named: "欧阳娜娜").map(\.phone?.text) == ["13687654321"])
            #expect(estate.people.persons(with: phone("13687654321"), areaCode: nil).map(\.name) == ["欧阳娜娜"])
            #expect(estate.people.vehicles[plate("浙A98765")] == unit("3-2-502"))
            #expect(estate.people.search("ouyang", limit: 3).map(\.name) == ["欧阳娜娜"])
        }
        #expect(
            try test.keys() == [
                "callers.2026-11.desk.0", "residents.2025-01.desk.0", "residents.2026-11.desk.0",
            ])
    }

    @Test("a call without a number has nothing to seal")
    func withoutNumber() throws {
        try test.ring()
        #expect(try !test.keys().contains { $0.hasPrefix("callers") })
    }

    @Test("a month is that in which it happened, by the estate's zone")
    func month() throws {
        try test.arrive("甲", at: "2026-10-31T23:59:59")
        try test.arrive("乙", at: "2026-11-01T00:00")
        #expect(
            try test.keys().filter { $0.hasPrefix("visitors") } == [
                "visitors.2026-10.desk.0", "visitors.2026-11.desk.0",
            ])
    }

    @Test("each field that the handbook seals is a particular of its kind, and its class is known")
    func handbook() throws {
        let particulars = try Handbook(chapters: Estate.chapters).particulars
        for sealed in particulars.sealed {
            let type = try #require(Estate.factTypes.first { $0.kind.description == sealed.kind })
            #expect(particulars[sealed.class] != nil)
            func parts<Kind: Fact>(_: Kind.Type) throws -> FactParts {
                try Kind.sample().parts(at: nil, zone: .shanghai, sealing: Set(sealed.fields))
            }
            let parts = try parts(type)
            let bytes = try #require(parts.particulars)
            guard case .object(let members) = try JSONValue(parsing: String(decoding: bytes, as: UTF8.self)),
                case .object(let plain) = try JSONValue(parsing: String(decoding: parts.data, as: UTF8.self))
            else {
                Issue.record("no objects")
                return
            }
            #expect(Set(members.keys) == Set(sealed.fields))
            #expect(Set(plain.keys).isDisjoint(with: sealed.fields))
        }
    }

    @Test("each particular that a fact declares is sealed by the handbook, and no other field")
    func declared() throws {
        struct Collector: FieldVisitor {
            var keys: Set<String> = []

            mutating func field<Value: FieldValue>(_ key: StaticString, _ value: inout Value, _ label: Label?) {}
            mutating func particular<Value: FieldValue>(
                _ key: StaticString, _ value: inout Particular<Value>, _ label: Label?
            ) { keys.insert(key.description) }
        }
        func declared<Kind: Fact>(_: Kind.Type) throws -> Set<String> {
            var (fact, collector) = (Kind(), Collector())
            try fact.fields(&collector)
            return collector.keys
        }
        let sealed = try Handbook(chapters: Estate.chapters).particulars.sealed
        for type in Estate.factTypes {
            let listed = sealed.first { $0.kind == type.kind.description }.map { Set($0.fields) } ?? []
            #expect(try declared(type) == listed, "\(type.kind)")
        }
    }

    @Test("an answered call returns missed calls by ids that its fact names")
    func missedCalls() throws {
        let missed = try test.ring("13912345678")
        try test.do("call.end", ["call": missed], by: "S02")
        let again = try test.ring("+86 139-1234-5678")
        try test.do("call.answer", ["call": again, "rings": "1"], by: "S02")
        let line = try #require(
            String(decoding: test.files().filter { $0.key.hasSuffix(".jsonl") }.values.first ?? Data(), as: UTF8.self)
                .split(separator: "\n").last)
        #expect(line.contains("\"returns\":[\"\(missed)\"]"))
        #expect(test.estate.calls.missed.isEmpty)
        // As a node sees it that has no keys.
        try FileManager.default.removeItem(atPath: "\(test.folder)/keys")
        let blind = try test.secondStore()
        #expect(blind.estate.calls.missed.isEmpty && blind.estate.calls[ref(missed)]?.state == .returned)
        #expect(blind.estate.calls[ref(missed)]?.phone == nil)
    }
}
