import Handbook
import Journal

/// A number plate (车牌), normalised. Text that fits no pattern is accepted, so that a guard is never blocked.
public struct Plate: Hashable, Sendable {
    public let text: String

    /// Upper case, half-width, without spaces, `·` and other separators.
    static func normalise(_ typed: String) -> String {
        typed.halfwidth.uppercased().filter { !" ·•・.-_—".contains($0) }
    }

    /// Whether it fits a published pattern (GA 36): a province, the letter of an office, and then
    ///
    /// - five characters, the last of which may be a tail such as 学: blue and yellow plates;
    /// - six characters for new energy: a letter from A to K, a character and four digits for small vehicles; five
    ///   digits and D or F for large ones.
    ///
    /// The letters I and O do not occur.
    public func isRecognised(by rule: Handbook.Gate.Plates) -> Bool {
        let signs = Array(text)
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

    /// Any text that is not blank; kept as typed if normalising leaves nothing.
    public init(text: String, zone: Zone) throws {
        let typed = try String(text: text, zone: zone)
        let normal = Plate.normalise(typed)
        self.text = normal.isEmpty ? typed : normal
    }

    public func text(zone: Zone) -> String { text }
    public init(scanning scanner: inout JSONScanner, zone: Zone) throws { text = try scanner.string() }
}
