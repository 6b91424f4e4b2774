import Foundation
import Journal

/// A unit (房号): two to four parts, e.g. `3-2-501`, `3-501`, `商铺-108`, `1-3-2-501` with its phase.
public struct UnitCode: Hashable, Comparable, Sendable {
    public let text: String

    /// Phase, building, entrance and room, as far as the unit has them.
    var parts: [Substring] { text.split(separator: "-") }

    /// The first part.
    public var building: String { parts.first.map(String.init) ?? "" }

    /// Shorter parts sort first, so that building 2 comes before 10 and room 201 before 1001.
    public static func < (a: UnitCode, b: UnitCode) -> Bool {
        let (left, right) = (a.parts, b.parts)
        for (x, y) in zip(left, right) where x != y {
            return (x.count, x) < (y.count, y)
        }
        return left.count < right.count
    }
}

extension UnitCode: FieldValue {
    public static var type: FieldType { .unit }
    public static var placeholder: UnitCode { UnitCode(text: "0-0-0") }

    /// Parts of letters and digits, separated by dashes, spaces or 期/栋/单元/室 and the like; or a number of a shop, a
    /// villa, a parking space or a storeroom. However it is typed, the code is the same: full-width forms, leading zeros
    /// and ideographs for the numbers make no other. Throws ``Refusal`` with cause `input`.
    public init(text: String, zone: Zone) throws {
        self.text = UnitCode.isCanonical(text) ? text : try UnitReader(text).code()
    }

    /// Whether the text has two to four parts of 1 to 6 capitals and digits, without leading zeros, separated by dashes.
    /// Whether it may be a date is for the reader to say.
    private static func isCanonical(_ text: String) -> Bool {
        var (parts, length, first) = (1, 0, UInt8(0))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
                if length == 0 { first = byte }
                if length == 1, first == UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { return false }
                length += 1
                if length > 6 || parts == 1 && length > 3 { return false }
            case UInt8(ascii: "-") where length > 0: (parts, length) = (parts + 1, 0)
            default: return false
            }
        }
        return 2...4 ~= parts && length > 0
    }

    public func text(zone: Zone) -> String { text }
    public func check(in estate: Estate) throws { try estate.people.check(self) }
    public func current(in estate: Estate) -> UnitCode { estate.people.current(self) }

    public init(scanning scanner: inout JSONScanner, zone: Zone) throws { text = try scanner.string() }
}

/// Reads the forms in which units are written.
///
/// The text is cut into parts at separators and behind words that say what a part is, such as 栋. A word that is itself
/// a part (商铺) stands before its number in the code, wherever it was typed.
struct UnitReader {
    private struct Part {
        var text: String
        var mark: Mark?
        /// Whether it is a word, such as 商铺.
        var isWord = false
    }

    /// What the word behind a part says.
    private enum Mark { case above, building, entrance, floor, room, number }

    /// The input, for messages.
    private let text: String
    private let typed: String
    private var parts: [Part] = []
    private var separators: Set<Character> = []

    init(_ text: String) {
        self.text = text
        typed = text.plain.uppercased().replacing(/\s*\([^()]*\)$/, with: "")
    }

    /// The code of a whole unit.
    func code() throws -> String {
        var reader = self
        try reader.read()
        try reader.refuseDates()
        try reader.dropFloor()
        guard let last = reader.parts.last, 2...4 ~= reader.parts.count, !last.isWord else { throw malformed }
        // A building or an entrance is no unit; a villa may be a building.
        let isVilla = reader.parts.dropLast().last.map { UnitReader.villas.contains($0.text) } ?? false
        switch last.mark {
        case .above, .entrance, .floor: throw malformed
        case .building where !isVilla: throw malformed
        default: return reader.parts.map(\.text).joined(separator: "-")
        }
    }

    /// The parts of a place that may be less than a unit: 3栋, 6-1. Throws for what is none.
    func place() throws -> [String] {
        var reader = self
        try reader.read()
        try reader.dropFloor()
        return reader.parts.map(\.text)
    }

    private static let marks: [(word: String, Mark)] = [
        ("期", .above), ("区", .above), ("组团", .above), ("弄", .above), ("号楼", .building), ("栋", .building),
        ("幢", .building),
        ("座", .building), ("楼", .building), ("单元", .entrance), ("门", .entrance), ("梯", .entrance), ("层", .floor),
        ("号房", .room), ("室", .room), ("房", .room), ("户", .room), ("号", .number),
    ]

    private static let villas: Set<String> = ["别墅", "联排", "叠拼"]

    /// Words that are a part of a code, the longer first, and the one that stands in the code.
    private static let words: [(word: String, code: String)] = [
        ("地下停车位", "地下车位"), ("地上停车位", "地上车位"), ("地下车位", "地下车位"), ("地上车位", "地上车位"), ("地面车位", "地上车位"),
        ("停车位", "车位"), ("车位", "车位"), ("车库", "车库"), ("商业街", "商铺"), ("商铺", "商铺"), ("店铺", "商铺"), ("铺面", "商铺"),
        ("门面房", "商铺"), ("门面", "商铺"), ("底商", "商铺"), ("铺位", "商铺"), ("别墅", "别墅"), ("联排", "联排"), ("叠拼", "叠拼"),
        ("储藏室", "储藏室"), ("储藏间", "储藏室"), ("储物间", "储藏室"), ("储物室", "储藏室"), ("杂物间", "储藏室"), ("地下室", "地下室"),
        ("写字楼", "写字楼"), ("办公楼", "办公楼"), ("公寓", "公寓"), ("东区", "东区"), ("西区", "西区"), ("南区", "南区"), ("北区", "北区"),
        ("中区", "中区"),
    ]

    private mutating func read() throws {
        if typed.isPowerOfTen, typed.contains("+") { throw Refusal.damaged("unit.damaged", text, .powerOfTen) }
        if typed.namesEnglishMonth || typed.contains("年") || typed.contains("月") {
            throw Refusal.damaged("unit.damaged", text, .madeDate)
        }
        var rest = typed[...]
        var word: String?
        while let sign = rest.first {
            if let found = UnitReader.words.first(where: { rest.hasPrefix($0.word) }) {
                rest = rest.dropFirst(found.word.count)
                if word != nil { throw malformed }
                word = found.code
                // Behind its number, it still stands before it: 12号别墅.
                if rest.isEmpty, let last = parts.popLast() {
                    parts += [Part(text: found.code, isWord: true), last]
                } else {
                    parts.append(Part(text: found.code, isWord: true))
                }
            } else if sign.isASCII, sign.isLetter || sign.isNumber {
                let part = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber) }
                rest = rest.dropFirst(part.count)
                guard part.count <= 6 else { throw malformed }
                parts.append(Part(text: UnitReader.withoutZeros(part), mark: mark(&rest)))
            } else if let part = rest.prefixMatch(of: /[一二三四五六七八九十]{1,3}/)?.output {
                // An ideograph is a number only before a word that says of what.
                rest = rest.dropFirst(part.count)
                guard let number = TypedNumber.number(part), let mark = mark(&rest) else { throw malformed }
                parts.append(Part(text: "\(number)", mark: mark))
            } else if "- /.,".contains(sign), !parts.isEmpty {
                let separator = rest.prefix { "- /.,".contains($0) }
                rest = rest.dropFirst(separator.count)
                let signs = separator.filter { $0 != " " }
                guard signs.count < 2, !rest.isEmpty else { throw malformed }
                separators.insert(signs.first ?? " ")
            } else {
                throw malformed
            }
        }
    }

    /// Takes the word behind a part that says what it is.
    private func mark(_ rest: inout Substring) -> Mark? {
        var mark: Mark?
        if rest.first == "#" {
            rest.removeFirst()
            mark = .building
        }
        guard let found = UnitReader.marks.first(where: { rest.hasPrefix($0.word) }),
            !UnitReader.words.contains(where: { rest.hasPrefix($0.word) })
        else { return mark }
        rest = rest.dropFirst(found.word.count)
        // 3栋5楼501: behind a building it is a floor.
        return found.word == "楼" && mark == nil && parts.contains { $0.mark == .building } ? .floor : found.1
    }

    private static func withoutZeros(_ part: Substring) -> String {
        let rest = part.drop { $0 == "0" }
        return rest.first?.isNumber == true ? String(rest) : rest.isEmpty ? "0" : String(part)
    }

    /// A floor that the room's number begins with says nothing more.
    private mutating func dropFloor() throws {
        guard let place = parts.firstIndex(where: { $0.mark == .floor }) else { return }
        guard parts.indices.contains(place + 1), parts[place + 1].text.hasPrefix(parts[place].text),
            parts[place + 1].text.count > parts[place].text.count
        else { throw malformed }
        parts.remove(at: place)
    }

    /// Throws for numbers that a spreadsheet has probably made a date of: 2001/3/2 was 3-2-01.
    private func refuseDates() throws {
        let numbers = parts.compactMap { $0.mark == nil && !$0.isWord ? Int($0.text) : nil }
        guard numbers.count == parts.count, typed.allSatisfy(\.isASCII), separators != [" "] else { return }
        func isYear(_ number: Int) -> Bool { 1900...2099 ~= number }
        func areDay(_ month: Int, _ day: Int) -> Bool { 1...12 ~= min(month, day) && 1...31 ~= max(month, day) }
        let isDate =
            switch numbers.count {
            case 2: separators == ["/"] && areDay(numbers[0], numbers[1])
            case 3 where isYear(numbers[0]): areDay(numbers[1], numbers[2])
            case 3 where separators == ["/"]: areDay(numbers[0], numbers[1]) && (isYear(numbers[2]) || numbers[2] < 100)
            default: false
            }
        if isDate { throw Refusal.damaged("unit.damaged", text, .madeDate) }
        // 3.10 is 3.1 in a spreadsheet.
        if numbers.count == 2, separators == ["."] { throw malformed }
    }

    private var malformed: Refusal {
        .input(
            "unit.malformed", "“\(text)”不是房号，例：3-2-501、3栋501、商铺108",
            en: "“\(text)” is not a unit, e.g. 3-2-501")
    }
}
