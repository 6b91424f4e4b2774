import Estate
import Screen

extension Rows {
    /// RFC 4180, with a header; no cell begins a formula.
    public var csv: String {
        ([columns.map(\.key)] + rows.map(\.texts)).map { $0.map(Rows.cell).joined(separator: ",") }
            .joined(separator: "\r\n")
    }

    private static func cell(_ text: String) -> String {
        // A line break is data, and safe in quotes; every other control sign is shown as a sign.
        var text = text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { VisibleText.visible(String($0)) }.joined(separator: "\n")
        // By scalars: a mark that joins the sign makes another character of it, but still a formula.
        if let first = text.unicodeScalars.first, "=+-@＝＋－＠".unicodeScalars.contains(first), Double(text) == nil {
            text = "'" + text
        }
        guard text.unicodeScalars.contains(where: { ",\"\n\r ".unicodeScalars.contains($0) }) else { return text }
        return "\"" + text.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
    }
}
