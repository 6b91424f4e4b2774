// The members of an object of which the type is known.

extension [String: JSONValue] {
    package func string(_ key: String) -> String? {
        if case .string(let text)? = self[key] { text } else { nil }
    }

    /// A whole number in the range of the type.
    package func integer<Integer: FixedWidthInteger>(_ key: String) -> Integer? {
        if case .number(let text)? = self[key] { Integer(text) } else { nil }
    }

    /// A number of lines, or of one: see ``Line/numbers``.
    func count(_ key: String) -> Int? { integer(key).flatMap { Line.numbers.contains($0) ? $0 : nil } }

    /// A moment that has a year of four digits.
    package func moment(_ key: String) -> Moment? {
        integer(key).map(Moment.init(milliseconds:)).flatMap { Moment.writable.contains($0) ? $0 : nil }
    }

    /// The objects of an array; what else is in it is left out.
    package func objects(_ key: String) -> [[String: JSONValue]] {
        guard case .array(let values)? = self[key] else { return [] }
        return values.compactMap { if case .object(let members) = $0 { members } else { nil } }
    }
}
