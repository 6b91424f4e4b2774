import Estate
import Screen

extension Rows {
    /// The rows as CSV (RFC 4180) with a header of field names, without a final line break.
    ///
    /// A text that a spreadsheet would take for a formula gets a leading apostrophe. Control characters other than line
    /// breaks become visible signs.
    public var csv: String {
        ([columns.map(\.key)] + rows.map(\.texts)).map { $0.map(Rows.cell).joined(separator: ",") }
            .joined(separator: "\r\n")
    }

    private static func cell(_ text: String) -> String {
        // Line breaks are data, and allowed in quotes.
        var text = text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { VisibleText.visible(String($0)) }.joined(separator: "\n")
        // Compares scalars: `=` with a combining mark is another character, but spreadsheets still see a formula.
        if let first = text.unicodeScalars.first, "=+-@＝＋－＠".unicodeScalars.contains(first), Double(text) == nil {
            text = "'" + text
        }
        guard text.unicodeScalars.contains(where: { ",\"\n\r ".unicodeScalars.contains($0) }) else { return text }
        return "\"" + text.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
    }
}
