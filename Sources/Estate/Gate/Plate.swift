import Handbook
import Journal

/// A number plate (车牌), normalised. One that fits no pattern is kept all the same: a guard is never blocked.
public struct Plate: Hashable, Sendable {
    public let text: String

    /// Capitals and half-width; spaces, `·` and other separators taken away.
    static func normalise(_ typed: String) -> String {
        typed.halfwidth.uppercased().filter { !" ·•・.-_—".contains($0) }
    }

    /// Whether it fits one of the published patterns (GA 36): blue and yellow, with tails, or new energy.
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

    /// Anything but a blank; signs that would leave nothing are kept as they were typed.
    public init(text: String, zone: Zone) throws {
        let typed = try String(text: text, zone: zone)
        let normal = Plate.normalise(typed)
        self.text = normal.isEmpty ? typed : normal
    }

    public func text(zone: Zone) -> String { text }
    public init(scanning scanner: inout JSONScanner, zone: Zone) throws { text = try scanner.string() }
}
