/// CSV (RFC 4180) as it is written: commas, CR LF, quotes where a cell needs them.
///
/// A text that a spreadsheet would take for a formula gets a leading apostrophe, which the reader removes: what is written
/// is read back exactly.
public enum CSV {
    /// The bytes before the text with which Excel knows that a file is UTF-8.
    public static let byteOrderMark = "\u{FEFF}"

    /// Lines of cells, without a final line break.
    public static func text(of rows: some Sequence<[String]>) -> String {
        rows.map { $0.map(cell).joined(separator: ",") }.joined(separator: "\r\n")
    }

    private static func cell(_ text: String) -> String {
        let text = isGuarded(text) || looksLikeFormula(text.unicodeScalars) && Double(text) == nil ? "'" + text : text
        guard needsQuotes(text) else { return text }
        return "\"" + String(String.UnicodeScalarView(text.unicodeScalars.flatMap { $0 == "\"" ? [$0, $0] : [$0] }))
            + "\""
    }

    private static func needsQuotes(_ text: String) -> Bool {
        text.prefix(4).lowercased() == "sep="
            || text.unicodeScalars.contains { ",;\t\"\n\r \u{FEFF}".unicodeScalars.contains($0) }
    }

    /// Compares scalars: `=` with a combining mark is another character, but spreadsheets still see a formula.
    private static func looksLikeFormula(_ text: some Collection<Unicode.Scalar>) -> Bool {
        text.first.map { "=+-@＝＋－＠".unicodeScalars.contains($0) } ?? false
    }

    /// Whether a text consists of apostrophes and what looks like a formula.
    private static func isGuarded(_ text: String) -> Bool {
        text.utf8.first == UInt8(ascii: "'") && looksLikeFormula(text.unicodeScalars.drop { $0 == "'" })
    }

    /// The text of a cell that was read, without the guard.
    static func plain(of bytes: ArraySlice<UInt8>) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        guard bytes.first == UInt8(ascii: "'"), isGuarded(text) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.dropFirst()))
    }
}
