import Journal
import TestSupport
import Testing

@testable import Estate

/// The values of `Tests/Fixtures/values.tsv`, read by their types.
@Suite("What people really type is read, or refused with the reason")
struct ValueTableTests {
    static let kinds: [String: any FieldValue.Type] = [
        "amount": Money.self, "date": Day.self, "period": Period.self, "moment": Moment.self, "unit": UnitCode.self,
        "phone": Phone?.self, "plate": Plate?.self, "role": Tenure.self, "name": PersonName.self,
    ]
    static let rows = ValueRow.all.filter { kinds[$0.kind] != nil }
    /// Saturday 2026-11-28, 10:00.
    static let present = Present(at("2026-11-28 10:00"), in: .shanghai)

    /// The text of the value that a text is read as; `!` if it is refused, `∅` if there is none.
    static func read<Value: FieldValue>(_: Value.Type, _ typed: String, isFile: Bool) throws -> String {
        do {
            let value = isFile ? try Value(json: .string(typed), zone: .shanghai) : try Value(typed: typed, present)
            return value.isAbsent ? "∅" : value.text(zone: .shanghai)
        } catch let refusal as Refusal {
            #expect(refusal.cause == .input)
            return "!"
        }
    }

    @Test("the table is there, whole")
    func table() {
        #expect(ValueRow.all.count > 100)
        #expect(
            ValueRow.all.allSatisfy { ValueTableTests.kinds[$0.kind] != nil || ["search", "header"].contains($0.kind) })
    }

    @Test("each row is read the same in a file and in a form", arguments: rows)
    func row(_ row: ValueRow) throws {
        let type = try #require(ValueTableTests.kinds[row.kind])
        #expect(try ValueTableTests.read(type, row.typed, isFile: true) == row.result)
        #expect(try ValueTableTests.read(type, row.typed, isFile: false) == row.result)
    }

    @Test("a value that was read is read as itself again", arguments: rows.filter { !$0.isRefused && $0.result != "∅" })
    func again(_ row: ValueRow) throws {
        let type = try #require(ValueTableTests.kinds[row.kind])
        #expect(try ValueTableTests.read(type, row.result, isFile: true) == row.result)
    }

    @Test("spaces, full-width signs, other dashes and what nobody sees make no difference", arguments: rows)
    func neighbours(_ row: ValueRow) throws {
        let type = try #require(ValueTableTests.kinds[row.kind])
        var dice = SeededRandom(seed: UInt64(row.typed.unicodeScalars.reduce(7) { $0 &* 31 &+ Int($1.value) } & 0xFFFF))
        for _ in 0..<40 {
            let typed = row.neighbour(&dice)
            #expect(try ValueTableTests.read(type, typed, isFile: dice.below(2) == 0) == row.result, "“\(typed)”")
        }
    }

    @Test(
        "what a spreadsheet has spoilt is refused with what to do about it",
        arguments: [
            ("phone", "1.38E+10"), ("phone", "1.38123E10"), ("unit", "3-Feb-01"), ("unit", "2001/3/2"),
            ("unit", "3月2日"),
            ("date", "46086"), ("date", "46086.5"), ("amount", "1.2405E+3"), ("period", "Mar-26"),
            ("moment", "46086.604"),
        ])
    func spoilt(kind: String, typed: String) throws {
        let type = try #require(ValueTableTests.kinds[kind])
        func read<Value: FieldValue>(_: Value.Type) throws -> Value { try Value(text: typed, zone: .shanghai) }
        let refused = refusal { _ = try read(type) }
        #expect(refused?.message.chinese.contains("“文本”格式") == true)
        #expect(refused?.message.english.contains("format the column as text") == true)
    }

    @Test("a resident is found as people type the name", arguments: ValueRow.all(of: "search"))
    func search(_ row: ValueRow) throws {
        let test = try TestEstate()
        let name = row.result.count == 1 ? "\(row.result)建国" : row.result
        try test.do("person.add", ["name": name, "unit": "3-2-502", "role": "owner"])
        #expect(test.estate.people.search(row.typed, limit: 5).map(\.name) == [name])
        #expect(Query(row.typed).matchKind(of: row.result) != nil)
    }
}

extension ValueRow {
    /// A text of the same meaning.
    fileprivate func neighbour(_ dice: inout SeededRandom) -> String {
        let hidden: [Character] = ["\u{200B}", "\u{FEFF}", "\u{2060}", "\u{200E}", "\u{AD}"]
        var signs: [Character] = []
        for sign in typed {
            let scalar = sign.unicodeScalars.first?.value ?? 0
            switch sign {
            case "-" where dice.below(3) == 0: signs.append(dice.pick(["－", "–", "—", "‑", "−"]))
            case " " where dice.below(2) == 0: signs.append(dice.pick(["　", "\u{A0}", "\u{2009}"]))
            case _ where (0x21...0x7E).contains(scalar) && dice.below(3) == 0 && kind != "name":
                signs.append(Unicode.Scalar(scalar + 0xFEE0).map { Character($0) } ?? sign)
            default: signs.append(sign)
            }
            if dice.below(6) == 0 { signs.append(dice.pick(hidden)) }
        }
        var text = String(signs)
        // A spreadsheet's signs for “this is text”.
        if !typed.hasPrefix("'"), !typed.hasPrefix("=") {
            switch dice.below(5) {
            case 0: text = "'\(text)"
            case 1: text = "=\"\(text)\""
            default: break
            }
        }
        let spaces = ["", " ", "　", "\u{A0}", "\t", "\n", "  "]
        return dice.pick(spaces) + text + dice.pick(spaces)
    }
}
