import Handbook
import Journal

/// A number plate (车牌), normalised, or several, separated by a space. Text that fits no pattern is accepted, so that a
/// guard is never blocked.
public struct Plate: Hashable, Sendable {
    public let text: String

    /// The plates, each by itself.
    public var each: [Plate] {
        text.contains(" ") ? text.split(separator: " ").map { Plate(text: String($0)) } : [self]
    }

    /// Whether one of these plates is one of the others.
    func shares(_ other: Plate) -> Bool { each.contains { other.each.contains($0) } }

    /// Upper case, half-width, and no more than letters, digits and ideographs.
    static func normalise(_ typed: String) -> String {
        typed.plain.uppercased().filter { $0.isLetter || $0.isNumber }
    }

    /// Whether it fits a published pattern (GA 36): a province, the letter of an office, and then
    ///
    /// - five characters, the last of which may be a tail such as 学: blue and yellow plates;
    /// - six characters for new energy: a letter from A to K, a character and four digits for small vehicles; five
    ///   digits and D or F for large ones.
    ///
    /// The letters I and O do not occur.
    public func isRecognised(by rule: Handbook.Gate.Plates) -> Bool {
        each.allSatisfy { Plate.isRecognised(Array($0.text), by: rule) }
    }

    private static func isRecognised(_ signs: [Character], by rule: Handbook.Gate.Plates) -> Bool {
        guard signs.count >= 7, rule.provinces.contains(signs[0]), let office = signs[1].asciiValue,
            (65...90).contains(office), signs[1] != "I", signs[1] != "O"
        else { return false }
        let number = signs[2...]
        func isSerial(_ sign: Character) -> Bool {
            guard let value = sign.asciiValue else { return false }
            return (48...57).contains(value) || (65...90).contains(value) && sign != "I" && sign != "O"
        }
        func isDigit(_ sign: Character) -> Bool { sign.asciiValue.map { (48...57).contains($0) } ?? false }
        if number.count == 5 {
            let tailed = number.last.map { rule.tails.contains($0) } ?? false
            return (tailed ? number.dropLast() : number).allSatisfy(isSerial)
        }
        guard number.count == 6, let first = number.first, let last = number.last else { return false }
        let second = number[number.startIndex + 1]
        let small =
            isSerial(first) && !isDigit(first) && first <= "K" && isSerial(second)
            && number.dropFirst(2).allSatisfy(isDigit)
        let large = number.dropLast().allSatisfy(isDigit) && (last == "D" || last == "F")
        return small || large
    }
}

extension Plate: FieldValue {
    public static var type: FieldType { .plate }
    public static var placeholder: Plate { Plate(text: "") }

    /// Also of a vehicle that has none: 无牌, 待上牌.
    public static func isNothing(_ text: String) -> Bool {
        if text.meansNothing || nothing.contains(text.plain) { return true }
        // A remark in brackets alone is no plate.
        let typed = text.plain
        return typed.contains { $0.isLetter || $0.isNumber }
            && !typed.withoutRemarks.contains { $0.isLetter || $0.isNumber }
    }

    private static let nothing: Set<String> = [
        "无牌", "无牌照", "无车牌", "没有车牌", "待上牌", "未上牌", "暂未上牌", "还未上牌", "新车未上牌", "无牌车", "无车", "没有车",
    ]

    /// Any text that is not blank, without remarks in brackets; kept as typed if normalising leaves nothing. Several
    /// plates are told apart.
    public init(text: String, zone: Zone) throws {
        let typed = try String(text: text, zone: zone)
        let plates = Plate.split(typed.plain.uppercased())
        self.text = plates.isEmpty ? typed : plates.joined(separator: " ")
    }

    private static func split(_ typed: String) -> [String] {
        let bare = typed.withoutRemarks
        let all = (bare.isEmpty ? typed : bare).split { "/、;,，|&".contains($0) || $0.isNewline }.map(String.init)
        let present = all.filter { !isNothing($0) }
        let parts = present.isEmpty ? all : present
        // A space, or nothing, between a whole plate and the province and letter of the next.
        let separated = parts.flatMap { part in
            if part.dropFirst(5).allSatisfy(\.isASCII) { return [Substring(part)] }
            return part.replacing(/([A-Z0-9]{5}[学警挂港澳使领]?)\s*(?=\p{Han}\s*[A-Z])/) { "\($0.output.1)/" }.split(
                separator: "/")
        }
        var seen: Set<String> = []
        return separated.map { normalise(String($0)) }.filter { !$0.isEmpty && seen.insert($0).inserted }
    }

    public func text(zone: Zone) -> String { text }
    public init(scanning scanner: inout JSONScanner, zone: Zone) throws { text = try scanner.string() }
}
