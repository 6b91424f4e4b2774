import Estate
import Sheets

/// Output format of a report.
public enum ReportFormat: String, CaseIterable, Sendable {
    /// Plain text of 80 columns, for line printers.
    case text
    /// A self-contained page for A4 paper, printed from a browser.
    case html
    /// A table for spreadsheets, one row per sheet, with the byte order mark by which Excel knows UTF-8.
    case csv

    /// The complete report, ending in a line break.
    public func text(of rows: Rows, _ document: Document) -> String {
        switch self {
        case .text: TextDocument(document).text
        case .html: document.html
        case .csv: CSV.byteOrderMark + rows.csv + "\r\n"
        }
    }
}

extension Document {
    /// The document as ``ReportFormat/html``.
    public var html: String { HTMLDocument(self).text }
}
