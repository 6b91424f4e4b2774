/// Replaces characters that would control the terminal or mislead the reader by visible signs.
///
/// Names, plates and notes come from people and files and may contain escape sequences or bidirectional overrides.
/// ``Grid`` applies this to all text; other output (CSV, messages, reports) has to call ``visible(_:)``.
public enum VisibleText {
    /// `text` with control, bidirectional and invisible characters replaced by signs.
    public static func visible(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
        return text.reduce(into: "") { result, character in
            if let sign = sign(for: character) {
                result += sign
            } else {
                result.append(character)
            }
        }
    }

    /// The replacement for `character`; `nil` if it is shown unchanged.
    ///
    /// Control characters become control pictures (`␛`, `␉`; `␤` for every line break), others their code (`⟨U+202E⟩`).
    /// A combining mark without a base character gets a dotted circle.
    static func sign(for character: Character) -> String? {
        let scalars = character.unicodeScalars
        guard let first = scalars.first else { return "" }
        let value = first.value
        switch value {
        case 0x20...0x7E: return nil
        case 0x0D where scalars.count > 1, 0x0A, 0x2028, 0x2029: return "␤"
        case 0x00...0x1F: return picture(0x2400 + value)
        case 0x7F: return "␡"
        case 0x80...0x9F: return code(value)
        // Fast path for the most frequent characters: ideographs, full-width signs, dashes, quotes, arrows, box
        // drawing.
        case 0x4E00...0x9FFF, 0x3000...0x301F, 0xFF01...0xFF60, 0x2010...0x2027, 0x2190...0x21FF, 0x2500...0x25FF:
            return nil
        default: break
        }
        if isDeceptive(value) { return code(value) }
        // Terminals disagree on the width of unassigned code points; some show nothing.
        if first.properties.generalCategory == .unassigned { return code(value) }
        guard WidthTable.contains(value, in: WidthTable.zero), scalars.allSatisfy(isWidthless) else { return nil }
        // Conjoining Hangul vowels and finals; a dotted circle does not combine with them.
        if (0x1160...0x11FF).contains(value) || (0xD7B0...0xD7FF).contains(value) { return code(value) }
        return first.properties.generalCategory == .format ? code(value) : "◌" + String(character)
    }

    /// Bidirectional marks, overrides and isolates, and invisible characters of no width.
    private static func isDeceptive(_ value: UInt32) -> Bool {
        switch value {
        case 0x061C, 0x180E, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB: true
        default: false
        }
    }

    private static func isWidthless(_ scalar: Unicode.Scalar) -> Bool {
        WidthTable.contains(scalar.value, in: WidthTable.zero)
    }

    private static func picture(_ value: UInt32) -> String {
        Unicode.Scalar(value).map { String(Character($0)) } ?? code(value)
    }

    private static func code(_ value: UInt32) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return "⟨U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "⟩"
    }
}
