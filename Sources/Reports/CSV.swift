import Estate
import Screen
import Sheets

extension Rows {
    /// The rows as CSV with a header of field names, without a final line break. Control characters other than line
    /// breaks become visible signs.
    public var csv: String {
        CSV.text(of: [columns.map(\.key)] + rows.lazy.map { $0.texts.map(Rows.visible) })
    }

    private static func visible(_ text: String) -> String {
        // Line breaks are data, and allowed in quotes.
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { VisibleText.visible(String($0)) }.joined(separator: "\n")
    }
}
